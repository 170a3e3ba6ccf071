// A saved report checks itself on opening: its program asks every question again, from the evidence in the page, writes the
// printed part anew, and compares. Started by offline.js, in place of the application.

/* global STYLE_SHA256, MODULE_SHA256, VERSION */

// As it was opened, to its end: a reader may unfold something while the answer is awaited. Only what stands where it was saved counts.
const original = document.querySelector("html>body>main");
const printed = original?.cloneNode(true);
const titled = document.querySelector("html>head>title")?.textContent;
// The place of the answer: made once, so that who listens hears it change.
const own = document.createElement("section");
own.id = "touchstone-self";
own.setAttribute("role", "status");
own.setAttribute("aria-label", "Self-check");
const say = (state, text) => {
  own.dataset.s = state;
  own.textContent = text;
};

// [printed part as HTML, title], from the text of the evidence alone.
const again = async (block) => {
  const { program, worker: start } = globalThis.touchstoneParts;
  const worker = start();
  try {
    return await new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(why));
      worker.addEventListener("error", (event) => fail(event.message || "its program did not start"));
      worker.addEventListener("message", ({ data }) => {
        // What its loader says before the program is there.
        if (!Array.isArray(data)) return undefined;
        const [text, ...parts] = data;
        if (text === "listening") return worker.postMessage(['"recheck"', new Blob([block])]);
        if (text === "crashed") return fail("its program stopped");
        const told = JSON.parse(text);
        if (told !== "saved") return fail(told.notSaved?.message ?? "its program gave no answer");
        resolve(parts.map((part) => new TextDecoder().decode(part)));
      });
      program.then((module) => worker.postMessage([module]), reject);
    });
  } finally {
    worker.terminate();
  }
};

const texts = (element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode.data);
  return found;
};

const short = (text) => (text === undefined ? "nothing" : `“${text.length > 120 ? `${text.slice(0, 120)}…` : text}”`);

// Nothing may stand in the page beside its parts, nor hide, move or restyle one of them. The attributes of each part (one
// without a value is looked at by itself), or how many there are.
const FRAME = {
  "": { lang: "en" },
  head: {},
  "head>meta": 7,
  "head>meta:nth-of-type(1)": { charset: "utf-8" },
  "head>meta:nth-of-type(2)": { "http-equiv": "Content-Security-Policy", content: undefined },
  "head>meta:nth-of-type(3)": { name: "viewport", content: "width=device-width, initial-scale=1" },
  "head>meta:nth-of-type(4)": { name: "referrer", content: "no-referrer" },
  "head>meta:nth-of-type(5)": { name: "touchstone-edition", content: "report" },
  "head>meta:nth-of-type(6)": { name: "touchstone-module", content: MODULE_SHA256 },
  "head>meta:nth-of-type(7)": { name: "touchstone-version", content: VERSION },
  "head>title": {},
  "head>link": { rel: "icon", href: "data:," },
  "head>style": { id: "touchstone-style" },
  "head>*": 10,
  body: {},
  "body>section": { id: "touchstone-self", role: "status", "aria-label": "Self-check" },
  "body>main": { id: "touchstone-report" },
  "body>script": 3,
  "body>script:nth-of-type(1)": { id: "touchstone-evidence", type: "application/json" },
  "body>script:nth-of-type(2)": { id: "touchstone-module", type: "application/wasm+gzip+base64" },
  "body>script:nth-of-type(3)": { id: "touchstone-program" },
  "body>*": 5,
};
// What stands in the place of this check as long as there was none (crates/report/src/saved/page.rs).
const UNCHECKED = "This page has not checked itself. It does so on opening, in a browser with JavaScript and WebAssembly.";
// The browser runs and applies only what this names; the digest of the script is the one of this script then.
const POLICY = [
  /^default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}=' 'wasm-unsafe-eval'; worker-src blob:; style-src /,
  `'sha256-${STYLE_SHA256}'; img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'`,
];

// Elements of a name either take a shadow root or never do; one of those that do refuses another one where a closed one covers it.
const hosts = new Map();
const takes = (element) => {
  try {
    // Some browsers hand out the closed one.
    return element.attachShadow({ mode: "open" }) === element.shadowRoot;
  } catch {
    return false;
  }
};
const covered = (element) => {
  const name = element.localName;
  if (!hosts.has(name)) hosts.set(name, takes(document.createElement(name)));
  return element.shadowRoot !== null || (hosts.get(name) && !takes(element));
};

// What is not as it was saved, in a few words; undefined when all is.
const strange = () => {
  const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "";
  if (!POLICY[0].test(policy) || policy.replace(POLICY[0], "") !== POLICY[1]) return "its policy";
  const { doctype } = document;
  if (doctype?.name !== "html" || doctype.publicId || doctype.systemId) return "its first line";
  if (document.styleSheets.length !== 1) return "its styles";
  for (const [where, expected] of Object.entries(FRAME)) {
    const found = [...document.querySelectorAll(`html${where && ">"}${where}`)];
    if (typeof expected === "number" ? found.length !== expected : found.length !== 1) return where || "html";
    if (typeof expected === "number") continue;
    const [element] = found;
    const names = element.getAttributeNames();
    const same = names.length === Object.keys(expected).length && names.every((name) => name in expected && [undefined, element.getAttribute(name)].includes(expected[name]));
    if (!same) return `an attribute of ${where || "html"}`;
  }
  const place = document.querySelector("html>body>section");
  if (place.childElementCount > 0 || place.textContent !== UNCHECKED) return "the place of this check";
  const loose = [document.head, document.body].flatMap((part) => [...part.childNodes]);
  if (loose.some((node) => node.nodeType !== Node.ELEMENT_NODE && node.textContent.trim())) return "text beside its parts";
  // Last: it gives elements roots, which hide what stands in them. None of them is shown again.
  const cover = [...document.querySelectorAll("*")].find(covered);
  return cover && `something over its ${cover.localName}`;
};

// Before anything of ours stands in the page.
const beside = strange();

// What is shown stands in elements of our own: a shadow root or anything else over or beside the original shows nothing. Styles
// stay, where they are the saved ones; others could cover this.
const ours = document.createElement("body");
ours.append(own);
const REACHED = "#touchstone-report :is(a, summary, button, [tabindex])";
const show = (part) => {
  const styled = beside === undefined;
  const unfolded = [...document.querySelectorAll("#touchstone-report details")].map(({ open }) => open);
  // Where the reader is meanwhile.
  const at = [...document.querySelectorAll(REACHED)].indexOf(document.activeElement);
  const scripts = document.querySelectorAll("html>body>script");
  [...ours.childNodes].filter((node) => node !== own).forEach((node) => node.remove());
  ours.append(...(part ? [document.importNode(part, true)] : []), ...scripts);
  if (styled) ours.querySelectorAll("#touchstone-report details").forEach((details, index) => (details.open = unfolded[index] ?? details.open));
  else {
    document.querySelectorAll("style,link").forEach((element) => element.remove());
    // A root that is hidden would show nothing of it.
    const root = document.documentElement;
    root.getAttributeNames().forEach((name) => name === "lang" || root.removeAttribute(name));
  }
  if (document.body !== ours) document.body.replaceWith(ours);
  if (at >= 0) document.querySelectorAll(REACHED)[at]?.focus({ preventScroll: true });
  else if (styled && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
};

// What was printed, read anew: a shadow root is no part of its text.
const asPrinted = () => original && new DOMParser().parseFromString(original.outerHTML, "text/html").body.firstElementChild;

// The same, folded away: whoever could not be checked must not speak in the place of this check. What is seen has a heading of its own.
const folded = () => {
  const [main, heading, details, summary, unchecked] = ["main", "h1", "details", "summary", "div"].map((name) => document.createElement(name));
  heading.textContent = "Could not check";
  summary.textContent = "What is printed in this page, not checked";
  unchecked.append(...(asPrinted()?.childNodes ?? []));
  details.append(summary, unchecked);
  main.append(heading, details);
  return main;
};

// A reader may unfold something before all of the page is read.
const foldless = (part) => {
  const copy = part?.cloneNode(true);
  copy?.querySelectorAll("details").forEach((details) => details.removeAttribute("open"));
  return copy;
};

const compare = ([html, title]) => {
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const same = foldless(printed)?.isEqualNode(foldless(fresh)) && titled === title;
  show(fresh);
  document.title = title;
  if (same && beside === undefined) {
    return say("agrees", "This page has just checked itself again, with the program inside it, and agrees with everything that is printed here.");
  }
  const below = "Below stands what its evidence says now, not what was printed.";
  if (same) {
    return say("differs", `This page holds something that was not saved with it (${beside}). A browser extension can do that, and so can somebody who changed the page. Do not rely on it. ${below}`);
  }
  const [there, here] = [[...texts(printed ?? document.createElement("main")), titled], [...texts(fresh), title]];
  const at = Array.from({ length: Math.max(there.length, here.length) }).findIndex((_, index) => there[index] !== here[index]);
  const where = at < 0 ? "Its markup was changed." : `First difference: printed is ${short(there[at])}, found now is ${short(here[at])}.`;
  return say("differs", `This page does not agree with its own evidence: something in it was changed since it was saved. ${where} Do not rely on it. ${below}`);
};

show(asPrinted());
say("running", "This page is checking itself again\u2026");
again(document.querySelector("html>body>script#touchstone-evidence")?.textContent ?? "").then(compare).catch((error) => {
  show(folded());
  say("failed", `This page could not check itself: ${error.message}. This says nothing about the file. Do not rely on what is printed here.`);
});
