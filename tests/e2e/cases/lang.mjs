// The page in German: nothing of it stays English, what was typed and the English itself are as before, and who reads English
// pays nothing for it.
import { readFile } from "node:fs/promises";
import { translator } from "../../../web/lang.js";
import { violations } from "../lib/axe.mjs";
import { answering, artifactFile, assert, at, bundleFile, choose, identity, question, sha256 } from "../lib/page.mjs";

const catalogue = JSON.parse(await readFile(new URL("../../../web/lang/de.json", import.meta.url)));
// Chosen on an earlier visit.
const german = { before: () => localStorage.setItem("touchstone-language", "de") };
const looks = { light: {}, dark: { scheme: "dark" }, "360 px": { width: 360, height: 740 } };

const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));

// Sentences without an entry, but for those of the material itself.
async function complete(page, data = /^$/) {
  await unfold(page);
  // A frame, for the portions in which a result is drawn.
  await page.waitForTimeout(300);
  const open = await page.evaluate(() => [...globalThis.touchstone.untranslated]);
  assert.deepEqual(open.filter((text) => !data.test(text)), []);
}

async function fits(page) {
  assert.deepEqual(await violations(page), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${wide} px wider than the window`);
}

async function ends(page, title) {
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor({ timeout: 15_000 });
  await page.locator('#chain[aria-busy="true"]').waitFor({ state: "detached", timeout: 15_000 });
}

// Every word that a reader sees or hears, in the page's order.
const said = (page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    const found = [document.title];
    for (let node = walker.root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
      // The place of the note about a new version comes three seconds after the page.
      else if (!node.matches("body > [role=status]:empty")) for (const name of ["title", "aria-label", "placeholder", "alt", "data-l", "label", "lang"]) found.push(node.getAttribute(name));
    }
    return found;
  });

const chosen = (page, language) => page.waitForFunction((language) => document.documentElement.lang === language && (language === "en" || document.querySelector("h1").textContent.startsWith("Ist das")), language);

const podYaml = `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec:
  containers:
  - {name: app, image: "acme/app@sha256:${sha256}"}
  - {name: other, image: "acme/other:v1"}
`;

export default {
  "each entry is found as its own, whatever its values": () => {
    const say = translator(catalogue);
    for (const [english, german] of Object.entries(catalogue)) {
      const values = [];
      // Set between words, as names are; some places bring their space along.
      const text = english.replace(/(\p{L}?)\{\}/gu, (_, before) => {
        values.push(`${before && " "}v${values.length}/x.y`);
        return before + values.at(-1);
      });
      let next = 0;
      const expected = german.replace(/\{(\d*)\}/g, (_, at) => values[at === "" ? next++ : at]);
      assert.equal(say(text) ?? text, expected, english);
    }
    assert.equal(say("No entry says this."), undefined);
    assert.equal(say("Incomplete. The signature verifies. One thing is open:"), "Unvollständig. Die Signatur stimmt. Eines ist offen:");
    assert.equal(
      say("The signature is by a.example. No file was compared with it, as you asked. That is the signer you said to expect."),
      "Die Signatur ist von: a.example. Wie verlangt wurde keine Datei damit verglichen. Das ist der erwartete Unterzeichner.",
    );
    assert.equal(
      say("a signature by the signer's key (ECDSA P-384 SHA-384, or ECDSA P-384 SHA-256)"),
      "eine Signatur mit dem Schlüssel des Unterzeichners (ECDSA P-384 SHA-384, oder ECDSA P-384 SHA-256)",
    );
    assert.equal(say("Signed by the holder of that pen"), undefined, "a known beginning and an unknown rest");
  },
  "a name stays as it is, whatever word it looks like": () => {
    const say = translator(catalogue);
    // A single word in a sentence, before anything says that it is a name.
    assert.equal(say("source is byte for byte the file that jane@source.dev signed."), "source ist Byte für Byte die Datei, die signiert wurde von: jane@source.dev.");
    for (const name of ["source", "Source", "artifact", "Artifact", "build.", "Releases of x", "Could not check", "a file that b signed. c", "of (the) [build]+"]) say.keep(name);
    for (const name of ["source", "Artifact", "Releases of x", "Could not check", "a file that b signed. c", "of (the) [build]+"]) {
      assert.equal(say(`${name} is byte for byte the file that x@y.example signed.`), `${name} ist Byte für Byte die Datei, die signiert wurde von: x@y.example.`);
      assert.equal(say(`Verified: ${name} - Touchstone`), `Bestätigt: ${name} - Touchstone`);
      assert.equal(say(`Remove ${name}`), `Entfernen: ${name}`);
    }
    for (const name of ["https://github.com/", identity, "build.yml@refs/tags/v1", "deploy.yml", "jane@source.dev"]) assert.equal(say(name) ?? name, name);
    // The page's own words are as before.
    assert.equal(say("Source"), "Quelle");
    assert.equal(say("Verified"), "Bestätigt");
  },
  "who signed is the same in German, and so is the file's name": (browser) =>
    at(browser, { ...german, path: question }, async (page) => {
      await chosen(page, "de");
      await choose(page, { ...artifactFile, name: "source" }, bundleFile);
      await ends(page, "Bestätigt");
      await unfold(page);
      assert.equal(await page.title(), "Bestätigt: source - Touchstone");
      assert.equal(await page.locator(".given__name").first().textContent(), "source");
      await page.getByRole("button", { name: "Entfernen: source" }).waitFor();
      await page.locator(".verdict__lead", { hasText: "source ist Byte für Byte die Datei" }).waitFor();
      assert.ok((await page.locator(".verdict__strip").textContent()).includes(identity));
    }),
  "parts of an address are no words": (browser) =>
    at(browser, german, async (page) => {
      await chosen(page, "de");
      const shown = await page.evaluate(async () => {
        const address = document.createElement("span");
        address.setAttribute("translate", "no");
        for (const part of ["jane@", "source.", "dev/", "build.", "deploy"]) address.append(part, document.createElement("wbr"));
        // A name that hides something comes in pieces.
        const hiding = document.createElement("bdi");
        const chip = document.createElement("span");
        chip.className = "inv";
        hiding.append("Source", chip, "Verified");
        document.querySelector("main").append(address, hiding);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return [address.textContent, hiding.textContent];
      });
      assert.deepEqual(shown, ["jane@source.dev/build.deploy", "SourceVerified"]);
    }),
  "what has no entry stays English, and says so": (browser) =>
    at(browser, german, async (page) => {
      await chosen(page, "de");
      const shown = await page.evaluate(async () => {
        const added = document.createElement("p");
        const name = document.createElement("code");
        name.textContent = "Nothing leaves this browser";
        // The children come after the element, as Yew has them: what watches the page meets them twice.
        document.querySelector("main").append(added, name);
        added.append("No entry says this.", " ", "Nothing leaves this browser");
        await new Promise((resolve) => setTimeout(resolve, 100));
        return [added.textContent, added.lang, [...globalThis.touchstone.untranslated], name.textContent];
      });
      assert.deepEqual(shown, ["No entry says this. Nichts verlässt diesen Browser", "en", ["No entry says this."], "Nothing leaves this browser"]);
    }),
  "English asks for neither the translator nor a catalogue": (browser) =>
    at(browser, {}, async (page, { seen }) => {
      await page.getByRole("button", { name: "Deutsch" }).waitFor();
      assert.deepEqual(seen.requests.filter((url) => /lang\.js|de\.json/.test(url)), []);
    }),
  "there and back again: the same English, and what was typed": (browser) =>
    at(browser, {}, async (page, { seen }) => {
      await page.getByRole("button", { name: "Deutsch" }).waitFor();
      const digest = page.locator("#digest, input[id*=digest]").first();
      await unfold(page);
      await digest.fill("sha256:12");
      const before = await said(page);
      await page.getByRole("button", { name: "Deutsch" }).click();
      await chosen(page, "de");
      await page.getByText("Nichts verlässt diesen Browser").first().waitFor();
      assert.equal(await digest.inputValue(), "sha256:12");
      assert.equal(await page.title(), "Touchstone: Wer hat diese Datei signiert, und woher kommt sie?");
      assert.ok(seen.requests.some((url) => url.endsWith("de.json")));
      await page.getByRole("button", { name: "English" }).click();
      await chosen(page, "en");
      assert.deepEqual(await said(page), before);
      assert.equal(await digest.inputValue(), "sha256:12");
    }),
  "chosen twice, by a double click, it goes back all the same": (browser) =>
    at(browser, {}, async (page) => {
      const english = page.getByRole("button", { name: "English" });
      await english.waitFor();
      const before = await said(page);
      await page.getByRole("button", { name: "Deutsch" }).dblclick();
      await chosen(page, "de");
      await page.waitForTimeout(300);
      await english.click();
      await chosen(page, "en");
      // What watches the page acts after it was changed.
      await page.waitForTimeout(100);
      assert.deepEqual(await said(page), before);
    }),
  "English, chosen while German is on its way, stays": (browser) =>
    at(browser, {}, async (page) => {
      let arrive;
      const held = new Promise((resolve) => { arrive = resolve; });
      await page.route("**/de.json", async (route) => { await held; await route.continue(); });
      const asked = page.waitForRequest("**/de.json");
      await page.getByRole("button", { name: "Deutsch" }).click();
      await asked;
      assert.equal(await page.evaluate(() => document.documentElement.lang), "en", "English is called German");
      await page.getByRole("button", { name: "English" }).click();
      arrive();
      await page.waitForTimeout(300);
      await page.getByRole("heading", { level: 1, name: /^Is this file/ }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    }),
  "without its catalogue the page stays English, and says that it is": (browser) =>
    at(browser, { noisy: true }, async (page) => {
      await page.route("**/de.json", (route) => route.fulfill({ status: 404, body: "" }));
      const asked = page.waitForResponse("**/de.json");
      await page.getByRole("button", { name: "Deutsch" }).click();
      await asked;
      await page.waitForTimeout(300);
      await page.getByRole("heading", { level: 1, name: /^Is this file/ }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    }),
  "what was chosen is kept, until English is": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Deutsch" }).click();
      await chosen(page, "de");
      await page.reload();
      await chosen(page, "de");
      await page.getByRole("button", { name: "English" }).click();
      await page.reload();
      await page.getByRole("heading", { level: 1, name: /^Is this file/ }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    }),
  "which language is chosen is said": (browser) =>
    at(browser, {}, async (page) => {
      const pressed = (name) => page.getByRole("button", { name, pressed: true }).waitFor();
      await pressed("English");
      await page.getByRole("button", { name: "Deutsch" }).click();
      await pressed("Deutsch");
      assert.equal(await page.getByRole("button", { name: "English" }).getAttribute("aria-pressed"), "false");
      await page.reload();
      await pressed("Deutsch");
    }),
  ...Object.fromEntries(
    Object.entries(looks).map(([look, options]) => [
      `first page, ${look}`,
      (browser) =>
        at(browser, { ...german, ...options }, async (page) => {
          await chosen(page, "de");
          await complete(page);
          await fits(page);
        }),
    ]),
  ),
  ...Object.fromEntries(
    [["Bestätigt", {}], ["Unvollständig", { scheme: "dark" }], ["Abgelehnt", { width: 360, height: 740 }]].map(([title, options]) => [
      `the example that ends ${title}`,
      (browser) =>
        at(browser, { ...german, ...options }, async (page) => {
          await page.getByRole("button", { name: `Endet mit „${title}“` }).click();
          await ends(page, title);
          assert.ok((await page.title()).startsWith(title), await page.title());
          await complete(page);
          await fits(page);
          // The evidence itself is not touched, nor what names it.
          const text = await page.locator(".dg, code, pre").evaluateAll((all) => all.map((element) => element.textContent).join("\n"));
          assert.ok(text.includes("https://github.com/"));
        }),
    ]),
  ),
  "a result goes back to English and to German": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await ends(page, "Verified");
      await unfold(page);
      await page.waitForTimeout(300);
      const before = await said(page);
      await page.getByRole("button", { name: "Deutsch" }).click();
      await page.getByRole("heading", { level: 1, name: "Bestätigt", exact: true }).waitFor();
      await page.getByRole("button", { name: "English" }).click();
      await page.getByRole("heading", { level: 1, name: "Verified", exact: true }).waitFor();
      assert.deepEqual(await said(page), before);
    }),
  "what changes after it was translated is translated again": (browser) =>
    at(browser, german, async (page) => {
      await chosen(page, "de");
      await choose(page, artifactFile);
      await page.getByText("Das ist die Datei. Ihre Signatur fehlt noch.").waitFor();
      await choose(page, bundleFile);
      await ends(page, "Unvollständig");
      await page.getByLabel("Name im Zertifikat").fill(identity);
      await page.getByRole("button", { name: "Vergleichen" }).click();
      await ends(page, "Bestätigt, 1 Prüfung erlassen");
      await complete(page);
    }),
  "an HTML page in place of a bundle": (browser) =>
    at(browser, german, async (page) => {
      await chosen(page, "de");
      await choose(page, { name: "a.sigstore.json", mimeType: "application/json", buffer: Buffer.from("<!doctype html><title>404</title>") });
      await page.getByText("Webseite, unter dem Namen eines Bundles gespeichert").first().waitFor();
      await complete(page);
      await fits(page);
    }),
  "a bundle that cannot be read": (browser) =>
    at(browser, german, async (page) => {
      await chosen(page, "de");
      await choose(page, { name: "a.sigstore.json", mimeType: "application/json", buffer: Buffer.from('{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","x":1}') }, artifactFile);
      await ends(page, "Abgelehnt");
      await complete(page);
    }),
  "commands, and what is refused of them": (browser) =>
    at(browser, german, async (page) => {
      await chosen(page, "de");
      await unfold(page);
      const field = page.getByLabel("Befehlszeile").first();
      for (const command of ["cosign verify-blob", "gh attestation verify a --repo o/r --owner o", "ls -l", `cosign verify-blob --certificate-identity '${identity}' --bundle a.json a`]) {
        await field.fill(command);
        await page.getByRole("button", { name: "Die Felder ausfüllen" }).first().click();
        await complete(page);
      }
    }),
  "what is fetched, kept and pinned": (browser) => {
    const address = "https://example.com/a.sigstore.json";
    return at(browser, { ...german, noisy: true, allowed: { [address]: answering(404, "") } }, async (page) => {
      await chosen(page, "de");
      await unfold(page);
      await page.getByRole("button", { name: "Einen Verlauf führen" }).click();
      await page.getByRole("button", { name: "Aufbewahren", exact: true }).click();
      await page.getByText("Die Felder fragen noch nichts").waitFor();
      await page.locator("#addr").fill("https://user:word@example.com/");
      await complete(page);
      await page.locator("#addr").fill(address);
      await page.getByRole("button", { name: "Abrufen", exact: true }).click();
      await page.getByText("example.com hat unter dieser Adresse nichts.").first().waitFor();
      await complete(page);
      await page.goto(page.url().replace(/#.*/, ""));
      await page.getByRole("button", { name: "Endet mit „Bestätigt“" }).click();
      await ends(page, "Bestätigt");
      await unfold(page);
      await page.getByRole("button", { name: "Diesen Unterzeichner festhalten" }).click();
      await complete(page);
    });
  },
  ...Object.fromEntries(
    Object.entries(looks).map(([look, options]) => [
      `many at once, ${look}`,
      (browser) =>
        at(browser, { ...german, ...options, path: "#/many" }, async (page) => {
          await page.getByRole("heading", { level: 1, name: "Viele prüfen" }).waitFor();
          await complete(page);
          await choose(page, { name: "pod.yaml", mimeType: "text/yaml", buffer: Buffer.from(podYaml) }, bundleFile);
          await page.getByText("2 Dateien angegeben").waitFor();
          await page.getByRole("button", { name: "Alles prüfen" }).click();
          await page.getByRole("heading", { name: "Artefakte", exact: true }).waitFor({ timeout: 120_000 });
          await page.locator(".batch .rowbtn").first().click();
          await complete(page, /^shop, Pod a, /);
          await fits(page);
        }),
    ]),
  ),
};
