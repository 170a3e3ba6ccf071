//! What Touchstone looks like: Yew views over the documents of `touchstone-report`, shared by page and widget.
//!
//! Views are pure functions of their properties; only what keeps a state of its own ([`Intake`], [`CodeBlock`],
//! [`Custody`], [`LongTable`], [`ResultView`]) is a Yew component, because each component costs the page some kilobytes of program. They start no work, make no request, name no browser interface and hold no words that
//! state a verdict: those come with the document. What a view must ask of the page (the text of an input, a jump, the
//! clipboard) goes through [`Dom`]. Untrusted text passes [`visible`], never markup.

mod artifact_task;
mod batch;
mod check_row;
mod checks;
mod chooser;
mod code_block;
mod command_field;
mod conditions;
mod custody;
mod difference;
mod digest_field;
mod doc;
mod dom;
mod draft;
mod evidence;
mod examples;
mod facts;
mod failures;
mod fetch_field;
mod field;
mod figures;
mod footer;
mod frame;
mod given;
mod hash_task;
mod history;
mod home;
mod icon;
mod intake;
mod ledger;
mod live_region;
mod long_table;
mod more_conditions;
mod notes;
mod open_tasks;
mod pair;
mod policy;
mod result;
mod scope;
mod section_bar;
mod signer_fields;
mod signer_task;
mod status;
mod strings;
mod to_do;
mod top_bar;
mod verdict;
mod visible_text;
mod vouchers;

pub use batch::{
    BatchProps, DRAWN_ROWS, Filter, FilterEdit, Found, Listed, Order, PAGE_ROWS, batch, coverage as batch_coverage,
    namespaces as batch_namespaces, row_id,
};
pub use checks::{ChecksProps, checks};
pub use code_block::{CodeBlock, CodeBlockProps};
pub use command_field::{CommandFieldProps, advice, command_field};
pub use custody::{Custody, CustodyProps, claims, custody_pending, graph, inputs, levels};
pub use digest_field::{DigestFieldProps, digest_field};
pub use doc::Doc;
pub use dom::{Dom, Jump, Scrolled, jump};
pub use draft::{Condition, Draft, DraftErrors, Edit, Match, Who};
pub use evidence::{EvidenceProps, Tab, evidence};
pub use examples::{Example, ExamplesProps, examples};
pub use facts::{FactsProps, facts};
pub use failures::{FailuresProps, failures};
pub use fetch_field::{FetchElsewhereProps, FetchFieldProps, FetchProblem, fetch_elsewhere, fetch_field};
pub use field::{FieldProps, field};
pub use figures::{grouped_digest, size, thin_groups};
pub use footer::{FooterProps, RootBuiltIn, footer};
pub use frame::{FrameProps, MainProps, frame, main_part};
pub use given::{GivenItem, GivenKind, GivenProps, given};
pub use hash_task::{HashTaskProps, Progress, hash_task};
pub use history::{HISTORY_IMPORT, HistoryProps, history};
pub use home::{HomeProps, find_out, home, limits, privacy};
pub use icon::{Icon, icon};
pub use intake::{DropState, Intake, IntakeProps, Unreadable};
pub use ledger::{LedgerProps, Request, RequestState, ledger};
pub use live_region::{LiveRegionProps, live_region};
pub use long_table::{LongRows, LongTable, LongTableProps, Rows};
pub use notes::notes;
pub use open_tasks::{OpenTasksProps, open_tasks};
pub use pair::{PairProps, pair};
pub use policy::{PolicyProps, policy};
pub use result::{ResultView, ResultViewProps};
pub use scope::scope;
pub use section_bar::{Section, SectionBarProps, section_bar, sections};
pub use signer_fields::{SignerFieldsProps, signer_fields};
pub use to_do::to_do;
pub use top_bar::{Theme, TopBarProps, top_bar};
pub use verdict::{VerdictProps, verdict};
pub use visible_text::visible;
pub use vouchers::{VouchersProps, vouchers};

use artifact_task::{ArtifactTaskProps, artifact_task};
use signer_task::{SignerTaskProps, signer_task};
