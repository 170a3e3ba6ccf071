//! A check's doc comment, taken apart: the question, then sections under `# ` headings.

/// The explanation of a check, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Explanation {
    pub(crate) question: String,
    pub(crate) what: String,
    pub(crate) why: String,
    pub(crate) harmless: Vec<String>,
    pub(crate) to_do: String,
    pub(crate) specification: String,
}

impl Explanation {
    /// Reads the text that [`touchstone_verify::Check::explanation`] holds.
    pub(crate) fn of(text: &str) -> Self {
        let mut told = Self::default();
        let mut section = "";
        for line in text.lines().map(str::trim) {
            if let Some(heading) = line.strip_prefix("# ") {
                section = heading;
                continue;
            }
            if line.is_empty() {
                continue;
            }
            match section {
                "" => append(&mut told.question, line),
                "What" => append(&mut told.what, line),
                "Why" => append(&mut told.why, line),
                "Harmless" => match line.strip_prefix("- ") {
                    Some(item) => told.harmless.push(item.to_owned()),
                    None => {
                        if let Some(last) = told.harmless.last_mut() {
                            append(last, line);
                        }
                    }
                },
                "Do" => append(&mut told.to_do, line),
                "Specification" => append(&mut told.specification, line),
                _ => {}
            }
        }
        told
    }
}

fn append(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Explanation;
    use crate::words::HEADLINES;

    /// What is shown of the checks, as the program has it; `cargo xtask tidy` reads the sources.
    #[test]
    fn every_explanation_and_headline_is_in_the_german_catalogue() -> Result<(), serde_json::Error> {
        let catalogue: BTreeMap<String, String> = serde_json::from_str(include_str!("../../../web/lang/de.json"))?;
        for check in touchstone_verify::CHECKS {
            let told = Explanation::of(check.explanation);
            let texts = [check.title, &told.what, &told.why, &told.to_do, &told.specification];
            for text in texts.into_iter().chain(told.harmless.iter().map(String::as_str)) {
                assert!(catalogue.contains_key(text), "{check:?}: {text}");
            }
        }
        for (code, headline) in HEADLINES {
            assert!(catalogue.contains_key(*headline), "{code}: {headline}");
        }
        Ok(())
    }

    #[test]
    fn every_check_explains_itself_in_full() {
        for check in touchstone_verify::CHECKS {
            let told = Explanation::of(check.explanation);
            assert!(told.question.ends_with('?'), "{check:?} asks no question: {:?}", told.question);
            for (part, text) in
                [("what", &told.what), ("why", &told.why), ("do", &told.to_do), ("specification", &told.specification)]
            {
                assert!(!text.is_empty(), "{check:?} lacks {part}");
            }
        }
    }
}
