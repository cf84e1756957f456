use num_bigint::{BigInt, Sign};
use num_traits::{Signed, Zero};

use super::{methods, wrong_receiver};
use crate::interpreter::builtins::{bind_keywords, text_argument};
use crate::interpreter::ops::{self, Int};
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error, value_error};
use crate::program::value::{
    Arguments, Builtin, PyResult,
    Signature::{Free, Nothing},
    Value, Vm, heap,
};

methods! { METHODS "int":
    "as_integer_ratio" Nothing => as_integer_ratio;
    "bit_count" Nothing => bit_count;
    "bit_length" Nothing => bit_length;
    "conjugate" Nothing => conjugate;
    "is_integer" Nothing => is_integer;
    "to_bytes" Free => to_bytes;
}

/// `int.from_bytes`, which needs no receiver.
pub(super) static FROM_BYTES: Builtin =
    Builtin { name: "from_bytes", owner: None, signature: Free, call: from_bytes };

fn this<'a>(args: Arguments<'a>, method: &str) -> PyResult<Int<'a>> {
    let receiver = &args.positional[0];
    Int::of(receiver).ok_or_else(|| wrong_receiver(method, "int", receiver))
}

fn as_integer_ratio(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let numerator = Value::int(this(args, "as_integer_ratio")?.to_big().into_owned());
    Ok(Value::tuple([numerator, Value::Int(1)]))
}

fn bit_count(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(match this(args, "bit_count")? {
        Int::Small(int) => Value::Int(i64::from(int.unsigned_abs().count_ones())),
        Int::Big(int) => {
            let ones: u64 =
                int.magnitude().iter_u64_digits().map(|word| u64::from(word.count_ones())).sum();
            Value::Int(ones.cast_signed())
        }
    })
}

fn bit_length(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Int(this(args, "bit_length")?.bits().cast_signed()))
}

fn conjugate(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::int(this(args, "conjugate")?.to_big().into_owned()))
}

fn is_integer(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    this(args, "is_integer").map(|_| Value::Bool(true))
}

/// Whether `byteorder` says that the last byte comes first.
fn is_little(order: Option<&Value>, method: &str) -> PyResult<bool> {
    let Some(order) = order else { return Ok(false) };
    match text_argument(method, "argument 'byteorder'", order)?.as_str() {
        "little" => Ok(true),
        "big" => Ok(false),
        _ => Err(value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn to_bytes(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let int = this(args, "to_bytes")?.to_big().into_owned();
    let names = ["length", "byteorder", "signed"];
    let [length, order, signed] =
        bind_keywords("to_bytes", names, 2, 0, &args.positional[1..], args.keywords)?;
    let length = match &length {
        Some(length) => ops::index_of(vm, length)?,
        None => 1,
    };
    let Ok(length) = usize::try_from(length) else {
        return Err(value_error("length argument must be non-negative"));
    };
    heap::reserve(length as u64)?;
    let little = is_little(order.as_ref(), "to_bytes")?;
    let signed = match &signed {
        Some(signed) => ops::truth(vm, signed)?,
        None => false,
    };
    if int.is_negative() && !signed {
        return Err(raise(&OVERFLOW_ERROR, "can't convert negative int to unsigned"));
    }
    let mut data = match (signed, int.is_zero()) {
        (_, true) => Vec::new(),
        (true, _) => int.to_signed_bytes_le(),
        (false, _) => int.to_bytes_le().1,
    };
    if data.len() > length {
        return Err(raise(&OVERFLOW_ERROR, "int too big to convert"));
    }
    data.resize(length, if int.is_negative() { 0xff } else { 0 });
    if !little {
        data.reverse();
    }
    Ok(super::bytes::bytes(data))
}

fn from_bytes(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["bytes", "byteorder", "signed"];
    if args.positional.is_empty() && args.keywords.is_empty() {
        return Err(type_error("from_bytes() missing required argument 'bytes' (pos 1)"));
    }
    let [data, order, signed] =
        bind_keywords("from_bytes", names, 2, 1, args.positional, args.keywords)?;
    let data = data.unwrap_or(Value::None);
    let mut data = match &data {
        Value::Bytes(data) => data.to_vec(),
        Value::Str(_) => return Err(type_error("cannot convert 'str' object to bytes")),
        other => crate::interpreter::builtins::bytes_of_items(vm, other)?,
    };
    if !is_little(order.as_ref(), "from_bytes")? {
        data.reverse();
    }
    let signed = match &signed {
        Some(signed) => ops::truth(vm, signed)?,
        None => false,
    };
    Ok(Value::int(if signed {
        BigInt::from_signed_bytes_le(&data)
    } else {
        BigInt::from_bytes_le(Sign::Plus, &data)
    }))
}
