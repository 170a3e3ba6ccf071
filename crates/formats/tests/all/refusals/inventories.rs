//! Inventories and YAML that must be refused: a change to a good one a row.

use super::{As, Table, changed_text};

pub(crate) const HEX: &str = "2a0141c02a0141c02a0141c02a0141c02a0141c02a0141c02a0141c02a0141c0";

/// A pod as `kubectl get pods -A -o json` prints it, shortened.
pub(crate) fn pod(namespace: &str, name: &str, hex: &str) -> String {
    format!(
        r#"{{"apiVersion": "v1", "kind": "Pod", "metadata": {{"name": "{name}", "namespace": "{namespace}"}},
        "spec": {{"containers": [{{"name": "app", "image": "ghcr.io/acme/app:v1"}}]}},
        "status": {{"phase": "Running", "containerStatuses": [{{"name": "app", "image": "ghcr.io/acme/app:v1",
        "imageID": "ghcr.io/acme/app@sha256:{hex}", "state": {{"running": {{"startedAt": "2026-01-01T00:00:00Z"}}}}}}]}}}}"#
    )
}

pub(crate) fn pods(items: &[String]) -> String {
    format!(r#"{{"apiVersion": "v1", "kind": "List", "items": [{}]}}"#, items.join(","))
}

pub(crate) fn deployment() -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: app, namespace: shop}}\nspec:\n  template:\n    spec:\n      \
         containers:\n      - name: app\n        image: ghcr.io/acme/app:v1@sha256:{HEX}\n"
    )
}

/// Ten lines that stand for 10^9 values.
pub(crate) fn bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let before = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    text
}

pub(crate) fn yaml_rows(table: &mut Table) {
    let mut yaml = |text: &[u8], code, rule, path| table.row(As::Yaml, text.to_vec(), code, rule, path);
    yaml(&[b'#'; 200_001], "yaml-too-large", "A-16", "");
    yaml(b"a: \xff", "yaml-not-utf8", "A-7", "");
    for empty in [&b""[..], b"# a remark\n", b"---\n---\n", b"~"] {
        yaml(empty, "yaml-empty", "A-1", "");
    }
    for broken in ["a: [1, 2", "a: b: c", "a: 'x", "a: *missing", "{a: 1", "a: 1\n b: 2", "%YAML 9.9\n%YAML 1.2\n---"] {
        yaml(broken.as_bytes(), "yaml-syntax", "A-1", "");
    }
    yaml(b"a: 1\nb:\n  c: 1\n  c: 2", "yaml-duplicate-key", "A-12", "$.b.c");
    yaml(b"- {c: 1, \"c\": 2}", "yaml-duplicate-key", "A-12", "$[0].c");
    yaml(b"1: a\n'1': b", "yaml-duplicate-key", "A-12", "$.1");
    yaml(b"[a, b]: c", "yaml-key-not-text", "A-7", "");
    yaml(b"? {a: b}\n: c", "yaml-key-not-text", "A-7", "");
    yaml(b"x: &x 1\n*x : 2", "yaml-key-not-text", "A-7", "");
    yaml(b"a: !reset []", "yaml-tag", "A-15", "");
    yaml(b"a: !!binary aGk=", "yaml-tag", "A-15", "");
    yaml(b"a: !!python/object:os.system x", "yaml-tag", "A-15", "");
    yaml(b"a:\n  <<: text\n  b: 1", "yaml-merge", "A-7", "$.a");
    yaml(b"a:\n  <<: [{b: 1}, text]", "yaml-merge", "A-7", "$.a");
    yaml(b"a: &a [*a]", "yaml-alias-in-itself", "H-15", "");
    yaml(b"a: &a {b: *a}", "yaml-alias-in-itself", "H-15", "");
    yaml(bomb().as_bytes(), "yaml-too-many-values", "A-16", "");
    let text = format!("a: &a {}\nb: [*a, *a, *a, *a]", "x".repeat(20_000));
    yaml(text.as_bytes(), "yaml-alias-expansion", "H-15", "");
    yaml("[".repeat(9).as_bytes(), "yaml-too-deep", "A-16", "");
    yaml("- ".repeat(9).as_bytes(), "yaml-too-deep", "A-16", "");
    yaml(format!("[{}0]", "0,".repeat(1000)).as_bytes(), "yaml-too-many-values", "A-16", "");
    yaml(b"--- 1\n--- 2\n--- 3\n--- 4", "yaml-too-many-documents", "A-16", "");
}

pub(crate) fn inventory_rows(table: &mut Table) {
    let mut row = |text: &str, code, rule, path: &str| {
        table.row(As::Inventory, text.as_bytes().to_vec(), code, rule, path);
    };
    row(&" ".repeat((64 << 20) + 1), "inventory-too-large", "A-16", "");
    for other in [r#"{"mediaType": "x"}"#, "[]", r#"{"kind": "Pod"}"#, "a: 1\nb: 2", "- a\n- b"] {
        row(other, "inventory-unrecognised", "E.8", "$");
    }
    row(&format!("{}---\nservices: {{}}\n", deployment()), "inventory-unrecognised", "E.8", "document 2:$");
    row(&pods(&[]), "inventory-nothing", "E.8", "");
    row(r#"{"services": {}}"#, "inventory-nothing", "E.8", "");
    row(r#"{"total_count": 0, "deployment_records": []}"#, "inventory-nothing", "E.8", "");
    let service = r#"{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}}"#.to_owned();
    row(&pods(&[service]), "inventory-no-containers", "E.8", "");
    row(&pods(&[pods(&[])]), "inventory-nested-list", "A-16", "$.items[0]");
    row("sha256:00\nthis is a letter, not a list", "inventory-line", "E.8", "line 2");
    row("<!doctype html>", "inventory-line", "E.8", "line 1");
    let many: String = (0..20_001).map(|number| format!("acme/app{number}\n")).collect();
    row(&many, "inventory-too-many-items", "A-16", "");
    row(&"acme/app\n".repeat(200_001), "inventory-too-many-places", "A-16", "");
    let good = pods(&[pod("shop", "app-1", HEX)]);
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.row(As::Inventory, changed_text(&good, from, to).into_bytes(), code, rule, path);
    };
    change(r#""containers": ["#, r#""boxes": ["#, "field-missing", "A-11", "$.items[0].spec.containers");
    change(
        r#""image": "ghcr.io/acme/app:v1"}"#,
        r#""image": 5}"#,
        "field-wrong-type",
        "A-7",
        "$.items[0].spec.containers[0].image",
    );
    change(r#""metadata": {"#, r#""metadate": {"#, "field-missing", "A-11", "$.items[0].metadata");
    change(
        r#""items": ["#,
        r#""items": [{"kind": "List", "kind": "Pod"}, "#,
        "json-duplicate-key",
        "A-12",
        "$.items[0].kind",
    );
    let many = r#"{"name": "x"},"#.repeat(1025);
    change(
        r#""containers": ["#,
        &format!(r#""containers": [{many}"#),
        "field-too-many",
        "A-16",
        "$.items[0].spec.containers",
    );
}
