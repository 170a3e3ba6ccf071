// Keeps the page for visits without a network, one whole version at a time. The build fills in BUILD, a digest over the
// version's files, and FILES, each with its SHA-256. A version is kept only when every file is the one that belongs to it,
// and stays the one that is served until the person accepts another: files of two versions are never served together.

const BUILD = "";
const FILES = {};

const base = new URL("./", self.location);
// Other folders of this host may keep a page of their own.
const prefix = `touchstone ${base.pathname} `;
const state = `${prefix}state`;
const accepted = new URL("accepted-version", base).href;

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

const served = async () => {
  const kept = await (await caches.open(state)).match(accepted);
  const build = kept && (await kept.text());
  return build && (await caches.has(prefix + build)) ? build : undefined;
};

const accept = async (build) => {
  await (await caches.open(state)).put(accepted, new Response(build));
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== state && name !== prefix + build);
  await Promise.all(old.map((name) => caches.delete(name)));
};

const keep = async () => {
  const kept = await caches.open(prefix + BUILD);
  try {
    await Promise.all(Object.entries(FILES).map(async ([name, digest]) => {
      const url = new URL(name, base);
      const answer = await fetch(url, { cache: "no-cache", credentials: "same-origin" });
      const found = answer.ok && hex(await crypto.subtle.digest("SHA-256", await answer.clone().arrayBuffer()));
      if (found !== digest) throw new Error(`${name} is not that of this version`);
      // Under its own address and unpacked: an answer that was redirected is none that a page may be opened with.
      const headers = new Headers(answer.headers);
      for (const name of ["content-encoding", "content-length"]) headers.delete(name);
      await kept.put(url, new Response(await answer.blob(), { headers }));
    }));
  } catch (error) {
    if ((await served()) !== BUILD) await caches.delete(prefix + BUILD);
    throw error;
  }
  if ((await served()) === undefined) await accept(BUILD);
};

// This program waits until the pages of the one before are closed: that one serves whichever version was accepted, this one's
// too. Chromium, told not to wait (skipWaiting), can leave a page that is reloaded meanwhile without an answer for minutes.
addEventListener("install", (event) => event.waitUntil(keep()));

const answer = async (request, name) => {
  const build = await served();
  if (build === undefined) return fetch(request);
  const kept = await (await caches.open(prefix + build)).match(new URL(name, base));
  // What belongs to another version is not given out in its place.
  return kept ?? (Object.hasOwn(FILES, name) ? Response.error() : fetch(request));
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return;
  const name = url.pathname.slice(base.pathname.length) || "index.html";
  event.respondWith(answer(request, name));
});

// "version" is answered with [version of this program, unless it is no longer kept; version served]; "take over" with the
// number of other pages that are open: while there are any, nothing changes.
addEventListener("message", (event) => {
  const reply = (said) => event.ports[0].postMessage(said);
  const act = async () => {
    if (event.data === "version") return reply([(await caches.has(prefix + BUILD)) && BUILD, await served()]);
    if (event.data !== "take over") return undefined;
    const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
    // Beside it at the same origin may be pages that are not this one.
    const isThis = ({ url }) => [base.pathname, `${base.pathname}index.html`].includes(new URL(url).pathname);
    const others = pages.filter((page) => isThis(page) && page.id !== event.source?.id).length;
    if (others === 0) await accept(BUILD);
    return reply(others);
  };
  event.waitUntil(act());
});
