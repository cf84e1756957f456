//! Constants of a routine.

use num_bigint::BigInt;

/// A constant of a [`Code`](super::Code): plain data, made an object when the program is loaded.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// `None`
    None,
    /// `...`
    Ellipsis,
    /// `True` and `False`
    Bool(bool),
    /// An int of 64 bits.
    Int(i64),
    /// A larger int.
    BigInt(BigInt),
    /// A float.
    Float(f64),
    /// A str.
    Str(Box<str>),
    /// Bytes.
    Bytes(Box<[u8]>),
    /// A tuple of constants.
    Tuple(Box<[Constant]>),
    /// A builtin function or type, an exception type, a name of asyncio: found by its name when
    /// the program is loaded.
    Named(Box<str>),
}

impl Constant {
    /// Whether both are the same object to a program: `1` and `1.0` are not, `0.0` and `-0.0`
    /// neither, NaN is itself.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Tuple(a), Self::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_same(b))
            }
            _ => self == other,
        }
    }
}
