//! A program made ready to run: its constants are objects, its names are shared texts.

use std::cell::Cell;
use std::mem::{Discriminant, discriminant};
use std::rc::Rc;
use std::sync::Arc;

use super::{methods, natives};
use crate::index::SiteId;
use crate::program::Program;
use crate::program::code::{Code, CodeKind, Params};
use crate::program::constant::Constant;
use crate::program::instruction::Instr;
use crate::program::value::{Builtin, BytesObject, CodeId, Str, Value};

/// A loaded program.
#[derive(Debug)]
pub(super) struct Image {
    codes: Vec<LoadedCode>,
    /// A coroutine that awaits its argument.
    pub await_one: CodeId,
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
    /// The name as the trace has it.
    pub runs: Arc<str>,
    /// For each name: the type of object that it was last asked of, and its method.
    methods: Box<[Cell<Option<Found>>]>,
}

/// A method of a builtin type. These never change, so that it need not be looked for again.
type Found = (Discriminant<Value>, &'static Builtin);

impl Image {
    /// Loads a program.
    ///
    /// # Panics
    /// If the program uses a name that the interpreter does not have: then the two do not belong
    /// together.
    pub(super) fn new(program: &Program) -> Self {
        let mut codes: Vec<LoadedCode> = program.codes.iter().map(LoadedCode::new).collect();
        let await_one = CodeId(u32::try_from(codes.len()).unwrap_or(u32::MAX));
        codes.push(LoadedCode::new(&Arc::new(await_one_code())));
        Self { codes, await_one }
    }

    /// A routine, if there is one of that number.
    pub(super) fn get(&self, id: CodeId) -> Option<&LoadedCode> {
        self.codes.get(id.index())
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
            runs: Arc::from(&*code.name),
            methods: code.names.iter().map(|_| Cell::new(None)).collect(),
            code: Arc::clone(code),
        }
    }

    /// The method of that name of an object of a builtin type.
    #[inline]
    pub(super) fn method(&self, name: usize, receiver: &Value) -> Option<&'static Builtin> {
        let kind = discriminant(receiver);
        match self.methods[name].get() {
            Some((known, method)) if known == kind => Some(method),
            _ => self.find_method(name, receiver),
        }
    }

    fn find_method(&self, name: usize, receiver: &Value) -> Option<&'static Builtin> {
        // Objects of the other kinds are of several types each.
        let is_of_one_type = matches!(
            receiver,
            Value::List(_)
                | Value::Dict(_)
                | Value::Str(_)
                | Value::Set(_)
                | Value::FrozenSet(_)
                | Value::Tuple(_)
                | Value::Int(_)
                | Value::Float(_)
                | Value::Bytes(_)
        );
        if !is_of_one_type {
            return None;
        }
        let method = methods::find(receiver, &self.names[name])?;
        self.methods[name].set(Some((discriminant(receiver), method)));
        Some(method)
    }
}

/// `async def _wrap_awaitable(awaitable): return await awaitable`
fn await_one_code() -> Code {
    let instructions = [Instr::Await { dst: 0, src: 0 }, Instr::Return { src: 0 }];
    Code {
        name: "_wrap_awaitable".into(),
        qualified_name: "_wrap_awaitable".into(),
        kind: CodeKind::Coroutine,
        params: Params { positional: 1, ..Params::default() },
        n_free: 0,
        variables: ["awaitable".into()].into(),
        n_registers: 1,
        sites: [SiteId::NONE; 2].into(),
        instructions: instructions.into(),
        constants: [].into(),
        names: [].into(),
        durations: [].into(),
        handlers: [].into(),
        handled: [].into(),
        first_site: SiteId::NONE,
        doc: None,
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
