//! `itertools`.
//!
//! * `endless`: count, cycle, repeat; `several`: what goes through more than one iterable;
//!   `picking`: what leaves items out; `grouping`: groupby, batched, pairwise, tee;
//!   `combinatoric`: products, permutations, combinations.
//!
//! Source: `CPython` `Modules/itertoolsmodule.c`.

mod combinatoric;
mod endless;
mod grouping;
mod picking;
mod several;

use std::rc::Rc;

use super::Native;
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, Builtin, Foreign, ForeignObject, PyResult, Signature, Stop, TypeObject, Value,
};

pub(super) static MODULE: Native = Native { name: "itertools", functions: &[], others };

fn others() -> Vec<(&'static str, Value)> {
    let types: [&'static [&'static TypeObject]; 5] =
        [endless::TYPES, several::TYPES, picking::TYPES, grouping::TYPES, combinatoric::TYPES];
    let types = types.into_iter().flatten().map(|ty| (ty.name, Value::Type(ty)));
    types.chain([("tee", Value::Builtin(&grouping::TEE))]).collect()
}

/// What can be called on a type of this module.
pub(super) fn class_method(ty: &TypeObject, name: &str) -> Option<&'static Builtin> {
    (ty.name == "chain" && name == "from_iterable").then_some(&several::FROM_ITERABLE)
}

/// Makes an iterator type of a struct with a method `advance`.
macro_rules! iterator_type {
    ($object:ident $ty:ident $name:literal $new:expr) => {
        pub(super) static $ty: crate::program::value::TypeObject =
            crate::program::value::TypeObject {
                name: $name,
                module: "itertools",
                bases: &[&crate::program::value::OBJECT],
                kind: crate::program::value::TypeKind::Foreign,
                construct: $new,
            };

        impl crate::program::value::ForeignObject for $object {
            fn type_object(&self) -> &'static crate::program::value::TypeObject {
                &$ty
            }

            fn is_iterator(&self) -> bool {
                true
            }

            fn next(
                &self,
                vm: &mut dyn crate::program::value::Vm,
            ) -> crate::program::value::PyResult<Option<crate::program::value::Value>> {
                self.advance(vm)
            }

            fn repr(
                &self,
                vm: &mut dyn crate::program::value::Vm,
            ) -> crate::program::value::PyResult<Option<crate::program::value::Str>> {
                self.shown(vm)
            }

            fn as_any(&self) -> &dyn std::any::Any {
                self
            }
        }
    };
}
use iterator_type;

/// Makes a struct print as a plain object.
macro_rules! plain_repr {
    ($($object:ident)*) => {
        $(impl $object {
            fn shown(
                &self,
                _: &mut dyn crate::program::value::Vm,
            ) -> crate::program::value::PyResult<Option<crate::program::value::Str>> {
                Ok(None)
            }
        })*
    };
}
use plain_repr;

fn object(object: impl ForeignObject) -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(object))))
}

/// The arguments by position, if there are as many as there must be and none by name.
fn positional<'a>(
    name: &str,
    args: Arguments<'a>,
    min: usize,
    max: usize,
) -> PyResult<&'a [Value]> {
    crate::interpreter::builtins::no_keywords(name, args.keywords)?;
    let given = args.positional.len();
    if given < min || given > max {
        let (relation, wanted) = match given < min {
            true if min == max => ("", min),
            true => ("at least ", min),
            false if min == max => ("", max),
            false => ("at most ", max),
        };
        let plural = if wanted == 1 { "" } else { "s" };
        return Err(type_error(format!(
            "{name} expected {relation}{wanted} argument{plural}, got {given}"
        )));
    }
    Ok(args.positional)
}

/// The error of a parameter that nothing was given for.
#[cold]
fn missing(function: &str, parameter: &str, position: usize) -> Stop {
    type_error(format!("{function}() missing required argument '{parameter}' (pos {position})"))
}

const fn function(name: &'static str, call: crate::program::value::NativeFn) -> Builtin {
    Builtin { name, owner: None, signature: Signature::Free, call }
}
