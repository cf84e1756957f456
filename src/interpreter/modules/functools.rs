//! The part of `functools` that is not written in Python: `partial` and `reduce`.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::{Native, function};
use crate::interpreter::ops;
use crate::interpreter::text;
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, BoundMethod, Builtin, Class, DictObject, Foreign, ForeignObject, Keywords, OBJECT,
    PyResult, Signature::Positional, Str, Table, TypeKind, TypeObject, Value, Vm,
};

pub(super) static MODULE: Native = Native { name: "_functools", functions: &[FUNCTIONS], others };

static FUNCTIONS: &[Builtin] = &[function("reduce", Positional(2, 3), reduce)];

fn others() -> Vec<(&'static str, Value)> {
    vec![("partial", Value::Type(&PARTIAL_TYPE))]
}

static PARTIAL_TYPE: TypeObject = TypeObject {
    name: "partial",
    module: "functools",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(new_partial),
};

/// `functools.partial(func, /, *args, **keywords)`.
#[derive(Debug)]
pub(in crate::interpreter) struct Partial {
    function: Value,
    args: Vec<Value>,
    keywords: Vec<(Str, Value)>,
    attributes: RefCell<Table<Value>>,
}

fn new_partial(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let Some((function, given)) = args.positional.split_first() else {
        return Err(type_error("type 'partial' takes at least one argument"));
    };
    if !ops::is_callable(function) {
        return Err(type_error("the first argument must be callable"));
    }
    let mut made = Partial {
        function: function.clone(),
        args: given.to_vec(),
        keywords: args.keywords.to_vec(),
        attributes: RefCell::default(),
    };
    // A partial of a partial is one.
    if let Some(inner) = partial_of(function)
        && inner.attributes.borrow().is_empty()
    {
        let (function, args, keywords) = inner.expand(&made.args, &made.keywords);
        made = Partial { function, args, keywords, attributes: RefCell::default() };
    }
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(made)))))
}

fn partial_of(value: &Value) -> Option<&Partial> {
    match value {
        Value::Foreign(foreign) => foreign.object.as_any().downcast_ref(),
        _ => None,
    }
}

impl Partial {
    fn expand(
        &self,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> (Value, Vec<Value>, Vec<(Str, Value)>) {
        let args = [&self.args, args].concat();
        let mut keywords = self.keywords.clone();
        for (name, value) in kwargs {
            match keywords.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => *known = value.clone(),
                None => keywords.push((name.clone(), value.clone())),
            }
        }
        (self.function.clone(), args, keywords)
    }

    fn keywords(&self) -> Value {
        let mut table = Table::new();
        for (name, value) in &self.keywords {
            table.set_str(name, value.clone());
        }
        Value::Dict(Rc::new(DictObject::new(table)))
    }
}

impl ForeignObject for Partial {
    fn type_object(&self) -> &'static TypeObject {
        &PARTIAL_TYPE
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let mut parts = vec![text::repr(vm, &self.function)?.to_string()];
        for arg in &self.args {
            parts.push(text::repr(vm, arg)?.to_string());
        }
        for (name, value) in &self.keywords {
            parts.push(format!("{name}={}", text::repr(vm, value)?));
        }
        Ok(Some(Str::from(format!("functools.partial({})", parts.join(", ")))))
    }

    fn attribute(&self, _: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "func" => Some(self.function.clone()),
            "args" => Some(Value::tuple(self.args.clone())),
            "keywords" => Some(self.keywords()),
            _ => self.attributes.borrow().get_str(name).cloned(),
        })
    }

    fn set_attribute(&self, _: &mut dyn Vm, name: &Str, value: &Value) -> PyResult<bool> {
        self.attributes.borrow_mut().set_str(name, value.clone());
        Ok(true)
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        if name.as_str() != "__call__" {
            return Ok(None);
        }
        let (function, args, kwargs) = self.expand(args, kwargs);
        vm.call(&function, &args, &kwargs).map(Some)
    }

    fn has_method(&self, name: &str) -> bool {
        name == "__call__"
    }

    /// Since 3.14 it is a method when it is an attribute of a class.
    fn bind(
        &self,
        vm: &mut dyn Vm,
        receiver: Option<&Value>,
        _class: Option<&Rc<Class>>,
    ) -> PyResult<Option<Value>> {
        let newest = super::world_of(vm)
            .is_ok_and(|world| world.python() >= crate::trace::PythonVersion::V3_14);
        let Some(receiver) = receiver.filter(|_| newest) else { return Ok(None) };
        let function = Value::Foreign(Rc::new(Foreign::new(Box::new(Self {
            function: self.function.clone(),
            args: self.args.clone(),
            keywords: self.keywords.clone(),
            attributes: RefCell::default(),
        }))));
        Ok(Some(Value::BoundMethod(Rc::new(BoundMethod { function, receiver: receiver.clone() }))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `functools.reduce(function, iterable, initial)`.
fn reduce(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (function, iterable) = (&args.positional[0], &args.positional[1]);
    if !ops::is_iterable(iterable) {
        return Err(type_error("reduce() arg 2 must support iteration"));
    }
    let mut total = args.positional.get(2).cloned();
    ops::for_each(vm, iterable, &mut |vm, item| {
        total = Some(match total.take() {
            Some(total) => vm.call(function, &[total, item], &[])?,
            None => item,
        });
        Ok(true)
    })?;
    total.ok_or_else(|| type_error("reduce() of empty iterable with no initial value"))
}
