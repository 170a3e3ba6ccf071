// The first example of the page: bundle, artifact, and who signed it.
import { readFile } from "node:fs/promises";

const examples = new URL("../../../web/examples/", import.meta.url);
export const bundle = await readFile(new URL("conda-attestation.sigstore.json", examples));
export const artifact = await readFile(new URL("signed-package-2.1.0-hb0f4dca_0.conda", examples));
export const identity = "https://github.com/prefix-dev/sigstore-example/.github/workflows/action.yaml@refs/heads/main";
export const issuer = "https://token.actions.githubusercontent.com";
export const sha256 = "54303491a8418fbed24344b513546182c29b43bf282ceb433af65e2299f9271f";
