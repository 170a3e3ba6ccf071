// axe-core on the first page and on every state of a result, in light and dark and at 360 px.
import { violations as inPage } from "../lib/axe.mjs";
import { artifactFile, assert, at, bundleFile, choose, question, verdict } from "../lib/page.mjs";

async function violations(page, asked) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  return inPage(page, asked);
}

const states = {
  "first page": async () => {},
  verified: async (page) => {
    await page.getByRole("button", { name: "Ends Verified" }).click();
    await verdict(page, "Verified");
  },
  incomplete: async (page) => {
    await page.getByRole("button", { name: "Ends Incomplete" }).click();
    await verdict(page, "Incomplete");
  },
  rejected: async (page) => {
    await page.getByRole("button", { name: "Ends Rejected" }).click();
    await verdict(page, "Rejected");
  },
  "a line of the chain open": async (page) => {
    await page.getByRole("button", { name: "Ends Incomplete" }).click();
    await verdict(page, "Incomplete");
    await page.locator(".chain .edge button").first().click();
    await page.locator("#custody-open").waitFor();
  },
  waived: async (page) => {
    await page.goto(`${page.url()}#/check?signer=anybody`);
    await choose(page, artifactFile, bundleFile);
    await verdict(page, "Verified, 1 check waived");
  },
  "could not be read": async (page) => {
    await page.goto(`${page.url()}${question}`);
    await choose(page, { name: "a.sigstore.json", mimeType: "application/json", buffer: Buffer.from('{"mediaType":"x"}') }, artifactFile);
    await page.waitForTimeout(800);
  },
};

const looks = {
  light: ["all", (page) => page.emulateMedia({ colorScheme: "light" })],
  dark: ["colours", (page) => page.emulateMedia({ colorScheme: "dark" })],
  "360 px": ["all but colours", (page) => page.setViewportSize({ width: 360, height: 740 })],
};

export default Object.fromEntries(
  Object.entries(states).map(([state, reach]) => [
    `${state}, in light, in dark and at 360 px`,
    (browser) =>
      at(browser, {}, async (page) => {
        await reach(page);
        for (const [look, [asked, show]] of Object.entries(looks)) {
          await show(page);
          assert.deepEqual(await violations(page, asked), [], look);
        }
      }),
  ]),
);
