//! What a run is attended by: its output, its progress on a terminal, Ctrl-C.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::interrupt;
use super::terminal::{Mark, Terminal};
use crate::executor::{Host, Progress};

/// A run that takes longer than this shows its progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the progress changes at most.
const REDRAW: Duration = Duration::from_millis(100);

/// What becomes of the lines that a program prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// They go to standard output.
    Shown,
    /// They are part of a report that comes later.
    Kept,
}

/// Attends a run on behalf of a terminal.
pub(super) struct Attendant {
    terminal: Terminal,
    lines: Lines,
    progress: Option<ProgressLine>,
}

impl Attendant {
    pub(super) fn new(terminal: &Terminal, lines: Lines) -> Self {
        let progress = terminal.is_watched().then(ProgressLine::new);
        Self { terminal: terminal.clone(), lines, progress }
    }

    /// Lets something be written while the progress is out of the way.
    fn write(&self, write: impl FnOnce(&Terminal)) {
        match self.progress.as_ref().and_then(|progress| progress.bar.as_ref()) {
            Some(bar) => bar.suspend(|| {
                write(&self.terminal);
                self.terminal.flush();
            }),
            None => write(&self.terminal),
        }
    }
}

impl Host for Attendant {
    fn output(&mut self, line: &str) {
        if self.lines == Lines::Shown {
            self.write(|terminal| terminal.out_line(line));
        }
    }

    fn error(&mut self, text: &str) {
        self.write(|terminal| {
            let marked = Mark::Faint.paint(text.trim_end(), terminal.colors_err());
            terminal.err_line(&marked);
        });
    }

    fn tick(&mut self, progress: &Progress) -> ControlFlow<()> {
        if let Some(line) = &mut self.progress {
            line.show(progress);
        }
        if interrupt::is_requested() || self.terminal.has_failed() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

/// One line on standard error that tells how far a run is; gone when the run is over.
struct ProgressLine {
    began: Instant,
    shown: Instant,
    bar: Option<ProgressBar>,
}

impl ProgressLine {
    fn new() -> Self {
        let now = Instant::now();
        Self { began: now, shown: now, bar: None }
    }

    fn show(&mut self, progress: &Progress) {
        let now = Instant::now();
        if now - self.began < PATIENCE || now - self.shown < REDRAW {
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
        bar.set_message(message(progress, now - self.began));
        bar.tick();
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// `at 12.5s of virtual time, 3.2M events, 1.1M events/s, 12 tasks (Ctrl-C ends it)`.
fn message(progress: &Progress, elapsed: Duration) -> String {
    let (n, what) = match progress.events {
        0 => (progress.handles, "handles"),
        events => (events, "events"),
    };
    let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = n.saturating_mul(1000) / millis;
    let tasks = if progress.tasks == 1 {
        "1 task".to_owned()
    } else {
        format!("{} tasks", short(u64::from(progress.tasks)))
    };
    format!(
        "at {} of virtual time: {} {what}, {}/s, {tasks} (Ctrl-C ends it)",
        rounded(progress.now),
        short(n),
        short(rate),
    )
}

/// A time in no more digits than one can read while it changes.
fn rounded(at: crate::time::Instant) -> String {
    const SECOND: u64 = crate::time::NANOS_PER_SEC;
    let nanos = at.as_nanos();
    let step = match nanos {
        0..SECOND => 1_000,
        SECOND.. => 1_000_000,
    };
    crate::time::Instant::from_nanos(nanos / step * step).to_string()
}

/// `999`, `12.3k`, `4.5M`, `1.2G`.
fn short(n: u64) -> String {
    let (scale, unit) = match n {
        0..1_000 => return n.to_string(),
        1_000..1_000_000 => (1_000, 'k'),
        1_000_000..1_000_000_000 => (1_000_000, 'M'),
        _ => (1_000_000_000, 'G'),
    };
    format!("{}.{}{unit}", n / scale, n % scale / (scale / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_short() {
        let now = crate::time::Instant::from_nanos(12_345_678_901);
        let progress = Progress { now, events: 3_210_000, handles: 9, tasks: 1_500 };
        assert_eq!(
            message(&progress, Duration::from_secs(3)),
            "at 12.345s of virtual time: 3.2M events, 1.0M/s, 1.5k tasks (Ctrl-C ends it)"
        );
    }
}
