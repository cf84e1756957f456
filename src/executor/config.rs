//! What a loop is told before it runs, and whom it tells how it is going.

use std::ops::ControlFlow;

use crate::time::{Duration, Instant};
use crate::trace::PythonVersion;
use crate::trace::schedule::Open;

/// How the modelled machine and interpreter are, and the bounds of a run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// The CPython whose asyncio is followed where versions differ.
    pub python: PythonVersion,
    /// CPU cores that threads and processes share.
    pub cores: u32,
    /// Whether the interpreter has a global interpreter lock.
    pub gil: bool,
    /// After how long a thread that computes hands the lock over.
    pub switch_interval: Duration,
    /// asyncio's debug mode.
    pub debug: bool,
    /// What is left open besides what reality leaves open.
    pub open: Open,
    /// The bounds of the run.
    pub limits: Limits,
}

impl Config {
    /// CPython 3.14 with a GIL on four cores, and the usual bounds.
    #[expect(clippy::new_without_default, reason = "limits should be chosen knowingly")]
    pub fn new() -> Self {
        Self {
            python: PythonVersion::default(),
            cores: 4,
            gil: true,
            switch_interval: Duration::from_millis(5),
            debug: false,
            open: Open::default(),
            limits: Limits::usual(),
        }
    }
}

/// Bounds of a run. Reaching one ends it with an outcome of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Handles run by the loop.
    pub handles: u64,
    /// Virtual time.
    pub time: Instant,
    /// Tasks alive at once.
    pub tasks: u32,
    /// Iterations at one instant; a program that makes more of them gets nowhere.
    pub instant_iterations: u64,
    /// Plain operations in one step, without an await.
    pub operations: u64,
    /// The size of one value: items of a container, bytes of a string or an int.
    pub memory: u64,
    /// Lines of output.
    pub output: u64,
}

impl Limits {
    /// Far more than a sensible program needs, and little enough to end within a minute or so.
    pub const fn usual() -> Self {
        Self {
            handles: 2_000_000_000,
            time: Instant::MAX,
            tasks: 2_000_000,
            instant_iterations: 4_000_000,
            operations: 2_000_000_000,
            memory: 100_000_000,
            output: 100_000_000,
        }
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Virtual time.
    pub now: Instant,
    /// Events recorded.
    pub events: u64,
    /// Handles run.
    pub handles: u64,
    /// Tasks alive.
    pub tasks: u32,
}

/// Whoever runs a loop: gets what the program prints, and may end the run.
///
/// A host cannot change what happens, only when it ends.
pub trait Host {
    /// The program printed a line.
    fn output(&mut self, line: &str);
    /// Something for standard error: an exception that nobody will see otherwise.
    fn error(&mut self, text: &str);
    /// Called every few thousand handles. `Break` ends the run as [`Stopped::Interrupted`](super::Stopped::Interrupted).
    fn tick(&mut self, progress: &Progress) -> ControlFlow<()>;

    /// Whether it is to be called after every handle. Asked once, when the loop is made.
    fn wants_every_handle(&self) -> bool {
        false
    }
}

/// A host that listens to nothing and never ends a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unattended;

impl Host for Unattended {
    fn output(&mut self, _line: &str) {}
    fn error(&mut self, _text: &str) {}
    fn tick(&mut self, _progress: &Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
