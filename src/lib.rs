//! loopsim runs asyncio-style programs on a virtual clock, exactly as CPython's asyncio would, and
//! records every scheduling decision with its cause.
//!
//! Most users want the command `sim` (see the README). This is the library behind it; it also runs
//! `async` blocks of your own.
//!
//! # A future of your own, on the virtual clock
//!
//! Ten hours pass in no time; two tasks and a [`gather`](tasks::gather) take as long as the longer
//! one. A cancelled task sees the cancellation as an error at its `await`, where asyncio would throw
//! `CancelledError`, so `?` passes it on.
//!
//! ```
//! use loopsim::executor::{Config, Context, EventLoop, Failure};
//! use loopsim::tasks::{Gather, gather};
//! use loopsim::time::Duration;
//!
//! async fn fetch(cx: Context, seconds: u64) -> Result<u64, Failure> {
//!     cx.sleep(Duration::from_secs(seconds)).await?;
//!     cx.print(&format!("{seconds} at {}", cx.now()));
//!     Ok(seconds)
//! }
//!
//! let mut event_loop = EventLoop::new(Config::new());
//! let total = event_loop.run_until_complete("main", |cx| async move {
//!     let children = [36_000, 60].map(|seconds| {
//!         cx.create_task(None, "fetch", fetch(cx.clone(), seconds)).future()
//!     });
//!     let all = gather(&cx, children.to_vec(), Gather::FailFast, |results| {
//!         results.into_iter().flatten().sum::<u64>()
//!     });
//!     all.wait().await
//! });
//! assert_eq!(total.unwrap().unwrap(), 36_060);
//! assert_eq!(event_loop.context().now().to_string(), "36000s");
//! ```
//!
//! # Its trace
//!
//! Every decision is an [`Event`](trace::Event), and most events name the one that caused them.
//!
//! ```
//! # use loopsim::executor::{Config, EventLoop};
//! # use loopsim::time::Duration;
//! use loopsim::trace::{Outcome, What};
//!
//! # let mut event_loop = EventLoop::new(Config::new());
//! # let ended = event_loop.run_until_complete("main", |cx| async move {
//! #     cx.sleep(Duration::from_secs(1)).await
//! # });
//! # ended.unwrap().unwrap();
//! let trace = event_loop.finish(Outcome::Completed { value: "()".to_owned() });
//! let fired = trace.events().find(|event| event.what == What::TimerFired).unwrap();
//! let set = trace.event(fired.cause.unwrap()).unwrap();
//! assert!(matches!(set.what, What::TimerSet { .. }));
//! assert_eq!((set.at.to_string(), fired.at.to_string()), ("0s".into(), "1s".into()));
//! assert_eq!(trace.lane_name(set.lane), "Task-1");
//! ```
//!
//! # The house
//!
//! A module imports only modules of a lower layer; the test `tidy` keeps it so.
//!
//! | layer | modules | what for |
//! |---|---|---|
//! | 0 | [`time`] [`index`] [`rng`] [`source`] | virtual time, typed ids, seeded numbers, text with places |
//! | 1 | [`diagnostic`] [`trace`] | a user's mistake as data; events, recordings, their files |
//! | 2 | [`executor`] | the event loop: ready queue, timers, futures, tasks, cancellation |
//! | 3 | [`sync`] [`tasks`] [`thread`] | locks and queues; what awaits several things at once; threads |
//! | 4 | [`program`] [`python`] | what the interpreter runs; Python's text as a tree |
//! | 4 | [`scenario`] | the TOML form of a program, which holds Python too |
//! | 5 | [`compile`] [`interpreter`] | front end to program; program to futures |
//! | 6 | [`simulation`] [`analysis`] | one run of a program; what a trace says |
//! | 7 | [`explore`] [`report`] [`export`] [`verify`] `snapshot` `tui` | a trace for eyes, for other tools, for CPython; to be compared with; to be looked at |
//! | 8 | `cli` | arguments, files, the terminal, exit codes |
//!
//! # What always holds
//!
//! 1. A run is a function of (program, configuration, seed, schedule). Nothing else is read: no wall
//!    clock, no address, no hash order, no environment.
//! 2. Virtual time moves in one place, only forward, only when nothing is ready, or while the loop's
//!    own thread is blocked or computing.
//! 3. Ties are broken by sequence number; where reality leaves a tie open it is a *choice point*, and
//!    the [`Scheduler`](executor::Scheduler) is asked.
//! 4. A task is scheduled or waiting, never both.
//! 5. Recording cannot change a run.
//! 6. Layers 0 to 6 do no input or output of their own; file forms work on what they are given.
//! 7. A user's mistake is a diagnostic, a run's end is an outcome, only broken files and terminals
//!    are errors, and a broken `sim` is a panic with a request to report it.

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod executor;
pub mod explore;
pub mod export;
pub mod index;
pub mod interpreter;
pub mod program;
pub mod python;
pub mod report;
pub mod rng;
pub mod scenario;
pub mod simulation;
#[cfg(feature = "cli")]
pub mod snapshot;
pub mod source;
pub mod sync;
pub mod tasks;
pub mod thread;
pub mod time;
pub mod trace;
#[cfg(feature = "tui")]
pub mod tui;
pub mod verify;
