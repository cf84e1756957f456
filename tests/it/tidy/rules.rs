//! What is allowed where: the table of layers, and the banned names.

/// The modules by layer; a module may use only those of a lower layer, and itself.
pub(super) const LAYERS: &[&[&str]] = &[
    &["time", "index", "rng", "source"],
    &["diagnostic", "trace"],
    &["executor"],
    &["sync", "tasks", "thread"],
    &["program", "python"],
    &["scenario"],
    &["compile", "interpreter"],
    &["simulation", "analysis"],
    &["explore", "report", "export", "verify", "snapshot", "tui"],
    &["cli"],
];

/// The layer of a top module.
pub(super) fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// A name that must not stand in the code, except in some modules.
pub(super) struct Ban {
    /// The name: a path or a macro.
    pub(super) name: &'static str,
    /// The modules that may.
    pub(super) except: &'static [&'static str],
    /// What to use instead.
    pub(super) instead: &'static str,
    /// Whether tests may not either.
    pub(super) in_tests: bool,
}

const fn ban(name: &'static str, except: &'static [&'static str], instead: &'static str) -> Ban {
    Ban { name, except, instead, in_tests: false }
}

const fn ban_everywhere(name: &'static str, instead: &'static str) -> Ban {
    Ban { name, except: &[], instead, in_tests: true }
}

/// Where floats may be: those of the programs that are run.
const FLOATS: &[&str] = &["program", "scenario", "python", "compile", "interpreter"];
const WRITERS: &[&str] = &["cli", "main"];

const CLOCK: &str = "the loop's virtual clock";
const STREAM: &str = "`rng::Stream`";
const DATA: &str = "pass data up, `cli` prints";
const GIVEN: &str = "work on the reader or writer you are given";
const ISSUE: &str = "write it, or an issue";

/// All banned names.
pub(super) const BANNED: &[Ban] = &[
    ban("Instant::now", WRITERS, CLOCK),
    ban("SystemTime", WRITERS, CLOCK),
    ban_everywhere("HashMap", "`BTreeMap`, or `FxHashMap` that is never iterated"),
    ban_everywhere("HashSet", "`BTreeSet`, or `FxHashSet` that is never iterated"),
    ban_everywhere("DefaultHasher", "an id, or a hasher that is the same everywhere"),
    ban_everywhere("RandomState", "a hasher that is the same everywhere"),
    ban_everywhere("TypeId", "an id of our own"),
    ban_everywhere("thread_rng", STREAM),
    ban_everywhere("SmallRng", STREAM),
    ban_everywhere("StdRng", STREAM),
    ban("println!", WRITERS, DATA),
    ban("print!", WRITERS, DATA),
    ban("eprintln!", WRITERS, DATA),
    ban("eprint!", WRITERS, DATA),
    ban("std::fs", WRITERS, GIVEN),
    ban("std::env", WRITERS, "take it as an argument"),
    ban("std::thread", WRITERS, "simulated workers; the engine has one thread"),
    ban("f32", FLOATS, "whole nanoseconds, ratios of integers"),
    ban("f64", FLOATS, "whole nanoseconds, ratios of integers"),
    ban_everywhere("todo!", ISSUE),
    ban_everywhere("unimplemented!", ISSUE),
    ban_everywhere("dbg!", "a test"),
];

/// Words that must not stand anywhere, not even in a comment.
pub(super) const BANNED_WORDS: &[(&str, &str)] = &[("FIXME", ISSUE)];

/// The longest a function may be, in lines.
pub(super) const MAX_FUNCTION_LINES: usize = 70;

/// Functions that may be longer, each a flat `match` over all instructions, events or
/// kinds of values, or a flat list of fields.
pub(super) const LONG_FUNCTIONS: &[(&str, &str)] = &[
    ("compile/step.rs", "step"),
    ("executor/core.rs", "new"),
    ("export/python/step.rs", "simple"),
    ("interpreter/observe.rs", "observe"),
    ("interpreter/processes.rs", "copy_new"),
    ("interpreter/run.rs", "run_frame"),
    ("program/listing.rs", "fmt"),
];
