// The three examples, links to a question, and the page without a mouse, on a phone, in the dark.
import { address, artifactFile, assert, at, bundle, bundleFile, choose, identity, question, sees, verdict } from "../lib/page.mjs";

const endings = { "Ends Verified": "Verified", "Ends Incomplete": "Incomplete", "Ends Rejected": "Rejected" };

const example = (ending, title) => (browser) =>
  at(browser, {}, async (page) => {
    // Fetched on the spot, the program's second part holds the page up for half a second; nothing here may need that.
    const onTheSpot = [];
    page.on("request", (request) => request.resourceType() === "xhr" && onTheSpot.push(request.url()));
    await page.getByRole("button", { name: ending }).click();
    await verdict(page, title);
    await sees(page, "0 requests made");
    assert.deepEqual(onTheSpot, []);
  });

// No element may be wider than the screen, except those that scroll on their own.
async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `the page scrolls sideways by ${wide} px`);
}

const narrow = (ending, title) => (browser) =>
  at(browser, { width: 360, height: 740, touch: true }, async (page) => {
    await fits(page);
    await page.getByRole("button", { name: ending }).click();
    await verdict(page, title);
    await fits(page);
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    await fits(page);
  });

// Goes on with Tab until the element under the focus has this name.
async function tabTo(page, name, limit = 120) {
  for (let step = 0; step < limit; step += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element?.labels?.[0]?.textContent ?? "";
      return `${element?.getAttribute("aria-label") ?? ""} ${element?.textContent ?? ""} ${label}`;
    });
    if (found.includes(name)) return;
  }
  throw new Error(`no ${name} within ${limit} presses of Tab`);
}

// What the worker is asked, by its kind, and what the first heading said on the way.
const watched = () => {
  globalThis.asked = [];
  globalThis.headings = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (typeof message[0] === "string" && message[0].startsWith("{")) globalThis.asked.push(Object.keys(JSON.parse(message[0]))[0]);
    return post.call(this, message, ...rest);
  };
  const look = () => {
    const [heading] = document.querySelectorAll("main h1");
    if (heading && globalThis.headings.at(-1) !== heading.textContent) globalThis.headings.push(heading.textContent);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
};

const cases = {
  "a link to an example draws no first page before it, and asks once": (browser) =>
    at(browser, { path: "#/check?example=conda", before: watched }, async (page, { seen }) => {
      await verdict(page, "Verified");
      await sees(page, "0 requests made");
      const { asked, headings } = await page.evaluate(() => ({ asked: globalThis.asked, headings: globalThis.headings }));
      assert.equal(asked[0], "example");
      assert.equal(await page.evaluate(() => document.body.hidden), false);
      assert.ok(!headings.some((heading) => heading.startsWith("Is this")), headings.join(", "));
      const files = seen.requests.filter((url) => /conda/.test(url));
      assert.equal(files.length, 2, files.join(" "));
      // The first page is one step away, and the example is given anew from there.
      await page.getByRole("link", { name: "Touchstone" }).first().click();
      await page.getByRole("button", { name: "Ends Incomplete" }).click();
      await verdict(page, "Incomplete");
      await page.goBack();
      await page.goBack();
      await verdict(page, "Verified");
    }),

  // The browser's own arithmetic saves the first answer time (crates/report/src/ahead.rs), and decides nothing that ours would not.
  "a signature that a browser takes for right or wrong by mistake changes no verdict": async (browser) => {
    const wrong = JSON.parse(bundle);
    const [signature] = wrong.dsseEnvelope.signatures;
    const bytes = Buffer.from(signature.sig, "base64");
    bytes[bytes.length - 1] ^= 1;
    signature.sig = bytes.toString("base64");
    const lies = (answer) => `SubtleCrypto.prototype.verify = async () => ${answer};`;
    const has = { nothing: "", yes: lies(true), no: lies(false), none: "SubtleCrypto.prototype.importKey = async () => { throw new Error(); };" };
    for (const [what, file, title] of [
      ["nothing", wrong, "Rejected"], ["yes", wrong, "Rejected"], ["yes", JSON.parse(bundle), "Verified"],
      ["no", JSON.parse(bundle), "Verified"], ["none", JSON.parse(bundle), "Verified"],
    ]) {
      await at(browser, {}, async (page, { context }) => {
        await context.route("**/touchstone-page.js", async (route) => {
          const answer = await route.fetch();
          await route.fulfill({ response: answer, body: `${has[what]}\n${await answer.text()}` });
        });
        await context.route("**/conda-attestation.sigstore.json", (route) => route.fulfill({ json: file }));
        await page.goto(new URL("#/check?example=conda", page.url()).href);
        await page.reload();
        await verdict(page, title);
      });
    }
  },

  "a link to an example whose worker does not answer is not hidden for ever": (browser) =>
    at(browser, {}, async (page, { context }) => {
      await context.route("**/touchstone-page.js", async (route) => {
        const answer = await route.fetch();
        // The worker's half keeps silent.
        await route.fulfill({ response: answer, body: `${await answer.text()}\nif (!globalThis.document) globalThis.postMessage = () => {};` });
      });
      await page.goto(new URL("#/check?example=conda", address).href);
      await page.reload();
      await page.getByRole("heading", { level: 1, name: "Checking" }).waitFor();
      assert.equal(await page.evaluate(() => document.body.hidden), false);
      await page.getByText("Trusted roots built into this page").waitFor();
    }),

  "a link to an example whose files are late shows the page meanwhile": (browser) =>
    at(browser, {}, async (page, { context }) => {
      let answer;
      const late = new Promise((resolve) => (answer = resolve));
      await context.route("**/conda-attestation.sigstore.json", async (route) => { await late; await route.continue(); });
      await page.goto(new URL("#/check?example=conda", page.url()).href);
      await page.reload();
      await page.getByRole("heading", { level: 1, name: "Checking" }).waitFor();
      answer();
      await verdict(page, "Verified");
      // Drawn only once it was waited for; what stands behind the application stands there all the same.
      await page.getByRole("button", { name: "Deutsch" }).waitFor();
    }),

  "an example that comes late takes nothing away": (browser) =>
    at(browser, {}, async (page, { context }) => {
      let answer;
      const asked = new Promise((resolve) => {
        context.route("**/conda-attestation.sigstore.json", (route) => { answer = () => route.continue(); resolve(); });
      });
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await asked;
      await page.getByRole("heading", { level: 1, name: "Checking" }).waitFor();
      await page.getByRole("link", { name: "Touchstone" }).first().click();
      await page.getByRole("button", { name: "Ends Incomplete" }).click();
      await verdict(page, "Incomplete");
      await answer();
      await page.waitForTimeout(1000);
      await verdict(page, "Incomplete");
    }),

  "an example that cannot be had is said, and asked for again": (browser) =>
    at(browser, { noisy: true }, async (page, { context }) => {
      let blocked = true;
      await context.route("**/conda-attestation.sigstore.json", (route) => (blocked ? route.abort() : route.continue()));
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await page.getByText("The example could not be fetched from where this page came from.").waitFor();
      await page.getByRole("heading", { level: 1, name: "Could not check" }).waitFor();
      blocked = false;
      await page.getByRole("button", { name: "Try again" }).click();
      await verdict(page, "Verified");
    }),

  "every part of the evidence can be read": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await verdict(page, "Verified");
      for (const tab of await page.getByRole("tab").all()) {
        await tab.click();
        const panel = page.getByRole("tabpanel");
        assert.ok((await panel.innerText()).trim().length > 20, `${await tab.innerText()} is empty`);
      }
      assert.ok((await page.getByRole("tab").count()) >= 4);
    }),

  "each check opens and says what, why and where it is specified": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Ends Verified" }).click();
      await verdict(page, "Verified");
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      const text = await page.locator("#checks").innerText();
      for (const word of ["What is checked", "Why it counts", "Specification"]) {
        assert.ok(text.split(word).length > 15, `${word} stands ${text.split(word).length - 1} times`);
      }
    }),

  "a link carries the question and never the answer": (browser) =>
    at(browser, { path: question }, async (page) => {
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Verified");
      const link = page.url();
      assert.ok(decodeURIComponent(link).includes(identity));
      assert.equal(/verified|rejected|incomplete/i.test(link), false, link);
      await page.goto("about:blank");
      await page.goto(link);
      await page.getByRole("heading", { level: 1 }).waitFor();
      assert.notEqual(await page.getByRole("heading", { level: 1 }).innerText(), "Verified");
      assert.equal(await page.getByLabel("Name in the certificate").inputValue(), identity);
      await choose(page, artifactFile, bundleFile);
      await verdict(page, "Verified");
    }),

  "a link to an example shows it again": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Ends Rejected" }).click();
      await verdict(page, "Rejected");
      const link = page.url();
      await page.goto("about:blank");
      await page.goto(link);
      await verdict(page, "Rejected");
    }),

  "from the first key to a verdict without a mouse": (browser) =>
    at(browser, {}, async (page) => {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
      await tabTo(page, "Ends Incomplete");
      await page.keyboard.press("Enter");
      await verdict(page, "Incomplete");
      await tabTo(page, "Use the signer shown");
      await page.keyboard.press("Enter");
      await tabTo(page, "Compare");
      await page.keyboard.press("Enter");
      await verdict(page, "Verified");
    }),

  "light and dark differ, and the button changes between them": (browser) =>
    at(browser, { scheme: "light" }, async (page) => {
      const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await colour();
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await colour();
      assert.notEqual(light, dark);
      await page.getByRole("button", { name: "Change to light" }).click();
      assert.equal(await colour(), light);
      await page.getByRole("button", { name: "Change to dark" }).click();
      assert.equal(await colour(), dark);
    }),

  "the saved report is the document": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Ends Rejected" }).click();
      await verdict(page, "Rejected");
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save report" }).click();
      const stream = await (await saving).createReadStream();
      const parts = [];
      for await (const part of stream) parts.push(part);
      const report = JSON.parse(Buffer.concat(parts).toString());
      assert.equal(report.schema, "touchstone-report/1");
      assert.deepEqual([report.verdict.outcome, report.verdict.failed], ["rejected", ["artifact"]]);
    }),
};

for (const [ending, title] of Object.entries(endings)) {
  cases[`example: ${ending}`] = example(ending, title);
  cases[`360 px: ${ending}`] = narrow(ending, title);
}

export default cases;
