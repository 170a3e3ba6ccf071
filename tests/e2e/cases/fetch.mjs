// Requests, and only those that were asked for. The hosts answer as recorded; nothing leaves this machine.
import {
  answering, artifactFile, assert, at, bundle, choose, identity, nameSigner, sees, sha256, snappy, verdict,
} from "../lib/page.mjs";

const API = `https://api.github.com/repos/prefix-dev/sigstore-example/attestations/sha256:${sha256}?per_page=100`;
const STORE = "https://tmaproduction.blob.core.windows.net/attestations/1/2.json.sn?se=2026&sig=a%2Bb%3D";
const LINK = "https://downloads.example/release/package.sigstore.json";
const list = (...attestations) => JSON.stringify({ attestations });
const question = `prefix-dev/sigstore-example@sha256:${sha256}`;

async function ask(page, text) {
  await page.getByLabel("Or fetch the signature by address or digest").fill(text);
  await page.getByRole("button", { name: "Fetch", exact: true }).click();
}

// One request, refused in one way: the page says which, says that it means nothing, and gives a command instead.
const refusal = (text, url, answer, ...says) => (browser) =>
  at(browser, { allowed: { [url]: answer }, noisy: true }, async (page, { strangers }) => {
    await ask(page, text);
    await sees(page, "This says nothing about your file.", ...says);
    assert.deepEqual(strangers(), [url]);
    await sees(page, "1 request made");
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Is this file genuine, and where did it come from?");
  });

export default {
  "typing an address sends nothing, and says whom Fetch would ask": (browser) =>
    at(browser, {}, async (page, { strangers }) => {
      await page.getByLabel("Or fetch the signature by address or digest").fill(question);
      await sees(page, "api.github.com", "GitHub learns your network address");
      await page.getByLabel("Or fetch the signature by address or digest").blur();
      await page.waitForTimeout(300);
      assert.deepEqual(strangers(), []);
      await sees(page, "0 requests made");
    }),

  "a bundle by its address": (browser) =>
    at(browser, { allowed: { [LINK]: answering(200, bundle) } }, async (page, { strangers }) => {
      await ask(page, LINK);
      await verdict(page, "Incomplete");
      await choose(page, artifactFile);
      await nameSigner(page);
      await page.getByRole("button", { name: "Compare" }).click();
      await verdict(page, "Verified");
      assert.deepEqual(strangers(), [LINK]);
      await sees(page, "1 request made");
    }),

  "GitHub's list with the bundle inside": (browser) =>
    at(browser, { allowed: { [API]: answering(200, list({ bundle: JSON.parse(bundle), repository_id: 1 })) } }, async (page, { strangers }) => {
      await ask(page, question);
      await verdict(page, "Incomplete");
      await sees(page, identity);
      assert.deepEqual(strangers(), [API]);
    }),

  "GitHub's list, then the bundle that it keeps elsewhere, packed": (browser) =>
    at(browser, {
      allowed: {
        [API]: answering(200, list({ bundle: null, repository_id: 1, bundle_url: STORE })),
        [STORE]: answering(200, snappy(bundle), { "content-type": "application/x-snappy" }),
      },
    }, async (page, { strangers }) => {
      await ask(page, question);
      await sees(page, "tmaproduction.blob.core.windows.net");
      assert.deepEqual(strangers(), [API], "the second host is asked only after the person saw it");
      await page.getByRole("button", { name: /^(Fetch|Read|Get).*(bundle|it)/ }).click();
      await verdict(page, "Incomplete");
      assert.deepEqual(strangers(), [API, STORE]);
      await sees(page, "2 requests made");
    }),

  "an address of a bundle elsewhere than GitHub's store is not followed": (browser) =>
    at(browser, {
      allowed: { [API]: answering(200, list({ bundle: null, bundle_url: "https://elsewhere.example/bundle" })) }, noisy: true,
    }, async (page, { strangers }) => {
      await ask(page, question);
      await page.waitForTimeout(800);
      assert.deepEqual(strangers(), [API]);
    }),

  "refused by the browser (CORS)": refusal(LINK, LINK,
    answering(200, bundle, { "access-control-allow-origin": "https://another-page.example" }), "CORS", "curl -LO"),
  "unreachable": refusal(LINK, LINK, (route) => route.abort("connectionrefused"), "could not be reached", "curl -LO"),
  "not found": refusal(question, API, answering(404, "{}"), "has nothing at this address", "gh attestation download"),
  "an empty list": refusal(question, API, answering(200, list()), "GitHub holds no attestation for this digest"),
  "rate limit, 403": refusal(question, API, answering(403, "{}", {
    "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1900000000",
    "access-control-expose-headers": "x-ratelimit-remaining, x-ratelimit-reset",
  }), "has answered this network too often", "It answers again at"),
  "rate limit, 429": refusal(question, API, answering(429, "{}"), "has answered this network too often"),
  "refused by the server": refusal(LINK, LINK, answering(500, "{}"), "refused with HTTP status 500"),
  "a page instead of a bundle": refusal(LINK, LINK,
    answering(200, "<!DOCTYPE html><html><body>Sign in</body></html>", { "content-type": "text/html" }), "was asked for"),
  "too large": refusal(LINK, LINK, answering(200, Buffer.alloc(25 * 1024 * 1024, 0x20)), "larger than 24 MiB", "curl -LO",
    "touchstone verify --bundle package.sigstore.json"),

  "offline": (browser) =>
    at(browser, { noisy: true }, async (page, { context, strangers }) => {
      await page.evaluate(() => globalThis.touchstone.second());
      await context.setOffline(true);
      await ask(page, LINK);
      await sees(page, "This browser has no network at the moment.");
      assert.deepEqual(strangers(), []);
      await context.setOffline(false);
    }),

  "a link to a question that names a source fetches nothing by itself": (browser) =>
    at(browser, { path: `#/check?bundle=${encodeURIComponent(LINK)}&digest=sha256:${sha256}` }, async (page, { strangers }) => {
      await page.waitForTimeout(500);
      assert.deepEqual(strangers(), []);
      assert.equal(await page.getByLabel("Or fetch the signature by address or digest").inputValue(), LINK);
    }),
};
