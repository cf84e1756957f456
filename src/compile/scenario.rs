//! A whole scenario.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::check::EXPECTATION;
use super::compiler::{Compiler, Language, Shared, SharedKind, Signature};
use super::function::Function;
use super::names::Names;
use super::step::may_be_awaitable;
use crate::diagnostic::{Diagnostics, suggest};
use crate::program::code::{CodeKind, Params};
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Reg};
use crate::program::model::{
    Claim, Entry, Expectations, Exploring, PoolSettings, Program, Settings,
};
use crate::program::value::CodeId;
use crate::program::vocabulary;
use crate::scenario::Scenario;
use crate::scenario::model::{
    Action, Expr, Literal, Name, Object, Places, PoolKind, Routine, RoutineKind, Runtime, Step,
};
use crate::source::Span;

/// Compiles a scenario, also one that the parser found mistakes in, to find more of them. There is
/// no program if the diagnostics hold an error.
pub fn scenario(scenario: &Scenario) -> (Option<Program>, Diagnostics) {
    let places = Places::default();
    let mut compiler = Compiler::new(Language::Scenario, &scenario.source, &places);
    compiler.pools = scenario.pools.iter().map(|pool| pool.name.text.clone()).collect();
    compiler.lost_names.clone_from(&scenario.lost_names);
    compiler.define_all(scenario);
    let module = compiler.module(scenario);
    let entry = compiler.entry(scenario);
    let expectations = compiler.expectations(scenario);
    let (codes, sites, globals, mut diagnostics) = compiler.into_tables();
    diagnostics.sort_by_place();
    // A target is looked at once when it is chosen and once when it is stored to.
    let mut last = None;
    diagnostics.retain(|found| last.replace(found.clone()).as_ref() != Some(found));
    let program = entry.filter(|_| !diagnostics.has_errors()).map(|entry| Program {
        name: scenario.name.clone(),
        sources: [scenario.source.clone()].into(),
        sites: sites.into(),
        codes: codes.into_iter().map(Arc::new).collect(),
        globals,
        module,
        entry: Some(entry),
        modules: Vec::new(),
        settings: settings(scenario),
        expectations,
    });
    (program, diagnostics)
}

fn settings(scenario: &Scenario) -> Settings {
    let pool = |pool: &crate::scenario::model::Pool| PoolSettings {
        name: pool.name.text.as_str().into(),
        processes: pool.kind == PoolKind::Process,
        max_workers: pool.max_workers,
        start: pool.start,
        transfer: pool.transfer,
    };
    Settings {
        epoch: scenario.epoch,
        seed: scenario.seed,
        pools: scenario.pools.iter().map(pool).collect(),
        ..runtime_settings(&scenario.runtime)
    }
}

/// The settings of a program of which only this is said.
pub(super) fn runtime_settings(runtime: &Runtime) -> Settings {
    Settings {
        epoch: crate::time::CivilDateTime::default(),
        seed: 0,
        python: runtime.python.unwrap_or_default(),
        cores: runtime.cores,
        gil: runtime.gil.unwrap_or(true),
        preempt_at_access: runtime.preempt_at_access.unwrap_or(false),
        switch_interval: runtime.switch_interval,
        debug: runtime.debug.unwrap_or(false),
        eager_tasks: runtime.eager_tasks.unwrap_or(false),
        latency: runtime.latency.unwrap_or_default(),
        bandwidth: runtime.bandwidth,
        op_cost: crate::time::Duration::ZERO,
        arguments: Vec::new(),
        pools: Vec::new(),
    }
}

impl<'a> Compiler<'a> {
    /// Takes down all shared names before anything is compiled, so that their order does not
    /// matter.
    fn define_all(&mut self, scenario: &Scenario) {
        for global in &scenario.globals {
            self.define_checked(&global.name.text, global.name.span, SharedKind::Global);
        }
        for object in &scenario.objects {
            self.define_checked(&object.name.text, object.name.span, SharedKind::Object);
        }
        for routine in &scenario.routines {
            let params = routine.params.iter();
            let params = params.map(|param| (param.name.text.clone(), param.default.is_some()));
            let signature = Signature { kind: routine.kind, params: params.collect() };
            let kind = SharedKind::Routine(signature);
            self.define_checked(&routine.name.text, routine.name.span, kind);
            for local in Names::of_steps(&routine.steps).bound {
                self.locals_of.entry(local).or_insert_with(|| routine.name.text.clone());
            }
            if returns_awaitable(&routine.steps) {
                self.returning.insert(routine.name.text.clone());
            }
        }
    }

    fn define_checked(&mut self, name: &str, span: Span, kind: SharedKind) {
        let shared = Shared { name: name.to_owned(), span, kind };
        if self.define(shared).is_none()
            && let Some((_, first)) = self.shared(name)
        {
            let first = first.span;
            self.diagnostics
                .error(span, format!("`{name}` is defined twice"))
                .related(first, "first defined here");
        }
    }

    /// The code that builds the shared variables.
    fn module(&mut self, scenario: &'a Scenario) -> CodeId {
        let mut variables = BTreeSet::new();
        let defaults = || scenario.routines.iter().flat_map(|routine| &routine.params);
        let exprs = scenario.objects.iter().map(|object| &object.value);
        for expr in exprs.chain(defaults().filter_map(|param| param.default.as_ref())) {
            variables.extend(Names::of_expr(&expr.ast).bound);
        }
        let variables = variables.into_iter().collect();
        let function = Function::new("<module>", CodeKind::Module, Params::default(), variables);
        let module = self.begin(function, Span::default());
        for global in &scenario.globals {
            self.at(global.name.span);
            let temp = self.function().temp();
            self.literal(&global.value, temp);
            self.store_shared(&global.name.text, temp);
        }
        for routine in &scenario.routines {
            self.routine_object(routine);
        }
        for (index, object) in scenario.objects.iter().enumerate() {
            self.object(object, &scenario.objects[..index]);
        }
        let none = self.function().temp();
        self.load(none, Constant::None);
        self.emit(Instr::Return { src: none });
        self.end();
        module
    }

    fn store_shared(&mut self, name: &str, src: Reg) {
        if let Some((slot, _)) = self.shared(name) {
            self.emit(Instr::StoreGlobal { src, slot });
        }
        self.emit(Instr::Clear { reg: src });
        let mark = usize::from(src);
        self.function().release(mark);
    }

    fn object(&mut self, object: &'a Object, built: &[Object]) {
        self.check_order(object, built);
        self.at(object.name.span);
        let temp = self.function().temp();
        self.text_to(&object.value, temp);
        self.at(object.name.span);
        self.store_shared(&object.name.text, temp);
    }

    /// Reports an object that needs one that is built later, or itself.
    fn check_order(&mut self, object: &Object, built: &[Object]) {
        for name in Names::used_in(&object.value.ast) {
            let is_built = built.iter().any(|before| before.name.text == name);
            if let Some((_, shared)) = self.shared(&name)
                && let SharedKind::Object = shared.kind
                && !is_built
            {
                let defined = shared.span;
                let when =
                    if name == object.name.text { "itself" } else { "an object built later" };
                self.diagnostics
                    .error(object.value.span, format!("`{}` needs {when}", object.name.text))
                    .related(defined, "built here")
                    .help("objects are built in the order of the file");
            }
        }
    }

    /// A plain value of the file.
    fn literal(&mut self, literal: &Literal, dst: Reg) {
        match literal {
            Literal::Bool(value) => self.load(dst, Constant::Bool(*value)),
            Literal::Int(value) => self.load(dst, Constant::Int(*value)),
            Literal::Float(value) => self.load(dst, Constant::Float(*value)),
            Literal::Str(text) => self.load(dst, Constant::Str(text.as_str().into())),
            Literal::List(items) => {
                self.emit(Instr::BuildList { dst, base: dst, len: 0 });
                let src = self.function().temp();
                for item in items {
                    self.literal(item, src);
                    self.emit(Instr::ListAppend { list: dst, src });
                }
                self.function().release(src.into());
            }
            Literal::Dict(pairs) => {
                self.emit(Instr::BuildDict { dst, base: dst, len: 0 });
                let src = self.function().temps(2);
                for (key, value) in pairs {
                    self.load(src, Constant::Str(key.as_str().into()));
                    self.literal(value, src + 1);
                    self.emit(Instr::DictPut { dict: dst, src });
                }
                self.function().release(src.into());
            }
        }
    }

    /// Makes the function of a routine and stores it in its variable.
    fn routine_object(&mut self, routine: &'a Routine) {
        self.at(routine.name.span);
        let dst = self.function().temp();
        let base = self.function().mark();
        for default in routine.params.iter().filter_map(|param| param.default.as_ref()) {
            let reg = self.function().temp();
            self.default_value(default, reg);
        }
        let code = self.routine_code(routine);
        let Ok(code) = u16::try_from(code.0) else {
            self.diagnostics.error_in_file("there are too many routines in this file");
            return;
        };
        self.at(routine.name.span);
        let base = Reg::try_from(base).unwrap_or(0);
        self.emit(Instr::MakeFunction { dst, base, code });
        self.store_shared(&routine.name.text, dst);
    }

    fn default_value(&mut self, default: &'a Expr, dst: Reg) {
        for name in Names::used_in(&default.ast) {
            if let Some((_, shared)) = self.shared(&name)
                && let SharedKind::Object = shared.kind
            {
                let defined = shared.span;
                self.diagnostics
                    .error(default.span, format!("a default value cannot use the object `{name}`"))
                    .related(defined, "built after the default values")
                    .help("use `None` as the default, and the object in the body");
            }
        }
        self.text_to(default, dst);
    }

    fn routine_code(&mut self, routine: &'a Routine) -> CodeId {
        let names = Names::of_steps(&routine.steps);
        let mut variables: Vec<String> =
            routine.params.iter().map(|param| param.name.text.clone()).collect();
        for name in &names.bound {
            if !variables.contains(name) && self.shared(name).is_none() {
                variables.push(name.clone());
            }
        }
        let kind = match routine.kind {
            RoutineKind::Coroutine => CodeKind::Coroutine,
            RoutineKind::Function => CodeKind::Function,
        };
        let defaults = routine.params.iter().filter(|param| param.default.is_some()).count();
        let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let params = Params {
            positional: count(routine.params.len()),
            defaults: count(defaults),
            ..Params::default()
        };
        let mut function = Function::new(&routine.name.text, kind, params, variables);
        function.unsteady =
            function.variables.iter().map(|name| names.deleted.contains(name)).collect();
        function.captured = names.captured;
        for reg in 0..count(routine.params.len()) {
            function.assign(reg);
        }
        let code = self.begin(function, routine.name.span);
        for param in &routine.params {
            self.check_param(&param.name);
        }
        self.make_cells();
        self.steps(&routine.steps);
        if !self.function().is_unreachable() {
            let none = self.function().temp();
            self.load(none, Constant::None);
            self.emit(Instr::Return { src: none });
        }
        self.end();
        code
    }

    /// Reports a parameter that hides a routine or a builtin.
    fn check_param(&mut self, name: &Name) {
        if let Some((_, shared)) = self.shared(&name.text)
            && let SharedKind::Routine(_) = shared.kind
        {
            let defined = shared.span;
            self.diagnostics
                .error(name.span, format!("the parameter `{}` hides the routine", name.text))
                .related(defined, "defined here")
                .help("choose another name for the parameter");
            return;
        }
        // Reports a name that hides a builtin.
        self.binding(&name.text, name.span);
    }

    /// The entry. If there is none, or it cannot be one, the scenario's parser has said so.
    fn entry(&mut self, scenario: &Scenario) -> Option<Entry> {
        let name = &scenario.entry;
        let (slot, shared) = self.shared(&name.text)?;
        let SharedKind::Routine(signature) = &shared.kind else { return None };
        let needs_nothing = signature.params.iter().all(|(_, has_default)| *has_default);
        if signature.kind != RoutineKind::Coroutine || !needs_nothing {
            return None;
        }
        // A place outside of all routines.
        let site = self.site(name.span);
        Some(Entry { slot, site })
    }

    fn expectations(&mut self, scenario: &'a Scenario) -> Expectations {
        let expect = &scenario.expect;
        let mut lines = |lines: &Option<(Vec<String>, Span)>| {
            lines.as_ref().map(|(lines, span)| (lines.clone(), self.site(*span)))
        };
        let output = lines(&expect.output);
        let order = lines(&expect.order);
        Expectations {
            output,
            order,
            duration: expect.duration.map(|(duration, span)| (duration, self.site(span))),
            outcome: expect.outcome.as_ref().map(|(text, span)| {
                self.check_outcome(text, *span);
                (text.clone(), self.site(*span))
            }),
            finally: expect.finally.iter().map(|claim| self.claim(claim)).collect(),
            always: expect.always.iter().map(|claim| self.claim(claim)).collect(),
            exploring: scenario.explore.as_ref().map(|explore| Exploring {
                open: explore.open.clone(),
                strategy: explore.strategy,
                runs: explore.runs,
                preemptions: explore.preemptions,
                ignore: explore.ignore.clone(),
                fails: explore.fails,
            }),
        }
    }

    /// Reports an outcome that names an exception that does not exist.
    fn check_outcome(&mut self, text: &str, span: Span) {
        let Some(name) = text.strip_prefix("raises ") else { return };
        if vocabulary::is_exception(name) {
            return;
        }
        let help = suggest(name, vocabulary::exceptions());
        let help = help.map(|similar| format!("did you mean `{similar}`?"));
        self.diagnostics.error(span, format!("unknown exception type `{name}`")).help_opt(help);
    }

    fn claim(&mut self, claim: &'a Expr) -> Claim {
        let variables = Names::of_expr(&claim.ast).bound;
        let mut function =
            Function::new(EXPECTATION, CodeKind::Function, Params::default(), variables);
        function.captured = Names::of_expr(&claim.ast).captured;
        let code = self.begin(function, claim.span);
        self.make_cells();
        let src = self.text(claim);
        self.emit(Instr::Return { src });
        self.end();
        let site = self.site(claim.span);
        Claim { text: self.source.slice(claim.span).to_owned(), code, site }
    }
}

/// Whether a body may return something that can be awaited.
fn returns_awaitable(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.action {
        Action::Return(Some(value)) => may_be_awaitable(&value.ast),
        Action::With { steps, .. } => returns_awaitable(steps),
        Action::If { steps, otherwise, .. }
        | Action::For { steps, otherwise, .. }
        | Action::While { steps, otherwise, .. } => {
            returns_awaitable(steps) || returns_awaitable(otherwise)
        }
        Action::Try { steps, handlers, otherwise, finally } => {
            returns_awaitable(steps)
                || handlers.iter().any(|handler| returns_awaitable(&handler.steps))
                || returns_awaitable(otherwise)
                || returns_awaitable(finally)
        }
        _ => false,
    })
}
