//! The views as components, so that tests and gallery can write them as elements. The page calls the functions.

#![allow(dead_code, reason = "shared by the tests and the gallery, which use different parts")]

use touchstone_ui::*;
use yew::prelude::*;

macro_rules! components {
    ($($name:ident($props:ty) = $view:path;)*) => {$(
        #[component]
        pub(crate) fn $name(props: &$props) -> Html {
            $view(props)
        }
    )*};
}

components! {
    Checks(ChecksProps) = checks;
    DigestField(DigestFieldProps) = digest_field;
    Evidence(EvidenceProps) = evidence;
    FetchField(FetchFieldProps) = fetch_field;
    Footer(FooterProps) = footer;
    Frame(FrameProps) = frame;
    Given(GivenProps) = given;
    HashTask(HashTaskProps) = hash_task;
    Home(HomeProps) = home;
    Ledger(LedgerProps) = ledger;
    LiveRegion(LiveRegionProps) = live_region;
    Main(MainProps) = main_part;
    OpenTasks(OpenTasksProps) = open_tasks;
    Pair(PairProps) = pair;
    SectionBar(SectionBarProps) = section_bar;
    SignerFields(SignerFieldsProps) = signer_fields;
    TopBar(TopBarProps) = top_bar;
    Vouchers(VouchersProps) = vouchers;
}
