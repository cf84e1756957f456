//! Assignments and deletions: what stands on the left.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::compiler::{Compiler, Resolved, SharedKind};
use super::expression::binary_op;
use super::function::{Binding, Place};
use crate::program::instruction::{Instr, Reg};
use crate::program::operator::BinaryOp;
use crate::program::vocabulary;
use crate::source::Span;

impl Compiler<'_> {
    /// Assigns what is in a register.
    pub(super) fn assign(&mut self, target: &Expr, src: Reg) {
        let mark = self.function().mark();
        match target {
            Expr::Name(name) => {
                let span = self.span(target);
                self.store_name(&name.id, span, src);
            }
            Expr::Attribute(attribute) => {
                let obj = self.operand(&attribute.value);
                self.at_attribute(attribute, target);
                let name = self.function().attribute(&attribute.attr);
                self.emit(Instr::SetAttr { obj, src, name });
            }
            Expr::Subscript(subscript) => {
                self.check_kept(&subscript.value);
                let obj = self.operand(&subscript.value);
                let key = self.operand(&subscript.slice);
                self.at_node(target);
                self.emit(Instr::SetItem { obj, key, src });
            }
            Expr::Tuple(tuple) => self.unpack(target, &tuple.elts, src),
            Expr::List(list) => self.unpack(target, &list.elts, src),
            Expr::Starred(_) => {
                self.error(target, "a starred target must be in a list or a tuple");
            }
            _ => {
                self.error(target, "this cannot be assigned to");
            }
        }
        self.function().release(mark);
    }

    /// Computes an expression and assigns it to a single target.
    pub(super) fn assign_expr(&mut self, target: &Expr, value: &Expr) {
        self.check_kept(value);
        if let Some(dst) = self.plain_variable(target) {
            self.expr_into(value, dst);
            self.function().assign(dst);
        } else {
            let mark = self.function().mark();
            let src = self.operand(value);
            self.assign(target, src);
            self.drop_temporary(src);
            self.function().release(mark);
        }
    }

    /// Empties a register that is no variable, so that what it held does not live on in it.
    pub(super) fn drop_temporary(&mut self, reg: Reg) {
        if !self.function().is_variable(reg) {
            self.emit(Instr::Clear { reg });
        }
    }

    /// The register of a target, if that is all there is to an assignment to it.
    pub(super) fn plain_variable(&mut self, target: &Expr) -> Option<Reg> {
        let Expr::Name(name) = target else { return None };
        let span = self.span(target);
        match self.binding(&name.id, span)? {
            Binding::Variable(variable) if !variable.is_cell => Some(variable.reg),
            _ => None,
        }
    }

    /// Where an assignment to a name goes; reports a name that cannot be assigned to.
    pub(super) fn binding(&mut self, name: &str, span: Span) -> Option<Binding> {
        match self.resolve(name) {
            Resolved::Variable(variable) => {
                self.check_not_builtin(name, span);
                Some(Binding::Variable(variable))
            }
            Resolved::ClassVariable(variable) => Some(Binding::Variable(variable)),
            Resolved::Global(slot) => {
                if let Some((_, shared)) = self.shared(name)
                    && let SharedKind::Routine(_) = shared.kind
                {
                    let defined = shared.span;
                    self.diagnostics
                        .error(span, format!("`{name}` is a routine and cannot be assigned to"))
                        .related(defined, "defined here")
                        .help("choose another name for the variable");
                    return None;
                }
                Some(Binding::Global(slot))
            }
            Resolved::Known | Resolved::Unknown => {
                self.check_not_builtin(name, span);
                None
            }
        }
    }

    fn check_not_builtin(&mut self, name: &str, span: Span) {
        if !self.is_scenario() {
            return;
        }
        let is_known = vocabulary::known(name).is_some()
            || vocabulary::is_exception(name)
            || vocabulary::ASYNCIO_LATER.contains(&name);
        if is_known {
            self.diagnostics
                .warning(span, format!("`{name}` hides the builtin of that name"))
                .help("choose another name for the variable");
        }
    }

    /// Assigns what is in a register to a name.
    pub(super) fn store_name(&mut self, name: &str, span: Span, src: Reg) {
        match self.binding(name, span) {
            Some(Binding::Variable(variable)) if variable.is_cell => {
                self.emit(Instr::StoreCell { cell: variable.reg, src });
                self.function().assign(variable.reg);
            }
            Some(Binding::Variable(variable)) => {
                if variable.reg != src {
                    self.emit(Instr::Move { dst: variable.reg, src });
                }
                self.function().assign(variable.reg);
            }
            Some(Binding::Global(slot)) => {
                self.at(span);
                self.emit(Instr::StoreGlobal { src, slot });
            }
            None => {}
        }
    }

    fn unpack(&mut self, target: &Expr, elements: &[Expr], src: Reg) {
        let stars = elements.iter().filter(|element| element.is_starred_expr()).count();
        if stars > 1 {
            self.error(target, "an assignment can have only one starred target");
            return;
        }
        let base = self.function().temps(elements.len().max(1));
        self.at_node(target);
        let star = elements.iter().position(Expr::is_starred_expr);
        let count = |n: usize| u8::try_from(n).ok();
        match star {
            None => {
                let len = u16::try_from(elements.len()).unwrap_or(u16::MAX);
                self.emit(Instr::Unpack { src, base, len });
            }
            Some(at) => match (count(at), count(elements.len() - at - 1)) {
                (Some(before), Some(after)) => {
                    self.emit(Instr::UnpackStar { before, after, src, base });
                }
                _ => {
                    self.error(target, "too many targets beside a starred one");
                }
            },
        }
        for (reg, element) in (base..).zip(elements) {
            let element = element.as_starred_expr().map_or(element, |starred| &starred.value);
            if let Some(dst) = self.plain_variable(element) {
                self.emit(Instr::Take { dst, src: reg });
                self.function().assign(dst);
            } else {
                self.assign(element, reg);
                self.emit(Instr::Clear { reg });
            }
        }
    }

    /// `target op= value`
    pub(super) fn assign_in_place(&mut self, target: &Expr, op: ast::Operator, value: &Expr) {
        let op = binary_op(op);
        let mark = self.function().mark();
        let whole = self.function().place;
        match target {
            Expr::Name(name) => self.name_in_place(whole, target, &name.id, op, value),
            Expr::Attribute(attribute) => {
                let obj = self.operand(&attribute.value);
                let name = self.function().attribute(&attribute.attr);
                let dst = self.function().temp();
                self.at_attribute(attribute, target);
                self.emit(Instr::GetAttr { dst, obj, name });
                self.in_place(whole, op, dst, dst, value);
                self.at_attribute(attribute, target);
                self.emit(Instr::SetAttr { obj, src: dst, name });
            }
            Expr::Subscript(subscript) => {
                let obj = self.operand(&subscript.value);
                let key = self.operand(&subscript.slice);
                let dst = self.function().temp();
                self.at_node(target);
                self.emit(Instr::GetItem { dst, obj, key });
                self.in_place(whole, op, dst, dst, value);
                self.at_node(target);
                self.emit(Instr::SetItem { obj, key, src: dst });
            }
            _ => {
                self.error(target, "this cannot be assigned to in place");
            }
        }
        self.function().release(mark);
    }

    fn name_in_place(
        &mut self,
        whole: Place,
        target: &Expr,
        name: &str,
        op: BinaryOp,
        value: &Expr,
    ) {
        let span = self.span(target);
        let Some(binding) = self.binding(name, span) else {
            // Reported, unless there is no such name.
            if let Resolved::Unknown = self.resolve(name) {
                self.unknown_name(span, name);
            }
            return;
        };
        match binding {
            Binding::Variable(variable) if !variable.is_cell => {
                let a = self.operand(target);
                self.in_place(whole, op, variable.reg, a, value);
                self.function().assign(variable.reg);
            }
            _ => {
                let dst = self.function().temp();
                self.expr_into(target, dst);
                self.in_place(whole, op, dst, dst, value);
                self.store_name(name, span, dst);
            }
        }
    }

    fn in_place(&mut self, whole: Place, op: BinaryOp, dst: Reg, a: Reg, value: &Expr) {
        let constant = self.constant_of(value);
        if let Some(k) = constant.and_then(|constant| self.function().short_constant(constant)) {
            self.function().place = whole;
            self.emit(Instr::InPlaceK { op, dst, a, k });
        } else {
            let b = self.operand(value);
            self.function().place = whole;
            self.emit(Instr::InPlace { op, dst, a, b });
        }
    }

    /// `del target`
    pub(super) fn delete(&mut self, target: &Expr) {
        let mark = self.function().mark();
        match target {
            Expr::Name(name) => {
                let span = self.span(target);
                match self.binding(&name.id, span) {
                    Some(Binding::Variable(variable)) if variable.is_cell => {
                        self.at(span);
                        self.emit(Instr::DeleteCell { cell: variable.reg });
                    }
                    Some(Binding::Variable(variable)) => {
                        self.at(span);
                        self.emit(Instr::Delete { reg: variable.reg });
                        self.function().forget(variable.reg);
                    }
                    Some(Binding::Global(slot)) => {
                        self.at(span);
                        self.emit(Instr::DeleteGlobal { slot });
                    }
                    None => {}
                }
            }
            Expr::Attribute(attribute) => {
                let obj = self.operand(&attribute.value);
                self.at_attribute(attribute, target);
                let name = self.function().attribute(&attribute.attr);
                self.emit(Instr::DelAttr { obj, name });
            }
            Expr::Subscript(subscript) => {
                self.check_kept(&subscript.value);
                let obj = self.operand(&subscript.value);
                let key = self.operand(&subscript.slice);
                self.at_node(target);
                self.emit(Instr::DelItem { obj, key });
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.delete(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.delete(target)),
            _ => {
                self.error(target, "this cannot be deleted");
            }
        }
        self.function().release(mark);
    }
}
