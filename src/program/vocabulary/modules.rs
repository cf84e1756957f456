//! The modules that a program can import: which names they have, and what is refused and why.
//!
//! A native module lists its names here and has its objects in `interpreter::modules`; a test there
//! compares the two. A module that is written in Python has its text in [`Module::source`]; what it
//! binds without a leading underscore, and is listed here, is what a program can use.

use super::asyncio;
use super::module_names as names;
use super::python_modules::PYTHON_MODULES;
use super::refused_modules::REFUSED_MODULES;

/// A module that a program can import.
#[derive(Clone, Copy, Debug)]
pub struct Module {
    /// Its name, with dots.
    pub name: &'static str,
    /// What can be used of it.
    pub names: &'static [&'static str],
    /// What `CPython`'s module has and this one does not: the name, and why or what to use instead.
    pub refused: &'static [(&'static str, &'static str)],
    /// Its text, if it is written in Python.
    pub source: Option<&'static str>,
}

/// What became of a name that a program wants of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is there.
    Name,
    /// `CPython` has it, this one does not: why, and what to use instead.
    Refused(&'static str),
    /// There is no such name, as far as this list knows.
    Unknown,
}

impl Module {
    const fn native(
        name: &'static str,
        names: &'static [&'static str],
        refused: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, names, refused, source: None }
    }

    /// Looks for a name.
    pub fn find(&self, name: &str) -> Found {
        if self.names.contains(&name) || is_common(name) {
            return Found::Name;
        }
        match self.refused.iter().find(|(refused, _)| *refused == name) {
            Some((_, why)) => Found::Refused(why),
            None => Found::Unknown,
        }
    }
}

/// What every module has.
fn is_common(name: &str) -> bool {
    matches!(name, "__name__" | "__doc__")
}

/// The modules that programs can import.
pub fn modules() -> impl Iterator<Item = &'static Module> {
    NATIVE_MODULES.iter().chain(PYTHON_MODULES.iter())
}

/// Those that are not written in Python.
static NATIVE_MODULES: &[Module] = &[
    Module::native("_collections", &["deque"], &[]),
    Module::native("_datetime", &["format", "now", "parse", "to_date", "to_days"], &[]),
    Module::native("_functools", &["partial", "reduce"], &[]),
    Module::native("_hashlib", &["digest"], &[]),
    Module::native("_heapq", names::HEAPQ_NATIVE, &[]),
    Module::native("_json", &["decode", "encode"], &[]),
    Module::native("_loopsim", names::INTERNAL, &[]),
    Module::native("_re", &["compile", "search"], &[]),
    Module::native("_weakref", &["can_refer", "ref"], &[]),
    Module::native("_thread", names::THREAD_NATIVE, &[]),
    Module::native("asyncio", asyncio::NAMES, asyncio::REFUSED),
    Module::native("bisect", names::BISECT, &[]),
    Module::native("contextvars", &["Context", "ContextVar", "Token", "copy_context"], &[]),
    Module::native("itertools", names::ITERTOOLS, &[]),
    Module::native("math", names::MATH, &[]),
    Module::native("operator", names::OPERATOR, &[]),
    Module::native("random", names::RANDOM, names::RANDOM_REFUSED),
    Module::native("sys", names::SYS, names::SYS_REFUSED),
    Module::native("time", names::TIME, names::TIME_REFUSED),
];

/// The module of that name. Those whose names begin with one underscore are for the texts of other
/// modules only.
pub fn module(name: &str) -> Option<&'static Module> {
    modules().find(|module| module.name == name)
}

/// Why a module of that name, or one that it is part of, cannot be imported, and what to use
/// instead; `None` if nothing is known of it.
pub fn refused_module(name: &str) -> Option<&'static str> {
    let mut wanted = name;
    loop {
        if let Some((_, why)) = REFUSED_MODULES.iter().find(|(refused, _)| *refused == wanted) {
            return Some(why);
        }
        wanted = wanted.rsplit_once('.')?.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_there_twice() {
        for module in modules() {
            let mut names: Vec<&str> = module.names.to_vec();
            names.extend(module.refused.iter().map(|(name, _)| *name));
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{}", module.name);
            assert!(refused_module(module.name).is_none(), "{}", module.name);
        }
    }

    #[test]
    fn a_part_of_a_refused_module_is_refused() {
        assert!(refused_module("os.path").is_some());
        assert!(refused_module("urllib.request").is_some());
        assert_eq!(refused_module("itertools"), None);
    }
}
