//! `bisect`.

use super::{Native, function};
use crate::interpreter::builtins::bind_keywords;
use crate::interpreter::ops;
use crate::program::exception::value_error;
use crate::program::value::{Arguments, Builtin, PyResult, Signature::Free, Str, Value, Vm};

pub(super) static MODULE: Native =
    Native { name: "bisect", functions: &[FUNCTIONS], others: Vec::new };

static FUNCTIONS: &[Builtin] = &[
    function("bisect", Free, |vm, args| search(vm, "bisect_right", args, true)),
    function("bisect_left", Free, |vm, args| search(vm, "bisect_left", args, false)),
    function("bisect_right", Free, |vm, args| search(vm, "bisect_right", args, true)),
    function("insort", Free, |vm, args| insert(vm, "insort_right", args, true)),
    function("insort_left", Free, |vm, args| insert(vm, "insort_left", args, false)),
    function("insort_right", Free, |vm, args| insert(vm, "insort_right", args, true)),
];

struct Search {
    list: Value,
    wanted: Value,
    low: usize,
    high: usize,
    key: Option<Value>,
}

fn bind(vm: &mut dyn Vm, name: &str, args: Arguments<'_>) -> PyResult<Search> {
    let names = ["a", "x", "lo", "hi", "key"];
    let [list, wanted, low, high, key] =
        bind_keywords(name, names, 4, 2, args.positional, args.keywords)?;
    let list = list.unwrap_or(Value::None);
    let low = match low {
        Some(low) => ops::index_of(vm, &low)?,
        None => 0,
    };
    let Ok(low) = usize::try_from(low) else {
        return Err(value_error("lo must be non-negative"));
    };
    let high = match high {
        None | Some(Value::None) => ops::len(vm, &list)?,
        Some(high) => usize::try_from(ops::index_of(vm, &high)?).unwrap_or(0),
    };
    let key = key.filter(|key| !matches!(key, Value::None));
    Ok(Search { list, wanted: wanted.unwrap_or(Value::None), low, high, key })
}

impl Search {
    fn position(&self, vm: &mut dyn Vm, wanted: &Value, right: bool) -> PyResult<usize> {
        let (mut low, mut high) = (self.low, self.high);
        while low < high {
            vm.spend(1)?;
            let middle = low + (high - low) / 2;
            let item = ops::get_item(vm, &self.list, &Value::from(middle))?;
            let item = match &self.key {
                Some(key) => vm.call(key, &[item], &[])?,
                None => item,
            };
            let goes_right =
                if right { !ops::less(vm, wanted, &item)? } else { ops::less(vm, &item, wanted)? };
            if goes_right {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }
}

fn search(vm: &mut dyn Vm, name: &str, args: Arguments<'_>, right: bool) -> PyResult<Value> {
    let search = bind(vm, name, args)?;
    search.position(vm, &search.wanted, right).map(Value::from)
}

fn insert(vm: &mut dyn Vm, name: &str, args: Arguments<'_>, right: bool) -> PyResult<Value> {
    let search = bind(vm, name, args)?;
    let wanted = match &search.key {
        Some(key) => vm.call(key, std::slice::from_ref(&search.wanted), &[])?,
        None => search.wanted.clone(),
    };
    let at = search.position(vm, &wanted, right)?;
    let insert = ops::get_attribute(vm, &search.list, &Str::from("insert"))?;
    vm.call(&insert, &[Value::from(at), search.wanted.clone()], &[])?;
    Ok(Value::None)
}
