use super::special::{Special, call_special, payload};
use crate::program::exception::{INDEX_ERROR, OVERFLOW_ERROR, raise, type_error};
use crate::program::value::{PyResult, Value, Vm};

/// The int that `value` stands for where an index is wanted; `None` if it stands for none.
#[inline]
pub fn as_index(vm: &mut dyn Vm, value: &Value) -> PyResult<Option<Value>> {
    match value {
        Value::Int(_) | Value::BigInt(_) => Ok(Some(value.clone())),
        Value::Bool(bool) => Ok(Some(Value::Int(i64::from(*bool)))),
        Value::Instance(_) => match call_special(vm, value, Special::Index, &[])? {
            Some(index @ (Value::Int(_) | Value::BigInt(_))) => Ok(Some(index)),
            Some(other) => {
                Err(type_error(format!("__index__ returned non-int (type {})", other.type_name())))
            }
            None => match payload(value) {
                Some(payload) => as_index(vm, payload),
                None => Ok(None),
            },
        },
        _ => Ok(None),
    }
}

/// The int that `value` stands for, which must be one that fits in 64 bits.
#[inline]
pub fn index_of(vm: &mut dyn Vm, value: &Value) -> PyResult<i64> {
    if let Value::Int(int) = value {
        return Ok(*int);
    }
    match as_index(vm, value)? {
        Some(Value::Int(int)) => Ok(int),
        Some(_) => Err(raise(&OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
        None => Err(not_an_integer(value)),
    }
}

/// The error for what stands for no int.
#[cold]
pub(in crate::interpreter) fn not_an_integer(value: &Value) -> crate::program::value::Stop {
    type_error(format!("'{}' object cannot be interpreted as an integer", value.type_name()))
}

/// The int that `value` stands for, cut to 64 bits; `None` if it stands for none.
pub fn clamp_index(vm: &mut dyn Vm, value: &Value) -> PyResult<Option<i64>> {
    Ok(match as_index(vm, value)? {
        Some(Value::Int(int)) => Some(int),
        Some(Value::BigInt(int)) => Some(match int.sign() {
            num_bigint::Sign::Minus => i64::MIN,
            _ => i64::MAX,
        }),
        _ => None,
    })
}

/// A count: 0 for what is negative.
pub fn to_size(value: &Value) -> PyResult<usize> {
    match value {
        Value::Int(int) => Ok(usize::try_from(*int).unwrap_or(0)),
        Value::BigInt(int) if int.sign() == num_bigint::Sign::Minus => Ok(0),
        _ => Err(raise(&OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer")),
    }
}

/// The position that the index `value` means in something of `len` items; `None` if `value` is no
/// index, an `IndexError` if it means none.
#[inline]
pub(super) fn position(
    vm: &mut dyn Vm,
    value: &Value,
    len: usize,
    message: &'static str,
) -> PyResult<Option<usize>> {
    let index = match value {
        Value::Int(index) => *index,
        other => match as_index(vm, other)? {
            Some(Value::Int(index)) => index,
            Some(_) => {
                return Err(raise(&INDEX_ERROR, "cannot fit 'int' into an index-sized integer"));
            }
            None => return Ok(None),
        },
    };
    match normalized(index, len) {
        Some(position) => Ok(Some(position)),
        None => Err(raise(&INDEX_ERROR, message)),
    }
}

/// The position that `index` means in something of `len` items.
#[inline]
pub(in crate::interpreter) fn normalized(index: i64, len: usize) -> Option<usize> {
    let from_start = if index < 0 { index.checked_add_unsigned(len as u64)? } else { index };
    usize::try_from(from_start).ok().filter(|position| *position < len)
}
