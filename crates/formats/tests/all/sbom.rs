//! Good bills of materials read as written.

use touchstone_formats::predicate::SbomFormat;
use touchstone_formats::sbom::{ComponentKind, PurlProblem, RelationKind, Sbom};
use touchstone_formats::statement::Statement;

use crate::good::predicates::statement_of;
use crate::good::sboms::{CYCLONEDX, SPDX};

fn relations(sbom: &Sbom) -> Vec<(&str, &str, RelationKind)> {
    sbom.relations.iter().map(|relation| (relation.from.as_str(), relation.to.as_str(), relation.kind)).collect()
}

#[test]
fn spdx() {
    let sbom = Sbom::parse(SPDX.as_bytes()).unwrap();
    assert_eq!((sbom.format, sbom.version.as_str(), sbom.name.as_deref()), (SbomFormat::Spdx, "2.3", Some("list")));
    let names: Vec<_> = sbom.components.iter().map(|component| (component.name.as_str(), component.kind)).collect();
    let due = [("app", ComponentKind::Package), ("lib", ComponentKind::Package), ("./a", ComponentKind::File)];
    assert_eq!(names, due);
    // The application is described twice, the file once.
    assert_eq!(sbom.described, [0, 2]);
    let app = sbom.component("SPDXRef-app").unwrap();
    assert_eq!((app.version.as_deref(), app.purl.as_deref()), (Some("1.0.0"), Some("pkg:npm/app@1.0.0")));
    assert_eq!((app.digests[0].algorithm.as_str(), app.path.as_str()), ("sha1", "$.packages[0]"));
    assert_eq!((app.purl_problem.as_ref(), sbom.components[1].version.as_deref()), (None, None));
    let app_contains = ("SPDXRef-app", "SPDXRef-file", RelationKind::Contains);
    assert_eq!(relations(&sbom), [app_contains, ("SPDXRef-app", "SPDXRef-lib", RelationKind::DependsOn)]);
    assert_eq!(Sbom::parse(SPDX.replace("SPDX-2.3", "SPDX-2.2").as_bytes()).unwrap().version, "2.2");
}

#[test]
fn cyclonedx() {
    let sbom = Sbom::parse(CYCLONEDX.as_bytes()).unwrap();
    assert_eq!((sbom.format, sbom.version.as_str()), (SbomFormat::CycloneDx, "1.6"));
    let names: Vec<_> = sbom.components.iter().map(|component| component.name.as_str()).collect();
    assert_eq!(names, ["app", "a", "org.example/lib", "unnamed"]);
    assert_eq!((sbom.described.as_slice(), sbom.components[1].kind), (&[0][..], ComponentKind::File));
    assert_eq!(sbom.component("lib").unwrap().digests[0].algorithm, "sha256");
    assert_eq!(sbom.components[3].reference, None);
    let contains = ("app", "inner", RelationKind::Contains);
    assert_eq!(relations(&sbom), [contains, ("app", "lib", RelationKind::DependsOn)]);
    for version in ["1.4", "1.5", "1.7"] {
        Sbom::parse(CYCLONEDX.replace("1.6", version).as_bytes()).unwrap();
    }
}

#[test]
fn attested_as_an_object_or_as_a_string() {
    let whole = Sbom::parse(SPDX.as_bytes()).unwrap();
    let read = |predicate: &str, format| {
        let text = statement_of("https://spdx.dev/Document", predicate);
        Sbom::of_predicate(&Statement::parse(text.as_bytes()).unwrap(), format).unwrap()
    };
    let without_paths = |mut sbom: Sbom| {
        sbom.components.iter_mut().for_each(|component| component.path.clear());
        sbom
    };
    let object = read(SPDX, SbomFormat::Spdx);
    assert_eq!(object.components[0].path, "$.predicate.packages[0]");
    let text = read(&serde_json::to_string(SPDX).unwrap(), SbomFormat::Spdx);
    assert_eq!(text.components[0].path, "$.predicate:$.packages[0]");
    assert_eq!(without_paths(object), without_paths(whole.clone()));
    assert_eq!(without_paths(text), without_paths(whole));
    assert_eq!(read(CYCLONEDX, SbomFormat::CycloneDx).format, SbomFormat::CycloneDx);
}

#[test]
fn a_package_url_that_names_another_digest_is_reported() {
    let own = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let other = own.replace("00", "ff");
    let problem = |purl: &str| {
        let text = CYCLONEDX.replace("pkg:maven/org.example/lib@2", purl);
        Sbom::parse(text.as_bytes()).unwrap().component("lib").unwrap().purl_problem.clone()
    };
    let lie = Some(PurlProblem::OtherDigest {
        algorithm: "sha256".to_owned(),
        purl: other.clone(),
        component: own.to_owned(),
    });
    assert_eq!(problem(&format!("pkg:maven/a/lib@2?checksum=sha256:{other}")), lie);
    assert_eq!(problem(&format!("pkg:maven/a/lib@2?checksum=sha1:00,SHA-256:{other}")), lie);
    assert_eq!(problem(&format!("pkg:oci/lib@sha256:{other}")), lie);
    assert_eq!(problem(&format!("pkg:docker/a/lib@sha256%3A{other}")), lie);
    for honest in [
        format!("pkg:maven/a/lib@2?checksum=sha256:{}", own.to_uppercase()),
        format!("pkg:oci/lib@sha256:{own}"),
        "pkg:maven/a/lib@2?checksum=sha512:ff".to_owned(),
        format!("pkg:npm/lib@sha256:{other}"),
    ] {
        assert_eq!(problem(&honest), None, "{honest}");
    }
    for malformed in ["lib@2", "pkg:maven", "pkg:maven/a/lib@2?checksum=x"] {
        assert_eq!(problem(malformed), Some(PurlProblem::Malformed), "{malformed}");
    }
}

#[test]
fn one_hundred_thousand_components_are_read() {
    let components = vec![r#"{"type": "file", "name": "a"}"#; 100_000].join(",");
    let text = format!(r#"{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{components}]}}"#);
    assert_eq!(Sbom::parse(text.as_bytes()).unwrap().components.len(), 100_000);
}
