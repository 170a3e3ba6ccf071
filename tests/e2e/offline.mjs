// `node offline.mjs FILE [JOBS RESULTS]`: the offline edition FILE, opened from its folder without a network, in Chromium
// ($CHROMIUM) and in Firefox ($FIREFOX, left out where there is none). It must verify its examples, and answer a sample of
// the questions of JOBS exactly as the served page did (RESULTS). Closing line: "e2e: N passed, M failed".
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { HOME, browsers, expectError, missedByKeyboard, press, run, violations, waitFor } from "./lib/offline.mjs";
import { answered, asked, inPage, lines } from "./lib/worker.mjs";

const SAMPLE = 50;
const [file, jobsFile, resultsFile] = process.argv.slice(2);
const address = pathToFileURL(file).href;

const cases = {
  "says what it is": async (browser) => {
    await browser.evaluate(waitFor, HOME);
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
      await browser.evaluate(waitFor, HOME);
      await browser.evaluate(press, ending);
      await browser.evaluate(waitFor, title);
      await browser.goto("about:blank");
    }
  },

  "speaks German, from the catalogue inside it": async (browser) => {
    await browser.goto(`${address}#de`);
    await browser.evaluate(waitFor, HOME);
    await browser.evaluate(() => new Promise((resolve) => {
      const look = () => (document.querySelector(".languages") ? resolve() : requestAnimationFrame(look));
      look();
    }));
    await browser.evaluate(press, "Deutsch");
    await browser.evaluate(waitFor, "Ist das die Datei, die signiert wurde, und woher kam sie?");
    const [lang, text] = await browser.evaluate(() => [document.documentElement.lang, document.body.innerText]);
    assert.equal(lang, "de");
    assert.ok(text.includes("Es kann nichts nachgeschlagen werden"), text);
    await browser.evaluate(press, "English");
    await browser.evaluate(waitFor, HOME);
    await browser.goto("about:blank");
  },

  "has no violation of accessibility that axe-core finds, and is used by the keyboard": async (browser) => {
    if (!browser.page) return "asked in Chromium alone";
    await browser.goto(`${address}#keys`);
    await browser.evaluate(waitFor, HOME);
    assert.deepEqual(await violations(browser.page), [], "the first page");
    const first = browser.page.locator("button.ex").first();
    for (let presses = 0; presses < 100 && !(await first.evaluate((button) => button === document.activeElement)); presses += 1) {
      await browser.page.keyboard.press("Tab");
    }
    await browser.page.keyboard.press("Enter");
    await browser.evaluate(waitFor, "Verified");
    await browser.page.waitForSelector("#command");
    assert.deepEqual(await violations(browser.page), [], "the result");
    assert.deepEqual(await missedByKeyboard(browser.page, "summary"), []);
    assert.ok(await browser.page.locator("details[open]").count() > 0, "nothing was unfolded");
    await browser.goto("about:blank");
  },

  "forbids itself every connection": async (browser) => {
    await browser.goto(address);
    const refused = await browser.evaluate(async () => {
      const violated = new Promise((resolve) => document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective)));
      const outcome = await fetch("https://touchstone.invalid/").then(() => "answered", () => "refused");
      return [outcome, await violated];
    });
    assert.deepEqual(refused, ["refused", "connect-src"]);
    await expectError(browser, /connect-src|Content Security Policy/);
    browser.seen.requests = browser.seen.requests.filter((url) => url !== "https://touchstone.invalid/");
  },

  "answers a sample of the corpus as the page does": async (browser) => {
    if (!jobsFile) return "no corpus";
    const [jobs, results] = [await lines(jobsFile), await lines(resultsFile)];
    const expected = new Map(results.map((result) => [result.id, result]));
    const step = Math.max(1, jobs.length / SAMPLE);
    const sample = Array.from({ length: Math.min(SAMPLE, jobs.length) }, (_, index) => jobs[Math.floor(index * step)]);
    await browser.goto(`${address}#sample`);
    await browser.evaluate(waitFor, HOME);
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

const count = { passed: 0, failed: 0 };
for (const [name, open] of Object.entries(browsers())) {
  const browser = await open();
  await browser.goto(address);
  await run(`offline, ${name}`, browser, cases, count);
  await browser.close();
}
console.log(`e2e: ${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1);
