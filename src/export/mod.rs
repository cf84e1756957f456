//! Other forms of what `sim` knows, for other tools.
//!
//! * [`python`](mod@python): a scenario as a program for asyncio.
//!
//! Architecture invariant: this module does not know files or terminals; it makes texts.

pub mod python;
