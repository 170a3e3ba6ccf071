// `node bulk.mjs`: how the page that $TOUCHSTONE_URL serves bears much at once, and whether it ever holds the reader up. A task of
// its main thread over 50 ms fails; so does time or memory that grows faster than what was given. Judge a release page by it: a
// quick one is many times slower. Without the corpus the bundles are left out, and a line says so.
//
// A task is as long as the browser says (`longtask`). Where the machine has more to do than it has processors, the wall clock
// measures the others: a task then counts with its own time of the processor. Each measurement that fails is made up to twice more.
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { launch } from "./lib/browser.mjs";
import { artifactFile, assert, at, bundleFile, choose, question, sees, sha256, verdict } from "./lib/page.mjs";
import { memory, observed } from "./lib/tasks.mjs";

const LONG = 50;
const SIZES = [250, 500, 1000];
const ROUNDS = 3;
// Time and memory of four times as much may be at most so many times as much.
const LINEAR = 5;
const ROWS = 10_000;
const many = { path: "#/many" };
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const ms = (milliseconds) => milliseconds.toFixed(1);

// Each line of the bulk files as a file of its own, and the digest that each is about.
function corpus() {
  const folder = process.env.TOUCHSTONE_CORPUS ?? new URL("../../../shared/corpus", import.meta.url).pathname;
  if (!existsSync(`${folder}/bulk`)) return undefined;
  const text = readFileSync(`${folder}/bulk/cpython.shared.jsonl`, "utf8")
    + gunzipSync(readFileSync(`${folder}/bulk/source-track.shared.jsonl.gz`)).toString("utf8");
  return text.trim().split("\n").map((line) => {
    const { id, artifact_sha256: file, git_commit: commit, bundle } = JSON.parse(line);
    return { name: `${id}.sigstore.json`, digest: file ? `sha256:${file}` : `gitCommit:${commit}`, text: JSON.stringify(bundle) };
  });
}

// Drops real File objects on the page in one go, as a file manager does. They are made before the clock starts: that is the
// driver's work, not the page's.
async function prepareDrop(page, files) {
  for (let from = 0; from < files.length; from += 100) {
    await page.evaluate((part) => {
      globalThis.pile ??= new DataTransfer();
      for (const [name, text] of part) globalThis.pile.items.add(new File([text], name, { type: "application/json" }));
    }, files.slice(from, from + 100));
  }
}

const dropIt = (page) => page.evaluate(() => {
  const main = document.querySelector("main");
  for (const kind of ["dragover", "drop"]) {
    main.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: globalThis.pile }));
  }
});

async function checkAll(page) {
  await page.getByRole("button", { name: "Check all of it" }).click();
  await page.getByRole("heading", { name: "Artifacts", exact: true }).waitFor({ timeout: 300_000 });
}

// A browser of its own for each measurement: memory begins from nothing.
async function alone(options, act) {
  const browser = await launch();
  try {
    let found;
    await at(browser, options, async (page) => {
      found = await act(page, browser);
    });
    return found;
  } finally {
    await browser.close();
  }
}

// Runs `measure` until it has no long task, three times at the most.
async function withoutLongTask(what, measure) {
  for (let round = 1; ; round += 1) {
    const found = await measure();
    assert.ok(found.tasks.length > 0, "no task in the trace");
    const busy = loadavg()[0] > cpus().length;
    const [{ own, wall }] = found.tasks;
    found.said = `longest task ${ms(own)} ms of the processor (${ms(wall)} ms by the wall${busy ? ", on a busy machine" : ""})`;
    if ((busy ? own : Math.max(0, ...found.long)) <= LONG && own <= LONG) return found;
    console.log(`        ${what}, round ${round}: ${found.said}; long by the wall: ${found.long.join(", ")}`);
    for (const { own: time, parts } of found.tasks.slice(0, 4)) console.log(`          ${ms(time)} ms: ${parts()}`);
    assert.ok(round < ROUNDS, `${what}: a task over ${LONG} ms in each of ${ROUNDS} rounds`);
  }
}

const bundles = (all, count) => withoutLongTask(`${count} bundles`, () => alone(many, async (page, browser) => {
  const some = all.slice(0, count);
  await page.getByLabel("Anybody").check();
  await prepareDrop(page, [["digests.txt", some.map(({ name, digest }) => `${digest} ${name}`).join("\n")], ...some.map(({ name, text }) => [name, text])]);
  const before = await memory(browser);
  const distinct = new Set(some.map(({ digest }) => digest)).size;
  let [start, taken, checked, after] = [];
  const seen = await observed(browser, page, async () => {
    start = performance.now();
    await dropIt(page);
    await page.getByText(`${some.length + 1} files given`).waitFor();
    taken = performance.now();
    await checkAll(page);
    checked = performance.now();
    await sees(page, `${distinct} artifacts, ${some.length} places`);
    assert.equal(await page.locator("#batch-shown").innerText(), `${distinct} of ${distinct} shown`);
    after = await memory(browser);
    // What a reader does with the table.
    await typed(page, page.getByLabel("Search artifacts"), "3.10");
    await page.getByLabel("Search artifacts").fill("");
    if (distinct > 30) await page.getByRole("button", { name: "Further rows" }).click();
    await page.locator(".batch .rowbtn").first().click();
    await page.getByLabel("Order").selectOption("name");
    await page.waitForTimeout(500);
  });
  return { count: some.length, distinct, taken: taken - start, checked: checked - taken, before, after, ...seen };
}));

async function typed(page, field, text) {
  await field.focus();
  for (const key of text) {
    await page.keyboard.type(key);
    await page.waitForTimeout(150);
  }
}

const inputs = () => withoutLongTask(`search in ${ROWS} inputs`, () => alone({ path: question }, async (page, browser) => {
  const components = Array.from({ length: ROWS }, (_, at) => ({
    type: "library", name: `crate-${at}`, version: `1.0.${at % 9}`, purl: `pkg:cargo/crate-${at}@1.0.${at % 9}`,
    hashes: [{ alg: "SHA-256", content: (at * 7919).toString(16).padStart(64, "0") }],
  }));
  const metadata = { component: { type: "file", name: artifactFile.name, hashes: [{ alg: "SHA-256", content: sha256 }] } };
  const bill = Buffer.from(JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata, components }));
  await choose(page, artifactFile, bundleFile, { name: "package.cdx.json", mimeType: "application/json", buffer: bill });
  await verdict(page, "Verified");
  await page.locator("#inputs table").waitFor();
  await page.waitForTimeout(1000);
  const seen = await observed(browser, page, () => typed(page, page.getByLabel("Search name, version or digest"), "crate-7777"));
  await page.waitForFunction(() => document.querySelectorAll("#inputs tbody tr[aria-rowindex]").length === 1);
  return seen;
}));

const artifacts = () => withoutLongTask(`search in ${ROWS} artifacts`, () => alone(many, async (page, browser) => {
  const list = Array.from({ length: ROWS }, (_, at) => `ghcr.io/acme/app-${at}@sha256:${(at * 7919).toString(16).padStart(64, "0")}`);
  await choose(page, { name: "list.txt", mimeType: "text/plain", buffer: Buffer.from(list.join("\n")) });
  await page.getByText("1 file given").waitFor();
  const seen = await observed(browser, page, async () => {
    await checkAll(page);
    await sees(page, `${ROWS} artifacts`);
    await typed(page, page.getByLabel("Search artifacts"), "app-7777");
  });
  assert.equal(await page.locator("#batch-shown").innerText(), `1 of ${ROWS} shown`);
  return seen;
}));

const pods = () => withoutLongTask("5000 pods", () => alone(many, async (page, browser) => {
  const image = `ghcr.io/acme/app@sha256:${sha256}`;
  const items = Array.from({ length: 5000 }, (_, at) => ({
    apiVersion: "v1", kind: "Pod", metadata: { name: `app-${at}`, namespace: `team-${at}` },
    spec: { containers: [{ name: "app", image }] },
    status: { containerStatuses: [{ name: "app", imageID: image, state: { running: {} } }] },
  }));
  const buffer = Buffer.from(JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await choose(page, { name: "pods.json", mimeType: "application/json", buffer }, bundleFile);
  await page.getByText("2 files given").waitFor();
  return observed(browser, page, async () => {
    await checkAll(page);
    await sees(page, "1 artifact, 5000 places", "5000 running");
    await page.locator(".batch .rowbtn").click();
    await sees(page, "and 4980 more; the JSON export has all of them");
    await typed(page, page.getByLabel("Search artifacts"), "team-4");
  });
}));

const bomb = () => withoutLongTask("anchors that explode", () => alone(many, async (page, browser) => {
  const lines = ["services:", "  a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level += 1) lines.push(`  a${level}: &a${level} [${Array(10).fill(`*a${level - 1}`).join(", ")}]`);
  await choose(page, { name: "bomb.yaml", mimeType: "text/yaml", buffer: Buffer.from(lines.join("\n")) }, bundleFile);
  await page.getByText("2 files given").waitFor();
  return observed(browser, page, async () => {
    await checkAll(page);
    await sees(page, "anchors and aliases that stand for at most 4194304 bytes");
  });
}));

// A bill of materials of 50 MB, beside a bundle; on the page of many and on that of one file.
const billFile = async () => {
  const folder = await mkdtemp(join(tmpdir(), "touchstone-bulk-"));
  const component = (at) => `{"type":"library","name":"crate-${at}","version":"1.0.0","purl":"pkg:cargo/crate-${at}@1.0.0","hashes":[{"alg":"SHA-256","content":"${at.toString(16).padStart(64, "0")}"}]}`;
  const components = Array.from({ length: 270_000 }, (_, at) => component(at)).join(",");
  const path = join(folder, "huge.cdx.json");
  await writeFile(path, `{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":[${components}]}`);
  return { folder, path, size: components.length };
};

const hugeAmongMany = (path) => withoutLongTask("a bill of 50 MB among many", () => alone(many, async (page, browser) => {
  let took;
  const seen = await observed(browser, page, async () => {
    await page.locator("input[type=file][multiple]").first().setInputFiles(path);
    await choose(page, bundleFile);
    await page.getByText("2 files given").waitFor();
    const start = performance.now();
    await checkAll(page);
    took = performance.now() - start;
    await sees(page, "huge.cdx.json: not used");
  });
  return { took, ...seen };
}));

const hugeBesideOne = (path) => withoutLongTask("a bill of 50 MB beside a file", () => alone({ path: question }, async (page, browser) => {
  await choose(page, artifactFile, bundleFile);
  await verdict(page, "Verified");
  await page.waitForTimeout(2000);
  let [took, words] = [];
  const seen = await observed(browser, page, async () => {
    const start = performance.now();
    await page.locator("input[type=file][multiple]").first().setInputFiles(path);
    await page.getByText("huge.cdx.json").first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(5000);
    took = performance.now() - start;
    words = (await page.locator(".above, .unreadable").allInnerTexts()).join(" | ").replace(/\s+/g, " ");
  });
  return { took, words, ...seen };
}));

let failed = 0;
async function measured(what, run) {
  try {
    console.log(`ok      ${what}: ${await run()}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${what}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
  }
}

const word = process.argv[2] ?? "";
const cases = {
  bundles: async () => {
    const all = corpus();
    if (!all) return "skipped, no corpus";
    const found = [];
    for (const size of SIZES) found.push(await bundles(all, size === SIZES.at(-1) ? all.length : size));
    for (const { count, distinct, taken, checked, before, after, said } of found) {
      console.log(
        `        ${count} bundles, ${distinct} artifacts: taken in ${seconds(taken)}, checked in ${seconds(checked)} `
          + `(${ms(checked / count)} ms a bundle), memory ${before.now} to ${after.now} MB, at the most ${after.highest} MB; ${said}`,
      );
    }
    const [least, most] = [found[0], found.at(-1)];
    const times = most.count / least.count;
    const grew = (most.taken + most.checked) / (least.taken + least.checked);
    const memoryGrew = (most.after.highest - most.before.now) / Math.max(1, least.after.highest - least.before.now);
    const said = `${times.toFixed(1)} times as many bundles: ${grew.toFixed(1)} times the time, ${memoryGrew.toFixed(1)} times the memory`;
    assert.ok(grew <= LINEAR && memoryGrew <= LINEAR, said);
    return said;
  },
  "search in the table of inputs": async () => {
    return `${ROWS} rows, ${(await inputs()).said}`;
  },
  "search in the table of artifacts": async () => {
    return `${ROWS} rows, ${(await artifacts()).said}`;
  },
  "5000 pods with one digest": async () => (await pods()).said,
  "anchors that explode": async () => `refused in words, ${(await bomb()).said}`,
  "a bill of materials of 50 MB": async () => {
    const { folder, path, size } = await billFile();
    try {
      const among = await hugeAmongMany(path);
      const beside = await hugeBesideOne(path);
      return `${(size / 1e6).toFixed(0)} MB, among many in ${seconds(among.took)}, ${among.said}; beside a file, ${beside.said}: ${beside.words.slice(0, 400)}`;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
for (const [name, run] of Object.entries(cases)) if (name.includes(word)) await measured(name, run);
console.log(failed === 0 ? "bulk: all within their bounds" : `bulk: ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
