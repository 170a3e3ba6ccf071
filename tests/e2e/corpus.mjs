// `node corpus.mjs JOBS RESULTS`: answers each question of JOBS (one a line, from the `corpus` program) with the worker of the
// page that $TOUCHSTONE_URL serves, and writes a line with the document or the error for each.
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { visit, launch } from "./lib/browser.mjs";

const [jobsFile, resultsFile] = process.argv.slice(2);
const jobs = (await readFile(jobsFile, "utf8")).trim().split("\n").map((line) => JSON.parse(line));
const browser = await launch();
const { page, seen, strangers } = await visit(browser);
await page.waitForSelector("h1");

// The page's own worker, started by the page's own loader; its messages are JSON and the blobs that the JSON numbers.
await page.evaluate(() => {
  const worker = globalThis.touchstone.start();
  const answers = new Map();
  const listening = new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => {
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
});

// One after the other: each takes the next place among the blobs.
async function inTurn(items, each) {
  const done = [];
  for (const item of items) done.push(await each(item));
  return done;
}

const lines = [];
for (const [run, job] of jobs.entries()) {
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
  };
  const { kind, said, document } = await page.evaluate(([run, ask, files]) => globalThis.askWorker(run, ask, files), [run, ask, files]);
  const answer = kind === "answered"
    ? { document: JSON.parse(document) }
    : { error: { part: said.part ?? kind, message: said.message ?? "" } };
  lines.push(JSON.stringify({ id: job.id, ...answer }));
}
await browser.close();
await writeFile(resultsFile, `${lines.join("\n")}\n`);
console.log(`${lines.length} questions answered in Chromium`);
if (strangers().length > 0 || seen.errors.length > 0) {
  console.error([...strangers(), ...seen.errors].join("\n"));
  process.exit(1);
}
