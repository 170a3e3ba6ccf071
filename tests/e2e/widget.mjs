// Runs every file of `widget/` in a real Chromium against the widget's package in $TOUCHSTONE_WIDGET, on pages of an origin of their
// own. `node widget.mjs WORD` runs those whose name holds WORD.
import { runAll } from "./lib/run.mjs";

await runAll(new URL("widget/", import.meta.url), process.argv[2]);
