//! The words of the interface itself, in one place for translation. Words that state a verdict come with the document.

pub(crate) const BRAND: &str = "Touchstone";
pub(crate) const INVISIBLE_CHARACTER: &str = "invisible character ";
pub(crate) const SKIP: &str = "Skip to the content";
pub(crate) const PRINT_HEAD: &str = "Touchstone report";
pub(crate) const OPTIONAL: &str = "Optional";
pub(crate) const ERROR: &str = "Error: ";

pub(crate) mod frame {
    pub(crate) const REQUEST: &str = "request";
    pub(crate) const REQUESTS: &str = "requests";
    pub(crate) const MADE: &str = " made";
    pub(crate) const POSSIBLE: &str = " possible";
    pub(crate) const PAGES: &str = "Pages";
    pub(crate) const CHECK_ONE: &str = "Check a file";
    pub(crate) const CHECK_MANY: &str = "Check many";
    pub(crate) const ON_THIS_PAGE: &str = "On this page";
    pub(crate) const THEME_SYSTEM: &str = "Theme: as your system. Change to light";
    pub(crate) const THEME_LIGHT: &str = "Theme: light. Change to dark";
    pub(crate) const THEME_DARK: &str = "Theme: dark. Change to as your system";
    pub(crate) const ROOTS: &str = "Trusted roots built into this page";
    pub(crate) const ROOTS_WHY: &str =
        "A trusted root lists the authorities and logs whose word counts. Each result names the one that judged.";
    pub(crate) const THIS_PAGE: &str = "This page";
    pub(crate) const PROGRAM: &str = "The program that checks your file is ";
    pub(crate) const LIMITS: &str = "A page cannot prove itself";
    pub(crate) const LIMITS_WHY: &str = "If somebody changed this page, its answers are worth nothing. The command \
        touchstone gives the same answers without it.";
}

pub(crate) mod history {
    pub(crate) const WHY: &str = "A history of what you check can be kept in this browser, for an audit: each line names the \
        SHA-256 of the one before, so that a line removed, changed or moved is found. It is off unless you turn it on.";
    pub(crate) const HEAD: &str = "Nothing in it is signed: whoever can write this browser’s storage can write all of it anew, \
        cut its end or clear it. Note the SHA-256 of the last answer somewhere else:";
    pub(crate) const TURN_ON: &str = "Keep a history";
    pub(crate) const TURN_OFF: &str = "Keep no further history";
    pub(crate) const ONE: &str = "1 answer is kept";
    pub(crate) const MANY: &str = "answers are kept";
    pub(crate) const EXPORT: &str = "Export";
    pub(crate) const FORGET: &str = "Forget";
    pub(crate) const FORGET_ONE: &str = "Forget 1 answer for good";
    pub(crate) const IMPORT: &str = "Check and import";
}

pub(crate) mod sections {
    pub(crate) const VERDICT: &str = "Verdict";
    pub(crate) const FAILED: &str = "What failed";
    pub(crate) const TO_DO: &str = "What to do";
    pub(crate) const OPEN: &str = "What is open";
    pub(crate) const EXPECTED: &str = "What you expected";
    pub(crate) const CHAIN: &str = "Chain of custody";
    pub(crate) const LEVELS: &str = "SLSA levels";
    pub(crate) const CLAIMS: &str = "Certificate and provenance";
    pub(crate) const INPUTS: &str = "Inputs";
    pub(crate) const GRAPH: &str = "Everything that was joined";
    pub(crate) const FACTS: &str = "Facts";
    pub(crate) const CHECKS: &str = "Checks";
    pub(crate) const EVIDENCE: &str = "Evidence";
    pub(crate) const NETWORK: &str = "Network";
}

pub(crate) mod intake {
    pub(crate) const START: &str = "Start a check";
    pub(crate) const DROP_FINE: &str = "Drop";
    pub(crate) const DROP_COARSE: &str = "Choose";
    pub(crate) const DROP_WHAT: &str = " a file, its signature, or both";
    pub(crate) const OVER: &str = "Let go, and it is read here";
    pub(crate) const FILES: &str = "Choose files";
    pub(crate) const FOLDER: &str = "Choose a folder";
    pub(crate) const PASTE: &str = "Paste text";
    pub(crate) const PASTE_LABEL: &str = "Text of a signature file or a key";
    pub(crate) const PASTE_USE: &str = "Read this text";
    pub(crate) const ABOUT: &str = "Any file of any size, and the signature file that was published beside it: a \
        Sigstore bundle, often with a name that ends in .sigstore.json. What each one is gets worked out from its \
        content. You can also paste anywhere on this page.";
    pub(crate) const UNREADABLE: &str = "This is not something that can be checked";
    pub(crate) const UNREADABLE_FOUND: &str = "Found: ";
    pub(crate) const UNREADABLE_END: &str = "This says nothing about your file.";
}

pub(crate) mod fetch {
    pub(crate) const LABEL: &str = "Or fetch the signature by address or digest";
    pub(crate) const PLACEHOLDER: &str = "owner/repository@sha256:…";
    pub(crate) const HINT: &str = "A link to a bundle, or a GitHub repository and the SHA-256 of a file. Nothing is sent \
        before you press Fetch.";
    pub(crate) const ASKS: &str = "Fetch asks ";
    pub(crate) const THEN: &str = ", then ";
    pub(crate) const NOBODY_ELSE: &str = ", and nobody else.";
    pub(crate) const FETCH: &str = "Fetch";
    pub(crate) const FETCHING: &str = "Fetching…";
    pub(crate) const INSTEAD: &str = "Run this instead, and drop what it writes here";
    pub(crate) const INSTEAD_OF_PAGE: &str = "Run this instead, which gives the answer";
    pub(crate) const OFFLINE_LABEL: &str = "If the signature is elsewhere";
    pub(crate) const OFFLINE_HINT: &str = "This copy can ask nobody. Give a link to a bundle, or a GitHub repository and the \
        SHA-256 of a file, and it names the command that fetches the signature.";
    pub(crate) const OFFLINE_RUN: &str = "Run this where there is a network, and drop what it writes here";
    pub(crate) const COMMAND: &str = "command";
}

pub(crate) mod digest {
    pub(crate) const LABEL: &str = "Or give a digest instead of the file";
    pub(crate) const HINT: &str = "If the file is not on this device: its SHA-256, SHA-384 or SHA-512 from a source you \
        rely on. The result then speaks about that digest, not about a file seen here.";
    pub(crate) const PLACEHOLDER: &str = "sha256:…";
    pub(crate) const USE: &str = "Use this digest";
}

pub(crate) mod signer {
    pub(crate) const LEGEND: &str = "Who should have signed it?";
    pub(crate) const HINT: &str = "Take the name from the project’s own site, not from the download. Without it you \
        learn who signed, and the result stays open.";
    pub(crate) const NAMED: &str = "A person or a workflow";
    pub(crate) const KEY: &str = "The holder of a key";
    pub(crate) const ANYBODY: &str = "Anybody";
    pub(crate) const ANYBODY_WHY: &str = "Any signer at all is accepted. The result says so, because anybody can sign a \
        file that they changed.";
    pub(crate) const IDENTITY: &str = "Name in the certificate";
    pub(crate) const IDENTITY_HINT: &str = "The address of a workflow, or an email address, in full.";
    pub(crate) const IDENTITY_PLACEHOLDER: &str = "https://github.com/owner/repository/.github/workflows/…@refs/tags/…";
    pub(crate) const IDENTITY_PATTERN: &str =
        "This name is a pattern (regular expression) that must fit the whole of it";
    pub(crate) const ISSUER: &str = "Who vouched for that name";
    pub(crate) const ISSUER_HINT: &str = "The service where the signer logged in, by its address (the OIDC issuer). Left \
        empty, any of them is accepted, and the result says so.";
    pub(crate) const ISSUER_PLACEHOLDER: &str = "https://token.actions.githubusercontent.com";
    pub(crate) const ISSUER_PATTERN: &str =
        "This address is a pattern (regular expression) that must fit the whole of it";
    pub(crate) const KEY_LABEL: &str = "Public key";
    pub(crate) const KEY_HINT: &str = "The key as text, from “-----BEGIN PUBLIC KEY-----” on, or a file. Take it from the \
        project’s own site.";
    pub(crate) const KEY_FILE: &str = "Choose a key file";
    pub(crate) const KEY_BESIDE: &str = " is a public key, and is not used yet. Choose “The holder of a key” if you have it \
        from the project itself. A key that came with the download may be from whoever made the download.";
    pub(crate) const KEY_GIVEN: &str = "Key file: ";
    pub(crate) const REMOVE: &str = "Remove";
    pub(crate) const MORE: &str = "More conditions";
    pub(crate) const EXTENSIONS: &str = "Values the certificate must hold";
    pub(crate) const EXTENSIONS_HINT: &str = "Name and value as the Certificate tab of a result shows them, for example \
        Source Repository Ref and refs/tags/v1.2.0. Each must be equal.";
    pub(crate) const EXTENSION_NAME: &str = "Name of value";
    pub(crate) const EXTENSION_VALUE: &str = "Must equal";
    pub(crate) const EXTENSION_ADD: &str = "Add a value";
    pub(crate) const EXTENSION_REMOVE: &str = "Remove value";
    pub(crate) const TRUST: &str = "Trusted root";
    pub(crate) const TRUST_HINT: &str = "The list of authorities and logs whose word counts.";
    pub(crate) const TRUST_AUTOMATIC: &str = "Chosen from the signature, and named in the result";
    pub(crate) const TRUST_PUBLIC_GOOD: &str = "Sigstore public good";
    pub(crate) const TRUST_STAGING: &str = "Sigstore staging (for tests)";
    pub(crate) const TRUST_GITHUB: &str = "GitHub";
    pub(crate) const TRUST_FILE: &str = "A file of your own";
    pub(crate) const TRUST_KEY: &str = "None: the key alone, for envelopes outside of Sigstore";
    pub(crate) const TRUST_CHOOSE: &str = "Choose a trusted root file";
    pub(crate) const TRUST_GIVEN: &str = "Trusted root file: ";
    pub(crate) const COMPARE: &str = "Compare";
}

pub(crate) mod command {
    pub(crate) const TITLE: &str = "Or paste a command";
    pub(crate) const LABEL: &str = "Command line";
    pub(crate) const HINT: &str = "Of cosign, gh attestation verify, slsa-verifier or touchstone verify. It fills the \
        fields above; nothing is run.";
    pub(crate) const READ: &str = "Fill the fields";
    pub(crate) const FILLED: &str = "The question is now what this command asks. Nothing was compared yet.";
    pub(crate) const ADVICE: &str = "What is weak about this question";
}

pub(crate) mod conditions {
    pub(crate) const SOURCE: &str = "Source";
    pub(crate) const SOURCE_HINT: &str = "What the provenance must say about the source. With a repository here and no \
        name above, the signature must be by a builder on the builder list, or by a workflow of that repository.";
    pub(crate) const SOURCE_URI: &str = "Source repository";
    pub(crate) const SOURCE_BRANCH: &str = "Branch";
    pub(crate) const SOURCE_TAG: &str = "Tag, exactly";
    pub(crate) const SOURCE_VERSIONED_TAG: &str = "Tag, by the version it begins with";
    pub(crate) const BUILD: &str = "Build";
    pub(crate) const BUILD_HINT: &str = "Which builder wrote the provenance, and which inputs its workflow was given. A \
        builder of your own is SIGNER=BUILDER_ID=LEVEL: its level is your word, and the report says so.";
    pub(crate) const BUILDER_ID: &str = "Builder";
    pub(crate) const BUILDERS: &str = "Builders of your own";
    pub(crate) const INPUT_ADD: &str = "Add an input of the workflow";
    pub(crate) const INPUT_NAME: &str = "Name of workflow input";
    pub(crate) const INPUT_VALUE: &str = "Value of workflow input";
    pub(crate) const INPUT_REMOVE: &str = "Remove workflow input";
    pub(crate) const PACKAGE: &str = "Package";
    pub(crate) const PACKAGE_HINT: &str = "For npm: name and version. For Python: file name and publisher.";
    pub(crate) const PACKAGE_NAME: &str = "npm package";
    pub(crate) const PACKAGE_VERSION: &str = "Version of npm package";
    pub(crate) const DISTRIBUTION: &str = "File name of Python distribution";
    pub(crate) const PUBLISHER_KIND: &str = "Publisher is at (GitHub, GitLab or Google)";
    pub(crate) const PUBLISHER_REPOSITORY: &str = "Publisher’s repository";
    pub(crate) const PUBLISHER_WORKFLOW: &str = "Publisher’s workflow";
    pub(crate) const PUBLISHER_ENVIRONMENT: &str = "Publisher’s environment";
    pub(crate) const PUBLISHER_EMAIL: &str = "Publisher’s email address";
    pub(crate) const SUMMARY: &str = "Summary";
    pub(crate) const SUMMARY_HINT: &str = "Of a verification summary: what it is about, who made it, which levels it \
        must cover.";
    pub(crate) const RESOURCE_URI: &str = "Resource";
    pub(crate) const VERIFIER_ID: &str = "Verifier";
    pub(crate) const LEVELS: &str = "Levels";
    pub(crate) const STATEMENT: &str = "Statement";
    pub(crate) const STATEMENT_HINT: &str = "Its type, and digests of what it is about besides the file.";
    pub(crate) const PREDICATE_TYPE: &str = "Type of statement";
    pub(crate) const SUBJECTS: &str = "Digests of subjects";
}

pub(crate) mod given {
    pub(crate) const LABEL: &str = "What you gave";
    pub(crate) const PASTED: &str = "Pasted text";
    pub(crate) const ADD: &str = "Add evidence";
    pub(crate) const USED_AS: &str = "Used as: ";
    pub(crate) const REMOVE: &str = "Remove ";
    pub(crate) const ARTIFACT: &str = "file in question";
    pub(crate) const BUNDLE: &str = "signature (bundle)";
    pub(crate) const FURTHER: &str = "further evidence";
    pub(crate) const KEY: &str = "public key";
    pub(crate) const ROOT: &str = "trusted root";
}

pub(crate) mod home {
    pub(crate) const TITLE: &str = "Is this file genuine, and where did it come from?";
    pub(crate) const LEAD: &str = "Touchstone finds out who signed a download and when, whether the file in your hands is \
        the one that was signed, and shows the evidence for each answer. It all happens in this browser.";
    pub(crate) const PRIVACY: &str = "Nothing leaves this browser";
    pub(crate) const PRIVACY_POINTS: [(&str, &str); 3] = [
        ("Your file is read here", "It is hashed piece by piece, whatever its size, and never uploaded."),
        ("Nothing is looked up", "Not its name, digest or signature, unless you press Fetch."),
        (
            "Every request is counted",
            "The counter at the top starts at 0. It opens a list of what was sent, where and why.",
        ),
    ];
    pub(crate) const OFFLINE_POINTS: [(&str, &str); 3] = [
        ("Your file is read here", "It is hashed piece by piece, whatever its size, and never uploaded."),
        ("Nothing can be looked up", "This copy forbids itself every connection; the browser holds it to that."),
        ("No request is possible", "The counter at the top says so."),
    ];
    pub(crate) const LIMITS: &str = "What a result cannot tell you";
    pub(crate) const LIMITS_WHY: &str = "That a program does what you want, or is free of flaws. A signature shows who \
        made a file, not whether they made it well.";
    pub(crate) const EXAMPLES: &str = "Try one first";
    pub(crate) const EXAMPLES_WHY: &str = "Real files, built into this page, so these work offline too";
    pub(crate) const FIND_OUT: &str = "What you find out";
    pub(crate) const FIND_OUT_WHY: &str = "Each answer comes with its evidence, and with who stands behind it";
    pub(crate) const QUESTIONS: [(&str, &str); 4] = [
        ("Same file?", "Is this, byte for byte, the file that was signed? This browser compares the digests."),
        (
            "By whom?",
            "Which person or workflow signed it, and is it the one you expect? A certificate authority vouches for the name.",
        ),
        ("When?", "Was the signature made while its certificate was valid? A log or a timestamp authority says when."),
        (
            "In the open?",
            "Was the signature entered in a public log, where the signer can see it too? The log’s own proof is checked.",
        ),
    ];
}

pub(crate) mod verdict {
    pub(crate) const SAVE: &str = "Save report";
    pub(crate) const SAVE_PAGE: &str = "Save as page";
    pub(crate) const SAVE_MARKDOWN: &str = "Save as Markdown";
    pub(crate) const SAVE_PAGE_WHY: &str =
        "One HTML file with the evidence inside, which checks itself again when opened";
    pub(crate) const PRINT: &str = "Print";
    pub(crate) const LINK: &str = "Copy link to this question";
    pub(crate) const LINK_COPIED: &str = "Link copied";
    pub(crate) const LINK_NOT_COPIED: &str = "The browser copies nothing here";
    pub(crate) const SIGNED_BY: &str = "Signed by";
    pub(crate) const VOUCHED: &str = "Name vouched for by";
    pub(crate) const SIGNED_ON: &str = "Signed on";
    pub(crate) const COMPUTED: &str = ", computed here";
    pub(crate) const STATED: &str = ", stated by you";
    pub(crate) const WAIVED: &str = "Waived: ";
    pub(crate) const SHOWS: &str = "What this shows";
    pub(crate) const SHOWS_NOT: &str = "What it does not show";
}

pub(crate) mod failure {
    pub(crate) const EXPECTED: &str = "Expected";
    pub(crate) const FOUND: &str = "Found";
    pub(crate) const DIFFERS: &str = ", differs";
    pub(crate) const MEANS: &str = "What it means";
    pub(crate) const HARMLESS: &str = "It may have a harmless cause";
    pub(crate) const CHECK: &str = "Check: ";
    pub(crate) const SPECIFICATION: &str = "Specification: ";
    pub(crate) const WHERE: &str = "Where: ";
    pub(crate) const CODE: &str = "Code: ";
}

pub(crate) mod task {
    pub(crate) const READING: &str = "Reading your file";
    pub(crate) const RUNNING: &str = "Running";
    pub(crate) const CANCEL: &str = "Cancel";
    pub(crate) const OF: &str = " of ";
    pub(crate) const PER_SECOND: &str = " per second";
    pub(crate) const ABOUT: &str = "about ";
    pub(crate) const LEFT: &str = " left";
    pub(crate) const READING_END: &str =
        "You can use the rest of this page meanwhile. Cancelling keeps every other result.";
    pub(crate) const SIGNER_PROVEN: &str = "The certificate names this signer:";
    pub(crate) const SIGNER_UNPROVEN: &str = "The signature file names this signer. Not every check behind the name has \
        passed:";
    pub(crate) const SIGNER_KEY: &str = "The signature is by the holder of this key:";
    pub(crate) const NAME: &str = "Name";
    pub(crate) const FINGERPRINT: &str = "SHA-256 of key";
    pub(crate) const KIND: &str = "Kind of name";
    pub(crate) const VOUCHED: &str = "Vouched for by";
    pub(crate) const FILL: &str = "Use the signer shown";
    pub(crate) const FILL_WHY: &str = "Only if you know this signer already. It fills the fields below, and nothing is \
        compared before you say so.";
    pub(crate) const CHOOSE_FILE: &str = "Choose the file";
    pub(crate) const CHOOSE_EVIDENCE: &str = "Choose files";
    pub(crate) const WAIVE: &str = "Ask about the statement only, without a file";
    pub(crate) const SIGNER: &str = "Who should have signed it?";
    pub(crate) const ARTIFACT: &str = "Which file is it about?";
    pub(crate) const KEY: &str = "Which key?";
    pub(crate) const ROOT: &str = "Is a test instance meant?";
    pub(crate) const EVIDENCE: &str = "More evidence is needed";
}

pub(crate) mod state {
    pub(crate) const PASSED: &str = "Passed";
    pub(crate) const FAILED: &str = "Failed";
    pub(crate) const BLOCKED: &str = "Blocked";
    pub(crate) const NOT_PRESENT: &str = "Not present";
    pub(crate) const NOT_ASKED: &str = "Not asked";
    pub(crate) const WAIVED: &str = "Waived";
    pub(crate) const DONE: &str = "Done";
    pub(crate) const RUNNING: &str = "Running";
}

pub(crate) mod checks {
    pub(crate) const EXPECTED: &str = "Expected";
    pub(crate) const FOUND: &str = "Found";
    pub(crate) const WHERE: &str = "Where";
    pub(crate) const WHAT: &str = "What is checked";
    pub(crate) const WHY: &str = "Why it counts";
    pub(crate) const BLOCKED_BY: &str = "Blocked by";
    pub(crate) const ITEMS: &str = "Looked at";
    pub(crate) const SPECIFICATION: &str = "Specification";
    pub(crate) const TO_DO: &str = "What to do";
    pub(crate) const CODE: &str = "Code";
    pub(crate) const NO_BALANCE: &str = "A passed check does not outweigh a failed one.";
}

pub(crate) mod facts {
    pub(crate) const TITLE: &str = "Facts, and who vouches for them";
    pub(crate) const FACT: &str = "Fact";
    pub(crate) const VALUE: &str = "Value";
    pub(crate) const VOUCHED: &str = "Vouched for by";
    pub(crate) const CAPTION: &str = "Facts, their values, and who vouches for each";
    pub(crate) const WHO: &str = "Who the vouchers are, and what their word rests on";
    pub(crate) const WHO_VOUCHER: &str = "Voucher";
    pub(crate) const WHO_RESTS: &str = "What their word rests on";
    pub(crate) const SOURCE: &str = "Source";
    pub(crate) const BUILD: &str = "Build";
    pub(crate) const ARTIFACT: &str = "Artifact";
    pub(crate) const DEPLOY: &str = "Deploy";
}

pub(crate) mod evidence {
    pub(crate) const WHY: &str = "What was read, whether or not it was proven";
    pub(crate) const TABS: &str = "Evidence";
    pub(crate) const CERTIFICATE: &str = "Certificate";
    pub(crate) const LOG: &str = "Log entry";
    pub(crate) const TIMESTAMPS: &str = "Timestamps";
    pub(crate) const STATEMENT: &str = "Statement";
    pub(crate) const RAW: &str = "Raw";
    pub(crate) const NO_CERTIFICATE: &str = "There is no certificate in what you gave.";
    pub(crate) const NO_LOG: &str = "There is no log entry in what you gave.";
    pub(crate) const NO_TIMESTAMPS: &str = "There is no timestamp in what you gave.";
    pub(crate) const NO_STATEMENT: &str =
        "There is no statement in what you gave: the signature is over the file itself.";
    pub(crate) const NO_RAW: &str = "There is no raw text to show.";
    pub(crate) const FIELD: &str = "Field";
    pub(crate) const VALUE: &str = "Value";
    pub(crate) const REFERENCE: &str = "Exact name";
    pub(crate) const COPY: &str = "Copy ";
    pub(crate) const COPIED: &str = "Copied";
    pub(crate) const NOT_COPIED: &str = "The browser copies nothing here: select the text to copy it.";
}

pub(crate) mod ledger {
    pub(crate) const ZERO: &str = "requests. Nothing left this browser.";
    pub(crate) const ZERO_WHY: &str = "Everything needed was in what you gave or in this page.";
    pub(crate) const WHY: &str = "Each because you asked for it.";
    pub(crate) const CAPTION: &str = "Requests this page has made";
    pub(crate) const TIME: &str = "Time (UTC)";
    pub(crate) const SERVER: &str = "Server";
    pub(crate) const ASKED_FOR: &str = "Asked for";
    pub(crate) const SENT: &str = "Sent about your file";
    pub(crate) const RECEIVED: &str = "Received";
    pub(crate) const RESULT: &str = "Result";
    pub(crate) const REQUEST: &str = "request.";
    pub(crate) const REQUESTS: &str = "requests.";
}

pub(crate) mod policy {
    pub(crate) const WHY: &str = "Said back, so that you can see what was compared";
    pub(crate) const NOTHING: &str = "You named nothing to expect.";
    pub(crate) const ROOT: &str = "Trusted root";
    pub(crate) const CHANGE: &str = "Ask for something else";
    pub(crate) const NOTES: &str = "Worth knowing";
    pub(crate) const NOTES_WHY: &str = "None of this decides the result";
}

pub(crate) mod vouchers {
    pub(crate) const COMPUTED: &str = " computed";
    pub(crate) const SHOWS: &str = " shows";
    pub(crate) const STATES: &str = " states";
    pub(crate) const STATE: &str = " state";
    pub(crate) const BROWSER: (&str, &str) =
        ("This browser", "Computed here, from the bytes you gave. Nobody’s word is needed.");
    pub(crate) const YOU: (&str, &str) =
        ("You", "The digest is the one you stated. No file was at hand to compute it from.");
    pub(crate) const AUTHORITY: (&str, &str) = (
        "Certificate authority",
        "It checked who was logged in at the moment of signing and wrote that into the certificate. It does not know what \
         was signed.",
    );
    pub(crate) const BUILDER: (&str, &str) = (
        "Builder",
        "The build system wrote the statement and signed it. It can say what it did; that it did nothing else rests on \
         the builder.",
    );
    pub(crate) const LOG: (&str, &str) = (
        "Transparency log",
        "A public list that can only grow. It shows that the signature was entered, and so can be found by the signer.",
    );
    pub(crate) const TIMESTAMP: (&str, &str) =
        ("Timestamp authority", "It saw the signature at that moment and signed the time.");
    pub(crate) const PUBLISHER: (&str, &str) =
        ("Publisher", "The signer’s own words. They are signed, so they are theirs; they need not be true.");
    pub(crate) const VERIFIER: (&str, &str) =
        ("Verifier", "Somebody you chose to rely on checked it before and signed the summary.");
    pub(crate) const NOBODY: (&str, &str) = ("Nobody", "Nothing in what you gave says it.");
}

pub(crate) mod custody {
    pub(crate) const PENDING: &str = "Being worked out. The verdict does not depend on it.";
    pub(crate) const WHY: &str = "Each line joins two statements that name the same digest. Each answer says who stands \
        behind it, and opens to the statement and the checks.";
    pub(crate) const PICTURE: &str = "From source to deployment";
    pub(crate) const OF: &str = " of ";
    pub(crate) const ANSWERED: &str = " answered";
    pub(crate) const WAITS: &str = "Not read yet";
    pub(crate) const NOT_COUNTED: &str = "statements not counted";
    pub(crate) const AND: &str = "And ";
    pub(crate) const MORE_OPEN: &str = " more.";
    pub(crate) const TO: &str = " to ";
    pub(crate) const JOINED: &str = "Joined to ";
    pub(crate) const JOINED_BY_NAME: &str = "Joined by name only to ";
    pub(crate) const JOINED_NOT: &str = "Gap before ";
    pub(crate) const CUT: &str = "Cut off from ";
    pub(crate) const WAITS_FOR: &str = "Not known yet, to ";
    pub(crate) const PROVEN: &str = "Answered";
    pub(crate) const NAME_ONLY: &str = "Said, not proven";
    pub(crate) const CONTRADICTED: &str = "Contradicted";
    pub(crate) const GAP: &str = "Nobody states it";
    pub(crate) const SAID: &str = "Said, not proven";
    pub(crate) const NOBODY_STATES: &str = "Nobody states ";
    pub(crate) const OPEN: &str = "Open";
    pub(crate) const BY_NAMED: &str = "Signed by the signer you named or accepted";
    pub(crate) const BY_RELIED: &str = "Signed by a party that is relied on";
    pub(crate) const BY_UNNAMED: &str = "Signed by somebody whom you did not name";
    pub(crate) const BY_NOBODY: &str = "Nobody signed it";
    pub(crate) const BY_FAILED: &str = "A check of it failed";
    pub(crate) const ELSEWHERE: &str = "About another file";
    pub(crate) const MET: &str = "Met";
    pub(crate) const NOT_MET: &str = "Not met";
    pub(crate) const AGREE: &str = "Agree";
    pub(crate) const ONLY_CLAIMED: &str = "Only claimed";
    pub(crate) const ONLY_CERTIFICATE: &str = "Only in the certificate";
    pub(crate) const CONTRADICTS: &str = "Contradicts";
    pub(crate) const PINNED: &str = "Digest";
    pub(crate) const BY_NAME: &str = "Name only";
    pub(crate) const LEGEND: &str = "How to read the picture";
    pub(crate) const LEGEND_MATCH: &str = "Equal digests, in statements that passed";
    pub(crate) const LEGEND_NAME: &str = "Same name, or nobody relied on signed it";
    pub(crate) const LEGEND_GAP: &str = "Gap: nobody states it";
    pub(crate) const LEGEND_DIFFERS: &str = "Digests that should be equal are not";
    pub(crate) const LEGEND_WAIT: &str = "Not known yet";
    pub(crate) const LEGEND_HERE: &str = "Computed in this browser";
    pub(crate) const LEGEND_OTHERS: &str = "Signed by somebody else";
    pub(crate) const LEGEND_NOBODY: &str = "Nobody";
    pub(crate) const WARNINGS: &str = "This does not fit together";
    pub(crate) const NEXT: &str = "What would close the gaps";
    pub(crate) const RESTS_ON: &str = "What the picture rests on";
    pub(crate) const STATEMENT: &str = "Statement";
    pub(crate) const STANDING: &str = "What it counts for";
    pub(crate) const STATED_IN: &str = "Stated in ";
    pub(crate) const CLOSE: &str = "Close";
    pub(crate) const TO_CLOSE: &str = "What would close it: ";
    pub(crate) const CHECKS: &str = "Checks behind it";
    pub(crate) const ITS_CHECKS: &str = "Checks of this statement";
    pub(crate) const SIGNER: &str = "Signed by";
    pub(crate) const SIGNED: &str = "Signed on";
    pub(crate) const TYPE: &str = "Type";
    pub(crate) const ABOUT: &str = "About";
}

pub(crate) mod levels {
    pub(crate) const WHY: &str = "Computed here from the evidence, never read from it";
    pub(crate) const TRACK: &str = " track";
    pub(crate) const TO_REACH: &str = "To reach it: ";
    pub(crate) const NOT_STATED: &str = "Not stated";
    pub(crate) const CANNOT_BE_KNOWN: &str = "Cannot be known";
    pub(crate) const DRAFT: &str = "The four levels as first drafted, SLSA v0.1";
    pub(crate) const DRAFT_LEVEL: &str = "v0.1 level ";
    pub(crate) const DRAFT_CAPTION: &str = "Requirements of SLSA v0.1";
    pub(crate) const REQUIREMENT: &str = "Requirement";
    pub(crate) const FROM: &str = "Needed from";
    pub(crate) const LEVEL: &str = "Level ";
    pub(crate) const RESULT: &str = "Result";
    pub(crate) const REASON: &str = "Reason";
    pub(crate) const BUILDERS: &str = "The builder list: who may sign for which builder, and up to which level";
    pub(crate) const BUILDERS_WHY: &str = "Built in. A builder that is not listed is relied on up to Build L1. You can list \
        builders of your own under “More conditions”; the levels then say that they rest on your word.";
}

pub(crate) mod claims {
    pub(crate) const WHY: &str = "The certificate’s values come from the login service, not from the build.";
    pub(crate) const OF: &str = " of ";
    pub(crate) const AGREE: &str = " claims agree.";
    pub(crate) const CONTRADICT: &str = " contradict.";
    pub(crate) const CLAIM: &str = "Claim";
    pub(crate) const CERTIFICATE: &str = "Certificate";
    pub(crate) const PROVENANCE: &str = "Provenance";
    pub(crate) const RESULT: &str = "Result";
    pub(crate) const ABSENT: &str = "not present";
}

pub(crate) mod inputs {
    pub(crate) const CAPTION: &str = "Inputs of the build";
    pub(crate) const SEARCH: &str = "Search name, version or digest";
    pub(crate) const HEADS: [&str; 5] = ["Name", VERSION, DIGEST, LISTED, HELD];
    pub(crate) const VERSION: &str = "Version";
    pub(crate) const DIGEST: &str = "Digest";
    pub(crate) const LISTED: &str = "Listed in";
    pub(crate) const HELD: &str = "Pinned by";
    pub(crate) const NONE: &str = "none";
    pub(crate) const JOINED_BY: &str = ", joined by ";
    pub(crate) const AT_HAND: &str = "provenance at hand";
    pub(crate) const ALL: &str = "All";
    pub(crate) const PINNED: &str = "Pinned";
    pub(crate) const BY_NAME: &str = "Name only";
    pub(crate) const WITH_PROVENANCE: &str = "With provenance";
    pub(crate) const WARNED: &str = "Does not fit";
}

pub(crate) mod graph {
    pub(crate) const CAPTION: &str = "Things and what joins them";
    pub(crate) const SEARCH: &str = "Search name or digest";
    pub(crate) const HEADS: [&str; 4] = ["From", HOW, TO, STATEMENT];
    pub(crate) const HOW: &str = "Joined";
    pub(crate) const MATCH: &str = "equal digests";
    pub(crate) const NAME: &str = "by name only";
    pub(crate) const GAP: &str = "gap";
    pub(crate) const DIFFERS: &str = "digests differ";
    pub(crate) const WAIT: &str = "not known yet";
    pub(crate) const TO: &str = "To";
    pub(crate) const STATEMENT: &str = "Stated in";
    pub(crate) const THINGS: &str = " things, ";
    pub(crate) const LINES: &str = " lines between them";
    pub(crate) const PICTURE: &str = "As a picture";
    pub(crate) const DRAWN: &str = "Things in four columns with lines between them. The table below says the same.";
    pub(crate) const COLUMNS: [&str; 4] = ["Source", "Build", "Artifact", "Deploy"];
}

pub(crate) mod table {
    pub(crate) const ROWS: &str = " rows";
    pub(crate) const OF: &str = " of ";
    pub(crate) fn printed(shown: usize, all: usize) -> String {
        format!("{shown} of {all} rows are printed: those in view. What is saved or exported holds all of them.")
    }
}

pub(crate) mod batch {
    use touchstone_report::document::Outcome;
    use touchstone_report::document::inventory::{QuestionCoverage, counted};

    pub(crate) const COVERAGE: &str = "Coverage";
    pub(crate) const ANSWERED_WITH_EVIDENCE: &str = "Questions answered with evidence";
    pub(crate) const ANSWERED: &str = " answered";
    pub(crate) const FOLLOWS_FILTER: &str = "These figures follow the filter below, and so does what is exported.";
    pub(crate) const UNSIGNED: &str =
        "Where something runs, is declared or is recorded is unsigned, whoever says it. None of it counts as approved.";
    pub(crate) const POLICY: &str = "One policy for all";
    pub(crate) const POLICY_WHY: &str = "What every row was judged by.";
    pub(crate) const ARTIFACTS: &str = "Artifacts";
    pub(crate) const EXPORT: &str = "Export ";
    pub(crate) const SAVING: &str = "Saving\u{2026}";
    pub(crate) const SEARCH: &str = "Search artifacts";
    pub(crate) const SEARCH_HINT: &str = "Name, digest, signer or commit";
    pub(crate) const NAMESPACE: &str = "Namespace";
    pub(crate) const ORDER: &str = "Order";
    pub(crate) const WORST: &str = "Worst first";
    pub(crate) const BY_NAME: &str = "By name";
    pub(crate) const BY_NAMESPACE: &str = "By namespace";
    pub(crate) const SHOWN: &str = " shown";
    pub(crate) const OF: &str = " of ";
    pub(crate) const TO: &str = " to ";
    pub(crate) const VERDICT: &str = "Verdict";
    pub(crate) const ALL: &str = "All";
    pub(crate) const NOT_ANSWERED: &str = "Not answered";
    pub(crate) const ARTIFACT: &str = "Name and digest";
    pub(crate) const WHERE: &str = "Where";
    pub(crate) const TABLE: &str = "Artifacts, scrolls sideways";
    pub(crate) const CAPTION: &str = "Artifacts with verdict and chain of custody";
    pub(crate) const NOTHING_AT_ALL: &str =
        "There is nothing to check: no inventory and no statement could be read. The notes below say why.";
    pub(crate) const NOTHING_LEFT: &str = "No artifact is left by this filter.";
    pub(crate) const PAGES: &str = "Rows of the table";
    pub(crate) const BEFORE: &str = "Earlier rows";
    pub(crate) const AFTER: &str = "Further rows";
    pub(crate) const NOTES: &str = "Notes";
    pub(crate) const NO_DIGEST: &str = "no digest";
    pub(crate) const SIGNER: &str = "Signed by ";
    pub(crate) const STATEMENTS: &str = "Statements: ";
    pub(crate) const ALSO: &str = "Also named ";
    pub(crate) const OPEN: &str = "Open the full result";
    pub(crate) const ONLY_VERDICT: &str = "verdict ";
    pub(crate) const ONLY_UNANSWERED: &str = " not answered";
    pub(crate) const ONLY_NAMESPACE: &str = "namespace ";
    pub(crate) const ONLY_TEXT: &str = "with the text ";

    pub(crate) const fn outcome(outcome: Outcome) -> &'static str {
        outcome.word()
    }

    pub(crate) fn notes(count: usize) -> String {
        if count == 1 { "1 note on what was given".to_owned() } else { format!("{count} notes on what was given") }
    }

    pub(crate) fn artifacts(count: usize) -> String {
        counted(count, "artifact", "artifacts")
    }

    pub(crate) fn places(count: usize) -> String {
        counted(count, "place", "places")
    }

    pub(crate) fn all_namespaces(count: usize) -> String {
        if count == 1 { "All of 1 namespace".to_owned() } else { format!("All {count} namespaces") }
    }

    pub(crate) fn more_namespaces(count: usize) -> String {
        format!("{count} more: search for their names")
    }

    pub(crate) fn and_more(count: usize) -> String {
        format!("and {count} more; the JSON export has all of them")
    }

    pub(crate) fn rest(one: &QuestionCoverage) -> String {
        one.rest()
    }
}
