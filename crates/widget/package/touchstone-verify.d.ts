// Types of touchstone-verify. The report is described in full by schema/touchstone-report-1.json of the project.

/**
 * A Sigstore bundle, or other signed evidence in one file: an address (a URL, or a text that is no JSON), JSON as text or as an object
 * that `JSON.stringify` knows, or bytes.
 */
export type Bundle = string | URL | Blob | ArrayBuffer | ArrayBufferView | object;

/**
 * What the bundle is about: a file, a stream of its bytes (read once, never held whole), the address of a file that is to be fetched,
 * or a digest (`sha256:…`, `sha384:…`, `sha512:…`) instead of a file.
 */
export type Artifact = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array> | URL | string;

export interface Input {
  bundle: Bundle;
  /** The name that the report calls the bundle by. */
  bundleName?: string;
  artifact?: Artifact;
  /** The name that the report calls the artifact by. */
  name?: string;
  /** The digest that is named beside a file; another file is refused. Without a file, the same as `artifact: digest`. */
  digest?: string;
}

/** What is expected. An empty text is an error, never "nothing". Without a signer no report says "verified". */
export interface Policy {
  /** Name in the certificate, exactly. A workflow on GitHub without `@refs/…` is meant at `ref`. */
  signer?: string;
  /** A regular expression that the whole name must match. */
  signerPattern?: string;
  /** Who vouched for that name (OpenID issuer), exactly. */
  issuer?: string;
  issuerPattern?: string;
  /** `refs/tags/NAME` or `refs/heads/NAME` that it was built from. */
  ref?: string;
  /** Repository that it was built from: `github.com/owner/name`. */
  source?: string;
  /** Builder, with or without its version. */
  builder?: string;
  /** The built-in trusted root that judges; left out, it is chosen by the material and named in the report. */
  instance?: "public-good" | "staging" | "github";
  /** A trusted root instead of those that are built in. */
  trustedRoot?: string | URL | Blob | ArrayBuffer | ArrayBufferView | object;
  /** Anybody may have signed, on purpose. The report states it as a waiver, in its title too. */
  anySigner?: true;
}

export interface Progress {
  /** Bytes of the artifact that were read. */
  read: number;
  /** Bytes in all, where that is known. */
  total?: number;
}

export interface Request {
  what: "bundle" | "artifact" | "trusted-root";
  address: string;
}

export interface Options {
  signal?: AbortSignal;
  /** What it throws is reported (`reportError`), and the check goes on. */
  onProgress?: (progress: Progress) => void;
  /**
   * Told of every address of bundle, file and trusted root before it is asked, and, once it is known, of the one that a redirect led
   * to. The program's own modules come from beside the script.
   */
  onRequest?: (request: Request) => void;
  /** The chain of custody too (`report.custody`). Loads the whole program. */
  custody?: boolean;
}

export type Outcome = "verified" | "rejected" | "incomplete";

export interface Check {
  id: string;
  group: string;
  title: string;
  state: "passed" | "failed" | "blocked" | "not-present" | "not-asked" | "waived";
  summary: string;
  headline: string;
  expected: string;
  found: string;
  place: string;
  code: string;
  [member: string]: unknown;
}

export interface Fact {
  stage: "source" | "build" | "artifact" | "deploy";
  name: string;
  value: string;
  vouchers: string[];
  check: string;
}

/** One verification, told. */
export interface Report {
  schema: "touchstone-report/1";
  tool: string;
  verdict: {
    outcome: Outcome;
    title: string;
    sentence: string;
    detail: string;
    open: { kind: string; sentence: string; toDo: string }[];
    waived: string[];
    counts: string;
    failed: string[];
  };
  given: { name: string; recognisedAs: string; size: number | null }[];
  artifact: {
    name: string;
    size: number | null;
    digests: { algorithm: string; hex: string }[];
    /** Whether the bytes were hashed here; `false`: somebody stated the digest. */
    computed: boolean;
  } | null;
  signer: { kind: string; identity: string; identityKind: string; issuer: string | null; short: string; proven: boolean } | null;
  world: { name: string; source: string; chosen: string; lacks: string[] } | null;
  policy: { lines: { name: string; value: string }[] };
  checks: Check[];
  facts: Fact[];
  evidence: Record<string, unknown>;
  shows: string[];
  doesNotShow: string[];
  toDo: { title: string; detail: string }[];
  notes: string[];
  /** `null` unless `custody` was asked for. */
  custody: Record<string, unknown> | null;
}

/** Why there is no report. It says nothing about the file. */
export class CheckError extends Error {
  readonly name: "CheckError";
  readonly part: "question" | "bundle" | "artifact" | "trusted-root" | "another-file" | "several-files" | "program" | "crash";
  constructor(part: CheckError["part"], message: string);
}

/**
 * Verifies in this browser. Resolves to the report, whichever its outcome is: look at `report.verdict.outcome`.
 * Rejects with a `CheckError` where nothing could be checked, and with the signal's reason when it was aborted.
 */
export function verify(input: Input, policy?: Policy, options?: Options): Promise<Report>;

/** Why nothing could be checked. */
export interface Failure {
  part: CheckError["part"];
  message: string;
}

/** "verified" may be about a digest alone: `report.artifact.computed` says whether a file was hashed. */
export type State = "idle" | "verifying" | "failed" | Outcome;

/** `<touchstone-verify>`; importing the module defines it. Its attributes are described in README.md. */
export class TouchstoneVerify extends HTMLElement {
  readonly state: State;
  /** The report that stands; a copy. */
  readonly report: Report | undefined;
  /** Why nothing could be checked, while the state is "failed". */
  readonly error: Failure | null;
  /**
   * Checks a file, or without one what the attributes name. Rejects with a `CheckError` where nothing could be checked, and with an
   * `AbortError` where the element was taken out of its document, the check was cancelled or something else was asked.
   */
  verify(file?: Artifact): Promise<Report>;
  cancel(): void;
  reset(): void;
}

export const version: string;

declare global {
  interface HTMLElementTagNameMap {
    "touchstone-verify": TouchstoneVerify;
  }
  interface HTMLElementEventMap {
    "touchstone-state": CustomEvent<{ state: State; error?: Failure }>;
    "touchstone-report": CustomEvent<Report>;
  }
}
