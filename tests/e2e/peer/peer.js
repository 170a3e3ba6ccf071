// The peer: npm's @freedomofpress/sigstore-browser, with the trusted root given, so that it asks nobody.
import { SigstoreVerifier } from "@freedomofpress/sigstore-browser";

export async function verifier(root) {
  const made = new SigstoreVerifier();
  await made.loadSigstoreRoot(root);
  return made;
}

// The smallest page that gives a verdict with it: three files fetched from the page's own server, one word written.
export async function minimal(question) {
  const [root, bundle, artifact] = await Promise.all([
    fetch("trusted_root.json").then((answer) => answer.json()),
    fetch("bundle.json").then((answer) => answer.json()),
    fetch("artifact").then((answer) => answer.arrayBuffer()),
  ]);
  const held = await (await verifier(root)).verifyArtifact(question.identity, question.issuer, bundle, new Uint8Array(artifact));
  document.querySelector("h1").textContent = held ? "Verified" : "Rejected";
}
