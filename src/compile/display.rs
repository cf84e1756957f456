//! Lists, tuples, sets, dicts, and comprehensions of them.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::compiler::Compiler;
use super::function::Variable;
use super::names::Names;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Intrinsic, Reg};

/// Displays of more items than this are filled bit by bit, so as not to take too many registers.
const AT_ONCE: usize = 32;

impl Compiler<'_> {
    /// Computes a display or a comprehension into a register.
    pub(super) fn display_into(&mut self, expr: &Expr, dst: Reg) {
        match expr {
            Expr::List(list) => {
                self.at_node(expr);
                self.list_into(&list.elts, dst);
            }
            Expr::Tuple(tuple) => self.tuple_into(expr, &tuple.elts, dst),
            Expr::Set(set) => self.set_into(expr, &set.elts, dst),
            Expr::Dict(dict) => self.dict_into(dict, dst),
            Expr::ListComp(comp) => {
                let each = Each::Item(&comp.elt);
                self.comprehension_into(expr, &comp.generators, each, Collect::List, dst);
            }
            Expr::SetComp(comp) => {
                let each = Each::Item(&comp.elt);
                self.comprehension_into(expr, &comp.generators, each, Collect::Set, dst);
            }
            Expr::DictComp(comp) => match &comp.key {
                Some(key) => {
                    let each = Each::Pair(key, &comp.value);
                    self.comprehension_into(expr, &comp.generators, each, Collect::Dict, dst);
                }
                None => {
                    self.error(expr, "`**` cannot stand in a comprehension");
                }
            },
            _ => {}
        }
    }

    /// Computes a list of these items.
    pub(super) fn list_into(&mut self, items: &[Expr], dst: Reg) {
        if items.len() <= AT_ONCE && !items.iter().any(Expr::is_starred_expr) {
            let base = self.items(items);
            let len = u16::try_from(items.len()).unwrap_or(u16::MAX);
            self.emit(Instr::BuildList { dst, base, len });
            return;
        }
        let list = self.function().temp();
        let place = self.function().place;
        self.emit(Instr::BuildList { dst: list, base: list, len: 0 });
        for item in items {
            let mark = self.function().mark();
            if let Expr::Starred(starred) = item {
                let src = self.function().temp();
                self.expr_into(&starred.value, src);
                self.function().place = place;
                self.emit(Instr::ListExtend { list, src });
            } else {
                let src = self.function().temp();
                self.expr_into(item, src);
                self.emit(Instr::ListAppend { list, src });
            }
            self.function().release(mark);
        }
        self.emit(Instr::Take { dst, src: list });
    }

    /// Computes items into registers in a row.
    fn items(&mut self, items: &[Expr]) -> Reg {
        let base = self.function().temps(items.len());
        for (reg, item) in (base..).zip(items) {
            self.expr_into(item, reg);
        }
        base
    }

    fn tuple_into(&mut self, expr: &Expr, items: &[Expr], dst: Reg) {
        let constants: Option<Vec<Constant>> =
            items.iter().map(|item| self.constant_of(item)).collect();
        if let Some(constants) = constants {
            self.load(dst, Constant::Tuple(constants.into()));
        } else if items.len() <= AT_ONCE && !items.iter().any(Expr::is_starred_expr) {
            let base = self.items(items);
            let len = u16::try_from(items.len()).unwrap_or(u16::MAX);
            self.emit(Instr::BuildTuple { dst, base, len });
        } else {
            let list = self.function().temp();
            self.list_into(items, list);
            self.at_node(expr);
            self.emit(Instr::ListToTuple { dst, list });
        }
    }

    fn set_into(&mut self, expr: &Expr, items: &[Expr], dst: Reg) {
        if items.len() <= AT_ONCE && !items.iter().any(Expr::is_starred_expr) {
            let base = self.items(items);
            let len = u16::try_from(items.len()).unwrap_or(u16::MAX);
            self.at_node(expr);
            self.emit(Instr::BuildSet { dst, base, len });
            return;
        }
        let set = self.function().temp();
        self.emit(Instr::BuildSet { dst: set, base: set, len: 0 });
        for item in items {
            let mark = self.function().mark();
            let starred = item.as_starred_expr();
            let src = self.function().temp();
            self.expr_into(starred.map_or(item, |starred| &starred.value), src);
            self.at_node(item);
            self.emit(if starred.is_some() {
                Instr::SetUpdate { set, src }
            } else {
                Instr::SetAdd { set, src }
            });
            self.function().release(mark);
        }
        self.emit(Instr::Take { dst, src: set });
    }

    fn dict_into(&mut self, display: &ast::ExprDict, dst: Reg) {
        let items = &display.items;
        if items.len() <= AT_ONCE / 2 && items.iter().all(|item| item.key.is_some()) {
            let base = self.function().temps(2 * items.len());
            for (key_reg, item) in (base..).step_by(2).zip(items) {
                if let Some(key) = &item.key {
                    self.expr_into(key, key_reg);
                }
                self.expr_into(&item.value, key_reg + 1);
            }
            let len = u16::try_from(items.len()).unwrap_or(u16::MAX);
            self.at_node(display);
            self.emit(Instr::BuildDict { dst, base, len });
            return;
        }
        let dict = self.function().temp();
        self.emit(Instr::BuildDict { dst: dict, base: dict, len: 0 });
        for item in items {
            let mark = self.function().mark();
            let pair = self.function().temps(2);
            if let Some(key) = &item.key {
                self.expr_into(key, pair);
                self.expr_into(&item.value, pair + 1);
                self.at_node(key);
                self.emit(Instr::DictPut { dict, src: pair });
            } else {
                self.expr_into(&item.value, pair);
                self.at_node(&item.value);
                self.emit(Instr::DictUpdate { dict, src: pair });
            }
            self.function().release(mark);
        }
        self.emit(Instr::Take { dst, src: dict });
    }

    fn comprehension_into(
        &mut self,
        expr: &Expr,
        generators: &[ast::Comprehension],
        each: Each<'_>,
        collect: Collect,
        dst: Reg,
    ) {
        let into = self.function().temp();
        self.at_node(expr);
        self.emit(match collect {
            Collect::List => Instr::BuildList { dst: into, base: into, len: 0 },
            Collect::Set => Instr::BuildSet { dst: into, base: into, len: 0 },
            Collect::Dict => Instr::BuildDict { dst: into, base: into, len: 0 },
        });
        let Some(first) = generators.first() else { return };
        let source = self.comprehension_source(first);
        let outside = self.function().overlay.len();
        self.own_variables(generators, &each);
        self.function().comprehensions += 1;
        let sink = Sink { each, collect, into };
        self.generator_loop(generators, source, &sink);
        self.function().comprehensions -= 1;
        self.function().overlay.truncate(outside);
        self.emit(Instr::Take { dst, src: into });
    }

    /// Begins to go over what one `for` of a comprehension goes over.
    fn comprehension_source(&mut self, generator: &ast::Comprehension) -> Iteration {
        if !generator.is_async {
            return self.iteration(&generator.iter);
        }
        if self.is_scenario() {
            self.error(generator, "`async for` is not supported in a scenario");
        } else {
            let span = self.span(generator);
            self.check_may_await(span, "comprehension");
        }
        let iter = self.function().temp();
        self.expr_into(&generator.iter, iter);
        self.at_node(&generator.iter);
        self.emit(Instr::Intrinsic { what: Intrinsic::AsyncIter, dst: iter, base: iter });
        Iteration::Awaited(iter)
    }

    /// Makes the variables of a comprehension, which hide others of the same names.
    fn own_variables(&mut self, generators: &[ast::Comprehension], each: &Each<'_>) {
        let mut inside = Names::default();
        for part in each.parts() {
            inside.captured.extend(Names::of_expr(part).captured);
        }
        for test in generators.iter().flat_map(|generator| &generator.ifs) {
            inside.captured.extend(Names::of_expr(test).captured);
        }
        for generator in generators.iter().skip(1) {
            inside.captured.extend(Names::of_expr(&generator.iter).captured);
        }
        for name in Names::of_targets(generators) {
            let function = self.function();
            let reg = function.temp();
            let is_cell = inside.captured.contains(&name);
            function.forget(reg);
            function.overlay.push((name, Variable { reg, is_cell }));
            function.emit(Instr::Clear { reg });
            if is_cell {
                function.emit(Instr::MakeCell { reg });
            }
        }
    }

    /// The loops of a comprehension, from the outermost on; the innermost collects.
    pub(super) fn generator_loop(
        &mut self,
        generators: &[ast::Comprehension],
        source: Iteration,
        sink: &Sink<'_>,
    ) {
        let Some((generator, rest)) = generators.split_first() else { return };
        let (start, end) = (self.function().label_here(), self.function().label());
        let next = self.function().label();
        self.next_item(source, &generator.target, end);
        for test in &generator.ifs {
            self.branch(test, false, next);
        }
        let mark = self.function().mark();
        if let Some(inner) = rest.first() {
            let source = self.comprehension_source(inner);
            self.generator_loop(rest, source, sink);
        } else {
            self.collect(sink);
        }
        self.function().release(mark);
        self.function().bind(next);
        self.function().jump_back(start);
        self.function().bind(end);
    }

    fn collect(&mut self, sink: &Sink<'_>) {
        match (&sink.each, sink.collect) {
            (Each::Item(item), Collect::List) => {
                let src = self.function().temp();
                self.expr_into(item, src);
                self.emit(Instr::ListAppend { list: sink.into, src });
            }
            (Each::Item(item), _) => {
                let src = self.function().temp();
                self.expr_into(item, src);
                self.at_node(*item);
                self.emit(Instr::SetAdd { set: sink.into, src });
            }
            (Each::Pair(key, value), _) => {
                let pair = self.function().temps(2);
                self.expr_into(key, pair);
                self.expr_into(value, pair + 1);
                self.at_node(*key);
                self.emit(Instr::DictPut { dict: sink.into, src: pair });
            }
            (Each::Yielded(item), _) => {
                let src = self.function().temp();
                self.expr_into(item, src);
                self.at_node(*item);
                self.emit(Instr::Yield { dst: src, src });
            }
        }
    }
}

/// What a comprehension makes for each turn.
#[derive(Clone, Copy)]
pub(super) enum Each<'e> {
    Item(&'e Expr),
    Pair(&'e Expr, &'e Expr),
    /// It is a generator, and this is what it yields.
    Yielded(&'e Expr),
}

impl<'e> Each<'e> {
    fn parts(self) -> impl Iterator<Item = &'e Expr> {
        let (first, second) = match self {
            Self::Item(item) | Self::Yielded(item) => (item, None),
            Self::Pair(key, value) => (key, Some(value)),
        };
        std::iter::once(first).chain(second)
    }
}

/// What it is collected in.
#[derive(Clone, Copy)]
pub(super) enum Collect {
    List,
    Set,
    Dict,
}

/// Where a comprehension's items go.
pub(super) struct Sink<'e> {
    pub each: Each<'e>,
    pub collect: Collect,
    pub into: Reg,
}

/// What a loop goes over, once begun.
#[derive(Clone, Copy, Debug)]
pub(super) enum Iteration {
    /// An iterator in this register.
    Iterator(Reg),
    /// An async iterator in this register.
    Awaited(Reg),
    /// Numbers; the state is in this register and the two after it.
    Range(Reg),
}

impl Compiler<'_> {
    /// Begins to go over an expression.
    pub(super) fn iteration(&mut self, iterable: &Expr) -> Iteration {
        if let Expr::Call(call) = iterable
            && let Expr::Name(name) = &*call.func
            && name.id == "range"
            && self.builtin("range").is_some()
            && call.arguments.keywords.is_empty()
            && (1..=3).contains(&call.arguments.args.len())
            && !call.arguments.args.iter().any(Expr::is_starred_expr)
        {
            let base = self.function().temps(3);
            for reg in (base..).skip(call.arguments.args.len()).take(3 - call.arguments.args.len())
            {
                self.emit(Instr::Clear { reg });
            }
            for (reg, arg) in (base..).zip(&call.arguments.args) {
                self.expr_into(arg, reg);
            }
            self.at_node(iterable);
            self.emit(Instr::RangeBegin { base });
            return Iteration::Range(base);
        }
        let iter = self.function().temp();
        self.expr_into(iterable, iter);
        self.at_node(iterable);
        self.emit(Instr::GetIter { dst: iter, src: iter });
        Iteration::Iterator(iter)
    }

    /// Takes the next item and assigns it, or goes to `end`.
    pub(super) fn next_item(
        &mut self,
        source: Iteration,
        target: &Expr,
        end: super::function::Label,
    ) {
        let own = self.plain_variable(target);
        let dst = own.unwrap_or_else(|| self.function().temp());
        self.emit(match source {
            Iteration::Iterator(iter) => Instr::IterNext { dst, iter },
            Iteration::Awaited(iter) => Instr::NextAwaited { dst, iter },
            Iteration::Range(base) => Instr::RangeNext { dst, base },
        });
        self.function().jump(end);
        if own.is_some() {
            self.function().assign(dst);
        } else {
            self.assign(target, dst);
        }
    }
}
