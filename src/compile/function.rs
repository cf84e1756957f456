//! One routine while its instructions are made: registers, labels, constants.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::index::SiteId;
use crate::program::code::{Code, CodeKind, Handled, Handler, Params};
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Reg};
use crate::source::Span;
use crate::time::Duration;

/// A place in the instructions that jumps lead to, perhaps not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(usize);

/// Where a variable of a routine lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    /// Its register.
    pub reg: Reg,
    /// Whether the register holds a cell that holds the value.
    pub is_cell: bool,
}

/// What an instruction stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where it begins.
    pub site: SiteId,
    /// All of it.
    pub span: Span,
}

/// What encloses the instruction that is being made and wants to know when it is left.
#[derive(Debug)]
pub(super) enum Block {
    /// A loop: where `break` and `continue` go.
    Loop {
        on_break: Label,
        on_continue: Label,
        /// The iterator of a `for`, which a `break` lets go.
        iter: Option<Reg>,
    },
    /// A body with something to do whichever way it is left.
    Finally {
        /// Gets the number of the way it was left.
        path: Reg,
        /// Gets the value that is returned on that way.
        value: Reg,
        /// Where it is done.
        entry: Label,
        /// The ways that lead through it, besides the normal end and an exception.
        exits: Vec<Exit>,
    },
    /// An `except`: what is to be forgotten when it is left.
    Handler { exception: Reg, bind: Option<Binding> },
}

/// A way out of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `return`
    Return,
}

/// Where an assignment to a name goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// A variable of this routine, or one of an enclosing one.
    Variable(Variable),
    /// A variable shared by all.
    Global(u32),
}

/// A routine in the making.
#[derive(Debug)]
pub(super) struct Function {
    pub name: String,
    pub qualified_name: String,
    pub kind: CodeKind,
    pub params: Params,
    pub n_free: u16,
    /// The variables by name; parameters, then free ones, then locals.
    pub variables: Vec<String>,
    lookup: BTreeMap<String, Variable>,
    /// Variables of the comprehensions that are being made, innermost last.
    pub overlay: Vec<(String, Variable)>,
    instructions: Vec<Instr>,
    places: Vec<Place>,
    constants: Vec<Constant>,
    constant_index: FxHashMap<String, u32>,
    names: Vec<String>,
    durations: Vec<Duration>,
    handlers: Vec<Handler>,
    handled: Vec<Handled>,
    /// For each label, where it is.
    labels: Vec<Option<u32>>,
    /// Where the last label was put.
    last_bound: u32,
    top: usize,
    highest: usize,
    pub blocks: Vec<Block>,
    /// For each variable, whether it certainly has a value here.
    pub assigned: Vec<bool>,
    /// For each variable, whether it may have a value here.
    pub possible: Vec<bool>,
    /// Variables that are deleted somewhere, so that none of this is certain.
    pub unsteady: Vec<bool>,
    /// Whether the statement being made binds names in the midst of expressions, so that a
    /// variable must be copied when it is read.
    pub careful: bool,
    /// The place that the next instructions stand for.
    pub place: Place,
    pub first_site: SiteId,
    /// Names of variables that functions inside this one use.
    pub captured: std::collections::BTreeSet<String>,
    /// Whether it became too large.
    pub overflow: bool,
    /// Whether it is the body of a class.
    pub is_class: bool,
    /// How many comprehensions are being made, which do not see a class body's variables.
    pub comprehensions: usize,
    /// The class that it stands in, whose private names are its own.
    pub private: Option<String>,
    /// What its first statement says of it.
    pub doc: Option<String>,
}

impl Function {
    /// A routine whose variables are these.
    pub(super) fn new(name: &str, kind: CodeKind, params: Params, variables: Vec<String>) -> Self {
        let n = variables.len();
        let lookup = variables
            .iter()
            .enumerate()
            .map(|(index, name)| (name.clone(), Variable { reg: register(index), is_cell: false }))
            .collect();
        Self {
            name: name.to_owned(),
            qualified_name: name.to_owned(),
            kind,
            params,
            n_free: 0,
            variables,
            lookup,
            overlay: Vec::new(),
            instructions: Vec::new(),
            places: Vec::new(),
            constants: Vec::new(),
            constant_index: FxHashMap::default(),
            names: Vec::new(),
            durations: Vec::new(),
            handlers: Vec::new(),
            handled: Vec::new(),
            labels: Vec::new(),
            last_bound: 0,
            top: n,
            highest: n,
            blocks: Vec::new(),
            assigned: vec![false; n],
            possible: vec![false; n],
            unsteady: vec![false; n],
            careful: false,
            place: Place { site: SiteId::NONE, span: Span::default() },
            first_site: SiteId::NONE,
            captured: std::collections::BTreeSet::new(),
            overflow: n >= MAX_REGISTERS,
            is_class: false,
            comprehensions: 0,
            private: None,
            doc: None,
        }
    }

    /// The variable of that name of a class body.
    pub(super) fn class_variable(&self, name: &str) -> Option<Variable> {
        if !self.is_class
            || self.comprehensions > 0
            || self.overlay.iter().any(|(known, _)| known == name)
        {
            return None;
        }
        self.lookup.get(&class_variable_name(name)).copied()
    }

    /// A name as the class around it has it: `__x` is private to it.
    pub(super) fn mangled(&self, name: &str) -> String {
        match &self.private {
            Some(class) if name.starts_with("__") && !name.ends_with("__") => {
                format!("_{}{name}", class.trim_start_matches('_'))
            }
            _ => name.to_owned(),
        }
    }

    /// The variable of that name, the innermost if there are several.
    pub(super) fn variable(&self, name: &str) -> Option<Variable> {
        let overlaid = self.overlay.iter().rev().find(|(known, _)| known == name);
        overlaid.map(|(_, variable)| *variable).or_else(|| self.lookup.get(name).copied())
    }

    /// Makes a variable live in a cell from the beginning.
    pub(super) fn set_cell(&mut self, name: &str) {
        if let Some(variable) = self.lookup.get_mut(name) {
            variable.is_cell = true;
        }
    }

    /// Whether a variable of that name is the routine's own, not one of an enclosing routine.
    pub(super) fn owns(&self, name: &str) -> bool {
        let free = self.params.len()..self.params.len() + usize::from(self.n_free);
        let position = self.variables.iter().position(|known| known == name);
        position.is_some_and(|position| !free.contains(&position))
    }

    /// Notes that a variable certainly has a value from here on.
    pub(super) fn assign(&mut self, reg: Reg) {
        let index = usize::from(reg);
        if self.assigned.len() <= index {
            self.assigned.resize(index + 1, false);
        }
        self.assigned[index] = !self.unsteady.get(index).copied().unwrap_or(false);
        if let Some(possible) = self.possible.get_mut(index) {
            *possible = true;
        }
    }

    /// Notes that a register has no value.
    pub(super) fn forget(&mut self, reg: Reg) {
        if let Some(assigned) = self.assigned.get_mut(usize::from(reg)) {
            *assigned = false;
        }
    }

    /// Whether a register is a variable and not a temporary.
    pub(super) fn is_variable(&self, reg: Reg) -> bool {
        usize::from(reg) < self.variables.len()
            || self.overlay.iter().any(|(_, variable)| variable.reg == reg)
    }

    /// A new temporary.
    pub(super) fn temp(&mut self) -> Reg {
        self.temps(1)
    }

    /// The first of that many new temporaries in a row.
    pub(super) fn temps(&mut self, count: usize) -> Reg {
        let first = self.top;
        self.top += count;
        self.highest = self.highest.max(self.top);
        if self.highest >= MAX_REGISTERS {
            self.overflow = true;
            return 0;
        }
        register(first)
    }

    /// How many registers are in use.
    pub(super) fn mark(&self) -> usize {
        self.top
    }

    /// Gives back all temporaries made since the mark.
    pub(super) fn release(&mut self, mark: usize) {
        self.top = mark;
    }

    /// The index of a constant.
    pub(super) fn constant(&mut self, constant: Constant) -> u32 {
        let key = format!("{:?}{constant}", std::mem::discriminant(&constant));
        if let Some(known) = self.constant_index.get(&key)
            && self.constants[*known as usize].is_same(&constant)
        {
            return *known;
        }
        let index = index(self.constants.len());
        self.constants.push(constant);
        self.constant_index.insert(key, index);
        index
    }

    /// The index of a constant for instructions that have little room, if it has one.
    pub(super) fn short_constant(&mut self, constant: Constant) -> Option<u16> {
        u16::try_from(self.constant(constant)).ok()
    }

    /// The index of an attribute's name.
    pub(super) fn attribute(&mut self, name: &str) -> u16 {
        let name = &self.mangled(name);
        let known = self.names.iter().position(|known| known == name);
        let index = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        u16::try_from(index).unwrap_or_else(|_| {
            self.overflow = true;
            0
        })
    }

    /// The index of a fixed time.
    pub(super) fn duration(&mut self, duration: Duration) -> u32 {
        let known = self.durations.iter().position(|known| *known == duration);
        index(known.unwrap_or_else(|| {
            self.durations.push(duration);
            self.durations.len() - 1
        }))
    }

    /// Adds an instruction.
    pub(super) fn emit(&mut self, instr: Instr) {
        self.instructions.push(instr);
        self.places.push(self.place);
    }

    /// Where the next instruction will be.
    pub(super) fn here(&self) -> u32 {
        index(self.instructions.len())
    }

    /// A label that is not anywhere yet.
    pub(super) fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() - 1)
    }

    /// Puts a label here.
    pub(super) fn bind(&mut self, label: Label) {
        self.last_bound = self.here();
        self.labels[label.0] = Some(self.last_bound);
    }

    /// A label that is here.
    pub(super) fn label_here(&mut self) -> Label {
        let label = self.label();
        self.bind(label);
        label
    }

    /// Goes to the label.
    pub(super) fn jump(&mut self, label: Label) {
        self.emit(Instr::Jump { target: index(label.0) });
    }

    /// Goes back to the label.
    pub(super) fn jump_back(&mut self, label: Label) {
        self.emit(Instr::Loop { target: index(label.0) });
    }

    /// Goes to the label if the register holds a value.
    pub(super) fn jump_if_bound(&mut self, reg: Reg, label: Label) {
        self.emit(Instr::JumpIfBound { reg, target: index(label.0) });
    }

    /// Goes to the label if the register is as true as `when`.
    pub(super) fn jump_when(&mut self, reg: Reg, when: bool, label: Label) {
        let target = index(label.0);
        self.emit(if when {
            Instr::JumpIf { reg, target }
        } else {
            Instr::JumpIfNot { reg, target }
        });
    }

    /// Whether the last instruction never goes on to the next, and nothing jumps here.
    pub(super) fn is_unreachable(&self) -> bool {
        matches!(
            self.instructions.last(),
            Some(
                Instr::Jump { .. }
                    | Instr::Loop { .. }
                    | Instr::Return { .. }
                    | Instr::Raise { .. }
                    | Instr::RaiseFrom { .. }
                    | Instr::RaiseAgain
                    | Instr::Rethrow { .. }
            )
        ) && !self.follows_test()
            && self.last_bound != self.here()
    }

    /// Whether the last instruction is a jump that can be passed over.
    fn follows_test(&self) -> bool {
        let before = self.instructions.len().checked_sub(2).map(|at| self.instructions[at]);
        before.is_some_and(is_test)
    }

    /// Exceptions raised between `start` and here go to `target`, in `register`.
    pub(super) fn protect(&mut self, start: u32, target: Label, register: Reg) {
        self.protect_range(start, self.here(), target, register);
    }

    /// Exceptions raised between `start` and `end` go to `target`, in `register`.
    pub(super) fn protect_range(&mut self, start: u32, end: u32, target: Label, register: Reg) {
        if start < end {
            self.handlers.push(Handler { start, end, target: index(target.0), register });
        }
    }

    /// Between `start` and here, what is in `register` is being handled.
    pub(super) fn handling(&mut self, start: u32, register: Reg, path: Reg) {
        let end = self.here();
        if start < end {
            self.handled.push(Handled { start, end, register, path });
        }
    }

    /// The finished code.
    pub(super) fn finish(mut self) -> Code {
        let labels = std::mem::take(&mut self.labels);
        let at = |target: u32| labels.get(target as usize).copied().flatten().unwrap_or(0);
        for instr in &mut self.instructions {
            match instr {
                Instr::Jump { target }
                | Instr::Loop { target }
                | Instr::JumpIf { target, .. }
                | Instr::JumpIfNot { target, .. }
                | Instr::JumpIfBound { target, .. } => *target = at(*target),
                _ => {}
            }
        }
        for handler in &mut self.handlers {
            handler.target = at(handler.target);
        }
        let boxed = |names: Vec<String>| names.into_iter().map(String::into_boxed_str).collect();
        Code {
            name: self.name.into(),
            qualified_name: self.qualified_name.into(),
            kind: self.kind,
            params: self.params,
            n_free: self.n_free,
            variables: boxed(self.variables),
            n_registers: register(self.highest),
            instructions: self.instructions.into(),
            sites: self.places.iter().map(|place| place.site).collect(),
            spans: self.places.iter().map(|place| place.span).collect(),
            constants: self.constants.into(),
            names: boxed(self.names),
            durations: self.durations.into(),
            handlers: self.handlers.into(),
            handled: self.handled.into(),
            first_site: self.first_site,
            doc: self.doc.map(String::into_boxed_str),
        }
    }
}

/// The name of a class body's variable among those of its routine, where it does not hide what
/// comes from outside.
pub(super) fn class_variable_name(name: &str) -> String {
    format!(".{name}")
}

/// Whether the instruction after this one is a jump that belongs to it.
fn is_test(instr: Instr) -> bool {
    matches!(
        instr,
        Instr::IfCompare { .. }
            | Instr::IfCompareK { .. }
            | Instr::IterNext { .. }
            | Instr::RangeNext { .. }
            | Instr::IfCaught { .. }
            | Instr::Send { .. }
            | Instr::Throw { .. }
            | Instr::NextAwaited { .. }
    )
}

/// More than this many registers are refused.
const MAX_REGISTERS: usize = 60_000;

fn register(index: usize) -> Reg {
    Reg::try_from(index).unwrap_or(0)
}

fn index(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
