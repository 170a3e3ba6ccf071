//! The chain as a picture: well-formed whatever a document holds, complete for those who hear it, and nothing covers
//! another thing.

use proptest::prelude::*;
use roxmltree::{Document as Xml, Node as Element};
use touchstone_report::document::Custody;
use touchstone_report::document::custody::*;
use touchstone_report::limits::PICTURE_NODES;
use touchstone_report::picture::render;

use crate::samples;

fn texts(xml: &Xml<'_>) -> String {
    let spoken = xml.descendants().filter(|node| matches!(node.tag_name().name(), "text" | "title" | "desc"));
    spoken.filter_map(|node| node.text()).collect::<Vec<_>>().join("\n")
}

fn number(element: &Element<'_, '_>, name: &str) -> u32 {
    element.attribute(name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{element:?} has no {name}"))
}

fn frame(element: &Element<'_, '_>) -> [u32; 4] {
    let (x, y) = (number(element, "x"), number(element, "y"));
    [x, y, x + number(element, "width"), y + number(element, "height")]
}

/// The boxes of the graph: they alone have corners of radius 6.
fn boxes(xml: &Xml<'_>) -> Vec<[u32; 4]> {
    xml.descendants().filter(|node| node.attribute("rx") == Some("6")).map(|node| frame(&node)).collect()
}

const fn apart(a: &[u32; 4], b: &[u32; 4]) -> bool {
    a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]
}

/// What holds for every picture.
fn holds(picture: &str) {
    let xml = Xml::parse(picture).unwrap_or_else(|error| panic!("{error}\n{picture}"));
    let root = xml.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let named = root.attribute("aria-labelledby").unwrap();
    for id in named.split(' ') {
        assert!(root.children().any(|node| node.attribute("id") == Some(id)), "{id} names nothing");
    }
    let (width, height) = (number(&root, "width"), number(&root, "height"));
    for node in xml.descendants().filter(Element::is_element) {
        let name = node.tag_name().name();
        let known = ["svg", "title", "desc", "style", "defs", "pattern", "g", "rect", "circle", "line", "path", "text"];
        assert!(known.contains(&name), "{name}");
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on") && !attribute.name().contains("href"), "{attribute:?}");
        }
        if name == "rect" {
            let [_, _, right, bottom] = frame(&node);
            assert!(right <= width && bottom <= height, "{node:?} is outside of {width} by {height}");
        }
    }
    let boxes = boxes(&xml);
    for (index, one) in boxes.iter().enumerate() {
        for other in &boxes[index + 1..] {
            assert!(apart(one, other), "{one:?} covers {other:?}");
        }
    }
}

#[test]
fn three_chains_are_drawn_and_said() {
    for (name, custody) in samples::all() {
        let picture = render(&custody);
        holds(&picture);
        let xml = Xml::parse(&picture).unwrap();
        let said = texts(&xml);
        for stage in &custody.stages {
            assert!(said.contains(&stage.question), "{name}: {}", stage.question);
            for question in &stage.questions {
                assert!(said.contains(&question.answer), "{name}: {}", question.answer);
            }
        }
        for edge in &custody.edges {
            assert!(said.contains(&edge.value) && said.contains(&edge.why), "{name}: {}", edge.why);
        }
    }
}

/// Each state of an edge has its own line: none could be taken for a match.
#[test]
fn only_a_match_is_drawn_solid() {
    let mut custody = samples::whole();
    custody.graph = Graph::default();
    let drawn = |custody: &Custody, class: &str| render(custody).matches(&format!("class=\"c-{class}\"")).count();
    for (state, class) in [
        (EdgeState::Match, "edge-match"),
        (EdgeState::Name, "edge-name"),
        (EdgeState::Gap, "edge-gap"),
        (EdgeState::Differs, "edge-differs"),
        (EdgeState::Wait, "edge-wait"),
    ] {
        for edge in &mut custody.edges {
            edge.state = state;
        }
        assert!(drawn(&custody, class) >= custody.edges.len(), "{class}");
        if state != EdgeState::Match {
            assert_eq!(drawn(&custody, "edge-match"), 0, "{class}");
            let attributes = render(&custody);
            let at = attributes.find(&format!("class=\"c-{class}\"")).unwrap();
            let tag = &attributes[at..at + attributes[at..].find('>').unwrap()];
            // Two bars and a colour for what differs; dashes of its own for the rest.
            assert_eq!(tag.contains("stroke-dasharray"), state != EdgeState::Differs, "{tag}");
        }
    }
}

#[test]
fn markup_in_a_document_stays_text() {
    let mut custody = samples::whole();
    let evil = "</text><script>alert(1)</script><text onload='x'>&lt;&#0;]]><!--";
    evil.clone_into(&mut custody.stages[0].answer);
    evil.clone_into(&mut custody.edges[0].label);
    evil.clone_into(&mut custody.graph.nodes[0].label);
    evil.clone_into(&mut custody.stages[1].questions[0].title);
    let picture = render(&custody);
    holds(&picture);
    assert!(!picture.contains("<script"));
    assert!(texts(&Xml::parse(&picture).unwrap()).contains(evil));
}

fn many(count: usize, stages: &[&str]) -> Custody {
    let mut custody = samples::whole();
    let name = |index: usize| format!("thing {index}");
    let node =
        |index: usize| samples::node(stages[index % stages.len()], &name(index), &name(index), index == count / 2);
    custody.graph = Graph {
        nodes: (0..count).map(node).collect(),
        edges: (1..count).map(|index| samples::join(index - 1, index, EdgeState::Match, "next")).collect(),
    };
    custody
}

#[test]
fn two_hundred_things_have_each_their_place_and_more_are_counted() {
    for stages in [&["source", "build", "artifact", "deploy"][..], &["artifact"], &["elsewhere"]] {
        let picture = render(&many(PICTURE_NODES, stages));
        holds(&picture);
        assert_eq!(boxes(&Xml::parse(&picture).unwrap()).len(), PICTURE_NODES);
        assert!(!picture.contains("left out"), "nothing is left out");
    }
    let picture = render(&many(PICTURE_NODES + 37, &["source", "artifact"]));
    holds(&picture);
    let xml = Xml::parse(&picture).unwrap();
    assert_eq!(boxes(&xml).len(), PICTURE_NODES);
    assert!(texts(&xml).contains("200 of 237 things are drawn"), "{}", texts(&xml));
    // The nearest are kept: those at either end of the line are not.
    assert!(texts(&xml).contains("thing 118") && !texts(&xml).contains("thing 0 "));
}

#[test]
fn an_edge_that_leads_nowhere_is_no_line() {
    let mut custody = samples::whole();
    custody.graph.edges =
        vec![samples::join(0, 99, EdgeState::Match, "x"), samples::join(usize::MAX, 0, EdgeState::Gap, "y")];
    let picture = render(&custody);
    holds(&picture);
    assert!(picture.contains("2 joins are left out here"), "{picture}");
}

#[test]
fn nothing_at_all_is_a_picture_too() {
    holds(&render(&Custody::default()));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[<>&'\"\\]a ]{0,90}",
        proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter)
    ]
}

fn strength() -> impl Strategy<Value = Strength> {
    proptest::sample::select(vec![Strength::Proven, Strength::NameOnly, Strength::Contradicted, Strength::Gap])
}

fn edge_state() -> impl Strategy<Value = EdgeState> {
    let all = [EdgeState::Match, EdgeState::Name, EdgeState::Gap, EdgeState::Differs, EdgeState::Wait];
    proptest::sample::select(all.to_vec())
}

prop_compose! {
    fn stage()(
        id in "source|build|artifact|deploy|other",
        words in [text(), text(), text()],
        state in proptest::sample::select(vec![StageState::Answered, StageState::Gap, StageState::Differs, StageState::Off, StageState::Wait]),
        questions in proptest::collection::vec((text(), text(), strength()), 0..16),
        (answered, of) in any::<(usize, usize)>(),
    ) -> Stage {
        let [title, question, answer] = words;
        let question_of = |(title, answer, strength): (String, String, Strength)| StageQuestion {
            id: String::new(), title, strength, answer, vouchers: vec![], check: String::new(), statement: None, to_close: String::new(),
        };
        Stage { id, title, question, answer, state, answered, of, questions: questions.into_iter().map(question_of).collect() }
    }
}

prop_compose! {
    fn custody()(
        stages in proptest::collection::vec(stage(), 0..6),
        edges in proptest::collection::vec(("source|build|artifact|deploy|other", "source|build|artifact|deploy|other", edge_state(), text(), text()), 0..10),
        nodes in proptest::collection::vec(("source|build|artifact|deploy|other", text(), text(), any::<bool>()), 0..60),
        joins in proptest::collection::vec((0usize..70, 0usize..70, edge_state(), text()), 0..80),
    ) -> Custody {
        let edge = |(from, to, state, label, value)| Edge { from, to, state, label, value, why: String::new(), statement: None, checks: vec![] };
        let node = |(stage, label, identity, asked)| Node { stage, label, identity, asked };
        let join = |(from, to, state, label)| GraphEdge { from, to, state, label, statement: None };
        Custody {
            stages,
            edges: edges.into_iter().map(edge).collect(),
            graph: Graph { nodes: nodes.into_iter().map(node).collect(), edges: joins.into_iter().map(join).collect() },
            ..Custody::default()
        }
    }
}

proptest! {
    // A large document each: 64 take about five seconds unoptimised.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_document_is_a_well_formed_picture(custody in custody()) {
        holds(&render(&custody));
    }
}
