// The page's own worker, started by the page's own loader, and asked as the page asks it: JSON, and the blobs that the JSON
// numbers. The functions of `inPage` run in the page, whichever browser that is.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

export const inPage = {
  // Leaves `askWorker` behind.
  start: () => {
    const worker = globalThis.touchstone.start();
    const answers = new Map();
    const listening = new Promise((resolve) => {
      worker.addEventListener("message", ({ data }) => {
        // Before the program is there, its loader says so in a word.
        if (!Array.isArray(data)) return undefined;
        if (data[0] === "listening") return resolve();
        const told = JSON.parse(data[0]);
        const [kind, said] = Object.entries(told)[0];
        answers.get(said.run)?.({ kind, said, document: data[1] && new TextDecoder().decode(data[1]) });
      });
    });
    globalThis.askWorker = async (run, ask, files) => {
      await listening;
      const blobs = files.map((base64) => new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]));
      return new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(`no answer to ${JSON.stringify(ask)}`)), 20_000);
        answers.set(run, resolve);
        worker.postMessage([JSON.stringify({ verify: { run, ...ask } }), ...blobs]);
      });
    };
  },
  ask: ([run, ask, files]) => globalThis.askWorker(run, ask, files),
};

// One after the other: each takes the next place among the blobs.
async function inTurn(items, each) {
  const done = [];
  for (const item of items) done.push(await each(item));
  return done;
}

// A question of the `corpus` program, as the worker is asked it: the run's number, the question, the files in base64.
export async function asked(run, job) {
  const files = [];
  const part = async (path) => path && { name: basename(path), blob: files.push((await readFile(path)).toString("base64")) - 1 };
  const artifact = {
    none: () => "none",
    waived: () => "waived",
    stated: () => ({ stated: { digest: job.artifact.text } }),
    file: async () => ({ whole: await part(job.artifact.path) }),
  };
  const [firstKey, ...furtherKeys] = job.keys;
  const ask = {
    question: job.question,
    bundle: { ...(await part(job.bundle)), kind: "bundle", index: 0 },
    artifact: await artifact[job.artifact.kind](),
    further: [],
    key: (await part(firstKey)) ?? null,
    further_keys: await inTurn(furtherKeys, part),
    trusted_root: (await part(job.trustedRoot)) ?? null,
    whole: true,
  };
  return [run, ask, files];
}

// The line that the `corpus` program judges.
export function answered(job, { kind, said, document }) {
  return kind === "answered"
    ? { id: job.id, document: JSON.parse(document) }
    : { id: job.id, error: { part: said.part ?? kind, message: said.message ?? "" } };
}

export const lines = async (file) => (await readFile(file, "utf8")).trim().split("\n").map((line) => JSON.parse(line));
