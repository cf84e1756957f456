//! `collections.deque`.
//!
//! Source: `CPython` `Modules/_collectionsmodule.c`.

mod iterator;
mod methods;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::Native;
use crate::interpreter::builtins::bind_keywords;
use crate::interpreter::ops;
use crate::interpreter::text;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject,
    Value, Vm, heap,
};

pub(super) static MODULE: Native = Native { name: "_collections", functions: &[], others };

fn others() -> Vec<(&'static str, Value)> {
    vec![("deque", Value::Type(&DEQUE_TYPE))]
}

static DEQUE_TYPE: TypeObject = TypeObject {
    name: "deque",
    module: "collections",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(new_deque),
};

/// `deque(iterable=(), maxlen=None)`.
///
/// No borrow may be held while code of the program can run: it could reach the same deque.
#[derive(Debug)]
pub(super) struct Deque {
    items: RefCell<VecDeque<Value>>,
    maxlen: Option<usize>,
    /// Counts the changes of its length, which no iteration survives.
    changes: Cell<u64>,
    charged: Cell<u64>,
}

fn new_deque(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["iterable", "maxlen"];
    let [iterable, maxlen] = bind_keywords("deque", names, 2, 0, args.positional, args.keywords)?;
    let maxlen = match maxlen {
        None | Some(Value::None) => None,
        Some(maxlen) => match ops::as_index(vm, &maxlen)? {
            Some(Value::Int(len)) => match usize::try_from(len) {
                Ok(len) => Some(len),
                Err(_) => return Err(value_error("maxlen must be non-negative")),
            },
            _ => return Err(type_error("an integer is required")),
        },
    };
    let deque = Deque::new(VecDeque::new(), maxlen);
    if let Some(iterable) = iterable {
        deque.extend(vm, &iterable)?;
    }
    Ok(deque.into_value())
}

fn deque_of(value: &Value) -> Option<&Deque> {
    match value {
        Value::Foreign(foreign) => foreign.object.as_any().downcast_ref(),
        _ => None,
    }
}

impl Deque {
    fn new(items: VecDeque<Value>, maxlen: Option<usize>) -> Self {
        let deque = Self {
            items: RefCell::new(items),
            maxlen,
            changes: Cell::new(0),
            charged: Cell::new(0),
        };
        deque.recount();
        deque
    }

    fn into_value(self) -> Value {
        Value::Foreign(Rc::new(Foreign::new(Box::new(self))))
    }

    fn get(&self, at: usize) -> Option<Value> {
        self.items.borrow().get(at).cloned()
    }

    fn count(&self) -> usize {
        self.items.borrow().len()
    }

    fn has_changed(&self) {
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    fn recount(&self) {
        let now = (size_of::<Self>() + self.items.borrow().capacity() * size_of::<Value>()) as u64;
        heap::release(self.charged.replace(now));
        heap::charge(now);
    }

    /// Adds at one end; what falls off at the other is given back.
    fn push(&self, item: Value, left: bool) -> PyResult<Option<Value>> {
        let mut items = self.items.borrow_mut();
        let grows = items.len() == items.capacity();
        if grows {
            heap::reserve_values(items.len().max(4))?;
        }
        if left {
            items.push_front(item);
        } else {
            items.push_back(item);
        }
        let over = self.maxlen.is_some_and(|maxlen| items.len() > maxlen);
        let dropped = match (over, left) {
            (false, _) => None,
            (true, true) => items.pop_back(),
            (true, false) => items.pop_front(),
        };
        drop(items);
        if grows {
            self.recount();
        }
        self.has_changed();
        Ok(dropped)
    }

    fn extend(&self, vm: &mut dyn Vm, iterable: &Value) -> PyResult<()> {
        if deque_of(iterable).is_some_and(|other| std::ptr::eq(other, self)) {
            for item in self.snapshot() {
                self.push(item, false)?;
            }
            return Ok(());
        }
        ops::for_each(vm, iterable, &mut |_, item| self.push(item, false).map(|_| true))
    }

    fn snapshot(&self) -> Vec<Value> {
        self.items.borrow().iter().cloned().collect()
    }
}

impl Drop for Deque {
    fn drop(&mut self) {
        heap::release(self.charged.get());
        heap::bury(std::mem::take(self.items.get_mut()));
    }
}

impl ForeignObject for Deque {
    fn type_object(&self) -> &'static TypeObject {
        &DEQUE_TYPE
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let items = text::repr_guarded(vm, self, "[...]", |vm, out| {
            out.push('[');
            for (at, item) in self.snapshot().iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                text::repr_text(vm, out, item)?;
            }
            out.push(']');
            Ok(())
        })?;
        if items == "[...]" {
            return Ok(Some(Str::from(items)));
        }
        Ok(Some(Str::from(match self.maxlen {
            Some(maxlen) => format!("deque({items}, maxlen={maxlen})"),
            None => format!("deque({items})"),
        })))
    }

    fn attribute(&self, _: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok((name.as_str() == "maxlen").then(|| self.maxlen.map_or(Value::None, Value::from)))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        methods::call(self, vm, this, name, args, kwargs)
    }

    fn has_method(&self, name: &str) -> bool {
        methods::NAMES.contains(&name)
    }

    fn len(&self) -> Option<usize> {
        Some(self.count())
    }

    fn is_hashable(&self) -> bool {
        false
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
