//! Writes SVG. Every text and every value of an attribute passes through [`escaped`]: nothing foreign becomes markup.

use core::fmt::Write;

use crate::text::visible;

/// An SVG document being written.
pub(super) struct Svg {
    out: String,
}

impl Svg {
    /// Begins a document with its accessible name and description.
    pub(super) fn new(width: u32, height: u32, title: &str, description: &str) -> Self {
        let mut out = String::new();
        let size = format!("viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"");
        out.push_str(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\" \
             aria-labelledby=\"chain-title chain-desc\" class=\"chain-picture\">\n"
        ));
        out.push_str(&format!("<title id=\"chain-title\">{}</title>\n", escaped(title)));
        out.push_str(&format!("<desc id=\"chain-desc\">{}</desc>\n", escaped(description)));
        Self { out }
    }

    /// The ground that the colours are chosen for.
    pub(super) fn ground(&mut self, width: u32, height: u32) {
        self.rect(Rect { x: 0, y: 0, width, height }, "ground", 0);
    }

    /// Our own markup, as it stands.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
        self.out.push('\n');
    }

    /// A group with a name that a pointer or a screen reader finds.
    pub(super) fn group(&mut self, title: &str, draw: impl FnOnce(&mut Self)) {
        self.raw(&format!("<g><title>{}</title>", escaped(title)));
        draw(self);
        self.raw("</g>");
    }

    pub(super) fn rect(&mut self, at: Rect, class: &str, radius: u32) {
        let Rect { x, y, width, height } = at;
        let size = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"");
        self.raw(&format!("<rect {size} {}/>", super::style::class(class)));
    }

    pub(super) fn circle(&mut self, x: u32, y: u32, radius: u32, class: &str) {
        self.raw(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {}/>", super::style::class(class)));
    }

    pub(super) fn line(&mut self, from: (u32, u32), to: (u32, u32), class: &str) {
        let ends = format!("x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", from.0, from.1, to.0, to.1);
        self.raw(&format!("<line {ends} {}/>", super::style::class(class)));
    }

    /// `path` is of our own making: numbers and letters.
    pub(super) fn path(&mut self, path: &str, class: &str) {
        self.raw(&format!("<path d=\"{path}\" {}/>", super::style::class(class)));
    }

    /// One line of text; `x` is its left end, or its middle for a class that is centred.
    pub(super) fn text(&mut self, x: u32, y: u32, class: &str, text: &str) {
        self.raw(&format!("<text x=\"{x}\" y=\"{y}\" {}>{}</text>", super::style::class(class), escaped(text)));
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }
}

/// A rectangle in user units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Rect {
    pub(super) const fn right(&self) -> u32 {
        self.x.saturating_add(self.width)
    }

    pub(super) const fn bottom(&self) -> u32 {
        self.y.saturating_add(self.height)
    }
}

/// Text for XML: markup escaped, characters that XML forbids or a reader cannot see spelled out.
fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // What remains is allowed in XML 1.0, but for the noncharacters of the higher planes, which are odd and legal.
            _ => {
                let _ = write!(out, "{character}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markup_and_what_xml_forbids_are_spelled_out() {
        assert_eq!(escaped("<a b=\"c\" d='e'>&amp;"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
        assert_eq!(
            escaped("\u{0}\u{8}\n\u{fffe}\u{ffff}"),
            "&lt;U+0000&gt;&lt;U+0008&gt;&lt;U+000A&gt;&lt;U+FFFE&gt;&lt;U+FFFF&gt;"
        );
    }
}
