// The page from right to left, as a translation into Arabic or Hebrew would have it: mirrored, nothing cut off, and what is not
// words (digests, addresses, commands) as it was.
import { assert, at, verdict } from "../lib/page.mjs";

const ends = (ending, title) => async (page) => {
  await page.getByRole("button", { name: ending }).click();
  await verdict(page, title);
};
const states = {
  "first page": async () => {},
  verified: ends("Ends Verified", "Verified"),
  rejected: ends("Ends Rejected", "Rejected"),
};
const looks = { "1200 px": { width: 1200 }, "360 px": { width: 360, height: 740 } };

const mirrored = (state, reach, options) => (browser) => at(browser, options, async (page) => {
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await reach(page);
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  const found = await page.evaluate(() => {
    const middle = (element) => {
      const { left, width } = element.getBoundingClientRect();
      return left + width / 2;
    };
    const root = document.documentElement;
    const stages = [...document.querySelectorAll(".chain > li > .stage, .chain > .stage")].map(middle);
    // A word that sticks out of the window on either side, and does not stand in something that scrolls.
    const out = [...document.querySelectorAll("main *")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const scrolls = element.closest("pre, .tw, .long, .drawing__in, .sections, .tabs");
      return width > 1 && !scrolls && element.closest(".vh") === null && (left < -1 || right > root.clientWidth + 1);
    });
    return {
      sideways: root.scrollWidth - root.clientWidth,
      brand: middle(document.querySelector(".brand")) > root.clientWidth / 2,
      stages,
      out: out.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)),
      mono: [...document.querySelectorAll("code, pre, .mono, .dg")].filter((element) => getComputedStyle(element).direction !== "ltr").length,
    };
  });
  assert.ok(found.sideways <= 0, `the page scrolls sideways by ${found.sideways} px`);
  assert.deepEqual(found.out, []);
  assert.ok(found.brand, "the name of the page is not on the right");
  assert.equal(found.mono, 0, "a digest or an address runs from right to left");
  if (options.width > 1000) {
    if (state !== "first page") assert.equal(found.stages.length, 4);
    assert.deepEqual(found.stages, [...found.stages].sort((one, other) => other - one), "the chain does not run from the right");
  }
});

export default Object.fromEntries(
  Object.entries(states).flatMap(([state, reach]) =>
    Object.entries(looks).map(([look, options]) => [`${state}, ${look}`, mirrored(state, reach, options)]),
  ),
);
