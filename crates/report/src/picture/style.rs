//! Colours, lines and patterns. Each class is written as attributes for a light ground, so that the picture needs no
//! style sheet where a page forbids one, and again in a style sheet for a dark one.

use super::svg::Svg;

/// A class and its attributes: (name, attributes on a light ground, declarations on a dark ground).
const CLASSES: [(&str, &str, &str); 25] = [
    ("ground", "fill=\"#fafaf8\"", "fill:#121315"),
    ("card", "fill=\"#ffffff\" stroke=\"#84867f\"", "fill:#191b1e;stroke:#767b83"),
    ("card-asked", "fill=\"#ffffff\" stroke=\"#1a1c1e\" stroke-width=\"2\"", "fill:#191b1e;stroke:#ededea"),
    ("card-gap", "fill=\"none\" stroke=\"#84867f\" stroke-dasharray=\"5 4\"", "stroke:#767b83"),
    ("card-differs", "fill=\"#fdf1ef\" stroke=\"#b01f15\" stroke-width=\"2\"", "fill:#331814;stroke:#ff9b8f"),
    ("card-wait", "fill=\"#ffffff\" stroke=\"#1550b0\" stroke-dasharray=\"1 4\"", "fill:#191b1e;stroke:#8ab4ff"),
    ("hatch", "fill=\"url(#chain-hatch)\"", ""),
    ("mark", "fill=\"#ffffff\" stroke=\"#4d5055\" stroke-width=\"2\"", "fill:#191b1e;stroke:#b9bcc1"),
    ("mark-asked", "fill=\"#1a1c1e\" stroke=\"#1a1c1e\" stroke-width=\"2\"", "fill:#ededea;stroke:#ededea"),
    (
        "mark-gap",
        "fill=\"#fafaf8\" stroke=\"#84867f\" stroke-width=\"2\" stroke-dasharray=\"4 3\"",
        "fill:#121315;stroke:#767b83",
    ),
    ("mark-differs", "fill=\"#b01f15\" stroke=\"#b01f15\" stroke-width=\"2\"", "fill:#ff9b8f;stroke:#ff9b8f"),
    ("mark-sign", "fill=\"#ffffff\" font-size=\"14\" font-weight=\"600\" text-anchor=\"middle\"", "fill:#121315"),
    ("mark-wait", "fill=\"#ffffff\" stroke=\"#1550b0\" stroke-width=\"2\"", "fill:#191b1e;stroke:#8ab4ff"),
    ("edge-match", "fill=\"none\" stroke=\"#1a1c1e\" stroke-width=\"2\"", "stroke:#ededea"),
    ("edge-name", "fill=\"none\" stroke=\"#4d5055\" stroke-width=\"2\" stroke-dasharray=\"7 5\"", "stroke:#b9bcc1"),
    ("edge-gap", "fill=\"none\" stroke=\"#84867f\" stroke-width=\"2\" stroke-dasharray=\"2 6\"", "stroke:#767b83"),
    ("edge-differs", "fill=\"none\" stroke=\"#b01f15\" stroke-width=\"2\"", "stroke:#ff9b8f"),
    ("edge-wait", "fill=\"none\" stroke=\"#1550b0\" stroke-width=\"2\" stroke-dasharray=\"1 5\"", "stroke:#8ab4ff"),
    ("text", "fill=\"#1a1c1e\" font-size=\"14\"", "fill:#ededea"),
    ("small", "fill=\"#4d5055\" font-size=\"12\"", "fill:#b9bcc1"),
    ("strong", "fill=\"#1a1c1e\" font-size=\"16\" font-weight=\"600\"", "fill:#ededea"),
    ("label", "fill=\"#1a1c1e\" font-size=\"12\" text-anchor=\"middle\"", "fill:#ededea"),
    ("label-differs", "fill=\"#b01f15\" font-size=\"12\" font-weight=\"600\" text-anchor=\"middle\"", "fill:#ff9b8f"),
    ("differs", "fill=\"#b01f15\" font-size=\"12\" font-weight=\"600\"", "fill:#ff9b8f"),
    ("rail", "fill=\"none\" stroke=\"#e5e5e0\"", "stroke:#2c2f34"),
];

/// Style sheet, fonts and patterns.
pub(super) fn write(svg: &mut Svg) {
    let dark: Vec<String> = CLASSES
        .iter()
        .filter(|(_, _, dark)| !dark.is_empty())
        .map(|(name, _, dark)| format!(".chain-picture .c-{name}{{{dark}}}"))
        .collect();
    svg.raw(&format!(
        "<style>.chain-picture text{{font-family:system-ui,sans-serif}}\
         @media (prefers-color-scheme:dark){{{}}}</style>",
        dark.concat()
    ));
    svg.raw(
        "<defs><pattern id=\"chain-hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"8\" stroke=\"#84867f\" \
         stroke-opacity=\"0.45\" stroke-width=\"2\"/></pattern></defs>",
    );
}

/// The attributes of a class.
pub(super) fn class(name: &str) -> String {
    let attributes = CLASSES.iter().find(|(class, _, _)| *class == name).map_or("", |(_, attributes, _)| attributes);
    format!("class=\"c-{name}\" {attributes}")
}

#[cfg(test)]
mod tests {
    use super::CLASSES;

    #[test]
    fn every_class_has_a_colour_on_either_ground() {
        for (name, light, dark) in CLASSES {
            assert!(light.contains("fill="), "{name}");
            assert!(!dark.is_empty() || name == "hatch", "{name}");
            assert_eq!(light.contains("stroke=\"#"), dark.contains("stroke:"), "{name}");
        }
    }
}
