
// The page's program comes in two modules (xtask/bindgen/src/split.rs): the first is what leads to a first verdict, the
// second all the rest. What follows is put behind the first one's glue, whose names it uses.

let second;

// Joins the second module, compiled already, to the first. One of another build is refused: it looks for a table by the name
// of its own build.
const join = (module) => {
  second ??= new WebAssembly.Instance(module, { ...__wbg_get_imports(), first: wasm });
};

// The program came to a place that is in the second module before that was there. It cannot wait, so the module is fetched
// on the spot. One that cannot be had ends the program as a trap does: nothing is shown that was not worked out.
const load = () => {
  const address = new URL("./touchstone-page_second.wasm", import.meta.url);
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  // On a page, bytes cannot be asked for in another way without waiting.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  let why;
  try {
    if (globalThis.touchstoneSecond) return join(globalThis.touchstoneSecond);
    request.send();
    if (request.status === 200) {
      const bytes = Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 0xff);
      return join(new WebAssembly.Module(bytes));
    }
    why = `status ${request.status}`;
  } catch (error) {
    why = String(error);
  }
  throw new WebAssembly.RuntimeError(`the second part of the program could not be had from ${address}: ${why}`);
};

export { join };
