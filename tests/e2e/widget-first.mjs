// `node widget-first.mjs FOLDER RAN`: goes the ways to a verdict with the widget's module, which notes in FOLDER which functions and
// which points in them run (xtask/bindgen, `mark`), and writes the numbers of those that ran into RAN, one a line. The module needs no browser.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { artifact, bundle, identity, issuer, sha256 as hex } from "./lib/examples.mjs";

const [folder, to] = process.argv.slice(2);
const { makeProgram } = await import(pathToFileURL(join(folder, "program.js")).href);
const module = await WebAssembly.compile(await readFile(join(folder, "touchstone-verify.wasm")));
const samples = JSON.parse(await readFile(join(folder, "samples/samples.json"), "utf8"));

// Of the testkit's bundles those whose kind the first part is for: entries of a log with promises, over a file or a statement.
const COMMON = ["message", "dsse"];

const ran = new Set();
const note = (wasm) => {
  for (const [name, global] of Object.entries(wasm)) {
    if (/^ran\d+(_\d+)?$/.test(name) && global.value === 1) ran.add(name.slice(3));
  }
};

const nothing = new Uint8Array();
const exact = (text) => ({ match: "exact", text });
const certificate = (name, from) => ({ signer: { kind: "certificate", identity: exact(name), issuer: exact(from) }, expect: {} });

// Asks a program of its own, as a widget's first question does, and expects the outcome.
function way(name, outcome, { bundle, question, artifact = nothing, how = "bytes", stated = null, root }) {
  const { make_ready, Reader, answer, wasm } = makeProgram(module);
  if (!make_ready()) throw new Error("the self-test failed");
  let given = "none";
  if (how === "stated") given = { stated: { digest: stated } };
  if (how === "bytes" || how === "stream") {
    const reader = new Reader(bundle, stated ?? "");
    reader.push(artifact.subarray(0, 100));
    reader.push(artifact.subarray(100));
    const read = JSON.parse(reader.finish());
    given = { file: { name: "a.tar.gz", read: how === "stream" ? read : null, stated } };
  }
  const request = { question, bundleName: "a.sigstore.json", artifact: given, trustedRootName: root ? "root.json" : null, whole: false };
  const reply = JSON.parse(answer(JSON.stringify(request), bundle, how === "bytes" ? artifact : nothing, root ?? nothing));
  if (reply.report?.verdict.outcome !== outcome) throw new Error(`${name}: ${JSON.stringify(reply.refused ?? reply.report.verdict)}`);
  note(wasm);
}

const altered = Uint8Array.from(artifact, (byte, at) => (at === 800 ? byte ^ 1 : byte));
const named = certificate(identity, issuer);
const branch = { ...named, expect: { sourceBranch: "main" } };
const sha256 = `sha256:${hex}`;

way("a file", "verified", { bundle, question: named, artifact });
way("a file of a named branch", "verified", { bundle, question: branch, artifact });
way("a file as a stream", "verified", { bundle, question: named, artifact, how: "stream" });
way("a file whose digest the page names", "verified", { bundle, question: named, artifact, stated: sha256 });
way("a digest", "verified", { bundle, question: named, how: "stated", stated: sha256 });
way("another digest", "rejected", { bundle, question: named, how: "stated", stated: sha256.replace("5430", "5431") });
way("another file", "rejected", { bundle, question: named, artifact: altered });
way("another signer", "rejected", { bundle, question: certificate(`${identity}x`, issuer), artifact });
way("no signer", "incomplete", { bundle, question: { signer: { kind: "unnamed" }, expect: {} }, artifact });
way("no file", "incomplete", { bundle, question: named, how: "none" });
for (const { name, identity, issuer } of samples.filter(({ name }) => COMMON.includes(name))) {
  const file = (kind) => readFile(join(folder, `samples/${name}.${kind}`)).then((bytes) => new Uint8Array(bytes));
  const [bundle, artifact, root] = await Promise.all([file("sigstore.json"), file("artifact"), file("root.json")]);
  const question = { ...certificate(identity, issuer), trust: "file" };
  way(name, "verified", { bundle, question, artifact, root });
  way(`${name}, another file`, "rejected", { bundle, question, artifact: altered, root });
}
await writeFile(to, [...ran].sort().join("\n"));
console.log(`${[...ran].filter((name) => !name.includes("_")).length} functions run on the ways to a verdict`);
