// Loads the checking program. The page compiled it and sends it, with its second part where that is at hand, or later.

import init, * as glue from "./touchstone-page.js";

// A trap stops the program, which then cannot say so itself.
const crashed = (error) => {
  console.error(error);
  postMessage(["crashed"]);
};
addEventListener("error", (event) => crashed(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => crashed(event.reason));

// The second part of the program (second.js), which the page sends once it has it.
let joined;
const later = ({ data }) => {
  if (data?.[1] instanceof WebAssembly.Module) joined ??= Promise.resolve(glue.join?.(data[1]));
};

// What is asked before the program listens is kept, and told to it as soon as it does.
const early = [];
const start = async ({ data }) => {
  const [program, second] = data;
  if (!(program instanceof WebAssembly.Module)) {
    // For boot.js: what is sent arrives.
    if (data === "there?") postMessage("here");
    else early.push(data);
    return;
  }
  globalThis.touchstoneSecond = second;
  await init({ module_or_path: program });
  removeEventListener("message", start);
  addEventListener("message", later);
  for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
};
addEventListener("message", start);

// Work that needs the second part waits for it; what needs it all the same and does not wait fetches it on the spot.
globalThis.touchstone = {
  // Which signatures are right, by the browser's own arithmetic (crates/report/src/ahead.rs). What it cannot do it finds wrong.
  signatures: (asked) =>
    Promise.all(
      asked.map(async ([namedCurve, hash, key, signature, message]) => {
        try {
          const imported = await crypto.subtle.importKey("spki", key, { name: "ECDSA", namedCurve }, false, ["verify"]);
          return await crypto.subtle.verify({ name: "ECDSA", hash }, imported, signature, message);
        } catch {
          return false;
        }
      }),
    ),
  second: () => {
    const load = async () => glue.join?.(await WebAssembly.compile(await (await fetch("./touchstone-page_second.wasm")).arrayBuffer()));
    joined ??= load().catch(() => (joined = undefined));
    return joined;
  },
};
