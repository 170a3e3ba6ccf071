// Reading a file in slices.

const SLICE_BYTES = 1024 * 1024;
// A file that is not on this computer yet, or lies on a slow one, may be long in coming. Whoever waits is told so often that it does.
const ALIVE_MILLIS = 10_000;

export async function* slices(blob, alive, every = ALIVE_MILLIS) {
  const slice = (at) => (at < blob.size ? blob.slice(at, at + SLICE_BYTES).arrayBuffer() : undefined);
  let next = slice(0);
  for (let at = 0; at < blob.size; at += SLICE_BYTES) {
    let bytes;
    const waits = setInterval(alive, every);
    try {
      bytes = await next;
    } catch (error) {
      throw Object.assign(new Error(error.message), { part: "artifact" });
    } finally {
      clearInterval(waits);
    }
    // The browser reads the next slice while this one is hashed.
    next = slice(at + SLICE_BYTES);
    next?.catch(() => {});
    yield new Uint8Array(bytes);
  }
}
