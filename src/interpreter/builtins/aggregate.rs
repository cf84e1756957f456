use super::arguments::{bind_keywords, expected_at_least, unexpected_keyword};
use crate::interpreter::ops::{self, Compare, Int};
use crate::program::exception::{type_error, value_error};
use crate::program::value::{Arguments, PyResult, Value, Vm};

/// `all(iterable)`.
pub(super) fn all(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut result = true;
    ops::for_each(vm, &args.positional[0], &mut |vm, item| {
        result = ops::truth(vm, &item)?;
        Ok(result)
    })?;
    Ok(Value::Bool(result))
}

/// `any(iterable)`.
pub(super) fn any(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut result = false;
    ops::for_each(vm, &args.positional[0], &mut |vm, item| {
        result = ops::truth(vm, &item)?;
        Ok(!result)
    })?;
    Ok(Value::Bool(result))
}

/// A running sum: as long as everything is an int or a float, without making values.
enum Sum {
    Int(i64),
    /// The sum, and what rounding has lost so far.
    Float(f64, f64),
    Any(Value),
}

impl Sum {
    fn of(start: Value) -> Self {
        match start {
            Value::Int(int) => Self::Int(int),
            Value::Float(float) => Self::Float(float, 0.0),
            other => Self::Any(other),
        }
    }

    fn value(self) -> Value {
        match self {
            Self::Int(int) => Value::Int(int),
            Self::Float(sum, lost) if lost != 0.0 && lost.is_finite() => Value::Float(sum + lost),
            Self::Float(sum, _) => Value::Float(sum),
            Self::Any(value) => value,
        }
    }

    fn add(self, vm: &mut dyn Vm, item: &Value) -> PyResult<Self> {
        match (&self, item) {
            (Self::Int(sum), Value::Int(int)) if let Some(sum) = sum.checked_add(*int) => {
                Ok(Self::Int(sum))
            }
            (Self::Int(sum), Value::Bool(bool))
                if let Some(sum) = sum.checked_add((*bool).into()) =>
            {
                Ok(Self::Int(sum))
            }
            (Self::Float(sum, lost), Value::Float(float)) => Ok(compensated(*sum, *lost, *float)),
            (Self::Float(sum, lost), Value::Int(_) | Value::Bool(_)) => match Int::of(item) {
                Some(int) => Ok(compensated(*sum, *lost, ops::int_to_float(int)?)),
                None => Ok(self),
            },
            _ => {
                let sum = ops::add(vm, &self.value(), item)?;
                Ok(Self::of(sum))
            }
        }
    }
}

/// Neumaier's summation, which `CPython` uses since 3.12.
fn compensated(sum: f64, lost: f64, next: f64) -> Sum {
    let total = sum + next;
    let lost = if sum.abs() >= next.abs() {
        lost + ((sum - total) + next)
    } else {
        lost + ((next - total) + sum)
    };
    Sum::Float(total, lost)
}

/// `sum(iterable, start=0)`.
pub(super) fn sum(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    if args.positional.is_empty() {
        return Err(type_error("sum() takes at least 1 positional argument (0 given)"));
    }
    let [iterable, start] =
        bind_keywords("sum", ["iterable", "start"], 2, 1, args.positional, args.keywords)?;
    let start = start.unwrap_or(Value::Int(0));
    match &start {
        Value::Str(_) => {
            return Err(type_error("sum() can't sum strings [use ''.join(seq) instead]"));
        }
        Value::Bytes(_) => {
            return Err(type_error("sum() can't sum bytes [use b''.join(seq) instead]"));
        }
        _ => {}
    }
    let mut total = Some(Sum::of(start));
    ops::for_each(vm, &iterable.unwrap_or(Value::None), &mut |vm, item| {
        if let Some(sum) = total.take() {
            total = Some(sum.add(vm, &item)?);
        }
        Ok(true)
    })?;
    Ok(total.map_or(Value::None, Sum::value))
}

/// `max(…)`.
pub(super) fn max(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    extreme(vm, "max", Compare::Gt, args)
}

/// `min(…)`.
pub(super) fn min(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    extreme(vm, "min", Compare::Lt, args)
}

fn extreme(vm: &mut dyn Vm, name: &str, op: Compare, args: Arguments<'_>) -> PyResult<Value> {
    expected_at_least(name, args.positional.len(), 1)?;
    let (mut key, mut default) = (None, None);
    for (keyword, value) in args.keywords {
        match keyword.as_str() {
            "key" => key = Some(value).filter(|key| !matches!(key, Value::None)),
            "default" => default = Some(value),
            other => return Err(unexpected_keyword(name, other)),
        }
    }
    let single = args.positional.len() == 1;
    if default.is_some() && !single {
        return Err(type_error(format!(
            "Cannot specify a default for {name}() with multiple positional arguments"
        )));
    }
    let mut best: Option<(Value, Value)> = None;
    let mut consider = |vm: &mut dyn Vm, item: Value| -> PyResult<bool> {
        let rank = match key {
            Some(key) => vm.call(key, std::slice::from_ref(&item), &[])?,
            None => item.clone(),
        };
        let better = match &best {
            Some((_, best_rank)) => ops::test(vm, op, &rank, best_rank)?,
            None => true,
        };
        if better {
            best = Some((item, rank));
        }
        Ok(true)
    };
    if single {
        ops::for_each(vm, &args.positional[0], &mut consider)?;
    } else {
        for item in args.positional {
            consider(vm, item.clone())?;
        }
    }
    match (best, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(value_error(format!("{name}() iterable argument is empty"))),
    }
}
