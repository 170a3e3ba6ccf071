//! Inventories that are read, and what they are read as.

use proptest::prelude::*;
use touchstone_formats::Fault;
use touchstone_formats::inventory::{Format, Identity, Inventory, Item, Standing};

const HEX: &str = "2a0141c02a0141c02a0141c02a0141c02a0141c02a0141c02a0141c02a0141c0";
const OTHER: &str = "594e519a594e519a594e519a594e519a594e519a594e519a594e519a594e519a";

fn read(text: &str) -> Inventory {
    Inventory::parse(text.as_bytes()).unwrap()
}

fn digest(hex: &str) -> Identity {
    Identity::Digest { algorithm: "sha256", hex: hex.to_owned() }
}

/// A pod with these statuses, as one line.
fn pod(name: &str, image: &str, statuses: &str) -> String {
    format!(
        r#"{{"apiVersion": "v1", "kind": "Pod", "metadata": {{"name": "{name}", "namespace": "shop"}},
        "spec": {{"containers": [{{"name": "app", "image": "{image}"}}]}},
        "status": {{"phase": "Running", "containerStatuses": [{statuses}]}}}}"#
    )
}

fn status(image_id: &str, state: &str) -> String {
    format!(r#"{{"name": "app", "imageID": "{image_id}", "state": {{"{state}": {{}}}}}}"#)
}

fn only(inventory: &Inventory) -> &Item {
    assert_eq!(inventory.items.len(), 1, "{inventory:?}");
    &inventory.items[0]
}

#[test]
fn five_thousand_pods_with_one_digest_are_one_item() {
    let running = status(&format!("ghcr.io/acme/app@sha256:{HEX}"), "running");
    let pods: Vec<_> = (0..5000).map(|number| pod(&format!("app-{number}"), "ghcr.io/acme/app:v1", &running)).collect();
    let inventory = read(&format!(r#"{{"apiVersion": "v1", "kind": "List", "items": [{}]}}"#, pods.join(",")));
    let item = only(&inventory);
    assert_eq!((&item.identity, item.names.as_slice()), (&digest(HEX), &["ghcr.io/acme/app:v1".to_owned()][..]));
    assert_eq!((item.places.len(), inventory.places()), (5000, 5000));
    assert_eq!(item.places[4999].name, "app-4999");
    assert!(item.places.iter().all(|place| place.standing == Standing::Running && place.namespace == "shop"));
}

#[test]
fn e_54_the_node_says_what_runs_and_the_manifest_only_what_was_asked_for() {
    let image = "ghcr.io/acme/app:v1";
    let by_state = |state: &str| read(&pod("a", image, &status(&format!("acme/app@sha256:{HEX}"), state)));
    assert_eq!(only(&by_state("running")).places[0].standing, Standing::Running);
    for state in ["terminated", "waiting"] {
        assert_eq!(only(&by_state(state)).places[0].standing, Standing::Ended, "{state}");
    }
    // What is not said is not known.
    for (state, phase, standing) in [
        ("", "", Standing::Unknown),
        ("", "Running", Standing::Running),
        ("", "Succeeded", Standing::Ended),
        ("", "Pending", Standing::Unknown),
        (r#", "state": {}"#, "Running", Standing::Unknown),
        (r#", "state": {"running": null}"#, "", Standing::Unknown),
    ] {
        let status = format!(r#"{{"name": "app", "imageID": "acme/app@sha256:{HEX}"{state}}}"#);
        let pod = pod("a", image, &status).replace(r#""phase": "Running""#, &format!(r#""phase": "{phase}""#));
        assert_eq!(only(&read(&pod)).places[0].standing, standing, "{state} {phase}");
    }
    // A pod that no node has started yet runs nothing, whatever it asks for.
    let pending = read(&pod("a", &format!("acme/app@sha256:{HEX}"), r#"{"name": "app", "imageID": ""}"#));
    assert_eq!((&only(&pending).identity, only(&pending).places[0].standing), (&digest(HEX), Standing::Declared));
}

#[test]
fn an_item_of_a_plain_list_says_what_it_is() {
    let of = |kind: &str| {
        let text = pod("a", "acme/app:v1", "").replace(r#""kind": "Pod", "#, "");
        Inventory::parse(format!(r#"{{"apiVersion": "v1", "kind": "{kind}", "items": [{text}]}}"#).as_bytes())
    };
    let error = of("List").unwrap_err().to_string();
    assert!(error.starts_with("$.items[0].kind: ") && error.contains("found nothing"), "{error}");
    assert_eq!(of("PodList").unwrap().items.len(), 1);
}

#[test]
fn what_runs_is_the_item_and_what_was_asked_for_stays_beside_it() {
    let running = status(&format!("acme/app@sha256:{HEX}"), "running");
    let inventory = read(&pod("a", &format!("acme/app:v1@sha256:{OTHER}"), &running));
    assert_eq!(only(&inventory).identity, digest(HEX));
    assert_eq!(only(&inventory).places[0].declared, format!("acme/app:v1@sha256:{OTHER}"));
    let same = read(&pod("a", &format!("acme/app:v1@sha256:{HEX}"), &running));
    assert_eq!(only(&same).places[0].declared, "");
}

#[test]
fn f_1_a_configuration_id_is_never_taken_for_a_digest() {
    let inventory = read(&pod("a", &format!("acme/app@sha256:{OTHER}"), &status(&format!("sha256:{HEX}"), "running")));
    assert!(matches!(only(&inventory).identity, Identity::ConfigurationOnly { .. }), "{inventory:?}");
}

#[test]
fn all_three_lists_of_containers_count() {
    let text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers: [{{name: a, image: 'a@sha256:{HEX}'}}]\n  \
         initContainers: [{{name: b, image: 'b@sha256:{OTHER}'}}]\n  ephemeralContainers: [{{name: c, image: 'c:v1'}}]\n"
    );
    let names: Vec<_> = read(&text).items.iter().flat_map(|item| item.names.clone()).collect();
    assert_eq!(names, ["a", "b", "c:v1"]);
}

#[test]
fn every_object_that_makes_pods_is_read_and_every_other_kind_is_counted() {
    let mut text = String::new();
    for kind in ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"] {
        text.push_str(&format!(
            "---\napiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: x}}\nspec: {{template: {{spec: {{containers: [{{name: a, \
             image: 'acme/{kind}@sha256:{HEX}'}}]}}}}}}\n"
        ));
    }
    text.push_str(&format!(
        "---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: x}}\nspec: {{jobTemplate: {{spec: {{template: {{spec: \
         {{containers: [{{name: a, image: 'acme/CronJob@sha256:{HEX}'}}]}}}}}}}}}}\n---\napiVersion: v1\nkind: PodTemplate\n\
         metadata: {{name: x}}\ntemplate: {{spec: {{containers: [{{name: a, image: 'acme/PodTemplate@sha256:{HEX}'}}]}}}}\n"
    ));
    for _ in 0..2 {
        text.push_str("---\napiVersion: v1\nkind: Service\nmetadata: {name: x}\n");
    }
    text.push_str("---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: x}\n---\n");
    let inventory = read(&text);
    assert_eq!((inventory.format, only(&inventory).places.len()), (Format::Kubernetes, 8));
    assert_eq!(inventory.left_out, [("Rollout".to_owned(), 1), ("Service".to_owned(), 2)]);
    assert_eq!(only(&inventory).places[6].path, "document 7:$.spec.jobTemplate.spec.template.spec.containers[0]");
}

#[test]
fn a_typed_list_need_not_name_the_kind_again() {
    let running = status(&format!("acme/app@sha256:{HEX}"), "running");
    let item = pod("a", "acme/app:v1", &running).replace(r#""apiVersion": "v1", "kind": "Pod", "#, "");
    assert_eq!(read(&format!(r#"{{"apiVersion": "v1", "kind": "PodList", "items": [{item}]}}"#)).items.len(), 1);
}

#[test]
fn compose_files_with_anchors_and_merges() {
    let text = format!(
        "name: shop\nx-app: &app\n  image: ghcr.io/acme/app:v1@sha256:{HEX}\n  restart: always\nservices:\n  web:\n    <<: *app\n    \
         ports: ['80:80']\n  worker:\n    <<: [*app]\n    image: ghcr.io/acme/worker:v1\n  tools:\n    build: .\n  old:\n    \
         image: acme/old\n    build: .\n  later:\n    image: acme/app:${{TAG}}\n"
    );
    let inventory = read(&text);
    assert_eq!(inventory.format, Format::Compose);
    let found: Vec<_> = inventory.items.iter().map(|item| (item.places[0].name.as_str(), &item.identity)).collect();
    assert_eq!(found[0], ("web", &digest(HEX)));
    assert!(matches!(found[1], ("worker", Identity::NoDigest { .. })), "the own member wins over the merged one");
    assert!(matches!(found[2], ("tools", Identity::BuiltInPlace { .. })));
    assert!(matches!(found[3], ("old", Identity::BuiltInPlace { .. })));
    assert!(matches!(found[4], ("later", Identity::NoDigest { .. })));
}

#[test]
fn deployment_records_are_recorded_and_not_running() {
    let record = |status: &str| {
        read(&format!(
            r#"{{"total_count": 1, "deployment_records": [{{"id": 1, "name": "acme/app", "digest": "sha256:{HEX}",
            "logical_environment": "prod", "physical_environment": "eu", "cluster": "c1", "deployment_name": "app"{status}}}]}}"#
        ))
    };
    let inventory = record("");
    let place = &only(&inventory).places[0];
    assert_eq!((place.standing, place.namespace.as_str(), place.cluster.as_str()), (Standing::Recorded, "prod", "c1"));
    assert_eq!(only(&record(r#", "status": "decommissioned""#)).places[0].standing, Standing::Decommissioned);
}

#[test]
fn lists_of_digests_references_and_checksums() {
    let commit = "0033be96048a3d461d8eb63bdc52eec8111779fe";
    let text = format!(
        "# what runs\n\nsha256:{HEX}\n{OTHER}  app.tar.gz\nghcr.io/acme/app:v1@sha256:{HEX}\nnginx:1.27\ngitCommit:{commit}\n\
         {commit} main\nsha256:{}\n",
        &HEX[1..]
    );
    let inventory = read(&text);
    assert_eq!(inventory.format, Format::List);
    assert_eq!(inventory.items.len(), 5);
    assert_eq!((&inventory.items[0].identity, inventory.items[0].places.len()), (&digest(HEX), 2));
    assert_eq!((&inventory.items[1].identity, inventory.items[1].names[0].as_str()), (&digest(OTHER), "app.tar.gz"));
    assert!(matches!(inventory.items[2].identity, Identity::NoDigest { .. }));
    assert_eq!(inventory.items[3].identity, Identity::Digest { algorithm: "gitCommit", hex: commit.to_owned() });
    assert_eq!(inventory.items[3].places.len(), 2);
    let Identity::Malformed { problem, .. } = &inventory.items[4].identity else { panic!("{inventory:?}") };
    assert_eq!(problem, "A sha256 digest has 64 hexadecimal digits; found 63.");
}

#[test]
fn h_15_anchors_that_explode_are_refused() {
    for (level, last) in [(9, "x"), (9, "{a: b}"), (40, "x"), (9, "{<<: {a: b}}")] {
        let mut text = format!("services:\n  a0: &a0 [{}]\n", [last; 10].join(", "));
        for at in 1..level {
            text.push_str(&format!("  a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(", ")));
        }
        let error = Inventory::parse(text.as_bytes()).unwrap_err();
        assert_eq!(error.code(), "yaml-alias-expansion", "{error}");
    }
    // Few values and much text.
    let text = format!("services:\n  a: &a {}\n  b: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 5000].join(","));
    assert_eq!(Inventory::parse(text.as_bytes()).unwrap_err().code(), "yaml-alias-expansion");
}

#[test]
fn h_15_depth_is_refused() {
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), "? ".repeat(100_000)] {
        Inventory::parse(format!("---\n{text}").as_bytes()).unwrap_err();
    }
}

proptest! {
    #[test]
    fn nothing_that_is_given_panics(text in "[-a-c0-9:{}\\[\\],&*!?|>'\"%@#~.<\n \t]{0,80}") {
        let _ = Inventory::parse(text.as_bytes());
        let _ = Inventory::parse(format!("---\n{text}").as_bytes());
    }

    #[test]
    fn a_cut_manifest_never_panics(at in 0_usize..260) {
        let text = format!("apiVersion: v1\nkind: Pod\nmetadata: &m {{name: a}}\nspec:\n  containers:\n  - name: a\n    image: 'a@sha256:{HEX}'\n  x: *m\n");
        let _ = Inventory::parse(&text.as_bytes()[..at.min(text.len())]);
    }
}
