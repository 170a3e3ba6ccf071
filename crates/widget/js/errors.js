// Why there is no verdict. `part` says what it was about: "question" and the other parts of a question (the core's or ours), "bundle",
// "artifact" or "trusted-root" (what did not load), "another-file" (than the page names), "several-files" (at once),
// "program" (the modules), "crash".
export class CheckError extends Error {
  constructor(part, message) {
    super(message);
    this.name = "CheckError";
    this.part = part;
  }
}
