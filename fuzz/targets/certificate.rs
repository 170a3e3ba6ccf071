#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(certificate) = touchstone_formats::x509::Certificate::parse(data) {
        let _ = touchstone_formats::fulcio::FulcioExtensions::parse(&certificate);
    }
});
