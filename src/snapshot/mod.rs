//! Snapshots in insta's file format: what `sim test` compares orderings with.
//!
//! `sim test` and a test with `insta::assert_snapshot!` read and write the same files, so either
//! can be used on them, and `cargo insta review` after either.
//!
//! * [`file_name`]: the name insta would give.
//! * [`Stored`]: a snapshot as it is in a file, and what to write.
//! * [`diff`](fn@diff): what changed, for eyes.
//!
//! Architecture invariant: this module does not know what a snapshot holds, nor files: it works on
//! their texts.

mod diff;
mod stored;

pub use diff::{Change, DiffLine, diff};
pub use stored::{About, Stored, file_name};
