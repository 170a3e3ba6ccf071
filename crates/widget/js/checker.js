// The one engine of a page (engine.js), which all widgets and all calls share: in a worker where the browser and the page's policy
// allow one, else here, in slices.
//
// The worker is made of a text that this script holds (worker-text.js), so it comes from wherever this script came from, and a
// digest of this script covers it. Only where a policy refuses such a worker, and the script is of the page's own origin, the same
// text beside this script is tried.

import { CheckError } from "./errors.js";
import { startEngine } from "./engine.js";
import { module } from "./modules.js";
import { nextPiece } from "./stream.js";
import { WORKER_TEXT } from "./worker-text.js";

// A worker that neither says that it is here nor that it is not.
const START_MILLIS = 5000;
// An engine that has all that it needs, and says nothing for so long, counts as one that stopped.
const PATIENCE_MILLIS = 60_000;

const WORKER_FILE = new URL("./touchstone-verify-worker.js", import.meta.url);

// Where a page demands Trusted Types, no plain text becomes a worker's address. A page that does not allow our policy has no worker
// then; one that demands nothing takes the text.
let trust;
const scriptAddress = (address) => {
  try {
    trust ??= globalThis.trustedTypes?.createPolicy("touchstone-verify", { createScriptURL: (ours) => ours });
  } catch {
    return address;
  }
  return trust ? trust.createScriptURL(address) : address;
};

const fromText = () => {
  const address = URL.createObjectURL(new Blob([WORKER_TEXT], { type: "text/javascript" }));
  // Long after the worker has it.
  setTimeout(() => URL.revokeObjectURL(address), START_MILLIS);
  return new Worker(scriptAddress(address), { name: "touchstone-verify" });
};
const fromFile = () => {
  if (WORKER_FILE.origin !== location.origin) throw new Error("of another origin");
  return new Worker(scriptAddress(WORKER_FILE.href), { name: "touchstone-verify" });
};

// A worker that said that it is here; `undefined` where there is none, or once nobody wants one. `tried` is told each that is tried.
async function startWorker(wanted, tried) {
  for (const make of [fromText, fromFile]) {
    let worker;
    if (!wanted()) return undefined;
    try {
      worker = make();
      tried(worker);
      await new Promise((resolve, reject) => {
        worker.addEventListener("message", resolve, { once: true });
        worker.addEventListener("error", reject, { once: true });
        setTimeout(reject, START_MILLIS);
      });
      return worker;
    } catch {
      worker?.terminate();
    }
  }
  return undefined;
}

const jobs = new Map();
let last = 0;
// The engine that is asked; a new one each time that one was ended.
let engine;

const endEngine = (error) => {
  engine?.close();
  engine = undefined;
  // The next question starts another.
  for (const job of [...jobs.values()]) job.fail(error);
};

const theEngine = () => (engine ??= newEngine());

// Nobody waits for it to be there: what it is told meanwhile is in the queue of a worker that still starts, and in that of the next one
// where this one does not start.
function newEngine() {
  const early = [];
  let post = (message) => early.push(message);
  let ended = false;
  let started;
  const close = () => {
    ended = true;
    early.length = 0;
    started?.terminate();
  };
  const own = { begun: new Set(), tell: (message, transfer) => post(message, transfer), close };
  // Acts while this engine is the one that is asked.
  const ours = (act) => engine === own && act();
  const hear = (message) => ours(() => heard(message, own));
  const tried = (worker) => {
    started = worker;
    for (const message of early) worker.postMessage(message);
    // Nothing is given away yet.
    post = (message) => early.push(message) && worker.postMessage(message);
  };
  startWorker(() => !ended, tried).then((worker) => {
    const told = early.splice(0);
    if (ended) return worker?.terminate();
    if (!worker) {
      const receive = startEngine((message) => queueMicrotask(() => hear(message)));
      post = (message) => queueMicrotask(() => receive(message));
      return told.forEach(post);
    }
    worker.addEventListener("message", ({ data }) => hear(data));
    for (const kind of ["error", "messageerror"]) {
      worker.addEventListener(kind, ({ message }) => ours(() => endEngine(new CheckError("crash", message ?? kind))));
    }
    post = (message, transfer = []) => worker.postMessage(message, transfer);
    return undefined;
  });
  return own;
}

function heard(message, asked) {
  if (message.crashed) return endEngine(new CheckError("crash", message.crashed));
  if (message.need) return bring(message.need, asked);
  const job = jobs.get(message.id);
  if (!job) return undefined;
  job.wait();
  if (message.read !== undefined) job.onProgress?.(message.read);
  else if (message.more) job.feed(asked);
  else if (message.reply !== undefined) job.done(message.reply);
  else job.fail(new CheckError(message.part, message.stopped));
  return undefined;
}

// Modules on their way: nobody's patience ends meanwhile.
let bringing = 0;

async function bring(part, asked) {
  bringing += 1;
  for (const job of jobs.values()) job.pause();
  try {
    asked.tell({ part, module: await module(part) });
  } catch (error) {
    // Every job waits for it.
    if (engine === asked) endEngine(error);
  }
  bringing -= 1;
  for (const job of jobs.values()) job.wait();
}

// Begins what a question needs (`ask` follows), while its evidence is still on its way. `whole`: the whole program, from the start.
export const begin = (whole) => {
  const part = whole ? 2 : 1;
  const asked = theEngine();
  if (asked.begun.has(part)) return;
  asked.begun.add(part);
  asked.tell({ begin: part });
  bring(part, asked);
};

// Asks the engine. `job` is what engine.js takes, but for the id; `reader`, where the artifact streams, has what comes after its first
// pieces. Returns the core's reply, or throws a CheckError; an AbortError when `signal` says so.
export function ask(job, { signal, onProgress, reader } = {}) {
  return new Promise((resolve, reject) => {
    const id = (last += 1);
    let patience;
    // While the next piece of its artifact is on its way, which may be long in coming.
    let reading = false;
    const pause = () => clearTimeout(patience);
    const wait = () => {
      pause();
      if (bringing > 0 || reading) return;
      patience = setTimeout(() => endEngine(new CheckError("crash", `no answer within ${PATIENCE_MILLIS / 1000} s`)), PATIENCE_MILLIS);
    };
    const close = (settle) => (value) => {
      if (!jobs.delete(id)) return;
      pause();
      signal?.removeEventListener("abort", abort);
      // Nobody reads on.
      reader?.cancel().catch(() => {});
      settle(value);
    };
    const [done, fail] = [close(resolve), close(reject)];
    const cancel = () => engine?.tell({ id, cancel: true });
    const abort = () => {
      cancel();
      fail(signal.reason);
    };
    const feed = async ({ tell }) => {
      try {
        reading = true;
        pause();
        const piece = await nextPiece(reader);
        if (!jobs.has(id)) return;
        reading = false;
        wait();
        if (piece) tell({ id, piece }, [piece.buffer]);
        else tell({ id, end: true });
      } catch (error) {
        cancel();
        fail(error);
      }
    };
    if (signal?.aborted) {
      reader?.cancel().catch(() => {});
      return reject(signal.reason);
    }
    signal?.addEventListener("abort", abort);
    jobs.set(id, { done, fail, feed, onProgress, pause, wait });
    wait();
    try {
      theEngine().tell({ ...job, id }, job.pieces?.map(({ buffer }) => buffer));
    } catch (error) {
      fail(new CheckError("crash", String(error?.message ?? error)));
    }
    return undefined;
  });
}
