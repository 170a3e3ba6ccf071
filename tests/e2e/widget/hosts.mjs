// Hosts: strict policies, other origins, digests, and what does not load or is not what it should be.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  FIRST, SCRIPT, WHOLE, WORKER, altered, artifact, artifactFile, assert, at, bundle, choose, count, element, folder, integrity, named, origins, press, reaches,
  saysNothing, sees, sha256, strict, widget,
} from "../lib/widget.mjs";

const digest = `digest="sha256:${sha256}"`;
const read = (name) => readFile(join(folder, name));
const flipped = async (name) => {
  const bytes = await read(name);
  // In the code, behind all that a parser looks at first.
  bytes[bytes.length >> 1] ^= 1;
  return bytes;
};
const couldNot = async (page, why) => {
  await reaches(page, "failed");
  await sees(page, "Could not check", why, "This says nothing about the file.");
  await saysNothing(page);
};
const program = "The checking program did not load, or is not the one that belongs here.";

const verifies = (options, workers) => (browser) =>
  at(browser, { body: widget(`${named} size="full"`), ...options }, async (page, seen) => {
    await choose(page, artifactFile);
    await reaches(page, "verified");
    if (workers !== undefined) assert.equal(page.workers().length, workers);
    await options.also?.(page, seen);
  });

const changedScript = Buffer.concat([await read(SCRIPT), Buffer.from(" ")]);

export default {
  "a strict policy, with a worker of the script's text": verifies({ csp: strict() }, 1),
  // The browser tells of the worker that it refuses.
  "a strict policy that allows no worker": verifies({ csp: strict(""), noisy: true }, 0),
  "a policy that allows no Trusted Types policy of ours": verifies({ csp: strict("worker-src blob:;").replace("trusted-types touchstone-verify", "trusted-types 'none'"), noisy: true }, 0),
  "a policy that allows the page's own workers alone, same origin": verifies(
    { csp: strict("worker-src 'self';").replace("'nonce-n1'", "'self'"), sameOrigin: true, noisy: true, also: (page, { asked }) => assert.equal(count(asked, `site/${WORKER}`), 1) }, 1),
  "a policy that names the script by its digest": verifies({ csp: strict().replace("'nonce-n1'", `'${integrity}'`) }, 1),
  "the page's own origin, no policy": verifies({ sameOrigin: true }, 1),
  "a host that sends no media type for wasm": verifies({
    changed: {
      [FIRST]: async (request, response) => response.writeHead(200, { "access-control-allow-origin": "*" }).end(await read(FIRST)),
      [WHOLE]: async (request, response) => response.writeHead(200, { "access-control-allow-origin": "*" }).end(await read(WHOLE)),
    },
  }, 1),

  "a policy that allows no WebAssembly": (browser) =>
    at(browser, { body: widget(named), csp: strict().replace("'wasm-unsafe-eval'", ""), noisy: true }, async (page) => {
      await choose(page, artifactFile);
      await couldNot(page, program);
    }),

  "a policy that allows no connection": (browser) =>
    at(browser, { body: widget(named), csp: strict().replace(/connect-src [^;]*;/, ""), noisy: true }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "failed");
      await saysNothing(page);
    }),

  "a script that is not the one that the page names does not run": (browser) =>
    at(browser, { body: widget(named), noisy: true, changed: { [SCRIPT]: changedScript } }, async (page) => {
      await page.getByRole("link", { name: "Signature" }).waitFor();
      assert.equal(await page.evaluate(() => customElements.get("touchstone-verify")), undefined);
    }),

  "a bundle that is not there": (browser) =>
    at(browser, { body: widget(named), files: { "bundle.json": 404 }, noisy: true }, async (page, { site }) => {
      await choose(page, artifactFile);
      await couldNot(page, "The signature did not load.");
      await sees(page, "HTTP status 404");
      // The content between the tags is seen again.
      assert.ok(await page.getByRole("link", { name: "Signature" }).isVisible());
      site["bundle.json"] = bundle;
      await press(page, "Try again");
      await reaches(page, "verified");
    }),

  "a program that is not there": (browser) =>
    at(browser, { body: widget(named), changed: { [FIRST]: 404 }, noisy: true }, async (page, seen) => {
      await choose(page, artifactFile);
      await couldNot(page, program);
      delete seen.package[FIRST];
      await press(page, "Try again");
      await reaches(page, "verified");
    }),

  "a program of another version that the browser still has": async (browser) => {
    const [stale, own] = [await flipped(FIRST), await read(FIRST)];
    const headers = { "access-control-allow-origin": "*", "content-type": "application/wasm", "cache-control": "max-age=600" };
    let sent = 0;
    const changed = { [FIRST]: (request, response) => response.writeHead(200, headers).end((sent += 1) === 1 ? stale : own) };
    // The first one is refused with a word in the console.
    await at(browser, { body: widget(named), changed, noisy: true }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      assert.equal(sent, 2);
    });
  },

  // As a plain host sends it: a browser may keep it for days without asking.
  "a file or a signature that the browser still has is fetched all the same": async (browser) => {
    const headers = { "last-modified": new Date(Date.now() - 100 * 86_400_000).toUTCString() };
    const sent = { "bundle.json": bundle, artifact };
    const files = Object.fromEntries(Object.keys(sent).map((name) => [name, (request, response) => response.writeHead(200, headers).end(sent[name])]));
    await at(browser, { body: widget(`${named} artifact="./artifact"`), files, noisy: true }, async (page) => {
      const fetched = async (state) => {
        await press(page, "Fetch it");
        await reaches(page, state);
        await page.reload();
      };
      await fetched("verified");
      sent.artifact = altered;
      await fetched("rejected");
      sent.artifact = artifact;
      sent["bundle.json"] = "{}";
      await fetched("rejected");
    });
  },

  "a program with one bit flipped": async (browser) =>
    at(browser, { body: widget(named), changed: { [FIRST]: await flipped(FIRST) }, noisy: true }, async (page) => {
      await choose(page, artifactFile);
      await couldNot(page, program);
    }),

  "a whole program that is not there, or has one bit flipped": async (browser) => {
    for (const whole of [404, await flipped(WHOLE)]) {
      await at(browser, { body: widget(`${named} size="full"`), changed: { [WHOLE]: whole }, noisy: true }, async (page, seen) => {
        await choose(page, artifactFile);
        await couldNot(page, program);
        // What the first module answers is answered all the same.
        await element(page).evaluate((widget) => widget.setAttribute("size", "card"));
        await choose(page, artifactFile);
        await reaches(page, "verified");
        // Nothing of it is left where the whole is needed again, for the same file.
        await element(page).evaluate((widget) => widget.setAttribute("size", "full"));
        await couldNot(page, program);
        delete seen.package[WHOLE];
        await press(page, "Try again");
        await reaches(page, "verified");
      });
    }
  },

  "what the first module lacks is fetched, and asked again": (browser) =>
    at(browser, { body: widget('signer-pattern="https://github.com/prefix-dev/.*"') }, async (page, { asked }) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      assert.equal(count(asked, `package/${WHOLE}`), 1);
      assert.equal(count(asked, `package/${FIRST}`), 1);
    }),

  "what the first module lacks and does not come is no verdict": (browser) =>
    at(browser, { body: widget('signer-pattern="https://github.com/prefix-dev/.*"'), changed: { [WHOLE]: 404 }, noisy: true }, async (page) => {
      await choose(page, artifactFile);
      await couldNot(page, program);
    }),

  "an address that is cut off in the middle": (browser) =>
    at(browser, {
      body: widget(`${named} artifact="./cut"`), noisy: true,
      files: {
        cut: (request, response) => {
          response.writeHead(200, { "content-length": "5000" });
          response.write(artifact);
          setTimeout(() => response.destroy(), 100);
        },
      },
    }, async (page) => {
      await press(page, "Fetch it");
      await couldNot(page, "The file could not be read.");
    }),

  "a worker that dies is no verdict, and the next try has another": (browser) =>
    at(browser, {
      body: widget(named),
      before: () => {
        const Own = Worker;
        globalThis.made = [];
        globalThis.Worker = class extends Own {
          constructor(...given) {
            super(...given);
            globalThis.made.push(this);
          }
        };
      },
    }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      await page.evaluate(() => {
        const [worker] = globalThis.made;
        const post = worker.postMessage;
        worker.postMessage = (message, transfer) => (message.question ? worker.dispatchEvent(new ErrorEvent("error", { message: "gone" })) : post.call(worker, message, transfer));
      });
      await choose(page, artifactFile);
      await couldNot(page, "The checking program stopped.");
      await press(page, "Try again");
      await reaches(page, "verified");
      assert.equal(await page.evaluate(() => globalThis.made.length), 2);
    }),

  "a program that traps is no verdict": (browser) =>
    at(browser, {
      body: widget(`${named} ${digest}`),
      // On the page's thread, where the test reaches it.
      before: () => {
        globalThis.Worker = undefined;
        const parse = JSON.stringify;
        globalThis.trap = false;
        JSON.stringify = (...given) => {
          if (globalThis.trap && given[0]?.bundleName !== undefined) throw new WebAssembly.RuntimeError("unreachable");
          return parse(...given);
        };
      },
    }, async (page) => {
      await press(page, "Check the digest on this page");
      await reaches(page, "verified");
      await page.evaluate(() => (globalThis.trap = true));
      await choose(page, artifactFile);
      await couldNot(page, "The checking program stopped.");
      await page.evaluate(() => (globalThis.trap = false));
      await press(page, "Try again");
      await reaches(page, "verified");
    }),

  "a browser without WebAssembly shows what stands between the tags": (browser) =>
    at(browser, { body: widget(named), before: () => delete globalThis.WebAssembly }, async (page) => {
      await page.waitForTimeout(300);
      assert.ok(await page.getByRole("link", { name: "Signature" }).isVisible());
    }),

  "two copies of the script are no error": (browser) =>
    at(browser, {
      body: widget(named),
      script: (from) => `<script type="module" src="${from}/${SCRIPT}"></script><script type="module" src="${from}/${SCRIPT}?again"></script>`,
    }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
    }),

  "no address of a module is of another origin than the script's": (browser) =>
    at(browser, { body: widget(named), csp: strict() }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      const wasm = asked.filter((name) => name.endsWith(".wasm"));
      assert.ok(wasm.length === 1 && wasm.every((name) => name.startsWith(origins.package)), asked.join(" "));
    }),
};
