#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = touchstone_formats::sbom::Sbom::parse(data);
});
