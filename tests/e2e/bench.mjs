// `node bench.mjs FOLDER`: this project beside its peer in one Chromium. $TOUCHSTONE_URL serves FOLDER, which holds the page in
// page/ and the peer's minimal page, with a bundle, its artifact and the trusted root, in peer/.
import { readFile, truncate, writeFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { address, launch, settled } from "./lib/browser.mjs";

const folder = process.argv[2];
const question = JSON.parse(await readFile(join(folder, "peer/question.json"), "utf8"));
const ROUNDS = 101;
const WARM_UP = 20;
const COLD_ROUNDS = 11;
const DONE_MILLIS = 1500;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return `${median(values).toFixed(2)} (${sorted[0].toFixed(2)} to ${sorted.at(-1).toFixed(2)})`;
};

const browser = await launch();

async function warm() {
  const page = await (await browser.newContext()).newPage();
  await page.goto(new URL("page/index.html", address).href);
  await page.waitForSelector("h1");
  return page.evaluate(async ([question, rounds, warmUp]) => {
    const at = (name) => `../peer/${name}`;
    const [root, bundle, artifact] = await Promise.all([
      fetch(at("trusted_root.json")).then((answer) => answer.json()),
      fetch(at("bundle.json")).then((answer) => answer.blob()),
      fetch(at("artifact")).then((answer) => answer.blob()),
    ]);
    const { verifier } = await import(new URL(at("peer.js"), location.href).href);
    const peer = await verifier(root);
    // Both are handed what a page is handed: two files.
    const peersTurn = async () => {
      const [text, bytes] = await Promise.all([bundle.text(), artifact.arrayBuffer()]);
      return peer.verifyArtifact(question.identity, question.issuer, JSON.parse(text), new Uint8Array(bytes));
    };

    const worker = globalThis.touchstone.start();
    const answers = new Map();
    await new Promise((resolve) => {
      worker.addEventListener("message", ({ data }) => {
        // Before the program is there, its loader says so in a word.
        if (!Array.isArray(data)) return undefined;
        if (data[0] === "listening") return resolve();
        const [kind, said] = Object.entries(JSON.parse(data[0]))[0];
        answers.get(said.run)?.(kind === "answered" && new TextDecoder().decode(data[1]));
      });
    });
    const ask = (run, whole) => new Promise((resolve) => {
      answers.set(run, resolve);
      const signer = {
        kind: "certificate",
        identity: { match: "exact", text: question.identity },
        issuer: { match: "exact", text: question.issuer },
      };
      const verify = {
        run, question: { signer },
        bundle: { name: "bundle.json", blob: 0, kind: "bundle", index: 0 },
        artifact: { whole: { name: "artifact", blob: 1 } }, further: [], key: null, further_keys: [],
        trusted_root: null, whole,
      };
      worker.postMessage([JSON.stringify({ verify }), bundle, artifact]);
    });

    const [ours, whole, theirs] = [[], [], []];
    for (let round = 0; round < rounds + warmUp; round += 1) {
      const start = performance.now();
      const document = await ask(2 * round, false);
      const between = performance.now();
      const held = await peersTurn();
      const end = performance.now();
      await ask(2 * round + 1, true);
      const chain = performance.now();
      if (JSON.parse(document).verdict.outcome !== "verified" || !held) throw new Error("not verified");
      if (round < warmUp) continue;
      ours.push(between - start);
      theirs.push(end - between);
      whole.push(chain - end);
    }
    return { ours, whole, theirs };
  }, [question, ROUNDS, WARM_UP]);
}

// From navigation to the verdict on screen, in a context that has nothing cached. A page begins by itself: the peer's always, ours by a
// link to its first example, as a project's website would have one. Without such a link ours is pressed on that example as soon as
// that can be pressed.
async function cold(path, press) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript((press) => {
    globalThis.verdictAt = undefined;
    let pressed = false;
    const look = () => {
      const word = document.querySelector("h1")?.textContent ?? "";
      if (/^(Verified|Rejected|Incomplete)/.test(word)) globalThis.verdictAt ??= performance.now();
      const button = press && !pressed && document.querySelector(press);
      if (button) {
        pressed = true;
        button.click();
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  }, press);
  await settled(page);
  await page.goto(new URL(path, address).href);
  // What asks the page, has it compile 330 KB of the driver's own script first: not before it is done.
  await page.waitForTimeout(DONE_MILLIS);
  await page.waitForFunction(() => globalThis.verdictAt !== undefined);
  const at = await page.evaluate(() => globalThis.verdictAt);
  await context.close();
  return at;
}

// A sparse file of 1 GiB, dropped as an artifact and hashed in the worker as a stream.
async function hashing() {
  const file = join(tmpdir(), `touchstone-bench-${process.pid}`);
  await writeFile(file, "");
  await truncate(file, 2 ** 30);
  const page = await (await browser.newContext()).newPage();
  await page.goto(new URL("page/index.html", address).href);
  await page.waitForSelector("input[type=file]", { state: "attached" });
  const told = page.evaluate(() => new Promise((resolve) => {
    const post = Worker.prototype.postMessage;
    let start;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (typeof message?.[0] === "string" && message[0].startsWith('{"hash"')) {
        start = performance.now();
        this.addEventListener("message", ({ data }) => data[0]?.startsWith?.('{"hashed"') && resolve(performance.now() - start));
      }
      return post.call(this, message, ...rest);
    };
  }));
  await page.locator("input[type=file]").first().setInputFiles(file);
  const took = await told;
  await rm(file);
  return took;
}

const { ours, whole, theirs } = await warm();
console.log(`verification, warm, from two files to a verdict, ms, median of ${ROUNDS} (least to most)`);
console.log(`  touchstone, question to answer and back through the worker   ${spread(ours)}`);
console.log(`  the same with the chain of custody, as the page asks second  ${spread(whole)}`);
console.log(`  @freedomofpress/sigstore-browser                             ${spread(theirs)}`);
console.log(`  ratio of the medians: ${(median(theirs) / median(ours)).toFixed(2)} times faster`);

const first = { ours: [], pressed: [], theirs: [] };
for (let round = 0; round < COLD_ROUNDS; round += 1) {
  first.ours.push(await cold("page/index.html#/check?example=conda"));
  first.pressed.push(await cold("page/index.html", "button.ex"));
  first.theirs.push(await cold("peer/index.html"));
}
console.log(`first verdict after navigation, cold, ms, median of ${COLD_ROUNDS} (least to most)`);
console.log(`  touchstone, a link to its first example                      ${spread(first.ours)}`);
console.log(`  touchstone, its first example pressed                        ${spread(first.pressed)}`);
console.log(`  minimal page of the peer                                     ${spread(first.theirs)}`);
const times = (ours) => (median(ours) / median(first.theirs)).toFixed(2);
console.log(`  ratio of the medians: ${times(first.ours)} times the peer's; pressed ${times(first.pressed)}`);

const took = await hashing();
console.log(`hashing 1 GiB as a stream in the worker: ${(took / 1000).toFixed(2)} s, ${(2 ** 30 / 1e6 / (took / 1000)).toFixed(0)} MB/s`);
await browser.close();
