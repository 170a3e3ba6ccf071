// The page kept for visits without a network: whole versions, and another one only when the person says so. The pages are
// served by this file, which can change what it serves as a host does when a new version is published.
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { assert, verdict } from "../lib/page.mjs";

const folder = process.env.TOUCHSTONE_PAGE;
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml" };
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

// A host with the page's files in memory; `asked` are the addresses that it was asked for. A path in `held` is answered when
// the promise there is.
async function host() {
  const files = new Map();
  for (const name of await readdir(folder)) files.set(`/${name}`, await readFile(join(folder, name)));
  const asked = [];
  const held = new Map();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname.replace(/\/$/, "/index.html");
    asked.push(path);
    await held.get(path);
    const body = files.get(path);
    response.writeHead(body ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "no-cache" });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { files, asked, held, address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

// Another version: its page and its service worker name another build. With `half`, one file has not arrived yet.
function publish({ files }, half = false) {
  const text = (name) => files.get(name).toString();
  const build = /touchstone-build" content="([0-9a-f]{64})"/.exec(text("/index.html"))[1];
  const next = sha256(build);
  const index = text("/index.html").replaceAll(build, next);
  const worker = text("/service-worker.js").replaceAll(build, next).replace(sha256(files.get("/index.html")), sha256(index));
  files.set("/service-worker.js", Buffer.from(worker));
  if (!half) files.set("/index.html", Buffer.from(index));
  return next;
}

const build = (page) => page.locator("meta[name=touchstone-build]").getAttribute("content");
const firstBuild = async ({ files }) => /touchstone-build" content="([0-9a-f]{64})"/.exec(files.get("/index.html").toString())[1];

// Opens the page once and waits until this browser keeps it.
async function firstVisit(browser, server) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(server.address);
  await page.waitForSelector("h1");
  await page.evaluate(() => navigator.serviceWorker.ready);
  return { context, page };
}

const on = (act) => async (browser) => {
  if (!folder) return "$TOUCHSTONE_PAGE names no folder";
  const server = await host();
  try {
    return await act(browser, server);
  } finally {
    server.close();
  }
};

export default {
  "a second visit works without a network, and says which version it is": on(async (browser, server) => {
    const { context, page } = await firstVisit(browser, server);
    await context.setOffline(true);
    server.close();
    const again = await context.newPage();
    const errors = [];
    again.on("pageerror", (error) => errors.push(String(error)));
    await page.close();
    await again.goto(server.address);
    await again.getByRole("button", { name: "Ends Verified" }).click();
    await verdict(again, "Verified");
    await again.getByText("0 requests made").first().waitFor();
    await again.getByText(`build ${(await firstBuild(server)).slice(0, 12)}`).waitFor();
    assert.deepEqual(errors, []);
    await context.close();
  }),

  "nothing but the page itself is asked for, and each file once more to keep it": on(async (browser, server) => {
    const { context } = await firstVisit(browser, server);
    const names = [...server.files.keys()];
    assert.ok(server.asked.every((path) => names.includes(path)), `asked for ${server.asked.filter((path) => !names.includes(path))}`);
    assert.ok(!server.asked.includes("/touchstone-offline.html"), "the offline edition was loaded unasked");
    const times = (path) => server.asked.filter((asked) => asked === path).length;
    // The glue is the worker's script too.
    for (const [path, most] of [["/touchstone-page_bg.wasm", 2], ["/index.html", 2], ["/touchstone-page.js", 3]]) {
      assert.ok(times(path) <= most, `${path} was asked for ${times(path)} times`);
    }
    await context.close();
  }),

  "a new version asks, and takes over only when told": on(async (browser, server) => {
    const { context, page } = await firstVisit(browser, server);
    const first = await firstBuild(server);
    await page.reload();
    assert.equal(await build(page), first);
    const next = publish(server);
    await page.reload();
    await page.getByRole("button", { name: "Use the new version" }).waitFor();
    assert.equal(await build(page), first, "the new version took over unasked");
    await page.reload();
    assert.equal(await build(page), first, "the new version took over unasked, at the next visit");
    const other = await context.newPage();
    await other.goto(server.address);
    await page.getByRole("button", { name: "Use the new version" }).click();
    await page.getByText("This page is open once more").waitFor();
    await other.close();
    await page.getByRole("button", { name: "Use the new version" }).click();
    await page.waitForFunction((next) => document.querySelector("meta[name=touchstone-build]")?.content === next, next);
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector("h1");
    assert.equal(await build(page), next);
    await context.close();
  }),

  "a third version that comes while the second is offered is the one that is used": on(async (browser, server) => {
    const { context, page } = await firstVisit(browser, server);
    publish(server);
    await page.reload();
    const use = page.getByRole("button", { name: "Use the new version" });
    await use.waitFor();
    const third = publish(server);
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const second = registration.waiting;
      await registration.update();
      while (registration.waiting === second || registration.installing) await new Promise((resolve) => setTimeout(resolve, 10));
    });
    await use.click();
    await page.waitForFunction((third) => document.querySelector("meta[name=touchstone-build]")?.content === third, third);
    await context.close();
  }),

  "a press that no worker answers starts the page over": on(async (browser, server) => {
    const { context, page } = await firstVisit(browser, server);
    publish(server);
    await page.reload();
    const use = page.getByRole("button", { name: "Use the new version" });
    await use.waitFor();
    // As one does that was replaced meanwhile.
    await page.evaluate(() => {
      globalThis.isOld = true;
      ServiceWorker.prototype.postMessage = () => {};
    });
    await use.click();
    await page.waitForFunction(() => globalThis.isOld === undefined, undefined, { timeout: 10_000 });
    await context.close();
  }),

  "a new version that was on its way when the page opened asks too": on(async (browser, server) => {
    const { context, page } = await firstVisit(browser, server);
    const first = await firstBuild(server);
    publish(server);
    let arrive;
    server.held.set("/index.html", new Promise((resolve) => { arrive = resolve; }));
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      registration.update().catch(() => {});
      while (!registration.installing) await new Promise((resolve) => setTimeout(resolve, 10));
    });
    await page.reload();
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/versions.js")));
    await page.waitForTimeout(500);
    arrive();
    await page.getByRole("button", { name: "Use the new version" }).waitFor();
    assert.equal(await build(page), first, "the new version took over unasked");
    await context.close();
  }),

  "a version that is not whole is not kept": on(async (browser, server) => {
    const { context, page } = await firstVisit(browser, server);
    const first = await firstBuild(server);
    publish(server, true);
    await page.reload();
    await page.waitForSelector("h1");
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
    await page.waitForTimeout(500);
    assert.equal(await page.getByRole("button", { name: "Use the new version" }).count(), 0);
    await page.reload();
    assert.equal(await build(page), first);
    await context.close();
  }),
};
