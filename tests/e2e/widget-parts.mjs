// `node widget-parts.mjs WORK PACKAGE`: the program in two parts answers as the program that it was parted from, letter by letter:
// every row of the testkit's table (WORK/table), good and bad, and the page's example with bytes changed. The first part alone either
// answers so too or says that it needs the second.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { artifact, bundle, identity, issuer } from "./lib/examples.mjs";

const [work, folder] = process.argv.slice(2).map((path) => resolve(path));
const compile = async (path) => WebAssembly.compile(await readFile(path));
const { makeProgram: makeWhole } = await import(pathToFileURL(join(work, "marked/program.js")).href);
const { makeProgram, MISSING } = await import(pathToFileURL(join(work, "js/program.js")).href);
const whole = await compile(join(work, "touchstone-widget_bg.wasm"));
const [first, second] = await Promise.all(["touchstone-verify.wasm", "touchstone-verify-second.wasm"].map((name) => compile(join(folder, name))));

const nothing = new Uint8Array();
const exact = (text) => ({ match: "exact", text });
const programs = { whole: makeWhole(whole), parted: makeProgram(first, second) };
let [same, alone, over] = [0, 0, 0];

function ask(program, { request, bundle, artifact, root }) {
  try {
    return program.answer(JSON.stringify(request), bundle, artifact, root);
  } catch (error) {
    if (error === MISSING) return MISSING;
    // A trap is an answer too: both must have it.
    return `${error.name}: ${error.message}`;
  }
}

function compare(name, question, { bundle, artifact, root }, more = {}) {
  const request = { question, bundleName: "a", artifact: { file: { name: "f" } }, trustedRootName: root ? "r" : null, whole: false, ...more };
  const given = { request, bundle, artifact, root: root ?? nothing };
  const expected = ask(programs.whole, given);
  assert.equal(ask(programs.parted, given), expected, name);
  same += 1;
  if (same % 7 !== 0) return;
  const found = ask(makeProgram(first), given);
  if (found === MISSING) over += 1;
  else {
    assert.equal(found, expected, `${name}, by the first part alone`);
    alone += 1;
  }
}

const signer = (name, from, match = exact) => ({ kind: "certificate", identity: match(name), issuer: exact(from) });
const samples = JSON.parse(await readFile(join(work, "table/samples.json"), "utf8"));
for (const { name, identity, issuer } of samples) {
  const file = async (kind) => new Uint8Array(await readFile(join(work, `table/${name}.${kind}`)));
  const [bundle, artifact, root] = await Promise.all([file("sigstore.json"), file("artifact"), file("root.json")]);
  const given = { bundle, artifact, root };
  const named = { signer: signer(identity, issuer), trust: "file" };
  compare(name, named, given);
  compare(`${name}, whole`, named, given, { whole: true });
  compare(`${name}, anybody`, { signer: { kind: "anybody" }, trust: "file" }, given);
  compare(`${name}, built-in roots`, { signer: signer(".*", issuer, (text) => ({ match: "pattern", text })) }, { bundle, artifact });
  const expect = { sourceUri: "github.com/acme/app", sourceTag: "v1.2.3", builderId: "https://build.example", packageName: "a", verifiedLevels: ["SLSA_BUILD_LEVEL_3"] };
  compare(`${name}, expectations`, { ...named, expect, thresholds: { transparencyLogs: 2, observerTimestamps: 2 } }, given, { whole: true });
}

// The same numbers each time.
let seed = 1;
const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
const named = { signer: signer(identity, issuer) };
for (let round = 0; round < 300; round += 1) {
  const changed = Buffer.from(bundle);
  for (let times = 0; times <= random(3); times += 1) {
    const at = random(changed.length);
    if (random(2)) changed[at] ^= 1 << random(7);
    else changed.copyWithin(at, random(changed.length), random(changed.length));
  }
  compare(`change ${round}`, named, { bundle: new Uint8Array(changed), artifact: new Uint8Array(artifact) }, { whole: round % 3 === 0 });
}
console.log(`the parted program answers ${same} questions as the whole one; of ${alone + over}, ${alone} without its second part`);
console.log(`e2e: ${same} passed, 0 failed`);
