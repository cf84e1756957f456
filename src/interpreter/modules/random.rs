//! `random`: the program's stream, and generators of its own.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::{Native, function, world_of};
use crate::interpreter::builtins::{RANDOM_FUNCTIONS, invoke};
use crate::interpreter::methods;
use crate::interpreter::ops;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{
    Arguments, Builtin, Foreign, ForeignObject, Keywords, OBJECT, PyResult,
    Signature::{Nothing, One},
    Str, TypeKind, TypeObject, Value, Vm, heap,
};
use crate::rng::Stream;

pub(super) static MODULE: Native =
    Native { name: "random", functions: &[RANDOM_FUNCTIONS, FUNCTIONS], others };

static FUNCTIONS: &[Builtin] = &[
    function("getstate", Nothing, get_state),
    function("randbytes", One, rand_bytes),
    function("setstate", One, set_state),
];

fn others() -> Vec<(&'static str, Value)> {
    vec![("Random", Value::Type(&RANDOM_TYPE))]
}

static RANDOM_TYPE: TypeObject = TypeObject {
    name: "Random",
    module: "random",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(new_random),
};

static STATE_TYPE: TypeObject = TypeObject {
    name: "tuple",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// `random.Random`: a stream of its own.
#[derive(Debug)]
struct RandomObject(RefCell<Stream>);

/// What `getstate()` returns: a stream as it was, which can be given back and nothing else.
#[derive(Debug)]
struct StateObject(Stream);

fn find(name: &str) -> Option<&'static Builtin> {
    RANDOM_FUNCTIONS.iter().chain(FUNCTIONS).find(|function| function.name == name)
}

/// `random.Random(x=None)`. Without a seed the stream is one of the run's seed.
fn new_random(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let stream = unseeded(vm)?;
    let random = RandomObject(RefCell::new(stream));
    let seeded = args.keywords.iter().any(|(name, _)| name.as_str() == "x");
    let keywords: Vec<(Str, Value)> = match seeded {
        true => args.keywords.iter().map(|(_, value)| (Str::from("a"), value.clone())).collect(),
        false => args.keywords.to_vec(),
    };
    if let Some(seed) = find("seed") {
        random.with_stream(vm, |vm| invoke(vm, seed, args.positional, &keywords))?;
    }
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(random)))))
}

fn unseeded(vm: &mut dyn Vm) -> PyResult<Stream> {
    let world = world_of(vm)?;
    let made = world.modules.unseeded.get().wrapping_add(1);
    world.modules.unseeded.set(made);
    let seed = world.settings.seed;
    let low = u32::try_from(seed & 0xffff_ffff).unwrap_or(0);
    let high = u32::try_from(seed >> 32).unwrap_or(0);
    Ok(Stream::from_key(&[low, high, made]))
}

impl RandomObject {
    /// Runs with this stream as the program's.
    fn with_stream<T>(&self, vm: &mut dyn Vm, run: impl FnOnce(&mut dyn Vm) -> T) -> T {
        std::mem::swap(&mut *vm.stream(), &mut *self.0.borrow_mut());
        let result = run(vm);
        std::mem::swap(&mut *vm.stream(), &mut *self.0.borrow_mut());
        result
    }
}

impl ForeignObject for RandomObject {
    fn type_object(&self) -> &'static TypeObject {
        &RANDOM_TYPE
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        match find(name) {
            Some(function) => {
                self.with_stream(vm, |vm| invoke(vm, function, args, kwargs)).map(Some)
            }
            None => Ok(None),
        }
    }

    fn has_method(&self, name: &str) -> bool {
        find(name).is_some()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl ForeignObject for StateObject {
    fn type_object(&self) -> &'static TypeObject {
        &STATE_TYPE
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let Value::Foreign(other) = other else { return Some(false) };
        let other = other.object.as_any().downcast_ref::<Self>();
        Some(other.is_some_and(|other| other.0 == self.0))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn get_state(vm: &mut dyn Vm, _args: Arguments<'_>) -> PyResult<Value> {
    let state = StateObject(vm.stream().clone());
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(state)))))
}

fn set_state(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    if let Value::Foreign(foreign) = &args.positional[0]
        && let Some(state) = foreign.object.as_any().downcast_ref::<StateObject>()
    {
        vm.stream().clone_from(&state.0);
        return Ok(Value::None);
    }
    Err(type_error("state vector must be a tuple"))
}

/// `random.randbytes(n)`.
fn rand_bytes(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let count = ops::index_of(vm, &args.positional[0])?;
    let Ok(count) = usize::try_from(count) else {
        return Err(value_error("Cannot convert negative int"));
    };
    heap::reserve(count as u64)?;
    vm.spend(count as u64 / 4)?;
    let mut data = Vec::with_capacity(count);
    // The words of `getrandbits(8 * n)`, the lowest first; the last one gives its highest bits.
    while data.len() < count {
        let left = count - data.len();
        let word = vm.stream().next_u32();
        let word = if left < 4 { word >> (32 - 8 * left) } else { word };
        data.extend_from_slice(&word.to_le_bytes()[..left.min(4)]);
    }
    Ok(methods::bytes(data))
}
