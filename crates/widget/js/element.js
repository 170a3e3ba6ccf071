// <touchstone-verify>: attributes in, a shadow root, events out. It asks nothing and starts nothing before somebody asks for it.

import { element as h, icon, visible } from "./dom.js";
import { CheckError } from "./errors.js";
import { requests as ofProgram } from "./modules.js";
import { link, question } from "./question.js";
import { said } from "./said.js";
import style from "./style.css";
import { verify } from "./verify.js";
import { wordsFor } from "./words.js";

// What a question is made of: a change of one of these takes back what was answered.
// React and Vue keep `ref` for themselves, so it has a second name.
const POLICY = {
  signer: "signer", "signer-pattern": "signerPattern", issuer: "issuer", "issuer-pattern": "issuerPattern", ref: "ref", "source-ref": "ref",
  source: "source", builder: "builder", instance: "instance",
  "trusted-root": "trustedRoot",
};
const ASKED = ["bundle", "artifact", "digest", "auto", ...Object.keys(POLICY)];
// What only changes how it looks; but that a chain is worked out where one is to be shown.
const SHOWN = ["size", "lang", "page"];

const SIZES = ["line", "card", "full"];
// Whoever listens to a screen reader hears of progress no more often than this.
const SPOKEN_MILLIS = 10_000;
// How far a file was read is told of those that take longer. To write the first size with its unit costs 40 ms, which the next piece
// would wait for.
const TOLD_MILLIS = 500;

// Said where not even the widget's own words can be drawn.
const COULD_NOT = "Could not check. This says nothing about the file. ";

// A style sheet belongs to its document.
const sheets = new WeakMap();
const stylesOf = (document) => {
  const window = document.defaultView;
  // One that is not shown has none.
  if (!window) return [];
  if (!sheets.has(document)) {
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(style);
    sheets.set(document, sheet);
  }
  return [sheets.get(document)];
};

const isAddress = (artifact) => artifact?.includes("/") ?? false;
const lastPart = (address) => address.split(/[?#]/)[0].split("/").filter(Boolean).pop() ?? "";
const english = (tag, attributes, ...children) => h(tag, { lang: "en", dir: "ltr", ...attributes }, ...children);

// A server that imports the package has no elements; nothing is made of this class there.
export class TouchstoneVerify extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = [...ASKED, ...SHOWN];

  #state = "idle";
  // Whether it was ever in a page.
  #placed = false;
  #report;
  #failure;
  // Of the run that goes on, or ended last.
  #run;
  // Whether that run asked for the chain.
  #custody;
  #requests = [];
  #fetched = false;
  #again;
  // The button that had the focus and is gone.
  #left;
  // The bundle between the tags as it was asked about, and who sees it change.
  #given;
  #inside;
  // Sees the page change its language.
  #around;
  #slot = h("slot");
  #spoken = { at: 0, text: "" };
  // The progress to tell, and when.
  #far;
  #soon;
  #root = this.attachShadow({ mode: "open" });
  #status = h("p", { class: "hidden", role: "status", "aria-live": "polite" });
  #shown = h("div", { class: "shown" });
  #input = h("input", { type: "file", class: "hidden", tabindex: "-1", "aria-hidden": "true" });
  #seen;

  constructor() {
    super();
    // What a page set before there was an element would cover what the element says of itself.
    for (const name of ["state", "report", "error", "verify", "cancel", "reset"]) delete this[name];
    this.#root.adoptedStyleSheets = stylesOf(this.ownerDocument);
    this.#root.append(this.#shown, this.#input, this.#status);
    this.#input.addEventListener("change", () => {
      const [file] = this.#input.files;
      this.#input.value = "";
      if (file) this.#start(file).catch(() => {});
    });
    this.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.#over(true);
    });
    this.addEventListener("dragleave", () => this.#over(false));
    this.addEventListener("drop", (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      this.#over(false);
      const several = new CheckError("several-files", `${files.length} files were dropped`);
      this.#start(files.length === 1 ? files[0] : several).catch(() => {});
    });
  }

  connectedCallback() {
    this.#placed = true;
    this.#redraw();
    this.#watch();
    // A bundle between the tags is part of the question.
    const changed = () => {
      if (this.#state === "idle" || this.#inline() === this.#given) return;
      this.reset();
      this.#watch();
    };
    changed();
    this.#inside = new MutationObserver(changed);
    this.#inside.observe(this, { childList: true, characterData: true, subtree: true });
    this.#around = new MutationObserver(() => this.#redraw());
    this.#around.observe(this.ownerDocument.documentElement, { attributeFilter: ["lang"] });
  }

  adoptedCallback() {
    this.#root.adoptedStyleSheets = stylesOf(this.ownerDocument);
  }

  disconnectedCallback() {
    this.#seen?.disconnect();
    this.#inside?.disconnect();
    this.#around?.disconnect();
    // What is only moved is connected again at once.
    const run = this.#run;
    queueMicrotask(() => this.isConnected || run !== this.#run || this.cancel());
  }

  // Moved as a whole (`moveBefore`): nothing ends.
  connectedMoveCallback() {}

  attributeChangedCallback(name, before, after) {
    // Each attribute that was there from the start comes by itself; all of them are drawn at once, when it is put into a page.
    if (before === after || (!this.#placed && this.#state === "idle")) return;
    const lacksChain = name === "size" && after === "full" && !this.#custody;
    // Asked again about the same file. A stream cannot be read twice, and what was fetched is not fetched anew unasked: what they are
    // about gets no chain.
    if (lacksChain && this.#again && !this.#fetched && (this.#state === "verifying" || this.#report)) {
      const run = this.#run;
      run.instead = this.#again();
      return run.instead.catch(() => {});
    }
    const asks = ASKED.includes(name);
    if (asks && this.#state !== "idle") this.reset();
    else this.#redraw();
    if (asks) this.#watch();
  }

  /** "idle", "verifying", "verified", "rejected", "incomplete" or "failed". */
  get state() {
    return this.#state;
  }

  /** The report that stands, as data; `undefined` while none does. */
  get report() {
    return this.#report && structuredClone(this.#report);
  }

  /** Why nothing could be checked, `{ part, message }`; `null` unless the state is "failed". */
  get error() {
    return this.#failure ? { part: this.#failure.part, message: this.#failure.message } : null;
  }

  /** Checks `file`, or without one what the attributes name. */
  verify(file) {
    return this.#start(file);
  }

  /** Stops a check that goes on. */
  cancel() {
    if (this.#state === "verifying") this.reset();
  }

  /** Takes back what was answered, and stops what goes on. */
  reset() {
    this.#run?.abort();
    this.#run = undefined;
    this.#requests = [];
    this.#enter("idle");
  }

  // Only `auto="visible"` begins by itself, and only once somebody can see it.
  #watch() {
    this.#seen?.disconnect();
    if (!this.isConnected || this.getAttribute("auto") !== "visible") return;
    this.#seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.#seen.disconnect();
      if (this.#state === "idle") this.#start().catch(() => {});
    });
    this.#seen.observe(this);
  }

  #policy() {
    const given = Object.entries(POLICY).filter(([attribute]) => this.hasAttribute(attribute));
    if (this.hasAttribute("ref") && this.hasAttribute("source-ref")) {
      throw new CheckError("question", "ref: source-ref is the same under another name; give one of both");
    }
    return Object.fromEntries(given.map(([attribute, name]) => [name, this.getAttribute(attribute)]));
  }

  // The bundle between the tags, where it counts.
  #inline() {
    return this.hasAttribute("bundle") ? undefined : this.querySelector(':scope > script[type="application/json"]')?.textContent;
  }

  #bundle() {
    if (this.hasAttribute("bundle")) {
      const bundle = this.getAttribute("bundle");
      if (bundle.trim() === "") throw new CheckError("question", "bundle: this is empty; name an address, or leave it out");
      return bundle;
    }
    const text = this.#inline();
    if (text === undefined) throw new CheckError("question", "bundle: there is none; name its address, or put it into a script element of type application/json");
    if (!/^\s*\{/.test(text)) throw new CheckError("bundle", "what stands in the script element is no JSON object");
    return text;
  }

  // `given`: a file, the address of one, or why there is none to check.
  async #start(given) {
    this.#run?.abort();
    const run = (this.#run = new AbortController());
    this.#custody = this.#size() === "full";
    this.#requests = [];
    this.#fetched = given instanceof URL;
    this.#again = given instanceof ReadableStream ? undefined : () => this.#start(given);
    this.#given = this.#inline();
    // What it needs is on its way before the first line of it is drawn.
    const asked = this.#ask(given, run);
    asked.catch(() => {});
    this.#enter("verifying");
    try {
      const report = await asked;
      if (run !== this.#run) throw run.signal.reason;
      this.#report = report;
      this.#enter(report.verdict.outcome);
      // Whoever heard of the verdict may have asked something else at once.
      if (run !== this.#run) throw run.signal.reason;
      this.dispatchEvent(new CustomEvent("touchstone-report", { bubbles: true, composed: true, detail: structuredClone(report) }));
      return this.report;
    } catch (error) {
      // Begun again, by nobody's wish: whoever waits for this one waits for that.
      if (run.instead) return run.instead;
      if (run === this.#run) {
        const known = error instanceof CheckError ? error : new CheckError("crash", String(error?.message ?? error));
        this.#enter("failed", known);
      }
      throw error;
    }
  }

  async #ask(given, run) {
    if (given instanceof CheckError) throw given;
    if (this.getAttribute("artifact")?.trim() === "") throw new CheckError("question", "artifact: this is empty; name the file, or leave it out");
    const input = { bundle: this.#bundle(), artifact: given };
    if (this.hasAttribute("digest")) input.digest = this.getAttribute("digest");
    return verify(input, this.#policy(), {
      signal: run.signal,
      custody: this.#custody,
      onProgress: (progress) => run === this.#run && this.#reads(progress),
      onRequest: (request) => run === this.#run && this.#requests.push(request),
    });
  }

  // Whatever was answered before is gone with every change of state.
  #enter(state, failure) {
    clearTimeout(this.#soon);
    this.#soon = this.#far = undefined;
    if (!["verified", "rejected", "incomplete"].includes(state)) this.#report = undefined;
    this.#failure = failure;
    const before = this.#state;
    this.#state = state;
    if (this.#render()) this.#speak();
    this.#tell(before);
  }

  // The state that there is now, which is not the one that was to be entered where it could not be drawn.
  #tell(before) {
    const state = this.#state;
    const detail = { state, ...(this.#failure && { error: this.error }) };
    if (state !== before) this.dispatchEvent(new CustomEvent("touchstone-state", { bubbles: true, composed: true, detail }));
  }

  // The same state, drawn anew.
  #redraw() {
    const before = this.#state;
    this.#render();
    if (this.#far && this.#state === "verifying") this.#progress(this.#far);
    this.#tell(before);
  }

  #over(over) {
    this.#shown.firstElementChild?.classList.toggle("over", over);
  }

  #words() {
    const tag = this.closest("[lang]")?.lang || document.documentElement.lang || "en";
    return wordsFor(tag);
  }

  #size() {
    const size = this.getAttribute("size");
    return SIZES.includes(size) ? size : "card";
  }

  #name() {
    const artifact = this.getAttribute("artifact") ?? "";
    return isAddress(artifact) ? lastPart(artifact) : artifact;
  }

  // Each sentence in its language: a voice reads what it is told to be one.
  #speak(text) {
    // Only with what it says: what was said before is in the language of then.
    this.#status.lang = this.#words().tag;
    if (this.#state === "idle") return this.#status.replaceChildren();
    const { title, theirs, sentences } = this.#says();
    const why = this.#failure ? [{ text: this.#failure.message, theirs: true }] : [];
    const all = text ? [{ text }] : [{ text: `${title}.`, theirs }, ...sentences, ...why];
    this.#status.replaceChildren(...all.map(({ text, theirs }) => this.#sentence({ text: `${text} `, theirs })));
  }

  #sentence({ text, theirs }) {
    return theirs ? english("span", {}, text) : h("span", {}, text);
  }

  #reads(progress) {
    this.#far = progress;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      if (this.#state === "verifying") this.#progress(this.#far);
    }, TOLD_MILLIS);
  }

  #progress({ read, total }) {
    const { tag, words } = this.#words();
    const size = (bytes) => {
      const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
      return new Intl.NumberFormat(tag, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
    };
    const text = total ? words.readOf(size(read), size(total)) : words.read(size(read));
    const said = this.#shown.querySelector(".reading");
    if (said) said.textContent = text;
    const bar = this.#shown.querySelector("progress");
    if (bar && total) [bar.max, bar.value] = [total, read];
    const now = performance.now();
    if (now - this.#spoken.at > SPOKEN_MILLIS) {
      this.#spoken.at = now;
      this.#speak(text);
    }
  }

  // The heading and the sentences under it, each with whose they are.
  #says() {
    const { tag, words } = this.#words();
    const own = (text, strong) => ({ text, strong });
    if (this.#state === "idle") return { title: words.notChecked, sentences: [own(this.#name() ? words.dropNamed(this.#name()) : words.drop)] };
    if (this.#state === "verifying") return { title: words.checking, sentences: [{ ...own(words.starting), reading: true }] };
    if (this.#state === "failed") {
      return { title: words.couldNot, sentences: [own(words.failed[this.#failure.part]), own(words.nothing)] };
    }
    const { verdict, artifact } = this.#report;
    const sentences = [said(verdict.sentence, tag), said(verdict.detail, tag)].filter(({ text }) => text !== "");
    if (!artifact) sentences.push(own(words.noFile, true));
    else if (!artifact.computed) sentences.push(own(words.onlyDigest, true));
    else if (this.#fetched) sentences.push(own(words.fetched, true));
    const title = said(verdict.title, tag);
    return { title: title.text, theirs: title.theirs, sentences };
  }

  #actions() {
    const { words } = this.#words();
    const start = (given) => () => this.#start(given).catch(() => {});
    const choose = { key: "choose", text: words.choose, press: () => this.#input.click() };
    const line = this.#size() === "line";
    if (this.#state === "verifying") return [{ key: "cancel", text: words.cancel, press: () => this.cancel() }];
    if (this.#state === "failed") {
      const again = { key: "again", text: words.again, press: () => this.#again().catch(() => {}) };
      if (!this.#again) return [{ ...choose, main: true }];
      // Once more they would be several.
      if (this.#failure.part === "several-files") return [{ ...choose, main: true }];
      // The same file would be another one again.
      if (this.#failure.part === "another-file") return [{ ...choose, main: true }, again];
      return [{ ...again, main: true }, choose];
    }
    if (this.#state !== "idle") {
      const compared = this.#report.artifact?.computed && !this.#fetched;
      return [{ ...choose, main: !compared }];
    }
    const artifact = this.getAttribute("artifact");
    const others = [];
    if (isAddress(artifact)) {
      const given = URL.canParse(artifact, document.baseURI)
        ? new URL(artifact, document.baseURI)
        : new CheckError("question", `artifact: ${artifact} is no address`);
      others.push({ key: "fetch", text: words.fetch, press: start(given) });
    }
    if (this.hasAttribute("digest")) others.push({ key: "check", text: line ? words.check : words.checkDigest, press: start() });
    else if (!isAddress(artifact)) others.push({ key: "check", text: words.checkSignature, press: start() });
    const main = { ...choose, main: true };
    // A line has room for the file, and for what its page names beside it.
    return line && !this.hasAttribute("digest") && !isAddress(artifact) ? [main] : [main, ...others];
  }

  #buttons() {
    return this.#actions().map(({ key, text, press, main }) =>
      h("button", { type: "button", part: `button ${key}`, class: main && "main", "data-key": key, press }, text));
  }

  #link() {
    const page = this.getAttribute("page");
    if (!page) return undefined;
    const { words } = this.#words();
    try {
      const { href, protocol } = new URL(page, document.baseURI);
      if (!/^https?:$/.test(protocol)) return undefined;
      const bundle = this.getAttribute("bundle");
      const carried = {
        digest: this.getAttribute("digest") ?? undefined,
        bundle: bundle && !bundle.trim().startsWith("{") ? new URL(bundle, document.baseURI).href : undefined,
      };
      const text = this.#state === "rejected" ? words.whatToDo : this.#report ? words.evidence : words.inFull;
      // A root of this page's own does not travel in an address.
      const said = this.hasAttribute("trusted-root") ? words.otherRoot(text) : text;
      return h("a", { part: "link", "data-key": "link", href: link(href, question(this.#policy()), carried), target: "_blank", rel: "noopener noreferrer" }, said);
    } catch {
      // A question that cannot be asked cannot be linked to either; asking says why.
      return undefined;
    }
  }

  // Whether it could be drawn.
  #render() {
    if (!this.isConnected) return true;
    const focused = this.#root.activeElement;
    let view;
    try {
      const { tag, words } = this.#words();
      view = this.#size() === "line" ? this.#line() : this.#card();
      view.lang = this.#input.lang = tag;
      this.#input.setAttribute("aria-label", words.choose);
    } catch {
      // A page can break what this is drawn with. What was drawn before must not outlive what it said.
      this.#run?.abort();
      this.#run = this.#report = undefined;
      this.#state = "failed";
      this.#failure = new CheckError("crash", "the widget could not be drawn");
      this.#shown.replaceChildren(COULD_NOT, this.#slot);
      this.#status.textContent = COULD_NOT;
      return false;
    }
    this.#shown.replaceChildren(view);
    if (!focused) return true;
    // The same button, where it is there again; it may have been gone while a check went on.
    const key = focused.dataset.key ?? this.#left;
    const same = key && this.#shown.querySelector(`[data-key="${key}"]`);
    this.#left = same ? undefined : key;
    (same || view).focus({ preventScroll: true });
    return true;
  }

  #frame(kind, ...children) {
    const { words } = this.#words();
    const frame = { class: `${kind} ${this.#state}`, part: `${kind} ${this.#state}`, role: "group", "aria-label": words.label(this.#name()), tabindex: "-1" };
    return h("div", frame, ...children);
  }

  #title() {
    const { title, theirs } = this.#says();
    const attributes = { class: "title", part: "title" };
    return theirs ? english("span", attributes, title) : h("span", attributes, title);
  }

  #line() {
    const { tag, words } = this.#words();
    const { verdict, artifact, signer } = this.#report ?? {};
    const sentence = (text) => this.#sentence(said(text, tag));
    const detail = {
      idle: () => words.dropLine,
      verifying: () => h("span", { class: "reading" }, words.starting),
      failed: () => words.failed[this.#failure.part],
      rejected: () => sentence(verdict.sentence),
      incomplete: () => sentence(verdict.open.map(({ sentence }) => sentence).join(" ") || verdict.sentence),
      verified: () => {
        if (!artifact) return words.noFileLine;
        if (!artifact.computed) return words.onlyDigestLine;
        if (this.#fetched) return words.fetchedLine;
        return [`${words.signedBy} `, english("span", {}, signer?.short ?? "")];
      },
    };
    return this.#frame(
      "line", icon(this.#state), this.#title(), h("span", { class: "detail", part: "detail", title: this.#failure?.message }, detail[this.#state]()),
      ...this.#buttons(), this.#link(), this.#state === "failed" && h("slot"),
    );
  }

  #card() {
    const { words } = this.#words();
    const { sentences } = this.#says();
    const paragraph = ({ text, theirs, strong, reading }) => {
      const attributes = { class: strong ? "strong" : reading ? "reading" : undefined };
      return theirs ? english("p", attributes, text) : h("p", { dir: "auto", ...attributes }, text);
    };
    const buttons = this.#buttons();
    const chain = this.#report?.custody && this.#size() === "full" && this.#chain(this.#report.custody);
    const rows = this.#rows();
    return this.#frame(
      "card",
      h("div", { class: "head", part: "head" }, icon(this.#state), this.#title(), ...sentences.map(paragraph)),
      chain && h("div", { class: "body", part: "body" }, chain),
      rows.length > 0 && h("div", { class: "body", part: "body" }, h("dl", { part: "rows" }, ...rows)),
      buttons.length > 0 && h(
        "div", { class: "body", part: "body" },
        this.#state === "verifying" && h("progress", { "aria-label": words.checking }),
        h("div", { class: "buttons" }, ...buttons),
      ),
      this.#state === "failed" && h("slot"),
      h(
        "div", { class: "foot", part: "foot" },
        h("span", { class: "brand", translate: "no" }, icon("mark"), "Touchstone"),
        this.#link() ?? h("span", {}, this.#state === "idle" ? words.nothingSent : words.fileStays),
      ),
    );
  }

  // Labels and values: who signed, of what; what failed, what is open; what was asked of whom.
  #rows() {
    const { tag, words } = this.#words();
    const rows = [];
    const row = (name, ...values) => values.length > 0 && rows.push(h("dt", {}, name), h("dd", {}, ...values));
    const code = (text) => english("span", { class: "code" }, text);
    const list = (values) => h("ul", {}, ...values.map((value) => h("li", {}, value)));
    const full = this.#size() === "full";
    const report = this.#report;
    if (this.#failure) row(words.details, english("span", {}, this.#failure.message));
    if (report) {
      const { verdict, signer, checks, facts, artifact, world, toDo } = report;
      const fact = (stage, name) => facts.find((one) => one.stage === stage && one.name === name)?.value;
      const failed = checks.find(({ id }) => id === verdict.failed[0]);
      if (failed?.expected) row(words.expected, code(failed.expected));
      if (failed?.found) row(words.found, code(failed.found));
      if (toDo.length > 0 && full) row(words.toDo, h("ol", {}, ...toDo.map(({ title, detail }) => english("li", {}, h("b", {}, title), `: ${detail}`))));
      if (verdict.open.length > 0) row(words.open, list(verdict.open.map(({ sentence }) => this.#sentence(said(sentence, tag)))));
      if (signer && verdict.outcome !== "rejected") {
        const named = verdict.outcome === "verified";
        row(named ? words.signedBy : words.certificate, english("span", {}, full ? signer.identity : signer.short));
        if (signer.issuer) row(words.issuer, english("span", {}, signer.issuer));
      }
      for (const [name, value] of [[words.source, fact("source", "Repository")], [words.commit, fact("source", "Commit")]]) {
        if (value) row(name, code(value));
      }
      if (full) {
        const at = fact("artifact", "Signed at");
        if (at) row(words.signedAt, english("span", {}, at));
        if (artifact) row(words.digest, list(artifact.digests.map(({ algorithm, hex }) => code(`${algorithm}:${hex}`))));
        row(words.checks, english("span", {}, verdict.counts));
        if (world) row(words.world, english("span", {}, `${world.name}, ${world.source}`));
      }
    }
    const requests = [...this.#requests, ...ofProgram];
    if (this.#state !== "idle" && this.#state !== "verifying" && requests.length > 0) {
      const host = (address) => new URL(address).host || new URL(address).protocol;
      const said = requests.map(({ what, address }) => words.from(words.request[what], host(address)));
      row(words.requests, list([...new Set(said)]));
    }
    return rows;
  }

  #chain({ stages, edges }) {
    const { tag, words } = this.#words();
    const stage = ({ id, title, answer, state }, at) => {
      const edge = edges[at];
      const drawn = state === "differs" ? "differs" : id;
      return english(
        "li", { class: `${state}${edge && at < stages.length - 1 ? ` to-${edge.state}` : ""}`, part: "stage" },
        h("span", { class: "dot" }, icon(drawn)), h("b", {}, title), h("span", { class: "answer" }, answer),
        // What does not count is written like what does.
        state === "off" && h("span", { class: "answer", lang: tag }, words.notCounted),
        edge && at < stages.length - 1 && h("span", { class: "hidden" }, edge.label),
      );
    };
    return h("ol", { class: "chain", part: "chain", "aria-label": words.chain }, ...stages.map(stage));
  }
}
