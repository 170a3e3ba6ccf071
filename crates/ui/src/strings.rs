//! The words of the interface itself, in one place for translation. Words that state a verdict come with the document.
