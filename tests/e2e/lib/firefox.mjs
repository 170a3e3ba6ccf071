// A stock Firefox, driven by the protocol that it speaks itself (WebDriver BiDi over a WebSocket). Needs node's WebSocket,
// which version 20 keeps behind --experimental-websocket.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

// No network: everything, this machine's own addresses too, goes to a proxy that is not there. Nothing of its own either.
const PREFERENCES = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "network.proxy.allow_hijacking_localhost": true,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.server": "",
};
const PATIENCE_MILLIS = 60_000;

export async function launchFirefox(program) {
  const profile = await mkdtemp(join(tmpdir(), "touchstone-firefox-"));
  const preferences = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(join(profile, "user.js"), preferences.join("\n"));
  const started = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile, "about:blank"];
  const browser = spawn(program, started, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: profile } });
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  // One that does not come up must not stay behind.
  const giveUp = (error) => {
    browser.kill();
    throw error;
  };
  const address = await new Promise((resolve, reject) => {
    let said = "";
    browser.stderr.on("data", (text) => {
      said += text;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    ended.then(() => reject(new Error(`Firefox ended: ${said}`)));
    setTimeout(() => reject(new Error(`Firefox did not start: ${said}`)), PATIENCE_MILLIS).unref();
  }).catch(giveUp);
  const socket = globalThis.WebSocket ? new WebSocket(`${address}/session`) : giveUp(new Error("node has no WebSocket: start it with --experimental-websocket"));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`cannot reach Firefox at ${address}`));
  }).catch(giveUp);

  const seen = { requests: [], errors: [] };
  const waiting = new Map();
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "event") {
      if (message.method === "network.beforeRequestSent") seen.requests.push(message.params.request.url);
      if (message.method === "log.entryAdded" && message.params.level === "error") seen.errors.push(message.params.text);
      return;
    }
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.type === "error") reject?.(new Error(`${message.error}: ${message.message}`));
    else resolve?.(message.result);
  };
  let last = 0;
  const command = (method, params = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      setTimeout(() => reject(new Error(`${method} took too long`)), PATIENCE_MILLIS).unref();
      socket.send(JSON.stringify({ id: last, method, params }));
    });

  await command("session.new", { capabilities: {} });
  await command("session.subscribe", { events: ["network.beforeRequestSent", "log.entryAdded"] });
  const { contexts } = await command("browsingContext.getTree");
  const { context } = contexts[0];
  return {
    seen,
    goto: (url) => command("browsingContext.navigate", { context, url, wait: "complete" }),
    // Runs a function in the page with one argument; both ways as JSON.
    async evaluate(act, argument = null) {
      const { result, exceptionDetails } = await command("script.callFunction", {
        functionDeclaration: `async (given) => JSON.stringify((await (${act})(JSON.parse(given))) ?? null)`,
        arguments: [{ type: "string", value: JSON.stringify(argument) }],
        target: { context },
        awaitPromise: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return JSON.parse(result.value);
    },
    async close() {
      await command("browser.close").catch(() => browser.kill());
      socket.close();
      await ended;
      await rm(profile, { recursive: true, force: true });
    },
  };
}
