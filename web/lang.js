// The page's words in another language. Fetched only when somebody chose one: the program's words are English, and what it
// shows is translated here, at the page's edge, by a catalogue with the English as the key (lang/de.json, docs/translate.md).
// What the catalogue does not know stays English, and says so (lang="en").

const ATTRIBUTES = ["title", "aria-label", "placeholder", "alt", "data-l", "label"];
// Names, digests, code, and what a person typed: the same in every language.
const KEPT = "code, pre, .mono, .dg, .ev td, [translate=no], textarea, script, style, noscript";
// What stands there is a name, and one too where it is said in a sentence.
const NAME = "code, .mono, [translate=no]:not(.languages, .languages *)";
// Two words side by side, not both in capitals: a sentence, not a name or a number.
const SENTENCE = /(?:^|\s)\(?(?!\p{Lu}+ \p{Lu}+(?!\S))\p{L}{2,}[,;:.]? \p{L}{2,}[,;:.)]*(?!\S)/u;
// The longest text that is looked up, in characters, and the most sentences in one. What the program says is far shorter.
const LONGEST = 2_000;
const SENTENCES = 12;
// Answers that are kept; a page of ten thousand rows says the same few things.
const REMEMBERED = 20_000;
// The most names that are kept apart from words, and the first of the characters that stand for them meanwhile (private use).
const NAMES = 1_000;
const FIRST_NAME = 0xe000;

const PRIVATE = /[\ue000-\uf8ff]/;
const words = (text) => text.match(/\p{L}{2,}/gu) ?? [];

// Values side by side cannot be told apart: they are one.
const merged = (text) => text.replace(/(\{\})+/g, "{}");

// The values between the literals, each as short as can be; undefined where the text is another. In one pass, whatever the text.
const between = (literals, text) => {
  const [first, last] = [literals[0], literals.at(-1)];
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined;
  const values = [];
  let from = first.length;
  for (let at = 1; at < literals.length; at += 1) {
    // A value that follows without a space may be empty: "for this commit{}."
    const least = from + (/\S$/.test(literals[at - 1]) ? 0 : 1);
    const found = at === literals.length - 1 ? end : text.indexOf(literals[at], least);
    if (found < least || found > end) return undefined;
    values.push(text.slice(from, found));
    from = found + literals[at].length;
  }
  return values;
};

// A template as `format!` has it: {} in the English, {} or {0} in the translation.
const template = ([key, translation]) => {
  const [english, said] = [merged(key), merged(translation)];
  const literals = english.split("{}");
  const literal = words(literals.join(" "));
  return {
    literals,
    said,
    // With few words of its own it would fit too much: then its values must be plain, or known themselves.
    weak: literal.filter((word) => word.length > 3).length < 2,
    length: literals.join("").length,
    rarest: literal.reduce((longest, word) => (word.length > longest.length ? word : longest), ""),
  };
};

const filled = (said, values) => {
  let next = 0;
  return said.replace(/\{(\d*)\}/g, (_, at) => values[at === "" ? next++ : at] ?? "");
};

// From English to the catalogue's language; undefined for what it does not know.
export const translator = (catalogue) => {
  const exact = new Map(Object.entries(catalogue).filter(([english]) => !english.includes("{}")));
  const templates = new Map();
  const entries = Object.entries(catalogue).filter(([english]) => english.includes("{}"));
  // ", run for {}" and ", computed here" stand behind something.
  const tails = Object.entries(catalogue).filter(([english]) => english.startsWith(",")).map((pair) => pair.map((text) => `{}${text}`));
  for (const one of [...entries, ...tails].map(template)) {
    templates.set(one.rarest, [...(templates.get(one.rarest) ?? []), one]);
  }
  const known = new Map();
  // Names of the material, and what finds them in a text.
  const names = new Map();
  let anyName;

  // A single word is most likely a name: it is the page's own only as it is written there.
  const sayValue = (text) => (/^\S+$/.test(text) ? (names.has(text) ? undefined : exact.get(text)) : say(text));

  // `allowed` says which values need not be known themselves.
  const byTemplate = (text, allowed) => {
    const candidates = [...new Set(["", ...words(text)])].flatMap((word) => templates.get(word) ?? []);
    for (const { literals, said, weak } of candidates.sort((a, b) => b.length - a.length)) {
      const values = between(literals, text);
      const told = values?.map(sayValue);
      if (!told || told.some((value, at) => value === undefined && !allowed(values[at], weak))) continue;
      return filled(said, told.map((value, at) => value ?? values[at]));
    }
    return undefined;
  };

  // What is known, or needs no translation: a name, a number.
  const sayOrKeep = (text) => say(text) ?? (SENTENCE.test(text) ? undefined : text);

  // Several clauses that the program put together, of which one at least is known and none is an unknown sentence.
  const all = (parts) => {
    const told = parts.map(sayOrKeep);
    return told.includes(undefined) || parts.every((part) => say(part) === undefined) ? undefined : told;
  };

  const byParts = (text) => {
    // Names, with a word between them.
    const any = text.split(", or ").map(sayOrKeep);
    if (any.length > 1 && exact.has(", or") && !any.includes(undefined)) return any.join(`${exact.get(", or")} `);
    for (const [mark, end] of [[". ", "."], [" - ", ""], ["; ", ""], [": ", ":"], [", ", ""]]) {
      const parts = text.split(mark);
      if (parts.length === 1) continue;
      // A sentence may be known with its full stop only.
      const whole = parts.map((part, at) => (at < parts.length - 1 && say(part + end) !== undefined ? part + end : part));
      const told = all(whole)?.map((part, at) => (whole[at] === parts[at] ? part : part.slice(0, part.length - end.length)));
      if (told) return told.join(mark);
    }
    // An entry may be more than one sentence.
    for (const { index } of [...text.matchAll(/\. /g)].slice(0, SENTENCES)) {
      const told = [text.slice(0, index + 1), text.slice(index + 2)].map(say);
      if (!told.includes(undefined)) return told.join(" ");
    }
    const [, before, inside] = /^(.+) \((.+)\)$/s.exec(text) ?? [];
    if (!before) return undefined;
    if (say(`(${inside})`) !== undefined) return all([before, `(${inside})`])?.join(" ");
    return all([before, inside])?.join(" (").concat(")");
  };

  // A word or two before or behind a name: "Copy digest", "1 of 2 shown".
  const byEnds = (text) => {
    const spaces = [...text.matchAll(/ /g)].map(({ index }) => index);
    for (const at of [...spaces].reverse()) {
      const head = exact.get(text.slice(0, at));
      const rest = head === undefined ? undefined : sayOrKeep(text.slice(at + 1));
      if (rest !== undefined) {
        return `${head}${head !== text.slice(0, at) && /\p{L}$/u.test(head) ? ":" : ""} ${rest}`;
      }
    }
    for (const at of spaces) {
      const [rest, tail] = [text.slice(0, at), exact.get(text.slice(at + 1))];
      if (tail !== undefined && !SENTENCE.test(rest)) return `${rest} ${tail}`;
    }
    return undefined;
  };

  // A small word alone may be the rest of something that is known as a whole, and a sentence several.
  const name = (value, weak) => !SENTENCE.test(value) && !(weak && /^\p{Ll}+$/u.test(value));
  const bare = (text) => {
    const mark = /[.,:;]$/.exec(text)?.[0];
    const said = mark && say(text.slice(0, -1));
    return said && said + mark;
  };

  const look = (text) =>
    exact.get(text) ??
    exact.get(text[0].toUpperCase() + text.slice(1)) ??
    byTemplate(text, name) ??
    bare(text) ??
    byParts(text) ??
    byTemplate(text, (value, weak) => !weak || !SENTENCE.test(value)) ??
    byEnds(text);

  const say = (text) => {
    const core = text.trim();
    if (core.length > LONGEST || !/\p{L}/u.test(core) || names.has(core)) return undefined;
    if (!known.has(core)) {
      if (known.size > REMEMBERED) known.clear();
      // Not known while it is being looked for.
      known.set(core, undefined);
      known.set(core, look(core));
    }
    const said = known.get(core);
    return said === undefined ? undefined : text.replace(core, () => said);
  };

  const named = () => {
    const escaped = (one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    const longestFirst = () => [...names.keys()].sort((a, b) => b.length - a.length).map(escaped);
    anyName ??= new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst().join("|")})(?![\\p{L}\\p{N}])`, "gu");
    return anyName;
  };

  // Names are taken out before a text is looked at, and put back as they were. Where nothing is found without them, a name may be a
  // word of the page's own there.
  const apart = (text) => {
    const core = text.trim();
    if (PRIVATE.test(core)) return undefined;
    if (exact.has(core)) return text.replace(core, () => exact.get(core));
    const bare = names.size > 0 ? text.replace(named(), (name) => names.get(name)) : text;
    if (bare === text) return say(text);
    const all = [...names.keys()];
    return say(bare)?.replace(/[\ue000-\uf8ff]/g, (mark) => all[mark.charCodeAt(0) - FIRST_NAME]) ?? say(text);
  };

  // Keeps `name` as it is wherever it stands beside other words; false where nothing would have touched it.
  apart.keep = (name) => {
    if (names.has(name) || names.size >= NAMES || name.length > LONGEST || PRIVATE.test(name)) return false;
    if (!/\p{L}/u.test(name) || (!/\s/.test(name) && say(name) === undefined)) return false;
    names.set(name, String.fromCharCode(FIRST_NAME + names.size));
    anyName = undefined;
    known.clear();
    return true;
  };
  apart.isName = (text) => names.has(text);
  return apart;
};

// What each text and attribute said in English, and what stands there now.
let spoken = new WeakMap();
let observer;
// Sentences without an entry.
const untranslated = new Set();
// Names that were learned while a change was read.
const learned = new Set();
// How often a language was chosen: the last choice counts.
let chosen = 0;

const put = (holder, name, read, write, say) => {
  const before = spoken.get(holder)?.[name];
  const now = read();
  // Written here, and walked over again.
  if (now === null || before?.shown === now) return;
  const said = say(now);
  const shown = said ?? now;
  const open = said === undefined && SENTENCE.test(now);
  spoken.set(holder, { ...spoken.get(holder), [name]: { english: now, shown, open } });
  if (shown !== now) write(shown);
  if (open) untranslated.add(now.trim());
};

const mark = (parent) => {
  if ([...parent.childNodes].some((child) => spoken.get(child)?.text?.open)) parent.lang = "en";
  else if (parent.lang === "en" && !parent.matches("html, button[lang]")) parent.removeAttribute("lang");
};

const text = (node, say) => {
  const parent = node.parentElement;
  if (!parent) return;
  if (parent.closest(KEPT)) {
    const name = parent.closest(NAME)?.textContent.trim();
    if (name && say.keep(name)) learned.add(name);
    return;
  }
  // Pieces of one text, around what hides in it: what they say alone is nothing.
  const piece = parent.localName === "bdi" && parent.querySelector(":scope > .inv");
  put(node, "text", () => node.data, (said) => (node.data = said), piece ? () => undefined : say);
  mark(parent);
};

// What holds one of `names` and was translated before that was known to be one.
const again = (names, say) =>
  walk(document.documentElement, (node) => {
    for (const [kind, { english, shown }] of Object.entries(spoken.get(node) ?? {})) {
      if (!names.some((name) => english.includes(name))) continue;
      const { [kind]: _, ...others } = spoken.get(node);
      spoken.set(node, others);
      if (kind === "text" ? node.data !== shown : node.getAttribute(kind) !== shown) continue;
      if (kind === "text") node.data = english;
      else node.setAttribute(kind, english);
    }
    both(node, say);
  });

const attributes = (element, say) => {
  if (element.closest("[translate=no]")) return;
  for (const name of ATTRIBUTES) {
    if (!element.hasAttribute(name)) continue;
    const value = element.getAttribute(name);
    // What is cut off on the page has all of it as its title.
    if (name === "title" && say.isName(value)) continue;
    put(element, name, () => value, (said) => element.setAttribute(name, said), say);
  }
};

const both = (node, say) => {
  if (node.nodeType === Node.TEXT_NODE) text(node, say);
  else if (node.nodeType === Node.ELEMENT_NODE) attributes(node, say);
};

const walk = (root, act) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = root; node; node = walker.nextNode()) act(node);
};

// The names in what was added, before any of its texts is looked at: what finds them is made once for all.
const learn = (root, say) => {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  for (const { childNodes, textContent } of root.querySelectorAll(NAME)) {
    const holdsText = [...childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    if (holdsText && say.keep(textContent.trim())) learned.add(textContent.trim());
  }
};

// Once for all names of a change: the whole page is walked over.
const settle = (say) => {
  while (learned.size > 0) {
    const names = [...learned];
    learned.clear();
    again(names, say);
  }
};

const load = async (language) => {
  const bytes = await globalThis.touchstone.file(`${language}.json`);
  return translator(JSON.parse(new TextDecoder().decode(bytes)));
};

// Shows the page in a language; in English again, from what the program wrote. Without a catalogue it stays as it is.
export const speak = async (language) => {
  const choice = (chosen += 1);
  const say = language === "en" ? undefined : await load(language);
  if (choice !== chosen) return;
  observer?.disconnect();
  walk(document.documentElement, (node) => {
    const said = spoken.get(node) ?? {};
    for (const [name, { english, shown }] of Object.entries(said)) {
      if (name === "text") {
        if (node.data === shown) node.data = english;
        if (node.parentElement?.lang === "en" && !node.parentElement.closest("[translate=no]")) node.parentElement.removeAttribute("lang");
      } else if (node.getAttribute(name) === shown) node.setAttribute(name, english);
    }
  });
  spoken = new WeakMap();
  untranslated.clear();
  document.documentElement.lang = language;
  globalThis.touchstone.untranslated = untranslated;
  if (!say) return;
  const act = (node) => both(node, say);
  learned.clear();
  learn(document.documentElement, say);
  walk(document.documentElement, act);
  settle(say);
  observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach((node) => learn(node, say));
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach((node) => walk(node, act));
      else act(target);
    }
    settle(say);
  });
  observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES });
};
