// axe-core over what a page shows, open shadow roots too.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// A page in other colours is asked about its colours alone, and in the same colours about all else: colours take the most time.
const CONTRAST = ["color-contrast", "color-contrast-enhanced"];
const ASKED = {
  all: {},
  colours: { runOnly: CONTRAST.slice(0, 1) },
  "all but colours": { rules: Object.fromEntries(CONTRAST.map((rule) => [rule, { enabled: false }])) },
};

export async function violations(page, asked = "all") {
  // The page's policy refuses inline scripts; the driver's own world is not bound by it.
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate((asked) => globalThis.axe.run(document, { resultTypes: ["violations"], ...asked }), ASKED[asked]);
  if (violations.length + passes.length === 0) throw new Error(`axe-core asked nothing about ${asked}`);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
}
