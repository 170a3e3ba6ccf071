// The function without the element: a form of the page's own.
import { verify } from "touchstone-verify";

const policy = {
  signer: "https://github.com/prefix-dev/sigstore-example/.github/workflows/action.yaml",
  ref: "refs/heads/main",
  issuer: "https://token.actions.githubusercontent.com",
};
const status = document.querySelector("output");

document.querySelector("input").addEventListener("change", async ({ target }) => {
  status.textContent = "Checking";
  try {
    const { verdict } = await verify({ bundle: "./package.conda.sigstore.json", artifact: target.files[0] }, policy);
    status.textContent = `${verdict.title}: ${verdict.sentence}`;
  } catch (error) {
    status.textContent = `Could not check: ${error.message}`;
  }
});
