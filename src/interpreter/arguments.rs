//! Arguments of a call put where the callee has its parameters, with `CPython`'s errors.
//!
//! Source: `CPython` `Python/ceval.c` (`initialize_locals`, `missing_arguments`,
//! `too_many_positional`).

use std::rc::Rc;

use super::image::LoadedCode;
use super::ops;
use crate::program::code::Params;
use crate::program::exception::type_error;
use crate::program::value::{DictObject, Function, Keywords, PyResult, Stop, Table, Value, Vm};

/// The values of all parameters and of the free variables, in the order of registers.
pub(super) fn bind(
    vm: &mut dyn Vm,
    function: &Function,
    loaded: &LoadedCode,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Vec<Value>> {
    let call = Call { function, loaded, params: &loaded.code.params };
    let params = call.params;
    let positional = usize::from(params.positional);
    let named = positional + params.keyword_only.len();
    let mut values = vec![Value::Unbound; params.len()];
    for (slot, arg) in values.iter_mut().zip(args.iter().take(positional)) {
        *slot = arg.clone();
    }
    let rest = args.get(positional..).unwrap_or_default();
    if params.rest {
        values[named] = Value::tuple(rest);
    }
    let mut extra = Vec::new();
    for (name, value) in kwargs {
        match call.parameter(name) {
            Some(at) if !matches!(values[at], Value::Unbound) => {
                let error =
                    format!("{}() got multiple values for argument '{name}'", call.qualname());
                return Err(type_error(error));
            }
            Some(at) => values[at] = value.clone(),
            None if params.keywords => extra.push((Value::Str(name.clone()), value.clone())),
            None => return Err(call.unexpected(name, kwargs)),
        }
    }
    if !rest.is_empty() && !params.rest {
        return Err(call.too_many(args.len(), &values));
    }
    call.fill_defaults(&mut values)?;
    if params.keywords {
        let last = values.len() - 1;
        values[last] = if extra.is_empty() {
            Value::Dict(Rc::new(DictObject::new(Table::new())))
        } else {
            ops::dict_from(vm, extra)?
        };
    }
    values.extend(function.closure.iter().map(|cell| Value::Cell(Rc::clone(cell))));
    Ok(values)
}

struct Call<'c> {
    function: &'c Function,
    loaded: &'c LoadedCode,
    params: &'c Params,
}

impl Call<'_> {
    fn qualname(&self) -> &str {
        &self.function.qualname
    }

    /// Which parameter can be given by that name.
    fn parameter(&self, name: &str) -> Option<usize> {
        let first = usize::from(self.params.positional_only);
        let last = usize::from(self.params.positional) + self.params.keyword_only.len();
        let names = self.loaded.code.variables.get(first..last)?;
        names.iter().position(|known| **known == *name).map(|at| first + at)
    }

    #[cold]
    fn unexpected(&self, name: &str, kwargs: Keywords<'_>) -> Stop {
        let call = self.qualname();
        let variables = &self.loaded.code.variables;
        let only = &variables[..usize::from(self.params.positional_only)];
        let by_position: Vec<&str> = kwargs
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| only.iter().any(|known| **known == **name))
            .collect();
        if !by_position.is_empty() {
            let names = by_position.join(", ");
            return type_error(format!(
                "{call}() got some positional-only arguments passed as keyword arguments: '{names}'"
            ));
        }
        let first = usize::from(self.params.positional_only);
        let last = usize::from(self.params.positional) + self.params.keyword_only.len();
        let known = variables[first..last].iter().map(|known| &**known);
        let hint = super::suggestion::closest(name, known)
            .map_or_else(String::new, |similar| format!(". Did you mean '{similar}'?"));
        type_error(format!("{call}() got an unexpected keyword argument '{name}'{hint}"))
    }

    #[cold]
    fn too_many(&self, given: usize, values: &[Value]) -> Stop {
        let positional = usize::from(self.params.positional);
        let defaults = usize::from(self.params.defaults);
        let keyword_only = values[positional..positional + self.params.keyword_only.len()]
            .iter()
            .filter(|value| !matches!(value, Value::Unbound))
            .count();
        let (takes, plural) = if defaults > 0 {
            (format!("from {} to {positional}", positional - defaults), true)
        } else {
            (positional.to_string(), positional != 1)
        };
        let s = |plural: bool| if plural { "s" } else { "" };
        let given_words = if keyword_only > 0 {
            format!(
                "{given} positional argument{} (and {keyword_only} keyword-only argument{}) were",
                s(given != 1),
                s(keyword_only != 1)
            )
        } else {
            format!("{given} {}", if given == 1 { "was" } else { "were" })
        };
        type_error(format!(
            "{}() takes {takes} positional argument{} but {given_words} given",
            self.qualname(),
            s(plural)
        ))
    }

    fn fill_defaults(&self, values: &mut [Value]) -> PyResult<()> {
        let positional = usize::from(self.params.positional);
        let first_default = positional - usize::from(self.params.defaults).min(positional);
        for (slot, default) in
            values[first_default..positional].iter_mut().zip(&self.function.defaults)
        {
            if let Value::Unbound = slot {
                *slot = default.clone();
            }
        }
        self.check_given(&values[..positional], 0, "positional")?;
        let last = positional + self.params.keyword_only.len();
        for (at, value) in values.iter_mut().enumerate().take(last).skip(positional) {
            if let Value::Unbound = value {
                let name = &self.loaded.code.variables[at];
                let default = self.function.kw_defaults.iter().find(|(known, _)| **known == **name);
                if let Some((_, default)) = default {
                    *value = default.clone();
                }
            }
        }
        self.check_given(&values[positional..last], positional, "keyword-only")
    }

    fn check_given(&self, values: &[Value], first: usize, kind: &str) -> PyResult<()> {
        if !values.iter().any(|value| matches!(value, Value::Unbound)) {
            return Ok(());
        }
        let missing: Vec<String> = values
            .iter()
            .enumerate()
            .filter(|(_, value)| matches!(value, Value::Unbound))
            .map(|(at, _)| format!("'{}'", self.loaded.code.variables[first + at]))
            .collect();
        let plural = if missing.len() == 1 { "" } else { "s" };
        let names = match missing.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
            [] => String::new(),
        };
        Err(type_error(format!(
            "{}() missing {} required {kind} argument{plural}: {names}",
            self.qualname(),
            missing.len()
        )))
    }
}
