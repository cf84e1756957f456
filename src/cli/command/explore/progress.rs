//! How far a search is, on a terminal; and what ends it early.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::interrupt;
use crate::cli::terminal::Terminal;
use crate::explore::{Progress, Share};

/// A search that takes longer than this shows its progress.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the progress changes at most.
const REDRAW: Duration = Duration::from_millis(100);

/// Watches a search.
pub(super) struct Watch {
    began: Instant,
    ends: Option<Instant>,
    line: Option<Mutex<Line>>,
}

struct Line {
    shown: Instant,
    bar: Option<ProgressBar>,
}

impl Watch {
    pub(super) fn new(terminal: &Terminal, time: Option<crate::time::Duration>) -> Self {
        let began = Instant::now();
        let ends = time.and_then(|time| began.checked_add(Duration::from_nanos(time.as_nanos())));
        let line = terminal.is_watched().then(|| Mutex::new(Line { shown: began, bar: None }));
        Self { began, ends, line }
    }

    /// The search tells how far it is.
    pub(super) fn told(&self, progress: &Progress) -> ControlFlow<()> {
        let is_over = self.ends.is_some_and(|ends| Instant::now() >= ends);
        if is_over || interrupt::is_requested() {
            return ControlFlow::Break(());
        }
        if let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::try_lock) {
            line.show(progress, self.began);
        }
        ControlFlow::Continue(())
    }

    /// The search is over.
    pub(super) fn end(&self) {
        if let Some(Ok(line)) = self.line.as_ref().map(Mutex::lock)
            && let Some(bar) = &line.bar
        {
            bar.finish_and_clear();
        }
    }
}

impl Line {
    fn show(&mut self, progress: &Progress, began: Instant) {
        let now = Instant::now();
        if now - began < PATIENCE || now - self.shown < REDRAW {
            return;
        }
        self.shown = now;
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.with_style(
                ProgressStyle::with_template("{spinner} {msg}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            )
        });
        bar.set_message(message(progress, now - began));
        bar.tick();
    }
}

fn message(progress: &Progress, elapsed: Duration) -> String {
    let Progress { runs, depth, outcomes, done, bound } = *progress;
    let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = runs.saturating_mul(1000) / millis;
    let done = Share(u128::from(done)).of(Share(u128::from(Share::ALL)));
    let outcomes =
        if outcomes == 1 { "1 outcome".to_owned() } else { format!("{outcomes} outcomes") };
    let within = match bound {
        None => String::new(),
        Some(1) => ", at most 1 preemption".to_owned(),
        Some(bound) => format!(", at most {bound} preemptions"),
    };
    format!(
        "{runs} runs, {rate}/s, {depth} choices deep, {outcomes}{within}, about {}.{} % done{} \
         (Ctrl-C ends it)",
        done / 100,
        done / 10 % 10,
        left(done, elapsed),
    )
}

/// How long the rest will take, about, as far as that can be told.
fn left(done: u64, elapsed: Duration) -> String {
    const WHOLE: u64 = 10_000;
    if !(100..WHOLE).contains(&done) {
        return String::new();
    }
    let left = elapsed.as_secs().saturating_mul(WHOLE - done) / done;
    match left {
        0..=99 => format!(", {left} s left"),
        100..=5_999 => format!(", {} min left", left / 60),
        _ => format!(", {} h left", left / 3_600),
    }
}
