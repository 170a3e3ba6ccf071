// `node offline.mjs FILE [JOBS RESULTS]`: the offline edition FILE, opened from its folder without a network, in Chromium
// ($CHROMIUM) and in Firefox ($FIREFOX, left out where there is none). It must verify its examples, and answer a sample of
// the questions of JOBS exactly as the served page did (RESULTS). Closing line: "e2e: N passed, M failed".
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { launch } from "./lib/browser.mjs";
import { launchFirefox } from "./lib/firefox.mjs";
import { answered, asked, inPage, lines } from "./lib/worker.mjs";

const SAMPLE = 50;
const [file, jobsFile, resultsFile] = process.argv.slice(2);
const address = pathToFileURL(file).href;

async function openChromium() {
  const browser = await launch({ args: ["--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>"] });
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const seen = { requests: [], errors: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  return {
    seen,
    goto: (url) => page.goto(url),
    evaluate: (act, argument) => page.evaluate(act, argument),
    close: () => browser.close(),
  };
}

// In the page: waits until `h1` says `title`.
const waitFor = (title) =>
  new Promise((resolve, reject) => {
    const look = () => document.querySelector("h1")?.textContent === title && resolve();
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    setTimeout(() => reject(new Error(`the heading is ${document.querySelector("h1")?.textContent}, not ${title}`)), 30_000);
    look();
  });

const cases = {
  "says what it is": async (browser) => {
    await browser.evaluate(waitFor, "Is this file genuine, and where did it come from?");
    const text = await browser.evaluate(() => document.body.innerText);
    for (const part of ["0 requests possible", "This is the offline edition", "sha256sum touchstone-offline.html",
      "its newest key counts from", "held in this file", "Nothing can be looked up"]) {
      assert.ok(text.includes(part), `the page does not say ${part}`);
    }
    assert.ok(!text.includes("Fetch asks") && !text.includes("before you press Fetch"), "there is a fetch field");
  },

  "verifies, rejects and leaves open its examples": async (browser) => {
    for (const [ending, title] of [["Ends Verified", "Verified"], ["Ends Rejected", "Rejected"], ["Ends Incomplete", "Incomplete"]]) {
      await browser.goto(`${address}#`);
      await browser.evaluate(waitFor, "Is this file genuine, and where did it come from?");
      await browser.evaluate((ending) => {
        const card = [...document.querySelectorAll("button")].find((button) => button.textContent.includes(ending));
        card.click();
      }, ending);
      await browser.evaluate(waitFor, title);
      await browser.goto("about:blank");
    }
  },

  "forbids itself every connection": async (browser) => {
    await browser.goto(address);
    const refused = await browser.evaluate(async () => {
      const violated = new Promise((resolve) => document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective)));
      const outcome = await fetch("https://touchstone.invalid/").then(() => "answered", () => "refused");
      return [outcome, await violated];
    });
    assert.deepEqual(refused, ["refused", "connect-src"]);
    browser.seen.errors.length = 0;
    browser.seen.requests = browser.seen.requests.filter((url) => url !== "https://touchstone.invalid/");
  },

  "answers a sample of the corpus as the page does": async (browser) => {
    if (!jobsFile) return "no corpus";
    const [jobs, results] = [await lines(jobsFile), await lines(resultsFile)];
    const expected = new Map(results.map((result) => [result.id, result]));
    const step = Math.max(1, jobs.length / SAMPLE);
    const sample = Array.from({ length: Math.min(SAMPLE, jobs.length) }, (_, index) => jobs[Math.floor(index * step)]);
    await browser.goto(`${address}#sample`);
    await browser.evaluate(waitFor, "Is this file genuine, and where did it come from?");
    await browser.evaluate(inPage.start);
    const outcomes = {};
    for (const [run, job] of sample.entries()) {
      const result = answered(job, await browser.evaluate(inPage.ask, await asked(run, job)));
      assert.deepEqual(result, expected.get(job.id), job.id);
      const outcome = result.document?.verdict.outcome ?? "unusable";
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    assert.ok(outcomes.verified > 0 && outcomes.rejected > 0, `the sample shows too little: ${JSON.stringify(outcomes)}`);
    console.log(`        ${sample.length} cases: ${JSON.stringify(outcomes)}`);
  },
};

let [passed, failed] = [0, 0];
const browsers = { Chromium: openChromium };
if (process.env.FIREFOX) browsers.Firefox = () => launchFirefox(process.env.FIREFOX);
else console.log("skipped: no Firefox; install firefox-esr, or name one in $FIREFOX");
for (const [name, open] of Object.entries(browsers)) {
  const browser = await open();
  await browser.goto(address);
  for (const [title, run] of Object.entries(cases)) {
    const start = performance.now();
    try {
      const skipped = await run(browser);
      const strangers = browser.seen.requests.filter((url) => !/^(file|blob|data|about|chrome|resource):/.test(url));
      assert.deepEqual(strangers, [], "requests were made");
      assert.deepEqual(browser.seen.errors, [], "errors were logged");
      passed += 1;
      const took = ((performance.now() - start) / 1000).toFixed(1);
      console.log(skipped ? `skipped offline, ${name}: ${title}: ${skipped}` : `ok      offline, ${name}: ${title} (${took} s)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  offline, ${name}: ${title}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
      browser.seen.errors.length = 0;
      browser.seen.requests.length = 0;
    }
  }
  await browser.close();
}
console.log(`e2e: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
