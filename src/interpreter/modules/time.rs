//! `time`: the virtual clock. Programs see UTC; the wall clock begins at the run's epoch.

use num_bigint::BigInt;

use super::clock::{Moment, SECOND, in_seconds, wall_nanos};
use super::sequence::{self, Shape, items_of};
use super::time_text::{self, Extra};
use super::{Native, function, world_of};
use crate::interpreter::builtins::text_argument;
use crate::interpreter::ops;
use crate::interpreter::spend;
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error};
use crate::program::instruction::Spend;
use crate::program::value::{
    Arguments, Builtin, OBJECT, PyResult,
    Signature::{Nothing, One, Positional},
    TypeKind, TypeObject, Value, Vm,
};
use crate::time::days_from_civil;

pub(super) static MODULE: Native = Native { name: "time", functions: &[FUNCTIONS], others };

static FUNCTIONS: &[Builtin] = &[
    function("asctime", Positional(0, 1), asctime),
    function("ctime", Positional(0, 1), ctime),
    function("gmtime", Positional(0, 1), |vm, args| broken_down(vm, args, "GMT")),
    function("localtime", Positional(0, 1), |vm, args| broken_down(vm, args, "UTC")),
    function("mktime", One, mktime),
    function("monotonic", Nothing, monotonic),
    function("monotonic_ns", Nothing, monotonic_ns),
    function("perf_counter", Nothing, monotonic),
    function("perf_counter_ns", Nothing, monotonic_ns),
    function("sleep", One, sleep),
    function("strftime", Positional(1, 2), strftime),
    function("strptime", Positional(1, 2), strptime),
    function("time", Nothing, time),
    function("time_ns", Nothing, time_ns),
];

static STRUCT_TIME: TypeObject = TypeObject {
    name: "struct_time",
    module: "time",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(new_struct_time),
};

static SHAPE: Shape = Shape {
    ty: &STRUCT_TIME,
    name: "time.struct_time",
    names: &[
        "tm_year",
        "tm_mon",
        "tm_mday",
        "tm_hour",
        "tm_min",
        "tm_sec",
        "tm_wday",
        "tm_yday",
        "tm_isdst",
        "tm_zone",
        "tm_gmtoff",
    ],
    len: 9,
};

fn others() -> Vec<(&'static str, Value)> {
    vec![
        ("altzone", Value::Int(0)),
        ("daylight", Value::Int(0)),
        ("struct_time", Value::Type(&STRUCT_TIME)),
        ("timezone", Value::Int(0)),
        ("tzname", Value::tuple([Value::from("UTC"), Value::from("UTC")])),
    ]
}

fn time(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Float(in_seconds(wall_nanos(vm)?)))
}

fn time_ns(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::int(BigInt::from(wall_nanos(vm)?)))
}

/// Virtual seconds since the run began, as the loop's own clock.
fn monotonic(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let now = world_of(vm)?.cx.now().as_nanos();
    Ok(Value::Float(in_seconds(i128::from(now))))
}

fn monotonic_ns(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::int(BigInt::from(world_of(vm)?.cx.now().as_nanos())))
}

/// Blocks the thread that calls it.
fn sleep(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let seconds = &args.positional[0];
    if ops::to_float(seconds)?.is_none() && ops::as_index(vm, seconds)?.is_none() {
        let newest = world_of(vm)?.python() >= crate::trace::PythonVersion::V3_14;
        let kind = seconds.type_name();
        let or_float = if newest { " or float" } else { "" };
        let error = format!("'{kind}' object cannot be interpreted as an integer{or_float}");
        return Err(type_error(error));
    }
    let duration = spend::duration(vm, Spend::Block, seconds)?;
    vm.block(duration)?;
    Ok(Value::None)
}

/// The moment an argument means: seconds since 1970, or now.
fn moment(vm: &mut dyn Vm, seconds: Option<&Value>) -> PyResult<Moment> {
    // The years 1 to 9999.
    const RANGE: std::ops::RangeInclusive<i128> = -62_135_596_800..=253_402_300_799;
    let seconds = match seconds {
        None | Some(Value::None) => wall_nanos(vm)?.div_euclid(SECOND),
        Some(seconds) => match ops::to_float(seconds)? {
            #[expect(clippy::cast_possible_truncation, reason = "a float beyond is cut")]
            Some(float) => float.floor() as i128,
            None => {
                return Err(type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    seconds.type_name()
                )));
            }
        },
    };
    match i64::try_from(seconds) {
        Ok(small) if RANGE.contains(&seconds) => Ok(Moment::of_seconds(small)),
        _ => Err(raise(&OVERFLOW_ERROR, "timestamp out of range for platform time_t")),
    }
}

fn ctime(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    moment(vm, args.positional.first()).map(|moment| Value::from(moment.ctime()))
}

fn struct_time(moment: &Moment, zone: &str) -> Value {
    let Moment { year, month, day, hour, minute, second, weekday, year_day } = *moment;
    let numbers = [year, month, day, hour, minute, second, weekday, year_day, 0];
    let mut items: Vec<Value> = numbers.into_iter().map(Value::Int).collect();
    items.extend([Value::from(zone), Value::Int(0)]);
    sequence::object(&SHAPE, items)
}

fn broken_down(vm: &mut dyn Vm, args: Arguments<'_>, zone: &str) -> PyResult<Value> {
    moment(vm, args.positional.first()).map(|moment| struct_time(&moment, zone))
}

fn new_struct_time(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [given] = args.positional else {
        return Err(type_error("structseq() missing required argument 'sequence' (pos 1)"));
    };
    let mut items = ops::collect(vm, given)?;
    if !(9..=11).contains(&items.len()) {
        let relation = if items.len() < 9 { "at least 9" } else { "at most 11" };
        return Err(type_error(format!(
            "time.struct_time() takes an {relation}-sequence ({}-sequence given)",
            items.len()
        )));
    }
    items.resize(11, Value::None);
    Ok(sequence::object(&SHAPE, items))
}

/// A moment out of a `struct_time` or a tuple like one.
fn moment_of(vm: &mut dyn Vm, value: &Value) -> PyResult<Moment> {
    let items = match (items_of(value), value) {
        (Some(items), _) => items.to_vec(),
        (None, Value::Tuple(items)) if items.len() == 9 => items.to_vec(),
        (None, Value::Tuple(_)) => return Err(type_error("Illegal time tuple argument")),
        _ => return Err(type_error("Tuple or struct_time argument required")),
    };
    let mut numbers = [0; 9];
    for (number, item) in numbers.iter_mut().zip(&items) {
        *number = ops::index_of(vm, item)?;
    }
    let [year, month, day, hour, minute, second, weekday, year_day, _] = numbers;
    Ok(Moment { year, month, day, hour, minute, second, weekday, year_day })
}

fn moment_or_now(vm: &mut dyn Vm, value: Option<&Value>) -> PyResult<Moment> {
    match value {
        None => moment(vm, None),
        Some(value) => moment_of(vm, value),
    }
}

fn asctime(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    moment_or_now(vm, args.positional.first()).map(|moment| Value::from(moment.ctime()))
}

#[expect(clippy::cast_precision_loss, reason = "a time in seconds is a float in Python")]
fn mktime(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let moment = moment_of(vm, &args.positional[0])?;
    Ok(Value::Float(moment.seconds() as f64))
}

fn strftime(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let format = text_argument("strftime", "argument 1", &args.positional[0])?.clone();
    let moment = moment_or_now(vm, args.positional.get(1))?;
    let zone = match args.positional.get(1).and_then(items_of).and_then(|items| items.get(9)) {
        Some(Value::Str(zone)) => zone.to_string(),
        _ => "UTC".to_owned(),
    };
    let extra = Extra { microsecond: None, offset: "+0000".to_owned(), zone };
    Ok(Value::from(time_text::format(&moment, &extra, &format)))
}

fn strptime(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = text_argument("strptime", "argument 0", &args.positional[0])?;
    let format = match args.positional.get(1) {
        Some(format) => text_argument("strptime", "argument 1", format)?.to_string(),
        None => "%a %b %d %H:%M:%S %Y".to_owned(),
    };
    let parsed = time_text::parse(text, &format)?;
    let year = parsed.year.unwrap_or(1900);
    let days = days_from_civil(year, parsed.month, parsed.day);
    let numbers = [
        year,
        parsed.month,
        parsed.day,
        parsed.hour,
        parsed.minute,
        parsed.second,
        (days + 3).rem_euclid(7),
        days - days_from_civil(year, 1, 1) + 1,
        -1,
    ];
    let mut items: Vec<Value> = numbers.into_iter().map(Value::Int).collect();
    items.extend([Value::None, parsed.offset.map_or(Value::None, Value::Int)]);
    Ok(sequence::object(&SHAPE, items))
}

/// What `datetime` needs of the clock.
pub(super) static FOR_DATETIME: Native =
    Native { name: "_datetime", functions: &[DATETIME_FUNCTIONS], others: Vec::new };

static DATETIME_FUNCTIONS: &[Builtin] = &[
    function("format", Positional(5, 5), format_datetime),
    function("now", Nothing, now_in_micros),
    function("parse", Positional(2, 2), parse_datetime),
    function("to_date", One, to_date),
    function("to_days", Positional(3, 3), to_days),
];

/// The wall clock in microseconds since 1970.
fn now_in_micros(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::int(BigInt::from(wall_nanos(vm)?.div_euclid(1000))))
}

/// Days since 1970 of a date.
fn to_days(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut numbers = [0; 3];
    for (number, value) in numbers.iter_mut().zip(args.positional) {
        *number = ops::index_of(vm, value)?.clamp(-1_000_000, 1_000_000);
    }
    Ok(Value::Int(days_from_civil(numbers[0], numbers[1], numbers[2])))
}

/// The date of a number of days since 1970.
fn to_date(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let days = ops::index_of(vm, &args.positional[0])?.clamp(-100_000_000, 100_000_000);
    let (year, month, day) = crate::time::civil_from_days(days);
    Ok(Value::tuple([Value::Int(year), Value::Int(month), Value::Int(day)]))
}

/// `format(format, (year, …, second), microsecond, offset, zone)`.
fn format_datetime(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [format, parts, micro, offset, zone] = args.positional else { return Ok(Value::None) };
    let mut numbers = [0; 6];
    for (number, value) in numbers.iter_mut().zip(ops::collect(vm, parts)?) {
        *number = ops::index_of(vm, &value)?.clamp(-1_000_000, 1_000_000);
    }
    let [year, month, day, hour, minute, second] = numbers;
    let mut moment = Moment::of_seconds(days_from_civil(year, month, day) * 86_400);
    (moment.hour, moment.minute, moment.second) = (hour, minute, second);
    let text = |value: &Value| match value {
        Value::Str(text) => text.to_string(),
        _ => String::new(),
    };
    let extra = Extra {
        microsecond: Some(ops::index_of(vm, micro)?),
        offset: text(offset),
        zone: text(zone),
    };
    let format = text_argument("strftime", "argument 1", format)?;
    Ok(Value::from(time_text::format(&moment, &extra, format)))
}

/// `parse(text, format)`: year, month, day, hour, minute, second, microsecond, offset or None.
fn parse_datetime(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [text, format] = args.positional else { return Ok(Value::None) };
    let text = text_argument("strptime", "argument 1", text)?;
    let format = text_argument("strptime", "argument 2", format)?;
    let parsed = time_text::parse(text, format)?;
    let numbers = [
        parsed.year.unwrap_or(1900),
        parsed.month,
        parsed.day,
        parsed.hour,
        parsed.minute,
        parsed.second,
        parsed.microsecond,
    ];
    let mut items: Vec<Value> = numbers.into_iter().map(Value::Int).collect();
    items.push(parsed.offset.map_or(Value::None, Value::Int));
    Ok(Value::tuple(items))
}
