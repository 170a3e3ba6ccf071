// Reading a stream of bytes.

import { CheckError } from "./errors.js";

// The next piece that `reader` has, a copy: what another holds must not be taken from it. `undefined` at the end.
export async function nextPiece(reader) {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      if (!(value instanceof Uint8Array)) throw new TypeError("a piece of the stream is no Uint8Array");
      // Not `slice`, which a subclass may have made a view.
      if (value.length > 0) return new Uint8Array(value);
    }
  } catch (error) {
    throw new CheckError("artifact", String(error?.message ?? error));
  }
}

const readerOf = (stream) => {
  try {
    return stream.getReader();
  } catch (error) {
    throw new CheckError("artifact", error.message);
  }
};

// What a stream begins with: its pieces up to more than `limit` bytes, and its reader, or none where it ended before. Nobody reads on
// once `signal` says so.
export async function beginning(stream, limit, signal, onRead) {
  const reader = readerOf(stream);
  const giveUp = () => reader.cancel().catch(() => {});
  signal.addEventListener("abort", giveUp);
  const pieces = [];
  let size = 0;
  try {
    while (size <= limit) {
      signal.throwIfAborted();
      const piece = await nextPiece(reader);
      signal.throwIfAborted();
      if (!piece) return { pieces };
      pieces.push(piece);
      size += piece.length;
      onRead(size);
    }
    return { pieces, reader };
  } catch (error) {
    giveUp();
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
