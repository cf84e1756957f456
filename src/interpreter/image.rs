//! A program made ready to run: its constants are objects, its names are shared texts.

use std::cell::Cell;
use std::mem::{Discriminant, discriminant};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::cache::{Attribute, Found};
use super::{methods, natives};
use crate::index::SiteId;
use crate::program::Program;
use crate::program::code::{Code, CodeKind, Handler, Params};
use crate::program::constant::Constant;
use crate::program::instruction::Instr;
use crate::program::value::{Builtin, BytesObject, CodeId, Function, Instance, Str, Value};
use crate::source::SourceFile;

/// A loaded program.
#[derive(Debug)]
pub(super) struct Image {
    codes: Vec<LoadedCode>,
    /// A coroutine that awaits its argument.
    pub await_one: CodeId,
    /// A coroutine that awaits its first argument, and returns the second where that ends.
    pub await_or: CodeId,
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
    /// Whether it belongs to a module of the standard library: threads are not switched in it but
    /// where it waits, as in code of `CPython` that is written in C. The program's own functions that
    /// it calls are not part of it.
    pub is_library: bool,
    /// Whether it keeps book of threads: what it uses for that is of no interest to others.
    pub is_quiet: bool,
    /// For each name: the type of object that it was last asked of, and its method.
    methods: Box<[Cell<Option<Known>>]>,
    /// For each name: where it was found last in an instance of a class of the program.
    found: Box<[Cell<Found>]>,
}

/// A method of a builtin type. These never change, so that it need not be looked for again.
type Known = (Discriminant<Value>, &'static Builtin);

/// The texts of a program, each as one object.
type Texts = FxHashMap<Box<str>, Str>;

impl Image {
    /// Loads a program.
    ///
    /// # Panics
    /// If the program uses a name that the interpreter does not have: then the two do not belong
    /// together.
    pub(super) fn new(program: &Program) -> Self {
        let texts = &mut Texts::default();
        let load = |code: &Arc<Code>| {
            let is_library = program.source_of(code.first_site).is_some_and(SourceFile::is_library);
            LoadedCode::new(code, texts, is_library)
        };
        let mut codes: Vec<LoadedCode> = program.codes.iter().map(load).collect();
        let await_one = CodeId(u32::try_from(codes.len()).unwrap_or(u32::MAX));
        let await_or = CodeId(await_one.0.saturating_add(1));
        let own = [await_one_code(), await_or_code()];
        codes.extend(own.map(|code| LoadedCode::new(&code.into(), texts, true)));
        Self { codes, await_one, await_or }
    }

    /// The shared variables that a module stores to, in the order of its text; `first` is one of
    /// them.
    #[cold]
    pub(super) fn stores_of_module(&self, first: u32) -> Vec<u32> {
        let modules = self.codes.iter().filter(|loaded| loaded.code.kind == CodeKind::Module);
        let stores = modules.map(|loaded| {
            let slots = loaded.code.instructions.iter().filter_map(|instr| match instr {
                Instr::StoreGlobal { slot, .. } => Some(*slot),
                _ => None,
            });
            slots.collect::<Vec<u32>>()
        });
        stores.into_iter().find(|slots| slots.contains(&first)).unwrap_or_default()
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
    fn new(code: &Arc<Code>, texts: &mut Texts, is_library: bool) -> Self {
        Self {
            is_library,
            is_quiet: is_library && code.qualified_name.starts_with("Thread."),
            constants: code.constants.iter().map(|constant| object(constant, texts)).collect(),
            names: code.names.iter().map(|name| shared(name, texts)).collect(),
            name: Str::from(&*code.name),
            qualname: Str::from(&*code.qualified_name),
            runs: Arc::from(&*code.name),
            methods: code.names.iter().map(|_| Cell::new(None)).collect(),
            found: code.names.iter().map(|_| Cell::default()).collect(),
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

    /// The attribute of that name of an instance, if it can be had without asking anybody.
    #[inline]
    pub(super) fn attribute(&self, name: usize, instance: &Instance) -> Option<Attribute> {
        let text = &self.names[name];
        let known = self.found[name].get();
        match known.get(instance, text) {
            None if !known.is_settled(instance, text) => {
                self.learn(name, instance).get(instance, text)
            }
            found => found,
        }
    }

    /// The function that a call of that method of an instance runs, if that is certain.
    #[inline]
    pub(super) fn own_method(&self, name: usize, instance: &Instance) -> Option<Rc<Function>> {
        let text = &self.names[name];
        let known = self.found[name].get();
        match known.method(instance, text) {
            None if !known.is_settled(instance, text) => {
                self.learn(name, instance).method(instance, text)
            }
            found => found,
        }
    }

    /// Whether setting the attribute does no more than to put it into the instance.
    #[inline]
    pub(super) fn stores_plainly(&self, name: usize, instance: &Instance) -> bool {
        let known = self.found[name].get();
        if known.is_of(instance) {
            return known.is_plain_store(instance);
        }
        self.learn(name, instance).is_plain_store(instance)
    }

    #[cold]
    fn learn(&self, name: usize, instance: &Instance) -> Found {
        let found = Found::of(instance, &self.names[name]);
        self.found[name].set(found);
        found
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
    own_coroutine("_wrap_awaitable", &["awaitable"], &instructions)
}

/// `async def anext(awaitable, default)`: the default in place of a `StopAsyncIteration`.
fn await_or_code() -> Code {
    let instructions = [
        Instr::Await { dst: 0, src: 0 },
        Instr::Return { src: 0 },
        Instr::Const { dst: 3, k: 0 },
        Instr::IfCaught { src: 2, types: 3 },
        Instr::Jump { target: 6 },
        Instr::Return { src: 1 },
        Instr::Rethrow { src: 2 },
    ];
    let handler = Handler { start: 0, end: 1, target: 2, register: 2 };
    let mut code = own_coroutine("anext", &["awaitable", "default"], &instructions);
    code.constants = [Constant::Named("StopAsyncIteration".into())].into();
    code.handlers = [handler].into();
    code.n_registers = 4;
    code
}

/// A coroutine that is no part of the program.
fn own_coroutine(name: &str, params: &[&str], instructions: &[Instr]) -> Code {
    let count = u16::try_from(params.len()).unwrap_or(u16::MAX);
    Code {
        name: name.into(),
        qualified_name: name.into(),
        kind: CodeKind::Coroutine,
        params: Params { positional: count, ..Params::default() },
        n_free: 0,
        variables: params.iter().map(|param| (*param).into()).collect(),
        n_registers: count,
        sites: vec![SiteId::NONE; instructions.len()].into(),
        spans: [].into(),
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

/// The text, as the one object that stands for it in this program.
fn shared(text: &str, texts: &mut Texts) -> Str {
    if let Some(known) = texts.get(text) {
        return known.clone();
    }
    let new = Str::from(text);
    texts.insert(text.into(), new.clone());
    new
}

fn object(constant: &Constant, texts: &mut Texts) -> Value {
    match constant {
        Constant::None => Value::None,
        Constant::Ellipsis => Value::Ellipsis,
        Constant::Bool(value) => Value::Bool(*value),
        Constant::Int(value) => Value::Int(*value),
        Constant::BigInt(value) => Value::int(value.clone()),
        Constant::Float(value) => Value::Float(*value),
        Constant::Str(text) => Value::Str(shared(text, texts)),
        Constant::Bytes(bytes) => Value::Bytes(Rc::new(BytesObject::new(bytes.clone()))),
        Constant::Tuple(items) => {
            Value::tuple(items.iter().map(|item| object(item, texts)).collect::<Vec<_>>())
        }
        Constant::Named(name) => natives::lookup(name)
            .unwrap_or_else(|| panic!("the interpreter has no `{name}`, which the compiler knows")),
    }
}
