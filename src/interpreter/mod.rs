//! Runs programs: instructions on registers, and what they do to the values of a program.
//!
//! * `run` is the loop over instructions; `machine` the stack of frames it works on; `call`,
//!   `awaiting`, `operator`, `raise` and `generator` what changes which frame runs.
//! * `intrinsic` is what instructions do that are rare; `import`, `group` and
//!   `matching` are parts of it.
//! * `coroutine` makes a machine a future for the loop to poll, `job` one for a pool to run.
//! * [`World`] is what all code of one run shares: shared variables, random numbers, pools.
//! * [`ops`], [`text`], `methods` and `builtins` are Python's operators, texts, methods and builtin
//!   functions; `natives` are those that need the event loop; `modules` what a program can import.
//!
//! Architecture invariant: this module knows neither files nor terminals, nor which front end a
//! program came from. It decides nothing that the event loop decides.

mod arguments;
mod arithmetic;
mod async_generator;
mod awaiting;
mod build;
pub mod builtins;
mod cache;
mod call;
pub mod classes;
mod coroutine;
mod failure;
mod finalize;
mod generator;
mod group;
mod image;
mod import;
mod inspect;
mod intrinsic;
mod job;
mod machine;
mod matching;
pub mod methods;
mod modules;
mod natives;
mod observe;
mod operator;
pub mod ops;
mod processes;
mod raise;
mod run;
mod running;
mod sending;
mod shared;
mod spend;
mod suggestion;
pub mod text;
mod traceback;
mod vm;
mod world;

pub use coroutine::BoxedLeaf;
pub use failure::{describe, place};
pub use inspect::{SeenFrame, inspect};
pub use running::{
    Built, build, claim_holds, exits_well, finish, finish_module, join_threads, repr_of, run_entry,
};
pub use world::{BrokenClaim, World};

#[cfg(test)]
mod tests;
