// The chain of custody: what is answered, what opens, the inputs, and what can be asked about the statement.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { violations } from "../lib/axe.mjs";
import { artifactFile, assert, at, bundleFile, choose, drop, question, sees, sha256, verdict } from "../lib/page.mjs";
import { provenance, signed } from "../lib/sign.mjs";

const npm = await readFile(new URL("../../../web/examples/sigstore-2.0.0.tgz.sigstore.json", import.meta.url));

async function example(page, ending = "Ends Verified", title = "Verified") {
  await page.getByRole("button", { name: ending }).click();
  await verdict(page, title);
  await page.getByRole("heading", { level: 2, name: "Chain of custody" }).waitFor();
}

const focused = (page) => page.evaluate(() => document.activeElement?.id ?? "");

export default {
  "the builder list that levels rest on is shown": (browser) =>
    at(browser, {}, async (page) => {
      await example(page);
      await page.getByText("The builder list: who may sign for which builder").click();
      await sees(page, "Built in. A builder that is not listed is relied on up to Build L1.");
      assert.match(await page.locator("#builder-list dl").innerText(), /slsa-framework\/slsa-github-generator/);
    }),

  "the three questions and four stages are there, read aloud in order": (browser) =>
    at(browser, {}, async (page) => {
      await example(page);
      const chain = page.locator("#chain");
      assert.equal(await chain.locator(".asked__one").count(), 3);
      const stages = chain.getByRole("list", { name: "From source to deployment" });
      assert.deepEqual(await stages.locator("article h3").allInnerTexts(), ["Source", "Build", "Artifact", "Deploy"]);
      const read = await stages.innerText();
      assert.match(read, /answered/);
      // Each of the first three stages says how it is joined to the next.
      const joints = await stages.locator(".edge").allTextContents();
      assert.equal(joints.length, 3);
      for (const [at, next] of ["Build", "Artifact", "Deploy"].entries()) assert.ok(joints[at].includes(next), joints[at]);
    }),

  "a line opens what stands behind it, and the focus returns": (browser) =>
    at(browser, {}, async (page) => {
      await example(page);
      const line = page.locator(".chain .edge button").nth(1);
      await line.focus();
      await page.keyboard.press("Enter");
      const panel = page.locator("#custody-open");
      await panel.waitFor();
      assert.equal(await focused(page), "custody-open");
      assert.match(await panel.getByRole("heading", { level: 3 }).innerText(), /Build to Artifact/);
      assert.ok((await panel.innerText()).length > 60);
      assert.equal(await line.getAttribute("aria-expanded"), "true");
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "detached" });
      assert.equal(await focused(page), "open-edge-1");
    }),

  "every answer opens by keyboard": (browser) =>
    at(browser, {}, async (page) => {
      await example(page);
      const answers = page.locator(".chain .opens");
      const count = await answers.count();
      assert.ok(count >= 10, `${count} answers`);
      for (let at = 0; at < count; at += 1) {
        await answers.nth(at).focus();
        await page.keyboard.press("Enter");
        await page.locator("#custody-open").waitFor();
        await page.locator("#custody-open").press("Escape");
        await page.locator("#custody-open").waitFor({ state: "detached" });
      }
    }),

  "the chain of a rejected file is cut and has no green": (browser) =>
    at(browser, {}, async (page) => {
      await example(page, "Ends Rejected", "Rejected");
      assert.equal(await page.locator('#chain [data-s="pass"]').count(), 0);
      assert.equal(await page.locator('.chain .stage[data-stage="build"][data-edge="match"]').count(), 0);
    }),

  "more evidence never takes the place of what is asked about": (browser) =>
    at(browser, { path: question }, async (page) => {
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Verified");
      await drop(page, { name: "sigstore-2.0.0.tgz.sigstore.json", mimeType: "application/json", buffer: npm });
      await sees(page, "2 bundles are here");
      await verdict(page, "Verified");
      const statement = Buffer.from('{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"x","digest":{"sha256":"00"}}],"predicateType":"x","predicate":{}}');
      await drop(page, { name: "loose.json", mimeType: "application/json", buffer: statement });
      await sees(page, "loose.json");
      await verdict(page, "Verified");
    }),

  "a source repository that the provenance does not name rejects": (browser) =>
    at(browser, {}, async (page) => {
      await example(page, "Ends Incomplete", "Incomplete");
      await page.getByText("More conditions").first().click();
      await page.getByLabel("Source repository").fill("github.com/somebody/else");
      await page.getByRole("button", { name: "Compare" }).click();
      await verdict(page, "Rejected");
      assert.match(decodeURIComponent(page.url()), /source-uri=github.com\/somebody\/else/);
    }),

  "a link carries what the statement must say": (browser) =>
    at(browser, { path: "#/check?signer=implied&source-uri=github.com/a/b&workflow-input=level%3Drelease&verified-level=SLSA_BUILD_LEVEL_3" }, async (page) => {
      assert.equal(await page.getByLabel("Source repository").inputValue(), "github.com/a/b");
      assert.equal(await page.getByLabel("Value of workflow input 1").inputValue(), "release");
      assert.equal(await page.getByLabel("Levels").inputValue(), "SLSA_BUILD_LEVEL_3");
    }),

  "a command that is pasted fills the fields and asks nothing": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByText("Or paste a command").click();
      await page.getByLabel("Command line").fill("slsa-verifier verify-artifact file --provenance-path x.json --source-uri github.com/a/b --source-tag v1.2.3");
      await page.getByRole("button", { name: "Fill the fields" }).click();
      await sees(page, "Nothing was compared yet");
      assert.equal(await page.getByLabel("Source repository").inputValue(), "github.com/a/b");
      assert.equal(await page.getByLabel("Tag, exactly").inputValue(), "v1.2.3");
      await page.getByLabel("Command line").fill("curl https://example.com | sh");
      await page.getByRole("button", { name: "Fill the fields" }).click();
      await sees(page, "is no command that is read here");
      assert.equal(await page.getByLabel("Source repository").inputValue(), "github.com/a/b");
    }),

  "what a command asks and no field holds is asked, told and carried on": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByText("Or paste a command").click();
      const asked = question.slice(question.indexOf("?") + 1).split("&").map((pair) => pair.replace("=", " ")).map((pair) => `--${pair}`).join(" ");
      await page.getByLabel("Command line").fill(`touchstone verify --bundle b ${asked} --transparency-logs 2 --minimum-bundle-version 0.3 f`);
      await page.getByRole("button", { name: "Fill the fields" }).click();
      await sees(page, "Asked as well, with no field here", "transparency logs: 2 at least", "bundle version, at least: 0.3");
      await choose(page, artifactFile, bundleFile);
      // It is in one log alone.
      await verdict(page, "Rejected");
      assert.match(page.url(), /transparency-logs=2&minimum-bundle-version=0\.3/);
      assert.match(await page.locator("main").evaluate((main) => main.textContent), /touchstone verify[^]*--transparency-logs 2/);
      await page.getByText("Ask for something else").click();
      await page.getByRole("button", { name: "Leave these out" }).click();
      await page.getByRole("button", { name: "Compare" }).click();
      await verdict(page, "Verified");
      assert.doesNotMatch(page.url(), /transparency-logs/);
    }),

  "360 px: what does not fit together does not scroll the page sideways": (browser) =>
    at(browser, { path: question, width: 360, height: 740 }, async (page) => {
      const purl = `pkg:oci/lib@sha256:${"0".repeat(64)}`;
      const components = [{ type: "library", name: "lib", version: "1", purl, hashes: [{ alg: "SHA-256", content: sha256 }] }];
      const bill = Buffer.from(JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components }));
      await choose(page, artifactFile, bundleFile, { name: "package.cdx.json", mimeType: "application/json", buffer: bill });
      await verdict(page, "Verified");
      await sees(page, "This does not fit together", "the digest beside it is another", "Signed by the signer you named or accepted");
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px wider than the window`);
      const out = await page.locator("#chain .st").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right).filter((right) => right > innerWidth));
      assert.deepEqual(out, []);
    }),

  "pinning fills the fields, compares nothing, and the pinned question is passed": (browser) =>
    at(browser, {}, async (page) => {
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Incomplete");
      await page.getByRole("button", { name: "Pin this signer" }).click();
      assert.notEqual(await page.getByLabel("Name in the certificate").inputValue(), "");
      await verdict(page, "Incomplete");
      await page.getByRole("button", { name: "Compare" }).click();
      await verdict(page, "Verified");
    }),

  "ten thousand inputs: only those in view are in the page, and a search finds one": (browser) =>
    at(browser, { path: question }, async (page) => {
      const components = Array.from({ length: 10_000 }, (_, at) => ({
        type: "library", name: `crate-${at}`, version: `1.0.${at % 9}`, purl: `pkg:cargo/crate-${at}@1.0.${at % 9}`,
        hashes: [{ alg: "SHA-256", content: (at * 7919).toString(16).padStart(64, "0") }],
      }));
      const metadata = { component: { type: "file", name: artifactFile.name, hashes: [{ alg: "SHA-256", content: sha256 }] } };
      const bill = Buffer.from(JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata, components }));
      await choose(page, artifactFile, bundleFile, { name: "package.cdx.json", mimeType: "application/json", buffer: bill });
      await verdict(page, "Verified");
      const table = page.locator("#inputs table");
      await table.waitFor();
      assert.match(await page.locator("#inputs .long__foot").innerText(), /^10\u2009000 rows/);
      const rows = () => table.locator("tbody tr[aria-rowindex]").count();
      assert.ok((await rows()) <= 80, `${await rows()} rows`);
      const region = page.locator("#inputs .long");
      await region.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
      await page.waitForFunction(() => Number(document.querySelector("#inputs tbody tr[aria-rowindex]").getAttribute("aria-rowindex")) > 1000);
      await region.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await table.getByText("crate-9999", { exact: false }).first().waitFor();
      assert.ok((await rows()) <= 80, `${await rows()} rows`);
      await page.getByLabel("Search name, version or digest").fill("crate-7777");
      await page.waitForFunction(() => document.querySelectorAll("#inputs tbody tr[aria-rowindex]").length === 1);
      assert.match(await table.innerText(), /crate-7777/);
    }),

  // F-22: the index is signed, and a manifest is asked about that it lists.
  "an image index covers what it lists, from the first verdict on, and in any order": async (browser) => {
    const manifest = '{"schemaVersion":2}';
    const hash = (text) => createHash("sha256").update(text).digest("hex");
    const index = JSON.stringify({ schemaVersion: 2, manifests: [{ digest: `sha256:${hash(manifest)}` }] });
    const { envelope, key } = signed(provenance("image", Buffer.from(index)));
    const file = (name, buffer, mimeType = "application/json") => ({ name, mimeType, buffer: Buffer.from(buffer) });
    const all = [file("index.json", index), file("image.intoto.json", envelope), file("key.pem", key, "application/x-pem-file")];
    for (const files of [all, all.toReversed()]) {
      await at(browser, { path: `#/check?signer=key&digest=sha256:${hash(manifest)}` }, async (page) => {
        const words = [];
        await page.exposeFunction("said", (word) => words.push(word));
        await page.evaluate(() => new MutationObserver(() => globalThis.said(document.querySelector("h1")?.textContent)).observe(document.body, { childList: true, subtree: true }));
        await choose(page, ...files);
        await verdict(page, "Verified");
        await sees(page, "covered through an image index", "lists it by digest");
        await page.getByRole("heading", { level: 2, name: "Chain of custody" }).waitFor();
        assert.match(await page.locator("#chain").textContent(), /image index/);
        assert.ok(words.every((word) => !word.startsWith("Rejected")), words.join(", "));
      });
    }
  },

  "a picture of two hundred things: nothing wider than 360 px, no fault, and a line opens its statement": (browser) =>
    at(browser, { path: question, width: 360, height: 740 }, async (page) => {
      const listed = Array.from({ length: 260 }, (_, at) => ({
        uri: `pkg:cargo/crate-${at}@1.0.0`, digest: { sha256: (at * 7919 + 1).toString(16).padStart(64, "0") },
      }));
      const buildType = "https://touchstone.test/build/v1";
      const said = {
        _type: "https://in-toto.io/Statement/v1",
        subject: [{ name: artifactFile.name, digest: { sha256 } }],
        predicateType: "https://slsa.dev/provenance/v1",
        predicate: {
          buildDefinition: { buildType, externalParameters: {}, resolvedDependencies: listed },
          runDetails: { builder: { id: "https://touchstone.test/builder" } },
        },
      };
      await choose(page, artifactFile, bundleFile, { name: "unsigned.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(said)) });
      await verdict(page, "Verified");
      await sees(page, "The picture shows the first 200 things");
      const graph = page.locator("#graph");
      assert.match(await graph.locator(".sec__head").innerText(), /200 things/);
      await graph.getByText("As a picture").click();
      const drawing = graph.locator(".drawing__svg");
      await drawing.waitFor();
      assert.equal(await drawing.locator(".thing").count(), 200);
      assert.ok((await drawing.locator(".joint").count()) >= 190);
      // Nobody signed it: no line of it is solid.
      assert.equal(await drawing.locator('.joint[data-edge="match"]').filter({ hasText: "crate-" }).count(), 0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px wider than the window`);
      assert.deepEqual(await violations(page), []);
      // By pointer in the picture, by keyboard in the table.
      const line = drawing.locator(".joint--opens", { hasText: "crate-7@" });
      await line.locator(".joint__near").dispatchEvent("click");
      const panel = page.locator("#custody-open");
      await panel.waitFor();
      assert.match(await panel.innerText(), /unsigned\.json/);
      assert.equal(await focused(page), "custody-open");
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "detached" });
      assert.match(await focused(page), /^open-statement-/);
      await graph.getByLabel("Search name or digest").fill("crate-9@");
      const link = graph.locator("tbody a", { hasText: "SLSA provenance v1" }).first();
      await link.focus();
      await page.keyboard.press("Enter");
      await panel.waitFor();
      assert.match(await panel.innerText(), /https:\/\/touchstone\.test\/build\/v1/);
    }),

  "on paper the chain is whole, and what a long table leaves out is said": (browser) =>
    at(browser, { path: question }, async (page) => {
      const components = Array.from({ length: 300 }, (_, at) => ({ type: "library", name: `crate-${at}`, version: "1" }));
      const bill = Buffer.from(JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, components }));
      await choose(page, artifactFile, bundleFile, { name: "package.cdx.json", mimeType: "application/json", buffer: bill });
      await verdict(page, "Verified");
      const said = page.locator("#inputs .long__print");
      assert.equal(await said.isVisible(), false);
      await page.emulateMedia({ media: "print" });
      assert.equal(await said.isVisible(), true);
      const [, shown, all] = (await said.innerText()).match(/^(\d+) of (\d+) rows are printed/);
      assert.equal(Number(all), 300);
      assert.equal(Number(shown), await page.locator("#inputs tbody tr[aria-rowindex]").count());
      // Each stage with its answers or gaps, each joint in words, and nothing that only a pointer can use.
      const stages = page.locator("#chain .chain .stage");
      assert.equal(await stages.count(), 4);
      for (const stage of await stages.all()) assert.ok((await stage.innerText()).length > 20);
      assert.equal(await page.locator("#chain .edge__label:visible").count(), 3);
      assert.ok((await page.locator("#chain .asked__answer:visible").count()) >= 3);
      assert.equal(await page.locator("main button.btn:visible, main .filters:visible").count(), 0);
      const pdf = await page.pdf({ format: "A4" }).catch(() => null);
      if (pdf) assert.ok(pdf.length > 20_000, `${pdf.length} bytes of PDF`);
    }),
};
