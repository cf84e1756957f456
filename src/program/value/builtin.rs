use std::fmt;

use super::{Keywords, PyResult, TypeObject, Value, Vm, types};

/// The code of a native function.
pub type NativeFn = fn(&mut dyn Vm, Arguments<'_>) -> PyResult<Value>;

/// The arguments of a native call. For a method the receiver is the first.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a> {
    /// Those given by position.
    pub positional: &'a [Value],
    /// Those given by name.
    pub keywords: Keywords<'a>,
}

/// A native function, or a method of a builtin type.
pub struct Builtin {
    /// `__name__`.
    pub name: &'static str,
    /// The name of the type whose method it is.
    pub owner: Option<&'static str>,
    /// How many arguments it takes, which is checked before `call`.
    pub signature: Signature,
    /// What it does.
    pub call: NativeFn,
}

/// How many arguments a native function takes, besides a method's receiver. The kinds differ in
/// the words of `CPython`'s errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// None.
    Nothing,
    /// Exactly one.
    One,
    /// That many by position, none by name.
    Positional(u8, u8),
    /// The function looks for itself.
    Free,
}

impl Builtin {
    pub(super) fn type_object(&self) -> &'static TypeObject {
        if self.owner.is_some() { &types::METHOD_DESCRIPTOR } else { &types::BUILTIN_FUNCTION }
    }
}

impl fmt::Debug for Builtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<builtin {}>", self.name)
    }
}
