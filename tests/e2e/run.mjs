// Runs every file of `cases/` in a real Chromium against the page that $TOUCHSTONE_URL serves. `node run.mjs WORD` runs those whose
// name holds WORD.
import { runAll } from "./lib/run.mjs";

await runAll(new URL("cases/", import.meta.url), process.argv[2]);
