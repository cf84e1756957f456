//! The names that a program can use without defining them, and how they are called.
//!
//! The interpreter has an object for each; a test there compares the lists.
//!
//! * this file: builtins and what scenarios use unqualified; [`modules`]: what Python programs import.

pub mod asyncio;
mod module_names;
pub mod modules;
mod python_modules;
mod refused_modules;

pub use asyncio::refused_of_loop;

/// What a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A function or type whose calls give something that cannot be awaited.
    Plain,
    /// A function whose calls give something to be awaited.
    Awaitable,
    /// A function whose result may be anything.
    Open,
}

/// A builtin, or a public name of asyncio.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The name.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// How many arguments must be given by position.
    pub min: u8,
    /// How many can be given by position.
    pub max: u8,
    /// What can be given by name.
    pub keywords: &'static [&'static str],
    /// Whether anything can be given by name.
    pub any_keyword: bool,
}

/// As many as one likes.
pub const MANY: u8 = u8::MAX;

const fn plain(name: &'static str, min: u8, max: u8) -> Known {
    Known { name, kind: Kind::Plain, min, max, keywords: &[], any_keyword: false }
}

const fn open(name: &'static str, min: u8, max: u8) -> Known {
    Known { name, kind: Kind::Open, min, max, keywords: &[], any_keyword: false }
}

const fn awaitable(name: &'static str, min: u8, max: u8) -> Known {
    Known { name, kind: Kind::Awaitable, min, max, keywords: &[], any_keyword: false }
}

impl Known {
    const fn naming(mut self, keywords: &'static [&'static str]) -> Self {
        self.keywords = keywords;
        self
    }

    const fn naming_any(mut self) -> Self {
        self.any_keyword = true;
        self
    }
}

/// Python's builtins, except exception types.
pub const BUILTINS: &[Known] = &[
    plain("abs", 1, 1),
    plain("aiter", 1, 1),
    plain("all", 1, 1),
    awaitable("anext", 1, 2),
    plain("any", 1, 1),
    plain("ascii", 1, 1),
    plain("bin", 1, 1),
    plain("bool", 0, 1),
    plain("bytes", 0, 3).naming(&["source", "encoding", "errors"]),
    plain("callable", 1, 1),
    plain("chr", 1, 1),
    open("classmethod", 1, 1),
    plain("delattr", 2, 2),
    plain("dict", 0, 1).naming_any(),
    plain("dir", 0, 1),
    plain("divmod", 2, 2),
    plain("enumerate", 0, 2).naming(&["iterable", "start"]),
    plain("exit", 0, 1),
    plain("filter", 2, 2),
    plain("float", 0, 1),
    plain("format", 1, 2),
    plain("frozenset", 0, 1),
    open("getattr", 2, 3),
    plain("hasattr", 2, 2),
    plain("hash", 1, 1),
    plain("hex", 1, 1),
    plain("id", 1, 1),
    plain("int", 0, 2).naming(&["base"]),
    plain("isinstance", 2, 2),
    plain("issubclass", 2, 2),
    plain("iter", 1, 2),
    plain("len", 1, 1),
    plain("list", 0, 1),
    plain("map", 2, MANY).naming(&["strict"]),
    open("max", 1, MANY).naming(&["key", "default"]),
    open("min", 1, MANY).naming(&["key", "default"]),
    open("next", 1, 2),
    plain("object", 0, 0),
    plain("oct", 1, 1),
    plain("ord", 1, 1),
    plain("pow", 0, 3).naming(&["base", "exp", "mod"]),
    plain("print", 0, MANY).naming(&["sep", "end", "file", "flush"]),
    open("property", 0, 4).naming(&["fget", "fset", "fdel", "doc"]),
    plain("quit", 0, 1),
    plain("range", 1, 3),
    plain("repr", 1, 1),
    plain("reversed", 1, 1),
    plain("round", 0, 2).naming(&["number", "ndigits"]),
    plain("set", 0, 1),
    plain("setattr", 3, 3),
    plain("slice", 1, 3),
    plain("sorted", 1, 1).naming(&["key", "reverse"]),
    open("staticmethod", 1, 1),
    plain("str", 0, 3).naming(&["object", "encoding", "errors"]),
    plain("sum", 1, 2).naming(&["start"]),
    open("super", 0, 2),
    plain("tuple", 0, 1),
    open("type", 1, 3).naming_any(),
    plain("vars", 0, 1),
    plain("zip", 0, MANY).naming(&["strict"]),
];

/// Builtins that only Python programs can use: they tell what variables there are.
pub const SCOPES: &[&str] = &["globals", "locals"];

/// Builtins of Python programs that are written in Python: their modules, with what is in each.
pub const PYTHON_BUILTINS: &[(&str, &[&str])] =
    &[("_bytearray", &["bytearray", "memoryview"]), ("_complex", &["complex"])];

/// Builtins that a scenario cannot use, and why.
pub const REFUSED_BUILTINS: &[(&str, &str)] = &[
    ("__import__", "a simulated program has no modules to import at run time"),
    ("breakpoint", "a simulated program has no debugger; step through its trace with `sim view`"),
    ("bytearray", "only `bytes` is simulated; a list of ints can be changed in place"),
    ("compile", "a simulated program cannot run text as code"),
    ("complex", "complex numbers are not simulated; use a tuple of two floats"),
    ("eval", "a simulated program cannot run text as code"),
    ("exec", "a simulated program cannot run text as code"),
    ("globals", "names are resolved before the program runs; use a dict of your own"),
    (
        "input",
        "a simulated program cannot read from the terminal; model the wait with `io`, in Python \
         with `asyncio.sleep`",
    ),
    ("locals", "names are resolved before the program runs; use a dict of your own"),
    ("memoryview", "only `bytes` is simulated; take slices of it"),
    (
        "open",
        "a simulated program cannot reach files; model the wait with `io` or `block`, in Python \
         with `asyncio.sleep` or `time.sleep`",
    ),
];

/// asyncio's names, and the clock's, as scenarios use them.
pub const ASYNCIO: &[Known] = &[
    plain("ALL_COMPLETED", 0, 0),
    plain("FIRST_COMPLETED", 0, 0),
    plain("FIRST_EXCEPTION", 0, 0),
    plain("all_tasks", 0, 1).naming(&["loop"]),
    plain("as_completed", 1, 1).naming(&["timeout"]),
    plain("Barrier", 1, 1).naming(&["parties"]),
    plain("BoundedSemaphore", 0, 1).naming(&["value"]),
    plain("call_at", 2, MANY).naming(&["context"]),
    plain("call_later", 2, MANY).naming(&["context"]),
    plain("call_soon", 1, MANY).naming(&["context"]),
    awaitable("create_future", 0, 0),
    awaitable("create_task", 1, 1).naming(&["name", "context", "eager_start"]),
    plain("Condition", 0, 1).naming(&["lock"]),
    plain("ctime", 0, 1),
    open("current_task", 0, 1).naming(&["loop"]),
    awaitable("ensure_future", 1, 1).naming(&["loop"]),
    plain("Event", 0, 0),
    awaitable("Future", 0, 0).naming(&["loop"]),
    awaitable("gather", 0, MANY).naming(&["return_exceptions"]),
    plain("get_event_loop", 0, 0),
    plain("get_running_loop", 0, 0),
    plain("iscoroutine", 1, 1),
    plain("iscoroutinefunction", 1, 1),
    plain("isfuture", 1, 1),
    plain("LifoQueue", 0, 1).naming(&["maxsize"]),
    plain("Lock", 0, 0),
    plain("PriorityQueue", 0, 1).naming(&["maxsize"]),
    plain("Queue", 0, 1).naming(&["maxsize"]),
    plain("Semaphore", 0, 1).naming(&["value"]),
    awaitable("run_in_executor", 2, MANY),
    awaitable("shield", 1, 1),
    awaitable("sleep", 1, 2).naming(&["delay", "result"]),
    plain("TaskGroup", 0, 0),
    plain("ThreadLock", 0, 0),
    plain("time", 0, 0),
    plain("timeout", 1, 1).naming(&["delay"]),
    plain("timeout_at", 1, 1).naming(&["when"]),
    awaitable("to_thread", 1, MANY).naming_any(),
    awaitable("wait", 1, 1).naming(&["timeout", "return_when"]),
    awaitable("wait_for", 1, 2).naming(&["fut", "timeout"]),
];

/// asyncio's names that are not simulated yet.
pub const ASYNCIO_LATER: &[&str] = &["run_coroutine_threadsafe", "staggered_race"];

/// The sampling functions, named as in Python's `random`.
pub const SAMPLING: &[Known] = &[
    plain("betavariate", 2, 2),
    open("choice", 1, 1),
    plain("choices", 1, 2).naming(&["weights", "cum_weights", "k"]),
    plain("expovariate", 0, 1).naming(&["lambd"]),
    plain("gammavariate", 2, 2),
    plain("gauss", 0, 2).naming(&["mu", "sigma"]),
    plain("getrandbits", 1, 1),
    plain("lognormvariate", 2, 2),
    plain("normalvariate", 0, 2).naming(&["mu", "sigma"]),
    plain("paretovariate", 1, 1),
    plain("randint", 2, 2),
    plain("random", 0, 0),
    plain("randrange", 1, 3),
    plain("sample", 2, 2).naming(&["k", "counts"]),
    plain("shuffle", 1, 1),
    plain("triangular", 0, 3).naming(&["low", "high", "mode"]),
    plain("uniform", 2, 2),
    plain("vonmisesvariate", 2, 2),
    plain("weibullvariate", 2, 2),
];

/// The methods of a str.
pub const STR_METHODS: &[&str] = &[
    "capitalize",
    "casefold",
    "center",
    "count",
    "encode",
    "endswith",
    "expandtabs",
    "find",
    "format",
    "format_map",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdecimal",
    "isdigit",
    "isidentifier",
    "islower",
    "isnumeric",
    "isprintable",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "maketrans",
    "partition",
    "removeprefix",
    "removesuffix",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
];

/// The methods of a list.
pub const LIST_METHODS: &[&str] = &[
    "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse",
    "sort",
];

/// The methods of a dict.
pub const DICT_METHODS: &[&str] = &[
    "clear",
    "copy",
    "fromkeys",
    "get",
    "items",
    "keys",
    "pop",
    "popitem",
    "setdefault",
    "update",
    "values",
];

/// What a scenario can use under that name, if anything.
pub fn known(name: &str) -> Option<&'static Known> {
    [BUILTINS, ASYNCIO, SAMPLING].into_iter().flatten().find(|known| known.name == name)
}

/// Whether Python itself has that name.
pub fn is_builtin(name: &str) -> bool {
    BUILTINS.iter().any(|known| known.name == name)
        || SCOPES.contains(&name)
        || matches!(name, "NotImplemented" | "Ellipsis" | "EnvironmentError" | "IOError")
        || super::exception::EXCEPTION_TYPES
            .iter()
            .any(|ty| ty.module == "builtins" && ty.name == name)
}

/// Whether it is the name of a builtin exception type, or of one of asyncio's.
pub fn is_exception(name: &str) -> bool {
    exceptions().any(|known| known == name)
}

/// The names of the exception types that can be used unqualified. Of two with one name the builtin
/// one is meant, or else asyncio's.
pub fn exceptions() -> impl Iterator<Item = &'static str> {
    crate::program::exception::EXCEPTION_TYPES
        .iter()
        .filter(|ty| ty.module == "builtins" || ty.module.starts_with("asyncio"))
        .map(|ty| ty.name)
}

/// All names that can be used, for suggestions.
pub fn all() -> impl Iterator<Item = &'static str> {
    let functions = [BUILTINS, ASYNCIO, SAMPLING].into_iter().flatten().map(|known| known.name);
    functions.chain(ASYNCIO_LATER.iter().copied()).chain(exceptions())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_there_once() {
        let mut names: Vec<&str> = all().collect();
        names.extend(REFUSED_BUILTINS.iter().map(|(name, _)| *name));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
