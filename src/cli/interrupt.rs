//! Ctrl-C: the first one ends the run, the second one everything.

use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::Exit;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C (and a polite kill) only sets a flag; the second time it ends the process.
pub(super) fn listen() {
    let on_signal = || {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            std::process::exit(Exit::Failed.code().into());
        }
    };
    // Without a handler Ctrl-C ends the process at once, which is no reason not to run.
    ctrlc::set_handler(on_signal).unwrap_or_default();
}

/// Whether somebody wants the run to end.
pub(super) fn is_requested() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
