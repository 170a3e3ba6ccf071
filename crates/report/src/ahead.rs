//! Signatures that a browser's own arithmetic looks at before a first answer: it is native code, and compiled already where ours is
//! compiled as it is first called.
//!
//! The question is gone through twice. First with [`Noting`], which writes down what is asked and says yes to all that can be asked of a
//! browser; nothing that comes out of that is kept but the list. Then as ever, but that a signature which the browser found right is not
//! computed again: one that it did not find right, or that is not in the list, [`RustCrypto`] looks at.
//!
//! What cannot be asked of a browser is computed the first time too: a yes to a signature over another file's digest leads another way
//! than the no, past what will be asked.

use std::cell::{Cell, RefCell};

use touchstone_crypto::{
    Curve, Digest, KNOWN_CURVES, PublicKey, RustCrypto, SignatureError, SignatureQuestion, SignatureScheme,
    SignatureVerifier, Signed,
};

/// What a first answer will ask of signatures, and behind that what is known to be wrong.
#[derive(Debug)]
pub struct Ahead {
    all: Vec<SignatureQuestion>,
    asked: usize,
    computed: Vec<Computed>,
}

/// A signature over a digest that was found right here.
#[derive(Debug, PartialEq)]
struct Computed {
    scheme: SignatureScheme,
    key: Vec<u8>,
    digest: Digest,
    signature: Vec<u8>,
}

impl Computed {
    /// The same question; `None` where a message is signed.
    fn of(scheme: SignatureScheme, key: &PublicKey, signed: Signed<'_>, signature: &[u8]) -> Option<Self> {
        let Signed::Digest(digest) = signed else { return None };
        Some(Self { scheme, key: key.spki_der().to_vec(), digest: *digest, signature: signature.to_vec() })
    }
}

impl Ahead {
    pub(crate) fn new(asked: Noting) -> Self {
        let (mut all, computed) = (asked.noted.into_inner(), asked.computed.into_inner());
        // Of whom it cannot be found out that he can say no, nothing is asked.
        let wrong = SignatureQuestion::known_wrong().unwrap_or_else(|| {
            all.clear();
            Vec::new()
        });
        let asked = all.len();
        all.extend(wrong);
        Self { all, asked, computed }
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
        Right { found: self.all, computed: self.computed }
    }
}

/// Signatures that are right.
#[derive(Debug, Default)]
pub struct Right {
    found: Vec<SignatureQuestion>,
    computed: Vec<Computed>,
}

/// Says yes to all that a browser may look at, so that all is asked: whoever has it must throw away what it led to.
#[derive(Default)]
pub(crate) struct Noting {
    noted: RefCell<Vec<SignatureQuestion>>,
    computed: RefCell<Vec<Computed>>,
}

impl SignatureVerifier for Noting {
    fn verify(
        &self,
        scheme: SignatureScheme,
        key: &PublicKey,
        signed: Signed<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        if let Some(asked) = SignatureQuestion::of(scheme, key, signed, signature) {
            self.noted.borrow_mut().push(asked);
            return Ok(());
        }
        RustCrypto.verify(scheme, key, signed, signature)?;
        self.computed.borrow_mut().extend(Computed::of(scheme, key, signed, signature));
        Ok(())
    }
}

/// [`RustCrypto`], but for what is right already.
pub(crate) struct Knowing<'a> {
    right: &'a Right,
    curves: Cell<&'static [Curve]>,
}

impl<'a> Knowing<'a> {
    pub(crate) const fn new(right: &'a Right) -> Self {
        Self { right, curves: Cell::new(&[]) }
    }

    /// What was computed here with: that this program can do so matters then. Of other keys than those of these curves nothing is
    /// known beforehand, so all of them stand for those.
    pub(crate) const fn computed_with(&self) -> &'static [Curve] {
        self.curves.get()
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
        let Right { found, computed } = self.right;
        if !found.is_empty()
            && SignatureQuestion::of(scheme, key, signed, signature).is_some_and(|asked| found.contains(&asked))
        {
            return Ok(());
        }
        let is_p256 = matches!(scheme, SignatureScheme::Ecdsa { curve: Curve::P256, .. });
        let with: &[Curve] = if is_p256 { &[Curve::P256] } else { &KNOWN_CURVES };
        // The more the others too.
        if with.len() > self.curves.get().len() {
            self.curves.set(with);
        }
        if !computed.is_empty()
            && Computed::of(scheme, key, signed, signature).is_some_and(|one| computed.contains(&one))
        {
            return Ok(());
        }
        RustCrypto.verify(scheme, key, signed, signature)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ahead, Noting};
    use touchstone_crypto::SignatureQuestion;

    fn right(asked: &[SignatureQuestion], answers: &[bool]) -> Vec<SignatureQuestion> {
        Ahead::new(Noting { noted: asked.to_vec().into(), ..Noting::default() }).right(answers).found
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
