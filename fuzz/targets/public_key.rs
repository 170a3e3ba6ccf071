#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = touchstone_crypto::PublicKey::from_spki_der(data);
    let _ = touchstone_crypto::PublicKey::from_pkcs1_rsa_der(data);
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = touchstone_crypto::PublicKey::from_pem(text);
    }
});
