//! Signatures that a browser's own arithmetic looks at before a first answer: it is native code, and compiled already where ours is
//! compiled as it is first called.
//!
//! The question is gone through twice. First with [`Noting`], which writes down what is asked and says yes to all; nothing that comes
//! out of that is kept but the list. Then as ever, but that a signature which the browser found right is not computed again: one
//! that it did not find right, or that is not in the list, [`RustCrypto`] looks at.

use std::cell::{Cell, RefCell};

use touchstone_crypto::{
    PublicKey, RustCrypto, SignatureError, SignatureQuestion, SignatureScheme, SignatureVerifier, Signed,
};

/// What a first answer will ask of signatures, and behind that what is known to be wrong.
#[derive(Debug)]
pub struct Ahead {
    all: Vec<SignatureQuestion>,
    asked: usize,
}

impl Ahead {
    pub(crate) fn new(asked: Noting) -> Self {
        let mut all = asked.0.into_inner();
        // Of whom it cannot be found out that he can say no, nothing is asked.
        let wrong = SignatureQuestion::known_wrong().unwrap_or_else(|| {
            all.clear();
            Vec::new()
        });
        let asked = all.len();
        all.extend(wrong);
        Self { all, asked }
    }

    /// What to ask the browser.
    #[must_use]
    pub fn questions(&self) -> &[SignatureQuestion] {
        &self.all
    }

    /// The signatures that are right by `answers`, one for each question: none where one that is known to be wrong is said to be right, or
    /// where an answer is missing.
    #[must_use]
    pub fn right(mut self, answers: &[bool]) -> Right {
        if answers.len() != self.all.len() || answers.iter().skip(self.asked).any(|answer| *answer) {
            return Right::default();
        }
        self.all.truncate(self.asked);
        let mut answers = answers.iter();
        self.all.retain(|_| answers.next() == Some(&true));
        Right(self.all)
    }
}

/// Signatures that are right.
#[derive(Debug, Default)]
pub struct Right(Vec<SignatureQuestion>);

/// Says yes to all, so that all is asked: whoever has it must throw away what it led to.
#[derive(Default)]
pub(crate) struct Noting(RefCell<Vec<SignatureQuestion>>);

impl SignatureVerifier for Noting {
    fn verify(
        &self,
        scheme: SignatureScheme,
        key: &PublicKey,
        signed: Signed<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        self.0.borrow_mut().extend(SignatureQuestion::of(scheme, key, signed, signature));
        Ok(())
    }
}

/// [`RustCrypto`], but for what is right already.
pub(crate) struct Knowing<'a> {
    right: &'a [SignatureQuestion],
    computed: Cell<bool>,
}

impl<'a> Knowing<'a> {
    pub(crate) const fn new(right: &'a Right) -> Self {
        Self { right: right.0.as_slice(), computed: Cell::new(false) }
    }

    /// Whether anything was computed here: then it matters that this program can.
    pub(crate) const fn has_computed(&self) -> bool {
        self.computed.get()
    }
}

impl SignatureVerifier for Knowing<'_> {
    fn verify(
        &self,
        scheme: SignatureScheme,
        key: &PublicKey,
        signed: Signed<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        if !self.right.is_empty()
            && SignatureQuestion::of(scheme, key, signed, signature).is_some_and(|asked| self.right.contains(&asked))
        {
            return Ok(());
        }
        self.computed.set(true);
        RustCrypto.verify(scheme, key, signed, signature)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ahead, Noting, Right};
    use touchstone_crypto::SignatureQuestion;

    fn right(asked: &[SignatureQuestion], answers: &[bool]) -> Vec<SignatureQuestion> {
        let Right(right) = Ahead::new(Noting(asked.to_vec().into())).right(answers);
        right
    }

    /// What says yes to a wrong signature, or too little, is not believed in anything.
    #[test]
    fn only_who_can_say_no_is_believed() {
        let asked = SignatureQuestion::known_wrong().unwrap_or_default();
        assert_eq!(asked.len(), 2);
        assert_eq!(right(&asked, &[true, false, false, false]), asked.iter().take(1).cloned().collect::<Vec<_>>());
        assert_eq!(right(&asked, &[true, true, false, false]), asked);
        for answers in
            [&[true, true, true, false][..], &[true, true, false, true], &[true, true, false], &[true, true], &[]]
        {
            assert_eq!(right(&asked, answers), [], "{answers:?}");
        }
    }
}
