//! The builtin types that are no exceptions, and what a type is.

use std::fmt;
use std::rc::Rc;

use super::{Class, NativeFn, Str};

/// A builtin type. Two are the same if they are the same object.
pub struct TypeObject {
    /// `__name__`.
    pub name: &'static str,
    /// `__module__`.
    pub module: &'static str,
    /// The bases.
    pub bases: &'static [&'static Self],
    /// Which type it is, to match on.
    pub kind: TypeKind,
    /// What calling a [`TypeKind::Foreign`] type does; `None` if that cannot be called.
    pub construct: Option<NativeFn>,
}

impl TypeObject {
    /// Whether it is `ancestor` or derived from it.
    pub fn is_subtype_of(&self, ancestor: &Self) -> bool {
        self == ancestor
            || ancestor.kind == TypeKind::Object
            || self.bases.iter().any(|base| base.is_subtype_of(ancestor))
    }
}

impl PartialEq for TypeObject {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for TypeObject {}

impl fmt::Debug for TypeObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<class '{}'>", self.name)
    }
}

/// A type: builtin, or of the program.
#[derive(Clone)]
pub enum TypeRef {
    /// A builtin type.
    Builtin(&'static TypeObject),
    /// A class of the program.
    Class(Rc<Class>),
}

impl TypeRef {
    /// `__name__`.
    pub fn name(&self) -> Str {
        match self {
            Self::Builtin(ty) => Str::from(ty.name),
            Self::Class(class) => class.name.clone(),
        }
    }

    /// Whether it is `ancestor` or derived from it.
    pub fn is_subtype_of(&self, ancestor: &Self) -> bool {
        match (self, ancestor) {
            (Self::Builtin(ty), Self::Builtin(ancestor)) => ty.is_subtype_of(ancestor),
            (Self::Builtin(_), Self::Class(_)) => false,
            (Self::Class(class), ancestor) => {
                self == ancestor
                    || class.is_subclass_of(ancestor)
                    || matches!(ancestor, Self::Builtin(ty) if ty.kind == TypeKind::Object)
            }
        }
    }

    /// Whether it is the builtin type `ancestor` or derived from it.
    pub fn is_a(&self, ancestor: &'static TypeObject) -> bool {
        self.is_subtype_of(&Self::Builtin(ancestor))
    }
}

impl PartialEq for TypeRef {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Builtin(a), Self::Builtin(b)) => a == b,
            (Self::Class(a), Self::Class(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl Eq for TypeRef {}

impl fmt::Debug for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<class '{}'>", self.name())
    }
}

impl From<&'static TypeObject> for TypeRef {
    fn from(ty: &'static TypeObject) -> Self {
        Self::Builtin(ty)
    }
}

macro_rules! types {
    ($($(#[$doc:meta])* $ident:ident $kind:ident $name:literal $(: $base:ident)?;)*) => {
        /// Which builtin type, to match on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TypeKind {
            /// An exception type.
            Exception,
            /// A type of a library.
            Foreign,
            $($(#[$doc])* #[doc = concat!("`", $name, "`.")] $kind,)*
        }

        $(
            $(#[$doc])*
            #[doc = concat!("`", $name, "`.")]
            pub static $ident: TypeObject = TypeObject {
                name: $name,
                module: "builtins",
                bases: types!(@bases $kind $($base)?),
                kind: TypeKind::$kind,
                construct: None,
            };
        )*

        /// The builtin types that are no exceptions.
        pub static BUILTIN_TYPES: &[&TypeObject] = &[$(&$ident),*];
    };
    (@bases Object) => { &[] };
    (@bases $kind:ident) => { &[&OBJECT] };
    (@bases $kind:ident $base:ident) => { &[&$base] };
}

types! {
    OBJECT Object "object";
    TYPE Type "type";
    NONE_TYPE NoneType "NoneType";
    NOT_IMPLEMENTED_TYPE NotImplementedType "NotImplementedType";
    ELLIPSIS Ellipsis "ellipsis";
    INT Int "int";
    BOOL Bool "bool": INT;
    FLOAT Float "float";
    STR Str "str";
    BYTES Bytes "bytes";
    TUPLE Tuple "tuple";
    LIST List "list";
    DICT Dict "dict";
    DICT_KEYS DictKeys "dict_keys";
    DICT_VALUES DictValues "dict_values";
    DICT_ITEMS DictItems "dict_items";
    SET Set "set";
    FROZENSET FrozenSet "frozenset";
    RANGE Range "range";
    SLICE Slice "slice";
    FUNCTION Function "function";
    METHOD Method "method";
    BUILTIN_FUNCTION BuiltinFunction "builtin_function_or_method";
    METHOD_DESCRIPTOR MethodDescriptor "method_descriptor";
    GENERATOR Generator "generator";
    COROUTINE Coroutine "coroutine";
    ASYNC_GENERATOR AsyncGenerator "async_generator";
    CELL Cell "cell";
    ENUMERATE Enumerate "enumerate";
    ZIP Zip "zip";
    MAP Map "map";
    FILTER Filter "filter";
    REVERSED Reversed "reversed";
    ITERATOR Iterator "iterator";
    CALLABLE_ITERATOR CallableIterator "callable_iterator";
    LIST_ITERATOR ListIterator "list_iterator";
    LIST_REVERSE_ITERATOR ListReverseIterator "list_reverseiterator";
    TUPLE_ITERATOR TupleIterator "tuple_iterator";
    RANGE_ITERATOR RangeIterator "range_iterator";
    STR_ITERATOR StrIterator "str_iterator";
    STR_ASCII_ITERATOR StrAsciiIterator "str_ascii_iterator";
    BYTES_ITERATOR BytesIterator "bytes_iterator";
    SET_ITERATOR SetIterator "set_iterator";
    DICT_KEY_ITERATOR DictKeyIterator "dict_keyiterator";
    DICT_VALUE_ITERATOR DictValueIterator "dict_valueiterator";
    DICT_ITEM_ITERATOR DictItemIterator "dict_itemiterator";
    DICT_REVERSE_KEY_ITERATOR DictReverseKeyIterator "dict_reversekeyiterator";
    DICT_REVERSE_VALUE_ITERATOR DictReverseValueIterator "dict_reversevalueiterator";
    DICT_REVERSE_ITEM_ITERATOR DictReverseItemIterator "dict_reverseitemiterator";
}
