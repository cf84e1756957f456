use std::cell::RefCell;
use std::rc::Rc;

use super::heap::{self, Identity};
use super::{Builtin, Str, Table, TypeObject, Value, types};

/// Which code of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeId(pub u32);

/// A function of the program: code, and what was at hand when its `def` was executed.
#[derive(Debug)]
pub struct Function {
    /// What it runs.
    pub code: CodeId,
    /// `__name__`.
    pub name: Str,
    /// `__qualname__`.
    pub qualname: Str,
    /// Values of the last positional parameters.
    pub defaults: Box<[Value]>,
    /// Values of keyword-only parameters.
    pub kw_defaults: Box<[(Str, Value)]>,
    /// The variables of enclosing functions that it uses.
    pub closure: Box<[Rc<CellObject>]>,
    /// Attributes that the program has set on it.
    pub attributes: RefCell<Table<Value>>,
    /// Tells it from other functions.
    pub identity: Identity,
}

/// A variable that a function shares with those nested in it; `None` while it is unbound.
#[derive(Debug, Default)]
pub struct CellObject(pub RefCell<Option<Value>>);

impl Drop for CellObject {
    fn drop(&mut self) {
        heap::bury(self.0.get_mut().take());
    }
}

/// A function and its first argument.
#[derive(Debug)]
pub struct BoundMethod {
    /// What is called.
    pub function: Value,
    /// Its first argument.
    pub receiver: Value,
}

impl BoundMethod {
    pub(super) fn type_object(&self) -> &'static TypeObject {
        if let Value::Builtin(Builtin { .. }) = self.function {
            &types::BUILTIN_FUNCTION
        } else {
            &types::METHOD
        }
    }
}
