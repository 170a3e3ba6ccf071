// Reading a stream of bytes.

import { CheckError } from "./errors.js";

// The next piece that `reader` has, a copy: what another holds must not be taken from it. `undefined` at the end.
export async function nextPiece(reader) {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      if (!(value instanceof Uint8Array)) throw new TypeError("a piece of the stream is no Uint8Array");
      if (value.length > 0) return value.slice();
    }
  } catch (error) {
    throw new CheckError("artifact", error.message);
  }
}

// What a stream begins with: its pieces up to more than `limit` bytes, and its reader, or `undefined` where it ended before.
export async function beginning(stream, limit, { signal, onRead }) {
  const reader = stream.getReader();
  const giveUp = () => reader.cancel().catch(() => {});
  signal?.addEventListener("abort", giveUp);
  const pieces = [];
  let size = 0;
  try {
    while (size <= limit) {
      const piece = await nextPiece(reader);
      signal?.throwIfAborted();
      if (!piece) return { pieces };
      pieces.push(piece);
      size += piece.length;
      onRead(size);
    }
    return { pieces, reader };
  } catch (error) {
    giveUp();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}
