//! Literals: numbers of all kinds, texts, constants.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::compiler::Compiler;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Reg};
use crate::program::vocabulary;

impl Compiler<'_> {
    pub(super) fn literal_into(&mut self, expr: &Expr, dst: Reg) {
        if let Some(constant) = self.constant_of(expr) {
            self.load(dst, constant);
            return;
        }
        match expr {
            Expr::NumberLiteral(number) => self.complex_into(expr, number, dst),
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.error(expr, "`yield` is not supported in a scenario")
                    .help("collect the values in a list, or pass them on through a queue");
            }
            Expr::TString(_) => {
                self.error(expr, "t-strings are not supported").help("use an f-string");
            }
            Expr::Starred(_) => {
                self.error(expr, "a starred expression cannot stand here")
                    .help("it can stand in a list, a tuple, a set or the arguments of a call");
            }
            _ => {
                self.error(expr, "this expression is not supported");
            }
        }
    }

    /// The value of a literal, if it is one that can be represented; mistakes in it are reported.
    pub(super) fn constant_of(&mut self, expr: &Expr) -> Option<Constant> {
        Some(match expr {
            Expr::NoneLiteral(_) => Constant::None,
            Expr::EllipsisLiteral(_) => Constant::Ellipsis,
            Expr::BooleanLiteral(literal) => Constant::Bool(literal.value),
            Expr::StringLiteral(literal) => Constant::Str(literal.value.to_str().into()),
            Expr::BytesLiteral(literal) => Constant::Bytes(literal.value.bytes().collect()),
            Expr::NumberLiteral(literal) => self.number(expr, &literal.value)?,
            Expr::UnaryOp(unary) if unary.op == ast::UnaryOp::USub => {
                let Expr::NumberLiteral(literal) = &*unary.operand else { return None };
                match self.number(expr, &literal.value)? {
                    Constant::Int(value) => value.checked_neg().map(Constant::Int)?,
                    Constant::Float(value) => Constant::Float(-value),
                    Constant::BigInt(value) => match i64::try_from(&-&value) {
                        Ok(small) => Constant::Int(small),
                        Err(_) => Constant::BigInt(-value),
                    },
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    pub(super) fn number(&mut self, expr: &Expr, number: &ast::Number) -> Option<Constant> {
        match number {
            ast::Number::Int(int) => match int.as_i64() {
                Some(small) => Some(Constant::Int(small)),
                None => self.large_int(expr, &int.to_string()),
            },
            ast::Number::Float(value) => Some(Constant::Float(*value)),
            ast::Number::Complex { .. } => {
                if self.is_scenario() {
                    self.error(expr, "complex numbers are not supported in a scenario");
                }
                None
            }
        }
    }

    /// A complex number: a call of the class, which is written in Python.
    pub(super) fn complex_into(&mut self, expr: &Expr, number: &ast::ExprNumberLiteral, dst: Reg) {
        let ast::Number::Complex { real, imag } = number.value else { return };
        if self.is_scenario() {
            return;
        }
        let base = self.function().temps(3);
        self.at_node(expr);
        self.python_builtin_into("complex", base);
        self.load(base + 1, Constant::Float(real));
        self.load(base + 2, Constant::Float(imag));
        self.emit(Instr::Call { argc: 2, base, dst });
    }

    /// A builtin that is written in Python; says whether it is one.
    pub(super) fn python_builtin_into(&mut self, name: &str, dst: Reg) -> bool {
        let is_one = vocabulary::PYTHON_BUILTINS.iter().any(|(_, names)| names.contains(&name));
        if is_one && !self.is_scenario() {
            let slot = self.define_global(&format!(".{name}"));
            self.emit(Instr::LoadGlobal { dst, slot });
        }
        is_one && !self.is_scenario()
    }

    pub(super) fn large_int(&mut self, expr: &Expr, text: &str) -> Option<Constant> {
        let digits: String = text.chars().filter(|c| *c != '_').collect();
        let (digits, radix) = match digits.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("0x") => (&digits[2..], 16),
            Some("0o") => (&digits[2..], 8),
            Some("0b") => (&digits[2..], 2),
            _ => (&digits[..], 10),
        };
        if radix == 10 && digits.len() > MAX_DIGITS {
            let message = format!("an int of {} digits is too large to write", digits.len());
            self.error(expr, message)
                .note(format!("Python reads at most {MAX_DIGITS}"))
                .help("compute it, or write it in hexadecimal");
            return None;
        }
        num_bigint::BigInt::parse_bytes(digits.as_bytes(), radix).map(Constant::BigInt)
    }
}

/// `CPython`'s limit on the digits of an int in decimal.
const MAX_DIGITS: usize = 4300;
