//! `operator`: Python's operators as functions.

use std::any::Any;
use std::rc::Rc;

use super::{Native, function};
use crate::interpreter::builtins::no_keywords;
use crate::interpreter::ops::{self, Binary, Compare};
use crate::interpreter::text;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{
    Arguments, Builtin, Foreign, ForeignObject, Keywords, OBJECT, PyResult,
    Signature::{One, Positional},
    Str, TypeKind, TypeObject, Value, Vm,
};

pub(super) static MODULE: Native = Native { name: "operator", functions: &[FUNCTIONS], others };

macro_rules! binary {
    ($name:literal $op:ident) => {
        function($name, Positional(2, 2), |vm, args| {
            ops::binary(vm, Binary::$op, &args.positional[0], &args.positional[1])
        })
    };
}

macro_rules! in_place {
    ($name:literal $op:ident) => {
        function($name, Positional(2, 2), |vm, args| {
            ops::in_place(vm, Binary::$op, args.positional[0].clone(), &args.positional[1])
        })
    };
}

macro_rules! comparison {
    ($name:literal $op:ident) => {
        function($name, Positional(2, 2), |vm, args| {
            ops::compare(vm, Compare::$op, &args.positional[0], &args.positional[1])
        })
    };
}

static FUNCTIONS: &[Builtin] = &[
    function("abs", One, |vm, args| ops::absolute(vm, &args.positional[0])),
    binary!("add" Add),
    binary!("and_" And),
    binary!("concat" Add),
    function("call", crate::program::value::Signature::Free, call),
    function("contains", Positional(2, 2), |vm, args| {
        ops::contains(vm, &args.positional[0], &args.positional[1]).map(Value::Bool)
    }),
    function("countOf", Positional(2, 2), count_of),
    function("delitem", Positional(2, 2), |vm, args| {
        ops::delete_item(vm, &args.positional[0], &args.positional[1]).map(|()| Value::None)
    }),
    comparison!("eq" Eq),
    binary!("floordiv" FloorDiv),
    comparison!("ge" Ge),
    function("getitem", Positional(2, 2), |vm, args| {
        ops::get_item(vm, &args.positional[0], &args.positional[1])
    }),
    comparison!("gt" Gt),
    in_place!("iadd" Add),
    in_place!("iand" And),
    in_place!("iconcat" Add),
    in_place!("ifloordiv" FloorDiv),
    in_place!("ilshift" LShift),
    in_place!("imod" Mod),
    in_place!("imul" Mul),
    function("index", One, |vm, args| {
        let value = &args.positional[0];
        ops::as_index(vm, value)?.ok_or_else(|| ops::not_an_integer(value))
    }),
    function("indexOf", Positional(2, 2), index_of),
    function("inv", One, |vm, args| ops::invert(vm, &args.positional[0])),
    function("invert", One, |vm, args| ops::invert(vm, &args.positional[0])),
    in_place!("ior" Or),
    in_place!("ipow" Pow),
    in_place!("irshift" RShift),
    function("is_", Positional(2, 2), |_, args| {
        Ok(Value::Bool(args.positional[0].is(&args.positional[1])))
    }),
    function("is_none", One, |_, args| Ok(Value::Bool(matches!(args.positional[0], Value::None)))),
    function("is_not", Positional(2, 2), |_, args| {
        Ok(Value::Bool(!args.positional[0].is(&args.positional[1])))
    }),
    function("is_not_none", One, |_, args| {
        Ok(Value::Bool(!matches!(args.positional[0], Value::None)))
    }),
    in_place!("isub" Sub),
    in_place!("itruediv" Div),
    in_place!("ixor" Xor),
    comparison!("le" Le),
    function("length_hint", Positional(1, 2), |_, args| {
        Ok(Value::from(ops::length_hint(&args.positional[0])))
    }),
    binary!("lshift" LShift),
    comparison!("lt" Lt),
    binary!("matmul" MatMul),
    binary!("mod" Mod),
    binary!("mul" Mul),
    comparison!("ne" Ne),
    function("neg", One, |vm, args| ops::negative(vm, &args.positional[0])),
    function("not_", One, |vm, args| {
        ops::truth(vm, &args.positional[0]).map(|truth| Value::Bool(!truth))
    }),
    binary!("or_" Or),
    function("pos", One, |vm, args| ops::positive(vm, &args.positional[0])),
    binary!("pow" Pow),
    binary!("rshift" RShift),
    function("setitem", Positional(3, 3), |vm, args| {
        let [object, key, value] = args.positional else { return Ok(Value::None) };
        ops::set_item(vm, object, key, value.clone()).map(|()| Value::None)
    }),
    binary!("sub" Sub),
    binary!("truediv" Div),
    function("truth", One, |vm, args| ops::truth(vm, &args.positional[0]).map(Value::Bool)),
    binary!("xor" Xor),
];

fn others() -> Vec<(&'static str, Value)> {
    vec![
        ("attrgetter", Value::Type(&ATTR_GETTER)),
        ("itemgetter", Value::Type(&ITEM_GETTER)),
        ("methodcaller", Value::Type(&METHOD_CALLER)),
    ]
}

fn call(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    match args.positional.split_first() {
        Some((callee, rest)) => vm.call(callee, rest, args.keywords),
        None => Err(type_error("call expected at least 1 argument, got 0")),
    }
}

fn count_of(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut count = 0;
    ops::for_each(vm, &args.positional[0], &mut |vm, item| {
        count += i64::from(ops::same_or_equal(vm, &item, &args.positional[1])?);
        Ok(true)
    })?;
    Ok(Value::Int(count))
}

fn index_of(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (mut at, mut found) = (0, false);
    ops::for_each(vm, &args.positional[0], &mut |vm, item| {
        found = ops::same_or_equal(vm, &item, &args.positional[1])?;
        at += i64::from(!found);
        Ok(!found)
    })?;
    if found {
        Ok(Value::Int(at))
    } else {
        Err(value_error("sequence.index(x): x not in sequence"))
    }
}

macro_rules! getter {
    ($($ident:ident $name:literal $new:ident;)*) => {
        $(static $ident: TypeObject = TypeObject {
            name: $name,
            module: "operator",
            bases: &[&OBJECT],
            kind: TypeKind::Foreign,
            construct: Some($new),
        };)*
    };
}

getter! {
    ATTR_GETTER "attrgetter" new_attr_getter;
    ITEM_GETTER "itemgetter" new_item_getter;
    METHOD_CALLER "methodcaller" new_method_caller;
}

/// An object that looks something up in what it is called with.
#[derive(Debug)]
enum Getter {
    Items(Vec<Value>),
    Attributes(Vec<Str>),
    Method(Str, Vec<Value>, Vec<(Str, Value)>),
}

fn object(getter: Getter) -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(getter))))
}

fn new_item_getter(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    no_keywords("itemgetter", args.keywords)?;
    if args.positional.is_empty() {
        return Err(type_error("itemgetter expected at least 1 argument, got 0"));
    }
    Ok(object(Getter::Items(args.positional.to_vec())))
}

fn new_attr_getter(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    no_keywords("attrgetter", args.keywords)?;
    if args.positional.is_empty() {
        return Err(type_error("attrgetter expected at least 1 argument, got 0"));
    }
    let names = args.positional.iter().map(|name| match name {
        Value::Str(name) => Ok(name.clone()),
        _ => Err(type_error("attribute name must be a string")),
    });
    Ok(object(Getter::Attributes(names.collect::<PyResult<_>>()?)))
}

fn new_method_caller(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    match args.positional.split_first() {
        Some((Value::Str(name), rest)) => {
            Ok(object(Getter::Method(name.clone(), rest.to_vec(), args.keywords.to_vec())))
        }
        Some(_) => Err(type_error("method name must be a string")),
        None => Err(type_error("methodcaller needs at least one argument, the method name")),
    }
}

fn dotted(vm: &mut dyn Vm, object: &Value, path: &str) -> PyResult<Value> {
    let mut found = object.clone();
    for name in path.split('.') {
        found = ops::get_attribute(vm, &found, &Str::from(name))?;
    }
    Ok(found)
}

impl Getter {
    fn get(&self, vm: &mut dyn Vm, object: &Value) -> PyResult<Value> {
        let found: Vec<Value> = match self {
            Self::Items(keys) => {
                keys.iter().map(|key| ops::get_item(vm, object, key)).collect::<PyResult<_>>()?
            }
            Self::Attributes(paths) => {
                paths.iter().map(|path| dotted(vm, object, path)).collect::<PyResult<_>>()?
            }
            Self::Method(name, args, kwargs) => {
                let method = ops::get_attribute(vm, object, name)?;
                return vm.call(&method, args, kwargs);
            }
        };
        match <[Value; 1]>::try_from(found) {
            Ok([one]) => Ok(one),
            Err(several) => Ok(Value::tuple(several)),
        }
    }
}

impl ForeignObject for Getter {
    fn type_object(&self) -> &'static TypeObject {
        match self {
            Self::Items(_) => &ITEM_GETTER,
            Self::Attributes(_) => &ATTR_GETTER,
            Self::Method(..) => &METHOD_CALLER,
        }
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let mut parts: Vec<Str> = Vec::new();
        match self {
            Self::Items(keys) => {
                for key in keys {
                    parts.push(text::repr(vm, key)?);
                }
            }
            Self::Attributes(paths) => {
                for path in paths {
                    parts.push(text::repr(vm, &Value::Str(path.clone()))?);
                }
            }
            Self::Method(name, args, kwargs) => {
                parts.push(text::repr(vm, &Value::Str(name.clone()))?);
                for arg in args {
                    parts.push(text::repr(vm, arg)?);
                }
                for (name, value) in kwargs {
                    parts.push(Str::from(format!("{name}={}", text::repr(vm, value)?)));
                }
            }
        }
        let name = self.type_object().name;
        let parts: Vec<&str> = parts.iter().map(Str::as_str).collect();
        Ok(Some(Str::from(format!("operator.{name}({})", parts.join(", ")))))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        if name.as_str() != "__call__" {
            return Ok(None);
        }
        let own = self.type_object().name;
        no_keywords(own, kwargs)?;
        match args {
            [object] => self.get(vm, object).map(Some),
            _ => Err(type_error(format!("{own} expected 1 argument, got {}", args.len()))),
        }
    }

    fn has_method(&self, name: &str) -> bool {
        name == "__call__"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
