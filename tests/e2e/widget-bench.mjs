// `node widget-bench.mjs PEER`: five widgets on a page of another origin with a strict policy, beside the peer's minimal page, each
// cold, in one Chromium: from navigation to the first verdict. Both fetch bundle, artifact and program. PEER holds the peer's page with
// bundle and artifact; the widget's package is in $TOUCHSTONE_WIDGET.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "./lib/browser.mjs";
import { assert, at, strict, widget } from "./lib/widget.mjs";

const ROUNDS = 15;
const LIMIT = 1.2;
const DONE_MILLIS = 1500;

const peer = process.argv[2];
const file = (name) => readFile(join(peer, name));
const { identity, issuer } = JSON.parse(await file("question.json"));
const [bundle, artifact] = [await file("bundle.json"), await file("artifact")];
const files = { "bundle.json": bundle, artifact };

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;

const browser = await launch();

async function once(options, count, before) {
  let times;
  await at(browser, { ...options, before, settle: true }, async (page) => {
    // As in bench.mjs: what asks the page has it compile the driver's script.
    await page.waitForTimeout(DONE_MILLIS);
    await page.waitForFunction((count) => globalThis.verdicts?.length >= count, count);
    times = await page.evaluate(() => globalThis.verdicts);
  });
  return times;
}

// Presses Fetch on every widget as soon as that can be pressed.
const ours = () =>
  once({ body: widget(`signer="${identity}" issuer="${issuer}" artifact="./artifact"`).repeat(5), csp: strict(), files }, 5, () => {
    globalThis.verdicts = [];
    addEventListener("touchstone-report", ({ detail }) => detail.verdict.outcome === "verified" && globalThis.verdicts.push(performance.now()));
    const press = () => {
      for (const { shadowRoot } of document.querySelectorAll("touchstone-verify")) shadowRoot.querySelector("[data-key=fetch]").click();
    };
    customElements.whenDefined("touchstone-verify").then(() => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", press) : press()));
  });

const theirs = async () => {
  const files = { "bundle.json": bundle, artifact };
  for (const name of ["index.html", "peer.js", "question.json", "trusted_root.json"]) files[name] = await file(name);
  return once({ body: "", files }, 1, () => {
    globalThis.verdicts = [];
    new MutationObserver(() => /^Verified/.test(document.querySelector("h1")?.textContent ?? "") && globalThis.verdicts.push(performance.now())).observe(document, { childList: true, subtree: true, characterData: true });
  });
};

const found = { first: [], all: [], peer: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  const own = await ours();
  found.first.push(own[0]);
  found.all.push(own[4]);
  found.peer.push((await theirs())[0]);
}
const ratio = median(found.first) / median(found.peer);
console.log(`five widgets, another origin, strict policy, cold, ms from navigation, median of ${ROUNDS} (least to most)`);
console.log(`  first verdict                          ${spread(found.first)}`);
console.log(`  all five                               ${spread(found.all)}`);
console.log(`  minimal page of the peer, its verdict  ${spread(found.peer)}`);
console.log(`  ratio of the medians: ${ratio.toFixed(2)} times the peer's, at most ${LIMIT}`);
await browser.close();
assert.ok(ratio <= LIMIT, "slower than allowed");
