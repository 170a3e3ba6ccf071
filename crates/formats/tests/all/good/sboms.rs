//! Good bills of materials.

pub(crate) const SPDX: &str = r#"{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "list",
  "documentDescribes": ["SPDXRef-app"],
  "packages": [
    {"SPDXID": "SPDXRef-app", "name": "app", "versionInfo": "1.0.0",
     "checksums": [{"algorithm": "SHA1", "checksumValue": "00112233445566778899aabbccddeeff00112233"}],
     "externalRefs": [{"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3"},
       {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/app@1.0.0"}]},
    {"SPDXID": "SPDXRef-lib", "name": "lib", "versionInfo": "NOASSERTION"}],
  "files": [{"SPDXID": "SPDXRef-file", "fileName": "./a", "checksums": []}],
  "relationships": [
    {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-app"},
    {"spdxElementId": "SPDXRef-file", "relationshipType": "DESCRIBED_BY", "relatedSpdxElement": "SPDXRef-DOCUMENT"},
    {"spdxElementId": "SPDXRef-app", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-file"},
    {"spdxElementId": "SPDXRef-lib", "relationshipType": "RUNTIME_DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-app"},
    {"spdxElementId": "SPDXRef-lib", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "NONE"},
    {"spdxElementId": "SPDXRef-lib", "relationshipType": "OTHER", "relatedSpdxElement": "SPDXRef-app"}]}"#;

pub(crate) const CYCLONEDX: &str = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
  "metadata": {"component": {"type": "application", "bom-ref": "app", "name": "app", "version": "1.0.0",
    "components": [{"type": "file", "bom-ref": "inner", "name": "a"}]}},
  "components": [
    {"type": "library", "bom-ref": "lib", "group": "org.example", "name": "lib", "version": "2",
     "purl": "pkg:maven/org.example/lib@2",
     "hashes": [{"alg": "SHA-256", "content": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"}]},
    {"type": "library", "name": "unnamed"}],
  "dependencies": [{"ref": "app", "dependsOn": ["lib"]}, {"ref": "lib"}]}"#;
