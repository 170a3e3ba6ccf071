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
  const tasks = ours.map(({ dur, tdur }) => ({ wall: dur / 1000, own: (tdur ?? dur) / 1000 })).sort((a, b) => b.own - a.own);
  return { long, tasks };
}

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
