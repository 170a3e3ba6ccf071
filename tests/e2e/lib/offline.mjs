// Browsers without a network, for the one-file editions. Both are driven alike: goto, evaluate, close, and what was seen.
import axe from "axe-core";
import { launch } from "./browser.mjs";
import { launchFirefox } from "./firefox.mjs";

async function openChromium() {
  const browser = await launch({ args: ["--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>"] });
  const context = await browser.newContext({ offline: true, acceptDownloads: true });
  const page = await context.newPage();
  const seen = { requests: [], errors: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  return {
    seen,
    page,
    goto: (url) => page.goto(url),
    evaluate: (act, argument) => page.evaluate(act, argument),
    close: () => browser.close(),
  };
}

// Those that are here; a line says when Firefox is not.
export function browsers() {
  const found = { Chromium: openChromium };
  if (process.env.FIREFOX) found.Firefox = () => launchFirefox(process.env.FIREFOX);
  else console.log("skipped: no Firefox; install firefox-esr, or name one in $FIREFOX");
  return found;
}

// Takes the errors that match out of what was seen: one at least. Both browsers may tell them after the page's own answer, and
// Chromium tells a refused request in two lines: without waiting for them here, they would be counted against what comes next.
export async function expectError(browser, pattern) {
  const { errors } = browser.seen;
  const end = performance.now() + 20_000;
  while (!errors.some((error) => pattern.test(error))) {
    if (performance.now() > end) throw new Error(`no error like ${pattern} was logged, but ${JSON.stringify(errors)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  browser.seen.errors = errors.filter((error) => !pattern.test(error));
}

// Runs each case in `browser`, which may ask nobody and log no error, and counts.
export async function run(name, browser, cases, count) {
  for (const [title, act] of Object.entries(cases)) {
    const start = performance.now();
    try {
      const skipped = await act(browser);
      const strangers = browser.seen.requests.filter((url) => !/^(file|blob|data|about|chrome|resource):/.test(url));
      if (strangers.length > 0) throw new Error(`requests were made: ${strangers.join(" ")}`);
      if (browser.seen.errors.length > 0) throw new Error(`errors were logged: ${browser.seen.errors.join("\n")}`);
      count.passed += 1;
      const took = ((performance.now() - start) / 1000).toFixed(1);
      console.log(skipped ? `skipped ${name}: ${title}: ${skipped}` : `ok      ${name}: ${title} (${took} s)`);
    } catch (error) {
      count.failed += 1;
      console.log(`FAILED  ${name}: ${title}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
      browser.seen.errors.length = 0;
      browser.seen.requests.length = 0;
    }
  }
}

// In the page: waits until the first h1 says `title`.
export const waitFor = (title) =>
  new Promise((resolve, reject) => {
    const look = () => document.querySelector("h1")?.textContent === title && resolve();
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    setTimeout(() => reject(new Error(`the heading is ${document.querySelector("h1")?.textContent}, not ${title}`)), 30_000);
    look();
  });

// In the page: presses the button whose text holds `words`.
export const press = (words) => [...document.querySelectorAll("button")].find((button) => button.textContent.includes(words)).click();

export const HOME = "Is this file genuine, and where did it come from?";

// What axe-core finds in `page`.
export async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => globalThis.axe.run(document));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}

// Goes through all of `page` with the Tab key. The first that matches `selector` is pressed on the way, with the Enter key. The words of
// what could be used at the start and was not reached.
export async function missedByKeyboard(page, selector) {
  await page.evaluate(() => {
    const usable = [...document.querySelectorAll("a[href], button, summary, input, select, textarea")];
    // Of radio buttons one is reached, and leads to the others.
    const isUsable = (one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && !one.disabled && one.type !== "radio";
    globalThis.missed = new Set(usable.filter(isUsable));
    globalThis.reached = new Set();
    // The key goes on from where the focus was last: from before everything, then.
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.addEventListener("blur", () => top.remove());
  });
  const usable = await page.evaluate(() => globalThis.missed.size);
  if (usable === 0) throw new Error("there is nothing to use");
  let isPressed = false;
  for (let presses = 0; presses < 500; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate((selector) => {
      const at = document.activeElement;
      if (at === null || at === document.body || globalThis.reached.has(at)) return undefined;
      globalThis.reached.add(at);
      globalThis.missed.delete(at);
      return at.matches(selector);
    }, selector);
    if (here === undefined) break;
    if (here && !isPressed) {
      isPressed = true;
      await page.keyboard.press("Enter");
    }
  }
  if (!isPressed) throw new Error(`no ${selector} was reached`);
  return page.evaluate(() => [...globalThis.missed].map((one) => one.outerHTML.slice(0, 120)));
}
