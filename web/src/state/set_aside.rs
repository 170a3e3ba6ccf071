//! What was typed, while an example stands in its place.

use touchstone_ui::Draft;

use super::{Beyond, Session};

/// What a person typed, and what was asked beyond the fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAside {
    draft: Draft,
    beyond: Beyond,
    digest_text: String,
    stated: Option<String>,
    address: String,
    command_text: String,
}

impl Session {
    /// Keeps what was typed, unless an example filled the fields itself.
    pub(super) fn set_aside(&mut self) {
        let typed = SetAside {
            draft: self.draft.clone(),
            beyond: self.beyond.clone(),
            digest_text: self.digest_text.clone(),
            stated: self.stated.clone(),
            address: self.address.clone(),
            command_text: self.command_text.clone(),
        };
        if self.example.is_none() && self.inputs.is_empty() && typed != SetAside::default() {
            self.set_aside = Some(Box::new(typed));
        }
    }

    /// Puts it back into the fields.
    pub(super) fn take_back(&mut self) {
        if let Some(typed) = self.set_aside.take() {
            let SetAside { draft, beyond, digest_text, stated, address, command_text } = *typed;
            (self.draft, self.beyond, self.digest_text) = (draft, beyond, digest_text);
            (self.stated, self.address, self.command_text) = (stated, address, command_text);
        }
    }
}
