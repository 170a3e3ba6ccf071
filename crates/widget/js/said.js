// What a report says of a verdict, as it is said here. A report speaks to whoever asks; here the page asked, so it is the page that
// expected something, and not the visitor. In another language too. `said.json` holds the sentences, longest first; what is left open
// in them (`{}`) is a name. Their German is the full page's (web/lang/de.json), filled in when the package is built.

import sentences from "./said.json";

const escaped = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");

let rules;
const read = () =>
  sentences.map(({ text, here, de }) => ({
    begins: new RegExp(`^${text.split("{}").map(escaped).join("(.+?)")}(?: |$)`, "s"),
    words: { en: here ?? text, de },
  }));

// `text` in the language `tag`; where any of it is not known, all of it as the report has it, which is English.
export const said = (text, tag) => {
  rules ??= read();
  const all = [];
  for (let rest = text; rest !== ""; ) {
    const rule = rules.find(({ begins }) => begins.test(rest));
    if (!rule) return { text, theirs: true };
    const [whole, ...names] = rule.begins.exec(rest);
    all.push(rule.words[tag].replace(/\{\}/g, () => names.shift()));
    rest = rest.slice(whole.length);
  }
  return { text: all.join(" "), theirs: tag === "en" };
};
