// A statement signed by a key of its own, as a bare envelope (DSSE), with that key as a file and as text.
import { createHash, generateKeyPairSync, sign } from "node:crypto";

const type = "application/vnd.in-toto+json";

export function signed(statement) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const payload = Buffer.from(JSON.stringify(statement));
  // The pre-authentication encoding of DSSE.
  const said = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);
  const signature = sign("sha256", said, privateKey).toString("base64");
  const envelope = JSON.stringify({ payloadType: type, payload: payload.toString("base64"), signatures: [{ sig: signature }] });
  return { envelope, key: publicKey.export({ type: "spki", format: "pem" }) };
}

// Provenance of these bytes.
export function provenance(name, bytes, more = {}) {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name, digest: { sha256 } }],
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: { buildType: "https://build.example/type", externalParameters: {}, ...more },
      runDetails: { builder: { id: "https://build.example/builder" } },
    },
  };
}
