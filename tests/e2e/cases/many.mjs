// "Check many": an inventory beside a pile of bundles.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { provenance, signed } from "../lib/sign.mjs";
import { assert, at, bundleFile, drop, identity, issuer, sees, sha256 } from "../lib/page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const other = "594e519a".repeat(8);
const many = { path: "#/many" };

const pod = (name, image, hex) => ({
  apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "shop" },
  spec: { containers: [{ name: "app", image }] },
  status: { containerStatuses: [{ name: "app", imageID: `${image.split(":")[0]}@sha256:${hex}`, state: { running: {} } }] },
});
const pods = JSON.stringify({ apiVersion: "v1", kind: "List", items: [pod("a", "acme/app:v1", sha256), pod("b", "acme/other:v1", other)] });
const file = (name, mimeType, text) => ({ name, mimeType, buffer: Buffer.from(text) });
const podsFile = file("pods.json", "application/json", pods);
const podYaml = `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec:\n  containers:\n  - name: app\n    image: acme/app@sha256:${sha256}\n`;

// What can be an inventory, and what each place of it is called.
const inventories = {
  "Kubernetes YAML": [file("pod.yaml", "text/yaml", podYaml), "1 declared"],
  "a compose file": [file("compose.yaml", "text/yaml", `services:\n  app:\n    image: acme/app@sha256:${sha256}\n`), "1 declared"],
  "a list of digests": [file("list.txt", "text/plain", `acme/app@sha256:${sha256}\n`), "1 listed"],
};

async function give(page, ...files) {
  await page.locator("input[type=file][multiple]").first().setInputFiles(files);
  await page.getByText(/files? given/).waitFor();
}

async function check(page) {
  await page.getByRole("button", { name: "Check all of it" }).click();
  await page.getByRole("heading", { name: "Artifacts", exact: true }).waitFor({ timeout: 120_000 });
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
      await sees(page, "2 artifacts, 2 places");
      assert.match(await page.locator("#policy").innerText(), new RegExp(identity.replace(/[.?]/g, "\\$&")));
    }),
  "all of it is saved as a page that checks itself without a network": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      await give(page, podsFile, bundleFile, file("notes.bin", "application/octet-stream", "\0\0\0"), file("README.md", "text/markdown", "# Notes\n\nNo inventory.\n"));
      await check(page);
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save as page" }).click();
      const path = await (await download).path();
      await rename(path, `${path}.html`);
      const context = await browser.newContext({ offline: true });
      const report = await context.newPage();
      await report.goto(pathToFileURL(`${path}.html`).href);
      await report.getByText("agrees with everything that is printed here").waitFor();
      const printed = await report.locator("main").innerText();
      for (const word of ["acme/app:v1", "acme/other:v1", "notes.bin", "README.md", identity]) assert.ok(printed.includes(word), word);
      await context.close();
      await page.getByRole("button", { name: "Save as page" }).waitFor();
    }),
  "that a page is saved without its program is said where nothing was said before": (browser) =>
    at(browser, { ...many, noisy: true }, async (page) => {
      await page.route("**/touchstone-offline.html", (route) => route.abort());
      await give(page, podsFile, bundleFile);
      await check(page);
      // A live region that comes with its text may stay silent.
      assert.equal(await page.locator("#many-saving[role=status]").innerText(), "");
      await page.getByRole("button", { name: "Save as page" }).click();
      await page.locator("#many-saving").getByText("The page is saved without the program that lets it check itself").waitFor();
    }),
  "what was changed since it was read is not saved as if it had been answered": async (browser) => {
    const folder = await mkdtemp(join(tmpdir(), "touchstone-many-"));
    const path = join(folder, "list.txt");
    await writeFile(path, `acme/app@sha256:${sha256}\n`);
    await at(browser, many, async (page) => {
      await page.locator("input[type=file][multiple]").first().setInputFiles([path]);
      await page.getByText(/files? given/).waitFor();
      await check(page);
      await writeFile(path, `acme/app@sha256:${other}\n`);
      await page.getByRole("button", { name: "Save as page" }).click();
      await sees(page, "A file was changed or removed since it was read for this table.");
    });
    await rm(folder, { recursive: true });
  },
  "an answer about many is a line of the history": (browser) =>
    at(browser, many, async (page) => {
      await page.getByRole("button", { name: "Keep a history" }).click();
      await named(page);
      await give(page, podsFile, bundleFile);
      await check(page);
      await sees(page, "1 answer is kept");
      const [line] = (await page.evaluate(() => localStorage.getItem("touchstone-history"))).split("\n");
      const { verdict, artifact, sentence, evidence, question } = JSON.parse(line);
      assert.deepEqual([verdict, artifact, sentence], ["incomplete", "2 artifacts", "0 rejected, 1 incomplete, 1 verified."]);
      const digest = createHash("sha256").update(pods).digest("hex");
      assert.ok(evidence.some(({ name, value }) => name === "pods.json" && value === digest), JSON.stringify(evidence));
      assert.equal(question.signer.identity.text, identity);
    }),
  ...Object.fromEntries(
    Object.entries(inventories).map(([what, [given, standing]]) => [
      `${what} beside a bundle`,
      (browser) =>
        at(browser, many, async (page) => {
          await named(page);
          await drop(page, given, bundleFile);
          await page.getByText("2 files given").waitFor();
          await check(page);
          const rows = await table(page);
          assert.equal(rows.length, 1);
          assert.match(rows[0], /^Verified .*acme\/app/);
          assert.ok(rows[0].includes(standing), rows[0]);
        }),
    ]),
  ),
  "bundles alone: each artifact that they are about is a row": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      await give(page, bundleFile);
      await check(page);
      assert.match((await table(page)).join(), /^Verified .*nowhere stated/);
    }),
  "a bare envelope and what npm hands out are evidence": (browser) =>
    at(browser, many, async (page) => {
      const { envelope, key } = signed(provenance("app.bin", Buffer.from("beacon")));
      await page.getByLabel("The holder of a key").first().check();
      await page.getByLabel("Public key", { exact: true }).fill(key);
      await page.getByText("More conditions").first().click();
      await page.getByLabel("None: the key alone, for envelopes outside of Sigstore").check();
      const wrapped = JSON.stringify({ attestations: [{ predicateType: "https://slsa.dev/provenance/v1", bundle: JSON.parse(bundleFile.buffer) }] });
      await give(page, file("app.intoto.json", "application/json", envelope), file("npm.json", "application/json", wrapped), file("key.pem", "text/plain", key));
      await check(page);
      const rows = await table(page);
      assert.equal(rows.length, 2, rows.join("\n"));
      assert.match(rows.join("\n"), /^Verified .*app\.bin/m);
      await sees(page, "It looks like this: Public key. A key decides whom to believe");
    }),
  "a rejected row says shortly that nothing counts, and why when it is unfolded": (browser) =>
    at(browser, many, async (page) => {
      await page.getByLabel("Name in the certificate").fill("https://github.com/somebody/else/.github/workflows/release.yml@refs/tags/v1.0.0");
      await page.getByLabel("Who vouched for that name").fill(issuer);
      await give(page, bundleFile);
      await check(page);
      const rows = await table(page);
      assert.match(rows[0], /^Rejected /);
      assert.equal(rows[0].match(/Nothing counts/g).length, 4, rows[0]);
      assert.ok(!rows[0].includes("somebody/else"), rows[0]);
      await sees(page, "0 contradicted, 1 gap");
      await page.locator(".batch .rowbtn").first().click();
      assert.match(await page.locator(".batch tr.more").innerText(), /Identity: expected .*somebody\/else/);
    }),
  "a statement about none of the inventory is said": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      await give(page, file("list.txt", "text/plain", `sha256:${other}\n`), bundleFile);
      await check(page);
      await sees(page, "1 note on what was given", "1 statement that was given is about no artifact here");
      assert.match((await table(page)).join(), /^Incomplete /);
    }),
  "a change of what is expected is said until all is checked again": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      await give(page, podsFile, bundleFile);
      await check(page);
      await page.getByLabel("Name in the certificate").fill("https://example.com/another");
      await sees(page, "You changed what is expected");
      await check(page);
      await page.getByText("You changed what is expected").waitFor({ state: "detached" });
      assert.ok((await table(page)).every((row) => !row.startsWith("Verified")));
    }),
  "what is stopped is not answered, and can be asked again": (browser) =>
    at(browser, many, async (page) => {
      await named(page);
      const list = Array.from({ length: 60_000 }, (_, at) => `acme/app-${at}@sha256:${(at + 1).toString(16).padStart(64, "0")}`);
      await give(page, file("list.txt", "text/plain", list.join("\n")), bundleFile);
      await page.getByRole("button", { name: "Check all of it" }).click();
      await page.getByRole("button", { name: "Cancel" }).click();
      await sees(page, "You stopped it.");
      assert.equal(await page.locator(".batch").count(), 0);
      await page.getByRole("button", { name: "Start again" }).click();
      await give(page, podsFile, bundleFile);
      await check(page);
      await sees(page, "2 artifacts, 2 places");
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
      const focused = () => page.evaluate(() => document.activeElement.innerText);
      await page.waitForFunction(() => document.activeElement.innerText === "Back to all artifacts");
      await page.keyboard.press("Enter");
      assert.equal((await table(page)).length, 3, "two rows and the unfolded one");
      await page.waitForFunction(() => document.activeElement.innerText.includes("acme/app:v1"));
      await page.keyboard.press("Enter");
      assert.equal((await table(page)).length, 2, await focused());
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
      await page.getByRole("heading", { level: 1, name: /^Is this file genuine/ }).waitFor();
      await page.goBack();
      await page.getByRole("heading", { name: "Artifacts", exact: true }).waitFor();
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
};
