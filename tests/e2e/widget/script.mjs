// The function, the parts and variables, and the same answer as the page's.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { slices } from "../../../crates/widget/js/slices.js";
import { FIRST, SCRIPT, WHOLE, altered, artifact, artifactFile, assert, at, bundle, choose, count, element, folder, identity, issuer, named, origins, reaches, sha256, widget } from "../lib/widget.mjs";
import { visit } from "../lib/browser.mjs";

// Calls `verify` in a page: files by name, given as base64.
const call = (browser, act, argument, then = () => {}, more = {}) =>
  at(browser, { body: "<p>Nothing else</p>", script: () => "", ...more }, async (page, seen) => {
    const given = { script: `${origins.package}/${seen.id}/${SCRIPT}`, artifact: artifact.toString("base64"), altered: altered.toString("base64"), bundle: bundle.toString(), identity, issuer, sha256, ...argument };
    await page.evaluate((text) => (globalThis.bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))) && text, "");
    await then(await page.evaluate(act, given), seen, page);
  });

export default {
  "bytes, blobs, streams, digests and addresses": (browser) =>
    call(browser, async ({ script, artifact, altered, bundle, identity, issuer, sha256 }) => {
      const { verify } = await import(script);
      const policy = { signer: identity, issuer };
      const ask = async (input, more) => {
        const { verdict, artifact } = await verify({ bundle, ...input }, policy, more);
        return `${verdict.outcome} ${artifact?.computed}`;
      };
      const [good, bad] = [globalThis.bytes(artifact), globalThis.bytes(altered)];
      const stream = (...pieces) => new ReadableStream({ start: (to) => (pieces.forEach((one) => to.enqueue(one)), to.close()) });
      const progress = [];
      const asked = [];
      return {
        bytes: await ask({ artifact: good }), buffer: await ask({ artifact: good.buffer }), blob: await ask({ artifact: new Blob([good]) }),
        stream: await ask({ artifact: stream(good.subarray(0, 9), new Uint8Array(), good.subarray(9)) }),
        "blob's stream": await ask({ artifact: new Blob([good]).stream() }),
        digest: await ask({ artifact: `sha256:${sha256}` }), "digest beside": await ask({ artifact: good, digest: `sha256:${sha256}` }),
        address: await ask({ bundle: new URL("bundle.json", location.href), artifact: new URL("artifact", location.href) }, { onRequest: ({ what }) => asked.push(what), onProgress: (one) => progress.push(one) }),
        asked: asked.join(), json: await ask({ bundle: JSON.parse(bundle), artifact: good }), "bundle's bytes": await ask({ bundle: new TextEncoder().encode(bundle), artifact: good }),
        "bundle's blob": await ask({ bundle: new Blob([bundle]), artifact: good }), nothing: await ask({}),
        "an empty buffer": await ask({ artifact: new ArrayBuffer() }), "an empty view": await ask({ artifact: new Uint8Array() }),
        "altered bytes": await ask({ artifact: bad }), "altered stream": await ask({ artifact: stream(bad) }),
        "what was given is still there": good.length,
      };
    }, {}, (found) => {
      assert.deepEqual(found, {
        bytes: "verified true", buffer: "verified true", blob: "verified true", stream: "verified true", "blob's stream": "verified true",
        digest: "verified false", "digest beside": "verified true", address: "verified true", asked: "bundle,artifact", json: "verified true",
        "bundle's bytes": "verified true", "bundle's blob": "verified true", nothing: "incomplete undefined", "an empty buffer": "rejected true", "an empty view": "rejected true",
        "altered bytes": "rejected true", "altered stream": "rejected true", "what was given is still there": artifact.length,
      });
    }),

  "any object is a bundle that JSON has a text for, whoever made it": (browser) =>
    call(browser, async ({ script, artifact, bundle, identity, issuer }) => {
      const { verify } = await import(script);
      const why = (given) =>
        verify({ bundle: given, artifact: globalThis.bytes(artifact) }, { signer: identity, issuer })
          .then(({ verdict }) => verdict.outcome, (error) => `${error.part}: ${error.message.split(",")[0]}`);
      const { contentWindow: other } = document.body.appendChild(document.createElement("iframe"));
      class Bundle { toJSON() { return JSON.parse(bundle); } }
      const parsed = JSON.parse(bundle);
      const objects = [parsed, Object.assign(Object.create(null), parsed), other.JSON.parse(bundle), new Bundle(), new Proxy(parsed, {})];
      // An array is read as one, and this one holds no evidence.
      const others = [[], new other.Blob([bundle]), new other.ArrayBuffer(8), new other.URL("https://a.example"), new Date(), () => parsed, { toJSON: () => "x" }, 7];
      return [await Promise.all(objects.map(why)), await Promise.all(others.map(why))];
    }, {}, ([objects, [array, ...others]]) => {
      assert.deepEqual(objects, Array(5).fill("verified"));
      assert.equal(array, "rejected");
      assert.deepEqual(others, Array(7).fill("bundle: expected an address"));
    }),

  "a listener that fails is told of, and the check goes on": (browser) =>
    call(browser, async ({ script, artifact, bundle, identity, issuer }) => {
      const { verify } = await import(script);
      const told = [];
      addEventListener("error", ({ message }) => told.push(message));
      const onProgress = () => { throw new Error("mine"); };
      const ask = async (given) => {
        told.length = 0;
        const { verdict } = await verify({ bundle, artifact: given }, { signer: identity, issuer }, { onProgress });
        return [verdict.outcome, told.length > 0 && told.every((message) => message.includes("mine"))];
      };
      const blob = new Blob([globalThis.bytes(artifact)]);
      return [await ask(blob), await ask(blob.stream())];
    }, {}, (found) => assert.deepEqual(found, [["verified", true], ["verified", true]]), { noisy: true }),

  "a file too large to be kept is answered by its digests": (browser) =>
    call(browser, async ({ script, bundle, identity, issuer }) => {
      const { verify } = await import(script);
      const policy = { signer: identity, issuer };
      const piece = new Uint8Array(3_000_000);
      const read = [];
      const options = { onProgress: ({ read: one, total }) => read.push([one, total]) };
      const blob = await verify({ bundle, artifact: new Blob([piece, piece, piece]) }, policy, options);
      const stream = await verify({ bundle, artifact: new Blob([piece, piece, piece]).stream() }, policy);
      const hashed = new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob([piece, piece, piece]).arrayBuffer()));
      const hex = Array.from(hashed, (byte) => byte.toString(16).padStart(2, "0")).join("");
      return [blob, stream].map(({ verdict, artifact }) => [verdict.outcome, artifact.size, artifact.digests.find(({ algorithm }) => algorithm === "sha256").hex === hex]);
    }, {}, (found) => assert.deepEqual(found, [["rejected", 9_000_000, true], ["rejected", 9_000_000, true]])),

  "what cannot be asked is refused": (browser) =>
    call(browser, async ({ script, artifact, bundle, identity, issuer, sha256 }) => {
      const { verify, CheckError } = await import(script);
      const file = globalThis.bytes(artifact);
      const why = async (input, policy) => {
        try {
          const { verdict } = await verify(input, policy);
          return verdict.title;
        } catch (error) {
          return error instanceof CheckError ? `${error.part}: ${error.message.split(";")[0]}` : String(error);
        }
      };
      const policy = { signer: identity, issuer };
      const shared = new Uint8Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
      const gone = new ArrayBuffer(8);
      const view = new Uint8Array(gone);
      structuredClone(gone, { transfer: [gone] });
      return [
        await why({ bundle, artifact: file }, {}), await why({ bundle, artifact: file }, { anySigner: true }), await why({ bundle, artifact: file }, { anySigner: false }),
        await why({ bundle, artifact: file }, { ...policy, anySigner: true }), await why({ bundle, artifact: file }, { singer: identity }), await why({ bundle, artifact: file, digset: "" }, policy),
        await why({ artifact: file }, policy), await why({ bundle, artifact: 7 }, policy), await why({ bundle, artifact: file, digest: `sha256:${sha256.replace("5430", "5431")}` }, policy),
        await why({ bundle, artifact: file }, { signer: "" }), await why({ bundle: "ftp://example.org/a", artifact: file }, policy), await why({ bundle, artifact: "sha256:1" }, policy),
        await why({ bundle, artifact: file }, { signer: 1 }), await why({ bundle, artifact: file }, { signer: null }),
        await why({ bundle, artifact: shared }, policy), await why({ bundle: { mediaType: 1n }, artifact: file }, policy), await why({ bundle: gone, artifact: file }, policy),
        await why({ bundle, artifact: file }, { ...policy, trustedRoot: { mediaType: 1n } }),
        await why({ bundle, artifact: gone }, policy), await why({ bundle, artifact: view }, policy), await why({ bundle: view, artifact: file }, policy),
      ];
    }, {}, (found) => {
      const starts = [
        "Incomplete", "Verified, 1 check waived", "question: anySigner: expected true", "question: anySigner: a signer is named too", "question: singer: this is no part of a policy",
        "question: digset: this is no part of the input", "question: bundle: there is none", "artifact: expected a Blob", "another-file: The file that you gave is not the one that this page names",
        "question: signer: this is empty", "bundle: ftp: is not fetched", "question: This is no digest", "question: signer: expected a text", "question: signer: expected a text",
        "artifact: ", "bundle: ", "bundle: ", "trusted-root: ", "artifact: ", "artifact: ", "bundle: ",
      ];
      found.forEach((text, at) => assert.ok(text.startsWith(starts[at]), `${text}, expected ${starts[at]}`));
      assert.equal(found.length, starts.length);
    }),

  "a signal stops it": (browser) =>
    call(browser, async ({ script, bundle, identity, issuer, artifact }) => {
      const { verify } = await import(script);
      const policy = { signer: identity, issuer };
      const caught = (promise) => promise.then(({ verdict }) => verdict.outcome, (error) => String(error?.name ?? error));
      const before = AbortSignal.abort();
      const during = new AbortController();
      let cancelled;
      const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1_000_000)), cancel: () => (cancelled = true) });
      const stopped = caught(verify({ bundle, artifact: endless }, policy, { signal: during.signal, onProgress: () => during.abort("enough") }));
      const failing = new ReadableStream({ pull: (to) => to.error(new Error("gone")) });
      return [
        await caught(verify({ bundle }, policy, { signal: before })), await stopped, cancelled, await caught(verify({ bundle, artifact: failing }, policy)),
        await caught(verify({ bundle, artifact: globalThis.bytes(artifact) }, policy, { signal: new AbortController().signal })),
      ];
    }, {}, (found) => assert.deepEqual(found, ["AbortError", "enough", true, "CheckError", "verified"])),

  "a stream that nobody wants any more is given back": (browser) =>
    call(browser, async ({ script, bundle, identity, issuer }) => {
      const { verify } = await import(script);
      const policy = { signer: identity, issuer };
      const caught = (promise) => promise.then(({ verdict }) => verdict.outcome, (error) => String(error?.name ?? error));
      const given = [];
      const stream = (name, pull) => new ReadableStream({ pull, cancel: () => void given.push(name) });
      const silent = (name) => stream(name, () => new Promise(() => {}));
      const large = (name) => stream(name, (to) => to.enqueue(new Uint8Array(1_000_000)));
      const late = (blob) => ({ stream: () => new ReadableStream({ start: (to) => setTimeout(() => (to.enqueue(blob), to.close()), 500) }) });
      const slow = Object.setPrototypeOf(late(new TextEncoder().encode(bundle)), Blob.prototype);
      const now = new AbortController();
      const soon = new AbortController();
      const asked = [
        verify({ bundle, artifact: silent("at once") }, policy, { signal: now.signal }),
        verify({ bundle: slow, artifact: large("before the bundle") }, policy, { signal: soon.signal }),
        verify({ bundle: new URL("nothing-here", location.href), artifact: silent("no bundle") }, policy),
      ];
      now.abort("enough");
      setTimeout(() => soon.abort("soon"), 250);
      const found = await Promise.all(asked.map(caught));
      await new Promise((done) => setTimeout(done, 700));
      return [found, given.sort()];
    }, {}, (found) => assert.deepEqual(found, [["enough", "soon", "CheckError"], ["at once", "before the bundle", "no bundle"]]), { noisy: true }),

  "how far it is never goes back": (browser) =>
    call(browser, async ({ script, bundle, identity, issuer }) => {
      const { verify } = await import(script);
      const told = [];
      let left = 30;
      const pull = async (to) => {
        await new Promise((done) => setTimeout(done, 10));
        left -= 1;
        if (left < 0) to.close();
        else to.enqueue(new Uint8Array(100_000));
      };
      await verify({ bundle, artifact: new ReadableStream({ pull }) }, { signer: identity, issuer }, { onProgress: ({ read }) => told.push(read) });
      return [told.every((read, at) => at === 0 || read > told[at - 1]), told.at(-1)];
    }, {}, (found) => assert.deepEqual(found, [true, 3_000_000])),

  "many at once": (browser) =>
    call(browser, async ({ script, artifact, altered, bundle, identity, issuer }) => {
      const { verify } = await import(script);
      const [good, bad] = [globalThis.bytes(artifact), globalThis.bytes(altered)];
      const all = Array.from({ length: 20 }, (_, at) => verify({ bundle, artifact: at % 2 ? bad : good }, at % 5 === 0 ? { signerPattern: "https://github[.]com/prefix-dev/.*" } : { signer: identity, issuer }));
      return (await Promise.all(all)).map(({ verdict }) => verdict.outcome);
    }, {}, (found, { asked }) => {
      assert.deepEqual(found, Array.from({ length: 20 }, (_, at) => (at % 2 ? "rejected" : "verified")));
      assert.deepEqual([count(asked, `package/${FIRST}`), count(asked, `package/${WHOLE}`)], [1, 1]);
    }),

  "a server can import it, where no elements are": async () => {
    const { TouchstoneVerify, verify } = await import(pathToFileURL(join(folder, SCRIPT)).href);
    assert.deepEqual([typeof TouchstoneVerify, typeof verify, typeof globalThis.customElements], ["function", "function", "undefined"]);
  },

  "a file whose next slice is long in coming is waited for, and says so": async () => {
    let arrive, told = 0;
    const slow = { size: 5, slice: () => ({ arrayBuffer: () => new Promise((resolve) => (arrive = resolve)) }) };
    const next = slices(slow, () => (told += 1), 5).next();
    await new Promise((done) => setTimeout(done, 100));
    assert.ok(told > 1, `told ${told} times`);
    arrive(new ArrayBuffer(5));
    assert.equal((await next).value.length, 5);
    const before = told;
    await new Promise((done) => setTimeout(done, 50));
    assert.equal(told, before, "told although it came");
  },

  "importing it leaves one element behind and nothing else": (browser) =>
    call(browser, async ({ script }) => {
      const before = Object.keys(globalThis).length;
      await import(script);
      return [Object.keys(globalThis).length - before, typeof customElements.get("touchstone-verify")];
    }, {}, (found) => assert.deepEqual(found, [0, "function"])),

  "a page styles it by parts and variables": (browser) =>
    at(browser, { body: `<style>touchstone-verify { --touchstone-surface: rgb(1, 2, 3); } touchstone-verify::part(verified) { border-width: 7px; } touchstone-verify::part(title) { font-size: 31px; }</style>${widget(named)}` }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      const found = await element(page).evaluate((widget) => {
        const [card, title] = [".card", ".title"].map((one) => getComputedStyle(widget.shadowRoot.querySelector(one)));
        return [card.backgroundColor, card.borderTopWidth, title.fontSize];
      });
      assert.deepEqual(found, ["rgb(1, 2, 3)", "7px", "31px"]);
    }),

  "the page gives the same report to the same question, and the link asks it": async (browser) => {
    if (!process.env.TOUCHSTONE_URL) return "no $TOUCHSTONE_URL";
    const asked = `${named} ref="refs/heads/main" source="github.com/prefix-dev/sigstore-example"`;
    for (const [file, title] of [[artifactFile, "Verified"], [{ ...artifactFile, buffer: altered }, "Rejected"]]) {
      let report, href;
      await at(browser, { body: widget(`${asked} size="full" page="${process.env.TOUCHSTONE_URL}"`) }, async (page) => {
        await choose(page, file);
        await reaches(page, title.toLowerCase());
        report = await element(page).evaluate((widget) => widget.report);
        href = await element(page).locator("[part=link]").getAttribute("href");
      });
      const { page, context } = await visit(browser, { path: href });
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator("input[type=file][multiple]").first().setInputFiles([file, { name: "bundle.json", mimeType: "application/json", buffer: bundle }]);
      await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
      await page.locator('#chain[aria-busy="true"]').waitFor({ state: "detached" });
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save report" }).click();
      const parts = [];
      for await (const part of await (await saving).createReadStream()) parts.push(part);
      assert.deepEqual(JSON.parse(Buffer.concat(parts).toString()), report);
      await context.close();
    }
    return undefined;
  },
};
