use std::borrow::Cow;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::program::exception::{OVERFLOW_ERROR, raise};
use crate::program::value::{PyResult, Stop, Value};
use crate::trace::outcome::LimitKind;

/// The longest int, in bits. Longer ones take `CPython` minutes to work with, too.
pub(super) const MAX_BITS: u64 = 1 << 26;

/// An int of either size.
#[derive(Clone, Copy, Debug)]
pub enum Int<'a> {
    /// Within 64 bits.
    Small(i64),
    /// Outside.
    Big(&'a BigInt),
}

impl<'a> Int<'a> {
    /// The int that `value` is; bools are ints.
    #[inline]
    pub fn of(value: &'a Value) -> Option<Self> {
        match value {
            Value::Int(int) => Some(Self::Small(*int)),
            Value::Bool(bool) => Some(Self::Small(i64::from(*bool))),
            Value::BigInt(int) => Some(Self::Big(int)),
            _ => None,
        }
    }

    /// The int as one of any size.
    pub fn to_big(self) -> Cow<'a, BigInt> {
        match self {
            Self::Small(int) => Cow::Owned(BigInt::from(int)),
            Self::Big(int) => Cow::Borrowed(int),
        }
    }

    /// How many bits its magnitude has.
    pub fn bits(self) -> u64 {
        match self {
            Self::Small(int) => u64::from(u64::BITS - int.unsigned_abs().leading_zeros()),
            Self::Big(int) => int.bits(),
        }
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        matches!(self, Self::Small(0))
    }

    /// Whether it is below 0.
    pub fn is_negative(self) -> bool {
        match self {
            Self::Small(int) => int < 0,
            Self::Big(int) => int.sign() == num_bigint::Sign::Minus,
        }
    }
}

/// The int that `value` is, as one of any size.
pub fn to_big(value: &Value) -> Option<Cow<'_, BigInt>> {
    Int::of(value).map(Int::to_big)
}

/// The nearest float; an `OverflowError` when there is none.
#[expect(clippy::cast_precision_loss, reason = "rounding to nearest is what is wanted")]
pub fn int_to_float(int: Int<'_>) -> PyResult<f64> {
    match int {
        Int::Small(int) => Ok(int as f64),
        Int::Big(int) => match int.to_f64() {
            Some(float) if float.is_finite() => Ok(float),
            _ => Err(raise(&OVERFLOW_ERROR, "int too large to convert to float")),
        },
    }
}

/// The number `value` as a float; `None` if it is none.
#[inline]
pub fn to_float(value: &Value) -> PyResult<Option<f64>> {
    match value {
        Value::Float(float) => Ok(Some(*float)),
        Value::Instance(instance) => match instance.payload.get() {
            Some(payload) => to_float(payload),
            None => Ok(None),
        },
        other => Int::of(other).map(int_to_float).transpose(),
    }
}

/// A result, if it is not too long.
pub fn checked_int(int: BigInt) -> PyResult<Value> {
    check_bits(int.bits())?;
    Ok(Value::int(int))
}

/// Whether an int may have that many bits. To be asked before it is computed.
pub(in crate::interpreter) fn check_bits(bits: u64) -> PyResult<()> {
    if bits > MAX_BITS { Err(Stop::limit(LimitKind::Memory)) } else { Ok(()) }
}

/// `a + b` where that may not fit in 64 bits.
pub(super) fn add_ints(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    if let (Int::Small(a), Int::Small(b)) = (a, b)
        && let Some(sum) = a.checked_add(b)
    {
        return Ok(Value::Int(sum));
    }
    checked_int(a.to_big().as_ref() + b.to_big().as_ref())
}

/// `a - b` where that may not fit in 64 bits.
pub(super) fn sub_ints(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    if let (Int::Small(a), Int::Small(b)) = (a, b)
        && let Some(difference) = a.checked_sub(b)
    {
        return Ok(Value::Int(difference));
    }
    checked_int(a.to_big().as_ref() - b.to_big().as_ref())
}

/// `a * b` where that may not fit in 64 bits.
pub(super) fn mul_ints(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    if let (Int::Small(a), Int::Small(b)) = (a, b) {
        return Ok(match a.checked_mul(b) {
            Some(product) => Value::Int(product),
            None => Value::int(BigInt::from(i128::from(a) * i128::from(b))),
        });
    }
    check_bits(a.bits() + b.bits())?;
    Ok(Value::int(a.to_big().as_ref() * b.to_big().as_ref()))
}
