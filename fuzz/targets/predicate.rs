#![no_main]

use touchstone_formats::predicate::{self, Predicate};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(statement) = touchstone_formats::statement::Statement::parse(data) else { return };
    if let Ok(Predicate::Provenance(provenance)) = predicate::read(&statement) {
        let _ = (provenance.workflow(), provenance.claims());
    }
});
