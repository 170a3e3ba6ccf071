// What a page or its files do to a widget, on purpose or not: no verdict outlives its question, and none is reached without one.
import {
  alteredFile, artifactFile, assert, at, bundle, choose, element, identity, named, press, reaches, saysNothing, sees, sha256, state, text, widget,
} from "../lib/widget.mjs";

const verified = async (page) => {
  await choose(page, artifactFile);
  await reaches(page, "verified");
};
// The widget, taken out of the page, changed, and put back.
const away = (page, change) =>
  page.evaluate((change) => {
    const widget = document.querySelector("touchstone-verify");
    const { parentNode } = widget;
    widget.remove();
    new Function("widget", change)(widget);
    parentNode.append(widget);
  }, change);
const settles = async (page) => {
  await page.waitForFunction(() => document.querySelector("touchstone-verify").state !== "verifying");
  return state(page);
};

export default {
  "another question, asked while the widget was out of the page, takes the verdict back": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      for (const change of ['widget.setAttribute("signer", "https://evil.example/else")', 'widget.setAttribute("bundle", "other.json")']) {
        await verified(page);
        await away(page, change);
        assert.equal(await state(page), "idle", change);
        await saysNothing(page);
        await element(page).evaluate((widget, identity) => { widget.setAttribute("signer", identity); widget.setAttribute("bundle", "bundle.json"); }, identity);
      }
    }),

  "a bundle between the tags that is changed takes the verdict back": (browser) =>
    at(browser, { body: `<touchstone-verify ${named}><script type="application/json">${bundle}</script></touchstone-verify>` }, async (page) => {
      const change = (text) => element(page).evaluate((widget, text) => (widget.querySelector("script").textContent = text), text);
      await verified(page);
      await change("{}");
      await reaches(page, "idle");
      await saysNothing(page);
      await change(bundle.toString());
      await verified(page);
      await away(page, 'widget.querySelector("script").textContent = "{}"');
      assert.equal(await state(page), "idle");
    }),

  "a name that is no address is told, and no older verdict stays": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      await verified(page);
      await element(page).evaluate((widget) => widget.setAttribute("artifact", "https://[/x"));
      assert.equal(await state(page), "idle");
      await saysNothing(page);
      await press(page, "Fetch it");
      await reaches(page, "failed");
      await sees(page, "https://[/x is no address");
    }),

  "a page that breaks what the widget is drawn with is left with no verdict": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      await verified(page);
      await page.evaluate(() => {
        Object.defineProperty(document, "createElement", { value: undefined, configurable: true });
        document.querySelector("touchstone-verify").setAttribute("signer", "https://evil.example/else");
      });
      assert.equal(await state(page), "failed");
      assert.match(await text(page), /Could not check\. This says nothing about the file\./);
      assert.doesNotMatch(await text(page), /Verified/);
      // What the page wrote between the tags is there again.
      assert.equal(await element(page).evaluate((widget) => widget.shadowRoot.querySelector("slot").assignedElements().length), 1);
    }),

  "a verdict that cannot be drawn is told to nobody": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      await page.evaluate(() => {
        globalThis.heard = [];
        for (const kind of ["state", "report"]) addEventListener(`touchstone-${kind}`, ({ detail }) => globalThis.heard.push(detail.state ?? kind));
        // Breaks while the check goes on.
        addEventListener("touchstone-state", () => Object.defineProperty(document, "createElement", { value: undefined }), { once: true });
      });
      await choose(page, artifactFile);
      await page.waitForFunction(() => globalThis.heard.length > 1);
      await page.waitForTimeout(300);
      assert.deepEqual(await page.evaluate(() => globalThis.heard), ["verifying", "failed"]);
      const spoken = await element(page).evaluate((widget) => widget.shadowRoot.querySelector("[role=status]").textContent);
      assert.match(spoken, /^Could not check/);
    }),

  "what a page hung on every object asks nothing": (browser) =>
    at(browser, { body: widget(""), before: () => Object.assign(Object.prototype, { anySigner: true, trustedRoot: "{}" }) }, async (page) => {
      await choose(page, artifactFile);
      assert.equal(await settles(page), "incomplete");
    }),

  "a state that was set before there was a widget is not its state": (browser) =>
    at(browser, {
      body: widget(named),
      before: () => addEventListener("readystatechange", () => Object.assign(document.querySelector("touchstone-verify") ?? {}, { state: "verified", report: {} }), { capture: true, once: true }),
    }, async (page) => {
      await element(page).getByText("Not checked yet").waitFor();
      assert.equal(await state(page), "idle");
      await choose(page, alteredFile);
      await reaches(page, "rejected");
    }),

  "no report of a question that was changed when its verdict was heard": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      await page.evaluate(() => {
        globalThis.reports = 0;
        addEventListener("touchstone-report", () => (globalThis.reports += 1));
        addEventListener("touchstone-state", ({ target, detail }) => detail.state === "verified" && target.setAttribute("signer", "https://evil.example/else"));
      });
      await choose(page, artifactFile);
      await page.waitForFunction(() => document.querySelector("touchstone-verify").state === "idle");
      assert.equal(await page.evaluate(() => globalThis.reports), 0);
    }),

  "a pattern that every name fits expects nobody": (browser) =>
    at(browser, { body: widget('signer-pattern=".*"') }, async (page) => {
      for (const pattern of [".*", "^.*$", "(.+)", "^(.*)$", "x|.*"]) {
        await element(page).evaluate((widget, pattern) => widget.setAttribute("signer-pattern", pattern), pattern);
        await choose(page, artifactFile);
        await reaches(page, "failed");
        await sees(page, "fits others too");
      }
    }),

  "an empty name of the file is an error": (browser) =>
    at(browser, { body: widget(`${named} artifact=""`) }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "failed");
      await sees(page, "artifact: this is empty");
    }),

  "two files at once are not taken for one": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      const transfer = await page.evaluateHandle(() => {
        const transfer = new DataTransfer();
        for (const name of ["a", "b"]) transfer.items.add(new File(["x"], name));
        return transfer;
      });
      await element(page).dispatchEvent("drop", { dataTransfer: transfer });
      await reaches(page, "failed");
      await sees(page, "Several files were dropped, and one is checked at a time.", "2 files were dropped");
    }),

  "what hides in a file's name is shown": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      await choose(page, { ...artifactFile, name: "lantern\u202egpj.exe" });
      await reaches(page, "verified");
      await sees(page, "lantern[U+202E]gpj.exe");
    }),

  "the colours of the verdicts are not the page's to set": (browser) =>
    at(browser, { body: `<style>touchstone-verify { --_fail: #0d6338; --_pass: red; }</style>${widget(named)}` }, async (page) => {
      await choose(page, alteredFile);
      await reaches(page, "rejected");
      const colour = await element(page).evaluate((widget) => getComputedStyle(widget.shadowRoot.querySelector(".icon.rejected")).color);
      assert.equal(colour, "rgb(176, 31, 21)");
    }),

  "a bundle whose address has a bare percent sign is read": (browser) =>
    at(browser, { body: `<touchstone-verify bundle="a%zz.json" ${named} digest="sha256:${sha256}"></touchstone-verify>`, files: { "a%zz.json": bundle } }, async (page) => {
      await press(page, "Check the digest on this page");
      await reaches(page, "verified");
    }),
};
