//! Ctrl-C: the first one ends the run, the second one everything.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::exit::Exit;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// How long, in milliseconds, the process may go on after the first; 0: as long as it wants.
static GRACE: AtomicU64 = AtomicU64::new(0);

/// From now on Ctrl-C (and a polite kill, and the end of the terminal) only sets a flag; the second
/// time it ends the process.
pub(super) fn listen() {
    let on_signal = || {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            std::process::exit(Exit::Failed.code().into());
        }
        let grace = GRACE.load(Ordering::Relaxed);
        if grace > 0 {
            std::thread::sleep(Duration::from_millis(grace));
            std::process::exit(Exit::Failed.code().into());
        }
    };
    // Without a handler Ctrl-C ends the process at once, which is no reason not to run.
    ctrlc::set_handler(on_signal).unwrap_or_default();
}

/// Lets the process go on for that long after the first. Reading keys from a terminal that is gone
/// never comes back, so there is nobody who would look at the flag.
pub(super) fn end_within(grace: Duration) {
    GRACE.store(u64::try_from(grace.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
}

/// Whether somebody wants the run to end.
pub(super) fn is_requested() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
