//! Tuples with names: `time.struct_time`, `sys.version_info`.

use std::any::Any;
use std::rc::Rc;

use crate::interpreter::ops;
use crate::interpreter::text;
use crate::program::value::{
    Foreign, ForeignObject, Keywords, PyResult, Str, TypeObject, Value, Vm,
};

/// What a kind of such tuples is called, and its items.
pub(super) struct Shape {
    pub ty: &'static TypeObject,
    /// As `repr()` has it.
    pub name: &'static str,
    /// Names of the items; those beyond the tuple's length are attributes only.
    pub names: &'static [&'static str],
    /// How many items the tuple has.
    pub len: usize,
}

/// A tuple with names.
pub(super) struct Sequence {
    shape: &'static Shape,
    items: Vec<Value>,
}

impl std::fmt::Debug for Sequence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.shape.name)
    }
}

/// The object of these values, one for each name.
pub(super) fn object(shape: &'static Shape, items: Vec<Value>) -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(Sequence { shape, items }))))
}

/// The items of such an object.
pub(super) fn items_of(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Foreign(foreign) => {
            let sequence: &Sequence = foreign.object.as_any().downcast_ref()?;
            Some(&sequence.items)
        }
        _ => None,
    }
}

impl Sequence {
    fn tuple(&self) -> Value {
        Value::tuple(&self.items[..self.shape.len])
    }
}

const METHODS: &[&str] = &[
    "__add__",
    "__contains__",
    "__eq__",
    "__ge__",
    "__getitem__",
    "__gt__",
    "__iter__",
    "__le__",
    "__len__",
    "__lt__",
    "__ne__",
    "count",
    "index",
];

impl ForeignObject for Sequence {
    fn type_object(&self) -> &'static TypeObject {
        self.shape.ty
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let mut parts = Vec::new();
        for (name, item) in self.shape.names.iter().zip(&self.items).take(self.shape.len) {
            parts.push(format!("{name}={}", text::repr(vm, item)?));
        }
        Ok(Some(Str::from(format!("{}({})", self.shape.name, parts.join(", ")))))
    }

    fn attribute(&self, _: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let at = self.shape.names.iter().position(|known| *known == name.as_str());
        Ok(at.and_then(|at| self.items.get(at).cloned()))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let tuple = self.tuple();
        let op = match name.as_str() {
            "__iter__" => return ops::iter(vm, &tuple).map(Some),
            "__len__" => return Ok(Some(Value::from(self.shape.len))),
            "__getitem__" if let [key] = args => return ops::get_item(vm, &tuple, key).map(Some),
            "__contains__" if let [item] = args => {
                return ops::contains(vm, &tuple, item).map(|found| Some(Value::Bool(found)));
            }
            "__add__" if let [other] = args => return ops::add(vm, &tuple, other).map(Some),
            "__eq__" => ops::Compare::Eq,
            "__ne__" => ops::Compare::Ne,
            "__lt__" => ops::Compare::Lt,
            "__le__" => ops::Compare::Le,
            "__gt__" => ops::Compare::Gt,
            "__ge__" => ops::Compare::Ge,
            "count" | "index" => {
                let method = ops::get_attribute(vm, &tuple, name)?;
                return vm.call(&method, args, kwargs).map(Some);
            }
            _ => return Ok(None),
        };
        let other = match args {
            [other @ Value::Tuple(_)] => other.clone(),
            [other] => match items_of(other) {
                Some(items) => Value::tuple(items),
                None => return Ok(Some(Value::NotImplemented)),
            },
            _ => return Ok(None),
        };
        ops::compare(vm, op, &tuple, &other).map(Some)
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
    }

    fn len(&self) -> Option<usize> {
        Some(self.shape.len)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
