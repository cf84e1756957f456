//! Everything that must hold of the whole: one test binary, so that it links once.

#![allow(clippy::print_stderr, reason = "a test that is left out says so")]
#![expect(clippy::unwrap_used, reason = "a test that panics has found something")]

// Runs the command in a place of its own.
mod sim;

// What the sources may look like: layers, banned names, headers, lengths.
mod tidy;
mod verify;
// What asyncio has, beside CPython's own list.
mod asyncio_names;
// The command line: exit codes, messages, files, closed pipes.
mod cli;
// Files with mistakes, and what they are told.
mod rejected;
// Every schedule, and what is told about it.
mod explore;
// Programs that fail, and what is told about it.
mod failing;
// All scenarios: expectations, ordering, and that insta and `sim test` agree.
mod scenarios;
// What the README shows is what happens.
mod readme;
// Scenarios against recordings of CPython.
mod conformance;
// Python programs against recordings of CPython.
mod differential;
mod python;
// Any bytes as a Python program.
mod python_fuzz;
// The timeline viewer, on a screen of its own.
#[cfg(unix)]
mod view;
