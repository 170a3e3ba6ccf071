//! Fields for what the statement must say.

use yew::prelude::*;

use crate::field::{error, hint_id};
use crate::strings::conditions as words;
use crate::{Condition, Edit, FieldProps, Icon, SignerFieldsProps, field, icon};

/// A field: what it is about, id, label, example.
type One = (Condition, &'static str, &'static str, &'static str);

/// Heading, hint, id, fields.
type Group = (&'static str, &'static str, &'static str, &'static [One]);

const GROUPS: [Group; 5] = [
    (
        words::SOURCE,
        words::SOURCE_HINT,
        "expect-source",
        &[
            (Condition::SourceUri, "source-uri", words::SOURCE_URI, "github.com/owner/repository"),
            (Condition::SourceBranch, "source-branch", words::SOURCE_BRANCH, "main"),
            (Condition::SourceTag, "source-tag", words::SOURCE_TAG, "v1.2.3"),
            (Condition::SourceVersionedTag, "source-versioned-tag", words::SOURCE_VERSIONED_TAG, "v1.2"),
        ],
    ),
    (
        words::BUILD,
        words::BUILD_HINT,
        "expect-build",
        &[
            (
                Condition::BuilderId,
                "builder-id",
                words::BUILDER_ID,
                "https://github.com/…/builder.yml@refs/tags/v2.0.0",
            ),
            (Condition::Builders, "builder-entries", words::BUILDERS, "https://github.com/…/builder.yml==3"),
        ],
    ),
    (
        words::PACKAGE,
        words::PACKAGE_HINT,
        "expect-package",
        &[
            (Condition::PackageName, "package-name", words::PACKAGE_NAME, "@scope/name"),
            (Condition::PackageVersion, "package-version", words::PACKAGE_VERSION, "1.2.3"),
            (Condition::DistributionName, "distribution-name", words::DISTRIBUTION, "name-1.2.3-py3-none-any.whl"),
            (Condition::PublisherKind, "publisher-kind", words::PUBLISHER_KIND, "GitHub"),
            (Condition::PublisherRepository, "publisher-repository", words::PUBLISHER_REPOSITORY, "owner/repository"),
            (Condition::PublisherWorkflow, "publisher-workflow", words::PUBLISHER_WORKFLOW, "release.yml"),
            (Condition::PublisherEnvironment, "publisher-environment", words::PUBLISHER_ENVIRONMENT, "release"),
            (Condition::PublisherEmail, "publisher-email", words::PUBLISHER_EMAIL, "builder@example.com"),
        ],
    ),
    (
        words::SUMMARY,
        words::SUMMARY_HINT,
        "expect-summary",
        &[
            (Condition::ResourceUri, "resource-uri", words::RESOURCE_URI, "git+https://github.com/owner/repository"),
            (Condition::VerifierId, "verifier-id", words::VERIFIER_ID, "https://example.com/verifier"),
            (Condition::VerifiedLevels, "verified-levels", words::LEVELS, "SLSA_BUILD_LEVEL_3"),
        ],
    ),
    (
        words::STATEMENT,
        words::STATEMENT_HINT,
        "expect-statement",
        &[
            (Condition::PredicateType, "predicate-type", words::PREDICATE_TYPE, "https://slsa.dev/provenance/v1"),
            (Condition::SubjectDigests, "subject-digests", words::SUBJECTS, "gitCommit:9409f67978ae26c2…"),
        ],
    ),
];

/// Whether any of the fields holds something.
pub(crate) fn used(props: &SignerFieldsProps) -> bool {
    let draft = &props.draft;
    let texts = GROUPS.iter().flat_map(|group| group.3).any(|field| !draft.condition(field.0).is_empty());
    texts || !draft.expect.workflow_inputs.is_empty() || draft.expect.subject_digests.is_some()
}

/// The fields, in groups.
pub(crate) fn conditions(props: &SignerFieldsProps) -> Html {
    html! {
        <>
            { error("expect", props.errors.expect.as_ref()) }
            { for GROUPS.iter().map(|group| one_group(props, group)) }
        </>
    }
}

fn one_group(props: &SignerFieldsProps, &(legend, hint, id, fields): &Group) -> Html {
    html! {
        <fieldset aria-describedby={hint_id(id)}>
            <legend>{ legend }</legend>
            <p class="hint" id={hint_id(id)}>{ hint }</p>
            <div class="conditions">{ for fields.iter().map(|one| text(props, one)) }</div>
            if legend == words::BUILD {
                { inputs(props) }
            }
        </fieldset>
    }
}

fn text(props: &SignerFieldsProps, &(condition, id, label, placeholder): &One) -> Html {
    field(FieldProps {
        id: id.into(),
        label,
        placeholder,
        value: props.draft.condition(condition).into(),
        oninput: props.typed(move |text| Edit::Condition(condition, text)),
        ..FieldProps::default()
    })
}

fn inputs(props: &SignerFieldsProps) -> Html {
    html! {
        <>
            { for props.draft.expect.workflow_inputs.iter().enumerate().map(|(at, row)| input(props, at, row)) }
            <button class="btn btn--small" type="button" onclick={props.edits::<MouseEvent>(Edit::InputAdded)}>
                { icon(Icon::Plus) }{ words::INPUT_ADD }
            </button>
        </>
    }
}

fn input(props: &SignerFieldsProps, at: usize, (name, value): &(String, String)) -> Html {
    let label = |words: &str| format!("{words} {}", at + 1);
    html! {
        <div class="pairrow" key={at}>
            <input class="input" aria-label={label(words::INPUT_NAME)} placeholder="level" autocomplete="off"
                spellcheck="false" value={name.clone()} oninput={props.typed(move |text| Edit::InputName(at, text))} />
            <span aria-hidden="true">{ "=" }</span>
            <input class="input" aria-label={label(words::INPUT_VALUE)} placeholder="release" autocomplete="off"
                spellcheck="false" value={value.clone()} oninput={props.typed(move |text| Edit::InputValue(at, text))} />
            <button class="iconbtn" type="button" aria-label={label(words::INPUT_REMOVE)}
                onclick={props.edits::<MouseEvent>(Edit::InputRemoved(at))}>{ icon(Icon::Remove) }</button>
        </div>
    }
}
