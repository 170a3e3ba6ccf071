// A saved report checks itself on opening: its program asks every question again, from the evidence in the page, writes the
// printed part anew, and compares. Started by offline.js, in place of the application.

const own = document.getElementById("touchstone-self");
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
        if (told !== "rechecked") return fail(told.notRechecked?.message ?? "its program gave no answer");
        resolve(parts.map((part) => new TextDecoder().decode(part)));
      });
      program.then((module) => worker.postMessage(module), reject);
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

// Nothing may stand in the page beside its parts, nor hide or move one of them.
const FRAME = {
  head: ["META", "META", "META", "META", "META", "META", "TITLE", "LINK", "STYLE"],
  body: ["ASIDE", "MAIN", "SCRIPT", "SCRIPT", "SCRIPT"],
};
const POLICY = new RegExp(
  "^default-src 'none'; script-src 'sha256-[^']{44}' 'wasm-unsafe-eval'; worker-src blob:; style-src 'sha256-[^']{44}'; " +
    "img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'$",
);
const framed = () =>
  POLICY.test(document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "") &&
  Object.entries(FRAME).every(([name, expected]) => {
    const part = document[name];
    const loose = [...part.childNodes].some((node) => node.nodeType !== Node.ELEMENT_NODE && node.textContent.trim());
    const found = [...part.children].map((element) => element.tagName);
    return !loose && part.attributes.length === 0 && String(found) === String(expected);
  }) && document.styleSheets.length === 1;

const compare = ([html, title]) => {
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const printed = document.getElementById("touchstone-report");
  if (printed?.isEqualNode(fresh) && document.title === title && framed()) {
    return say("agrees", "This page has just checked itself again, with the program inside it, and agrees with everything that is printed here.");
  }
  const [there, here] = [texts(printed ?? own), texts(fresh)];
  there.push(document.title);
  here.push(title);
  const at = there.findIndex((text, index) => text !== here[index]);
  const where = at < 0 ? "Its markup was changed." : `First difference: printed is ${short(there[at])}, found now is ${short(here[at])}.`;
  say("differs", `This page does not agree with its own evidence: something in it was changed since it was saved. ${where} Do not rely on it.`);
};

say("running", "This page is checking itself again…");
again(document.getElementById("touchstone-evidence").textContent).then(compare).catch((error) => {
  say("differs", `This page could not check itself: ${error.message}. This says nothing about the file. Do not rely on what is printed here.`);
});
