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
};

// Compiled once, for the page and for every worker that is started.
const { program } = parts;

const startWorker = () => {
  const worker = parts.worker();
  const failed = Promise.race([
    program.then((module) => worker.postMessage(module)).then(() => new Promise(() => {})),
    new Promise((_, fail) => worker.addEventListener("error", fail, { once: true })),
  ]);
  failed.catch(() => {});
  return { worker, failed };
};

let first = startWorker();

// The second part of the program, where it comes in two (second.js): asked for by the program when a first verdict stands, and
// when somebody sets out to say more than which file.
let joined;
const second = () => {
  joined ??= parts
    .glue()
    .then(async ({ join }) => join?.(await compile("./touchstone-page_second.wasm")))
    .catch(() => (joined = undefined));
  return joined;
};
addEventListener("focusin", ({ target }) => target.matches("input, textarea, select, summary") && second());

// Called by the page's program, which listens from then on: a failure before that is told again.
globalThis.touchstone = {
  second,
  start: () => {
    const { worker, failed } = first ?? startWorker();
    first = undefined;
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
// Kept from the start: the application takes the place of everything in the body.
const word = document.getElementById("failed");
const failed = () => {
  document.body.replaceChildren(word);
  word.hidden = false;
  document.title = "Could not check - Touchstone";
};
const ours = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => ours(event.error) && failed());
addEventListener("unhandledrejection", (event) => ours(event.reason) && failed());

// Imported only now, so that the worker, which takes longer to start, is already on its way.
parts.glue().then(({ default: init }) => init({ module_or_path: program })).catch((error) => {
  console.error(error);
  failed();
});
