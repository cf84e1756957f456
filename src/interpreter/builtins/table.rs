use super::{aggregate, dir, functions, iterators, numbers, sort};
use crate::interpreter::classes::{BUILD_CLASS, CLASS_METHOD, PROPERTY, STATIC_METHOD, SUPER};
use crate::program::exception::EXCEPTION_TYPES;
use crate::program::value::types::BUILTIN_TYPES;
use crate::program::value::{
    Builtin, NativeFn,
    Signature::{self, Free, Nothing, One, Positional},
    Value,
};

const fn function(name: &'static str, signature: Signature, call: NativeFn) -> Builtin {
    Builtin { name, owner: None, signature, call }
}

/// The builtin functions, in the order of their names.
pub static FUNCTIONS: &[Builtin] = &[
    function("abs", One, functions::abs),
    function("all", One, aggregate::all),
    function("any", One, aggregate::any),
    function("ascii", One, functions::ascii),
    function("bin", One, functions::bin),
    function("callable", One, functions::callable),
    function("chr", One, functions::chr),
    function("delattr", Positional(2, 2), functions::delete_attribute),
    function("dir", Positional(0, 1), dir::dir),
    function("divmod", Positional(2, 2), numbers::div_mod),
    function("exit", Positional(0, 1), crate::interpreter::modules::exit),
    function("format", Positional(1, 2), functions::format),
    function("getattr", Positional(2, 3), functions::get_attribute),
    function("globals", Nothing, dir::globals),
    function("hasattr", Positional(2, 2), functions::has_attribute),
    function("hash", One, functions::hash),
    function("hex", One, functions::hex),
    function("id", One, functions::id),
    function("isinstance", Positional(2, 2), functions::is_instance),
    function("issubclass", Positional(2, 2), functions::is_subclass),
    function("iter", Positional(1, 2), iterators::iter),
    function("len", One, functions::len),
    function("locals", Nothing, dir::locals),
    function("max", Free, aggregate::max),
    function("min", Free, aggregate::min),
    function("next", Positional(1, 2), iterators::next),
    function("oct", One, functions::oct),
    function("ord", One, functions::ord),
    function("pow", Free, numbers::pow),
    function("quit", Positional(0, 1), crate::interpreter::modules::exit),
    function("repr", One, functions::repr),
    function("round", Free, numbers::round),
    function("setattr", Positional(3, 3), functions::set_attribute),
    function("sorted", Free, sort::sorted),
    function("sum", Free, aggregate::sum),
    function("vars", Positional(0, 1), dir::vars),
];

/// The types that have a name among the builtins.
const TYPES: &[&str] = &[
    "bool",
    "bytes",
    "dict",
    "enumerate",
    "filter",
    "float",
    "frozenset",
    "int",
    "list",
    "map",
    "object",
    "range",
    "reversed",
    "set",
    "slice",
    "str",
    "tuple",
    "type",
    "zip",
];

/// The builtin of that name: a function, a type, an exception type, a constant. Of two exception
/// types with one name the builtin one is meant, or else asyncio's.
pub fn find(name: &str) -> Option<Value> {
    match name {
        "__build_class__" => return Some(Value::Builtin(&BUILD_CLASS)),
        "property" => return Some(Value::Type(&PROPERTY)),
        "classmethod" => return Some(Value::Type(&CLASS_METHOD)),
        "staticmethod" => return Some(Value::Type(&STATIC_METHOD)),
        "super" => return Some(Value::Type(&SUPER)),
        "NotImplemented" => return Some(Value::NotImplemented),
        "Ellipsis" => return Some(Value::Ellipsis),
        "EnvironmentError" | "IOError" => return find("OSError"),
        _ => {}
    }
    if let Ok(at) = FUNCTIONS.binary_search_by(|function| function.name.cmp(name)) {
        return FUNCTIONS.get(at).map(Value::Builtin);
    }
    if TYPES.contains(&name) {
        return BUILTIN_TYPES.iter().find(|ty| ty.name == name).map(|ty| Value::Type(ty));
    }
    EXCEPTION_TYPES
        .iter()
        .filter(|ty| ty.module == "builtins" || ty.module.starts_with("asyncio"))
        .find(|ty| ty.name == name)
        .map(|ty| Value::Type(ty))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::vocabulary;

    #[test]
    fn table_is_sorted() {
        assert!(FUNCTIONS.iter().map(|function| function.name).is_sorted());
    }

    /// `print` writes output, which is done elsewhere.
    #[test]
    fn every_builtin_is_there() {
        for known in vocabulary::BUILTINS {
            let is_elsewhere = ["print", "aiter", "anext"].contains(&known.name);
            assert!(is_elsewhere || find(known.name).is_some(), "{}", known.name);
        }
        for name in vocabulary::exceptions() {
            assert!(find(name).is_some(), "{name}");
        }
    }
}
