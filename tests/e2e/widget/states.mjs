// Every state, and how it is reached and left.
import { gzipSync } from "node:zlib";
import {
  FIRST, SCRIPT, WHOLE, alteredFile, artifact, artifactFile, assert, at, bundle, choose, count, element, identity, issuer, named, origins, press, reaches,
  saysNothing, sees, sha256, state, text, widget,
} from "../lib/widget.mjs";

const digest = `digest="sha256:${sha256}"`;
const SIZES = ["line", "card", "full"];

// The bundle with one bit of its signature turned over.
const parsed = JSON.parse(bundle);
const [signature] = parsed.dsseEnvelope.signatures;
const bytes = Buffer.from(signature.sig, "base64");
bytes[20] ^= 1;
signature.sig = bytes.toString("base64");
const forged = JSON.stringify(parsed);

// An answer that is begun and never ended.
const endless = (request, response) => {
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": "1000000000" });
  response.write(Buffer.alloc(5_000_000));
};

export default {
  "nothing is asked, and nothing is said, before somebody asks": (browser) =>
    at(browser, { body: widget(named) + widget(`${named} ${digest} size="line"`) }, async (page, { asked }) => {
      await element(page).getByText("Not checked yet").waitFor();
      await page.waitForTimeout(500);
      assert.deepEqual(asked, ["site/index.html", `package/${SCRIPT}`]);
      assert.equal(page.workers().length, 0);
      assert.deepEqual([await state(page), await state(page, 1)], ["idle", "idle"]);
      await saysNothing(page);
    }),

  "the file that was signed is verified": (browser) =>
    at(browser, { body: widget(`${named} artifact="package.conda"`) }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      await sees(page, "Verified", "package.conda is byte for byte the file that", "prefix-dev/sigstore-example", "Commit", "signature from 127.0.0.1");
    }),

  "a dropped file is verified": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      const transfer = await page.evaluateHandle((base64) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "dropped.conda"));
        return transfer;
      }, artifact.toString("base64"));
      await element(page).getByText("Not checked yet").waitFor();
      for (const kind of ["dragover", "drop"]) await element(page).dispatchEvent(kind, { dataTransfer: transfer });
      await reaches(page, "verified");
      await sees(page, "dropped.conda is byte for byte");
    }),

  "one byte of the file flipped is rejected": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      await choose(page, alteredFile);
      await reaches(page, "rejected");
      await sees(page, "Rejected", "Do not open or run this file.", "Expected", "Found");
      assert.doesNotMatch(await text(page), /Verified|Signed by/);
    }),

  "one byte of the bundle flipped is never verified": (browser) =>
    at(browser, { body: widget(named), files: { "bundle.json": forged } }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "rejected");
    }),

  "a signature that a browser takes for right or wrong by mistake changes no verdict": async (browser) => {
    const verify = (answer) => `() => (SubtleCrypto.prototype.verify = async () => ${answer})`;
    const has = { nothing: "() => {}", yes: verify(true), no: verify(false), none: "() => Object.defineProperty(globalThis, 'crypto', { value: {} })" };
    for (const [what, evidence, ends, loads] of [
      ["nothing", bundle, "verified", [FIRST]], ["nothing", forged, "rejected", [FIRST, WHOLE]], ["yes", forged, "rejected", [FIRST, WHOLE]],
      ["yes", bundle, "verified", [FIRST, WHOLE]], ["no", bundle, "verified", [FIRST, WHOLE]], ["none", bundle, "verified", [FIRST, WHOLE]],
    ]) {
      // On the page's thread, where the test reaches it.
      const before = `globalThis.Worker = undefined; (${has[what]})();`;
      await at(browser, { body: widget(named), files: { "bundle.json": evidence }, before }, async (page, { asked }) => {
        await choose(page, artifactFile);
        await reaches(page, ends);
        assert.deepEqual(asked.filter((address) => address.endsWith(".wasm")), loads.map((name) => `package/${name}`), `${what}, ${ends}`);
      });
    }
  },

  "a digest that the page names is no file of the visitor's": async (browser) => {
    for (const size of SIZES) {
      await at(browser, { body: widget(`${named} ${digest} size="${size}"`) }, async (page) => {
        await press(page, size === "line" ? "Check" : "Check the digest on this page");
        await reaches(page, "verified");
        await sees(page, size === "line" ? "the digest on this page; no file" : "No file was looked at: this page named the digest.");
        assert.doesNotMatch(await text(page), /package\.conda/);
        // And then the file itself.
        await choose(page, artifactFile);
        await reaches(page, "verified");
        assert.doesNotMatch(await text(page), /No file was looked at|; no file/);
        await choose(page, alteredFile);
        await reaches(page, "rejected");
      });
    }
  },

  "a file that the signature covers and the page does not name is said to be another, and no verdict on it stands": async (browser) => {
    const other = `digest="sha256:${"0".repeat(64)}"`;
    for (const size of SIZES) {
      await at(browser, { body: widget(`${named} ${other} size="${size}"`) }, async (page) => {
        await choose(page, artifactFile);
        await reaches(page, "failed");
        await sees(page, "The file that you gave is not the one that this page names");
        assert.doesNotMatch(await text(page), /Verified|Signed by|cannot be asked/);
      });
      await at(browser, { body: widget(`${named} ${digest} size="${size}"`) }, async (page) => {
        await choose(page, artifactFile);
        await reaches(page, "verified");
        assert.doesNotMatch(await text(page), /not the file/);
      });
    }
  },

  "without a signer nothing is verified": async (browser) => {
    for (const size of SIZES) {
      for (const more of ["", digest, "source='github.com/prefix-dev/sigstore-example'"]) {
        await at(browser, { body: widget(`${more} size="${size}"`) }, async (page) => {
          await choose(page, artifactFile);
          await reaches(page, "incomplete");
          await sees(page, "Incomplete");
          assert.doesNotMatch(await text(page), /Verified|Signed by|is byte for byte/);
        });
      }
    }
  },

  "without a file and without a digest it says what is open": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      await press(page, "Check the signature alone");
      await reaches(page, "incomplete");
      await sees(page, "Incomplete", "No file was looked at. Choose the file");
      assert.doesNotMatch(await text(page), /Verified|is byte for byte/);
    }),

  "another signer, branch, source or instance is rejected": async (browser) => {
    const wrong = [
      `signer="${identity}x" issuer="${issuer}"`, `signer="${identity}" issuer="https://login.example"`,
      `${named} ref="refs/tags/v1"`, `${named} source="github.com/prefix-dev/other"`, `${named} instance="github"`,
      `signer-pattern="https://github.com/other/.*" issuer="${issuer}"`, `${named} builder="https://build.example"`,
    ];
    for (const attributes of wrong) {
      await at(browser, { body: widget(attributes) }, async (page) => {
        await choose(page, artifactFile);
        await reaches(page, "rejected");
      });
    }
  },

  "what is right about signer, branch and source is verified": async (browser) => {
    const workflow = identity.split("@")[0];
    const right = [
      `signer="${workflow}" issuer="${issuer}" ref="refs/heads/main"`, `${named} source-ref="refs/heads/main"`,
      `${named} source="github.com/prefix-dev/sigstore-example" instance="public-good"`,
      `signer-pattern="https://github\\.com/prefix-dev/sigstore-example/\\.github/workflows/[a-z.]+@refs/heads/main" issuer="${issuer}"`,
    ];
    for (const attributes of right) {
      await at(browser, { body: widget(attributes) }, async (page) => {
        await choose(page, artifactFile);
        await reaches(page, "verified");
      });
    }
  },

  "what cannot be asked is told, and nothing is verified": async (browser) => {
    const wrong = {
      'signer=""': "signer: this is empty", [`${named} ref=""`]: "ref: this is empty", [`${named} issuer-pattern="x"`]: "issuer: an exact name and a pattern",
      [`${named} ref="refs/heads/a" source-ref="refs/heads/a"`]: "ref: source-ref is the same", [`${named} ref="v1.2.3"`]: "expected refs/tags/NAME", [`${named} instance="mine"`]: "expected one of public-good",
      [`issuer="${issuer}"`]: "an issuer alone names nobody", [`${named} digest=""`]: "digest: this is empty", [`${named} digest="sha256:12"`]: "no digest",
      [`signer="${identity.split("@")[0]}" issuer="${issuer}"`]: "a workflow signs at a branch or tag", 'signer-pattern="("': "regular expression",
      [`${named} trusted-root="bundle.json" instance="staging"`]: "name one of both",
    };
    for (const [attributes, why] of Object.entries(wrong)) {
      await at(browser, { body: widget(attributes) }, async (page) => {
        // A digest is the question only without a file.
        if (attributes.includes("digest=")) await press(page, "Check the digest on this page");
        else await choose(page, artifactFile);
        await reaches(page, "failed");
        await sees(page, "Could not check", "What this page asks cannot be asked.", why);
        await saysNothing(page);
      });
    }
  },

  "a pattern that others fit too expects nobody": async (browser) => {
    for (const pattern of ["https://github\\.com/.*", "(?i)HTTPS://GITHUB\\.COM/.*", "https://github\\.com/p.*", "https://github\\.com/\\.?.*"]) {
      await at(browser, { body: widget(`signer-pattern="${pattern}"`) }, async (page) => {
        await choose(page, artifactFile);
        await reaches(page, "failed");
        await sees(page, "Could not check", "fits others too: https://");
        await saysNothing(page);
      });
    }
    for (const pattern of ["https://github\\.com/(prefix-dev|other)/.*", "^(https://github\\.com/prefix-dev/.*)$"]) {
      await at(browser, { body: widget(`signer-pattern="${pattern}" issuer="${issuer}"`) }, async (page) => {
        await choose(page, artifactFile);
        await reaches(page, "verified");
      });
    }
  },

  "a name without its issuer is said to be one": (browser) =>
    at(browser, { body: widget(`signer="${identity}"`) }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      await sees(page, "Verified, 1 check waived", "It named no issuer");
    }),

  // The page asked, and the visitor did not.
  "it says that the page expects somebody, and not that the visitor does": async (browser) => {
    for (const [attributes, file, state, says] of [
      [named, artifactFile, "verified", "That is the signer that this page said to expect."],
      [`signer="https://github.com/other/x/.github/workflows/x.yml@refs/heads/main" issuer="${issuer}"`, artifactFile, "rejected", "It is not signed by the signer that this page expects."],
      ["", artifactFile, "incomplete", "This page does not say whom it expects to have signed."],
    ]) {
      for (const size of SIZES) {
        await at(browser, { body: widget(`${attributes} size="${size}"`) }, async (page) => {
          await choose(page, file);
          await reaches(page, state);
          if (size !== "line") await sees(page, says);
          const heard = await element(page).evaluate((widget) => widget.shadowRoot.querySelector("[role=status]").textContent);
          assert.doesNotMatch(`${await text(page)} ${heard}`, /you (said to )?expect|You have not said/, size);
        });
      }
    }
  },

  "a page in place of the signature could not be checked": (browser) =>
    at(browser, { body: widget(named), files: { "bundle.json": "<!doctype html><title>Sign in</title>" } }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "failed");
      await sees(page, "The signature did not load.", "what came is no JSON");
      await saysNothing(page);
    }),

  "why it could not be checked can be asked at every size": async (browser) => {
    for (const size of SIZES) {
      await at(browser, { body: widget(`${named} size="${size}"`), files: { "bundle.json": "<!doctype html><title>Sign in</title>" } }, async (page) => {
        await element(page).evaluate((widget) => widget.addEventListener("touchstone-state", ({ detail }) => (globalThis.told = detail)));
        assert.equal(await element(page).evaluate((widget) => widget.error), null);
        await choose(page, artifactFile);
        await reaches(page, "failed");
        const found = await element(page).evaluate((widget) => {
          const [status, detail] = ["[role=status]", ".detail"].map((one) => widget.shadowRoot.querySelector(one));
          return { error: widget.error, told: globalThis.told, heard: status.textContent, title: detail?.title };
        });
        assert.equal(found.error.part, "bundle");
        assert.match(found.error.message, /what came is no JSON/);
        assert.deepEqual(found.told, { state: "failed", error: found.error });
        assert.ok(found.heard.includes(found.error.message), found.heard);
        if (size === "line") assert.equal(found.title, found.error.message);
        await element(page).evaluate((widget) => widget.reset());
        assert.equal(await element(page).evaluate((widget) => widget.error), null);
      });
    }
  },

  "where a redirect led is listed": async (browser) => {
    const redirect = (request, response) =>
      response.writeHead(302, { location: new URL("elsewhere.json", `${origins.package}${new URL(request.url, "http://x").pathname}`).href }).end();
    const elsewhere = (request, response) =>
      response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" }).end(bundle);
    const body = widget(named);
    await at(browser, { body, files: { "bundle.json": redirect }, changed: { "elsewhere.json": elsewhere } }, async (page) => {
      const heard = await element(page).evaluate(async (widget) => {
        const { verify } = await import(document.querySelector("script[src]").src);
        const heard = [];
        await verify({ bundle: "bundle.json" }, {}, { onRequest: (request) => heard.push(request.address) });
        return heard.map((address) => address.split("/").pop());
      });
      assert.deepEqual(heard, ["bundle.json", "elsewhere.json"]);
    });
  },

  "a file that the browser unpacked is asked for": (browser) => {
    const packed = (request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(gzipSync(artifact)));
    return at(browser, { body: widget(`${named} artifact="./packed.gz"`), files: { "packed.gz": packed } }, async (page) => {
      await press(page, "Fetch it");
      await reaches(page, "failed");
      await sees(page, "The file could not be read.", "unpacked on its way (Content-Encoding: gzip)");
      await choose(page, artifactFile);
      await reaches(page, "verified");
    });
  },

  "a line offers all that can be done": (browser) =>
    at(browser, { body: widget(`${named} size="line" ${digest}`) + widget(`${named} size="line" artifact="./artifact"`) }, async (page) => {
      const offered = (at) => element(page, at).getByRole("button").allInnerTexts();
      assert.deepEqual(await offered(0), ["Choose the file", "Check"]);
      assert.deepEqual(await offered(1), ["Choose the file", "Fetch it"]);
      await press(page, "Fetch it", 1);
      await reaches(page, "verified", 1);
      assert.match(await text(page, 1), /fetched for this check; not your copy/);
      assert.deepEqual(await offered(1), ["Choose the file"]);
      await choose(page, artifactFile, 1);
      await reaches(page, "verified", 1);
      assert.deepEqual(await offered(1), ["Choose the file"]);
      // Of another file than the page names, the page's own is wanted.
      await element(page).evaluate((widget, other) => widget.setAttribute("digest", `sha256:${other}`), "0".repeat(64));
      await choose(page, artifactFile);
      await reaches(page, "failed");
      assert.deepEqual(await offered(0), ["Choose the file", "Try again"]);
    }),

  "what is said is marked with its language": (browser) =>
    at(browser, { html: "lang='fr'", body: widget(named) }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      const marked = await element(page).evaluate((widget) => {
        const status = widget.shadowRoot.querySelector("[role=status]");
        return [status.lang, [...status.children].every((one) => one.localName === "span"), status.innerText.startsWith("Verified. "), widget.shadowRoot.querySelector("input").lang];
      });
      assert.deepEqual(marked, ["en", true, true, "en"]);
    }),

  "it keeps its looks in another document": (browser) =>
    at(browser, { body: `${widget(named)}<iframe></iframe>` }, async (page) => {
      const found = await element(page).evaluate((widget) => {
        const sheets = () => widget.shadowRoot.adoptedStyleSheets.length;
        const before = sheets();
        document.querySelector("iframe").contentDocument.body.append(widget);
        const there = sheets();
        document.body.append(widget);
        return [before, there, sheets()];
      });
      assert.deepEqual(found, [1, 1, 1]);
    }),

  "a bundle that comes later between the tags is seen": (browser) =>
    at(browser, { body: `<touchstone-verify auto="visible" ${named} ${digest}></touchstone-verify>` }, async (page) => {
      await reaches(page, "failed");
      await element(page).evaluate((widget, bundle) => {
        const script = document.createElement("script");
        script.type = "application/json";
        script.textContent = bundle;
        widget.append(script);
      }, bundle.toString());
      await reaches(page, "verified");
    }),

  "a change of the question takes the verdict back": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      await element(page).evaluate((widget) => widget.setAttribute("theme", "dark"));
      await element(page).evaluate((widget) => widget.setAttribute("size", "line"));
      assert.equal(await state(page), "verified");
      await element(page).evaluate((widget) => widget.setAttribute("signer", "somebody@else.example"));
      assert.equal(await state(page), "idle");
      await saysNothing(page);
      await choose(page, artifactFile);
      await reaches(page, "rejected");
    }),

  "a change of the question stops what goes on": (browser) =>
    at(browser, { body: widget(`${named} artifact="./endless"`), files: { endless } }, async (page) => {
      await press(page, "Fetch it");
      await element(page).getByText("read, in this browser").waitFor();
      await element(page).evaluate((widget) => widget.removeAttribute("signer"));
      assert.equal(await state(page), "idle");
    }),

  "a check is cancelled, and what comes late changes nothing": (browser) =>
    at(browser, { body: widget(`${named} artifact="./endless"`), files: { endless } }, async (page) => {
      await press(page, "Fetch it");
      await element(page).getByText("of 1,000 MB read, in this browser").waitFor();
      await press(page, "Cancel");
      assert.equal(await state(page), "idle");
      await page.waitForTimeout(300);
      assert.equal(await state(page), "idle");
      // The engine serves the next.
      await choose(page, artifactFile);
      await reaches(page, "verified");
    }),

  "the last file given is the one that is answered": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      const found = await element(page).evaluate(async (widget, [good, bad]) => {
        const file = (base64) => new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "a");
        const outcomes = await Promise.allSettled([widget.verify(file(good)), widget.verify(file(bad))]);
        return [outcomes.map(({ status, reason, value }) => reason?.name ?? value?.verdict.outcome ?? status), widget.state];
      }, [artifact, alteredFile.buffer].map((bytes) => bytes.toString("base64")));
      assert.deepEqual(found, [["AbortError", "rejected"], "rejected"]);
    }),

  "a file is fetched from its address only when that is pressed": (browser) =>
    at(browser, { body: widget(`${named} artifact="./artifact"`) }, async (page, { asked }) => {
      await press(page, "Fetch it");
      await reaches(page, "verified");
      assert.equal(count(asked, "site/artifact"), 1);
      await sees(page, "It is not the copy that you downloaded before.", "file from 127.0.0.1");
    }),

  "it begins by itself only where it is told to, and only when it is seen": (browser) =>
    at(browser, { body: `<div id="tall"></div>${widget(`${named} ${digest} auto="visible"`)}`, before: () => addEventListener("DOMContentLoaded", () => (document.getElementById("tall").style.height = "3000px")) }, async (page, { asked }) => {
      await page.waitForTimeout(500);
      assert.equal(await state(page), "idle");
      assert.equal(count(asked, `package/${FIRST}`), 0);
      await element(page).scrollIntoViewIfNeeded();
      await reaches(page, "verified");
    }),

  "a bundle in the page is asked of nobody": async (browser) => {
    const inside = `<script type="application/json">${bundle}</script>`;
    const attribute = `bundle='${bundle.toString().replaceAll("'", "&#39;")}'`;
    for (const body of [`<touchstone-verify ${named}>${inside}</touchstone-verify>`, `<touchstone-verify ${named} ${attribute}></touchstone-verify>`]) {
      await at(browser, { body }, async (page, { asked }) => {
        await choose(page, artifactFile);
        await reaches(page, "verified");
        assert.equal(count(asked, "site/bundle.json"), 0);
      });
    }
  },

  "a bundle that is none is rejected, and none at all is told": async (browser) => {
    await at(browser, { body: widget(named), files: { "bundle.json": "{}" } }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "rejected");
    });
    await at(browser, { body: `<touchstone-verify ${named}></touchstone-verify>` }, async (page) => {
      await choose(page, artifactFile);
      await reaches(page, "failed");
      await saysNothing(page);
    });
  },

  "the full size draws the chain, with the whole program": (browser) =>
    at(browser, { body: widget(`${named} size="full"`) }, async (page, { asked }) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      assert.deepEqual(await element(page).locator(".chain b").allInnerTexts(), ["Source", "Build", "Artifact", "Deploy"]);
      assert.deepEqual([count(asked, `package/${FIRST}`), count(asked, `package/${WHOLE}`)], [0, 1]);
    }),

  "what becomes full while it verifies begins again, for the chain": async (browser) => {
    let arrive;
    const held = new Promise((resolve) => { arrive = resolve; });
    const slow = async (request, response) => {
      await held;
      response.writeHead(200, { "content-type": "application/json" }).end(bundle);
    };
    await at(browser, { body: widget(named), files: { "bundle.json": slow } }, async (page) => {
      await choose(page, artifactFile);
      const states = await element(page).evaluate((widget) => {
        const before = widget.state;
        widget.setAttribute("size", "full");
        return [before, widget.state];
      });
      assert.deepEqual(states, ["verifying", "verifying"]);
      arrive();
      await reaches(page, "verified");
      assert.deepEqual(await element(page).locator(".chain b").allInnerTexts(), ["Source", "Build", "Artifact", "Deploy"]);
      // The chain is there already.
      for (const size of ["card", "full"]) await element(page).evaluate((widget, size) => widget.setAttribute("size", size), size);
      assert.equal(await state(page), "verified");
    });
  },

  "whoever asked before it became full gets what came of it": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      const found = await element(page).evaluate(async (widget, base64) => {
        const file = new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "a");
        const ask = async (given) => {
          widget.setAttribute("size", "card");
          const asked = widget.verify(given);
          widget.setAttribute("size", "full");
          const report = await asked;
          return [report.verdict.outcome, report.custody !== null, widget.state];
        };
        // A stream cannot be read twice, and is not begun again.
        return [await ask(file), await ask(file.stream())];
      }, artifact.toString("base64"));
      assert.deepEqual(found, [["verified", true, "verified"], ["verified", false, "verified"]]);
    }),

  "what becomes full after its verdict is asked again with the same file": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      const found = await element(page).evaluate(async (widget, base64) => {
        const file = new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "mine");
        const ask = async (given) => {
          widget.setAttribute("size", "card");
          await widget.verify(given);
          const reported = new Promise((done) => widget.addEventListener("touchstone-report", done, { once: true }));
          const seen = [];
          widget.addEventListener("touchstone-state", ({ detail }) => seen.push(detail.state));
          widget.setAttribute("size", "full");
          if (seen.length > 0) await reported;
          return [seen.join(), widget.report.artifact.name, widget.report.custody !== null];
        };
        // A stream cannot be read twice: its verdict stays, without a chain.
        return [await ask(file), await ask(file.stream())];
      }, artifact.toString("base64"));
      assert.deepEqual(found, [["verifying,verified", "mine", true], ["", "", false]]);
    }),

  "the card asks for the first module alone": (browser) =>
    at(browser, { body: widget(named) }, async (page, { asked }) => {
      await choose(page, artifactFile);
      await reaches(page, "verified");
      assert.deepEqual([count(asked, `package/${FIRST}`), count(asked, `package/${WHOLE}`)], [1, 0]);
    }),

  "five on a page share one worker and one module": (browser) =>
    at(browser, { body: `<div>${widget(`${named} ${digest} auto="visible" size="line"`).repeat(5)}</div>` }, async (page, { asked }) => {
      for (let at = 0; at < 5; at += 1) await reaches(page, "verified", at);
      assert.equal(page.workers().length, 1);
      assert.equal(count(asked, `package/${FIRST}`), 1);
      assert.equal(count(asked, `package/${SCRIPT}`), 1);
      assert.deepEqual(await page.evaluate(() => Object.keys(globalThis).filter((name) => /touchstone/i.test(name))), []);
    }),

  "events carry the state and the report": (browser) =>
    at(browser, { body: widget(`${named} ${digest}`) }, async (page) => {
      const seen = await element(page).evaluate(async (widget) => {
        const seen = [];
        document.addEventListener("touchstone-state", ({ detail }) => seen.push(detail.state));
        document.addEventListener("touchstone-report", ({ detail }) => seen.push(detail.verdict.outcome, detail.schema));
        await widget.verify();
        widget.reset();
        return seen;
      });
      assert.deepEqual(seen, ["verifying", "verified", "verified", "touchstone-report/1", "idle"]);
    }),

  "an element that is taken away stops": (browser) =>
    at(browser, { body: widget(`${named} artifact="./endless"`), files: { endless } }, async (page) => {
      await press(page, "Fetch it");
      await element(page).getByText("read, in this browser").waitFor();
      assert.equal(await element(page).evaluate(async (widget) => (widget.remove(), await 0, widget.state)), "idle");
    }),

  "an element that is moved goes on": async (browser) => {
    const inside = `<script type="application/json">${bundle}</script>`;
    await at(browser, { body: `<touchstone-verify ${named} auto="visible">${inside}</touchstone-verify><div></div>` }, async (page) => {
      await reaches(page, "incomplete");
      const found = await element(page).evaluate(async (widget, base64) => {
        const seen = [];
        widget.addEventListener("touchstone-state", ({ detail }) => seen.push(detail.state));
        const place = document.querySelector("div");
        for (const move of [() => place.append(widget), () => place.before(widget), () => place.moveBefore?.(widget, null)]) {
          const asked = widget.verify(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
          move();
          await asked;
        }
        return seen.join();
      }, artifact.toString("base64"));
      assert.equal(found, "verifying,verified,verifying,verified,verifying,verified");
      // What it watched it still does: another bundle between the tags is asked about by itself, as before.
      await element(page).evaluate((widget) => (widget.querySelector("script").textContent = "{}"));
      await reaches(page, "rejected");
    });
  },

  "what was asked away from the page is answered, and what is taken away is told": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      const found = await element(page).evaluate(async (widget, base64) => {
        const file = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
        const told = (asked) => asked.then(({ verdict }) => verdict.outcome, ({ name }) => name);
        const before = told(widget.verify(file));
        widget.remove();
        await 0;
        const away = await told(widget.verify(file));
        return [await before, away];
      }, artifact.toString("base64"));
      assert.deepEqual(found, ["AbortError", "verified"]);
    }),

  "a change of looks keeps how far it is": (browser) =>
    at(browser, { body: widget(`${named} artifact="./endless"`), files: { endless } }, async (page) => {
      await press(page, "Fetch it");
      await element(page).getByText("of 1,000 MB read, in this browser").waitFor();
      for (const [name, value] of [["page", "/page/"], ["size", "line"], ["size", "card"]]) {
        const said = await element(page).evaluate((widget, [name, value]) => {
          widget.setAttribute(name, value);
          return widget.shadowRoot.querySelector(".reading").textContent;
        }, [name, value]);
        assert.match(said, /of 1,000 MB read/, name);
      }
      const bar = await element(page).evaluate((widget) => widget.shadowRoot.querySelector("progress").value);
      assert.ok(bar > 0, `${bar}`);
    }),

  "a large file is hashed as a stream, and tells how far it is": (browser) =>
    at(browser, { body: widget(named) }, async (page) => {
      const [seen, outcome] = await element(page).evaluate(async (widget) => {
        const seen = [];
        const said = () => widget.shadowRoot.querySelector(".reading")?.textContent;
        const watch = setInterval(() => seen.push(said()), 20);
        const piece = new Uint8Array(50_000_000);
        const { verdict } = await widget.verify(new Blob(Array.from({ length: 5 }, () => piece)));
        clearInterval(watch);
        return [seen.filter((one) => /of 250 MB read/.test(one)).length, verdict.outcome];
      });
      assert.equal(outcome, "rejected");
      assert.ok(seen > 0, "no progress was told");
    }),
};
