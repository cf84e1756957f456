//! Expressions: from a tree to instructions that leave a value in a register.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::compiler::{Compiler, MAX_DEPTH, Resolved};
use super::function::{Label, Variable};
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Reg};
use crate::program::operator::{BinaryOp, CompareOp, UnaryOp};

impl Compiler<'_> {
    /// Computes an expression: in a variable's own register if it is one, else in a new temporary.
    pub(super) fn operand(&mut self, expr: &Expr) -> Reg {
        if let Expr::Name(name) = expr
            && let Resolved::Variable(variable) = self.resolve(&name.id)
            && !variable.is_cell
            && !self.function().careful
        {
            self.check_bound(expr, &name.id, variable);
            return variable.reg;
        }
        let temp = self.function().temp();
        self.expr_into(expr, temp);
        temp
    }

    /// Computes an expression into a register. If that is a variable, it is not touched before its
    /// old value is no longer needed.
    pub(super) fn expr_into(&mut self, expr: &Expr, dst: Reg) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            if self.depth == MAX_DEPTH + 1 {
                self.error(expr, "this expression is nested too deeply");
            }
        } else {
            let mark = self.function().mark();
            self.expr_at_depth(expr, dst);
            self.function().release(mark);
        }
        self.depth -= 1;
    }

    fn expr_at_depth(&mut self, expr: &Expr, dst: Reg) {
        match expr {
            // Stands in for what was wrong and has been told to be.
            Expr::Name(name) if name.is_invalid() => {}
            Expr::Name(name) => self.name_into(expr, &name.id, dst),
            Expr::BinOp(binary) => self.binary_into(expr, binary, dst),
            Expr::UnaryOp(unary) => self.unary_into(expr, unary, dst),
            Expr::BoolOp(_) | Expr::Compare(_) if self.function().is_variable(dst) => {
                // These write their register before they are done.
                let temp = self.function().temp();
                self.expr_into(expr, temp);
                self.emit(Instr::Take { dst, src: temp });
            }
            Expr::BoolOp(bool_op) => self.bool_op_into(bool_op, dst),
            Expr::Compare(compare) => self.compare_into(expr, compare, dst),
            Expr::If(choice) => self.choice_into(choice, dst),
            Expr::Named(named) => self.walrus_into(named, dst),
            Expr::Call(call) => self.call_into(call, dst),
            Expr::Await(awaited) => self.await_into(expr, &awaited.value, dst),
            Expr::Attribute(attribute) => {
                self.check_attribute(attribute);
                let obj = self.operand(&attribute.value);
                self.at_attribute(attribute, expr);
                let name = self.function().attribute(&attribute.attr);
                self.emit(Instr::GetAttr { dst, obj, name });
            }
            Expr::Subscript(subscript) => {
                let obj = self.operand(&subscript.value);
                let key = self.operand(&subscript.slice);
                self.at_node(expr);
                self.emit(Instr::GetItem { dst, obj, key });
            }
            Expr::Slice(slice) => self.slice_into(slice, dst),
            Expr::FString(text) => self.fstring_into(text, dst),
            Expr::Lambda(lambda) => self.lambda_into(expr, lambda, dst),
            Expr::Yield(yielded) if !self.is_scenario() => {
                self.yield_into(expr, yielded.value.as_deref(), dst);
            }
            Expr::YieldFrom(yielded) if !self.is_scenario() => {
                self.yield_from_into(expr, &yielded.value, dst);
            }
            Expr::Generator(generator) => self.generator_into(expr, generator, dst),
            Expr::List(_)
            | Expr::Tuple(_)
            | Expr::Set(_)
            | Expr::Dict(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_) => self.display_into(expr, dst),
            _ => self.literal_into(expr, dst),
        }
    }

    /// Puts a constant into a register.
    pub(super) fn load(&mut self, dst: Reg, constant: Constant) {
        let k = self.function().constant(constant);
        self.emit(Instr::Const { dst, k });
    }

    /// Adds an instruction.
    pub(super) fn emit(&mut self, instr: Instr) {
        self.function().emit(instr);
    }

    /// Lets the next instructions stand for a node.
    pub(super) fn at_node(&mut self, node: &impl ruff_text_size::Ranged) {
        let span = self.span(node);
        self.at(span);
    }

    /// Lets the next instructions stand for a use of an attribute, or for a call of it: where that
    /// goes over several lines, from the attribute's name on.
    ///
    /// Source: `CPython` `Python/codegen.c` (`update_start_location_to_match_attr`).
    pub(super) fn at_attribute(
        &mut self,
        attribute: &ast::ExprAttribute,
        whole: &impl ruff_text_size::Ranged,
    ) {
        let span = self.span(whole);
        let name = self.span(&attribute.attr);
        let line = |offset: u32| self.source.position(offset).line;
        if self.is_scenario() || line(span.start) == line(name.end) {
            return self.at(span);
        }
        let last = line(span.end);
        if last == line(name.end) {
            return self.at(name);
        }
        // Such a place ends in the last line, at the column where the name ends.
        let column = self.source.position(name.end).column - 1;
        let shown = self.source.line(last);
        let until = shown.char_indices().nth(column as usize).map_or(shown.len(), |(at, _)| at);
        let position = self.source.position(span.end);
        let before = shown.chars().take(position.column as usize - 1).map(char::len_utf8).sum();
        let first = (span.end as usize).saturating_sub(before);
        self.at(crate::source::Span::new(name.start as usize, first + until));
    }

    fn name_into(&mut self, expr: &Expr, name: &str, dst: Reg) {
        match self.resolve(name) {
            Resolved::Variable(variable) => {
                self.check_bound(expr, name, variable);
                if variable.is_cell {
                    self.at_node(expr);
                    self.emit(Instr::LoadCell { dst, cell: variable.reg });
                } else if variable.reg != dst {
                    self.emit(Instr::Move { dst, src: variable.reg });
                }
            }
            Resolved::ClassVariable(variable) => {
                self.class_variable_into(expr, name, variable, dst);
            }
            Resolved::Global(slot) => {
                self.at_node(expr);
                self.emit(Instr::LoadGlobal { dst, slot });
            }
            Resolved::Known => self.load(dst, Constant::Named(name.into())),
            Resolved::Unknown if self.is_scenario() => {
                let span = self.span(expr);
                self.unknown_name(span, name);
            }
            Resolved::Unknown => self.undefined_into(expr, name, dst),
        }
    }

    /// A variable of a class body, or what its name means outside.
    fn class_variable_into(&mut self, expr: &Expr, name: &str, variable: Variable, dst: Reg) {
        let is_certain =
            self.function().assigned.get(usize::from(variable.reg)).copied().unwrap_or(false);
        self.emit(Instr::Move { dst, src: variable.reg });
        if is_certain {
            return;
        }
        let bound = self.function().label();
        self.function().jump_if_bound(variable.reg, bound);
        match self.resolve_outside(name) {
            Resolved::Variable(outer) if outer.is_cell => {
                self.at_node(expr);
                self.emit(Instr::LoadCell { dst, cell: outer.reg });
            }
            Resolved::Variable(outer) => self.emit(Instr::Move { dst, src: outer.reg }),
            Resolved::Global(slot) => {
                self.at_node(expr);
                self.emit(Instr::LoadGlobal { dst, slot });
            }
            Resolved::Known => self.load(dst, Constant::Named(name.into())),
            Resolved::ClassVariable(_) | Resolved::Unknown => self.undefined_into(expr, name, dst),
        }
        self.function().bind(bound);
    }

    /// A name that nothing binds: an error when the program comes here.
    fn undefined_into(&mut self, expr: &Expr, name: &str, dst: Reg) {
        if name == "__debug__" {
            self.load(dst, Constant::Bool(true));
            return;
        }
        let span = self.span(expr);
        self.at_node(expr);
        if self.python_builtin_into(name, dst) {
            return;
        }
        if self.is_refused_builtin(name) {
            self.unknown_name(span, name);
            return;
        }
        let slot = self.define_global(name);
        self.at_node(expr);
        self.emit(Instr::LoadGlobal { dst, slot });
    }

    /// Makes sure that a variable has a value, as far as that is not certain.
    fn check_bound(&mut self, expr: &Expr, name: &str, variable: Variable) {
        let index = usize::from(variable.reg);
        if !self.function().possible.get(index).copied().unwrap_or(true) {
            self.error(expr, format!("`{name}` is used before anything is assigned to it"));
            // Once is enough.
            self.function().possible[index] = true;
        }
        if !variable.is_cell && !self.function().assigned.get(index).copied().unwrap_or(false) {
            self.at_node(expr);
            self.emit(Instr::CheckBound { reg: variable.reg });
        }
    }

    fn binary_into(&mut self, expr: &Expr, binary: &ast::ExprBinOp, dst: Reg) {
        let op = binary_op(binary.op);
        if let Some(constant) = self.constant_of(&binary.left)
            && let Some(k) = self.function().short_constant(constant)
        {
            let b = self.operand(&binary.right);
            self.at_node(expr);
            self.emit(Instr::BinaryLeftK { op, dst, k, b });
            return;
        }
        let a = self.operand(&binary.left);
        if let Some(constant) = self.constant_of(&binary.right)
            && let Some(k) = self.function().short_constant(constant)
        {
            self.at_node(expr);
            self.emit(match op {
                BinaryOp::Add => Instr::AddK { dst, a, k },
                BinaryOp::Sub => Instr::SubK { dst, a, k },
                BinaryOp::Mul => Instr::MulK { dst, a, k },
                BinaryOp::FloorDiv => Instr::FloorDivK { dst, a, k },
                BinaryOp::Mod => Instr::ModK { dst, a, k },
                op => Instr::BinaryK { op, dst, a, k },
            });
            return;
        }
        let b = self.operand(&binary.right);
        self.at_node(expr);
        self.emit(match op {
            BinaryOp::Add => Instr::Add { dst, a, b },
            BinaryOp::Sub => Instr::Sub { dst, a, b },
            BinaryOp::Mul => Instr::Mul { dst, a, b },
            BinaryOp::FloorDiv => Instr::FloorDiv { dst, a, b },
            BinaryOp::Mod => Instr::Mod { dst, a, b },
            op => Instr::Binary { op, dst, a, b },
        });
    }

    fn unary_into(&mut self, expr: &Expr, unary: &ast::ExprUnaryOp, dst: Reg) {
        if let Some(constant) = self.constant_of(expr) {
            self.load(dst, constant);
            return;
        }
        let op = match unary.op {
            ast::UnaryOp::Invert => UnaryOp::Invert,
            ast::UnaryOp::Not => UnaryOp::Not,
            ast::UnaryOp::UAdd => UnaryOp::Pos,
            ast::UnaryOp::USub => UnaryOp::Neg,
        };
        let a = self.operand(&unary.operand);
        self.at_node(expr);
        self.emit(Instr::Unary { op, dst, a });
    }

    fn bool_op_into(&mut self, bool_op: &ast::ExprBoolOp, dst: Reg) {
        let end = self.function().label();
        let when = bool_op.op == ast::BoolOp::Or;
        let (assigned, last) = (self.function().assigned.clone(), bool_op.values.len() - 1);
        for (index, value) in bool_op.values.iter().enumerate() {
            self.expr_into(value, dst);
            if index < last {
                self.function().jump_when(dst, when, end);
            }
        }
        self.function().bind(end);
        // What the later operands bind is not certain to be bound.
        self.function().assigned = assigned;
    }

    fn compare_into(&mut self, expr: &Expr, compare: &ast::ExprCompare, dst: Reg) {
        let end = self.function().label();
        let mut a = self.operand(&compare.left);
        let last = compare.ops.len().saturating_sub(1);
        for (index, (op, right)) in compare.ops.iter().zip(&compare.comparators).enumerate() {
            let b = self.operand(right);
            self.at_node(expr);
            self.emit(Instr::Compare { op: compare_op(*op), dst, a, b });
            if index < last {
                self.function().jump_when(dst, false, end);
            } else if matches!(op, ast::CmpOp::Is | ast::CmpOp::IsNot) && last == 0 {
                // Whoever compares so mostly wants to know whether something is still there.
                self.drop_temporary(a);
                self.drop_temporary(b);
            }
            a = b;
        }
        self.function().bind(end);
    }

    fn choice_into(&mut self, choice: &ast::ExprIf, dst: Reg) {
        let (otherwise, end) = (self.function().label(), self.function().label());
        self.branch(&choice.test, false, otherwise);
        let assigned = self.function().assigned.clone();
        self.expr_into(&choice.body, dst);
        self.function().jump(end);
        self.function().bind(otherwise);
        self.function().assigned.clone_from(&assigned);
        self.expr_into(&choice.orelse, dst);
        self.function().bind(end);
        self.function().assigned = assigned;
    }

    fn walrus_into(&mut self, named: &ast::ExprNamed, dst: Reg) {
        self.expr_into(&named.value, dst);
        self.assign(&named.target, dst);
    }

    fn slice_into(&mut self, slice: &ast::ExprSlice, dst: Reg) {
        let base = self.function().temps(3);
        for (reg, part) in (base..).zip([&slice.lower, &slice.upper, &slice.step]) {
            match part {
                Some(part) => self.expr_into(part, reg),
                None => self.load(reg, Constant::None),
            }
        }
        self.emit(Instr::BuildSlice { dst, base });
    }

    /// Jumps to the label if the expression is as true as `when`.
    pub(super) fn branch(&mut self, expr: &Expr, when: bool, target: Label) {
        self.depth += 1;
        let mark = self.function().mark();
        match expr {
            _ if self.depth > MAX_DEPTH => {
                let temp = self.function().temp();
                self.expr_into(expr, temp);
            }
            Expr::UnaryOp(unary) if unary.op == ast::UnaryOp::Not => {
                self.branch(&unary.operand, !when, target);
            }
            Expr::BoolOp(bool_op) => self.branch_bool_op(bool_op, when, target),
            Expr::Compare(compare) if compare.ops.len() == 1 => {
                self.branch_compare(expr, compare, when, target);
            }
            Expr::BooleanLiteral(literal) => {
                if literal.value == when {
                    self.function().jump(target);
                }
            }
            _ => {
                let reg = self.operand(expr);
                self.at_node(expr);
                self.function().jump_when(reg, when, target);
            }
        }
        self.function().release(mark);
        self.depth -= 1;
    }

    fn branch_bool_op(&mut self, bool_op: &ast::ExprBoolOp, when: bool, target: Label) {
        // One operand decides if it is false in an `and`, true in an `or`.
        let deciding = bool_op.op == ast::BoolOp::Or;
        let Some((last, others)) = bool_op.values.split_last() else { return };
        let end = self.function().label();
        let decided = if deciding == when { target } else { end };
        let mut assigned = None;
        for value in others {
            self.branch(value, deciding, decided);
            assigned.get_or_insert_with(|| Vec::clone(&self.function().assigned));
        }
        self.branch(last, when, target);
        self.function().bind(end);
        if let Some(assigned) = assigned {
            self.function().assigned = assigned;
        }
    }

    fn branch_compare(
        &mut self,
        expr: &Expr,
        compare: &ast::ExprCompare,
        when: bool,
        target: Label,
    ) {
        let (op, right) = (compare_op(compare.ops[0]), &compare.comparators[0]);
        let a = self.operand(&compare.left);
        let constant = self.constant_of(right);
        if let Some(k) = constant.and_then(|constant| self.function().short_constant(constant)) {
            self.at_node(expr);
            self.emit(Instr::IfCompareK { op, when, a, k });
        } else {
            let b = self.operand(right);
            self.at_node(expr);
            self.emit(Instr::IfCompare { op, when, a, b });
        }
        self.function().jump(target);
    }
}

pub(super) fn binary_op(op: ast::Operator) -> BinaryOp {
    match op {
        ast::Operator::Add => BinaryOp::Add,
        ast::Operator::Sub => BinaryOp::Sub,
        ast::Operator::Mult => BinaryOp::Mul,
        ast::Operator::MatMult => BinaryOp::MatMul,
        ast::Operator::Div => BinaryOp::Div,
        ast::Operator::Mod => BinaryOp::Mod,
        ast::Operator::Pow => BinaryOp::Pow,
        ast::Operator::LShift => BinaryOp::LShift,
        ast::Operator::RShift => BinaryOp::RShift,
        ast::Operator::BitOr => BinaryOp::Or,
        ast::Operator::BitXor => BinaryOp::Xor,
        ast::Operator::BitAnd => BinaryOp::And,
        ast::Operator::FloorDiv => BinaryOp::FloorDiv,
    }
}

fn compare_op(op: ast::CmpOp) -> CompareOp {
    match op {
        ast::CmpOp::Eq => CompareOp::Eq,
        ast::CmpOp::NotEq => CompareOp::Ne,
        ast::CmpOp::Lt => CompareOp::Lt,
        ast::CmpOp::LtE => CompareOp::Le,
        ast::CmpOp::Gt => CompareOp::Gt,
        ast::CmpOp::GtE => CompareOp::Ge,
        ast::CmpOp::Is => CompareOp::Is,
        ast::CmpOp::IsNot => CompareOp::IsNot,
        ast::CmpOp::In => CompareOp::In,
        ast::CmpOp::NotIn => CompareOp::NotIn,
    }
}
