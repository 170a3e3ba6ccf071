// Starts both programs of the page at once: its own, and the checking one in a worker. They are one module.

// Streaming needs the right media type; a plain host may not send it.
const compile = async (name) => {
  const answer = fetch(name, { credentials: "same-origin" });
  try {
    return await WebAssembly.compileStreaming(answer);
  } catch {
    return WebAssembly.compile(await (await fetch(name, { credentials: "same-origin" })).arrayBuffer());
  }
};

// What is started, and from where: files beside the page, or parts of a one-file edition (offline.js).
const parts = globalThis.touchstoneParts ?? {
  program: compile("./touchstone-page_bg.wasm"),
  worker: () => new Worker("./worker.js", { type: "module" }),
  glue: () => import("./touchstone-page.js"),
  kit: async () => {
    const answer = await fetch("./touchstone-offline.html", { credentials: "same-origin", signal: AbortSignal.timeout(120_000) });
    if (!answer.ok) throw new Error(`touchstone-offline.html: HTTP status ${answer.status}`);
    const edition = await answer.text();
    // Cut out as text: a parser would apply the styles, which this page's policy refuses.
    // The first place of each: the program holds these words too.
    const between = (start, end) => {
      const from = edition.indexOf(start) + start.length;
      return edition.includes(start) ? edition.slice(from, edition.indexOf(end, from)) : undefined;
    };
    const digest = between('<meta name="touchstone-module" content="', '"');
    // Another version would print other words, and call that a difference.
    const own = document.querySelector("meta[name=touchstone-edition-module]")?.content;
    if (digest !== own) throw new Error("touchstone-offline.html is of another version than this page");
    const script = between('<script id="touchstone-program">', "</script>");
    const module = between('<script id="touchstone-module" type="application/wasm+gzip+base64">', "</script>");
    if (!script || !module) throw new Error("touchstone-offline.html holds no program");
    return [new Blob([script]), new Blob([module]), digest];
  },
};

// Compiled once, for the page and for every worker that is started.
const { program } = parts;

// The second part of the program (second.js), where the service worker keeps it: it costs nothing then, and a fetch on the spot
// does not reach a service worker.
const kept = !globalThis.touchstoneParts && navigator.serviceWorker?.controller;
const held = kept ? compile("./touchstone-page_second.wasm").catch(() => undefined) : Promise.resolve();

// A file that the page came with, within this time.
const FILE_MILLIS = 30_000;
const file = async (name) => {
  const answer = await fetch(`./${name}`, { credentials: "same-origin", signal: AbortSignal.timeout(FILE_MILLIS) });
  if (!answer.ok) throw new Error(`${name}: status ${answer.status}`);
  return answer.arrayBuffer();
};

// Those of an example that the address asks for come with the program, and not after it (web/src/examples.rs).
const conda = ["conda-attestation.sigstore.json", "signed-package-2.1.0-hb0f4dca_0.conda"];
const examples = new Map([["conda", conda], ["npm", ["sigstore-2.0.0.tgz.sigstore.json"]], ["altered", conda]]);
const [, named] = /^#\/check\?example=([a-z]+)$/.exec(location.hash) ?? [];
const early = new Map();
for (const name of (!globalThis.touchstoneParts && examples.get(named)) || []) {
  early.set(name, file(name));
  early.get(name).catch(() => {});
}
const once = (name) => {
  const comes = early.get(name);
  early.delete(name);
  return comes ?? file(name);
};

// Once it is at hand, every worker that starts has it with the first.
let secondModule;
held.then((module) => (secondModule = module));

// Those that were started: what is not there any more hears nothing.
const workers = [];

// How long the page's program waits for the worker to answer, from when its own was sent.
const START_MILLIS = 500;

const startWorker = () => {
  const worker = parts.worker();
  workers.push(worker);
  worker.postMessage("there?");
  const sent = Promise.all([program, held]).then(([module]) => worker.postMessage([module, secondModule]));
  const failed = Promise.race([
    sent.then(() => new Promise(() => {})),
    new Promise((_, fail) => worker.addEventListener("error", fail, { once: true })),
  ]);
  failed.catch(() => {});
  const here = new Promise((resolve) => {
    for (const kind of ["message", "error"]) worker.addEventListener(kind, resolve, { once: true });
    sent.then(() => setTimeout(resolve, START_MILLIS), resolve);
  });
  // A worker that is ready before the page's program says so to nobody: kept, and told again once somebody listens.
  const said = [];
  const keep = ({ data }) => said.push(data);
  worker.addEventListener("message", keep);
  const retell = () => {
    worker.removeEventListener("message", keep);
    queueMicrotask(() => said.forEach((data) => worker.dispatchEvent(new MessageEvent("message", { data }))));
  };
  return { worker, failed, retell, here };
};

// A browser that starts none is told to whoever asks for one (`start`).
let first;
try {
  first = startWorker();
} catch (error) {
  console.error(error);
}

// The second part of the program, where it comes in two (second.js): asked for by the program when a first verdict stands, and
// when somebody sets out to give a file or to say more than which.
let joined;
const second = () => {
  joined ??= parts
    .glue()
    .then(async ({ join }) => {
      if (!join) return;
      secondModule ??= await compile("./touchstone-page_second.wasm");
      await running;
      join(secondModule);
      workers.forEach((worker) => worker.postMessage([undefined, secondModule]));
    })
    // One of another build is of no use to a worker either.
    .catch(() => (joined = secondModule = undefined));
  return joined;
};
addEventListener("focusin", ({ target }) => target.matches("input, textarea, select, summary") && second());
addEventListener("dragenter", second, { once: true });

// It comes by itself too, so that a network that goes away meanwhile takes nothing with it.
const LATER_MILLIS = 3000;
addEventListener("load", () => setTimeout(second, LATER_MILLIS), { once: true });

// Only the page that xtask built says which version it is; the one-file editions keep nothing.
const version = globalThis.touchstoneParts ? undefined : document.querySelector("meta[name=touchstone-build]")?.content;
if (version && navigator.serviceWorker) {
  // It fetches all of the page once more, so it comes when a first verdict has most likely been asked for.
  const keep = () => import("./versions.js").then(({ watch }) => watch(version)).catch(console.warn);
  addEventListener("load", () => setTimeout(keep, LATER_MILLIS), { once: true });
}

// The page in another language (lang.js): fetched only when somebody chose one.
const LANGUAGES = { en: "English", de: "Deutsch" };
const chosen = "touchstone-language";
const pressed = () => {
  for (const button of document.querySelector(".languages")?.children ?? []) {
    button.setAttribute("aria-pressed", button.lang === document.documentElement.lang);
  }
};
const speak = async (language) => {
  await (await import("./lang.js")).speak(language);
  pressed();
};
let chooses = false;
const chooser = () => {
  if (chooses) return;
  chooses = true;
  const row = document.createElement("nav");
  row.className = "languages wrap";
  row.setAttribute("aria-label", "Language, Sprache");
  row.setAttribute("translate", "no");
  for (const [language, name] of Object.entries(LANGUAGES)) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn--quiet btn--small", lang: language, textContent: name });
    button.addEventListener("click", () => {
      try {
        if (language === "en") localStorage.removeItem(chosen);
        else localStorage.setItem(chosen, language);
      } catch {
        // Not kept, as the theme would not be; this page speaks it all the same.
      }
      speak(language).catch(console.warn);
    });
    row.append(button);
  }
  document.body.append(row);
  pressed();
};

globalThis.touchstone = {
  second,
  // The program of a saved report: script, module, and the module's SHA-256. Called when a person saves one.
  kit: parts.kit,
  file: parts.file ?? once,
  // Asked of the first worker before the page's program listens to it.
  ahead: (message) => first?.worker.postMessage(message),
  // Called by the page's program, which listens from then on: what was said before, and a failure, are told again. The application
  // has taken the place of everything in the body by then; the chooser comes behind it.
  start: () => {
    requestAnimationFrame(chooser);
    const { worker, failed, retell } = first ?? startWorker();
    first = undefined;
    retell();
    let heard = false;
    worker.addEventListener("error", () => (heard = true), { once: true });
    failed.catch((why) =>
      setTimeout(() => {
        const message = why instanceof ErrorEvent ? why.message : String(why);
        if (!heard) worker.dispatchEvent(new ErrorEvent("error", { message }));
      }),
    );
    return worker;
  },
};

// A trap stops the page's program where it stands. What it showed last must not stay (no verdict outlives its checker).
// Kept from the start: the application takes the place of everything in the body. This script does not wait for the page to be
// parsed, nor for its styles: the worker takes longest, so it is started first.
let word;
const parsed = async () => {
  if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));
  word = document.getElementById("failed");
};
const read = parsed();
const failed = async () => {
  await read;
  document.body.replaceChildren(word);
  word.hidden = false;
  document.body.hidden = false;
  document.title = "Could not check - Touchstone";
};
const ours = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => ours(event.error) && failed());
addEventListener("unhandledrejection", (event) => ours(event.reason) && failed());

let language;
try {
  language = localStorage.getItem(chosen);
} catch {
  // A browser that keeps nothing for this page.
}
if (Object.hasOwn(LANGUAGES, language ?? "")) speak(language).catch(console.warn);

// Started only once the worker answers: what is sent to a worker that starts goes through this thread once more, and would wait
// there until the first page is drawn. From then on the two start side by side.
const running = Promise.all([parts.glue(), held, read, first?.here])
  .then(([{ default: init }, module]) => {
    globalThis.touchstoneSecond = module;
    return init({ module_or_path: program });
  })
  .catch((error) => {
    console.error(error);
    failed();
  });
