// `node widget-first.mjs FOLDER RAN`: goes the ways to a verdict with the widget's module, which notes in FOLDER which functions and
// which points in them run (xtask/bindgen, `mark`), and writes the numbers of those that ran into RAN, one a line. The module needs no browser.
import { X509Certificate, createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { right } from "../../crates/widget/js/signatures.js";
import { artifact, bundle, identity, issuer, sha256 as hex } from "./lib/examples.mjs";

const [folder, to] = process.argv.slice(2);
const { makeProgram } = await import(pathToFileURL(join(folder, "program.js")).href);
const module = await WebAssembly.compile(await readFile(join(folder, "touchstone-verify.wasm")));
const samples = JSON.parse(await readFile(join(folder, "samples/samples.json"), "utf8"));

const ran = new Set();
const note = (wasm) => {
  for (const [name, global] of Object.entries(wasm)) {
    if (/^ran\d+(_\d+)?$/.test(name) && global.value === 1) ran.add(name.slice(3));
  }
};

const nothing = new Uint8Array();
const exact = (text) => ({ match: "exact", text });
const certificate = (name, from) => ({ signer: { kind: "certificate", identity: exact(name), issuer: exact(from) }, expect: {} });

// What was asked before the program came is answered before it makes itself ready; else it is ready when it is asked.
function start(isReady = true) {
  const program = makeProgram(module);
  if (isReady && !program.read_root()) throw new Error("there is no root");
  return program;
}

// Asks a program, and expects the outcome, where one is given; without a program, a program of its own, as a widget's first question does.
async function way(name, outcome, { bundle, question, artifact = nothing, how = "bytes", stated = null, root }, program) {
  const { Reader, Asked, wasm } = program ?? start();
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
  const put = () => new Asked(JSON.stringify(request), bundle, how === "bytes" ? artifact : nothing, root ?? nothing);
  // As in engine.js.
  const ask = async () => {
    const asked = put();
    const known = await right(JSON.parse(asked.questions()), asked.bytes());
    // Some tools sign a digest that their key has not by itself; that too is for the whole program. The last two are known to be wrong.
    return known.slice(0, -2).includes(0) ? undefined : asked.answer(known);
  };
  const first = await ask();
  if (first === undefined && program) return;
  // What was loaded for one question is there for the next.
  if ((await ask()) !== first) throw new Error(`${name}: another answer to the same question`);
  // One that is given back, and one that the garbage collector finds.
  put().free();
  wasm.__wbg_asked_free(put().__destroy_into_raw(), 1);
  const reply = JSON.parse(first);
  if (outcome && reply.report?.verdict.outcome !== outcome) throw new Error(`${name}: ${JSON.stringify(reply.refused ?? reply.report.verdict)}`);
  if (!program) note(wasm);
}

// Files of many sizes, in pieces of many sizes: what is read of a stream cannot be read again.
function reads(stated) {
  const { Reader, wasm } = start();
  const bytes = new Uint8Array(5_000_000);
  for (const piece of [1, 3, 63, 64, 65, 127, 128, 129, 1000, 65_536, 1_000_000, bytes.length]) {
    for (const size of [0, 1, 55, 56, 63, 64, 111, 112, 119, 120, 127, 128, 129, 1000, 70_000, bytes.length]) {
      if (size / piece > 3000) continue;
      const reader = new Reader(bundle, stated);
      for (let at = 0; at < size; at += piece) reader.push(bytes.subarray(at, Math.min(at + piece, size)));
      reader.finish();
    }
  }
  // One that is given back, and one that the garbage collector finds.
  new Reader(bundle, stated).free();
  wasm.__wbg_reader_free(new Reader(bundle, stated).__destroy_into_raw(), 1);
  note(wasm);
}

const parsed = (bundle) => JSON.parse(Buffer.from(bundle));
const signsFile = (bundle) => parsed(bundle).messageSignature !== undefined;
const curve = (bundle) => {
  const { certificate, x509CertificateChain } = parsed(bundle).verificationMaterial;
  const { rawBytes } = certificate ?? x509CertificateChain.certificates[0];
  return new X509Certificate(Buffer.from(rawBytes, "base64")).publicKey.asymmetricKeyDetails.namedCurve;
};

const altered = Uint8Array.from(artifact, (byte, at) => (at === 800 ? byte ^ 1 : byte));
const named = certificate(identity, issuer);
const of = (expect) => ({ ...named, expect });
const sha256 = `sha256:${hex}`;

for (const stated of ["", sha256, `sha512:${"0".repeat(128)}`]) reads(stated);
for (const [outcome, file] of [["verified", artifact], ["rejected", altered]]) {
  const early = start(false);
  await way("a file, asked early", outcome, { bundle, question: named, artifact: file }, early);
  if (!early.read_root()) throw new Error("there is no root");
  note(early.wasm);
}
await way("a file", "verified", { bundle, question: named, artifact });
await way("a file of a named source", "verified", { bundle, question: of({ sourceUri: "github.com/prefix-dev/sigstore-example" }), artifact });
await way("a file of a named branch", "verified", { bundle, question: of({ sourceBranch: "main" }), artifact });
await way("a file as a stream", "verified", { bundle, question: named, artifact, how: "stream" });
await way("a file whose digest the page names", "verified", { bundle, question: named, artifact, stated: sha256 });
await way("a digest", "verified", { bundle, question: named, how: "stated", stated: sha256 });
await way("another digest", "rejected", { bundle, question: named, how: "stated", stated: sha256.replace("5430", "5431") });
await way("another file", "rejected", { bundle, question: named, artifact: altered });
await way("no signer", "incomplete", { bundle, question: { signer: { kind: "unnamed" }, expect: {} }, artifact });
await way("no file", "incomplete", { bundle, question: named, how: "none" });
// One program for all, as several widgets on a page have it.
const shared = start();
for (const { name, identity, issuer } of samples) {
  const file = (kind) => readFile(join(folder, `samples/${name}.${kind}`)).then((bytes) => new Uint8Array(bytes));
  const [bundle, artifact, root] = await Promise.all([file("sigstore.json"), file("artifact"), file("root.json")]);
  const question = { ...certificate(identity, issuer), trust: "file" };
  // The core asks about a file's signature by its digest, which is no question for Web Cryptography. On P-384, with which few sign a file,
  // it takes the whole program.
  if (signsFile(bundle) && curve(bundle) === "secp384r1") continue;
  for (const how of ["bytes", "stream"]) await way(name, "verified", { bundle, question, artifact, root, how }, shared);
  const stated = `sha256:${createHash("sha256").update(artifact).digest("hex")}`;
  if (/-0$/.test(name)) await way(`${name}, another file`, "rejected", { bundle, question, artifact: altered, root }, shared);
  // Of one whose signature is over another kind of digest this proves nothing.
  await way(name, undefined, { bundle, question, root, how: "stated", stated }, shared);
}
note(shared.wasm);
await writeFile(to, [...ran].sort().join("\n"));
console.log(`${[...ran].filter((name) => !name.includes("_")).length} functions run on the ways to a verdict`);
