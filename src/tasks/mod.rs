//! asyncio's combinators: what awaits several things at once.
//!
//! Source: CPython `Lib/asyncio/tasks.py`.
//!
//! Architecture invariant: this module does not know where tasks come from; it sees futures.

mod gather;

pub use gather::{Gather, gather};
