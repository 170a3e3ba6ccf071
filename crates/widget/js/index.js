// The package's one module. Importing it defines the element and leaves nothing else behind.
/* global VERSION */

import { TouchstoneVerify } from "./element.js";

export { CheckError } from "./errors.js";
export { verify } from "./verify.js";
export { TouchstoneVerify };
export const version = VERSION;

const NAME = "touchstone-verify";

// Where it could not run it is not defined: what stands between its tags then stays what is seen. Two copies of the module on one
// page are no error: the first one defines it. A server that draws pages imports it too, and has no document.
const runs = globalThis.document && globalThis.WebAssembly && "adoptedStyleSheets" in Document.prototype && CSS.supports("color", "light-dark(red, red)");
if (runs && !customElements.get(NAME)) customElements.define(NAME, TouchstoneVerify);
