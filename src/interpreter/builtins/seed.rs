use num_bigint::BigInt;
use sha2::{Digest as _, Sha512};

use super::arguments::bind_as_method;
use crate::interpreter::ops;
use crate::program::exception::type_error;
use crate::program::value::{Arguments, PyResult, Value, Vm, hash};
use crate::rng::Stream;

/// `random.seed(a=None)`. Without a seed the stream goes on, because there is no entropy here to
/// begin a new one from.
pub(super) fn seed(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [given, version] =
        bind_as_method("Random.seed", ["a", "version"], 2, 0, args.positional, args.keywords)?;
    if let Some(version) = version
        && version.as_i64() != Some(2)
    {
        return Err(type_error("only version 2 of random.seed() is supported"));
    }
    let key = match given {
        None | Some(Value::None) => return Ok(Value::None),
        Some(Value::Str(text)) => key_of_bytes(text.as_bytes()),
        Some(Value::Bytes(data)) => key_of_bytes(&data),
        Some(Value::Float(float)) => BigInt::from(hash::of_float(float, 0).cast_unsigned()),
        Some(other) => match ops::to_big(&other) {
            Some(int) => int.into_owned(),
            None => {
                return Err(type_error(
                    "The only supported seed types are:\nNone, int, float, str, bytes, and \
                     bytearray.",
                ));
            }
        },
    };
    *vm.stream() = Stream::from_key(&key.magnitude().to_u32_digits());
    Ok(Value::None)
}

/// The int that text stands for as a seed: its bytes, then their digest.
fn key_of_bytes(data: &[u8]) -> BigInt {
    let digest = Sha512::digest(data);
    BigInt::from_bytes_be(num_bigint::Sign::Plus, &[data, &digest[..]].concat())
}
