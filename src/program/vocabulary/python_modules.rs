//! The modules that are written in Python: their texts, and the names that programs can use.
//!
//! The names are in `python_modules.txt`, one section a module: those that a program can use, and
//! under each reason (a line with `- `) those that `CPython` 3.14 has (`dir()` of the module,
//! without what begins with an underscore) and this one does not. Whoever writes a name into a
//! module moves it there.

use std::sync::LazyLock;

use super::modules::Module;

/// The modules, by name.
pub(super) static PYTHON_MODULES: LazyLock<Vec<Module>> = LazyLock::new(|| {
    let sections = NAMES.split("\n[").map(|section| section.trim_start_matches('['));
    sections.filter_map(module).collect()
});

const NAMES: &str = include_str!("python_modules.txt");

/// A module, of its section of the list.
fn module(section: &'static str) -> Option<Module> {
    let (name, rest) = section.split_once("]\n")?;
    let mut parts = rest.split("\n- ");
    let names = parts.next().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
    let mut refused = Vec::new();
    for part in parts {
        let (why, names) = part.split_once('\n').unwrap_or((part, ""));
        refused.extend(names.split_whitespace().map(|name| (name, why)));
    }
    let source = SOURCES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    // They are there as long as the program runs.
    Some(Module { name, names: names.leak(), refused: refused.leak(), source })
}

/// The texts.
const SOURCES: &[(&str, &str)] = &[
    ("_asyncio_streams", include_str!("../library/_asyncio_streams.py")),
    ("_asyncio_subclassed", include_str!("../library/_asyncio_subclassed.py")),
    ("_asyncio_threads", include_str!("../library/_asyncio_threads.py")),
    ("_bytearray", include_str!("../library/_bytearray.py")),
    ("_complex", include_str!("../library/_complex.py")),
    ("abc", include_str!("../library/abc.py")),
    ("atexit", include_str!("../library/atexit.py")),
    ("base64", include_str!("../library/base64.py")),
    ("binascii", include_str!("../library/binascii.py")),
    ("collections", include_str!("../library/collections.py")),
    ("collections.abc", include_str!("../library/collections_abc.py")),
    ("concurrent.futures", include_str!("../library/concurrent_futures.py")),
    ("contextlib", include_str!("../library/contextlib.py")),
    ("copy", include_str!("../library/copy.py")),
    ("dataclasses", include_str!("../library/dataclasses.py")),
    ("datetime", include_str!("../library/datetime.py")),
    ("enum", include_str!("../library/enum.py")),
    ("fractions", include_str!("../library/fractions.py")),
    ("functools", include_str!("../library/functools.py")),
    ("gc", include_str!("../library/gc.py")),
    ("hashlib", include_str!("../library/hashlib.py")),
    ("heapq", include_str!("../library/heapq.py")),
    ("inspect", include_str!("../library/inspect.py")),
    ("io", include_str!("../library/io.py")),
    ("json", include_str!("../library/json.py")),
    ("logging", include_str!("../library/logging.py")),
    ("numbers", include_str!("../library/numbers.py")),
    ("os", include_str!("../library/os_.py")),
    ("pprint", include_str!("../library/pprint.py")),
    ("queue", include_str!("../library/queue.py")),
    ("re", include_str!("../library/re.py")),
    ("statistics", include_str!("../library/statistics.py")),
    ("string", include_str!("../library/string.py")),
    ("struct", include_str!("../library/struct.py")),
    ("textwrap", include_str!("../library/textwrap.py")),
    ("threading", include_str!("../library/threading.py")),
    ("traceback", include_str!("../library/traceback.py")),
    ("types", include_str!("../library/types.py")),
    ("typing", include_str!("../library/typing.py")),
    ("typing_extensions", include_str!("../library/typing_extensions.py")),
    ("uuid", include_str!("../library/uuid.py")),
    ("warnings", include_str!("../library/warnings.py")),
    ("weakref", include_str!("../library/weakref.py")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_its_names() {
        let modules = &*PYTHON_MODULES;
        assert_eq!(modules.len(), SOURCES.len());
        for module in modules {
            assert!(module.source.is_some() && !module.names.is_empty(), "{}", module.name);
        }
    }
}
