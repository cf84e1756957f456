use std::rc::Rc;

use super::arguments::unexpected_keyword;
use crate::interpreter::ops;
use crate::program::exception::{
    ATTRIBUTE_ERROR, BASE_EXCEPTION_GROUP, BLOCKING_IO_ERROR, BROKEN_PIPE_ERROR,
    CHILD_PROCESS_ERROR, CONNECTION_ABORTED_ERROR, CONNECTION_REFUSED_ERROR,
    CONNECTION_RESET_ERROR, EXCEPTION, EXCEPTION_GROUP, ExceptionObject, FILE_EXISTS_ERROR,
    FILE_NOT_FOUND_ERROR, IMPORT_ERROR, INTERRUPTED_ERROR, IS_A_DIRECTORY_ERROR, NAME_ERROR,
    NOT_A_DIRECTORY_ERROR, OS_ERROR, PERMISSION_ERROR, PROCESS_LOOKUP_ERROR, TIMEOUT_ERROR,
    UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, type_error, value_error,
};
use crate::program::value::{Keywords, PyResult, TypeObject, TypeRef, Value, Vm};

/// A new exception of the given type, as `BaseException.__new__` and `__init__` make it. For a
/// class of the program, whoever calls this goes on with its `__init__`.
pub fn construct_exception(
    vm: &mut dyn Vm,
    ty: &TypeRef,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Value> {
    let mut ty = ty.clone();
    let mut args = args.to_vec();
    let mut filename = None;
    if ty.is_a(&BASE_EXCEPTION_GROUP) {
        ty = group_type(vm, &ty, &args)?;
    } else if ty.is_a(&OS_ERROR) {
        if (2..=5).contains(&args.len()) {
            ty = os_error_type(ty, &args[0]);
        }
        if (3..=5).contains(&args.len()) {
            filename = args.get(2).cloned();
            args.truncate(2);
        }
    } else if (ty == TypeRef::Builtin(&UNICODE_DECODE_ERROR)
        || ty == TypeRef::Builtin(&UNICODE_ENCODE_ERROR))
        && args.len() != 5
    {
        return Err(type_error(format!(
            "function takes exactly 5 arguments ({} given)",
            args.len()
        )));
    }
    let exception = ExceptionObject::new(ty.clone(), args);
    if let Some(filename) = filename {
        exception.set_attribute("filename", filename);
    }
    if let TypeRef::Builtin(builtin) = ty {
        set_keywords(&exception, builtin, kwargs)?;
    }
    Ok(Value::Exception(Rc::new(exception)))
}

/// Keywords that some types keep as attributes.
fn set_keywords(
    exception: &ExceptionObject,
    ty: &'static TypeObject,
    kwargs: Keywords<'_>,
) -> PyResult<()> {
    let known: &[&str] = if ty.is_subtype_of(&IMPORT_ERROR) {
        &["name", "path", "name_from"]
    } else if ty.is_subtype_of(&ATTRIBUTE_ERROR) {
        &["name", "obj"]
    } else if ty.is_subtype_of(&NAME_ERROR) {
        &["name"]
    } else {
        &[]
    };
    for (name, value) in kwargs {
        if known.is_empty() {
            return Err(type_error(format!("{}() takes no keyword arguments", ty.name)));
        }
        if !known.contains(&name.as_str()) {
            return Err(unexpected_keyword(ty.name, name));
        }
        exception.set_attribute(name, value.clone());
    }
    Ok(())
}

/// Checks the arguments of a group, and chooses between the two types.
fn group_type(vm: &mut dyn Vm, ty: &TypeRef, args: &[Value]) -> PyResult<TypeRef> {
    let [message, exceptions] = args else {
        return Err(type_error(format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
            args.len()
        )));
    };
    let Value::Str(_) = message else {
        return Err(type_error(format!(
            "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
            message.type_name()
        )));
    };
    if !matches!(exceptions, Value::List(_) | Value::Tuple(_)) {
        return Err(type_error("second argument (exceptions) must be a sequence"));
    }
    let members = ops::collect(vm, exceptions)?;
    if members.is_empty() {
        return Err(value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    let mut only_exceptions = true;
    for (at, member) in members.iter().enumerate() {
        let Value::Exception(member) = member else {
            return Err(value_error(format!(
                "Item {at} of second argument (exceptions) is not an exception"
            )));
        };
        only_exceptions &= member.is_a(&EXCEPTION);
    }
    match ty {
        TypeRef::Builtin(builtin) if *builtin == &BASE_EXCEPTION_GROUP && only_exceptions => {
            Ok(TypeRef::Builtin(&EXCEPTION_GROUP))
        }
        TypeRef::Builtin(builtin) if *builtin == &EXCEPTION_GROUP && !only_exceptions => {
            Err(type_error("Cannot nest BaseExceptions in an ExceptionGroup"))
        }
        TypeRef::Class(class) if ty.is_a(&EXCEPTION) && !only_exceptions => {
            Err(type_error(format!("Cannot nest BaseExceptions in '{}'", class.name)))
        }
        _ => Ok(ty.clone()),
    }
}

/// An `OSError` with a known number becomes one of a more special type.
fn os_error_type(ty: TypeRef, number: &Value) -> TypeRef {
    if ty != TypeRef::Builtin(&OS_ERROR) {
        return ty;
    }
    let Value::Int(number) = number else { return ty };
    TypeRef::Builtin(match number {
        1 | 13 => &PERMISSION_ERROR,
        2 => &FILE_NOT_FOUND_ERROR,
        3 => &PROCESS_LOOKUP_ERROR,
        4 => &INTERRUPTED_ERROR,
        10 => &CHILD_PROCESS_ERROR,
        11 | 114 | 115 => &BLOCKING_IO_ERROR,
        17 => &FILE_EXISTS_ERROR,
        20 => &NOT_A_DIRECTORY_ERROR,
        21 => &IS_A_DIRECTORY_ERROR,
        32 | 108 => &BROKEN_PIPE_ERROR,
        103 => &CONNECTION_ABORTED_ERROR,
        104 => &CONNECTION_RESET_ERROR,
        110 => &TIMEOUT_ERROR,
        111 => &CONNECTION_REFUSED_ERROR,
        _ => return ty,
    })
}
