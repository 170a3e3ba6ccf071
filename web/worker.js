// Loads the checking program. The page compiled it and sends it as the first message.

import init from "./touchstone-page.js";

// A trap stops the program, which then cannot say so itself.
const crashed = (error) => {
  console.error(error);
  postMessage(["crashed"]);
};
addEventListener("error", (event) => crashed(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => crashed(event.reason));

addEventListener("message", (event) => init({ module_or_path: event.data }).catch(crashed), { once: true });
