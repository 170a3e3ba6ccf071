// `node widget-examples.mjs WORK`: builds the examples of the widget with the package in $TOUCHSTONE_WIDGET and tries each in
// Chromium. WORK keeps what was installed for the next time; one folder of packages serves all of them.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createServer } from "node:http";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, normalize, resolve } from "node:path";
import { promisify } from "node:util";
import { launch } from "./lib/browser.mjs";
import { altered, artifact, artifactFile, bundle, folder } from "./lib/widget.mjs";

const run = promisify(execFile);
const work = resolve(process.argv[2]);
const examples = new URL("../../examples/", import.meta.url).pathname;
const BUILT = ["vite", "react", "vue"];

// Everything that the examples depend on, but for the package itself, which is put there as it is.
async function install() {
  const wanted = {};
  for (const name of BUILT) {
    const { dependencies, devDependencies } = JSON.parse(await readFile(join(examples, name, "package.json"), "utf8"));
    for (const [on, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.ok(on === "touchstone-verify" || /^\d+\.\d+\.\d+$/.test(version), `${name}: ${on} is not pinned: ${version}`);
      if (on !== "touchstone-verify") wanted[on] = version;
    }
  }
  const manifest = JSON.stringify({ private: true, dependencies: wanted }, undefined, 2);
  const stamp = join(work, "node_modules/.touchstone-installed");
  await mkdir(work, { recursive: true });
  if ((await readFile(stamp, "utf8").catch(() => "")) !== manifest) {
    await writeFile(join(work, "package.json"), manifest);
    await run("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: work });
    await writeFile(stamp, manifest);
  }
  // Where the examples look for it, as seen from one of them.
  const made = join(work, "../dist/npm/touchstone-verify");
  await rm(made, { recursive: true, force: true });
  await cp(resolve(folder), made, { recursive: true });
  const place = join(work, "node_modules/touchstone-verify");
  await rm(place, { recursive: true, force: true });
  await symlink(made, place);
}

async function offer(at) {
  await mkdir(at, { recursive: true });
  await writeFile(join(at, "package.conda"), artifact);
  await writeFile(join(at, "package.conda.sigstore.json"), bundle);
}

// The folder that a host would serve.
async function build(name) {
  const at = join(work, name);
  await rm(at, { recursive: true, force: true });
  await cp(join(examples, name), at, { recursive: true, filter: (from) => !from.includes("node_modules") });
  if (name === "plain") await cp(folder, join(at, "touchstone-verify"), { recursive: true });
  else await run(join(work, "node_modules/.bin/vite"), ["build", "--logLevel", "warn"], { cwd: at });
  const served = name === "plain" ? at : join(at, "dist");
  await offer(served);
  return served;
}

// Vite as it serves while somebody develops: its address, and what ends it.
async function develop(name) {
  const at = join(work, name);
  await offer(join(at, "public"));
  const vite = spawn(join(work, "node_modules/.bin/vite"), ["--host", "127.0.0.1", "--port", "0", "--clearScreen", "false"], { cwd: at });
  const end = () => vite.kill();
  let said = "";
  const address = await new Promise((ready, fail) => {
    for (const stream of [vite.stdout, vite.stderr]) {
      stream.on("data", (text) => {
        // Without the colours.
        said += String(text).replace(/\x1b\[[0-9;]*m/g, "");
        const [found] = said.match(/http:\/\/127\.0\.0\.1:\d+\//) ?? [];
        if (found) ready(found);
      });
    }
    vite.on("exit", () => fail(new Error(`vite ended: ${said}`)));
  });
  return [address, end];
}

const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm", json: "application/json" };
function serve(served) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = join(served, path === "/" ? "index.html" : path);
    const body = await readFile(file).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { "content-type": TYPES[file.split(".").pop()] ?? "application/octet-stream" }).end(body);
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready([`http://127.0.0.1:${server.address().port}/`, server])));
}

async function tryOut(browser, name, address) {
  const page = await (await browser.newContext()).newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/favicon/.test(message.location().url) && errors.push(message.text()));
  await page.goto(address);
  const input = page.locator("input[type=file]");
  await input.waitFor({ state: "attached" });
  // The widget says it; the three others say it themselves.
  const told = page.locator(name === "plain" ? "touchstone-verify [part=title]" : "output");
  for (const [bytes, word] of [[artifact, "Verified"], [altered, "Rejected"]]) {
    await input.setInputFiles({ ...artifactFile, buffer: bytes });
    await told.filter({ hasText: word }).waitFor({ timeout: 15_000 });
  }
  assert.deepEqual(errors, []);
  await page.context().close();
}

async function built(name) {
  const [address, server] = await serve(await build(name));
  try {
    await tryOut(browser, name, address);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function developed(name) {
  const [address, end] = await develop(name);
  try {
    await tryOut(browser, name, address);
  } finally {
    end();
  }
}

await install();
const browser = await launch();
let [passed, failed] = [0, 0];
const cases = ["plain", ...BUILT].map((name) => [name, () => built(name)]);
cases.push(...BUILT.map((name) => [`${name}, while developing`, () => developed(name)]));
for (const [name, tried] of cases) {
  const start = performance.now();
  try {
    await tried();
    passed += 1;
    console.log(`ok      ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
  }
}
await browser.close();
console.log(`e2e: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
