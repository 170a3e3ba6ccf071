// Runs every file of a folder of cases in a real Chromium; the closing line is "e2e: N passed, M failed".
import { readdir } from "node:fs/promises";
import { launch } from "./browser.mjs";

// A case mostly waits; two browsers at once keep two processors busy. More would make each slower than its patience, so a runner
// that has company (`cargo xtask test`) takes fewer.
const LANES = Number(process.env.TOUCHSTONE_LANES ?? 2);

export async function runAll(folder, word = "") {
  const cases = [];
  for (const file of (await readdir(folder)).sort()) {
    const { default: all } = await import(new URL(file, folder));
    for (const [name, run] of Object.entries(all)) {
      const title = `${file.replace(".mjs", "")}: ${name}`;
      if (title.includes(word)) cases.push({ title, run });
    }
  }

  let passed = 0;
  let failed = 0;
  async function lane() {
    const browser = await launch();
    for (let next = cases.shift(); next; next = cases.shift()) {
      const { title, run } = next;
      const start = performance.now();
      try {
        const skipped = await run(browser);
        passed += 1;
        const took = ((performance.now() - start) / 1000).toFixed(1);
        console.log(skipped === undefined ? `ok      ${title} (${took} s)` : `skipped ${title}: ${skipped}`);
      } catch (error) {
        failed += 1;
        console.log(`FAILED  ${title}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
      }
    }
    await browser.close();
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  console.log(`e2e: ${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
