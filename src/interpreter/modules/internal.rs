//! `_loopsim`: what the modules written in Python need of the interpreter.

use std::rc::Rc;

use super::{Native, function, world_of};
use crate::interpreter::failure;
use crate::interpreter::ops::{self, Special};
use crate::program::code::CodeKind;
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, Builtin, PyResult,
    Signature::{Nothing, One, Positional},
    Str, TypeKind, TypeObject, Value, Vm,
};

pub(super) static MODULE: Native =
    Native { name: "_loopsim", functions: &[FUNCTIONS, ASKING], others: Vec::new };

static FUNCTIONS: &[Builtin] = &[
    function("at_exit", One, at_exit),
    function("closest", Positional(2, 2), closest),
    function("frames", One, frames),
    function("function_kind", One, function_kind),
    function("has_methods", Positional(2, 2), has_methods),
    function("network", Nothing, network),
    function("seed", Nothing, |vm, _| {
        Ok(Value::int(num_bigint::BigInt::from(world_of(vm)?.settings.seed)))
    }),
    function("source_line", Positional(2, 2), source_line),
    function("traceback", Positional(1, 1), traceback),
];

/// Those that ask whoever runs the program where it is.
pub(super) static ASKING: &[Builtin] = &[function("callers", Nothing, callers)];

/// What is different from run to run.
pub(super) fn of_run(world: &Rc<super::World>) -> Vec<(&'static str, Value)> {
    let minor = super::sys::minor(world.python());
    let cores = i64::from(world.cx.config().cores);
    vec![
        ("cores", Value::Int(cores)),
        ("version", Value::tuple([Value::Int(3), Value::Int(minor)])),
    ]
}

/// A function that is called when the program is over.
fn at_exit(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    world_of(vm)?.modules.at_exit.borrow_mut().push(args.positional[0].clone());
    Ok(Value::None)
}

/// What a call of a function makes: a coroutine, a generator, an async generator, or nothing.
fn function_kind(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let Value::Function(function) = &args.positional[0] else { return Ok(Value::None) };
    let world = world_of(vm)?;
    Ok(Value::from(match world.image.code(function.code).code.kind {
        CodeKind::Coroutine => "coroutine",
        CodeKind::Generator => "generator",
        CodeKind::AsyncGenerator => "async_generator",
        CodeKind::Function | CodeKind::Module => "function",
    }))
}

/// The latency of a connection in seconds, and its bandwidth in bytes a second or None.
fn network(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let settings = &world_of(vm)?.settings;
    let latency = crate::interpreter::spend::seconds(settings.latency.as_nanos());
    let bandwidth = settings.bandwidth.map_or(Value::None, |rate| Value::int(rate.into()));
    Ok(Value::tuple([Value::Float(latency), bandwidth]))
}

/// The name among others that is nearest to a wrong one.
fn closest(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let known = ops::collect(vm, &args.positional[1])?;
    let known: Vec<&str> = known
        .iter()
        .filter_map(|name| if let Value::Str(name) = name { Some(name.as_str()) } else { None })
        .collect();
    match &args.positional[0] {
        Value::Str(wrong) => Ok(nearest(wrong, &known).map_or(Value::None, Value::from)),
        _ => Ok(Value::None),
    }
}

/// The name that `CPython` suggests for a wrong one.
///
/// Source: `CPython` `Python/suggestions.c`: a change costs 2, one of case 1.
fn nearest<'n>(wrong: &str, known: &[&'n str]) -> Option<&'n str> {
    let mut best = None;
    let mut least = usize::MAX;
    for name in known.iter().filter(|name| **name != wrong) {
        let most = (wrong.chars().count() + name.chars().count() + 3) * 2 / 6;
        let distance = distance(wrong, name);
        if distance <= most && distance < least {
            (best, least) = (Some(*name), distance);
        }
    }
    best
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).map(|at| at * 2).collect();
    for (i, a) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = (i + 1) * 2;
        for (j, b) in b.iter().enumerate() {
            let change = match (a == *b, a.eq_ignore_ascii_case(b)) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            let cost = (before + change).min(row[j] + 2).min(row[j + 1] + 2);
            before = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// The traceback of an exception, as it is printed.
fn traceback(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let Value::Exception(raised) = &args.positional[0] else {
        return Err(type_error("an exception is wanted"));
    };
    let world = world_of(vm)?;
    Ok(Value::from(failure::traceback(&world, raised)))
}

/// The places that a traceback tells of, outermost first: file, line, function, the line of the
/// source, and all that is printed of it.
fn frames(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let Some(frames) = crate::interpreter::traceback::frames_of(&args.positional[0]) else {
        return Err(type_error("a traceback is wanted"));
    };
    let world = world_of(vm)?;
    let told = frames.iter().rev().map(|frame| {
        let line = failure::traceback_line(&world, frame);
        let text = crate::trace::frame_lines(std::slice::from_ref(&line)).join("\n");
        Value::tuple(vec![
            Value::from(line.file),
            Value::Int(i64::from(line.line)),
            Value::from(line.function),
            Value::from(line.source),
            Value::from(text + "\n"),
        ])
    });
    Ok(Value::list(told.collect()))
}

/// Where the program is: file, line and function, the innermost first.
fn callers(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    let places = vm.asked().places;
    let places = places.into_iter().rev().map(|(site, function)| {
        let place = world.site(site);
        let file = place.and_then(|place| world.source(place.source));
        Value::tuple([
            Value::from(file.map_or("", |file| file.name())),
            Value::Int(place.map_or(0, |place| i64::from(place.line))),
            Value::Str(function),
        ])
    });
    Ok(Value::list(places.collect()))
}

/// A line of a file of the program.
fn source_line(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    let line = ops::index_of(vm, &args.positional[1])?;
    let (Value::Str(name), Ok(line)) = (&args.positional[0], u32::try_from(line)) else {
        return Ok(Value::from(""));
    };
    let mut index = 0;
    while let Some(file) = world.source(index) {
        if file.name() == name.as_str() {
            return Ok(Value::from(file.line(line).trim()));
        }
        index += 1;
    }
    Ok(Value::from(""))
}

/// Whether objects of a type have all these methods.
fn has_methods(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ops::collect(vm, &args.positional[1])?;
    for name in names {
        let Value::Str(name) = name else { continue };
        if !has_method(&args.positional[0], &name) {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

fn has_method(ty: &Value, name: &Str) -> bool {
    match ty {
        Value::Type(ty) => type_has(ty, name),
        Value::Class(class) => match class.lookup(name) {
            Some(Value::None) => false,
            Some(_) => true,
            None => type_has(class.builtin_base(), name),
        },
        _ => false,
    }
}

fn type_has(ty: &'static TypeObject, name: &Str) -> bool {
    use TypeKind as K;
    if name.as_str() == Special::Hash.text() {
        return !matches!(ty.kind, K::List | K::Dict | K::Set) && ty.name != "deque";
    }
    let container = matches!(
        ty.kind,
        K::List
            | K::Tuple
            | K::Dict
            | K::DictKeys
            | K::DictValues
            | K::DictItems
            | K::Set
            | K::FrozenSet
            | K::Range
            | K::Str
            | K::Bytes
    ) || ty.name == "deque";
    let iterator = matches!(
        ty.kind,
        K::Generator
            | K::Enumerate
            | K::Zip
            | K::Map
            | K::Filter
            | K::Reversed
            | K::Iterator
            | K::CallableIterator
    ) || ty.name.ends_with("iterator") && ty.kind != K::AsyncGenerator
        || ty.module == "itertools";
    let waits = ty.kind == K::Coroutine
        || ty.name == "coroutine"
        || matches!(ty.name, "Future" | "Task") && ty.module.contains("asyncio");
    match name.as_str() {
        "__iter__" => container || iterator || waits && ty.name != "coroutine",
        "__next__" => iterator,
        "__len__" => container,
        "__contains__" => container && ty.kind != K::DictValues,
        "__reversed__" => {
            container && !matches!(ty.kind, K::Set | K::FrozenSet | K::Str | K::Bytes | K::Tuple)
        }
        "__call__" => {
            matches!(
                ty.kind,
                K::Function | K::Method | K::BuiltinFunction | K::MethodDescriptor | K::Type
            ) || matches!(ty.name, "partial" | "itemgetter" | "attrgetter" | "methodcaller")
        }
        "__await__" => waits,
        "send" | "throw" | "close" => {
            matches!(ty.kind, K::Generator | K::Coroutine) || ty.name == "coroutine"
        }
        "__aiter__" | "__anext__" | "asend" | "athrow" | "aclose" => ty.kind == K::AsyncGenerator,
        _ => crate::interpreter::methods::type_attribute(ty, name).is_some(),
    }
}
