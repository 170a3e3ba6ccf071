// What the page's main thread was busy with: the tasks that the browser itself calls long, and every task by its trace.
import { readFile } from "node:fs/promises";

// Runs `act` and returns what the page's main thread did meanwhile: `long`, the tasks that the browser reports as long (over 50 ms
// by the wall clock), and `tasks`, all of them by the trace as { wall, own } in milliseconds, the longest first. `own` is the
// processor's time: where the machine does other things as well, only that is the page's.
export async function observed(browser, page, act) {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "disabled-by-default-lighthouse", "blink.user_timing"] });
  await page.evaluate(() => {
    performance.mark("touchstone-here");
    globalThis.longTasks = [];
    const add = (entries) => globalThis.longTasks.push(...entries.map((entry) => Math.round(entry.duration)));
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: "longtask", buffered: false });
    globalThis.takeLongTasks = () => {
      add(observer.takeRecords());
      observer.disconnect();
      return globalThis.longTasks;
    };
  });
  await act();
  const long = await page.evaluate(() => globalThis.takeLongTasks());
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const here = traceEvents.find((event) => event.name === "touchstone-here");
  const ours = traceEvents.filter(
    ({ pid, tid, ph, name, ts }) => pid === here?.pid && tid === here.tid && ph === "X" && ts > here.ts && /RunTask$/.test(name),
  );
  const inside = traceEvents.filter(({ pid, tid, ph, name }) => pid === here?.pid && tid === here.tid && ph === "X" && PARTS.has(name));
  const parts = ({ ts, dur }) => {
    const sums = {};
    for (const event of inside) {
      if (event.ts >= ts && event.ts + event.dur <= ts + dur) sums[event.name] = (sums[event.name] ?? 0) + event.dur / 1000;
    }
    return Object.entries(sums).map(([name, sum]) => `${name} ${sum.toFixed(0)}`).join(", ");
  };
  const tasks = ours.map((event) => ({ wall: event.dur / 1000, own: (event.tdur ?? event.dur) / 1000, parts: () => parts(event) }));
  return { long, tasks: tasks.sort((a, b) => b.own - a.own) };
}

// What a task is made of, in the browser's names.
const PARTS = new Set(["EventDispatch", "FunctionCall", "RunMicrotasks", "ParseHTML", "UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit", "MajorGC", "MinorGC"]);

// Memory of the process that holds the page and its workers, in MB: now, and at its highest. Linux only.
export async function memory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const read = async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    const of = (name) => Math.round(Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))?.[1] ?? 0) / 1024);
    return { now: of("VmRSS"), highest: of("VmHWM") };
  };
  const all = await Promise.all(processInfo.filter(({ type }) => type === "renderer").map(read));
  return all.sort((a, b) => b.highest - a.highest)[0] ?? { now: 0, highest: 0 };
}
