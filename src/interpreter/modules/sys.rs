//! `sys`: what a simulated program may know of what runs it.

use std::rc::Rc;

use super::sequence::{self, Shape};
use super::streams::Stream;
use super::{Native, function, world_of};
use crate::interpreter::world::World;
use crate::program::exception::{ExceptionObject, SYSTEM_EXIT, type_error};
use crate::program::value::{
    Arguments, Builtin, OBJECT, PyResult,
    Signature::{Nothing, One, Positional},
    Stop, TypeKind, TypeObject, Value, Vm,
};
use crate::trace::PythonVersion;

pub(super) static MODULE: Native = Native { name: "sys", functions: &[FUNCTIONS, ASKING], others };

static FUNCTIONS: &[Builtin] = &[
    function("_is_gil_enabled", Nothing, |vm, _| Ok(Value::Bool(world_of(vm)?.settings.gil))),
    function("exit", Positional(0, 1), exit),
    function("getdefaultencoding", Nothing, |_, _| Ok(Value::from("utf-8"))),
    function("getrecursionlimit", Nothing, |_, _| Ok(Value::Int(1000))),
    function("getswitchinterval", Nothing, switch_interval),
    function("intern", One, |_, args| match &args.positional[0] {
        text @ Value::Str(_) => Ok(text.clone()),
        other => {
            Err(type_error(format!("intern() argument must be str, not {}", other.type_name())))
        }
    }),
];

/// Those that ask whoever runs the program where it is.
pub(super) static ASKING: &[Builtin] =
    &[function("exc_info", Nothing, exc_info), function("exception", Nothing, exception)];

static VERSION_TYPE: TypeObject = TypeObject {
    name: "version_info",
    module: "sys",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

static FLOAT_TYPE: TypeObject = TypeObject {
    name: "float_info",
    module: "sys",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

static FLOAT: Shape = Shape {
    ty: &FLOAT_TYPE,
    name: "sys.float_info",
    names: &[
        "max",
        "max_exp",
        "max_10_exp",
        "min",
        "min_exp",
        "min_10_exp",
        "dig",
        "mant_dig",
        "epsilon",
        "radix",
        "rounds",
    ],
    len: 11,
};

/// What a float can hold: those of `CPython` are the machine's, which are these everywhere.
fn float_info() -> Value {
    let int = |number: i32| Value::Int(i64::from(number));
    let parts = vec![
        Value::Float(f64::MAX),
        int(f64::MAX_EXP),
        int(f64::MAX_10_EXP),
        Value::Float(f64::MIN_POSITIVE),
        int(f64::MIN_EXP),
        int(f64::MIN_10_EXP),
        Value::Int(i64::from(f64::DIGITS)),
        Value::Int(i64::from(f64::MANTISSA_DIGITS)),
        Value::Float(f64::EPSILON),
        Value::Int(i64::from(f64::RADIX)),
        Value::Int(1),
    ];
    sequence::object(&FLOAT, parts)
}

static VERSION: Shape = Shape {
    ty: &VERSION_TYPE,
    name: "sys.version_info",
    names: &["major", "minor", "micro", "releaselevel", "serial"],
    len: 5,
};

fn others() -> Vec<(&'static str, Value)> {
    let mut others = vec![
        ("byteorder", Value::from("little")),
        ("float_info", float_info()),
        ("maxsize", Value::Int(i64::MAX)),
        ("maxunicode", Value::Int(0x0010_ffff)),
        ("platform", Value::from("linux")),
    ];
    for stream in Stream::BOTH {
        others.push((stream.name(), stream.object()));
    }
    others
}

/// The minor number of a modelled version.
pub(super) fn minor(version: PythonVersion) -> i64 {
    match version.name().rsplit_once('.') {
        Some((_, minor)) => minor.parse().unwrap_or(14),
        None => 14,
    }
}

/// What is different from run to run.
pub(super) fn of_run(world: &Rc<World>) -> Vec<(&'static str, Value)> {
    let minor = minor(world.python());
    let version =
        [Value::Int(3), Value::Int(minor), Value::Int(0), Value::from("final"), Value::Int(0)];
    let file = world.source(0).map_or_else(String::new, |file| file.name().to_owned());
    vec![
        (
            "argv",
            Value::list(
                std::iter::once(&file)
                    .chain(&world.settings.arguments)
                    .map(|text| Value::from(text.as_str()))
                    .collect(),
            ),
        ),
        ("hexversion", Value::Int(0x0300_00f0 | minor << 16)),
        ("version", Value::from(format!("3.{minor}.0 (simulated)"))),
        ("version_info", sequence::object(&VERSION, version.to_vec())),
    ]
}

/// `sys.exit(status)`.
pub(in crate::interpreter) fn exit(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let exit = ExceptionObject::new(&SYSTEM_EXIT, args.positional.to_vec());
    let code = args.positional.first().cloned().unwrap_or(Value::None);
    exit.set_attribute("code", code);
    Err(Stop::from(Rc::new(exit)))
}

fn switch_interval(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let nanos = world_of(vm)?.cx.config().switch_interval.as_nanos();
    Ok(Value::Float(super::clock::in_seconds(i128::from(nanos))))
}

/// `sys.exception()`: what is being handled.
fn exception(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(vm.asked().handled.map_or(Value::None, Value::Exception))
}

/// `sys.exc_info()`.
fn exc_info(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let Some(raised) = vm.asked().handled else {
        return Ok(Value::tuple([Value::None, Value::None, Value::None]));
    };
    let ty = Value::from(raised.ty.clone());
    let value = Value::Exception(raised);
    let traceback = crate::interpreter::ops::get_attribute(
        vm,
        &value,
        &crate::program::value::Str::from("__traceback__"),
    )?;
    Ok(Value::tuple([ty, value, traceback]))
}
