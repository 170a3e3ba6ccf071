// The one script of the one-file editions: started by the page, and once more, as a Blob, by its worker. The document
// holds the module; nothing here asks the network for anything, and the document's policy allows nothing to.
// `cargo xtask dist` bundles it with boot.js and the module's glue, and fills in MODULE_SHA256, CATALOGUES (the SHA-256 of
// each catalogue of another language, lang.js, by its name) and, for report.js, STYLE_SHA256 and VERSION.

const ownText = () => document.currentScript.textContent;

// What the document holds as base64 of gzip. What is not what this script was bundled with is not used.
const unpack = async (held, name) => {
  try {
    const packed = new Blob([Uint8Array.from(atob(held), (character) => character.charCodeAt(0))]);
    return await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  } catch {
    // A browser says of it what it says of a fetch that failed.
    throw new Error(`${name} in this file is damaged: it cannot be unpacked`);
  }
};
const unpacked = async (held, expected, name) => {
  const bytes = await unpack(held, name);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== expected) throw new Error(`${name} in this file has the SHA-256 ${hex}, not ${expected}`);
  return bytes;
};

const module = async (held) => WebAssembly.compile(await unpacked(held, MODULE_SHA256, "the module"));

const catalogue = async (name) => {
  if (!Object.hasOwn(CATALOGUES, name)) throw new Error(`${name} is not in this file`);
  return unpacked(document.getElementById(`touchstone-${name}`).textContent, CATALOGUES[name], name);
};

// The files of the examples.
import condaBundle from "./conda-attestation.sigstore.json";
import conda from "./signed-package-2.1.0-hb0f4dca_0.conda";
import npmBundle from "./sigstore-2.0.0.tgz.sigstore.json";

const files = {
  "conda-attestation.sigstore.json": condaBundle,
  "signed-package-2.1.0-hb0f4dca_0.conda": conda,
  "sigstore-2.0.0.tgz.sigstore.json": npmBundle,
};

if (typeof document === "undefined") {
  // With what web/worker.js does behind it (xtask/src/page.rs).
  import("./touchstone-page.js");
} else {
  // Kept, because the application takes the place of everything in the body.
  const script = new Blob([ownText()], { type: "text/javascript" });
  const held = document.getElementById("touchstone-module");
  const program = module(held.textContent);
  // Whoever asks for it says why it failed, and may ask only after it did, which a browser would log as heard by nobody.
  program.catch(() => {});
  globalThis.touchstoneParts = {
    program,
    worker: () => new Worker(URL.createObjectURL(script)),
    glue: () => import("./touchstone-page.js"),
    kit: async () => [script, new Blob([held.textContent]), MODULE_SHA256],
    file: async (name) => files[name] ?? catalogue(name),
  };
  // A report checks itself once all of its page is read: what stands behind this script counts too.
  if (document.getElementById("touchstone-evidence")) addEventListener("DOMContentLoaded", () => import("./report.js"));
  else import("./boot.js");
}
