use std::fmt;
use std::rc::Rc;

use num_bigint::BigInt;

use super::{
    BoundMethod, Builtin, BytesObject, CellObject, Class, DictObject, DictView, Foreign, Function,
    GeneratorObject, Instance, IteratorObject, ListObject, Long, RangeObject, SetObject,
    SliceObject, Str, TupleObject, TypeObject, TypeRef,
};
use crate::program::exception::ExceptionObject;

/// A Python object.
#[derive(Clone)]
pub enum Value {
    /// No value: a variable that nothing was assigned to yet. A program never sees it.
    Unbound,
    /// `None`.
    None,
    /// `NotImplemented`.
    NotImplemented,
    /// `...`.
    Ellipsis,
    /// `True` and `False`.
    Bool(bool),
    /// An int that fits in 64 bits.
    Int(i64),
    /// A float.
    Float(f64),
    /// An int that does not fit in 64 bits; never one that does.
    BigInt(Rc<Long>),
    /// A str.
    Str(Str),
    /// Bytes.
    Bytes(Rc<BytesObject>),
    /// A tuple.
    Tuple(Rc<TupleObject>),
    /// A list.
    List(Rc<ListObject>),
    /// A dict.
    Dict(Rc<DictObject>),
    /// What `dict.keys()`, `.values()` and `.items()` return.
    DictView(Rc<DictView>),
    /// A set.
    Set(Rc<SetObject>),
    /// A frozenset.
    FrozenSet(Rc<SetObject>),
    /// A range.
    Range(Rc<RangeObject>),
    /// A slice.
    Slice(Rc<SliceObject>),
    /// An iterator of a builtin type.
    Iterator(Rc<IteratorObject>),
    /// A function of the program.
    Function(Rc<Function>),
    /// A function together with its first argument.
    BoundMethod(Rc<BoundMethod>),
    /// A native function or method.
    Builtin(&'static Builtin),
    /// A builtin type.
    Type(&'static TypeObject),
    /// A class of the program.
    Class(Rc<Class>),
    /// An instance of a class of the program.
    Instance(Rc<Instance>),
    /// An exception.
    Exception(Rc<ExceptionObject>),
    /// A generator, a coroutine or an async generator.
    Generator(Rc<GeneratorObject>),
    /// A variable shared between a function and those nested in it.
    Cell(Rc<CellObject>),
    /// An object of a library: a lock, a task, a module.
    Foreign(Rc<Foreign>),
}

const _: () = assert!(size_of::<Value>() == 16);
const _: () = assert!(size_of::<Option<Value>>() == 16);
const _: () = assert!(size_of::<super::PyResult<Value>>() == 16);

impl Value {
    /// Whether it is a number, a text, or a builtin container of such.
    pub fn is_plain(&self) -> bool {
        self.is_plain_within(4)
    }

    fn is_plain_within(&self, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        match self {
            Self::None | Self::Ellipsis | Self::Bool(_) | Self::Int(_) | Self::Float(_) => true,
            Self::BigInt(_) | Self::Str(_) | Self::Bytes(_) | Self::Range(_) => true,
            Self::Tuple(tuple) => tuple.iter().all(|item| item.is_plain_within(depth)),
            Self::List(list) => list.borrow().iter().all(|item| item.is_plain_within(depth)),
            Self::Dict(_) | Self::Set(_) | Self::FrozenSet(_) => true,
            _ => false,
        }
    }

    /// A str.
    #[inline]
    pub fn str(text: impl Into<Str>) -> Self {
        Self::Str(text.into())
    }

    /// A new list.
    #[inline]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(ListObject::new(items)))
    }

    /// A tuple.
    #[inline]
    pub fn tuple(items: impl Into<TupleObject>) -> Self {
        Self::Tuple(Rc::new(items.into()))
    }

    /// An int of any size.
    pub fn int(value: BigInt) -> Self {
        match i64::try_from(&value) {
            Ok(small) => Self::Int(small),
            Err(_) => Self::BigInt(Rc::new(Long::new(value))),
        }
    }

    /// The object's type.
    pub fn type_of(&self) -> TypeRef {
        match self {
            Self::Instance(instance) => TypeRef::Class(Rc::clone(&instance.class)),
            Self::Exception(exception) => exception.ty.clone(),
            Self::Class(class) if let Some(metaclass) = &class.metaclass => {
                TypeRef::Class(Rc::clone(metaclass))
            }
            other => TypeRef::Builtin(other.builtin_type()),
        }
    }

    /// The name of the object's type, as `type(value).__name__`.
    pub fn type_name(&self) -> Str {
        match self {
            Self::Instance(instance) => instance.class.name.clone(),
            Self::Exception(exception) => exception.ty.name(),
            Self::Class(class) if let Some(metaclass) = &class.metaclass => metaclass.name.clone(),
            other => Str::from(other.builtin_type().name),
        }
    }

    /// `is`: whether both are one object. Equal numbers and strs count as one, since whether
    /// `CPython` shares them is an accident.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None)
            | (Self::NotImplemented, Self::NotImplemented)
            | (Self::Ellipsis, Self::Ellipsis) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::Builtin(a), Self::Builtin(b)) => std::ptr::eq(*a, *b),
            (Self::Type(a), Self::Type(b)) => a == b,
            (Self::Tuple(a), Self::Tuple(b)) => Rc::ptr_eq(a, b) || a.is_empty() && b.is_empty(),
            _ => self.is_shared(other),
        }
    }

    fn is_shared(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::BigInt(a), Self::BigInt(b)) => Rc::ptr_eq(a, b),
            (Self::Bytes(a), Self::Bytes(b)) => Rc::ptr_eq(a, b),
            (Self::List(a), Self::List(b)) => Rc::ptr_eq(a, b),
            (Self::Dict(a), Self::Dict(b)) => Rc::ptr_eq(a, b),
            (Self::DictView(a), Self::DictView(b)) => Rc::ptr_eq(a, b),
            (Self::Set(a), Self::Set(b)) | (Self::FrozenSet(a), Self::FrozenSet(b)) => {
                Rc::ptr_eq(a, b)
            }
            (Self::Range(a), Self::Range(b)) => Rc::ptr_eq(a, b),
            (Self::Slice(a), Self::Slice(b)) => Rc::ptr_eq(a, b),
            (Self::Iterator(a), Self::Iterator(b)) => Rc::ptr_eq(a, b),
            (Self::Function(a), Self::Function(b)) => Rc::ptr_eq(a, b),
            (Self::BoundMethod(a), Self::BoundMethod(b)) => Rc::ptr_eq(a, b),
            (Self::Class(a), Self::Class(b)) => Rc::ptr_eq(a, b),
            (Self::Instance(a), Self::Instance(b)) => Rc::ptr_eq(a, b),
            (Self::Exception(a), Self::Exception(b)) => Rc::ptr_eq(a, b),
            (Self::Generator(a), Self::Generator(b)) => Rc::ptr_eq(a, b),
            (Self::Cell(a), Self::Cell(b)) => Rc::ptr_eq(a, b),
            (Self::Foreign(a), Self::Foreign(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }

    /// The builtin type that the object is made of.
    fn builtin_type(&self) -> &'static TypeObject {
        use super::types as t;
        match self {
            Self::Unbound | Self::None => &t::NONE_TYPE,
            Self::NotImplemented => &t::NOT_IMPLEMENTED_TYPE,
            Self::Ellipsis => &t::ELLIPSIS,
            Self::Bool(_) => &t::BOOL,
            Self::Int(_) | Self::BigInt(_) => &t::INT,
            Self::Float(_) => &t::FLOAT,
            Self::Str(_) => &t::STR,
            Self::Bytes(_) => &t::BYTES,
            Self::Tuple(_) => &t::TUPLE,
            Self::List(_) => &t::LIST,
            Self::Dict(_) => &t::DICT,
            Self::DictView(view) => view.type_object(),
            Self::Set(_) => &t::SET,
            Self::FrozenSet(_) => &t::FROZENSET,
            Self::Range(_) => &t::RANGE,
            Self::Slice(_) => &t::SLICE,
            Self::Iterator(iterator) => iterator.type_object(),
            Self::Function(_) => &t::FUNCTION,
            Self::BoundMethod(method) => method.type_object(),
            Self::Builtin(builtin) => builtin.type_object(),
            Self::Type(_) | Self::Class(_) => &t::TYPE,
            Self::Instance(_) => &t::OBJECT,
            Self::Exception(_) => &crate::program::exception::BASE_EXCEPTION,
            Self::Generator(generator) => generator.type_object(),
            Self::Cell(_) => &t::CELL,
            Self::Foreign(foreign) => foreign.object.type_object(),
        }
    }
}

impl fmt::Debug for Value {
    /// Short, so that cyclic values are no danger; `repr()` is in `interpreter::text`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::BigInt(value) => write!(f, "{}", ***value),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Str(value) => write!(f, "{:?}", value.as_str()),
            other => write!(f, "<{}>", other.type_name()),
        }
    }
}

impl From<TypeRef> for Value {
    fn from(ty: TypeRef) -> Self {
        match ty {
            TypeRef::Builtin(ty) => Self::Type(ty),
            TypeRef::Class(class) => Self::Class(class),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        match i64::try_from(value) {
            Ok(small) => Self::Int(small),
            Err(_) => Self::int(BigInt::from(value)),
        }
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Str(Str::from(value))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Str(Str::from(value))
    }
}

impl From<Str> for Value {
    fn from(value: Str) -> Self {
        Self::Str(value)
    }
}
