// axe-core in every state and size, in light and dark, on a narrow screen, from right to left; the widget without a mouse.
import { violations } from "../lib/axe.mjs";
import { alteredFile, artifactFile, assert, at, choose, element, named, press, reaches, sha256, state, text, widget } from "../lib/widget.mjs";

const endless = (request, response) => {
  response.writeHead(200, { "content-length": "1000000000" });
  response.write(Buffer.alloc(5_000_000));
};

// How each state is reached: attributes, and what is done.
const states = {
  idle: [`${named} artifact="package.conda"`, async () => {}],
  verifying: [`${named} artifact="./endless"`, (page, at) => element(page, at).evaluate((widget) => void widget.verify(new URL("endless", location.href)).catch(() => {}))],
  verified: [named, (page, at) => choose(page, artifactFile, at)],
  "verified by a digest": [`${named} digest="sha256:${sha256}"`, (page, at) => element(page, at).evaluate((widget) => void widget.verify())],
  rejected: [named, (page, at) => choose(page, alteredFile, at)],
  incomplete: ["", (page, at) => choose(page, artifactFile, at)],
  failed: [`${named} instance="mine"`, (page, at) => choose(page, artifactFile, at)],
};
const looks = {
  light: {}, dark: { scheme: "dark" }, "360 px": { width: 360 }, "right to left": { html: "lang='en' dir='rtl'" }, German: { html: "lang='de-AT'" },
  "forced colours": { forced: true },
};

const page = "page='https://verify.example/'";

const SIZES = ["line", "card", "full"];

const cases = Object.fromEntries(
  Object.entries(states).map(([name, [attributes, reach]]) => [
    `${name}: no violation and no overflow in any size and look`,
    async (browser) => {
      const body = SIZES.map((size) => `<p>${size}</p>${widget(`${attributes} ${page} size="${size}"`)}`).join("");
      for (const [look, options] of Object.entries(looks)) {
        await at(browser, { body, files: { endless }, ...options }, async (opened) => {
          for (const at of SIZES.keys()) {
            await reach(opened, at);
            const wanted = name.split(" ")[0];
            if (wanted === "verifying") assert.equal(await state(opened, at), wanted);
            else await reaches(opened, wanted, at);
          }
          const asked = { light: "all", dark: "colours" }[look] ?? "all but colours";
          assert.deepEqual(await violations(opened, asked), [], look);
          const wide = await opened.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(wide <= 0, `${look}: wider than the page by ${wide} px`);
          if (process.env.TOUCHSTONE_PICTURES) {
            await opened.screenshot({ fullPage: true, path: `${process.env.TOUCHSTONE_PICTURES}/${name}-${look}.png`.replaceAll(" ", "-") });
          }
        });
      }
    },
  ]),
);

const focused = (opened) => opened.evaluate(() => {
  const { shadowRoot } = document.activeElement;
  return shadowRoot ? (shadowRoot.activeElement?.textContent ?? "the widget") : (document.activeElement.textContent ?? "");
});

export default {
  ...cases,

  "from the first key to a verdict without a mouse": (browser) =>
    at(browser, { body: widget(`${named} ${page} digest="sha256:${sha256}"`) }, async (opened) => {
      await element(opened).getByText("Not checked yet").waitFor();
      const order = [];
      for (let step = 0; step < 3; step += 1) {
        await opened.keyboard.press("Tab");
        order.push(await focused(opened));
      }
      assert.deepEqual(order, ["Choose the file", "Check the digest on this page", "Check on the full page"]);
      await opened.keyboard.press("Shift+Tab");
      await opened.keyboard.press("Enter");
      await reaches(opened, "verified");
      // The button that was pressed is gone; the focus is still in the widget.
      assert.equal(await opened.evaluate(() => document.activeElement.localName), "touchstone-verify");
      const choosing = opened.waitForEvent("filechooser");
      await opened.keyboard.press("Tab");
      assert.equal(await focused(opened), "Choose the file");
      await opened.keyboard.press("Space");
      await (await choosing).setFiles(alteredFile);
      await reaches(opened, "rejected");
      assert.equal(await focused(opened), "Choose the file");
      await opened.keyboard.press("Tab");
      assert.equal(await focused(opened), "What to do");
    }),

  "cancelling without a mouse": (browser) =>
    at(browser, { body: widget(`${named} artifact="./endless"`), files: { endless } }, async (opened) => {
      await element(opened).getByRole("button", { name: "Fetch it" }).focus();
      await opened.keyboard.press("Enter");
      await element(opened).getByText("read, in this browser").waitFor();
      await opened.keyboard.press("Tab");
      assert.equal(await focused(opened), "Cancel");
      await opened.keyboard.press("Enter");
      await reaches(opened, "idle");
    }),

  "a screen reader hears each state in the language of the page, and the names as they are": (browser) =>
    at(browser, { body: widget(named), html: "lang='de'" }, async (opened) => {
      const heard = () => element(opened).evaluate((widget) => widget.shadowRoot.querySelector("[role=status]").textContent);
      await choose(opened, artifactFile);
      await reaches(opened, "verified");
      assert.match(await heard(), /^Bestätigt\. package\.conda ist Byte für Byte die Datei, die signiert wurde von: .*\. Das ist der erwartete Unterzeichner\./);
      assert.equal(await element(opened).locator("[part=title]").getAttribute("lang"), null);
      assert.equal(await element(opened).locator("[role=group]").getAttribute("lang"), "de");
      assert.match(await text(opened), /Signiert von/);
      await choose(opened, alteredFile);
      await reaches(opened, "rejected");
      assert.match(await heard(), /^Abgelehnt\. Diese Datei nicht öffnen und nicht ausführen\. Es ist nicht die Datei, die signiert wurde\./);
      // The page is read in another language from here on.
      await opened.evaluate(() => (document.documentElement.lang = "en"));
      await element(opened).getByText("Do not open or run this file.").first().waitFor();
      assert.equal(await element(opened).locator("[role=group]").getAttribute("lang"), "en");
    }),

  // A cell asks what stands in it how wide it wants to be, and so does a row of boxes.
  "in the cell of a table it is as wide as elsewhere": (browser) =>
    at(browser, { body: SIZES.map((size) => `<table><tr><td>${widget(`${named} size="${size}"`)}</td></tr></table>`).join("") }, async (opened) => {
      for (const at of SIZES.keys()) {
        await choose(opened, artifactFile, at);
        await reaches(opened, "verified", at);
        const { width } = await element(opened, at).boundingBox();
        assert.ok(width > 300, `${SIZES[at]}: ${width} px`);
      }
    }),

  "with less motion nothing turns": (browser) =>
    at(browser, { body: widget(`${named} artifact="./endless"`), files: { endless } }, async (opened) => {
      await press(opened, "Fetch it");
      const animation = () => element(opened).locator(".icon.verifying").evaluate((icon) => getComputedStyle(icon).animationName);
      assert.equal(await animation(), "none");
      await opened.emulateMedia({ reducedMotion: "no-preference" });
      assert.equal(await animation(), "turn");
    }),
};
