//! A document as a property.

use std::ops::Deref;
use std::rc::Rc;

use touchstone_report::document::Document;
use yew::html::{ImplicitClone, IntoPropValue};

/// A settled [`Document`], compared by pointer: a document never changes, a new answer is a new document.
#[derive(Clone, Debug)]
pub struct Doc(Rc<Document>);

impl ImplicitClone for Doc {}

impl PartialEq for Doc {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Doc {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.0
    }
}

impl From<Rc<Document>> for Doc {
    fn from(document: Rc<Document>) -> Self {
        Doc(document)
    }
}

impl From<Document> for Doc {
    fn from(document: Document) -> Self {
        Doc(Rc::new(document))
    }
}

impl IntoPropValue<Doc> for Rc<Document> {
    fn into_prop_value(self) -> Doc {
        Doc(self)
    }
}
