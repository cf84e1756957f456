//! `contextvars`: variables whose values belong to a context; each task has its own.
//!
//! A context is a map that is copied when a task is made. Copying is cheap: the map is shared until
//! one of the two is changed.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::{Native, World, function, world_of};
use crate::interpreter::builtins::{bind_keywords, no_keywords};
use crate::interpreter::text;
use crate::program::exception::{
    LOOKUP_ERROR, RUNTIME_ERROR, raise, raise_value, type_error, value_error,
};
use crate::program::value::{
    Arguments, Builtin, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Signature::Nothing,
    Str, TypeKind, TypeObject, Value, Vm, heap::Identity,
};

pub(super) static MODULE: Native = Native { name: "contextvars", functions: &[FUNCTIONS], others };

static FUNCTIONS: &[Builtin] = &[function("copy_context", Nothing, |vm, _| {
    let world = world_of(vm)?;
    Ok(object(ContextObject::copied(&current(&world))))
})];

fn others() -> Vec<(&'static str, Value)> {
    vec![
        ("Context", Value::Type(&CONTEXT_TYPE)),
        ("ContextVar", Value::Type(&VAR_TYPE)),
        ("Token", Value::Type(&TOKEN_TYPE)),
    ]
}

macro_rules! types {
    ($($ident:ident $name:literal $new:expr;)*) => {
        $(static $ident: TypeObject = TypeObject {
            name: $name,
            module: "_contextvars",
            bases: &[&OBJECT],
            kind: TypeKind::Foreign,
            construct: $new,
        };)*
    };
}

types! {
    VAR_TYPE "ContextVar" Some(new_var);
    TOKEN_TYPE "Token" None;
    CONTEXT_TYPE "Context" Some(new_context);
    MISSING_TYPE "Token.MISSING" None;
}

/// The values of variables, by the variables' identity.
type Map = Vec<(u32, Value, Value)>;

/// The variables of a task, a callback or a thread.
#[derive(Clone, Debug, Default)]
pub(in crate::interpreter) struct Context(Rc<RefCell<Rc<Map>>>);

impl Context {
    /// One that has the same values now, and its own from now on.
    pub(in crate::interpreter) fn copied(&self) -> Self {
        let map = Rc::clone(&self.0.borrow());
        Self(Rc::new(RefCell::new(map)))
    }

    fn get(&self, var: u32) -> Option<Value> {
        let map = self.0.borrow();
        map.iter().find(|(known, ..)| *known == var).map(|(_, _, value)| value.clone())
    }

    /// Sets or takes out a value; gives the old one.
    fn replace(&self, var: u32, object: &Value, value: Option<Value>) -> Option<Value> {
        let mut map = self.0.borrow_mut();
        let map = Rc::make_mut(&mut map);
        match (map.iter().position(|(known, ..)| *known == var), value) {
            (Some(at), Some(value)) => Some(std::mem::replace(&mut map[at].2, value)),
            (Some(at), None) => Some(map.remove(at).2),
            (None, Some(value)) => {
                map.push((var, object.clone(), value));
                None
            }
            (None, None) => None,
        }
    }
}

/// The context in which code runs now.
pub(in crate::interpreter) fn current(world: &World) -> Context {
    world.modules.context.borrow().clone()
}

/// The object of the context in which code runs now.
pub(in crate::interpreter) fn current_context(world: &World) -> Value {
    context_object(&current(world))
}

/// An object of that context.
pub(in crate::interpreter) fn context_object(context: &Context) -> Value {
    object(ContextObject { context: context.clone() })
}

/// Runs something in a context.
pub(in crate::interpreter) fn within<T>(
    world: &Rc<World>,
    context: &Context,
    run: impl FnOnce() -> T,
) -> T {
    let before = world.modules.context.replace(context.clone());
    let result = run();
    world.modules.context.replace(before);
    result
}

/// The context that an object is, if it is one.
pub(in crate::interpreter) fn context_of(value: &Value) -> Option<Context> {
    match value {
        Value::Foreign(foreign) => {
            let object: &ContextObject = foreign.object.as_any().downcast_ref()?;
            Some(object.context.clone())
        }
        _ => None,
    }
}

fn object(object: impl ForeignObject) -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(object))))
}

/// `ContextVar(name, *, default)`.
#[derive(Debug)]
struct Var {
    name: Str,
    default: Option<Value>,
    identity: Identity,
}

fn new_var(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["name", "default"];
    let [name, default] = bind_keywords("ContextVar", names, 1, 1, args.positional, args.keywords)?;
    match name {
        Some(Value::Str(name)) => Ok(object(Var { name, default, identity: Identity::default() })),
        _ => Err(type_error("context variable name must be a str")),
    }
}

fn var_of(value: &Value) -> Option<&Var> {
    match value {
        Value::Foreign(foreign) => foreign.object.as_any().downcast_ref(),
        _ => None,
    }
}

impl Var {
    fn get(&self, vm: &mut dyn Vm, this: &Value, default: Option<&Value>) -> PyResult<Value> {
        let world = world_of(vm)?;
        let found = current(&world).get(self.identity.get());
        let found = found.or_else(|| default.cloned()).or_else(|| self.default.clone());
        found.ok_or_else(|| raise_value(&LOOKUP_ERROR, this.clone()))
    }

    fn set(&self, vm: &mut dyn Vm, this: &Value, value: &Value) -> PyResult<Value> {
        let context = current(&*world_of(vm)?);
        let old = context.replace(self.identity.get(), this, Some(value.clone()));
        Ok(object(Token { var: this.clone(), old, context, used: std::cell::Cell::new(false) }))
    }

    fn reset(&self, vm: &mut dyn Vm, this: &Value, token: &Value) -> PyResult<Value> {
        let Value::Foreign(foreign) = token else {
            return Err(type_error(format!(
                "expected an instance of Token, got {}",
                text::repr(vm, token)?
            )));
        };
        let Some(own) = foreign.object.as_any().downcast_ref::<Token>() else {
            let shown = text::repr(vm, token)?;
            return Err(type_error(format!("expected an instance of Token, got {shown}")));
        };
        if own.used.get() {
            let shown = text::repr(vm, token)?;
            return Err(raise(&RUNTIME_ERROR, format!("{shown} has already been used once")));
        }
        if !own.var.is(this) {
            let shown = text::repr(vm, token)?;
            let error = format!("{shown} was created by a different ContextVar");
            return Err(value_error(error));
        }
        let context = current(&*world_of(vm)?);
        if !Rc::ptr_eq(&context.0, &own.context.0) {
            let shown = text::repr(vm, token)?;
            let error = format!("{shown} was created in a different Context");
            return Err(value_error(error));
        }
        own.used.set(true);
        let old = context.replace(self.identity.get(), this, own.old.clone());
        drop(old);
        Ok(Value::None)
    }
}

impl ForeignObject for Var {
    fn type_object(&self) -> &'static TypeObject {
        &VAR_TYPE
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let name = text::repr(vm, &Value::Str(self.name.clone()))?;
        let default = match &self.default {
            Some(default) => format!(" default={}", text::repr(vm, default)?),
            None => String::new(),
        };
        let address = 0x7f00_0000_0000_u64 + u64::from(self.identity.get()) * 0x10;
        Ok(Some(Str::from(format!("<ContextVar name={name}{default} at {address:#x}>"))))
    }

    fn attribute(&self, _: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok((name.as_str() == "name").then(|| Value::Str(self.name.clone())))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let result = match (name.as_str(), args) {
            ("get", [] | [_]) => self.get(vm, this, args.first()),
            ("set", [value]) => self.set(vm, this, value),
            ("reset", [token]) => self.reset(vm, this, token),
            ("get" | "set" | "reset", _) => {
                no_keywords(&format!("ContextVar.{name}"), kwargs)?;
                Err(type_error(format!(
                    "ContextVar.{name}() takes exactly one argument ({} given)",
                    args.len()
                )))
            }
            _ => return Ok(None),
        };
        result.map(Some)
    }

    fn has_method(&self, name: &str) -> bool {
        matches!(name, "get" | "set" | "reset")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What `ContextVar.set()` returns.
#[derive(Debug)]
struct Token {
    var: Value,
    old: Option<Value>,
    context: Context,
    used: std::cell::Cell<bool>,
}

#[derive(Debug)]
struct Missing;

impl ForeignObject for Missing {
    fn type_object(&self) -> &'static TypeObject {
        &MISSING_TYPE
    }

    fn repr(&self, _: &mut dyn Vm) -> PyResult<Option<Str>> {
        Ok(Some(Str::from("<Token.MISSING>")))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl ForeignObject for Token {
    fn type_object(&self) -> &'static TypeObject {
        &TOKEN_TYPE
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let used = if self.used.get() { " used" } else { "" };
        let var = text::repr(vm, &self.var)?;
        Ok(Some(Str::from(format!("<Token{used} var={var} at 0x7f0000000000>"))))
    }

    fn attribute(&self, _: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "var" => Some(self.var.clone()),
            "old_value" => Some(self.old.clone().unwrap_or_else(|| object(Missing))),
            _ => None,
        })
    }

    /// Since 3.14 it is a context manager.
    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        _args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        match name.as_str() {
            "__enter__" => Ok(Some(this.clone())),
            "__exit__" => match var_of(&self.var) {
                Some(var) => var.reset(vm, &self.var, this).map(Some),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn has_method(&self, name: &str) -> bool {
        matches!(name, "__enter__" | "__exit__")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A context, as an object of the program.
#[derive(Debug)]
struct ContextObject {
    context: Context,
}

fn new_context(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    if args.positional.is_empty() && args.keywords.is_empty() {
        return Ok(object(ContextObject { context: Context::default() }));
    }
    Err(type_error("Context() does not accept any arguments"))
}

impl ContextObject {
    fn copied(context: &Context) -> Self {
        Self { context: context.copied() }
    }

    fn pairs(&self) -> Vec<(Value, Value)> {
        let map = self.context.0.borrow();
        map.iter().map(|(_, var, value)| (var.clone(), value.clone())).collect()
    }
}

const CONTEXT_METHODS: &[&str] =
    &["__contains__", "__getitem__", "__iter__", "copy", "get", "items", "keys", "run", "values"];

impl ForeignObject for ContextObject {
    fn type_object(&self) -> &'static TypeObject {
        &CONTEXT_TYPE
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let found = |var: &Value| var_of(var).and_then(|var| self.context.get(var.identity.get()));
        Ok(Some(match (name.as_str(), args) {
            ("run", [callable, rest @ ..]) => {
                let world = world_of(vm)?;
                return within(&world, &self.context, || vm.call(callable, rest, kwargs)).map(Some);
            }
            ("copy", []) => object(Self::copied(&self.context)),
            ("get", [var]) => found(var).unwrap_or(Value::None),
            ("get", [var, default]) => found(var).unwrap_or_else(|| default.clone()),
            ("__contains__", [var]) => Value::Bool(found(var).is_some()),
            ("__getitem__", [var]) => match found(var) {
                Some(value) => value,
                None => {
                    return Err(raise_value(&crate::program::exception::KEY_ERROR, var.clone()));
                }
            },
            ("keys" | "__iter__", []) => {
                let keys = Value::list(self.pairs().into_iter().map(|(var, _)| var).collect());
                crate::interpreter::ops::iter(vm, &keys)?
            }
            ("values", []) => {
                Value::list(self.pairs().into_iter().map(|(_, value)| value).collect())
            }
            ("items", []) => {
                let pairs = self.pairs().into_iter();
                Value::list(pairs.map(|(var, value)| Value::tuple([var, value])).collect())
            }
            _ => return Ok(None),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        CONTEXT_METHODS.contains(&name)
    }

    fn len(&self) -> Option<usize> {
        Some(self.context.0.borrow().len())
    }

    fn truth(&self) -> Option<bool> {
        Some(true)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
