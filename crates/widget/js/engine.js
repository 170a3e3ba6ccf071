// The work: reading a file, asking the core. The same code runs in the worker and, where a browser or a policy allows none, on the
// page's thread; it takes one slice at a time and lets others in between.
//
// The program comes as two modules. The first has what most questions need, and a trap in the place of everything else; the second
// is the whole of it. What stops the first is asked of the second, and what stops that is a failure. For the first the browser's own
// arithmetic looks at the signatures (crates/report/src/ahead.rs): what it does not find right, the second looks at.
//
// Messages to it: { begin: part } says that a module is on its way; { part, module } brings one; { id, ...job } asks, with the artifact
// as a blob, or in pieces, to which { id, piece } and { id, end } add where it streams; { id, cancel } drops a job.
// Messages from it: { need: part }; { id, read } says how many bytes were read, or 0 while they are waited for; { id, more } asks for the next piece;
// { id, reply } or { id, stopped, part } ends a job.

import { makeProgram } from "./program.js";
import { right } from "./signatures.js";
import { slices } from "./slices.js";

// Up to this size an artifact is handed to the core whole, as the page does: it then serves schemes that sign the bytes too.
export const SMALL_BYTES = 4 * 1024 * 1024;
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
  // Whether the whole program was ever needed: from then on every instance is one.
  let withWhole = false;
  let unsound;

  const need = async (number) => {
    const part = parts[number];
    if (!part.asked) post({ need: number });
    part.asked = true;
    return part.comes;
  };

  const make = (module, whole) => {
    const made = makeProgram(module);
    made.whole = whole;
    // After what is asked already. What it finds out about this program, every answer says.
    setTimeout(() => {
      if (made !== program) return;
      try {
        if (whole) made.make_ready();
        else made.read_root();
      } catch (error) {
        made.broken = true;
        program = undefined;
        // The whole program may go on where the first module stopped; where that one does too, nothing does.
        if (whole) unsound = error;
        withWhole = true;
      }
    });
    return made;
  };

  const ready = async (whole) => {
    if (unsound) throw unsound;
    whole ||= withWhole;
    const module = await need(whole ? 2 : 1);
    if (program && (program.whole || !whole)) return program;
    program = undefined;
    program = make(module, whole);
    withWhole = whole;
    return program;
  };

  // Whether the whole program may go on where this one stopped.
  const lacks = (used, error) => !used?.whole && error instanceof WebAssembly.RuntimeError;

  // Runs `work` with the program; with the whole of it where the first module stops. An instance in which anything was thrown is not
  // used again.
  const run = async (whole, work) => {
    for (;;) {
      let used;
      try {
        used = await ready(whole);
        return await work(used);
      } catch (error) {
        if (used) used.broken = true;
        if (used === program) program = undefined;
        if (error === BROKEN) continue;
        if (whole || !lacks(used, error)) throw error;
        whole = true;
      }
    }
  };

  // The first piece is told at once: the next may be long in coming.
  const telling = (job) => {
    let told = -Infinity;
    return (size) => {
      if (performance.now() - told < PROGRESS_MILLIS) return;
      told = performance.now();
      post({ id: job.id, read: size });
    };
  };

  const newReader = (program, job) => new program.Reader(job.bundle, job.artifact.file.stated ?? "");

  // All of a job's artifact: its bytes, where they are few, or its size and digests.
  const found = (reader, kept, size) => {
    const read = JSON.parse(reader.finish());
    return size <= SMALL_BYTES ? { bytes: joined(kept, size) } : { read };
  };

  // Pieces that can be had anew, with another instance: `again()` has them from the start.
  const readAgain = (job, again, few) =>
    run(job.whole, async (program) => {
      const reader = newReader(program, job);
      const kept = [];
      let size = 0;
      for await (const piece of again()) {
        if (job.cancelled) return undefined;
        if (program.broken) throw BROKEN;
        reader.push(piece);
        size += piece.length;
        if (few) kept.push(piece);
        job.tell(size);
      }
      if (job.cancelled) return undefined;
      if (program.broken) throw BROKEN;
      return found(reader, kept, size);
    });

  // A stream is gone once it was read. Its first pieces, which came with the job, show whether the first module reads such a file to
  // its end; then it has an instance of its own, which no other job breaks.
  const readStream = async (job) => {
    const start = async (whole) => {
      const module = await need(whole ? 2 : 1);
      if (job.cancelled) return undefined;
      try {
        const own = make(module, whole);
        const started = () => {
          const reader = newReader(own, job);
          for (const piece of job.pieces) reader.push(piece);
          return reader;
        };
        started().finish();
        return started();
      } catch (error) {
        if (!lacks({ whole }, error)) throw error;
        return start(true);
      }
    };
    const reader = await start(job.whole || withWhole);
    if (!reader) return undefined;
    let size = job.pieces.reduce((sum, piece) => sum + piece.length, 0);
    job.pieces = undefined;
    for (;;) {
      job.tell(size);
      const next = new Promise((resolve) => (job.take = resolve));
      post({ id: job.id, more: true });
      const piece = await next;
      if (job.cancelled) return undefined;
      if (!piece) return found(reader, [], size);
      reader.push(piece);
      size += piece.length;
    }
  };

  const read = (job) => {
    const alive = () => post({ id: job.id, read: 0 });
    if (job.blob) return readAgain(job, () => slices(job.blob, alive), job.blob.size <= SMALL_BYTES);
    return job.streams ? readStream(job) : readAgain(job, () => job.pieces, true);
  };

  // One answer after the other: else the first would wait for what the others ask.
  let last = Promise.resolve();
  const inTurn = (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };

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
    return run(whole, (program) =>
      inTurn(async () => {
        if (job.cancelled) return undefined;
        if (program.broken) throw BROKEN;
        try {
          const asked = new program.Asked(request, job.bundle, bytes, job.trustedRoot ?? new Uint8Array());
          const known = program.whole ? new Uint8Array() : await right(JSON.parse(asked.questions()), asked.bytes());
          if (program.broken) throw BROKEN;
          return asked.answer(known);
        } catch (error) {
          // Before the next turn.
          program.broken = true;
          throw error;
        }
      }),
    );
  };

  const take = async (job) => {
    jobs.set(job.id, job);
    job.tell = telling(job);
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
      parts[message.begin].asked = true;
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

const joined = (pieces, size) => {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};
