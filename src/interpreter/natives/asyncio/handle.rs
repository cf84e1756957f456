//! `asyncio.Handle` and `asyncio.TimerHandle`.

use std::any::Any;
use std::rc::Rc;

use crate::executor::Handle;
use crate::interpreter::modules;
use crate::interpreter::natives::world_of;
use crate::program::value::{
    Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};

/// `asyncio.Handle`.
pub(super) static HANDLE_TYPE: TypeObject = TypeObject {
    name: "Handle",
    module: "asyncio.events",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// `asyncio.TimerHandle`.
pub(super) static TIMER_HANDLE_TYPE: TypeObject = TypeObject {
    name: "TimerHandle",
    module: "asyncio.events",
    bases: &[&HANDLE_TYPE],
    kind: TypeKind::Foreign,
    construct: None,
};

/// A scheduled callback, as an object of the program.
#[derive(Debug)]
struct HandleObject {
    handle: Handle,
    callback: String,
    /// The deadline as the program sees it.
    when: Option<f64>,
    context: Option<Value>,
}

/// The object of a handle; `context` is the one that the program gave.
pub(super) fn object(
    handle: Handle,
    callback: String,
    when: Option<f64>,
    context: Option<Value>,
) -> Value {
    let object = HandleObject { handle, callback, when, context };
    Value::Foreign(Rc::new(Foreign::new(Box::new(object))))
}

pub(super) const METHODS: &[&str] = &["cancel", "cancelled", "get_context"];

impl ForeignObject for HandleObject {
    fn type_object(&self) -> &'static TypeObject {
        if self.when.is_some() { &TIMER_HANDLE_TYPE } else { &HANDLE_TYPE }
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let mut parts = vec![self.type_object().name.to_owned()];
        if self.handle.cancelled() {
            parts.push("cancelled".to_owned());
        }
        if let Some(when) = self.when {
            let when = Value::Float(when);
            parts.push(format!("when={}", crate::interpreter::text::repr(vm, &when)?));
        }
        if !self.handle.cancelled() {
            parts.push(self.callback.clone());
        }
        Ok(Some(Str::from(format!("<{}>", parts.join(" ")))))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        _args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        Ok(match (name.as_str(), self.when) {
            ("cancel", _) => {
                self.handle.cancel();
                Some(Value::None)
            }
            ("cancelled", _) => Some(Value::Bool(self.handle.cancelled())),
            ("get_context", _) => Some(match &self.context {
                Some(context) => context.clone(),
                None => modules::current_context(&*world_of(vm)?),
            }),
            ("when", Some(when)) => Some(Value::Float(when)),
            _ => None,
        })
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name) || name == "when" && self.when.is_some()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
