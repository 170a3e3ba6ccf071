// The engine in a worker.

import { startEngine } from "./engine.js";

const receive = startEngine((message) => postMessage(message));
addEventListener("message", ({ data }) => receive(data));
// Nothing thrown here is an answer.
const crashed = (error) => postMessage({ crashed: String(error?.message ?? error) });
addEventListener("error", (event) => crashed(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => crashed(event.reason));
postMessage({ here: true });
