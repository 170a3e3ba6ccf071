// What a person can give, and in which order.
import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  artifact, artifactFile, assert, at, bundle, bundleFile, choose, drop, identity, nameSigner, question, sees, sha256, verdict,
} from "../lib/page.mjs";
import { provenance, signed } from "../lib/sign.mjs";

const staging = await readFile(new URL("../../../crates/trust/roots/staging.json", import.meta.url));

export default {
  "the first visit asks for the page's own files and nothing else": (browser) =>
    at(browser, {}, async (page, { seen }) => {
      await sees(page, "0 requests made", "Nothing left this browser");
      const own = ["", "touchstone-page.js", "touchstone-page_bg.wasm"];
      const names = seen.requests.map((url) => new URL(url).pathname.split("/").pop());
      assert.deepEqual(names.filter((name) => !own.includes(name)), []);
      assert.ok(own.every((name) => names.includes(name)), names.join(" "));
    }),

  "the policy of the page allows no inline script but its own, and no inline style": (browser) =>
    at(browser, { noisy: true }, async (page) => {
      const ran = await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "globalThis.inlineRan = true";
        document.head.append(script);
        const style = document.createElement("style");
        style.textContent = "body { opacity: 0.5 }";
        document.head.append(style);
        return globalThis.inlineRan === true || getComputedStyle(document.body).opacity !== "1";
      });
      assert.equal(ran, false);
      const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/);
    }),

  // Whoever made the download may have put it there.
  "a trusted root among the files judges nothing until the person says so": (browser) =>
    at(browser, { path: question }, async (page) => {
      const root = { name: "trusted_root.json", mimeType: "application/json", buffer: staging };
      await drop(page, bundleFile, artifactFile, root);
      await verdict(page, "Verified");
      await sees(page, "is not used until you say that it is yours", "The trusted root among the files was not used");
      await page.getByRole("button", { name: "It is mine: judge by it" }).click();
      await verdict(page, "Rejected");
      assert.equal(await page.locator("#root-waits").count(), 0);
    }),

  "a key that is pasted is used": (browser) =>
    at(browser, {}, async (page) => {
      const { envelope, key } = signed(provenance(artifactFile.name, artifactFile.buffer));
      await choose(page, artifactFile, { name: "app.intoto.json", mimeType: "application/json", buffer: Buffer.from(envelope) });
      await verdict(page, "Incomplete");
      await page.getByLabel("The holder of a key").first().check();
      await page.getByLabel("Public key", { exact: true }).fill(key);
      await page.getByRole("button", { name: "Compare", exact: true }).click();
      await verdict(page, "Verified");
    }),

  "a link that asks for what nobody knows is not answered without it": (browser) =>
    at(browser, { path: `${question}&source-tagg=v1` }, async (page) => {
      await choose(page, bundleFile, artifactFile);
      await sees(page, "source-tagg", "is no extension that is known here");
      assert.equal(await page.getByRole("heading", { level: 1, name: "Verified" }).count(), 0);
    }),

  "bundle then artifact, dropped": (browser) =>
    at(browser, { path: question }, async (page) => {
      await drop(page, bundleFile);
      await verdict(page, "Incomplete");
      await drop(page, artifactFile);
      await verdict(page, "Verified");
    }),

  "artifact then bundle, dropped": (browser) =>
    at(browser, { path: question }, async (page) => {
      await drop(page, artifactFile);
      await drop(page, bundleFile);
      await verdict(page, "Verified");
    }),

  "a key beside the download names nobody until the person says so": (browser) =>
    at(browser, {}, async (page) => {
      const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const pem = Buffer.from(publicKey.export({ type: "spki", format: "pem" }));
      await choose(page, artifactFile, bundleFile, { name: "release.pub", mimeType: "text/plain", buffer: pem });
      await verdict(page, "Incomplete");
      await sees(page, "is a public key, and is not used yet");
      assert.equal(await page.getByLabel("The holder of a key").first().isChecked(), false);
    }),

  "both at once, chosen": (browser) =>
    at(browser, { path: question }, async (page) => {
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Verified");
      await sees(page, "is byte for byte the file that");
    }),

  "a bundle pasted, a digest instead of the file": (browser) =>
    at(browser, { path: question }, async (page) => {
      await page.getByRole("button", { name: "Paste text" }).click();
      await page.getByLabel("Text of a signature file or a key").fill(bundle.toString());
      await page.getByRole("button", { name: "Read this text" }).click();
      await verdict(page, "Incomplete");
      await page.getByLabel("Or give a digest instead of the file").fill(`sha256:${sha256}`);
      await page.getByRole("button", { name: "Use this digest" }).click();
      await verdict(page, "Verified");
      await sees(page, "stated by you");
    }),

  "the signer named after the result": (browser) =>
    at(browser, {}, async (page) => {
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Incomplete");
      await sees(page, "You have not said whom you expect to have signed.");
      await nameSigner(page);
      await page.getByRole("button", { name: "Compare" }).click();
      await verdict(page, "Verified");
    }),

  "the signer shown is used only when asked, and compared only then": (browser) =>
    at(browser, {}, async (page) => {
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Incomplete");
      await page.getByRole("button", { name: "Use the signer shown" }).click();
      assert.equal(await page.getByLabel("Name in the certificate").inputValue(), identity);
      await verdict(page, "Incomplete");
      await page.getByRole("button", { name: "Compare" }).click();
      await verdict(page, "Verified");
    }),

  "anybody, on purpose, is a waiver that the verdict states": (browser) =>
    at(browser, {}, async (page) => {
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Incomplete");
      await page.getByRole("radio", { name: "Anybody" }).check();
      await page.getByRole("button", { name: "Compare" }).click();
      await verdict(page, "Verified, 1 check waived");
    }),

  "another signer is a rejection by the check identity": (browser) =>
    at(browser, { path: question.replace("prefix-dev", "somebody-else") }, async (page) => {
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Rejected");
      await sees(page, "identity-differs");
    }),

  "a changed byte is a rejection by the check artifact": (browser) =>
    at(browser, { path: question }, async (page) => {
      const changed = Buffer.from(artifact);
      changed[100] ^= 1;
      await choose(page, { ...artifactFile, buffer: changed }, bundleFile);
      await verdict(page, "Rejected");
      await sees(page, "artifact-not-in-statement", "This is not a file that was signed");
    }),

  "what is no evidence says what it is": (browser) =>
    at(browser, {}, async (page) => {
      const html = Buffer.from("<!DOCTYPE html><html><head><title>Not found</title></head><body>404</body></html>");
      await choose(page, { name: "release.sigstore.json", mimeType: "application/json", buffer: html });
      await sees(page, /[Ww]eb page/);
    }),
};
