// The work: reading a file, asking the core. The same code runs in the worker and, where a browser or a policy allows none, on the
// page's thread; it takes one slice at a time and lets others in between.
//
// Messages to it: { begin } has the first module asked for; { part, module } brings a module; { id, ...job } asks; { id, piece } and
// { id, end } feed a job whose artifact is a stream; { id, cancel } drops a job.
// Messages from it: { need: part }; { id, read } says how many bytes were read; { id, more } asks for the next piece;
// { id, reply } or { id, stopped, part } ends a job.

import { makeProgram, MISSING } from "./program.js";

// Up to this size an artifact is handed to the core whole, as the page does: it then serves schemes that sign the bytes too.
const SMALL_BYTES = 4 * 1024 * 1024;
const SLICE_BYTES = 1024 * 1024;
const PROGRESS_MILLIS = 100;

// Thrown where an instance must not go on because another job broke it.
const BROKEN = new Error("the program stopped");

export const startEngine = (post) => {
  // Each part of the program: a promise of its module. One that never comes ends this engine (checker.js).
  const parts = [0, 1, 2].map(() => {
    const part = {};
    part.comes = new Promise((resolve) => (part.resolve = resolve));
    return part;
  });
  const jobs = new Map();
  let program;
  // Whether the second module was ever needed: from then on every instance has both.
  let withSecond = false;

  const need = async (number) => {
    const part = parts[number];
    if (!part.asked) post({ need: number });
    part.asked = true;
    return part.comes;
  };

  const ready = async (second) => {
    const modules = [await need(1), second || withSecond ? await need(2) : undefined];
    if (program && (withSecond || !second)) return program;
    program = undefined;
    const made = makeProgram(...modules);
    if (!made.make_ready()) throw new Error("the program's arithmetic does not hold: its self-test failed");
    withSecond = made.whole = modules[1] !== undefined;
    return (program = made);
  };

  // Runs `work` with the program; with both its modules where the first alone does not reach. An instance in which anything was
  // thrown is not used again.
  const run = async (second, work) => {
    for (;;) {
      let used;
      try {
        used = await ready(second);
        return await work(used);
      } catch (error) {
        if (used) used.broken = true;
        if (used === program) program = undefined;
        if (error === BROKEN) continue;
        if (error !== MISSING || used?.whole) throw error;
        second = true;
      }
    }
  };

  // Reads all of a job's artifact: its bytes, where they are few, or its size and digests.
  const read = (job) =>
    run(job.whole, async (program) => {
      if (job.begun) throw new Error("the file cannot be read a second time");
      const reader = new program.Reader(job.bundle, job.artifact.file.stated ?? "");
      const kept = [];
      let size = 0;
      // The first piece is told at once: the next may be long in coming.
      let told = -Infinity;
      for await (const piece of job.blob ? slices(job.blob) : pieces(job)) {
        if (job.cancelled) return;
        if (program.broken) throw BROKEN;
        reader.push(piece);
        size += piece.length;
        if (size <= SMALL_BYTES) kept.push(piece);
        else kept.length = 0;
        if (performance.now() - told >= PROGRESS_MILLIS) {
          told = performance.now();
          post({ id: job.id, read: size });
        }
      }
      if (job.cancelled) return;
      if (program.broken) throw BROKEN;
      const read = JSON.parse(reader.finish());
      return size <= SMALL_BYTES ? { bytes: joined(kept, size) } : { read };
    });

  async function* pieces(job) {
    // A stream is gone once it was read.
    job.begun = true;
    for (;;) {
      post({ id: job.id, more: true });
      const piece = await new Promise((resolve) => (job.take = resolve));
      if (!piece) return;
      yield piece;
    }
  }

  const answer = async (job) => {
    let bytes = new Uint8Array();
    if (job.artifact.file) {
      const known = await read(job);
      if (job.cancelled) return;
      job.artifact.file.read = known.read ?? null;
      bytes = known.bytes ?? bytes;
    }
    const { question, bundleName, artifact, trustedRootName, whole } = job;
    const request = JSON.stringify({ question, bundleName, artifact, trustedRootName, whole });
    return run(whole, (program) => program.answer(request, job.bundle, bytes, job.trustedRoot ?? new Uint8Array()));
  };

  const take = async (job) => {
    jobs.set(job.id, job);
    try {
      const reply = await answer(job);
      if (!job.cancelled) post({ id: job.id, reply });
    } catch (error) {
      if (!job.cancelled) post({ id: job.id, stopped: String(error?.message ?? error), part: error?.part ?? "crash" });
    } finally {
      jobs.delete(job.id);
    }
  };

  return (message) => {
    if (message.begin) {
      need(1);
    } else if (message.module) {
      parts[message.part].resolve(message.module);
      // The self-test and the root take their time before the first question, not from it.
      if (message.part === 1) ready(false).catch(() => {});
    } else if (message.cancel) {
      const job = jobs.get(message.id);
      if (job) job.cancelled = true;
      job?.take?.();
    } else if (message.piece || message.end) {
      jobs.get(message.id)?.take?.(message.piece);
    } else {
      take(message);
    }
  };
};

async function* slices(blob) {
  const slice = (at) => (at < blob.size ? blob.slice(at, at + SLICE_BYTES).arrayBuffer() : undefined);
  let next = slice(0);
  for (let at = 0; at < blob.size; at += SLICE_BYTES) {
    let bytes;
    try {
      bytes = await next;
    } catch (error) {
      throw Object.assign(new Error(error.message), { part: "artifact" });
    }
    // The browser reads the next slice while this one is hashed.
    next = slice(at + SLICE_BYTES);
    next?.catch(() => {});
    yield new Uint8Array(bytes);
  }
}

const joined = (pieces, size) => {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};
