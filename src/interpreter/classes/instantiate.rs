use std::rc::Rc;

use super::create::type_call;
use super::wrappers::unwrap;
use crate::interpreter::builtins::{construct, construct_exception, no_keywords};
use crate::interpreter::ops::{self, Special};
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, Class, DictObject, Function, Habits, Instance, Keywords, PyResult, SetObject,
    SetTable, Stop, Str, Table, TypeKind, TypeRef, Value, Vm,
};

/// A call of a class: its metaclass may have something to say about it.
pub fn instantiate(
    vm: &mut dyn Vm,
    class: &Rc<Class>,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Value> {
    if let Some(metaclass) = &class.metaclass
        && let Some(call) = metaclass.lookup(&Special::Call.name())
    {
        let method = ops::bind(vm, call, &Value::Class(Rc::clone(class)))?;
        return vm.call(&method, args, kwargs);
    }
    make(vm, class, args, kwargs)
}

/// `type.__call__`: `__new__`, then `__init__`.
pub(super) fn make(
    vm: &mut dyn Vm,
    class: &Rc<Class>,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Value> {
    let object = match class.lookup(&Special::New.name()) {
        Some(new) => {
            let mut all = Vec::with_capacity(args.len() + 1);
            all.push(Value::Class(Rc::clone(class)));
            all.extend_from_slice(args);
            vm.call(&unwrap(new), &all, kwargs)?
        }
        None => new_instance(vm, class, args, kwargs)?,
    };
    let ty = object.type_of();
    if !ty.is_subtype_of(&TypeRef::Class(Rc::clone(class))) {
        return Ok(object);
    }
    match ops::call_special_with(vm, &object, Special::Init, args, kwargs)? {
        None => init_as_object(vm, &object, args, kwargs)?,
        Some(Value::None) => {}
        Some(other) => return Err(init_returned(&other)),
    }
    Ok(object)
}

/// The error of an `__init__` that returns something.
#[cold]
pub(in crate::interpreter) fn init_returned(value: &Value) -> Stop {
    type_error(format!("__init__() should return None, not '{}'", value.type_name()))
}

fn overrides(class: &Class, special: Special) -> bool {
    class.lookup(&special.name()).is_some()
}

/// `__new__` as `object` and the other builtin types have it.
pub(in crate::interpreter) fn new_instance(
    vm: &mut dyn Vm,
    class: &Rc<Class>,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Value> {
    let base = class.builtin_base();
    if let TypeKind::Exception = base.kind {
        let ty = TypeRef::Class(Rc::clone(class));
        if !overrides(class, Special::Init) && !overrides(class, Special::New) {
            no_keywords_for(class, base, kwargs)?;
        }
        check_abstract(vm, class)?;
        return construct_exception(vm, &ty, args, kwargs);
    }
    if let TypeKind::Type = base.kind {
        return type_call(vm, Some(class), args, kwargs);
    }
    check_abstract(vm, class)?;
    let instance = Instance::new(Rc::clone(class));
    let payload = match base.kind {
        TypeKind::List => Some(Value::list(Vec::new())),
        TypeKind::Dict => Some(Value::Dict(Rc::new(DictObject::new(Table::new())))),
        TypeKind::Set => Some(Value::Set(Rc::new(SetObject::new(SetTable::default())))),
        TypeKind::Object => {
            check_excess(class, args, kwargs)?;
            None
        }
        TypeKind::Foreign => None,
        _ => Some(construct(vm, base, args, kwargs)?),
    };
    if let Some(payload) = payload {
        let _already = instance.payload.set(payload);
    }
    Ok(Value::Instance(Rc::new(instance)))
}

/// Exceptions that say nothing about their arguments take none by name.
fn no_keywords_for(
    class: &Class,
    base: &crate::program::value::TypeObject,
    kwargs: Keywords<'_>,
) -> PyResult<()> {
    use crate::program::exception::{ATTRIBUTE_ERROR, IMPORT_ERROR, NAME_ERROR};
    let keeps = [&IMPORT_ERROR, &ATTRIBUTE_ERROR, &NAME_ERROR];
    if keeps.iter().any(|kept| base.is_subtype_of(kept)) {
        return Ok(());
    }
    no_keywords(&class.name, kwargs)
}

/// `object.__new__` takes nothing, unless `__init__` does.
fn check_excess(class: &Class, args: &[Value], kwargs: Keywords<'_>) -> PyResult<()> {
    if args.is_empty() && kwargs.is_empty() {
        return Ok(());
    }
    if overrides(class, Special::New) {
        let error = "object.__new__() takes exactly one argument (the type to instantiate)";
        return Err(type_error(error));
    }
    if !overrides(class, Special::Init) {
        return Err(type_error(format!("{}() takes no arguments", class.name)));
    }
    Ok(())
}

fn check_abstract(vm: &mut dyn Vm, class: &Class) -> PyResult<()> {
    if class.metaclass.is_none() {
        return Ok(());
    }
    let Some(methods) = class.own("__abstractmethods__") else { return Ok(()) };
    let mut names: Vec<Str> = Vec::new();
    for name in ops::collect(vm, &methods)? {
        if let Value::Str(name) = name {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    names.sort();
    let plural = if names.len() == 1 { "" } else { "s" };
    let listed: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    Err(type_error(format!(
        "Can't instantiate abstract class {} without an implementation for abstract method{plural} \
         {}",
        class.name,
        listed.join(", ")
    )))
}

/// `__init__` as `object` and the other builtin types have it.
pub(in crate::interpreter) fn init_as_object(
    vm: &mut dyn Vm,
    object: &Value,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<()> {
    match object {
        Value::Exception(exception) => {
            *exception.args.borrow_mut() = Rc::new(args.into());
            Ok(())
        }
        Value::Instance(instance) => {
            let class = &instance.class;
            let base = class.builtin_base();
            match base.kind {
                TypeKind::Object => check_init(class, args, kwargs),
                TypeKind::Foreign => match base.construct {
                    Some(construct) if instance.payload.get().is_none() => {
                        let args = Arguments { positional: args, keywords: kwargs };
                        let payload = construct(vm, args)?;
                        let _already = instance.payload.set(payload);
                        Ok(())
                    }
                    _ => Ok(()),
                },
                _ => match instance.payload.get() {
                    Some(payload) => fill(vm, payload, args, kwargs),
                    None => Ok(()),
                },
            }
        }
        _ => Ok(()),
    }
}

fn check_init(class: &Class, args: &[Value], kwargs: Keywords<'_>) -> PyResult<()> {
    if args.is_empty() && kwargs.is_empty() {
        return Ok(());
    }
    let wants = "takes exactly one argument (the instance to initialize)";
    if overrides(class, Special::Init) {
        return Err(type_error(format!("object.__init__() {wants}")));
    }
    if !overrides(class, Special::New) {
        return Err(type_error(format!("{}.__init__() {wants}", class.name)));
    }
    Ok(())
}

/// What `list.__init__`, `dict.__init__` and `set.__init__` do with a fresh object.
fn fill(vm: &mut dyn Vm, payload: &Value, args: &[Value], kwargs: Keywords<'_>) -> PyResult<()> {
    match payload {
        Value::List(list) => {
            if let Some(items) = args.first() {
                let items = ops::collect(vm, items)?;
                *list.borrow_mut() = items;
                list.recount();
            }
        }
        Value::Dict(dict) => {
            if let Some(source) = args.first() {
                ops::dict_update(vm, dict, source)?;
            }
            for (name, value) in kwargs {
                ops::dict_set(vm, dict, Value::Str(name.clone()), value.clone())?;
            }
        }
        Value::Set(set) => {
            if let Some(items) = args.first() {
                ops::for_each(vm, items, &mut |vm, item| {
                    ops::set_add(vm, set, item).map(|_| true)
                })?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// What the class does not leave to `object`; found out once per version.
pub(in crate::interpreter) fn habits(class: &Class) -> Habits {
    let (version, known) = class.habits.get();
    if version == class.version.get() {
        return known;
    }
    let metaclass_calls =
        class.metaclass.as_ref().is_some_and(|metaclass| overrides(metaclass, Special::Call));
    let base = class.builtin_base().kind;
    let plain = !metaclass_calls
        && matches!(base, TypeKind::Object | TypeKind::Exception)
        && !overrides(class, Special::New)
        && class
            .own("__abstractmethods__")
            .is_none_or(|methods| matches!(methods, Value::FrozenSet(set) if set.is_empty()));
    let habits = Habits {
        getattribute: overrides(class, Special::GetAttribute),
        setattr: overrides(class, Special::SetAttr),
        delattr: overrides(class, Special::DelAttr),
        plain_init: plain
            && matches!(class.lookup(&Special::Init.name()), Some(Value::Function(_))),
        is_exception: base == TypeKind::Exception,
    };
    class.habits.set((class.version.get(), habits));
    habits
}

/// The `__init__` of a class whose calls make a plain instance or an exception and run that
/// function.
pub(in crate::interpreter) fn has_plain_init(class: &Class) -> Option<Rc<Function>> {
    {
        let (version, init) = &*class.kept_init.borrow();
        if *version == class.version.get() {
            return init.clone();
        }
    }
    let init = match class.lookup(&Special::Init.name()) {
        Some(Value::Function(init)) if habits(class).plain_init => Some(init),
        _ => None,
    };
    *class.kept_init.borrow_mut() = (class.version.get(), init.clone());
    init
}
