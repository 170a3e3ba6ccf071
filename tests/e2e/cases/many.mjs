// "Check many": an inventory beside a pile of bundles.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { address, assert, at, bundleFile, identity, issuer, sees, sha256 } from "../lib/page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const other = "594e519a".repeat(8);
const many = { path: "#/many" };

const pod = (name, image, hex) => ({
  apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "shop" },
  spec: { containers: [{ name: "app", image }] },
  status: { containerStatuses: [{ name: "app", imageID: `${image.split(":")[0]}@sha256:${hex}`, state: { running: {} } }] },
});
const pods = JSON.stringify({ apiVersion: "v1", kind: "List", items: [pod("a", "acme/app:v1", sha256), pod("b", "acme/other:v1", other)] });
const podsFile = { name: "pods.json", mimeType: "application/json", buffer: Buffer.from(pods) };

async function give(page, ...files) {
  await page.locator("input[type=file][multiple]").first().setInputFiles(files);
  await page.getByText(/files? given/).waitFor();
}

async function check(page) {
  await page.getByRole("button", { name: "Check all of it" }).click();
  await page.getByRole("heading", { name: "Artifacts" }).waitFor({ timeout: 120_000 });
}

async function named(page) {
  await page.getByLabel("Name in the certificate").fill(identity);
  await page.getByLabel("Who vouched for that name").fill(issuer);
}

async function violations(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
}

async function table(page) {
  return page.locator(".batch tbody tr").evaluateAll((rows) => rows.map((row) => row.innerText.replace(/\s+/g, " ")));
}

// Every line of the bulk files as a file of its own, and a list of what each is about.
function bulk() {
  const folder = process.env.TOUCHSTONE_CORPUS ?? new URL("../../../../shared/corpus", import.meta.url).pathname;
  if (!existsSync(`${folder}/bulk`)) return undefined;
  const text = readFileSync(`${folder}/bulk/cpython.shared.jsonl`, "utf8")
    + gunzipSync(readFileSync(`${folder}/bulk/source-track.shared.jsonl.gz`)).toString("utf8");
  const lines = text.trim().split("\n").map((line) => JSON.parse(line));
  const digest = (line) => (line.artifact_sha256 ? `sha256:${line.artifact_sha256}` : `gitCommit:${line.git_commit}`);
  return {
    count: lines.length,
    distinct: new Set(lines.map(digest)).size,
    list: lines.map((line) => `${digest(line)} ${line.id}`).join("\n"),
    files: lines.map((line) => [`${line.id}.sigstore.json`, JSON.stringify(line.bundle)]),
  };
}

// Drops real File objects on the page, in one go, as a file manager does. They are made before the clock starts: that is the
// driver's work, not the page's.
async function dropAll(page, files) {
  for (let at = 0; at < files.length; at += 100) {
    await page.evaluate((part) => {
      globalThis.pile ??= new DataTransfer();
      for (const [name, text] of part) globalThis.pile.items.add(new File([text], name, { type: "application/json" }));
    }, files.slice(at, at + 100));
  }
}

const watchTasks = (page) => page.evaluate(() => {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map((one) => Math.round(one.duration))))
    .observe({ type: "longtask", buffered: false });
});

// All memory of the page and its workers, in MB, by the browser's own count of its processes.
function memory() {
  const listed = execFileSync("ps", ["-eo", "rss=,args="], { encoding: "utf8" }).split("\n").filter((line) => line.includes("--type=renderer"));
  return Math.round(Math.max(0, ...listed.map((line) => Number(line.trim().split(" ")[0]))) / 1024);
}

const looks = { light: {}, dark: { scheme: "dark" }, "360 px": { width: 360, height: 740 } };

export default {
  "pods beside bundles: verified, and a gap": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      await give(page, podsFile, bundleFile);
      await check(page);
      const rows = await table(page);
      assert.equal(rows.length, 2);
      assert.match(rows[0], /^Incomplete .*acme\/other:v1/, "the worst first");
      assert.match(rows[1], /^Verified .*acme\/app:v1/);
      await sees(page, "2 artifacts, 2 places", `exactly ${identity}`);
    }),
  "without a signer nothing is verified; with any signer the waiver is said": (browser) =>
    at(browser, many, async (page) => {
      await give(page, podsFile, bundleFile);
      await check(page);
      assert.ok((await table(page)).every((row) => row.startsWith("Incomplete")));
      await page.getByLabel("Anybody").check();
      await check(page);
      await sees(page, "Verified, 1 check waived", "anybody, on purpose");
    }),
  "filters, search and order": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      await give(page, podsFile, bundleFile);
      await check(page);
      await page.getByLabel("Verified 1").check();
      assert.equal((await table(page)).length, 1);
      await sees(page, "1 of 2 shown", "These figures follow the filter");
      await page.getByLabel("All 2", { exact: true }).check();
      await page.getByLabel("Search artifacts").fill("OTHER");
      assert.match((await table(page)).join(), /acme\/other/);
      await page.getByLabel("Search artifacts").fill("");
      await page.getByLabel("Order").selectOption("name");
      assert.match((await table(page))[0], /acme\/app/);
    }),
  "a row opens the full result, and the table is still there": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      await give(page, podsFile, bundleFile);
      await check(page);
      await page.getByRole("button", { name: "acme/app:v1" }).press("Enter");
      await page.getByRole("button", { name: "Open the full result" }).click();
      await page.getByRole("heading", { level: 1, name: "Verified", exact: true }).waitFor();
      await page.getByRole("button", { name: "Back to all artifacts" }).click();
      assert.equal((await table(page)).length, 3, "two rows and the unfolded one");
    }),
  "exports hold the rows that are shown": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      await give(page, podsFile, bundleFile);
      await check(page);
      const saved = async (name) => {
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
        return readFile(await download.path(), "utf8");
      };
      assert.equal(JSON.parse(await saved("Export JSON")).rows.length, 2);
      await page.getByLabel("Verified 1").check();
      const part = JSON.parse(await saved("Export JSON"));
      assert.deepEqual([part.rows.length, part.shown, part.coverage.artifacts], [1, "verdict Verified", 1]);
      assert.equal((await saved("Export CSV")).trim().split("\r\n").length, 2);
      assert.match(await saved("Export Markdown"), /Only a part is shown: verdict Verified/);
    }),
  "anchors that explode are refused in words, and the rest is answered": (browser) =>
    at(browser, many, async (page) => {
      const bomb = ["services:", "  a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
      for (let level = 1; level < 12; level += 1) bomb.push(`  a${level}: &a${level} [${Array(10).fill(`*a${level - 1}`).join(", ")}]`);
      await give(page, { name: "bomb.yaml", mimeType: "text/yaml", buffer: Buffer.from(bomb.join("\n")) }, bundleFile);
      await check(page);
      await sees(page, "anchors and aliases that stand for at most 4194304 bytes");
    }),
  "a pattern that cannot be put is said at its field": (browser) =>
    at(browser, many, async (page) => {
      await page.getByLabel("Name in the certificate").fill("(");
      await page.getByLabel("regular expression").first().check();
      await give(page, bundleFile);
      await page.getByRole("button", { name: "Check all of it" }).click();
      await sees(page, "is no regular expression");
    }),
  "the pages are links, and what was answered stays": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("link", { name: "Check many" }).click();
      await page.getByRole("heading", { level: 1, name: "Check many" }).waitFor();
      await give(page, podsFile, bundleFile);
      await check(page);
      await page.getByRole("link", { name: "Check a file" }).click();
      await page.getByRole("heading", { level: 1, name: "Who signed this file" }).waitFor();
      await page.goBack();
      await page.getByRole("heading", { name: "Artifacts" }).waitFor();
    }),
  ...Object.fromEntries(
    Object.entries(looks).map(([look, options]) => [
      `axe, ${look}`,
      (browser) =>
        at(browser, { ...many, ...options }, async (page) => {
          assert.deepEqual(await violations(page), []);
          await page.getByLabel("Anybody").check();
          await give(page, podsFile, bundleFile);
          await check(page);
          await page.getByRole("button", { name: "acme/app:v1" }).click();
          assert.deepEqual(await violations(page), []);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(wide <= 0, `${wide} px wider than the window`);
        }),
    ]),
  ),
  "all of bulk in one go, without a long task": async (browser) => {
    const pile = bulk();
    if (!pile) return "no corpus";
    await at(browser, many, async (page) => {
      await page.getByLabel("Anybody").check();
      await dropAll(page, [["digests.txt", pile.list], ...pile.files]);
      const before = memory();
      await watchTasks(page);
      const start = performance.now();
      await page.evaluate(() => {
        const main = document.querySelector("main");
        for (const kind of ["dragover", "drop"]) main.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: globalThis.pile }));
      });
      await page.getByText(`${pile.count + 1} files given`).waitFor();
      const taken = performance.now();
      await check(page);
      const checked = performance.now();
      await sees(page, `${pile.distinct} artifacts, ${pile.count} places`);
      await page.getByLabel("Search artifacts").fill("3.10");
      await page.getByLabel("Search artifacts").fill("");
      await page.getByRole("button", { name: "Further rows" }).click();
      await page.waitForTimeout(300);
      const tasks = await page.evaluate(() => globalThis.longTasks);
      const seconds = (from, to) => ((to - from) / 1000).toFixed(1);
      console.log(
        `        ${pile.count} bundles, ${pile.distinct} artifacts: taken in ${seconds(start, taken)} s, checked in ${seconds(taken, checked)} s, ` +
          `memory ${before} to ${memory()} MB, tasks over 50 ms: ${JSON.stringify(tasks)} (${address})`,
      );
      assert.deepEqual(tasks.filter((task) => task > 50), []);
    });
  },
};
