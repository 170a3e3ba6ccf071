// What is asked of a host may never be answered, or not to its end.

// How long an answer, or the next piece of one, is waited for.
const STALLED_MILLIS = 30_000;

// What `comes` gives, or an error where nothing comes.
export const inTime = (comes, millis = STALLED_MILLIS) => {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${millis / 1000} seconds`)), millis);
  });
  return Promise.race([comes, late]).finally(() => clearTimeout(timer));
};

// The same stream, which fails where its next piece does not come.
export const timed = (stream) => {
  const reader = stream.getReader();
  const pull = async (controller) => {
    const { done, value } = await inTime(reader.read()).catch((error) => {
      // Nobody waits for the rest.
      reader.cancel(error).catch(() => {});
      throw error;
    });
    if (done) controller.close();
    else controller.enqueue(value);
  };
  return new ReadableStream({ pull, cancel: (why) => reader.cancel(why) }, { highWaterMark: 0 });
};
