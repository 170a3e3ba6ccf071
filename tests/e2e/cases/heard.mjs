// The page as a screen reader finds it: what docs/screen-reader.md says is to be heard stands in Chromium's accessibility tree, in
// that order.
import { readFile } from "node:fs/promises";
import { artifactFile, assert, at, bundleFile, choose, question, verdict } from "../lib/page.mjs";

const written = await readFile(new URL("../../../docs/screen-reader.md", import.meta.url), "utf8");

// The blocks of one kind ("heard", "said") and place, each a list of lines.
const blocks = (kind, place) =>
  [...written.matchAll(/^```(\w+) (\w+)\n([^]*?)^```/gm)]
    .filter(([, one, other]) => one === kind && other === place)
    .map(([, , , text]) => text.trim().split("\n"));

// Collects what live regions say, each sentence once, from now on. What a region came with is not said.
const listen = (page) => page.evaluate(() => {
  globalThis.heard = [];
  const came = new Map();
  const look = () => {
    for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert]")) {
      const text = region.textContent.trim();
      if (!came.has(region)) came.set(region, text);
      if (text !== "" && text !== came.get(region) && !globalThis.heard.includes(text)) globalThis.heard.push(text);
    }
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
});

async function holds(page, place) {
  const [heard, said] = [blocks("heard", place), blocks("said", place)];
  assert.ok(heard.length > 0, `docs/screen-reader.md has no block "heard ${place}"`);
  for (const lines of heard) {
    let tree;
    let missing;
    // The last parts of a result are drawn a moment after its first.
    for (let tries = 0; tries < 10; tries += 1) {
      tree = (await page.locator("body").ariaSnapshot()).split("\n").map((line) => line.trim().replace(/^- '?/, ""));
      let from = 0;
      missing = lines.find((line) => {
        const found = tree.findIndex((text, place) => place >= from && text.startsWith(line));
        from = found + 1;
        return found < 0;
      });
      if (missing === undefined) break;
      await page.waitForTimeout(300);
    }
    assert.equal(missing, undefined, `not heard, or not in this order:\n${tree.join("\n")}`);
  }
  for (const line of said.flat()) {
    await page.waitForFunction((line) => globalThis.heard.some((text) => text.startsWith(line)), line, { timeout: 5_000 });
  }
}

const checked = async (page) => {
  await listen(page);
  await choose(page, artifactFile, bundleFile);
  await verdict(page, "Verified");
};

export default {
  "the first page": (browser) => at(browser, {}, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
    await holds(page, "open");
  }),

  "a file, then its signature": (browser) => at(browser, { path: question }, async (page) => {
    await listen(page);
    await choose(page, artifactFile);
    await holds(page, "file");
  }),

  "the verdict and the chain; a panel takes the focus and gives it back": (browser) => at(browser, { path: question }, async (page) => {
    await checked(page);
    await holds(page, "verified");
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
    assert.match(await page.title(), /^Verified/);
    const line = page.getByRole("button", { name: "no deployment record" });
    await line.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest(".opened"));
    await page.getByRole("button", { name: "Close" }).press("Enter");
    await page.waitForFunction(() => document.activeElement?.textContent.includes("no deployment record"));
  }),

  "a check, opened": (browser) => at(browser, { path: question }, async (page) => {
    await checked(page);
    await page.evaluate(() => document.querySelectorAll("#checks details").forEach((fold) => (fold.open = true)));
    await holds(page, "check");
  }),

  "a rejection": (browser) => at(browser, { path: question }, async (page) => {
    await listen(page);
    const altered = { ...artifactFile, buffer: Buffer.concat([artifactFile.buffer, Buffer.from([0])]) };
    await choose(page, altered, bundleFile);
    await verdict(page, "Rejected");
    await holds(page, "rejected");
    assert.match(await page.title(), /^Rejected/);
  }),

  "could not check": (browser) => at(browser, { path: question, noisy: true }, async (page) => {
    await checked(page);
    await page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); }, 0));
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Could not check");
    await holds(page, "stuck");
    assert.equal(await page.getByRole("heading", { name: "Verified" }).count(), 0, "the verdict is still there");
  }),

  "a page that is saved without its program": (browser) => at(browser, { path: question, noisy: true }, async (page) => {
    await page.route("**/touchstone-offline.html", (route) => route.abort());
    await checked(page);
    await page.getByRole("button", { name: "Save as page" }).click();
    await holds(page, "bare");
  }),

  "a new version": (browser) => at(browser, {
    kept: true,
    // A worker that holds another version than the one that is shown.
    before: () => {
      const shown = () => document.querySelector("meta[name=touchstone-build]").content;
      const waiting = { postMessage: (_, [port]) => port.postMessage(["another", shown()]) };
      ServiceWorkerContainer.prototype.register = async () => ({ waiting, addEventListener: () => {} });
    },
  }, async (page) => {
    await listen(page);
    await page.getByRole("button", { name: "Use the new version" }).waitFor();
    await holds(page, "version");
  }),
};
