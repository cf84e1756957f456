//! `globals()` and its kin: what can be read of them, and what is refused.
//!
//! Variables are in registers and slots here, not in dicts: what these functions give is a dict of
//! its own. To read it is the same; to change it would change nothing, and so is refused.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::compiler::Compiler;
use crate::program::code::CodeKind;

/// Methods that change a dict.
const CHANGING: &[&str] =
    &["clear", "pop", "popitem", "setdefault", "update", "__delitem__", "__setitem__"];

impl Compiler<'_> {
    /// Whether an expression is a call whose result is a module's variables in `CPython`.
    fn gives_variables(&mut self, expr: &Expr) -> bool {
        let Expr::Call(call) = expr else { return false };
        let Expr::Name(name) = &*call.func else { return false };
        let is_module = self.function().kind == CodeKind::Module;
        let gives = match name.id.as_str() {
            "globals" => true,
            "locals" | "vars" => is_module,
            _ => false,
        };
        gives
            && call.arguments.is_empty()
            && !self.is_scenario()
            && self.module == 0
            && self.shared(&name.id).is_none()
    }

    /// Reports a change of what `globals()` gives.
    pub(super) fn check_kept(&mut self, expr: &Expr) {
        if self.gives_variables(expr) {
            self.error(expr, "the variables of a module cannot be changed through a dict here")
                .note("names are resolved before the program runs")
                .help("assign to the variable by its name, or use a dict of your own");
        }
    }

    /// Reports a call of a method that would change what `globals()` gives.
    pub(super) fn check_keeps(&mut self, called: &ast::ExprAttribute) {
        if CHANGING.contains(&called.attr.as_str()) {
            self.check_kept(&called.value);
        }
    }
}
