//! Methods of generators, coroutines and async generators: whoever runs the program does them.

use crate::program::value::{Arguments, Builtin, NativeFn, PyResult, Signature, Value, Vm};

macro_rules! methods {
    ($owner:literal: $($name:literal $signature:expr, $call:ident;)*) => {
        &[$(Builtin {
            name: $name,
            owner: Some($owner),
            signature: $signature,
            call: $call as NativeFn,
        }),*]
    };
}

macro_rules! calls {
    ($($call:ident $name:literal;)*) => {
        $(fn $call(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
            let (receiver, rest) = match args.positional {
                [receiver, rest @ ..] => (receiver, rest),
                [] => (&Value::None, &[][..]),
            };
            vm.generator(receiver, $name, rest)
        })*
    };
}

calls! {
    aiter "__aiter__";
    anext "__anext__";
    aclose "aclose";
    asend "asend";
    athrow "athrow";
    await_ "__await__";
    iter "__iter__";
    next "__next__";
    close "close";
    send "send";
    throw "throw";
}

/// Those of a generator.
pub(super) static METHODS: &[Builtin] = methods! { "generator":
    "__iter__" Signature::Nothing, iter;
    "__next__" Signature::Nothing, next;
    "close" Signature::Nothing, close;
    "send" Signature::One, send;
    "throw" Signature::Positional(1, 3), throw;
};

/// Those of a coroutine.
pub(super) static COROUTINE_METHODS: &[Builtin] = methods! { "coroutine":
    "__await__" Signature::Nothing, await_;
    "close" Signature::Nothing, close;
    "send" Signature::One, send;
    "throw" Signature::Positional(1, 3), throw;
};

/// Those of an async generator.
pub(super) static ASYNC_METHODS: &[Builtin] = methods! { "async_generator":
    "__aiter__" Signature::Nothing, aiter;
    "__anext__" Signature::Nothing, anext;
    "aclose" Signature::Nothing, aclose;
    "asend" Signature::One, asend;
    "athrow" Signature::Positional(1, 3), athrow;
};
