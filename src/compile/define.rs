//! Functions and classes of Python.

use ruff_python_ast as ast;
use ruff_python_ast::{Expr, Stmt};

use super::compiler::Compiler;
use super::function::{Function, class_variable_name};
use super::names::{self, CLASS_CELL, Names};
use super::nested::parameters;
use crate::program::code::{CodeKind, Params};
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Intrinsic, Reg};
use crate::program::value::CodeId;
use crate::source::Span;

impl<'a> Compiler<'a> {
    /// `def` and `async def`
    pub(super) fn function_def(&mut self, def: &'a ast::StmtFunctionDef) {
        let mark = self.function().mark();
        let decorators = self.decorators(&def.decorator_list);
        self.type_params(def.type_params.as_deref());
        let dst = self.function().temp();
        let base = self.function().mark();
        let (params, variables, defaults) = parameters(Some(&def.parameters));
        for default in defaults {
            let reg = self.function().temp();
            self.expr_into(default, reg);
        }
        let code = self.function_code(def, params, variables);
        let span = self.span(&def.name);
        self.at_node(def);
        self.make_function(dst, base, code);
        if self.keeps_annotations {
            self.function_annotations(def, dst);
        }
        self.decorate(&decorators, dst);
        self.at_node(def);
        self.store_name(&def.name, span, dst);
        self.drop_temporary(dst);
        self.function().release(mark);
    }

    fn function_code(
        &mut self,
        def: &'a ast::StmtFunctionDef,
        params: Params,
        mut variables: Vec<String>,
    ) -> CodeId {
        let names = names::of_function(&def.parameters, &def.body);
        let kind = match (def.is_async, names.yields) {
            (false, false) => CodeKind::Function,
            (true, false) => CodeKind::Coroutine,
            (false, true) => CodeKind::Generator,
            (true, true) => CodeKind::AsyncGenerator,
        };
        self.check_params(&def.parameters, &names);
        let n_params = variables.len();
        for name in names.own().skip(n_params) {
            variables.push(name.clone());
        }
        let mut function =
            self.nested(&def.name, kind, params, variables, names.free(), names.captured.clone());
        function.unsteady = unsteady(&function, &names);
        function.doc = docstring(&def.body);
        let span = self.span(def);
        let code = self.begin(function, span);
        self.declare_globals(&names);
        self.check_declarations(&names);
        self.make_cells();
        self.stmts(&def.body);
        self.finish_body();
        self.end();
        code
    }

    /// Reports parameters that are declared `global` or `nonlocal`.
    fn check_params(&mut self, parameters: &'a ast::Parameters, names: &Names) {
        for parameter in parameters {
            let name = parameter.name();
            if names.globals.contains(name.as_str()) {
                self.error(name, format!("name '{name}' is parameter and global"));
            } else if names.nonlocals.contains(name.as_str()) {
                self.error(name, format!("name '{name}' is parameter and nonlocal"));
            }
        }
    }

    /// The end of a body: it returns None.
    fn finish_body(&mut self) {
        if !self.function().is_unreachable() {
            let none = self.function().temp();
            self.load(none, Constant::None);
            self.emit(Instr::Return { src: none });
        }
    }

    /// Reports a `nonlocal` of what no function around has, and declarations that come too late.
    pub(super) fn check_declarations(&mut self, names: &Names) {
        for (range, message) in &names.misdeclared {
            self.diagnostics.error(self.places.span_of_range(*range), message);
        }
        for name in &names.nonlocals {
            let range = names.nonlocal_at.get(name).copied();
            if self.function().variable(name).is_none() {
                let site =
                    range.map_or_else(Span::default, |range| self.places.span_of_range(range));
                self.diagnostics.error(site, format!("no binding for nonlocal '{name}' found"));
            }
        }
    }

    /// Computes decorators; each is followed by a register for what it is given.
    fn decorators(&mut self, decorators: &'a [ast::Decorator]) -> Vec<(Reg, &'a Expr)> {
        let pairs = decorators.iter().map(|decorator| {
            let callee = self.function().temps(2);
            self.expr_into(&decorator.expression, callee);
            (callee, &decorator.expression)
        });
        pairs.collect()
    }

    /// Gives `dst` to the decorators, the innermost first.
    fn decorate(&mut self, decorators: &[(Reg, &'a Expr)], dst: Reg) {
        for (callee, expr) in decorators.iter().rev() {
            self.emit(Instr::Take { dst: callee + 1, src: dst });
            self.at_node(*expr);
            self.emit(Instr::Call { argc: 1, base: *callee, dst });
        }
    }

    /// The names of `def f[T]` and `class C[T]`: type variables, bound beside what they belong to.
    fn type_params(&mut self, params: Option<&'a ast::TypeParams>) {
        for param in params.into_iter().flat_map(|params| params.type_params.iter()) {
            let mark = self.function().mark();
            let dst = self.function().temp();
            let name = param.name();
            self.load(dst, Constant::Str(name.as_str().into()));
            let span = self.span(name);
            self.store_name(name, span, dst);
            self.function().release(mark);
        }
    }

    /// `class`
    pub(super) fn class_def(&mut self, class: &'a ast::StmtClassDef) {
        let mark = self.function().mark();
        let decorators = self.decorators(&class.decorator_list);
        self.type_params(class.type_params.as_deref());
        let dst = self.function().temp();
        // Name, bases, namespace, keywords.
        let base = self.function().temps(4);
        self.load(base, Constant::Str(class.name.as_str().into()));
        let (bases, keywords) = class
            .arguments
            .as_deref()
            .map_or((&[][..], &[][..]), |given| (&given.args[..], &given.keywords[..]));
        let span = self.class_span(class);
        self.at(span);
        self.list_into(bases, base + 1);
        if keywords.is_empty() {
            self.load(base + 3, Constant::None);
        } else {
            self.keywords_into(span, keywords, base + 3);
        }
        let callee = self.function().temp();
        let first = self.function().mark();
        let code = self.class_code(class);
        let span = self.class_span(class);
        self.at(span);
        self.make_function(callee, first, code);
        self.emit(Instr::Call { argc: 0, base: callee, dst: base + 2 });
        self.emit(Instr::Intrinsic { what: Intrinsic::BuildClass, dst, base });
        self.decorate(&decorators, dst);
        self.at_node(class);
        let span = self.span(&class.name);
        self.store_name(&class.name, span, dst);
        self.drop_temporary(dst);
        self.function().release(mark);
    }

    /// A class without its decorators.
    fn class_span(&self, class: &ast::StmtClassDef) -> Span {
        let (whole, name) = (self.span(class), self.span(&class.name));
        let before = self.source.slice(Span::new(whole.start as usize, name.start as usize));
        let start = before.rfind("class").map_or(0, |at| at);
        Span::new(whole.start as usize + start, whole.end as usize)
    }

    /// The body of a class: a function that returns its namespace.
    fn class_code(&mut self, class: &'a ast::StmtClassDef) -> CodeId {
        let names = Names::of_stmts(&class.body);
        let own: Vec<String> = names.own().cloned().collect();
        let mut variables: Vec<String> = own.iter().map(|name| class_variable_name(name)).collect();
        let has_cell = names.captured.contains(CLASS_CELL);
        if has_cell {
            variables.push(CLASS_CELL.to_owned());
        }
        let free = names::free_in_class(&names);
        let captured = std::iter::once(CLASS_CELL.to_owned()).filter(|_| has_cell).collect();
        let params = Params::default();
        let mut function =
            self.nested(&class.name, CodeKind::Function, params, variables, free, captured);
        function.is_class = true;
        function.private = Some(class.name.to_string());
        let deleted =
            |name: &String| name.strip_prefix('.').is_some_and(|name| names.deleted.contains(name));
        function.unsteady = function.variables.iter().map(deleted).collect();
        let qualified_name = function.qualified_name.clone();
        let span = self.span(class);
        let code = self.begin(function, span);
        self.declare_globals(&names);
        self.check_declarations(&names);
        self.make_cells();
        self.stmts(&class.body);
        let namespace = self.namespace(class, &names, &own, &qualified_name);
        self.emit(Instr::Return { src: namespace });
        self.end();
        code
    }

    /// A dict of what the class body has bound.
    fn namespace(
        &mut self,
        class: &'a ast::StmtClassDef,
        names: &Names,
        own: &[String],
        qualified_name: &str,
    ) -> Reg {
        let dict = self.function().temp();
        self.at_node(class);
        self.emit(Instr::BuildDict { dst: dict, base: dict, len: 0 });
        let pair = self.function().temps(2);
        let put = |this: &mut Self, key: &str| {
            this.load(pair, Constant::Str(key.into()));
            this.emit(Instr::DictPut { dict, src: pair });
        };
        let module = self.module_name.clone();
        self.load(pair + 1, Constant::Str(module.into()));
        put(self, "__module__");
        self.load(pair + 1, Constant::Str(qualified_name.into()));
        put(self, "__qualname__");
        if let Some(doc) = docstring(&class.body) {
            self.load(pair + 1, Constant::Str(doc.into()));
            put(self, "__doc__");
        }
        if let Some(params) = class.type_params.as_deref() {
            // What stands in brackets behind the class changes nothing.
            let names = params.type_params.iter();
            let names = names.map(|param| Constant::Str(param.name().as_str().into()));
            self.load(pair + 1, Constant::Tuple(names.collect()));
            put(self, "__type_params__");
        }
        if !names.annotated.is_empty() {
            self.annotations(names, pair + 1);
            put(self, "__annotations__");
        }
        for name in own {
            let Some(variable) = self.function().class_variable(name) else { continue };
            let (bound, next) = (self.function().label(), self.function().label());
            self.function().jump_if_bound(variable.reg, bound);
            self.function().jump(next);
            self.function().bind(bound);
            self.emit(Instr::Move { dst: pair + 1, src: variable.reg });
            let key = self.function().mangled(name);
            put(self, &key);
            self.function().bind(next);
        }
        if names.captured.contains(CLASS_CELL)
            && let Some(cell) = self.function().variable(CLASS_CELL)
        {
            self.emit(Instr::Move { dst: pair + 1, src: cell.reg });
            put(self, "__classcell__");
        }
        dict
    }

    /// What the names of a class are annotated with, as text: types are not evaluated.
    fn annotations(&mut self, names: &Names, dst: Reg) {
        self.emit(Instr::BuildDict { dst, base: dst, len: 0 });
        let mark = self.function().mark();
        let pair = self.function().temps(2);
        for (name, range) in &names.annotated {
            let name = self.function().mangled(name);
            self.load(pair, Constant::Str(name.into()));
            let span = self.places.span_of_range(*range);
            let text = self.source.slice(span).to_owned();
            self.load(pair + 1, Constant::Str(text.into()));
            self.emit(Instr::DictPut { dict: dst, src: pair });
        }
        self.function().release(mark);
    }

    /// Puts what a function is annotated with into its `__annotations__`. What cannot be evaluated
    /// when it is defined stands there as text.
    fn function_annotations(&mut self, def: &'a ast::StmtFunctionDef, function: Reg) {
        let annotated: Vec<(&str, &Expr)> = def
            .parameters
            .iter()
            .filter_map(|parameter| Some((parameter.name().as_str(), parameter.annotation()?)))
            .chain(def.returns.as_deref().map(|returned| ("return", returned)))
            .collect();
        if annotated.is_empty() {
            return;
        }
        let mark = self.function().mark();
        let dict = self.function().temp();
        self.emit(Instr::BuildDict { dst: dict, base: dict, len: 0 });
        let pair = self.function().temps(2);
        let failed = self.function().temp();
        let as_text = self.source.text().contains("from __future__ import annotations");
        for (name, annotation) in annotated {
            self.load(pair, Constant::Str(name.into()));
            let span = self.span(annotation);
            let text = self.source.slice(span).to_owned();
            if as_text {
                self.load(pair + 1, Constant::Str(text.into()));
            } else {
                let (fails, end) = (self.function().label(), self.function().label());
                let start = self.function().here();
                self.tolerant += 1;
                self.expr_into(annotation, pair + 1);
                self.tolerant -= 1;
                self.function().protect(start, fails, failed);
                self.function().jump(end);
                self.function().bind(fails);
                self.emit(Instr::Clear { reg: failed });
                self.load(pair + 1, Constant::Str(text.into()));
                self.function().bind(end);
            }
            self.emit(Instr::DictPut { dict, src: pair });
        }
        let name = self.function().attribute("__annotations__");
        self.emit(Instr::SetAttr { obj: function, src: dict, name });
        self.function().release(mark);
    }

    /// Makes shared variables of what a routine declares `global`.
    pub(super) fn declare_globals(&mut self, names: &Names) {
        for name in &names.globals {
            self.define_global(name);
        }
    }

    /// `yield`
    pub(super) fn yield_into(&mut self, expr: &Expr, value: Option<&Expr>, dst: Reg) {
        if !self.check_may_yield(expr, "'yield'") {
            return;
        }
        let src = self.function().temp();
        match value {
            Some(value) => self.expr_into(value, src),
            None => self.load(src, Constant::None),
        }
        self.at_node(expr);
        self.emit(Instr::Yield { dst: src, src });
        self.emit(Instr::Take { dst, src });
    }

    /// `yield from`: passes on what is sent and thrown to the inner iterator.
    pub(super) fn yield_from_into(&mut self, expr: &Expr, value: &Expr, dst: Reg) {
        if !self.check_may_yield(expr, "'yield from'") {
            return;
        }
        if self.function().kind == CodeKind::AsyncGenerator {
            self.error(expr, "'yield from' inside async function");
            return;
        }
        let iter = self.function().temp();
        let item = self.function().temp();
        let raised = self.function().temp();
        self.expr_into(value, iter);
        self.at_node(expr);
        self.emit(Instr::Intrinsic { what: Intrinsic::YieldFromIter, dst: iter, base: iter });
        self.load(item, Constant::None);
        let (start, end) = (self.function().label_here(), self.function().label());
        self.emit(Instr::Send { dst: item, iter, src: item });
        self.function().jump(end);
        let pass_on = self.function().label_here();
        let here = self.function().here();
        self.emit(Instr::Yield { dst: item, src: item });
        let caught = self.function().label();
        self.function().protect(here, caught, raised);
        self.function().jump_back(start);
        self.function().bind(caught);
        self.emit(Instr::Throw { dst: item, iter, src: raised });
        self.function().jump(end);
        self.function().jump(pass_on);
        self.function().bind(end);
        self.emit(Instr::Clear { reg: iter });
        self.emit(Instr::Take { dst, src: item });
    }

    fn check_may_yield(&mut self, expr: &Expr, what: &str) -> bool {
        let kind = self.function().kind;
        if matches!(kind, CodeKind::Generator | CodeKind::AsyncGenerator)
            && self.function().name != "<genexpr>"
        {
            return true;
        }
        if self.function().name == "<genexpr>" {
            self.error(expr, "'yield' inside generator expression");
        } else {
            self.error(expr, format!("{what} outside function"));
        }
        false
    }
}

/// The text that a body begins with.
pub(super) fn docstring(body: &[Stmt]) -> Option<String> {
    let Some(Stmt::Expr(first)) = body.first() else { return None };
    let Expr::StringLiteral(text) = &*first.value else { return None };
    Some(clean(text.value.to_str()))
}

/// A docstring without its indentation, as `CPython` has kept it since 3.13.
fn clean(text: &str) -> String {
    let expanded: Vec<String> =
        text.split('\n').map(|line| line.replace('\t', "        ")).collect();
    let margin = expanded
        .iter()
        .skip(1)
        .filter(|line| !line.trim_start_matches(' ').is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let mut lines = text.split('\n').enumerate().map(|(index, line)| {
        if index == 0 {
            line.trim_start_matches(' ').to_owned()
        } else {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            line[spaces.min(margin)..].to_owned()
        }
    });
    let mut out = lines.next().unwrap_or_default();
    for line in lines {
        out.push('\n');
        out.push_str(&line);
    }
    out
}

fn unsteady(function: &Function, names: &Names) -> Vec<bool> {
    function.variables.iter().map(|name| names.deleted.contains(name)).collect()
}
