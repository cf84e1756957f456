//! Routines, ready to run.

use super::constant::Constant;
use super::instruction::{Instr, NO_REG, Reg};
use crate::index::SiteId;
use crate::source::Span;
use crate::time::Duration;

/// What a call of a code gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// The text around all functions: runs once, before the entry.
    Module,
    /// A function: runs when called.
    Function,
    /// A coroutine: a call makes a coroutine object.
    Coroutine,
    /// A generator: a call makes an iterator.
    Generator,
    /// An async generator.
    AsyncGenerator,
}

/// The parameters of a code. In registers they stand in this order: positional, keyword-only,
/// `*args`, `**kwargs`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Parameters that can be given by position.
    pub positional: u16,
    /// How many of these cannot be given by name; they come first.
    pub positional_only: u16,
    /// How many of the positional ones have a default; they come last.
    pub defaults: u16,
    /// For each keyword-only parameter, whether it has a default.
    pub keyword_only: Box<[bool]>,
    /// Whether there is a `*args`.
    pub rest: bool,
    /// Whether there is a `**kwargs`.
    pub keywords: bool,
}

impl Params {
    /// How many registers they take.
    pub fn len(&self) -> usize {
        usize::from(self.positional)
            + self.keyword_only.len()
            + usize::from(self.rest)
            + usize::from(self.keywords)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a call with that many positional arguments fills the registers as they are.
    #[inline]
    pub fn is_plain(&self, given: usize) -> bool {
        usize::from(self.positional) == given
            && self.keyword_only.is_empty()
            && !self.rest
            && !self.keywords
    }

    /// How many values a function of this code keeps as defaults.
    pub fn n_defaults(&self) -> usize {
        usize::from(self.defaults) + self.keyword_only.iter().filter(|has| **has).count()
    }
}

/// Where an exception goes that is raised in some instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// The first instruction it protects.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Where the program goes on.
    pub target: u32,
    /// The register that gets the exception.
    pub register: Reg,
}

/// While these instructions run, an exception is being handled: a bare `raise` raises it, and it is
/// the context of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handled {
    /// The first instruction.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Where the exception is.
    pub register: Reg,
    /// If not [`NO_REG`]: only while this register holds [`Handled::RAISING`].
    pub path: Reg,
}

impl Handled {
    /// What the path register of a `finally` holds when an exception led there.
    pub const RAISING: i64 = 1;

    /// A range in which the exception is handled whatever led there.
    pub fn always(start: u32, end: u32, register: Reg) -> Self {
        Self { start, end, register, path: NO_REG }
    }
}

/// A routine, ready to run: no name is left to be looked up.
#[derive(Clone, Debug)]
pub struct Code {
    /// Its name: `main`, `<lambda>`.
    pub name: Box<str>,
    /// Its name with those it is nested in.
    pub qualified_name: Box<str>,
    /// What a call gives.
    pub kind: CodeKind,
    /// Its parameters.
    pub params: Params,
    /// Cells of enclosing functions, in the registers after the parameters.
    pub n_free: u16,
    /// Registers that are variables: those of parameters, free variables and locals, in this order.
    pub variables: Box<[Box<str>]>,
    /// All registers.
    pub n_registers: u16,
    /// The instructions. The last one does not go on to the next.
    pub instructions: Box<[Instr]>,
    /// For each instruction, the place it stands for.
    pub sites: Box<[SiteId]>,
    /// For each instruction, all of the text that it does the work of.
    pub spans: Box<[Span]>,
    /// Constants.
    pub constants: Box<[Constant]>,
    /// Names of attributes and methods.
    pub names: Box<[Box<str>]>,
    /// Fixed times.
    pub durations: Box<[Duration]>,
    /// Where exceptions go; the innermost first.
    pub handlers: Box<[Handler]>,
    /// Where exceptions are being handled; the innermost first.
    pub handled: Box<[Handled]>,
    /// Its first line.
    pub first_site: SiteId,
    /// `__doc__`.
    pub doc: Option<Box<str>>,
}

impl Code {
    /// Where an exception raised at `pc` goes.
    pub fn handler(&self, pc: u32) -> Option<&Handler> {
        self.handlers.iter().find(|handler| (handler.start..handler.end).contains(&pc))
    }

    /// The places where an exception may be handled while `pc` runs, innermost first.
    pub fn handled(&self, pc: u32) -> impl Iterator<Item = &Handled> {
        self.handled.iter().filter(move |range| (range.start..range.end).contains(&pc))
    }

    /// The place an instruction stands for.
    #[inline]
    pub fn site(&self, pc: usize) -> SiteId {
        self.sites.get(pc).copied().unwrap_or(SiteId::NONE)
    }

    /// The text that an instruction does the work of.
    pub fn span(&self, pc: usize) -> Span {
        self.spans.get(pc).copied().unwrap_or_default()
    }
}
