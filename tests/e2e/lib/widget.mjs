// Pages with the widget on them. Two servers of this machine, which are two origins: one has the pages with bundle and artifact, the
// other has the package. Each case has a folder of its own on both, and what was asked of them is written down.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { settled } from "./browser.mjs";
import { artifact, bundle, identity, issuer, sha256 } from "./examples.mjs";

export { artifact, assert, bundle, identity, issuer, sha256 };

export const folder = process.env.TOUCHSTONE_WIDGET ?? new URL("../../../target/npm/touchstone-verify/", import.meta.url).pathname;
export const SCRIPT = "touchstone-verify.js";
export const WORKER = "touchstone-verify-worker.js";
export const FIRST = "touchstone-verify.wasm";
export const WHOLE = "touchstone-verify-whole.wasm";

export const integrity = `sha256-${createHash("sha256").update(await readFile(join(folder, SCRIPT))).digest("base64")}`;
export const artifactFile = { name: "package.conda", mimeType: "application/octet-stream", buffer: artifact };
export const altered = Buffer.from(artifact.map((byte, at) => (at === 800 ? byte ^ 1 : byte)));
export const alteredFile = { ...artifactFile, buffer: altered };

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", wasm: "application/wasm", json: "application/json" };
const typeOf = (name) => TYPES[name.split(".").pop()] ?? "application/octet-stream";

const cases = new Map();

// A file of a case: bytes, or a function that answers itself.
async function serve(request, response, kind) {
  const [, id, name] = new URL(request.url, "http://x").pathname.split("/");
  // Every browser asks for it, and nothing here is about it.
  if (id === "favicon.ico") return response.writeHead(204).end();
  const found = cases.get(id);
  if (!found) return response.writeHead(404).end();
  found.asked.push(`${kind}/${name}`);
  const own = found[kind][name];
  if (typeof own === "function") return own(request, response);
  let body = own;
  if (body === undefined && (kind === "package" || found.sameOrigin)) body = await readFile(join(folder, name)).catch(() => undefined);
  if (body === undefined || body === 404) return response.writeHead(404, { "access-control-allow-origin": "*" }).end("not found");
  const headers = { "content-type": typeOf(name), "cache-control": "no-store", ...(kind === "package" && { "access-control-allow-origin": "*" }) };
  if (name === "index.html") Object.assign(headers, found.headers);
  return response.writeHead(200, headers).end(body);
}

const listening = (kind) =>
  new Promise((resolve) => {
    const server = createServer((request, response) => serve(request, response, kind));
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
    server.unref();
  });
export const origins = { site: await listening("site"), package: await listening("package") };

// A policy that allows nothing but the widget: its script by nonce, its module, its fetches.
export const strict = (more = "worker-src blob:;") =>
  `default-src 'none'; script-src 'nonce-n1' 'wasm-unsafe-eval'; connect-src 'self' ${origins.package}; ${more} base-uri 'none'; ` +
  "require-trusted-types-for 'script'; trusted-types touchstone-verify";

export const named = `signer="${identity}" issuer="${issuer}"`;
export const widget = (attributes, inside = "<a href='bundle.json'>Signature</a>") =>
  `<touchstone-verify bundle="bundle.json" ${attributes}>${inside}</touchstone-verify>`;

let last = 0;

// A page with `body` at an origin of its own, whose script comes from the other one. At the end no error may be in the console
// unless `noisy`, and nobody but the two may have been asked.
export async function at(browser, options, act) {
  const id = `c${(last += 1)}`;
  const { body, csp, files = {}, changed = {}, sameOrigin = false, script, html = "lang='en'", noisy, before, settle, ...look } = options;
  const from = sameOrigin ? "." : `${origins.package}/${id}`;
  const tag = script?.(from) ?? `<script type="module" src="${from}/${SCRIPT}" nonce="n1" crossorigin integrity="${integrity}"></script>`;
  const page = `<!doctype html><html ${html}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Downloads</title>${tag}</head>` +
    `<body><main><h1>Downloads</h1>${body}</main></body></html>`;
  const found = {
    asked: [], sameOrigin, package: changed, headers: csp ? { "content-security-policy": csp } : {},
    site: { "index.html": page, "bundle.json": bundle, artifact, ...(sameOrigin ? changed : {}), ...files },
  };
  cases.set(id, found);
  const { width = 900, height = 700, scheme = "light", motion = "reduce" } = look;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: motion, forcedColors: look.forced ? "active" : "none" });
  const opened = await context.newPage();
  if (before) await opened.addInitScript(before);
  const errors = [];
  const strangers = [];
  opened.on("pageerror", (error) => errors.push(String(error)));
  opened.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  opened.on("request", (request) => /^https?:/.test(request.url()) && !Object.values(origins).some((origin) => request.url().startsWith(`${origin}/${id}/`)) && !request.url().endsWith("/favicon.ico") && strangers.push(request.url()));
  try {
    if (settle) await settled(opened);
    await opened.goto(`${origins.site}/${id}/index.html`);
    await act(opened, { asked: found.asked, site: found.site, package: found.package, errors, id });
    assert.deepEqual(strangers, [], "asked somebody without leave");
    if (!noisy) assert.deepEqual(errors, [], "errors were logged");
  } finally {
    await context.close();
    cases.delete(id);
  }
}

export const element = (page, at = 0) => page.locator("touchstone-verify").nth(at);
export const state = (page, at = 0) => element(page, at).evaluate((widget) => widget.state);
export const text = (page, at = 0) => element(page, at).evaluate((widget) => widget.shadowRoot.querySelector(".shown").innerText);
export const choose = (page, file, at = 0) => element(page, at).locator("input[type=file]").setInputFiles(file);
export const press = (page, name, at = 0) => element(page, at).getByRole("button", { name, exact: true }).click();
export const count = (asked, name) => asked.filter((one) => one === name).length;

// Waits for a state, and fails where another end is reached.
export async function reaches(page, wanted, at = 0) {
  const ended = ["verified", "rejected", "incomplete", "failed", "idle"];
  const found = await element(page, at).evaluate(
    (widget, [wanted, ended]) =>
      new Promise((resolve) => {
        const done = () => (widget.state === wanted || (ended.includes(widget.state) && widget.state !== "idle")) && resolve(widget.state);
        widget.addEventListener("touchstone-state", done);
        setTimeout(() => resolve(`still ${widget.state}`), 20_000);
        done();
      }),
    [wanted, ended],
  );
  if (found !== wanted) assert.fail(`reached ${found}, not ${wanted}: ${await text(page, at)}`);
}

export async function sees(page, ...texts) {
  const found = (await text(page)).replace(/\s+/g, " ");
  for (const one of texts) assert.ok(found.includes(one), `${JSON.stringify(one)} is not in ${JSON.stringify(found)}`);
}

// No word of a verdict that stood before.
export async function saysNothing(page, at = 0) {
  const found = await text(page, at);
  assert.doesNotMatch(found, /Verified|Rejected|Incomplete|byte for byte/);
  assert.equal(await element(page, at).evaluate((widget) => widget.report), undefined);
}
