use crate::interpreter::ops::{self, Binary, Compare};
use crate::interpreter::text;
use crate::program::exception::{ExceptionObject, STOP_ITERATION};
use crate::program::value::{
    Arguments, Builtin, PyResult,
    Signature::{Free, Nothing, One, Positional},
    TypeKind, TypeObject, TypeRef, Value, Vm,
};

/// Defines methods with two underscores that do what an operator does.
macro_rules! specials {
    ($($name:literal $signature:expr => $call:expr;)*) => {
        static SPECIALS: &[Builtin] = &[$(
            Builtin { name: $name, owner: Some("object"), signature: $signature, call: $call },
        )*];
    };
}

fn arithmetic(vm: &mut dyn Vm, op: Binary, args: Arguments<'_>) -> PyResult<Value> {
    match ops::binary_or_none(vm, op, &args.positional[0], &args.positional[1])? {
        Some(result) => Ok(result),
        None => Ok(Value::NotImplemented),
    }
}

fn comparison(vm: &mut dyn Vm, op: Compare, args: Arguments<'_>) -> PyResult<Value> {
    match ops::compare_or_none(vm, op, &args.positional[0], &args.positional[1])? {
        Some(result) => Ok(Value::Bool(result)),
        None => Ok(Value::NotImplemented),
    }
}

specials! {
    "__abs__" Nothing => |vm, args| ops::absolute(vm, &args.positional[0]);
    "__add__" One => |vm, args| arithmetic(vm, Binary::Add, args);
    "__and__" One => |vm, args| arithmetic(vm, Binary::And, args);
    "__bool__" Nothing => |vm, args| ops::truth(vm, &args.positional[0]).map(Value::Bool);
    "__contains__" One => |vm, args| {
        ops::contains(vm, &args.positional[0], &args.positional[1]).map(Value::Bool)
    };
    "__delattr__" One => |vm, args| {
        let name = attribute_name(&args.positional[1])?;
        ops::remove_attribute(vm, &args.positional[0], &name).map(|()| Value::None)
    };
    "__delitem__" One => |vm, args| {
        ops::delete_item(vm, &args.positional[0], &args.positional[1]).map(|()| Value::None)
    };
    "__eq__" One => |vm, args| comparison(vm, Compare::Eq, args);
    "__floordiv__" One => |vm, args| arithmetic(vm, Binary::FloorDiv, args);
    "__format__" One => |vm, args| {
        let spec = crate::interpreter::builtins::text_argument(
            "__format__", "argument", &args.positional[1])?;
        text::format_value(vm, &args.positional[0], spec).map(Value::Str)
    };
    "__ge__" One => |vm, args| comparison(vm, Compare::Ge, args);
    "__getattribute__" One => |vm, args| {
        let name = attribute_name(&args.positional[1])?;
        ops::attribute_as_object(vm, &args.positional[0], &name)
    };
    "__getitem__" One => |vm, args| ops::get_item(vm, &args.positional[0], &args.positional[1]);
    "__gt__" One => |vm, args| comparison(vm, Compare::Gt, args);
    "__hash__" Nothing => |vm, args| ops::hash_as_object(vm, &args.positional[0]).map(Value::Int);
    "__index__" Nothing => |vm, args| {
        ops::index_of(vm, &args.positional[0]).map(Value::Int)
    };
    "__init__" Free => init;
    "__invert__" Nothing => |vm, args| ops::invert(vm, &args.positional[0]);
    "__iter__" Nothing => |vm, args| ops::iter(vm, &args.positional[0]);
    "__le__" One => |vm, args| comparison(vm, Compare::Le, args);
    "__len__" Nothing => |vm, args| ops::len(vm, &args.positional[0]).map(Value::from);
    "__lshift__" One => |vm, args| arithmetic(vm, Binary::LShift, args);
    "__lt__" One => |vm, args| comparison(vm, Compare::Lt, args);
    "__mod__" One => |vm, args| arithmetic(vm, Binary::Mod, args);
    "__mul__" One => |vm, args| arithmetic(vm, Binary::Mul, args);
    "__ne__" One => |vm, args| comparison(vm, Compare::Ne, args);
    "__neg__" Nothing => |vm, args| ops::negative(vm, &args.positional[0]);
    "__next__" Nothing => next;
    "__or__" One => |vm, args| arithmetic(vm, Binary::Or, args);
    "__pos__" Nothing => |vm, args| ops::positive(vm, &args.positional[0]);
    "__pow__" One => |vm, args| arithmetic(vm, Binary::Pow, args);
    "__repr__" Nothing => |vm, args| text::repr_as_object(vm, &args.positional[0]).map(Value::Str);
    "__rshift__" One => |vm, args| arithmetic(vm, Binary::RShift, args);
    "__setattr__" Positional(2, 2) => |vm, args| {
        let name = attribute_name(&args.positional[1])?;
        ops::store_attribute(vm, &args.positional[0], &name, args.positional[2].clone())
            .map(|()| Value::None)
    };
    "__setitem__" Positional(2, 2) => |vm, args| {
        let value = args.positional[2].clone();
        ops::set_item(vm, &args.positional[0], &args.positional[1], value).map(|()| Value::None)
    };
    "__str__" Nothing => |vm, args| text::str_as_object(vm, &args.positional[0]).map(Value::Str);
    "__sub__" One => |vm, args| arithmetic(vm, Binary::Sub, args);
    "__truediv__" One => |vm, args| arithmetic(vm, Binary::Div, args);
    "__xor__" One => |vm, args| arithmetic(vm, Binary::Xor, args);
}

fn attribute_name(value: &Value) -> PyResult<crate::program::value::Str> {
    crate::interpreter::builtins::attribute_name(value)
}

fn next(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    match ops::next(vm, &args.positional[0])? {
        Some(item) => Ok(item),
        None => Err(std::rc::Rc::new(ExceptionObject::new(&STOP_ITERATION, Vec::new())).into()),
    }
}

/// `__init__` of every builtin type.
fn init(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [object, rest @ ..] = args.positional else { return Ok(Value::None) };
    crate::interpreter::classes::init_as_object(vm, object, rest, args.keywords)?;
    Ok(Value::None)
}

fn by_name(name: &str) -> Option<&'static Builtin> {
    let at = SPECIALS.binary_search_by(|method| method.name.cmp(name)).ok()?;
    SPECIALS.get(at)
}

/// The method with two underscores that an object has by its builtin type.
pub fn find_special(object: &Value, name: &str) -> Option<&'static Builtin> {
    match object.type_of() {
        TypeRef::Builtin(ty) => find_in_type(ty, name),
        TypeRef::Class(class) => find_in_type(class.builtin_base(), name),
    }
}

/// The method with two underscores that the objects of a builtin type have.
pub(in crate::interpreter) fn find_in_type(
    ty: &'static TypeObject,
    name: &str,
) -> Option<&'static Builtin> {
    use TypeKind as K;
    let everywhere = matches!(
        name,
        "__delattr__"
            | "__eq__"
            | "__format__"
            | "__ge__"
            | "__getattribute__"
            | "__gt__"
            | "__hash__"
            | "__init__"
            | "__le__"
            | "__lt__"
            | "__ne__"
            | "__repr__"
            | "__setattr__"
            | "__str__"
    );
    let number = matches!(ty.kind, K::Int | K::Bool | K::Float);
    let sequence = matches!(ty.kind, K::List | K::Tuple | K::Str | K::Bytes);
    let set = matches!(ty.kind, K::Set | K::FrozenSet | K::DictKeys | K::DictItems);
    let int = matches!(ty.kind, K::Int | K::Bool);
    let container = sequence || set || matches!(ty.kind, K::Dict | K::Range | K::DictValues);
    let has = match name {
        "__add__" => number || sequence,
        "__mul__" => number || sequence,
        "__mod__" => number || ty.kind == K::Str,
        "__sub__" => number || set,
        "__and__" | "__or__" | "__xor__" => int || set || (ty.kind == K::Dict && name == "__or__"),
        "__floordiv__" | "__truediv__" | "__pow__" | "__abs__" | "__neg__" | "__pos__"
        | "__bool__" => number,
        "__index__" | "__invert__" | "__lshift__" | "__rshift__" => int,
        "__len__" => container,
        "__contains__" => container && ty.kind != K::DictValues,
        "__getitem__" => sequence || matches!(ty.kind, K::Dict | K::Range),
        "__setitem__" | "__delitem__" => matches!(ty.kind, K::List | K::Dict),
        "__iter__" => container || is_iterator(ty),
        "__next__" => is_iterator(ty),
        _ => everywhere,
    };
    if has { by_name(name) } else { None }
}

fn is_iterator(ty: &TypeObject) -> bool {
    use TypeKind as K;
    ty.name.ends_with("iterator")
        || matches!(
            ty.kind,
            K::Enumerate | K::Zip | K::Map | K::Filter | K::Reversed | K::Generator
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted() {
        assert!(SPECIALS.iter().map(|method| method.name).is_sorted());
    }
}
