//! `<link data-trunk …>` in `index.html`.

use crate::process::Outcome;

/// One link, as written.
pub(super) struct Link<'a> {
    /// The whole element.
    pub(super) text: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Link<'_> {
    /// What kind of thing it names.
    pub(super) fn rel(&self) -> &str {
        self.value("rel").unwrap_or_default()
    }

    /// Where it is.
    pub(super) fn href(&self) -> Outcome<&str> {
        self.value("href").ok_or_else(|| format!("index.html: no href in {}", self.text))
    }

    /// An attribute's value.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(attribute, _)| *attribute == name).map(|(_, value)| *value)
    }
}

/// The links of a page that are ours to replace, in order.
pub(super) fn links(html: &str) -> Outcome<Vec<Link<'_>>> {
    let mut found = Vec::new();
    for (start, _) in html.match_indices("<link") {
        let rest = html.get(start..).unwrap_or_default();
        let end = rest.find('>').ok_or("index.html: a link without end")?;
        let text = rest.get(..=end).unwrap_or_default();
        if text.contains("data-trunk") {
            found.push(Link { text, attributes: attributes(text) });
        }
    }
    Ok(found)
}

fn attributes(element: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = element;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let Some((value, behind)) = after.split_once('"') else { break };
        found.push((name, value));
        rest = behind;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn only_trunk_links_are_ours() {
        let html = "<link rel=\"icon\" href=\"data:,\" />\n<link\n data-trunk\n rel=\"rust\"\n data-bin=\"page\"\n/>";
        let found = links(html).unwrap_or_default();
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().map(|link| (link.rel(), link.value("data-bin"))), Some(("rust", Some("page"))));
    }
}
