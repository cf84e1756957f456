use super::arguments::check_count;
use super::{construct, no_keywords};
use crate::interpreter::classes::instantiate;
use crate::interpreter::ops::{self, Special};
use crate::program::exception::type_error;
use crate::program::value::{Arguments, Builtin, Keywords, PyResult, Signature, Stop, Value, Vm};

/// Calls a native function. The first argument of a method is its receiver.
#[inline]
pub fn invoke(
    vm: &mut dyn Vm,
    builtin: &'static Builtin,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Value> {
    if builtin.owner.is_some()
        && let Some(Value::Instance(instance)) = args.first()
        && let Some(payload) = instance.payload.get()
        && works_on_payload(builtin.name)
    {
        let mut all = args.to_vec();
        all[0] = payload.clone();
        return invoke(vm, builtin, &all, kwargs);
    }
    if builtin.owner == Some("str") && args.iter().any(|arg| matches!(arg, Value::Instance(_))) {
        return invoke_on_texts(vm, builtin, args, kwargs);
    }
    let receiver = usize::from(builtin.owner.is_some());
    let fits = kwargs.is_empty()
        && match builtin.signature {
            Signature::Nothing => args.len() == receiver,
            Signature::One => args.len() == receiver + 1,
            Signature::Positional(min, max) => {
                args.len() >= receiver + usize::from(min)
                    && args.len() <= receiver + usize::from(max)
            }
            Signature::Free => args.len() >= receiver,
        };
    if !fits {
        check(builtin, args, kwargs)?;
    }
    (builtin.call)(vm, Arguments { positional: args, keywords: kwargs })
}

/// Calls a method of str with instances of classes derived from str.
#[cold]
fn invoke_on_texts(
    vm: &mut dyn Vm,
    builtin: &'static Builtin,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Value> {
    let all: Vec<Value> = args
        .iter()
        .map(|arg| match ops::payload(arg) {
            Some(text @ Value::Str(_)) => text.clone(),
            _ => arg.clone(),
        })
        .collect();
    if builtin.signature == Signature::Free {
        return (builtin.call)(vm, Arguments { positional: &all, keywords: kwargs });
    }
    check(builtin, &all, kwargs)?;
    (builtin.call)(vm, Arguments { positional: &all, keywords: kwargs })
}

/// Whether a method that an instance has from a builtin type works on the object of that type, and
/// not on the instance.
#[cold]
fn works_on_payload(name: &str) -> bool {
    !matches!(
        name,
        "__init__"
            | "__setattr__"
            | "__getattribute__"
            | "__delattr__"
            | "__str__"
            | "__repr__"
            | "__format__"
    )
}

#[cold]
fn check(builtin: &Builtin, args: &[Value], kwargs: Keywords<'_>) -> PyResult<()> {
    let name = match builtin.owner {
        Some(owner) => format!("{owner}.{}", builtin.name),
        None => builtin.name.to_owned(),
    };
    let receiver = usize::from(builtin.owner.is_some());
    let Some(given) = args.len().checked_sub(receiver) else {
        return Err(type_error(format!("unbound method {name}() needs an argument")));
    };
    match builtin.signature {
        Signature::Free => Ok(()),
        Signature::Nothing => {
            no_keywords(&name, kwargs)?;
            if given == 0 {
                return Ok(());
            }
            Err(type_error(format!("{name}() takes no arguments ({given} given)")))
        }
        Signature::One => {
            no_keywords(&name, kwargs)?;
            if given == 1 {
                return Ok(());
            }
            Err(type_error(format!("{name}() takes exactly one argument ({given} given)")))
        }
        Signature::Positional(min, max) => {
            no_keywords(&name, kwargs)?;
            check_count(builtin.name, given, usize::from(min), usize::from(max))
        }
    }
}

/// Calls what is no function of the program: native functions, types, bound native methods, objects
/// of libraries and of classes with `__call__`; `None` for what cannot be called.
pub fn call_native(
    vm: &mut dyn Vm,
    callee: &Value,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Option<Value>> {
    match callee {
        Value::Builtin(builtin) => invoke(vm, builtin, args, kwargs).map(Some),
        Value::Type(ty) => construct(vm, ty, args, kwargs).map(Some),
        Value::BoundMethod(method) => match &method.function {
            Value::Builtin(builtin) => {
                let mut all = Vec::with_capacity(args.len() + 1);
                all.push(method.receiver.clone());
                all.extend_from_slice(args);
                invoke(vm, builtin, &all, kwargs).map(Some)
            }
            Value::Str(name) => match &method.receiver {
                Value::Foreign(foreign) => {
                    foreign.object.call_method(vm, &method.receiver, name, args, kwargs)
                }
                _ => Ok(None),
            },
            other => {
                let mut all = Vec::with_capacity(args.len() + 1);
                all.push(method.receiver.clone());
                all.extend_from_slice(args);
                vm.call(other, &all, kwargs).map(Some)
            }
        },
        Value::Class(class) => instantiate(vm, class, args, kwargs).map(Some),
        Value::Instance(_) | Value::Exception(_) => {
            ops::call_special_with(vm, callee, Special::Call, args, kwargs)
        }
        Value::Foreign(foreign) => {
            let name = Special::Call.name();
            foreign.object.call_method(vm, callee, &name, args, kwargs)
        }
        _ => Ok(None),
    }
}

/// The error of calling what cannot be called.
#[cold]
pub fn not_callable(callee: &Value) -> Stop {
    type_error(format!("'{}' object is not callable", callee.type_name()))
}
