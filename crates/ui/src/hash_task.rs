//! A file being read.

use yew::prelude::*;

use crate::figures::counted;
use crate::icon::icon_of;
use crate::strings::task as words;
use crate::{Icon, icon, size, visible};

/// How far the reading is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// File name.
    pub name: AttrValue,
    /// Bytes read.
    pub read: u64,
    /// Bytes in all.
    pub total: u64,
    /// Bytes a second, once known.
    pub rate: Option<u64>,
    /// Seconds left, once known.
    pub left: Option<u64>,
}

impl Progress {
    /// Percent read, rounded down.
    #[must_use]
    pub fn percent(&self) -> u64 {
        if self.total == 0 {
            return 100;
        }
        u64::try_from(u128::from(self.read) * 100 / u128::from(self.total)).unwrap_or(100).min(100)
    }

    /// "212 MB per second, about 6 seconds left"; empty until the rate is known.
    #[must_use]
    pub fn pace(&self) -> String {
        let rate = self.rate.map(|rate| format!("{}{}", size(rate), words::PER_SECOND));
        let left = self.left.map(|left| format!("{}{}{}", words::ABOUT, duration(left), words::LEFT));
        [rate, left].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..=99 => counted(usize::try_from(seconds.max(1)).unwrap_or_default(), "second", "seconds"),
        _ => counted(usize::try_from(seconds.div_ceil(60)).unwrap_or_default(), "minute", "minutes"),
    }
}

/// Properties of [`hash_task`].
#[derive(Properties, PartialEq)]
pub struct HashTaskProps {
    /// How far.
    pub progress: Progress,
    /// Cancel pressed.
    #[prop_or_default]
    pub oncancel: Callback<()>,
}

/// Hashing (`task`). What is spoken about it goes through [`live_region`](crate::live_region).
pub fn hash_task(props: &HashTaskProps) -> Html {
    let progress = &props.progress;
    let percent = progress.percent();
    html! {
        <section class="card card__in task" aria-labelledby="hash-h">
            <div class="task__top">
                <h3 id="hash-h">{ words::READING }</h3>
                <span class="st" data-s="run">{ icon_of(Icon::Run, "i spin") }{ words::RUNNING }</span>
            </div>
            <p class="small mono break">{ visible(&progress.name) }</p>
            <p class="pct">
                <b>{ percent }{ "%" }</b>
                <span>{ size(progress.read) }{ words::OF }{ size(progress.total) }</span>
            </p>
            <progress max="100" value={percent.to_string()} aria-labelledby="hash-h">{ percent }{ "%" }</progress>
            <div class="task__row">
                <p class="small muted">{ progress.pace() }</p>
                <button class="btn btn--small" type="button" onclick={props.oncancel.reform(|_: MouseEvent| ())}>
                    { icon(Icon::Stop) }{ words::CANCEL }
                </button>
            </div>
            <p class="cap task__end">{ words::READING_END }</p>
        </section>
    }
}
