// A saved report checks itself on opening: its program asks every question again, from the evidence in the page, writes the
// printed part anew, and compares. Started by offline.js, in place of the application.

const own = document.getElementById("touchstone-self");
// As it was opened: a reader may unfold something while the answer is awaited.
const printed = document.getElementById("touchstone-report")?.cloneNode(true);
const titled = document.querySelector("title")?.textContent;
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
      worker.addEventListener("message", ({ data: [text, ...parts] }) => {
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

// Nothing may stand in the page beside its parts, nor hide, move or restyle one of them. Names of attributes and, where they
// could do that, their values.
const FRAME = {
  "": { lang: "en" },
  "head>meta": 7,
  "head>meta[http-equiv]": 1,
  "head>title": {},
  "head>link": { rel: "icon", href: "data:," },
  "head>style": { id: "touchstone-style" },
  "head>*": 10,
  body: {},
  "body>section": { id: "touchstone-self", role: "status", "aria-label": "Self-check", "data-s": "running" },
  "body>main": { id: "touchstone-report" },
  "body>script": 3,
  "body>*": 5,
};
const POLICY = new RegExp(
  "^default-src 'none'; script-src 'sha256-[^']{44}' 'wasm-unsafe-eval'; worker-src blob:; style-src 'sha256-[^']{44}'; " +
    "img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'$",
);

// What is not as it was saved, in a few words; undefined when all is.
const strange = () => {
  if (!POLICY.test(document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "")) return "its policy";
  if (document.compatMode !== "CSS1Compat") return "its first line";
  if (document.styleSheets.length !== 1) return "its styles";
  for (const [where, expected] of Object.entries(FRAME)) {
    const found = [...document.querySelectorAll(`html${where && ">"}${where}`)];
    if (typeof expected === "number" ? found.length !== expected : found.length !== 1) return where || "html";
    if (typeof expected === "number") continue;
    const [element] = found;
    const names = element.getAttributeNames();
    const same = names.length === Object.keys(expected).length && names.every((name) => element.getAttribute(name) === expected[name]);
    if (!same) return `an attribute of ${where || "html"}`;
  }
  const loose = [document.head, document.body].flatMap((part) => [...part.childNodes]);
  return loose.some((node) => node.nodeType !== Node.ELEMENT_NODE && node.textContent.trim()) ? "text beside its parts" : undefined;
};

const compare = ([html, title]) => {
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const beside = strange();
  const same = printed?.isEqualNode(fresh) && titled === title;
  if (same && beside === undefined) {
    return say("agrees", "This page has just checked itself again, with the program inside it, and agrees with everything that is printed here.");
  }
  if (same) {
    return say("differs", `This page holds something that was not saved with it (${beside}). A browser extension can do that, and so can somebody who changed the page. Do not rely on what you see here.`);
  }
  const [there, here] = [[...texts(printed ?? own), titled], [...texts(fresh), title]];
  const at = Array.from({ length: Math.max(there.length, here.length) }).findIndex((_, index) => there[index] !== here[index]);
  const where = at < 0 ? "Its markup was changed." : `First difference: printed is ${short(there[at])}, found now is ${short(here[at])}.`;
  return say("differs", `This page does not agree with its own evidence: something in it was changed since it was saved. ${where} Do not rely on it.`);
};

say("running", "This page is checking itself again\u2026");
again(document.getElementById("touchstone-evidence").textContent).then(compare).catch((error) => {
  say("failed", `This page could not check itself: ${error.message}. This says nothing about the file. Do not rely on what is printed here.`);
});
