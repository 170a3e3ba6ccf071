//! Who the vouchers are.

use yew::prelude::*;

use touchstone_report::document::Voucher;

/// Properties of [`Vouchers`].
#[derive(Properties, PartialEq)]
pub struct VouchersProps {
    /// The vouchers to explain.
    pub vouchers: Vec<Voucher>,
}

/// Voucher table (`vouchers`): who they are and what their word rests on.
#[component]
pub fn Vouchers(props: &VouchersProps) -> Html {
    let _ = props;
    html! {}
}
