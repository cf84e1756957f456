//! Everything that must hold of the whole: one test binary, so that it links once.

#![expect(clippy::unwrap_used, reason = "a test that panics has found something")]

// What the sources may look like: layers, banned names, headers, lengths.
mod tidy;
