// The program's two modules: fetched when they are needed, once a page, and compiled once. This script names both by their
// SHA-256, so whoever holds this script to a digest holds them too.
/* global FIRST_SHA256, WHOLE_SHA256 */

import { CheckError } from "./errors.js";
import { inTime } from "./patience.js";

// How long all of a module is waited for: on a slow network half a million bytes take a while.
const PROGRAM_MILLIS = 180_000;

const MODULES = {
  1: { address: new URL("./touchstone-verify.wasm", import.meta.url), integrity: `sha256-${FIRST_SHA256}` },
  2: { address: new URL("./touchstone-verify-whole.wasm", import.meta.url), integrity: `sha256-${WHOLE_SHA256}` },
};

const compiled = new Map();

// The requests that were made for the program, as the widget lists them.
export const requests = [];

export const module = (part) => {
  if (!compiled.has(part)) {
    const comes = load(MODULES[part]);
    compiled.set(part, comes);
    // Another try fetches again.
    comes.catch(() => compiled.delete(part));
  }
  return compiled.get(part);
};

async function load({ address, integrity }) {
  requests.push({ what: "program", address: address.href });
  const late = new AbortController();
  try {
    // It is here only when all of it is: its digest is compared first. A browser may still have the one of an earlier version, whose
    // digest is another, so what is refused is asked for once more, past what it has.
    const asked = (cache) => fetch(address, { cache, integrity, credentials: "same-origin", signal: late.signal });
    const answer = await inTime(asked("default").catch(() => asked("reload")), PROGRAM_MILLIS);
    if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
    // Streaming needs the right media type; a plain host may not send it.
    const streams = /^application\/wasm\b/i.test(answer.headers.get("content-type") ?? "");
    return await (streams ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer()));
  } catch (error) {
    late.abort();
    // What a browser says of a refused digest or a blocked request is no more than this.
    throw new CheckError("program", `${address.href}: ${error.message}`);
  }
}
