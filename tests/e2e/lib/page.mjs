// The page in the reader's words: what a person gives, says and sees.
import assert from "node:assert/strict";
import { address, visit } from "./browser.mjs";
import { artifact, bundle, identity, issuer, sha256 } from "./examples.mjs";

export { assert, visit, address };

export { artifact, bundle, identity, issuer, sha256 };

export const bundleFile = { name: "package.conda.sigstore.json", mimeType: "application/json", buffer: bundle };
export const artifactFile = { name: "package.conda", mimeType: "application/octet-stream", buffer: artifact };
export const question = `#/check?identity=${identity}&issuer=${issuer}`;

// A first visit, asserted at its end: no stranger was asked, nothing was logged as an error.
export async function at(browser, options, act) {
  const visited = await visit(browser, options);
  try {
    await visited.page.getByRole("heading", { level: 1 }).waitFor();
    await act(visited.page, visited);
    if (!options.allowed) assert.deepEqual(visited.strangers(), [], "asked somebody without leave");
    if (!options.noisy) assert.deepEqual(visited.seen.errors, [], "errors were logged");
  } finally {
    await visited.context.close();
  }
}

export async function choose(page, ...files) {
  await page.locator("input[type=file][multiple]").first().setInputFiles(files);
}

// Drops files on the page, as a file manager does.
export async function drop(page, ...files) {
  const transfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, type, base64 } of given) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
    }
    return transfer;
  }, files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, base64: buffer.toString("base64") })));
  for (const kind of ["dragenter", "dragover", "drop"]) await page.locator("main").dispatchEvent(kind, { dataTransfer: transfer });
}

// The verdict, and all that comes after it: the other parts of the result, and the chain of custody with its tables.
export async function verdict(page, title) {
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor({ timeout: 15_000 });
  await page.locator('#chain[aria-busy="true"]').waitFor({ state: "detached", timeout: 15_000 });
  const drawn = () => document.querySelector("main #network") && (!document.querySelector("#chain") || document.querySelector("#levels"));
  await page.waitForFunction(drawn, undefined, { timeout: 15_000 });
}

export async function sees(page, ...texts) {
  for (const text of texts) await page.getByText(text).first().waitFor({ timeout: 10_000 });
}

export async function nameSigner(page, name = identity, from = issuer) {
  await page.getByLabel("Name in the certificate").fill(name);
  if (from) await page.getByLabel("Who vouched for that name").fill(from);
}

export const answering = (status, body, headers = {}) => (route) =>
  route.fulfill({ status, body, headers: { "access-control-allow-origin": "*", "content-type": "application/json", ...headers } });

// A Snappy block without compression: the length, then literals (Snappy format description, §2.1).
export function snappy(bytes) {
  const parts = [];
  let length = bytes.length;
  const head = [];
  for (; length > 127; length = Math.floor(length / 128)) head.push((length % 128) | 128);
  parts.push(Buffer.from([...head, length]));
  for (let at = 0; at < bytes.length; at += 65536) {
    const piece = bytes.subarray(at, at + 65536);
    const size = piece.length - 1;
    parts.push(Buffer.from([61 << 2, size & 255, size >> 8]), piece);
  }
  return Buffer.concat(parts);
}

