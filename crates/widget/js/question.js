// From what a page expects, in attributes or in an object, to the core's question. Nothing is decided here and nothing is left out:
// what cannot be asked is an error, and so is a value that is empty, because a template that was filled with nothing must not ask
// less.

import { CheckError } from "./errors.js";

const TRUST = { "public-good": "public-good", staging: "staging", github: "git-hub" };

const KNOWN = ["signer", "signerPattern", "issuer", "issuerPattern", "ref", "source", "builder", "instance", "trustedRoot", "anySigner"];

const exact = (text) => ({ match: "exact", text });
const pattern = (text) => ({ match: "pattern", text });

const refused = (part, message) => new CheckError("question", `${part}: ${message}`);

// What is written in an object itself: what a page hung on every object asks nothing.
export const own = (given) => Object.assign(Object.create(null), given);

export function question(given) {
  const policy = own(given);
  for (const [name, value] of Object.entries(policy)) {
    if (!KNOWN.includes(name)) throw refused(name, `this is no part of a policy; expected one of ${KNOWN.join(", ")}`);
    if (value?.trim?.() === "") throw refused(name, "this is empty; name what you expect, or leave it out");
    const isText = name === "anySigner" ? value === true : name === "trustedRoot" || typeof value === "string";
    if (value !== undefined && !isText) throw refused(name, `expected ${name === "anySigner" ? "true" : "a text"}`);
  }
  const { ref, source, builder, instance, trustedRoot } = policy;
  const asked = own({ signer: own(signer(policy)), expect: own({}) });
  if (source !== undefined) asked.expect.sourceUri = source;
  if (builder !== undefined) asked.expect.builderId = builder;
  if (ref !== undefined) Object.assign(asked.expect, reference(ref));
  if (instance !== undefined) {
    if (!Object.hasOwn(TRUST, instance)) throw refused("instance", `expected one of ${Object.keys(TRUST).join(", ")}, found ${instance}`);
    if (trustedRoot !== undefined) throw refused("instance", "a trusted root is named too; name one of both");
    asked.trust = TRUST[instance];
  }
  if (trustedRoot !== undefined) asked.trust = "file";
  return asked;
}

function signer({ signer, signerPattern, issuer, issuerPattern, ref, anySigner }) {
  const one = (part, text, expression) => {
    if (text !== undefined && expression !== undefined) throw refused(part, "an exact name and a pattern are given; give one of both");
    if (text !== undefined) return exact(text);
    return expression === undefined ? null : pattern(expression);
  };
  const from = one("issuer", issuer, issuerPattern);
  const named = one("signer", signer === undefined ? undefined : atRef(signer, ref), signerPattern);
  if (anySigner && (named || from)) throw refused("anySigner", "a signer is named too");
  if (anySigner) return { kind: "anybody" };
  if (named) return { kind: "certificate", identity: named, issuer: from };
  if (from) throw refused("issuer", "an issuer alone names nobody; name the signer too");
  return { kind: "unnamed" };
}

// The certificate of a workflow names it with the branch or tag that it is of, so a workflow without one is meant at `ref`.
function atRef(signer, ref) {
  if (!signer.includes("/.github/workflows/") || signer.includes("@")) return signer;
  if (ref === undefined) {
    throw refused("signer", "a workflow signs at a branch or tag; write @refs/… behind it, name a ref, or give a pattern");
  }
  return `${signer}@${ref}`;
}

function reference(ref) {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (!name) throw refused("ref", `expected refs/tags/NAME or refs/heads/NAME, found ${ref}`);
  return kind === "tags" ? { sourceTag: name } : { sourceBranch: name };
}

// The same question as the address of the full page (web/src/state/link.rs reads it): `page`, then a fragment. Opening it fetches
// nothing. A trusted root that is a file cannot be linked to.
export function link(page, asked, { digest, bundle } = {}) {
  const pairs = [];
  const put = (name, value) => value !== undefined && pairs.push(`${name}=${encodeURIComponent(value)}`);
  const putName = (field, name) => name && put(name.match === "exact" ? field : `${field}-pattern`, name.text);
  const { signer, expect, trust } = asked;
  if (signer.kind === "anybody") put("signer", "anybody");
  putName("identity", signer.identity);
  putName("issuer", signer.issuer);
  put("source-uri", expect.sourceUri);
  put("source-branch", expect.sourceBranch);
  put("source-tag", expect.sourceTag);
  put("builder-id", expect.builderId);
  put("trust", Object.keys(TRUST).find((name) => TRUST[name] === trust));
  put("digest", digest);
  // The full page fetches from https alone.
  put("bundle", bundle?.startsWith("https:") ? bundle : undefined);
  return `${page.split("#")[0]}#/check${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`;
}
