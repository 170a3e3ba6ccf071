// `node first.mjs RAN`: goes the ways to a first verdict on a page whose module notes which functions run (xtask/bindgen,
// `mark`), and writes the numbers of those that ran before it into RAN, one a line.
import { writeFile } from "node:fs/promises";
import { launch, visit } from "./lib/browser.mjs";
import { artifactFile, bundleFile, drop, question, verdict } from "./lib/page.mjs";

const ways = {
  "an example that ends verified": (page) => example(page, "Ends Verified", "Verified"),
  "an example that ends rejected": (page) => example(page, "Ends Rejected", "Rejected"),
  "an example that ends incomplete": (page) => example(page, "Ends Incomplete", "Incomplete"),
  "a link to an example": (page) => verdict(page, "Verified"),
  "a link to a question, and both files": async (page) => {
    await drop(page, artifactFile, bundleFile);
    await verdict(page, "Verified");
  },
};

const links = { "a link to an example": "#/check?example=conda", "a link to a question, and both files": question };

async function example(page, ending, title) {
  await page.getByRole("button", { name: ending }).click();
  await verdict(page, title);
}

const [to] = process.argv.slice(2);
const browser = await launch();
const ran = new Set();
for (const [name, go] of Object.entries(ways)) {
  const { page, context, seen } = await visit(browser, { path: links[name] ?? "" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await go(page);
  const programs = [page, ...page.workers()];
  if (programs.length < 2) throw new Error(`${name}: the worker is not there`);
  for (const program of programs) {
    const numbers = (await program.evaluate(() => globalThis.touchstoneRan())) ?? [];
    if (numbers.length === 0) throw new Error(`${name}: no function ran`);
    numbers.forEach((number) => ran.add(number));
  }
  if (seen.errors.length > 0) throw new Error(`${name}: ${seen.errors.join("\n")}`);
  await context.close();
}
await browser.close();
await writeFile(to, [...ran].sort((a, b) => a - b).join("\n"));
console.log(`${ran.size} functions run on ${Object.keys(ways).length} ways to a first verdict`);
