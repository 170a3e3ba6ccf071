// The history of what was checked: off unless turned on, a chain that anybody can compute again, and told when it is not.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { assert, at, sees, verdict } from "../lib/page.mjs";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const kept = (page) => page.evaluate(() => localStorage.getItem("touchstone-history"));

async function check(page, ending, title) {
  await page.getByRole("button", { name: ending }).click();
  await verdict(page, title);
  await page.getByRole("link", { name: "Touchstone" }).first().click();
  await page.getByRole("button", { name: ending }).waitFor();
}

async function exported(page) {
  const download = page.waitForEvent("download");
  await page.locator("#history").getByRole("button", { name: "Export" }).click();
  return readFile(await (await download).path(), "utf8");
}

const give = (page, text) =>
  page.locator("#history input[type=file]").setInputFiles({ name: "history.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(text) });

// At the second press, and the focus does not go with the button.
async function forget(page) {
  const button = (name) => page.locator("#history").getByRole("button", { name, exact: true });
  // A double click is one press. Both in the page itself: on a busy machine two presses from here are too far apart for one.
  const between = await button("Forget").evaluate(async (first) => {
    const own = first.closest("#history");
    first.click();
    await new Promise((drawn) => setTimeout(drawn));
    const second = [...own.querySelectorAll("button")].find(({ textContent }) => /^Forget \d+ answers? for good$/.test(textContent));
    second?.click();
    return second !== undefined;
  });
  assert.ok(between, "the button does not say that it is for good");
  assert.notEqual(await kept(page), null, "a double click forgets nothing");
  await page.waitForTimeout(600);
  await page.locator("#history").getByRole("button", { name: /^Forget \d+ answers? for good$/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "history-import");
}

// Three answers, kept and exported.
async function three(page) {
  await page.getByRole("button", { name: "Keep a history" }).click();
  await check(page, "Ends Verified", "Verified");
  await sees(page, "1 answer is kept");
  await check(page, "Ends Rejected", "Rejected");
  await sees(page, "2 answers are kept");
  await check(page, "Ends Incomplete", "Incomplete");
  await sees(page, "3 answers are kept");
  return exported(page);
}

export default {
  "answers that are gone are missed, and those that were forgotten are not": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Keep a history" }).click();
      await check(page, "Ends Verified", "Verified");
      await sees(page, "1 answer is kept", "Note the SHA-256 of the last answer", sha256((await kept(page)).split("\n")[0]));
      await page.evaluate(() => localStorage.removeItem("touchstone-history"));
      await page.reload();
      await sees(page, "Answers that were kept here: 1. None is left");
      await check(page, "Ends Rejected", "Rejected");
      await sees(page, "1 answer is kept");
      await forget(page);
      await page.reload();
      await page.getByRole("button", { name: "Keep no further history" }).waitFor();
      assert.doesNotMatch(await page.locator("#history").innerText(), /None is left/);
    }),

  "nothing is kept unless it was turned on": (browser) =>
    at(browser, {}, async (page) => {
      await check(page, "Ends Verified", "Verified");
      assert.equal(await kept(page), null);
    }),

  "each answer is a line that names the one before": (browser) =>
    at(browser, {}, async (page) => {
      const lines = (await three(page)).trim().split("\n");
      const [end, ...answers] = lines.map((line) => JSON.parse(line)).reverse();
      answers.reverse();
      assert.deepEqual(answers.map(({ verdict }) => verdict), ["verified", "rejected", "incomplete"]);
      assert.deepEqual(answers.map(({ number }) => number), [1, 2, 3]);
      assert.deepEqual(answers.map(({ before }) => before), ["", sha256(lines[0]), sha256(lines[1])]);
      assert.deepEqual(end, { end: 3, head: sha256(lines[2]) });
      assert.match(answers[0].rootSha256, /^[0-9a-f]{64}$/);
      assert.ok(answers[0].policy.length > 0 && answers[0].digests.length > 0 && answers[0].evidence.length > 0);
      await page.getByRole("button", { name: "Keep no further history" }).click();
      await check(page, "Ends Verified", "Verified");
      await sees(page, "3 answers are kept");
      await page.reload();
      await sees(page, "3 answers are kept");
      await forget(page);
      assert.equal(await kept(page), null);
    }),

  "a history with a line removed, changed or moved is told, with where": (browser) =>
    at(browser, {}, async (page) => {
      const whole = await three(page);
      const [one, two, three_, end] = whole.trim().split("\n");
      const file = (...lines) => lines.map((line) => `${line}\n`).join("");
      const better = two.replace('"verdict":"rejected"', '"verdict":"verified"');
      assert.notEqual(better, two);
      for (const [text, words] of [
        [file(one, three_, end), "Line 2 is number 3: number 2 is missing before it."],
        [file(one, better, three_, end), "line 2 was changed"],
        [file(two, one, three_, end), "Line 1 is number 2: number 1 is missing before it."],
        [file(one, two), "There is no closing line after number 2"],
        ["no history", "Line 1 is no line of a history"],
      ]) {
        await give(page, text);
        await page.locator("#history").getByText(words).waitFor();
        assert.equal(await kept(page), whole, "what is kept was changed");
      }
      await give(page, whole);
      await page.locator("#history").getByText("The history is whole: 3 answers.").waitFor();
    }),

  "a history that was changed in the browser is not continued": (browser) =>
    at(browser, {}, async (page) => {
      const [one, two, three_, end] = (await three(page)).trim().split("\n");
      const file = (...lines) => lines.map((line) => `${line}\n`).join("");
      const better = two.replace('"verdict":"rejected"', '"verdict":"verified"');
      assert.notEqual(better, two);
      for (const text of [
        file(one, end), file(one, two, three_.replace('"incomplete"', '"verified"'), end), file(one, two, three_), file(one, better, three_, end),
      ]) {
        await page.evaluate((text) => localStorage.setItem("touchstone-history", text), text);
        await check(page, "Ends Verified", "Verified");
        await page.locator("#history").getByText("So this answer was not kept.").waitFor();
        assert.equal(await kept(page), text, "nothing is put behind it");
        await page.reload();
      }
    }),

  "a history goes on in another browser, and never over another one": (browser) =>
    at(browser, {}, async (page) => {
      const whole = await three(page);
      await at(browser, {}, async (other) => {
        await give(other, whole);
        await sees(other, "3 answers are kept");
        await other.getByRole("button", { name: "Keep a history" }).click();
        await check(other, "Ends Verified", "Verified");
        await sees(other, "4 answers are kept");
        const longer = await exported(other);
        await give(page, longer);
        await sees(page, "4 answers are kept");
        await give(page, whole);
        await page.locator("#history").getByText("It is whole, and an earlier state of the one kept here.").waitFor();
      });
      await at(browser, {}, async (other) => {
        await give(page, await three(other));
        await page.locator("#history").getByText("it is another history than the one kept here").waitFor();
      });
      await sees(page, "4 answers are kept");
    }),

  // What each process of a browser has of localStorage is a copy: of two lines written in one moment the later one wins.
  "a line that another window wrote over is kept behind that one's": (browser) =>
    at(browser, {}, async (page) => {
      await page.getByRole("button", { name: "Keep a history" }).click();
      await check(page, "Ends Verified", "Verified");
      await sees(page, "1 answer is kept");
      const before = await kept(page);
      await check(page, "Ends Rejected", "Rejected");
      await sees(page, "2 answers are kept");
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.evaluate((text) => localStorage.setItem("touchstone-history", text), before);
      await sees(page, "2 answers are kept");
      await page.waitForFunction((before) => localStorage.getItem("touchstone-history") !== before, before);
      await give(page, await kept(page));
      await page.locator("#history").getByText("The history is whole: 2 answers.").waitFor();
      // What somebody forgot stays forgotten.
      await other.evaluate(() => localStorage.removeItem("touchstone-history"));
      await page.locator("#history").getByText("2 answers are kept").waitFor({ state: "detached" });
      assert.equal(await kept(page), null);
      // In this window too, whatever another one keeps afterwards.
      await check(page, "Ends Verified", "Verified");
      await sees(page, "1 answer is kept");
      await forget(page);
      await other.evaluate((text) => localStorage.setItem("touchstone-history", text), before);
      await sees(page, "1 answer is kept");
      await page.waitForTimeout(1_000);
      assert.equal(await kept(page), before);
      await other.close();
    }),
};
