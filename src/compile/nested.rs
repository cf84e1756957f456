//! Functions inside expressions: lambdas and generator expressions.

use std::collections::BTreeSet;

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::compiler::Compiler;
use super::display::{Collect, Each, Iteration, Sink};
use super::function::Function;
use super::names::{self, Names};
use crate::program::code::{CodeKind, Params};
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Intrinsic, Reg};

impl Compiler<'_> {
    /// Makes a function of a lambda.
    pub(super) fn lambda_into(&mut self, expr: &Expr, lambda: &ast::ExprLambda, dst: Reg) {
        let (params, mut variables, defaults) = parameters(lambda.parameters.as_deref());
        let base = self.function().mark();
        for default in &defaults {
            let reg = self.function().temp();
            self.expr_into(default, reg);
        }
        let names = names::of_lambda(lambda);
        let n_params = variables.len();
        variables.extend(names.own().skip(n_params).cloned());
        let kind = if names.yields { CodeKind::Generator } else { CodeKind::Function };
        let function =
            self.nested("<lambda>", kind, params, variables, names.free(), names.captured);
        let span = self.span(expr);
        let careful = names::has_walrus(&lambda.body);
        let code = self.begin(function, span);
        self.function().careful = careful;
        self.make_cells();
        let value = self.operand(&lambda.body);
        self.emit(Instr::Return { src: value });
        self.end();
        self.make_function(dst, base, code);
    }

    /// Makes a generator: a function with the first iterator as its only argument, called at once.
    pub(super) fn generator_into(&mut self, expr: &Expr, generator: &ast::ExprGenerator, dst: Reg) {
        let Some(first) = generator.generators.first() else { return };
        let callee = self.function().temp();
        let iterator = self.function().temp();
        self.expr_into(&first.iter, iterator);
        self.at_node(&first.iter);
        if first.is_async {
            let what = Intrinsic::AsyncIter;
            self.emit(Instr::Intrinsic { what, dst: iterator, base: iterator });
        } else {
            self.emit(Instr::GetIter { dst: iterator, src: iterator });
        }
        let mut variables = vec![".0".to_owned()];
        variables.extend(Names::of_targets(&generator.generators));
        let params = Params { positional: 1, ..Params::default() };
        let names = names::of_generator(generator);
        let kind = if names.awaits { CodeKind::AsyncGenerator } else { CodeKind::Generator };
        let function =
            self.nested("<genexpr>", kind, params, variables, names.free(), names.captured);
        let span = self.span(expr);
        let base = self.function().mark();
        let code = self.begin(function, span);
        self.function().careful = names::has_walrus(expr);
        self.function().assign(0);
        self.make_cells();
        let each = Each::Yielded(&generator.elt);
        let sink = Sink { each, collect: Collect::List, into: 0 };
        let source = if first.is_async { Iteration::Awaited(0) } else { Iteration::Iterator(0) };
        self.generator_loop(&generator.generators, source, &sink);
        let none = self.function().temp();
        self.load(none, Constant::None);
        self.emit(Instr::Return { src: none });
        self.end();
        self.make_function(callee, base, code);
        self.at(span);
        self.emit(Instr::Call { argc: 1, base: callee, dst });
    }

    /// A function inside the one being made. Of the names free in it, those that are variables
    /// here come in as cells.
    pub(super) fn nested(
        &mut self,
        name: &str,
        kind: CodeKind,
        params: Params,
        variables: Vec<String>,
        free: BTreeSet<String>,
        captured: BTreeSet<String>,
    ) -> Function {
        let n_params = params.len();
        let outer = self.function();
        // What a comprehension has for itself is only seen by functions if it is a cell.
        let is_cell = |name: &String| outer.variable(name).is_some_and(|found| found.is_cell);
        let cells = free.into_iter().filter(is_cell);
        let cells: Vec<String> = cells.collect();
        let mut all = variables;
        let locals = all.split_off(n_params.min(all.len()));
        all.extend(cells.iter().cloned());
        all.extend(locals);
        let mut function = Function::new(name, kind, params, all);
        function.n_free = u16::try_from(cells.len()).unwrap_or(u16::MAX);
        for cell in &cells {
            function.set_cell(cell);
        }
        for reg in 0..n_params {
            function.assign(Reg::try_from(reg).unwrap_or(0));
        }
        let outer = self.function();
        function.qualified_name = match outer.kind {
            CodeKind::Module => name.to_owned(),
            _ if outer.is_class => format!("{}.{name}", outer.qualified_name),
            _ => format!("{}.<locals>.{name}", outer.qualified_name),
        };
        function.private.clone_from(&outer.private);
        function.captured = captured;
        // What a nested function binds, and when, is not followed.
        function.possible.fill(true);
        function
    }

    /// Puts the variables that functions inside use into cells. The first thing a routine does.
    pub(super) fn make_cells(&mut self) {
        let function = self.function();
        let captured: Vec<String> =
            function.captured.iter().filter(|name| function.owns(name)).cloned().collect();
        for name in captured {
            let function = self.function();
            function.set_cell(&name);
            if let Some(variable) = function.variable(&name) {
                function.emit(Instr::MakeCell { reg: variable.reg });
            }
        }
    }

    /// Makes a function object; its defaults are in the registers from `base` on.
    pub(super) fn make_function(&mut self, dst: Reg, base: usize, code: crate::program::CodeId) {
        let free = self.free_of(code);
        let first = Reg::try_from(base).unwrap_or(0);
        for name in free {
            let reg = self.function().temp();
            if let Some(variable) = self.function().variable(&name) {
                self.emit(Instr::Move { dst: reg, src: variable.reg });
            }
        }
        let Ok(code) = u16::try_from(code.0) else {
            self.diagnostics.error_in_file("there are too many functions in this file");
            return;
        };
        self.emit(Instr::MakeFunction { dst, base: first, code });
    }
}

/// The parameters of a function: their kinds, their names in the order of registers, and the default
/// values.
pub(super) fn parameters(list: Option<&ast::Parameters>) -> (Params, Vec<String>, Vec<&Expr>) {
    let Some(list) = list else { return (Params::default(), Vec::new(), Vec::new()) };
    let positional = || list.posonlyargs.iter().chain(&list.args);
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let params = Params {
        positional: count(list.posonlyargs.len() + list.args.len()),
        positional_only: count(list.posonlyargs.len()),
        defaults: count(positional().filter(|param| param.default.is_some()).count()),
        keyword_only: list.kwonlyargs.iter().map(|param| param.default.is_some()).collect(),
        rest: list.vararg.is_some(),
        keywords: list.kwarg.is_some(),
    };
    let named = || positional().chain(&list.kwonlyargs);
    let names = named().map(|param| param.name().to_string());
    let rest = list.vararg.iter().chain(&list.kwarg).map(|param| param.name().to_string());
    let defaults = named().filter_map(|param| param.default.as_deref()).collect();
    (params, names.chain(rest).collect(), defaults)
}
