// A result saved as a page from the served page: the program comes from the page's own host, and the saved page needs none.
import { readFile, rename } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { address, assert, at, verdict } from "../lib/page.mjs";

export default {
  "a result saved as a page checks itself without a network": (browser) =>
    at(browser, {}, async (page, { seen }) => {
      await page.getByRole("button", { name: "Ends Rejected" }).click();
      await verdict(page, "Rejected");
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save as page" }).click();
      const saved = await download;
      assert.equal(saved.suggestedFilename(), "touchstone-report.html");
      assert.ok(seen.requests.includes(new URL("touchstone-offline.html", address).href), "the program came from elsewhere");
      const path = await saved.path();
      await rename(path, `${path}.html`);
      const context = await browser.newContext({ offline: true });
      const report = await context.newPage();
      await report.goto(pathToFileURL(`${path}.html`).href);
      await report.getByText("agrees with everything that is printed here").waitFor();
      assert.equal(await report.locator("h1").innerText(), "Rejected");
      await context.close();
    }),

  "a page that is saved without its program is said to be": (browser) =>
    at(browser, { noisy: true }, async (page) => {
      await page.route("**/touchstone-offline.html", (route) => route.abort());
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await verdict(page, "Verified");
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save as page" }).click();
      await page.getByText("The page is saved without the program that lets it check itself").waitFor();
      assert.match(await readFile(await (await download).path(), "utf8"), /This page cannot check itself/);
    }),

  "a page is saved without its program where the host gives no answer": (browser) => {
    // The time that the page has for it, sooner over.
    const before = () => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (millis) => timeout(millis > 60_000 ? 500 : millis);
    };
    return at(browser, { noisy: true, before }, async (page) => {
      await page.route("**/touchstone-offline.html", () => {});
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await verdict(page, "Verified");
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save as page" }).click();
      await page.getByText("The page is saved without the program that lets it check itself").waitFor();
      assert.match(await readFile(await (await download).path(), "utf8"), /This page cannot check itself/);
    });
  },

  "a result is saved as Markdown": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Ends Rejected" }).click();
      await verdict(page, "Rejected");
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save as Markdown" }).click();
      const saved = await download;
      assert.equal(saved.suggestedFilename(), "touchstone-report.md");
      const text = await readFile(await saved.path(), "utf8");
      assert.match(text, /^# Rejected\n/);
      assert.match(text, /Artifact digest/);
    }),
};
