//! `match`.

use ruff_python_ast as ast;

use super::compiler::Compiler;

impl<'a> Compiler<'a> {
    /// `match`
    pub(super) fn match_stmt(&mut self, match_: &'a ast::StmtMatch) {
        self.error(match_, "`match` is not supported yet").help("use `if` and `elif`");
    }
}
