use std::rc::Rc;

use super::mro::merge;
use super::slots::{self, Slots};
use super::supers::inherited;
use super::wrappers::{class_method, static_method};
use crate::interpreter::import::derivable;
use crate::interpreter::ops::{self, Special};
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, Builtin, Class, Keywords, OBJECT, PyResult, Signature, Stop, Str, Table, TypeKind,
    TypeObject, TypeRef, Value, Vm,
};

/// What a `class` statement calls: with the name, the bases, the namespace that its body has
/// filled, and the keywords as a dict or None.
pub static BUILD_CLASS: Builtin = Builtin {
    name: "__build_class__",
    owner: None,
    signature: Signature::Positional(3, 4),
    call: build_class_native,
};

fn build_class_native(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [Value::Str(name), Value::Tuple(bases), namespace @ Value::Dict(_), ..] = args.positional
    else {
        return Err(type_error("__build_class__: a name, bases and a namespace are wanted"));
    };
    let mut keywords = args.keywords.to_vec();
    if let Some(Value::Dict(more)) = args.positional.get(3) {
        for entry in more.borrow().iter() {
            if let Value::Str(name) = &entry.key {
                keywords.push((name.clone(), entry.value.clone()));
            }
        }
    }
    build_class(vm, name, bases, namespace, &keywords)
}

/// Makes a class: finds its metaclass, and lets that make it.
pub fn build_class(
    vm: &mut dyn Vm,
    name: &Str,
    bases: &[Value],
    namespace: &Value,
    keywords: Keywords<'_>,
) -> PyResult<Value> {
    let original = bases;
    let resolved = resolve_bases(vm, bases)?;
    let others = resolved.len() != original.len()
        || resolved.iter().zip(original).any(|(new, old)| !new.is(old));
    if others && let Value::Dict(namespace) = namespace {
        let bases = Value::tuple(original);
        ops::dict_set(vm, namespace, Value::from("__orig_bases__"), bases)?;
    }
    let given = keywords.iter().find(|(name, _)| name.as_str() == "metaclass");
    let rest: Vec<(Str, Value)> =
        keywords.iter().filter(|(name, _)| name.as_str() != "metaclass").cloned().collect();
    let metaclass = match given {
        Some((_, Value::Type(ty))) if ty.kind == TypeKind::Type => None,
        Some((_, Value::Class(class))) if is_metaclass(class) => Some(Rc::clone(class)),
        Some((_, other)) => {
            let args = [Value::Str(name.clone()), Value::tuple(resolved), namespace.clone()];
            return vm.call(other, &args, &rest);
        }
        None => None,
    };
    match most_derived(metaclass, &resolved)? {
        Some(metaclass) => {
            let args = [Value::Str(name.clone()), Value::tuple(resolved), namespace.clone()];
            vm.call(&Value::Class(metaclass), &args, &rest)
        }
        None => create(vm, name, &resolved, namespace, None, &rest),
    }
}

/// `type(name, bases, namespace)`, or `type.__new__(metaclass, name, bases, namespace)`.
pub(in crate::interpreter) fn type_call(
    vm: &mut dyn Vm,
    metaclass: Option<&Rc<Class>>,
    args: &[Value],
    keywords: Keywords<'_>,
) -> PyResult<Value> {
    let [name, bases, namespace] = args else {
        return Err(type_error("type() takes 1 or 3 arguments"));
    };
    let Value::Str(name) = name else { return Err(wrong_argument(1, "str", name)) };
    let Value::Tuple(bases) = bases else { return Err(wrong_argument(2, "tuple", bases)) };
    let Value::Dict(entries) = namespace else {
        return Err(wrong_argument(3, "dict", namespace));
    };
    let copy = entries.borrow().clone();
    let namespace = Value::Dict(Rc::new(crate::program::value::DictObject::new(copy)));
    if bases.iter().any(|base| !matches!(base, Value::Type(_) | Value::Class(_))) {
        let error = "type() doesn't support MRO entry resolution; use types.new_class()";
        return Err(type_error(error));
    }
    let derived = most_derived(metaclass.cloned(), bases)?;
    if let (None, Some(derived)) = (metaclass, &derived)
        && derived.lookup(&Special::New.name()).is_some()
    {
        // `type(…)` leaves it to the metaclass of the bases.
        return vm.call(&Value::Class(Rc::clone(derived)), args, keywords);
    }
    create(vm, name, bases, &namespace, derived, keywords)
}

#[cold]
fn wrong_argument(at: usize, wanted: &str, given: &Value) -> Stop {
    type_error(format!("type.__new__() argument {at} must be {wanted}, not {}", given.type_name()))
}

fn is_metaclass(class: &Rc<Class>) -> bool {
    class.builtin_base().kind == TypeKind::Type
}

/// What stands for the bases: `__mro_entries__` may say something else.
fn resolve_bases(vm: &mut dyn Vm, bases: &[Value]) -> PyResult<Vec<Value>> {
    let mut resolved = Vec::with_capacity(bases.len());
    for base in bases {
        if matches!(base, Value::Type(_) | Value::Class(_)) {
            resolved.push(base.clone());
            continue;
        }
        let args = [Value::tuple(bases)];
        let entries = match base {
            Value::Foreign(foreign) => {
                let name = Special::MroEntries.name();
                foreign.object.call_method(vm, base, &name, &args, &[])?
            }
            other => ops::call_special(vm, other, Special::MroEntries, &args)?,
        };
        match entries {
            Some(Value::Tuple(entries)) => resolved.extend(entries.iter().cloned()),
            Some(_) => return Err(type_error("__mro_entries__ must return a tuple")),
            None => resolved.push(base.clone()),
        }
    }
    Ok(resolved)
}

/// The metaclass that is derived from those of all bases.
fn most_derived(given: Option<Rc<Class>>, bases: &[Value]) -> PyResult<Option<Rc<Class>>> {
    let mut winner = given;
    for base in bases {
        let Value::Class(base) = base else { continue };
        let Some(candidate) = &base.metaclass else { continue };
        winner = Some(match winner {
            None => Rc::clone(candidate),
            Some(winner) if derives(&winner, candidate) => winner,
            Some(winner) if derives(candidate, &winner) => Rc::clone(candidate),
            Some(_) => {
                return Err(type_error(
                    "metaclass conflict: the metaclass of a derived class must be a (non-strict) \
                     subclass of the metaclasses of all its bases",
                ));
            }
        });
    }
    Ok(winner)
}

fn derives(class: &Rc<Class>, ancestor: &Rc<Class>) -> bool {
    let ancestor = TypeRef::Class(Rc::clone(ancestor));
    TypeRef::Class(Rc::clone(class)).is_subtype_of(&ancestor)
}

fn base_types(vm: &mut dyn Vm, bases: &[Value]) -> PyResult<Vec<TypeRef>> {
    let mut types = Vec::with_capacity(bases.len());
    for base in bases {
        types.push(match base {
            Value::Class(class) => TypeRef::Class(Rc::clone(class)),
            Value::Type(ty) if ty.kind == TypeKind::Foreign => match derivable(vm, ty)? {
                Some(Value::Class(class)) => TypeRef::Class(class),
                _ => TypeRef::Builtin(ty),
            },
            Value::Type(ty) if is_acceptable(ty) => TypeRef::Builtin(ty),
            Value::Type(ty) => {
                let error = format!("type '{}' is not an acceptable base type", ty.name);
                return Err(type_error(error));
            }
            _ => return Err(type_error("bases must be types")),
        });
    }
    if types.is_empty() {
        types.push(TypeRef::Builtin(&OBJECT));
    }
    Ok(types)
}

fn is_acceptable(ty: &TypeObject) -> bool {
    use TypeKind as K;
    matches!(
        ty.kind,
        K::Object
            | K::Type
            | K::Int
            | K::Float
            | K::Str
            | K::Bytes
            | K::Tuple
            | K::List
            | K::Dict
            | K::Set
            | K::FrozenSet
            | K::Exception
            | K::Foreign
    )
}

/// Two builtin types cannot both be what instances are made of.
fn check_layout(mro: &[TypeRef]) -> PyResult<()> {
    let mut base: Option<&'static TypeObject> = None;
    for ty in mro {
        let TypeRef::Builtin(ty) = ty else { continue };
        if matches!(ty.kind, TypeKind::Object | TypeKind::Foreign) {
            continue;
        }
        match base {
            None => base = Some(ty),
            Some(known)
                if known.is_subtype_of(ty)
                    || known.kind == TypeKind::Exception && ty.kind == TypeKind::Exception => {}
            Some(_) => {
                return Err(type_error("multiple bases have instance lay-out conflict"));
            }
        }
    }
    Ok(())
}

/// `type.__new__`
fn create(
    vm: &mut dyn Vm,
    name: &Str,
    bases: &[Value],
    namespace: &Value,
    metaclass: Option<Rc<Class>>,
    keywords: Keywords<'_>,
) -> PyResult<Value> {
    let bases = base_types(vm, bases)?;
    let mro = merge(&bases)?;
    check_layout(&mro)?;
    let mut attributes = match namespace {
        Value::Dict(namespace) => namespace.borrow().clone(),
        _ => Table::new(),
    };
    let cell = take(&mut attributes, "__classcell__");
    let qualname = match take(&mut attributes, "__qualname__") {
        Some(Value::Str(qualname)) => qualname,
        Some(other) => {
            let ty = other.type_name();
            return Err(type_error(format!("type __qualname__ must be a str, not {ty}")));
        }
        None => name.clone(),
    };
    complete(&mut attributes);
    let slots = slots::read(vm, &mut attributes, name)?;
    let has_dict = match &slots {
        Slots::None => true,
        Slots::Named { dict } => *dict || mro.iter().any(has_dict),
    };
    let class = Class::new(name.clone(), qualname, bases, mro, attributes, metaclass, has_dict);
    let value = Value::Class(Rc::clone(&class));
    if let Some(Value::Cell(cell)) = cell {
        *cell.0.borrow_mut() = Some(value.clone());
    }
    set_names(vm, &class, &value)?;
    init_subclass(vm, &class, keywords)?;
    Ok(value)
}

/// Whether instances of that type can have any attribute.
fn has_dict(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Class(class) => class.has_dict,
        TypeRef::Builtin(ty) => ty.kind == TypeKind::Exception,
    }
}

fn take(attributes: &mut Table<Value>, name: &str) -> Option<Value> {
    let at = attributes.find_str(&Str::from(name))?;
    attributes.remove(at).map(|entry| entry.value)
}

fn put(attributes: &mut Table<Value>, name: &str, value: Value) {
    attributes.set_str(&Str::from(name), value);
}

/// `staticmethod` or `classmethod`.
type Wrap = fn(Value) -> Value;

/// What every class has besides what its body says.
fn complete(attributes: &mut Table<Value>) {
    let has =
        |attributes: &Table<Value>, name: &str| attributes.find_str(&Str::from(name)).is_some();
    if !has(attributes, "__module__") {
        put(attributes, "__module__", Value::from("__main__"));
    }
    if !has(attributes, "__doc__") {
        put(attributes, "__doc__", Value::None);
    }
    if has(attributes, "__eq__") && !has(attributes, "__hash__") {
        put(attributes, "__hash__", Value::None);
    }
    let functions: [(&str, Wrap); 3] = [
        ("__new__", static_method),
        ("__init_subclass__", class_method),
        ("__class_getitem__", class_method),
    ];
    for (name, wrap) in functions {
        if let Some(function @ Value::Function(_)) = attributes.get_str(&Str::from(name)).cloned() {
            put(attributes, name, wrap(function));
        }
    }
}

/// Tells the attributes that want to know what they are called.
fn set_names(vm: &mut dyn Vm, class: &Rc<Class>, value: &Value) -> PyResult<()> {
    let entries: Vec<(Value, Value)> = class
        .attributes
        .borrow()
        .iter()
        .filter(|entry| matches!(entry.value, Value::Foreign(_) | Value::Instance(_)))
        .map(|entry| (entry.key.clone(), entry.value.clone()))
        .collect();
    for (key, attribute) in entries {
        let Value::Str(name) = &key else { continue };
        let told = match &attribute {
            Value::Foreign(foreign) => foreign.object.set_name(vm, value, name),
            other => {
                let args = [value.clone(), key.clone()];
                ops::call_special(vm, other, Special::SetName, &args).map(|_| ())
            }
        };
        if let Err(stop) = told {
            if let Some(exception) = stop.exception() {
                let note = format!(
                    "Error calling __set_name__ on '{}' instance '{name}' in '{}'",
                    attribute.type_name(),
                    class.name
                );
                crate::interpreter::methods::note(exception, Str::from(note))?;
            }
            return Err(stop);
        }
    }
    Ok(())
}

/// `super(class, class).__init_subclass__(**keywords)`
fn init_subclass(vm: &mut dyn Vm, class: &Rc<Class>, keywords: Keywords<'_>) -> PyResult<()> {
    let receiver = Value::Class(Rc::clone(class));
    let own = TypeRef::Class(Rc::clone(class));
    match inherited(vm, &own, &own, &receiver, &Special::InitSubclass.name())? {
        Some(method) => vm.call(&method, &[], keywords).map(|_| ()),
        None => Ok(()),
    }
}

/// The default `__init_subclass__`, which takes nothing.
pub(super) static INIT_SUBCLASS: Builtin = Builtin {
    name: "__init_subclass__",
    owner: None,
    signature: Signature::Free,
    call: |_, args| {
        if args.keywords.is_empty() && args.positional.len() <= 1 {
            return Ok(Value::None);
        }
        let name = match args.positional.first() {
            Some(Value::Class(class)) => class.name.clone(),
            _ => Str::from(OBJECT.name),
        };
        Err(type_error(if args.keywords.is_empty() {
            format!(
                "{name}.__init_subclass__() takes no arguments ({} given)",
                args.positional.len() - 1
            )
        } else {
            format!("{name}.__init_subclass__() takes no keyword arguments")
        }))
    },
};
