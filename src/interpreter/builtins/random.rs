//! The functions of Python's `random`, number for number.
//!
//! Source: `CPython` `Lib/random.py`. Calls of `log`, `cos` and their kin go to the platform's
//! library, as `CPython`'s do.

use std::collections::BTreeSet;
use std::rc::Rc;

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::arguments::bind_as_method;
use super::distributions::{self, next_random};
use super::seed::seed;
use crate::interpreter::ops::{self, Int};
use crate::interpreter::world::World;
use crate::program::exception::{INDEX_ERROR, raise, type_error, value_error};
use crate::program::value::{
    Arguments, Builtin, NativeFn, PyResult,
    Signature::{self, Free, One as Single},
    Value, Vm, heap,
};

const fn function(name: &'static str, signature: Signature, call: NativeFn) -> Builtin {
    Builtin { name, owner: None, signature, call }
}

/// The functions of `random`, in the order of their names.
pub static RANDOM_FUNCTIONS: &[Builtin] = &[
    function("betavariate", Free, distributions::beta),
    function("choice", Single, choice),
    function("choices", Free, choices),
    function("expovariate", Free, distributions::exponential),
    function("gammavariate", Free, distributions::gamma),
    function("gauss", Free, distributions::gauss),
    function("getrandbits", Single, get_rand_bits),
    function("lognormvariate", Free, distributions::log_normal),
    function("normalvariate", Free, distributions::normal),
    function("paretovariate", Free, distributions::pareto),
    function("randint", Free, rand_int),
    function("random", Free, random),
    function("randrange", Free, rand_range),
    function("sample", Free, sample),
    function("seed", Free, seed),
    function("shuffle", Single, shuffle),
    function("triangular", Free, distributions::triangular),
    function("uniform", Free, distributions::uniform),
    function("vonmisesvariate", Free, distributions::von_mises),
    function("weibullvariate", Free, distributions::weibull),
];

fn random(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let given = args.positional.len() + args.keywords.len();
    if given > 0 {
        return Err(type_error(format!("Random.random() takes no arguments ({given} given)")));
    }
    Ok(Value::Float(next_random(vm)))
}

/// `_randbelow(n)` for an int of any size above 0.
fn below(vm: &mut dyn Vm, n: &BigInt) -> BigInt {
    if let Some(small) = n.to_u64() {
        let world = vm.runtime().downcast_ref::<Rc<World>>();
        let chosen = world.and_then(|world| world.chosen_below(small));
        return BigInt::from(chosen.unwrap_or_else(|| vm.stream().below(small)));
    }
    loop {
        let drawn = big_bits(vm, n.bits());
        if drawn < *n {
            return drawn;
        }
    }
}

/// `getrandbits(bits)`: the words are drawn from the lowest up.
fn big_bits(vm: &mut dyn Vm, bits: u64) -> BigInt {
    let mut words = Vec::new();
    let mut left = bits;
    while left > 0 {
        let take = left.min(32);
        let word = vm.stream().next_u32();
        words.push(word >> (32 - take));
        left -= take;
    }
    BigInt::from_biguint(Sign::Plus, BigUint::new(words))
}

fn get_rand_bits(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let bits = ops::index_of(vm, &args.positional[0])?;
    let Ok(bits) = u64::try_from(bits) else {
        return Err(value_error("Cannot convert negative int"));
    };
    ops::check_bits(bits)?;
    Ok(Value::int(big_bits(vm, bits)))
}

fn index(vm: &mut dyn Vm, value: &Value) -> PyResult<BigInt> {
    let index = ops::as_index(vm, value)?.ok_or_else(|| ops::not_an_integer(value))?;
    ops::to_big(&index).map(std::borrow::Cow::into_owned).ok_or_else(|| ops::not_an_integer(value))
}

fn rand_int(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [a, b] =
        bind_as_method("Random.randint", ["a", "b"], 2, 2, args.positional, args.keywords)?;
    let a = index(vm, &a.unwrap_or(Value::None))?;
    let b = index(vm, &b.unwrap_or(Value::None))?;
    if b < a {
        return Err(value_error(format!("empty range in randint({a}, {b})")));
    }
    let width = &b - &a + 1;
    Ok(Value::int(a + below(vm, &width)))
}

fn rand_range(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["start", "stop", "step"];
    let [start, stop, step] =
        bind_as_method("Random.randrange", names, 3, 1, args.positional, args.keywords)?;
    let start_given = start.unwrap_or(Value::None);
    let start = index(vm, &start_given)?;
    let Some(stop) = stop.filter(|stop| !matches!(stop, Value::None)) else {
        if step.is_some() {
            return Err(type_error("Missing a non-None stop argument"));
        }
        if start.is_positive() {
            return Ok(Value::int(below(vm, &start)));
        }
        return Err(value_error("empty range for randrange()"));
    };
    let stop = index(vm, &stop)?;
    let width = &stop - &start;
    let step = match step {
        Some(step) => index(vm, &step)?,
        None => BigInt::one(),
    };
    if step.is_one() {
        if width.is_positive() {
            return Ok(Value::int(start + below(vm, &width)));
        }
        return Err(value_error(format!("empty range in randrange({start}, {stop})")));
    }
    if step.is_zero() {
        return Err(value_error("zero step for randrange()"));
    }
    let correction = if step.is_positive() { -1 } else { 1 };
    let count = num_integer::Integer::div_floor(&(width + &step + correction), &step);
    if !count.is_positive() {
        return Err(value_error(format!("empty range in randrange({start}, {stop}, {step})")));
    }
    Ok(Value::int(start + step * below(vm, &count)))
}

/// An item of a sequence.
fn item(vm: &mut dyn Vm, sequence: &Value, at: u64) -> PyResult<Value> {
    ops::get_item(vm, sequence, &Value::Int(at.cast_signed()))
}

fn choice(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let sequence = &args.positional[0];
    let len = ops::len(vm, sequence)?;
    if len == 0 {
        return Err(raise(&INDEX_ERROR, "Cannot choose from an empty sequence"));
    }
    let at = vm.stream().below(len as u64);
    item(vm, sequence, at)
}

fn shuffle(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let sequence = &args.positional[0];
    let len = ops::len(vm, sequence)? as u64;
    vm.spend(len)?;
    for i in (1..len).rev() {
        let j = vm.stream().below(i + 1);
        let (first, second) = (item(vm, sequence, i)?, item(vm, sequence, j)?);
        ops::set_item(vm, sequence, &Value::Int(i.cast_signed()), second)?;
        ops::set_item(vm, sequence, &Value::Int(j.cast_signed()), first)?;
    }
    Ok(Value::None)
}

fn is_sequence(value: &Value) -> bool {
    matches!(
        value,
        Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::Range(_)
    )
}

/// The running totals of an iterable of numbers.
fn accumulate(vm: &mut dyn Vm, items: &Value) -> PyResult<Vec<Value>> {
    let mut totals: Vec<Value> = Vec::new();
    for item in ops::collect(vm, items)? {
        let total = match totals.last() {
            Some(last) => ops::add(vm, last, &item)?,
            None => item,
        };
        totals.push(total);
    }
    Ok(totals)
}

fn sample(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["population", "k", "counts"];
    let [population, k, counts] =
        bind_as_method("Random.sample", names, 2, 2, args.positional, args.keywords)?;
    let population = population.unwrap_or(Value::None);
    if !is_sequence(&population) {
        return Err(type_error(
            "Population must be a sequence.  For dicts or sets, use sorted(d).",
        ));
    }
    let k = ops::index_of(vm, &k.unwrap_or(Value::None))?;
    let len = ops::len(vm, &population)?;
    let Some(counts) = counts.filter(|counts| !matches!(counts, Value::None)) else {
        let chosen = sample_positions(vm, len as u64, k)?;
        let mut items = Vec::with_capacity(chosen.len());
        for at in chosen {
            items.push(item(vm, &population, at)?);
        }
        return Ok(Value::list(items));
    };
    let mut totals = accumulate(vm, &counts)?;
    if totals.len() != len {
        return Err(value_error("The number of counts does not match the population"));
    }
    let total = totals.pop().unwrap_or(Value::Int(0));
    let total = match Int::of(&total) {
        Some(Int::Small(total)) => total,
        Some(Int::Big(_)) => i64::MAX,
        None => return Err(type_error("Counts must be integers")),
    };
    let Ok(total) = u64::try_from(total) else {
        return Err(value_error("Counts must be non-negative"));
    };
    let mut items = Vec::new();
    for selected in sample_positions(vm, total, k)? {
        let at = bisect(vm, &totals, &Value::Int(selected.cast_signed()), totals.len())?;
        items.push(item(vm, &population, at as u64)?);
    }
    Ok(Value::list(items))
}

/// `k` different numbers below `n`, drawn as `random.sample` draws them.
fn sample_positions(vm: &mut dyn Vm, n: u64, k: i64) -> PyResult<Vec<u64>> {
    let Some(k) = u64::try_from(k).ok().filter(|k| *k <= n) else {
        return Err(value_error("Sample larger than population or is negative"));
    };
    heap::reserve(k.saturating_mul(64))?;
    vm.spend(k)?;
    let mut set_size: u64 = 21;
    if k > 5 {
        // 4 to the power of the ceiling of log₄(3k), in whole numbers.
        let mut table = 1u64;
        while table < k.saturating_mul(3) {
            table = table.saturating_mul(4);
        }
        set_size = set_size.saturating_add(table);
    }
    let mut chosen = Vec::new();
    if n <= set_size {
        let mut pool: Vec<u64> = (0..n).collect();
        for i in 0..k {
            let j = usize::try_from(vm.stream().below(n - i)).unwrap_or(0);
            let last = usize::try_from(n - i - 1).unwrap_or(0);
            chosen.push(pool[j]);
            pool[j] = pool[last];
        }
        return Ok(chosen);
    }
    let mut selected = BTreeSet::new();
    for _ in 0..k {
        let mut j = vm.stream().below(n);
        while !selected.insert(j) {
            j = vm.stream().below(n);
        }
        chosen.push(j);
    }
    Ok(chosen)
}

/// `bisect.bisect(totals, wanted, 0, high)`.
fn bisect(vm: &mut dyn Vm, totals: &[Value], wanted: &Value, high: usize) -> PyResult<usize> {
    let (mut low, mut high) = (0, high);
    while low < high {
        let middle = low + (high - low) / 2;
        if ops::less(vm, wanted, &totals[middle])? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

fn choices(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["population", "weights", "cum_weights", "k"];
    let [population, weights, totals, k] =
        bind_as_method("Random.choices", names, 2, 1, args.positional, args.keywords)?;
    let population = population.unwrap_or(Value::None);
    let given = |value: Option<Value>| value.filter(|value| !matches!(value, Value::None));
    let (weights, totals) = (given(weights), given(totals));
    let k = match k {
        Some(k) => usize::try_from(ops::index_of(vm, &k)?).unwrap_or(0),
        None => 1,
    };
    heap::reserve_values(k)?;
    vm.spend(k as u64)?;
    let len = ops::len(vm, &population)?;
    let totals = match (weights, totals) {
        (None, None) => return choices_of_equals(vm, &population, len, k),
        (Some(_), Some(_)) => {
            return Err(type_error("Cannot specify both weights and cumulative weights"));
        }
        (Some(weights @ (Value::Int(_) | Value::Bool(_))), None) => {
            let shown = crate::interpreter::text::repr(vm, &weights)?;
            return Err(type_error(format!(
                "The number of choices must be a keyword argument: k={shown}"
            )));
        }
        (Some(weights), None) => accumulate(vm, &weights)?,
        (None, Some(totals)) => ops::collect(vm, &totals)?,
    };
    if totals.len() != len {
        return Err(value_error("The number of weights does not match the population"));
    }
    let total = match totals.last() {
        Some(last) => distributions::number(vm, last)?,
        None => return Err(raise(&INDEX_ERROR, "list index out of range")),
    };
    if total <= 0.0 {
        return Err(value_error("Total of weights must be greater than zero"));
    }
    if !total.is_finite() {
        return Err(value_error("Total of weights must be finite"));
    }
    let mut items = Vec::with_capacity(k);
    for _ in 0..k {
        let wanted = Value::Float(next_random(vm) * total);
        let at = bisect(vm, &totals, &wanted, len - 1)?;
        items.push(item(vm, &population, at as u64)?);
    }
    Ok(Value::list(items))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "as random.choices computes it"
)]
fn choices_of_equals(vm: &mut dyn Vm, population: &Value, len: usize, k: usize) -> PyResult<Value> {
    let mut items = Vec::with_capacity(k);
    for _ in 0..k {
        let at = (next_random(vm) * len as f64).floor() as u64;
        items.push(item(vm, population, at)?);
    }
    Ok(Value::list(items))
}
