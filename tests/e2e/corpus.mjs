// `node corpus.mjs JOBS RESULTS`: answers each question of JOBS (one a line, from the `corpus` program) with the worker of the
// page that $TOUCHSTONE_URL serves, and writes a line with the document or the error for each.
import { writeFile } from "node:fs/promises";
import { visit, launch } from "./lib/browser.mjs";
import { answered, asked, inPage, lines } from "./lib/worker.mjs";

const [jobsFile, resultsFile] = process.argv.slice(2);
const jobs = await lines(jobsFile);
const browser = await launch();
const { page, seen, strangers } = await visit(browser);
await page.waitForSelector("h1");
await page.evaluate(inPage.start);
const results = [];
for (const [run, job] of jobs.entries()) {
  results.push(JSON.stringify(answered(job, await page.evaluate(inPage.ask, await asked(run, job)))));
}
await browser.close();
await writeFile(resultsFile, `${results.join("\n")}\n`);
console.log(`${results.length} questions answered in Chromium`);
if (strangers().length > 0 || seen.errors.length > 0) {
  console.error([...strangers(), ...seen.errors].join("\n"));
  process.exit(1);
}
