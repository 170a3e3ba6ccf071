// Elements without markup: no policy on scripts, styles or Trusted Types has anything to say about them.

const SVG = "http://www.w3.org/2000/svg";

// An element with attributes (`undefined` leaves one out), a listener for presses (`press`), and children.
export const element = (tag, { press, ...attributes } = {}, ...children) => filled(document.createElement(tag), press, attributes, children);

const svg = (tag, attributes) => filled(document.createElementNS(SVG, tag), undefined, attributes, []);

// Characters that a reader cannot see, or that change the order of what they see, by their number: those of `hides` in crates/ui but
// for spaces, which the widget's own words and numbers have.
const HIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
export const visible = (text) => text.replace(HIDDEN, (hidden) => `[U+${hidden.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

function filled(made, press, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : visible(String(value)));
  }
  if (press) made.addEventListener("click", press);
  made.append(...children.flat().filter(Boolean).map((child) => (typeof child === "string" ? visible(child) : child)));
  return made;
}

// Symbols of 16 px: outlines in the text's colour; `solid` is filled with it, `knock` drawn in the ground's.
const ICONS = {
  idle: [{ d: "M1.75 8a6.25 6.25 0 1 0 12.5 0a6.25 6.25 0 1 0-12.5 0M5.25 8h5.5" }],
  verifying: [{ d: "M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5", class: "faint" }, { d: "M8 1.75A6.25 6.25 0 0 1 14.25 8" }],
  verified: [{ d: "M1 8a7 7 0 1 0 14 0a7 7 0 1 0-14 0", class: "solid" }, { d: "m4.900 8.300 2.100 2.100 4.100-4.700", class: "knock" }],
  rejected: [{ d: "M5.100 1h5.800L15 5.100v5.800L10.900 15H5.100L1 10.900V5.100z", class: "solid" }, { d: "m5.600 5.600 4.800 4.800m0-4.800-4.800 4.800", class: "knock" }],
  incomplete: [{ d: "M1.750 8a6.250 6.250 0 1 0 12.500 0a6.250 6.250 0 1 0-12.500 0" }, { d: "M8 1.750a6.250 6.250 0 0 0 0 12.500z", class: "solid" }],
  failed: [{ d: "M1.750 8a6.250 6.250 0 1 0 12.500 0a6.250 6.250 0 1 0-12.500 0m1.950 4.300 8.600-8.600" }],
  source: [{ d: "M2.800 3.400a1.700 1.700 0 1 0 3.400 0a1.700 1.700 0 1 0-3.400 0M2.800 12.600a1.700 1.700 0 1 0 3.400 0a1.700 1.700 0 1 0-3.400 0M9.900 5.400a1.700 1.700 0 1 0 3.400 0a1.700 1.700 0 1 0-3.400 0M4.500 5.100v5.800M11.600 7.100c0 2.400-3.400 2.400-6.200 4" }],
  build: [{ d: "M9.900 2.300a3.600 3.600 0 0 0-3.400 4.900L2 11.700 4.300 14l4.500-4.500a3.600 3.600 0 0 0 4.700-4.700L11.400 7 9.200 6.800 9 4.600z" }],
  artifact: [{ d: "M9 1.500H4.250A1.250 1.250 0 0 0 3 2.750v10.500c0 .700.560 1.250 1.250 1.250h7.500c.700 0 1.250-.560 1.250-1.250V5.500zM9 1.500v4h4" }],
  deploy: [{ d: "M3.200 2.500h9.600a1.200 1.200 0 0 1 1.200 1.200v2.100a1.200 1.200 0 0 1-1.200 1.200H3.200A1.200 1.200 0 0 1 2 5.800V3.700a1.200 1.200 0 0 1 1.200-1.200zM3.200 9h9.600a1.200 1.200 0 0 1 1.200 1.200v2.100a1.200 1.200 0 0 1-1.200 1.200H3.200A1.200 1.200 0 0 1 2 12.300v-2.100A1.200 1.200 0 0 1 3.200 9zM4.700 4.750v.010M4.700 11.250v.010" }],
  differs: [{ d: "M3.500 6h9m-9 4h9M10.500 2.800l-5 10.400" }],
  mark: [{ d: "M4.900 1.300h5.900c2.400 0 3.900 1.500 3.900 3.800v5.400c0 2.500-1.600 4.200-4.100 4.200H5.400c-2.500 0-4.100-1.600-4.100-4.100V5C1.300 2.800 2.700 1.300 4.900 1.300z", class: "solid stone" }, { d: "M4.800 11.100l6.500-6", class: "streak" }],
};

export const icon = (name) => {
  const drawn = svg("svg", { viewBox: "0 0 16 16", class: `icon ${name}`, "aria-hidden": "true", focusable: "false" });
  drawn.append(...ICONS[name].map((path) => svg("path", path)));
  return drawn;
};
