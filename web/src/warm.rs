//! Reads and draws an answer that nobody asked for, away from the page: a browser compiles a function when it is first called, and
//! this thread has nothing else to do while the worker works on the answer that was asked for.

use touchstone_browser::page;
use touchstone_report::document::Document;
use touchstone_ui::{Doc, Dom, ResultView, ResultViewProps};
use yew::prelude::*;

/// A document with one of each: short, and no answer to anything.
const SAMPLE: &str = include_str!("warm.json");

/// Nothing of it is ever part of the page, and nothing of it outlasts the call.
pub(crate) fn warm() {
    let Ok(document) = serde_json::from_str::<Document>(SAMPLE) else { return };
    let Some(aside) = page::aside() else { return };
    // What is drawn later stays undrawn: it is in the second part of the program.
    let dom = Dom { later: Some(Callback::noop()), ..Dom::default() };
    let props =
        yew::props!(ResultViewProps { document: Doc::from(document), requests: Vec::new(), pending: true, dom });
    yew::Renderer::<ResultView>::with_root_and_props(aside, props).render().destroy();
}

#[cfg(test)]
mod tests {
    use super::SAMPLE;
    use touchstone_report::document::{Document, SCHEMA};

    #[test]
    fn the_sample_is_a_document_of_today() -> Result<(), serde_json::Error> {
        let document: Document = serde_json::from_str(SAMPLE)?;
        assert_eq!(document.schema, SCHEMA);
        let lists = [document.given.len(), document.checks.len(), document.facts.len(), document.evidence.raw.len()];
        assert!(lists.iter().all(|list| *list > 0), "{lists:?}");
        Ok(())
    }
}
