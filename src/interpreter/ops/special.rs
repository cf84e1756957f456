use super::attribute::bind;
use crate::program::value::{Keywords, PyResult, Str, TypeRef, Value, Vm};

macro_rules! specials {
    ($($name:ident $text:literal,)*) => {
        /// A method that an operator or a builtin looks for in the class of an object.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Special {
            $(#[doc = concat!("`", $text, "`.")] $name,)*
        }

        const TEXTS: &[&str] = &[$($text),*];
    };
}

specials! {
    Add "__add__", Sub "__sub__", Mul "__mul__", Div "__truediv__", FloorDiv "__floordiv__",
    Mod "__mod__", Pow "__pow__", LShift "__lshift__", RShift "__rshift__", And "__and__",
    Or "__or__", Xor "__xor__", MatMul "__matmul__", DivMod "__divmod__",
    RAdd "__radd__", RSub "__rsub__", RMul "__rmul__", RDiv "__rtruediv__",
    RFloorDiv "__rfloordiv__", RMod "__rmod__", RPow "__rpow__", RLShift "__rlshift__",
    RRShift "__rrshift__", RAnd "__rand__", ROr "__ror__", RXor "__rxor__",
    RMatMul "__rmatmul__", RDivMod "__rdivmod__",
    IAdd "__iadd__", ISub "__isub__", IMul "__imul__", IDiv "__itruediv__",
    IFloorDiv "__ifloordiv__", IMod "__imod__", IPow "__ipow__", ILShift "__ilshift__",
    IRShift "__irshift__", IAnd "__iand__", IOr "__ior__", IXor "__ixor__", IMatMul "__imatmul__",
    Eq "__eq__", Ne "__ne__", Lt "__lt__", Le "__le__", Gt "__gt__", Ge "__ge__",
    Neg "__neg__", Pos "__pos__", Invert "__invert__", Abs "__abs__", Round "__round__",
    Int "__int__", Float "__float__", Index "__index__", Bool "__bool__", Len "__len__",
    LengthHint "__length_hint__", Hash "__hash__", Contains "__contains__", Iter "__iter__",
    Next "__next__", Reversed "__reversed__", GetItem "__getitem__", SetItem "__setitem__",
    DelItem "__delitem__", ClassGetItem "__class_getitem__", Missing "__missing__",
    GetAttr "__getattr__", GetAttribute "__getattribute__", SetAttr "__setattr__",
    DelAttr "__delattr__", Get "__get__", Set "__set__", Delete "__delete__",
    Repr "__repr__", Str "__str__", Format "__format__", Bytes "__bytes__", Call "__call__",
    Floor "__floor__", Ceil "__ceil__", Trunc "__trunc__",
    Init "__init__", New "__new__", InitSubclass "__init_subclass__", SetName "__set_name__",
    MroEntries "__mro_entries__", Dir "__dir__", AIter "__aiter__", ANext "__anext__",
    Await "__await__", Del "__del__",
    InstanceCheck "__instancecheck__", SubclassCheck "__subclasscheck__",
}

thread_local! {
    static NAMES: Vec<Str> = TEXTS.iter().map(|text| Str::lasting(text)).collect();
}

impl Special {
    /// Its name.
    pub fn text(self) -> &'static str {
        TEXTS[self as usize]
    }

    /// Its name as a str, shared.
    pub fn name(self) -> Str {
        NAMES.with(|names| names[self as usize].clone())
    }
}

/// The attribute in the class of `value`, if that is a class of the program; not bound.
pub(in crate::interpreter) fn class_lookup(value: &Value, name: &Str) -> Option<Value> {
    match value {
        Value::Instance(instance) => instance.class.lookup(name),
        Value::Exception(exception) => match &exception.ty {
            TypeRef::Class(class) => class.lookup(name),
            TypeRef::Builtin(_) => None,
        },
        Value::Class(class) => class.metaclass.as_ref()?.lookup(name),
        _ => None,
    }
}

/// The object of a builtin type that an instance of a class of the program extends.
#[inline]
pub(in crate::interpreter) fn payload(value: &Value) -> Option<&Value> {
    match value {
        Value::Instance(instance) => instance.payload.get(),
        _ => None,
    }
}

/// Whether the class of `value` is one of the program.
#[inline]
pub(in crate::interpreter) fn is_instance(value: &Value) -> bool {
    match value {
        Value::Instance(_) => true,
        Value::Class(class) => class.metaclass.is_some(),
        Value::Exception(exception) => matches!(exception.ty, TypeRef::Class(_)),
        _ => false,
    }
}

/// Whether the class of `value` is one of the program and defines the method.
pub fn has_special(value: &Value, special: Special) -> bool {
    class_lookup(value, &special.name()).is_some_and(|found| !matches!(found, Value::None))
}

/// The method, bound to `value`, if the class of `value` is one of the program and defines it.
pub fn special_method(vm: &mut dyn Vm, value: &Value, special: Special) -> PyResult<Option<Value>> {
    match class_lookup(value, &special.name()) {
        Some(found) => bind(vm, found, value).map(Some),
        None => Ok(None),
    }
}

/// Calls the method, if the class of `value` is one of the program and defines it.
pub fn call_special(
    vm: &mut dyn Vm,
    value: &Value,
    special: Special,
    args: &[Value],
) -> PyResult<Option<Value>> {
    call_special_with(vm, value, special, args, &[])
}

/// The same with keyword arguments.
pub fn call_special_with(
    vm: &mut dyn Vm,
    value: &Value,
    special: Special,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Option<Value>> {
    let Some(found) = class_lookup(value, &special.name()) else {
        return Ok(None);
    };
    if let Value::Function(_) = found {
        let mut all = Vec::with_capacity(args.len() + 1);
        all.push(value.clone());
        all.extend_from_slice(args);
        return vm.call(&found, &all, kwargs).map(Some);
    }
    let bound = bind(vm, found, value)?;
    vm.call(&bound, args, kwargs).map(Some)
}
