//! A program made ready to run: its constants are objects, its names are shared texts.

use std::rc::Rc;
use std::sync::Arc;

use super::natives;
use crate::program::code::Code;
use crate::program::constant::Constant;
use crate::program::value::{BytesObject, CodeId, Str, Value};
use crate::program::Program;

/// A loaded program.
#[derive(Debug)]
pub struct Image {
    codes: Vec<LoadedCode>,
}

/// A loaded routine.
#[derive(Debug)]
pub(super) struct LoadedCode {
    /// What it was made from.
    pub code: Arc<Code>,
    /// Its constants.
    pub constants: Box<[Value]>,
    /// Names of attributes and methods.
    pub names: Box<[Str]>,
    /// `__name__`.
    pub name: Str,
    /// `__qualname__`.
    pub qualname: Str,
}

impl Image {
    /// Loads a program.
    ///
    /// # Panics
    /// If the program uses a name that the interpreter does not have: then the two do not belong
    /// together.
    pub fn new(program: &Program) -> Self {
        Self { codes: program.codes.iter().map(LoadedCode::new).collect() }
    }

    /// A routine.
    #[inline]
    pub(super) fn code(&self, id: CodeId) -> &LoadedCode {
        &self.codes[id.index()]
    }
}

impl LoadedCode {
    fn new(code: &Arc<Code>) -> Self {
        Self {
            constants: code.constants.iter().map(object).collect(),
            names: code.names.iter().map(|name| Str::from(&**name)).collect(),
            name: Str::from(&*code.name),
            qualname: Str::from(&*code.qualified_name),
            code: Arc::clone(code),
        }
    }
}

fn object(constant: &Constant) -> Value {
    match constant {
        Constant::None => Value::None,
        Constant::Ellipsis => Value::Ellipsis,
        Constant::Bool(value) => Value::Bool(*value),
        Constant::Int(value) => Value::Int(*value),
        Constant::BigInt(value) => Value::int(value.clone()),
        Constant::Float(value) => Value::Float(*value),
        Constant::Str(text) => Value::from(&**text),
        Constant::Bytes(bytes) => Value::Bytes(Rc::new(BytesObject::new(bytes.clone()))),
        Constant::Tuple(items) => Value::tuple(items.iter().map(object).collect::<Vec<_>>()),
        Constant::Named(name) => natives::lookup(name)
            .unwrap_or_else(|| panic!("the interpreter has no `{name}`, which the compiler knows")),
    }
}
