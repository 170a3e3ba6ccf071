// The browser: the machine's own Chromium, driven by playwright-core.
import { chromium } from "playwright-core";

export const address = process.env.TOUCHSTONE_URL ?? "http://127.0.0.1:8080/";

export function launch(more = {}) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  // Chromium's own sandbox cannot be set up by root inside a container; the pages here are ours.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...args, ...(more.args ?? [])] });
}

// For measurements: waits until the browser is done with what it does for itself. Opening a window has it load the parts of the window
// that are pages too (the popup of the address bar), in a renderer of their own, for 350 ms of processor time; a person who goes to a
// page has their window open already.
const SETTLE_MILLIS = 2000;
export const settled = (page) => page.waitForTimeout(SETTLE_MILLIS);

// A fresh page, as a first visit. Keeps every request, every message of the console and every error, and fails the case when
// the page asked anybody but its own server without leave (`allowed`: answers by address, for `fetched` cases).
export async function visit(browser, { path = "", width = 1200, height = 900, scheme = "light", allowed = {}, touch = false, kept = false, before } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, hasTouch: touch, reducedMotion: "reduce",
    // Keeping the page for a later visit is tried by the cases that come back.
    serviceWorkers: kept ? "allow" : "block",
  });
  const page = await context.newPage();
  // Runs in the page before anything of its own.
  if (before) await page.addInitScript(before);
  const seen = { requests: [], errors: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  await context.route((url) => url.origin !== new URL(address).origin, (route) => {
    const answer = allowed[route.request().url()];
    return answer ? answer(route) : route.abort("blockedbyclient");
  });
  await page.goto(new URL(path, address).href);
  return { page, seen, context, strangers: () => seen.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(address)) };
}
