// Work in the background: a file of 3 GiB, its progress, its end by the person, and a worker that dies.
import { open, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { address, artifactFile, assert, at, bundleFile, choose, question, sees, verdict } from "../lib/page.mjs";

const GIB = 1024 ** 3;

// In the page: its own program starts long after its worker's, as happens on a busy machine.
const slowPage = () => {
  const own = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return own.apply(WebAssembly, given);
  };
};

async function sparse(bytes, act) {
  const path = join(tmpdir(), `touchstone-sparse-${process.pid}-${bytes}.bin`);
  const file = await open(path, "w");
  await file.truncate(bytes);
  await file.close();
  try {
    await act(path);
  } finally {
    await rm(path);
  }
}

// Bytes of memory of their own that the largest process of this browser holds (Linux): wasm and blobs included.
async function held() {
  const parents = new Map();
  const own = new Map();
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    parents.set(Number(pid), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
    own.set(Number(pid), Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
  }
  const ours = (pid) => pid === process.pid || (pid > 1 && parents.has(pid) && ours(parents.get(pid)));
  return Math.max(...[...own].filter(([pid]) => pid !== process.pid && ours(pid)).map(([, bytes]) => bytes));
}

// The page with a program that `change` altered: asked a question that ends "Incomplete", it gives no verdict.
const withProgram = async (browser, change) => {
  const module = Buffer.from(await (await fetch(new URL("touchstone-page_bg.wasm", address))).arrayBuffer());
  change(module);
  await at(browser, { path: question, noisy: true }, async (page, { context }) => {
    await context.route("**/touchstone-page_bg.wasm", (route) => route.fulfill({ body: module, contentType: "application/wasm" }));
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await choose(page, artifactFile, bundleFile);
    await page.getByRole("heading", { level: 1, name: "Could not check" }).waitFor();
    await sees(page, "The checking program stopped");
    await page.waitForTimeout(1000);
    assert.doesNotMatch(await page.getByRole("heading", { level: 1 }).innerText(), /verified|rejected|incomplete/i);
  });
};

export default {
  "3 GiB: progress, a page that answers meanwhile, memory that stays small, cancel": (browser) =>
    sparse(3 * GIB, (path) =>
      at(browser, { path: question }, async (page) => {
        await choose(page, bundleFile);
        await verdict(page, "Incomplete");
        await page.locator("input[type=file][multiple]").first().setInputFiles(path);
        const bar = page.getByRole("progressbar").first();
        await bar.waitFor({ timeout: 20_000 });
        await sees(page, /per second/);
        // A busy machine may be late; a page that hashes is each time, and for seconds.
        const answers = [];
        for (let press = 0; press < 3; press += 1) {
          const start = performance.now();
          await page.getByRole("button", { name: /^Theme:/ }).click();
          answers.push(performance.now() - start);
        }
        assert.ok(Math.min(...answers) < 1000, `the page was blocked: ${answers.map(Math.round)} ms`);
        await page.waitForTimeout(1500);
        const bytes = await held();
        assert.ok(bytes > 20 * 1024 ** 2 && bytes < 500 * 1024 ** 2, `${Math.round(bytes / 1024 ** 2)} MiB are held`);
        await page.getByRole("button", { name: "Cancel" }).first().click();
        await bar.waitFor({ state: "detached", timeout: 5000 });
        await verdict(page, "Incomplete");
      })),

  "600 MiB: hashed to the end, as a stream": (browser) =>
    sparse(600 * 1024 ** 2, (path) =>
      at(browser, { path: question }, async (page) => {
        await choose(page, bundleFile);
        await verdict(page, "Incomplete");
        await page.locator("input[type=file][multiple]").first().setInputFiles(path);
        await page.getByRole("heading", { level: 1, name: "Rejected", exact: true }).waitFor({ timeout: 60_000 });
        await sees(page, "This is not a file that was signed");
      })),

  "a worker that dies is \"could not check\", never a verdict": (browser) =>
    at(browser, { path: question, noisy: true }, async (page) => {
      const [worker] = page.workers();
      // What a trap of the program looks like from inside: an error that nobody catches.
      await worker.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); }, 0));
      await page.waitForTimeout(300);
      await page.locator("input[type=file][multiple]").first().setInputFiles(bundleFile);
      await page.waitForTimeout(1000);
      const heading = await page.getByRole("heading", { level: 1 }).innerText();
      assert.equal(/verified|rejected/i.test(heading), false, heading);
    }),

  "a page that traps with a verdict on screen says \"could not check\" in its place": (browser) =>
    at(browser, { path: question, noisy: true }, async (page) => {
      await choose(page, bundleFile);
      await verdict(page, "Incomplete");
      await page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); }, 0));
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Could not check");
      assert.equal(await page.getByText("The signature verifies").count(), 0, "the verdict is still there");
    }),

  // The program proves that it can say no before it takes a question. Here the changed message of RFC 6979, A.2.5, is the signed one.
  "a program that cannot say no takes no question": (browser) =>
    withProgram(browser, (module) => {
      const changed = module.indexOf("sampld");
      assert.ok(changed > 0, "the module does not hold the changed message");
      module.write("sample", changed);
    }),

  // And that it can say yes before it says anything but "verified". Here the known signature is another.
  "a program that cannot say yes gives no verdict but a verified one": (browser) =>
    withProgram(browser, (module) => {
      const known = module.indexOf(Buffer.from("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716", "hex"));
      assert.ok(known > 0, "the module does not hold the known answer");
      module[known + 31] ^= 1;
    }),

  // Functions of another build stand under the same numbers, so joined they would run in place of the right ones.
  "a second part of another build is not joined: \"could not check\", never a verdict": async (browser) => {
    const own = await fetch(new URL("touchstone-page_second.wasm", address));
    if (!own.ok) return "the page is in one part";
    const other = Buffer.from(await own.arrayBuffer());
    const build = other.indexOf("split:table:") + "split:table:".length;
    assert.ok(build > "split:table:".length, "the second part names no build");
    other[build] = other[build] === 0x30 ? 0x31 : 0x30;
    await at(browser, { noisy: true }, async (page, { context }) => {
      await context.route("**/touchstone-page_second.wasm", (route) => route.fulfill({ body: other, contentType: "application/wasm" }));
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await page.getByRole("heading", { level: 1, name: "Could not check" }).waitFor({ timeout: 15_000 });
      assert.equal(await page.getByText("is byte for byte the file").count(), 0, "the verdict is still there");
    });
  },

  "a worker that is ready before the page is heard": (browser) =>
    at(browser, { before: slowPage }, async (page) => {
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await verdict(page, "Verified");
    }),
};
