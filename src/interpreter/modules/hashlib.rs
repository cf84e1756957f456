//! The part of `hashlib` that is not written in Python: digests of bytes.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use super::{Native, function};
use crate::interpreter::methods;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{Arguments, Builtin, PyResult, Signature::Positional, Value, Vm};

pub(super) static MODULE: Native =
    Native { name: "_hashlib", functions: &[FUNCTIONS], others: Vec::new };

static FUNCTIONS: &[Builtin] = &[function("digest", Positional(2, 2), digest)];

/// `digest(name, data)`.
fn digest(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [Value::Str(name), data] = args.positional else { return Ok(Value::None) };
    let data = match data {
        Value::Bytes(data) => data,
        Value::Str(_) => {
            return Err(type_error("Strings must be encoded before hashing"));
        }
        _ => return Err(type_error("object supporting the buffer API required")),
    };
    vm.spend(data.len() as u64 / 64)?;
    let digest = match name.as_str() {
        "md5" => Md5::digest(&data[..]).to_vec(),
        "sha1" => Sha1::digest(&data[..]).to_vec(),
        "sha224" => Sha224::digest(&data[..]).to_vec(),
        "sha256" => Sha256::digest(&data[..]).to_vec(),
        "sha384" => Sha384::digest(&data[..]).to_vec(),
        "sha512" => Sha512::digest(&data[..]).to_vec(),
        other => return Err(value_error(format!("unsupported hash type {other}"))),
    };
    Ok(methods::bytes(digest))
}
