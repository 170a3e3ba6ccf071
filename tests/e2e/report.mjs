// `node report.mjs FILE`: a report saved as a page from the offline edition FILE, opened from its folder without a network in
// Chromium and Firefox. It must agree with itself, and with any byte changed it must not. Closing line as `offline.mjs`.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { HOME, browsers, expectError, missedByKeyboard, press, run, violations, waitFor } from "./lib/offline.mjs";

const [edition] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "touchstone-report-"));
const file = join(folder, "report.html");

// In the page: what the report says of itself, once it has. What it shows then is another body.
const selfCheck = () =>
  new Promise((resolve) => {
    const own = () => document.getElementById("touchstone-self");
    const said = () => resolve([own()?.dataset.s ?? "silent", own()?.textContent ?? ""]);
    const look = () => /^(agrees|differs|failed)$/.test(own()?.dataset.s ?? "") && said();
    new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
    // A program that does not run leaves the words that say so.
    setTimeout(said, own()?.dataset.s === "running" ? 20_000 : 1_000);
    look();
  });

const open = async (browser, bytes) => {
  await writeFile(file, bytes);
  await browser.goto(pathToFileURL(file).href);
  return browser.evaluate(selfCheck);
};

// Places in the page, spread over each of its parts: bytes of text alone where markup can vary without meaning.
function places(html) {
  const part = (start, end, count, text = false) => {
    const from = html.indexOf(start) + start.length;
    const to = html.indexOf(end, from);
    const all = [];
    let tag = false;
    for (let at = from; at < to; at += 1) {
      if (text && html[at] === 60) tag = true;
      if (!tag && !(text && (html[at] === 10 || html[at] === 38))) all.push(at);
      if (html[at] === 62) tag = false;
    }
    return Array.from({ length: count }, (_, index) => all[Math.floor(((index + 0.5) * all.length) / count)]);
  };
  return {
    "the verdict": Array.from("Verified", (_, index) => html.indexOf("<h1>Verified") + 4 + index),
    "the printed part": part('<main id="touchstone-report">', "</main>", 6, true),
    "the evidence": part('<script id="touchstone-evidence" type="application/json">', "</script>", 6),
    "the module": part('<script id="touchstone-module" type="application/wasm+gzip+base64">', "</script>", 3),
    "the script": part('<script id="touchstone-program">', "</script>", 2),
    "the styles": part('<style id="touchstone-style">', "</style>", 1),
    "the title": part("<title>", "</title>", 1),
    "the policy": part('Content-Security-Policy" content="', '"', 2),
  };
}

const SAYS_SO = /does not agree|could not check itself|has not checked itself|holds something that was not saved/;

// What somebody could put in, move or hide: [what, from, to].
const TAMPERED = [
  ["the genuine report in the place of the check", '<main id="touchstone-report">', '<main id="touchstone-report" data-x>'],
  ["a verdict in place of another", "<h1>Verified</h1>", "<h1>Rejected</h1>"],
  ["a row more", "</tbody>", "<tr><th>Signer</th><td>somebody else</td></tr></tbody>"],
  ["text beside the report", "</main>", "</main>This file is fine."],
  ["an element beside the report", "</main>", "</main><p>This file is fine.</p>"],
  ["the self-check, hidden", '<section id="touchstone-self"', '<section hidden id="touchstone-self"'],
  ["the page, another way round", '<html lang="en">', '<html lang="en" dir="rtl">'],
  ["the page, hidden", '<html lang="en">', '<html lang="en" hidden>'],
  ["the page, hidden from behind the program", "</body>", '<html dir="rtl" hidden></body>'],
  ["its body, hidden from behind the program", "</body>", "<body hidden></body>"],
  ["an element behind the program", "</body>", "<p>This file is fine.</p></body>"],
  ["text behind everything", "</html>", "</html>This file is fine."],
  ["the report, hidden", '<main id="touchstone-report">', '<main id="touchstone-report" hidden>'],
  ["a note, unseen until hovered", "<h1>Verified", '<h1 title="x">Verified'],
  ["a page ten times as large", "initial-scale=1", "initial-scale=10"],
  ["another version", '<meta name="touchstone-version" content="', '<meta name="touchstone-version" content="9'],
  ["an attribute of the evidence", '<script id="touchstone-evidence"', '<script data-x id="touchstone-evidence"'],
  ["another first line", "<!doctype html>", '<!DOCTYPE html SYSTEM "about:legacy-compat">'],
  ["the words before the check", "This page has not checked itself.", "This page has checked itself and agrees with its evidence."],
  ["a page that leads elsewhere", '<meta name="referrer" content="no-referrer">', '<meta http-equiv="refresh" content="3600;url=https://touchstone.invalid/">'],
];

// Shadow roots cover what they stand in, and no comparison of the two sees them.
const COVERED = [
  ["the verdict", "<h1>Verified", '<h1><template shadowrootmode="open">Rejected</template>Verified'],
  ["the report", '<main id="touchstone-report">', '<main id="touchstone-report"><template shadowrootmode="closed"><h1>Rejected</h1></template>'],
  ["the sentence", '<div class="verdict" data-s="verified">', '<div class="verdict" data-s="verified"><template shadowrootmode="closed"><h1>Rejected</h1></template>'],
  ["the whole page", "<body>", '<body><template shadowrootmode="closed"><h1>Rejected</h1></template>'],
];

// Another look, which the page's policy names by the digest.
const restyled = (more) => {
  const [, style] = /<style id="touchstone-style">([^]*?)<\/style>/.exec(saved.toString());
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return saved.toString().replace(`>${style}<`, () => `>${style}${more}<`).replace(hash(style), hash(style + more));
};

let saved;
const cases = {
  "agrees with itself": async (browser) => {
    const [state, words] = await open(browser, saved);
    assert.equal(state, "agrees", words);
    assert.match(words, /agrees with everything that is printed here/);
    // As after a reader who unfolded something while the page was still read.
    const unfolded = saved.toString().replace("<details", "<details open");
    assert.notEqual(unfolded, saved.toString());
    assert.equal((await open(browser, unfolded))[0], "agrees", "unfolded");
  },

  "a damaged program is said to be damaged": async (browser) => {
    const start = '<script id="touchstone-module" type="application/wasm+gzip+base64">';
    const [state, words] = await open(browser, saved.toString().replace(start, `${start}AAAA`));
    assert.equal(state, "failed", words);
    assert.match(words, /the module in this file is damaged/);
    // Firefox says the same once more, in its own words.
    if (!browser.page) await expectError(browser, /corrupted/);
  },

  "says so when something was put in, moved or hidden": async (browser) => {
    for (const [what, from, to] of TAMPERED) {
      assert.ok(saved.includes(from), `the page does not hold ${from}`);
      const [state, words] = await open(browser, saved.toString().replace(from, to));
      assert.equal(state, "differs", `${what}: ${words}`);
      assert.match(words, SAYS_SO, what);
      assert.ok(await browser.evaluate(() => document.getElementById("touchstone-self").offsetHeight > 0), `${what}: the answer is not seen`);
      if (to === "<h1>Rejected</h1>") assert.match(words, /printed is “Rejected”, found now is “Verified”/);
    }
  },

  "shows what it compared, whatever covered that": async (browser) => {
    for (const [what, from, to] of COVERED) {
      assert.ok(saved.includes(from), `the page does not hold ${from}`);
      const [state, words] = await open(browser, saved.toString().replace(from, to));
      assert.equal(state, "differs", `${what}: ${words}`);
      assert.match(words, /holds something that was not saved with it \(something over its (h1|main|div|body)\)/, what);
      const [heading, covered] = await browser.evaluate(() => {
        const parts = ["body", "main", "h1"].map((name) => document.querySelector(name));
        // An element that has a closed root refuses an open one.
        const attaches = (part) => {
          try {
            return part.shadowRoot === null && part.attachShadow({ mode: "open" }) !== undefined;
          } catch {
            return false;
          }
        };
        return [document.querySelector("h1").textContent, parts.some((part) => !attaches(part))];
      });
      assert.deepEqual([heading, covered], ["Verified", false], what);
    }
  },

  "what cannot check itself does not speak in the place of the check": async (browser) => {
    const claim = "This page has just checked itself again, with the program inside it, and agrees with everything that is printed here.";
    const broken = saved.toString().replace("touchstone-saved/1", "touchstone-saved/9");
    assert.notEqual(broken, saved.toString());
    const section = /<section id="touchstone-self"[^>]*>/.exec(broken)[0];
    for (const [what, html] of [
      ["a shadow root over it", broken.replace(section, `${section}<template shadowrootmode="open">${claim}</template>`)],
      ["a dialog before it", broken.replace(section, `<dialog open>${claim}</dialog>${section}`)],
      ["the report inside it", broken.replace(section, `${section}<main id="touchstone-report">${claim}</main>`)],
      ["a claim in the printed part", broken.replace('<main id="touchstone-report">', `<main id="touchstone-report"><p>${claim}</p>`)],
    ]) {
      const [state, words] = await open(browser, html);
      assert.equal(state, "failed", `${what}: ${words}`);
      assert.match(words, SAYS_SO, what);
      const shown = await browser.evaluate(() => [document.body.innerText, document.querySelector("section").shadowRoot === null, document.querySelector("dialog") === null]);
      assert.doesNotMatch(shown[0], /agrees with everything/, what);
      assert.deepEqual(shown.slice(1), [true, true], what);
    }
  },

  "says so when its look was changed, and shows itself without": async (browser) => {
    for (const more of ['h1{font-size:0}h1::before{content:"Rejected"}', "#touchstone-self{display:none}"]) {
      const [state, words] = await open(browser, restyled(more));
      assert.equal(state, "differs", `${more}: ${words}`);
      assert.match(words, /its policy/);
      const shown = await browser.evaluate(() => [getComputedStyle(document.querySelector("h1"), "::before").content, document.getElementById("touchstone-self").offsetHeight > 0]);
      assert.deepEqual(shown, ["none", true], more);
    }
  },

  "reads without scripts, and on paper": async (browser) => {
    if (!browser.page) return "Chromium alone prints";
    await writeFile(file, saved);
    const context = await browser.page.context().browser().newContext({ javaScriptEnabled: false, offline: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    const text = await page.locator("body").innerText();
    for (const part of ["Verified", "has not checked itself", "What was expected", "Checks", "Facts, and who vouches for them", "What it does not show", "SHA-256"]) {
      assert.ok(text.includes(part), `the page does not say ${part}`);
    }
    await context.close();
    await open(browser, saved);
    const pdf = await browser.page.pdf({ path: process.env.TOUCHSTONE_PDF, format: "A4" });
    assert.ok(pdf.length > 20_000, `the print has ${pdf.length} bytes`);
  },

  "has no violation of accessibility that axe-core finds": async (browser) => {
    if (!browser.page) return "asked in Chromium alone";
    for (const [expected, html] of [
      ["agrees", saved],
      ["differs", saved.toString().replace("<h1>Verified</h1>", "<h1>Rejected</h1>")],
      ["failed", saved.toString().replace("touchstone-saved/1", "touchstone-saved/9")],
    ]) {
      assert.equal((await open(browser, html))[0], expected);
      assert.deepEqual(await violations(browser.page), [], expected);
    }
  },

  "all of it is reached and unfolded by the keyboard": async (browser) => {
    if (!browser.page) return "asked in Chromium alone";
    await open(browser, saved);
    assert.deepEqual(await missedByKeyboard(browser.page, "summary"), []);
    assert.ok(await browser.page.locator("details[open]").count() > 0, "nothing was unfolded");
  },

  "says so when any byte was changed": async (browser) => {
    let tried = 0;
    for (const [part, offsets] of Object.entries(places(saved))) {
      // What is compared, and how, is the same in both: in Firefox one byte of each part.
      for (const at of browser.page ? offsets : offsets.slice(0, 1)) {
        const changed = Buffer.from(saved);
        changed[at] ^= 1;
        const [state, words] = await open(browser, changed);
        assert.notEqual(state, "agrees", `byte ${at}, in ${part}, was changed`);
        assert.match(words, SAYS_SO, `byte ${at}, in ${part}: ${words}`);
        tried += 1;
      }
    }
    // Changed scripts and styles are refused by the page's own policy, which the console says, now or later: nothing may
    // come after this case.
    browser.seen.errors.length = 0;
    console.log(`        ${tried} bytes`);
  },
};

const count = { passed: 0, failed: 0 };
for (const [name, start] of Object.entries(browsers())) {
  const browser = await start();
  if (browser.page) {
    await browser.goto(pathToFileURL(edition).href);
    await browser.evaluate(waitFor, HOME);
    await browser.evaluate(press, "Ends Verified");
    await browser.evaluate(waitFor, "Verified");
    const download = browser.page.waitForEvent("download");
    await browser.evaluate(press, "Save as page");
    saved = await readFile(await (await download).path());
    console.log(`a saved report has ${saved.length} bytes`);
  }
  await run(`saved report, ${name}`, browser, cases, count);
  await browser.close();
}
await rm(folder, { recursive: true, force: true });
console.log(`e2e: ${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1);
