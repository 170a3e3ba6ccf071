// `node widget-modules.mjs WORK PACKAGE`: both modules of the package answer as the program that they were made of, letter by letter:
// every row of the testkit's table (WORK/table), good and bad, and the page's example with bytes changed. The first module, for which
// another arithmetic looks at the signatures, either answers so too or stops; it must not stop on what it is there for.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { right } from "../../crates/widget/js/signatures.js";
import { artifact, bundle, identity, issuer } from "./lib/examples.mjs";

const [work, folder] = process.argv.slice(2).map((path) => resolve(path));
const { makeProgram } = await import(pathToFileURL(join(work, "js/program.js")).href);
const files = [join(work, "touchstone-widget_bg.wasm"), join(folder, "touchstone-verify.wasm"), join(folder, "touchstone-verify-whole.wasm")];
const bytes = await Promise.all(files.map((path) => readFile(path)));
const [made, first, whole] = await Promise.all(bytes.map((module) => WebAssembly.compile(module)));
// `cargo xtask test` leaves it as it was made; `cargo xtask dist` does not.
const isWholeAsMade = bytes[0].equals(bytes[2]);

const nothing = new Uint8Array();
const exact = (text) => ({ match: "exact", text });
const STOPPED = "stopped";
// What the first module is there for.
const COMMON = ["good-message", "good-dsse", "good-intoto", "good-github-attestation", "good-npm-v1", "good-npm-v0-2", "another-artifact", "dsse-another-artifact"];
const programs = { made: makeProgram(made), whole: makeProgram(whole), first: makeProgram(first) };
let [asked, same, alone, over] = [0, 0, 0, 0];

// An instance that stopped is not asked again.
async function ask(name, { request, bundle, artifact, root }) {
  try {
    const asked = new programs[name].Asked(JSON.stringify(request), bundle, artifact, root);
    return asked.answer(name === "first" ? await right(JSON.parse(asked.questions()), asked.bytes()) : nothing);
  } catch (error) {
    assert.ok(error instanceof WebAssembly.RuntimeError, `${name}: ${error}`);
    programs[name] = makeProgram({ made, whole, first }[name]);
    return STOPPED;
  }
}

async function compare(name, question, { bundle, artifact, root }, more = {}) {
  const request = { question, bundleName: "a", artifact: { file: { name: "f", read: null, stated: null } }, trustedRootName: root ? "r" : null, whole: false, ...more };
  const given = { request, bundle, artifact, root: root ?? nothing };
  asked += 1;
  // A new instance each time that it stops takes its time: of what does not verify, some.
  const isSome = asked % 7 === 0 || COMMON.includes(name);
  // What nothing is compared with need not be worked out: of the others, only what may verify is.
  if (isWholeAsMade && !isSome && !/^(good-|change )|, anybody$/.test(name)) return false;
  const expected = await ask("made", given);
  if (!isWholeAsMade) assert.equal(await ask("whole", given), expected, name);
  same += 1;
  if (!isSome && !expected.includes('"outcome":"verified"')) return false;
  const found = await ask("first", given);
  if (found === STOPPED) over += 1;
  else {
    assert.equal(found, expected, `${name}, by the first module`);
    alone += 1;
  }
  return found !== STOPPED;
}

const signer = (name, from, match = exact) => ({ kind: "certificate", identity: match(name), issuer: exact(from) });
const answered = new Set();
const samples = JSON.parse(await readFile(join(work, "table/samples.json"), "utf8"));
for (const [at, { name, identity, issuer }] of samples.entries()) {
  const file = async (kind) => new Uint8Array(await readFile(join(work, `table/${name}.${kind}`)));
  const [bundle, artifact, root] = await Promise.all([file("sigstore.json"), file("artifact"), file("root.json")]);
  const given = { bundle, artifact, root };
  const named = { signer: signer(identity, issuer), trust: "file" };
  if (await compare(name, named, given)) answered.add(name);
  await compare(`${name}, whole`, named, given, { whole: true });
  // All of it takes minutes.
  if (at % 5 !== 0) continue;
  await compare(`${name}, anybody`, { signer: { kind: "anybody" }, trust: "file" }, given);
  await compare(`${name}, built-in roots`, { signer: signer(".*", issuer, (text) => ({ match: "pattern", text })) }, { bundle, artifact });
  const expect = { sourceUri: "github.com/acme/app", sourceTag: "v1.2.3", builderId: "https://build.example", packageName: "a", verifiedLevels: ["SLSA_BUILD_LEVEL_3"] };
  await compare(`${name}, expectations`, { ...named, expect, thresholds: { transparencyLogs: 2, observerTimestamps: 2 } }, given, { whole: true });
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
  await compare(`change ${round}`, named, { bundle: new Uint8Array(changed), artifact: new Uint8Array(artifact) }, { whole: round % 3 === 0 });
}

for (const name of COMMON) {
  assert.ok(answered.has(name), `${name}: the first module stops`);
}
// Files of any size, in pieces of any size.
const content = new Uint8Array(3_000_000).map((_, at) => at * 7);
for (let round = 0; round < 60; round += 1) {
  const [size, piece] = [random([10, 1000, 100_000, content.length][round % 4]), 1 + random([100, 5000, 1_000_000][round % 3])];
  if (size / piece > 20_000) continue;
  const read = (module) => {
    const { Reader } = makeProgram(module);
    const reader = new Reader(bundle, ["", `sha512:${"0".repeat(128)}`][round % 2]);
    for (let at = 0; at < size; at += piece) reader.push(content.subarray(at, Math.min(at + piece, size)));
    new Reader(bundle, "").free();
    return reader.finish();
  };
  assert.equal(read(first), read(made), `${size} bytes in pieces of ${piece}`);
  same += 1;
}
console.log(`${isWholeAsMade ? "the first module answers" : "both modules answer"} ${same} questions as the program that they were made of; of ${alone + over}, ${alone} without the whole`);
console.log(`e2e: ${same} passed, 0 failed`);
