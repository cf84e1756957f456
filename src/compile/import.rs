//! Imports: which modules there are is known before the program runs.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::compiler::{Compiler, Resolved};
use super::names::star_names;
use crate::diagnostic::suggest;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Intrinsic, Reg};
use crate::program::vocabulary::modules::{self, Found};

impl<'a> Compiler<'a> {
    /// `import a.b as c`
    pub(super) fn import(&mut self, import: &'a ast::StmtImport) {
        for alias in &import.names {
            if !self.check_module(&alias.name, &alias.name) {
                continue;
            }
            let mark = self.function().mark();
            let dst = self.function().temp();
            self.at_node(import);
            self.module_into(&alias.name, dst);
            let (name, span) = match &alias.asname {
                Some(name) => (name.as_str(), self.span(name)),
                None => {
                    let first = alias.name.split('.').next().unwrap_or_default();
                    if first.len() < alias.name.len() {
                        self.module_into(first, dst);
                    }
                    (first, self.span(&alias.name))
                }
            };
            self.store_name(name, span, dst);
            self.function().release(mark);
        }
    }

    /// `from a import b as c`
    pub(super) fn import_from(&mut self, import: &'a ast::StmtImportFrom) {
        let module = import.module.as_ref().map_or("", |name| name.as_str());
        if import.level > 0 {
            self.error(import, "a program of one file has no package to import from")
                .help("put what it needs into the file itself");
            return;
        }
        if module == "__future__" {
            return;
        }
        let at = import.module.as_ref().map_or(import.range(), Ranged::range);
        if !self.check_module(module, &at) {
            return;
        }
        let mark = self.function().mark();
        // The module and a name of it.
        let pair = self.function().temps(2);
        self.at_node(import);
        self.module_into(module, pair);
        for alias in &import.names {
            if alias.name.as_str() == "*" {
                if self.function().kind != crate::program::code::CodeKind::Module {
                    self.error(alias, "import * only allowed at module level");
                    continue;
                }
                for name in star_names(module) {
                    let span = self.span(alias);
                    self.imported_name(pair, name, name, span);
                }
                continue;
            }
            self.check_module_name(module, &alias.name, &alias.name);
            let bind = alias.asname.as_ref().unwrap_or(&alias.name);
            let span = self.span(bind);
            self.imported_name(pair, &alias.name, bind, span);
        }
        self.function().release(mark);
    }

    fn imported_name(&mut self, pair: Reg, name: &str, bind: &str, span: crate::source::Span) {
        let dst = self.function().temp();
        self.load(pair + 1, Constant::Str(name.into()));
        self.emit(Instr::Intrinsic { what: Intrinsic::ImportFrom, dst, base: pair });
        self.store_name(bind, span, dst);
        self.drop_temporary(dst);
    }

    fn module_into(&mut self, name: &str, dst: Reg) {
        self.load(dst, Constant::Str(name.into()));
        self.emit(Instr::Intrinsic { what: Intrinsic::Import, dst, base: dst });
    }

    /// Reports a module that there is not, unless the program is ready for that.
    fn check_module(&mut self, name: &str, node: &impl Ranged) -> bool {
        let hidden = name.starts_with('_') && self.module == 0;
        if modules::module(name).is_some() && !hidden || self.tolerant > 0 {
            return true;
        }
        if let Some(why) = modules::refused_module(name) {
            self.error(node, format!("the module `{name}` cannot be used here")).note(why);
            return false;
        }
        let similar = suggest(name, modules::modules().map(|module| module.name));
        let help = similar.map(|similar| format!("did you mean `{similar}`?"));
        let help = help.or_else(|| Some("put what the program needs into the file itself".into()));
        self.error(node, format!("there is no module `{name}` here")).help_opt(help);
        false
    }

    /// Reports an attribute that a module does not have.
    pub(super) fn check_attribute(&mut self, attribute: &ast::ExprAttribute) {
        if self.is_scenario() || self.tolerant > 0 || self.module > 0 {
            return;
        }
        if let Some(module) = self.module_of(&attribute.value) {
            self.check_module_name(&module, &attribute.attr, &attribute.attr);
        }
    }

    /// The module that an expression certainly stands for.
    fn module_of(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Name(name) => {
                let module = self.module_names.get(name.id.as_str())?;
                let is_global = matches!(self.resolve(&name.id), Resolved::Global(_));
                is_global.then(|| module.clone())
            }
            Expr::Attribute(attribute) => {
                let outer = self.module_of(&attribute.value)?;
                let module = format!("{outer}.{}", attribute.attr);
                modules::module(&module).is_some().then_some(module)
            }
            _ => None,
        }
    }

    /// Reports a name that a module does not have.
    pub(super) fn check_module_name(&mut self, module: &str, name: &str, node: &impl Ranged) {
        if self.tolerant > 0
            || self.module > 0
            || modules::module(&format!("{module}.{name}")).is_some()
        {
            return;
        }
        let Some(known) = modules::module(module) else { return };
        match known.find(name) {
            Found::Name => {}
            Found::Refused(why) => {
                self.error(node, format!("`{name}` of `{module}` cannot be used here")).note(why);
            }
            Found::Unknown => {
                let similar = suggest(name, known.names.iter().copied());
                let help = similar.map(|similar| format!("did you mean `{similar}`?"));
                let message = format!("module `{module}` has no name `{name}` here");
                self.error(node, message).help_opt(help);
            }
        }
    }
}
