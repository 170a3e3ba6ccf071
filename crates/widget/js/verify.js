// `verify(input, policy, options) → report`: everything that the element does, without the element.

import { ask, begin } from "./checker.js";
import { SMALL_BYTES } from "./engine.js";
import { CheckError } from "./errors.js";
import { own, question } from "./question.js";
import { inTime, timed } from "./patience.js";
import { beginning } from "./stream.js";

// What is refused for another reason than the question.
const TOLD_APART = new Set(["another-file", "program"]);

// Largest bundle and largest trusted root that are read; the core's own limits are below it.
const EVIDENCE_BYTES = 32 * 1024 * 1024;

const decoded = (name) => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

// Asks `address` for `what`; every request that is made is told to `onRequest`.
async function get(what, address, { signal, onRequest }) {
  let url;
  try {
    url = new URL(address, document.baseURI);
  } catch {
    throw new CheckError(what, `${address} is no address`);
  }
  if (!/^(https?|blob|data):$/.test(url.protocol)) throw new CheckError(what, `${url.protocol} is not fetched`);
  onRequest?.({ what, address: url.href });
  // Nobody waits for an answer that comes too late.
  const late = new AbortController();
  try {
    const ended = AbortSignal.any([late.signal, ...(signal ? [signal] : [])]);
    // What is kept from an earlier visit may be of an earlier release. Of a file it may be the very copy that was downloaded before.
    const cache = what === "artifact" ? "no-store" : "no-cache";
    const answer = await inTime(fetch(url, { cache, signal: ended, credentials: "same-origin", referrerPolicy: "no-referrer" }));
    // Who was asked in the end: somebody else, after a redirect.
    if (answer.redirected) onRequest?.({ what, address: answer.url });
    if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
    return { answer, name: decoded(url.pathname.split("/").pop() ?? "") };
  } catch (error) {
    late.abort();
    if (signal?.aborted) throw signal.reason;
    throw new CheckError(what, `${url.href}: ${error.message}`);
  }
}

async function bytesOf(what, stream, signal) {
  const pieces = [];
  let size = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read());
      if (done) break;
      size += value.length;
      if (size > EVIDENCE_BYTES) throw new Error(`more than ${EVIDENCE_BYTES} bytes`);
      pieces.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    if (signal?.aborted) throw signal.reason;
    throw new CheckError(what, error.message);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

const isJson = (text) => /^\s*[{[]/.test(text);

// A page to sign in at, or of a network that wants a word first, comes in place of many an answer. It is no signature that is wrong.
const asJson = (what, address, bytes) => {
  if (isJson(new TextDecoder().decode(bytes.subarray(0, 1000)))) return bytes;
  throw new CheckError(what, `${address}: what came is no JSON`);
};

// What is made of a thing that was given. It may be of shared memory, or gone, or no JSON.
const made = (what, make) => {
  try {
    return make();
  } catch (error) {
    throw new CheckError(what, String(error?.message ?? error));
  }
};

// The bytes of a buffer or of a view on one, not copied. One that was given away is no empty file: it throws.
const view = (given) => {
  if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  return given instanceof ArrayBuffer ? new Uint8Array(given) : undefined;
};

// An object as JSON. What names a kind of its own (a stream, a Blob of another window) is none, though JSON has a text for it.
const jsonOf = (given) => {
  const text = /^.object (Object|Array)]$/.test(Object.prototype.toString.call(given)) && JSON.stringify(given);
  return isJson(text) ? new TextEncoder().encode(text) : undefined;
};

// A bundle or a trusted root: its bytes, and the name that the report calls it by.
async function evidence(what, given, name, options) {
  if (given instanceof URL || (typeof given === "string" && !isJson(given))) {
    const { answer, name: own } = await get(what, given, options);
    const bytes = await bytesOf(what, answer.body ?? new Blob().stream(), options.signal);
    return { bytes: asJson(what, answer.url, bytes), name: name ?? own };
  }
  const named = { name: name ?? (given instanceof Blob ? given.name : undefined) ?? "" };
  if (typeof given === "string") return { ...named, bytes: new TextEncoder().encode(given) };
  if (given instanceof Blob) return { ...named, bytes: await bytesOf(what, given.stream(), options.signal) };
  const bytes = made(what, () => view(given)?.slice() ?? jsonOf(given));
  if (bytes) return { ...named, bytes };
  throw new CheckError(what, "expected an address, JSON, bytes or a Blob");
}

// What the core is told of the artifact, and where its bytes come from.
async function artifact({ artifact: given, name, digest }, options) {
  const stated = digest ?? null;
  if (given === undefined || given === null) {
    return stated === null ? { artifact: "none" } : { artifact: { stated: { digest: stated } } };
  }
  const file = (fallback) => ({ artifact: { file: { name: name ?? fallback ?? "", read: null, stated } } });
  if (given instanceof URL) {
    const { answer, name: own } = await get("artifact", given, options);
    // The length is that of what was sent, which a browser unpacks.
    const packed = answer.headers.get("content-encoding") ?? undefined;
    const total = packed ? 0 : Number(answer.headers.get("content-length"));
    const stream = timed(answer.body ?? new Blob().stream());
    return { ...file(own), stream, total: total > 0 ? total : undefined, packed, fetchedName: own };
  }
  if (typeof given === "string") {
    if (digest !== undefined) throw new CheckError("question", "digest: two digests are given; give one of both");
    return { artifact: { stated: { digest: given } } };
  }
  if (given instanceof Blob) return { ...file(given.name), blob: given, total: given.size };
  if (given instanceof ReadableStream) return { ...file(), stream: given };
  const blob = made("artifact", () => {
    const bytes = view(given);
    return bytes && new Blob([bytes]);
  });
  if (blob) return { ...file(), blob, total: blob.size };
  throw new CheckError("artifact", "expected a Blob, bytes, a ReadableStream, a URL, or a digest such as sha256:…");
}

const TEXTS = ["bundleName", "name", "digest"];
const INPUT = ["bundle", "bundleName", "artifact", "name", "digest"];
const OPTIONS = ["signal", "onProgress", "onRequest", "custody"];

const onlyKnown = (kind, given, known) => {
  const stray = Object.keys(given).find((name) => !known.includes(name));
  if (stray) throw new CheckError("question", `${stray}: this is no part of the ${kind}; expected one of ${known.join(", ")}`);
};

export async function verify(givenInput, givenPolicy = {}, givenOptions = {}) {
  const [input, policy, options] = [givenInput, givenPolicy, givenOptions].map(own);
  const { signal, onProgress, custody = false } = options;
  onlyKnown("input", input, INPUT);
  onlyKnown("options", options, OPTIONS);
  for (const part of TEXTS) {
    if (!["string", "undefined"].includes(typeof (input[part] ?? undefined))) throw new CheckError("question", `${part}: expected a text`);
  }
  signal?.throwIfAborted();
  const asked = question(policy);
  if (input.bundle === undefined || input.bundle === null) throw new CheckError("question", "bundle: there is none");
  if (input.digest === "") throw new CheckError("question", "digest: this is empty; name one, or leave it out");
  begin(custody === true);
  const { trustedRoot } = policy;
  // Ends all that is on its way as soon as one part of it cannot be had.
  const stop = new AbortController();
  const linked = own({ ...options, signal: AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]) });
  const subjectBegins = async () => {
    const subject = await artifact(input, linked);
    let told = 0;
    const onRead = (read) => {
      if (read <= told || stop.signal.aborted) return;
      told = read;
      try {
        onProgress?.({ read, total: subject.total });
      } catch (error) {
        // A listener's fault is none of the file's, nor of the check.
        reportError(error);
      }
    };
    const begun = subject.stream && (await beginning(subject.stream, SMALL_BYTES, linked.signal, onRead));
    return { ...subject, ...begun, onRead };
  };
  const bundleComes = evidence("bundle", input.bundle, input.bundleName, linked);
  const rootComes = trustedRoot === undefined ? undefined : evidence("trusted-root", trustedRoot, undefined, linked);
  const subjectComes = subjectBegins();
  const [bundle, root, subject] = await Promise.all([bundleComes, rootComes, subjectComes]).catch((error) => {
    stop.abort();
    // Nobody reads on where it had begun already.
    subjectComes.then(({ reader }) => reader?.cancel()).catch(() => {});
    throw error;
  });
  const job = {
    question: asked,
    bundle: bundle.bytes,
    bundleName: bundle.name,
    artifact: subject.artifact,
    blob: subject.blob,
    pieces: subject.pieces,
    streams: subject.reader !== undefined,
    trustedRoot: root?.bytes,
    trustedRootName: root?.name ?? null,
    whole: custody === true,
  };
  const reply = JSON.parse(await ask(job, { signal, reader: subject.reader, onProgress: subject.onRead }));
  if (reply.refused) throw new CheckError(TOLD_APART.has(reply.refused.part) ? reply.refused.part : "question", reply.refused.message);
  if (reply.report?.schema !== "touchstone-report/1") throw new CheckError("crash", "the program gave no report");
  // A server that calls a packed file an encoding of another has the browser unpack it: those are not the bytes that a visitor saves.
  // Of a file that is packed by its name, and only where nothing but its bytes is wrong.
  const { failed, outcome } = reply.report.verdict;
  const isPacked = subject.packed && /\.(t?gz|zst|br|bz2|xz)$/i.test(subject.fetchedName);
  if (isPacked && outcome === "rejected" && failed.every((id) => ["artifact", "signature", "entry-binding"].includes(id))) {
    throw new CheckError("artifact", `the file was unpacked on its way (Content-Encoding: ${subject.packed}); choose the copy that you downloaded`);
  }
  return reply.report;
}
