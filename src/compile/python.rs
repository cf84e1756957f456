//! A whole Python program: its file, and the library modules written in Python that it imports.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::compiler::{Compiler, Language};
use super::define::docstring;
use super::function::Function;
use super::names::Names;
use crate::diagnostic::Diagnostics;
use crate::program::code::{CodeKind, Params};
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Intrinsic};
use crate::program::model::{Expectations, ModuleCode, Program};
use crate::program::value::CodeId;
use crate::program::vocabulary;
use crate::python::{self, Module};
use crate::scenario::model::Runtime;
use crate::source::{SourceFile, Span};

/// Compiles a Python program. There is no program if the diagnostics hold an error.
pub fn python(main: &Module, runtime: &Runtime) -> (Option<Program>, Diagnostics) {
    let library = library_of(main);
    let mut compiler = Compiler::new(Language::Python, &main.source, &main.places);
    let text = main.source.text();
    compiler.keeps_annotations = LOOKING.iter().any(|word| text.contains(word));
    let module = compiler.python_module(main, "__main__");
    compiler.keeps_annotations = false;
    let mut modules = Vec::new();
    for (index, (name, module)) in (1..).zip(&library) {
        compiler.module = index;
        compiler.source_index = index;
        compiler.source = &module.source;
        compiler.places = &module.places;
        name.clone_into(&mut compiler.module_name);
        let code = compiler.python_module(module, name);
        let names = compiler.shared_of_module();
        modules.push(ModuleCode { name: name.as_str().into(), code, names });
    }
    let (codes, sites, globals, mut diagnostics) = compiler.into_tables();
    python::semantics::check(main, &mut diagnostics);
    diagnostics.sort_by_place();
    let mut last = None;
    diagnostics.retain(|found| last.replace(found.clone()).as_ref() != Some(found));
    let sources: Vec<SourceFile> = std::iter::once(main.source.clone())
        .chain(library.iter().map(|(_, module)| module.source.clone()))
        .collect();
    let program = Some(()).filter(|()| !diagnostics.has_errors()).map(|()| Program {
        name: main.source.name().to_owned(),
        sources: sources.into(),
        sites: sites.into(),
        codes: codes.into_iter().map(Arc::new).collect(),
        globals,
        module,
        entry: None,
        modules,
        settings: super::scenario::runtime_settings(runtime),
        expectations: Expectations::default(),
    });
    (program, diagnostics)
}

/// What a program mentions that looks at annotations.
const LOOKING: &[&str] =
    &["__annotations__", "__annotate__", "get_annotations", "get_type_hints", "singledispatch"];

/// The modules written in Python that a program needs, and those that they need.
fn library_of(main: &Module) -> Vec<(String, Module)> {
    let mut known = BTreeSet::new();
    let mut wanted = imports(&main.body);
    for (part, names) in vocabulary::asyncio::PARTS {
        let has_own = *names == vocabulary::asyncio::THREADS
            && main.source.text().contains(vocabulary::asyncio::OWN_EXECUTOR);
        if has_own || uses_part(main, &wanted, names) {
            wanted.push((*part).to_owned());
        }
    }
    wanted.extend(builtin_modules(&main.body).into_iter().map(str::to_owned));
    let (derivable, names) = vocabulary::asyncio::SUBCLASSED;
    if uses_part(main, &wanted, names) && derives_from(main, names) {
        wanted.push(derivable.to_owned());
    }
    let mut library = Vec::new();
    while let Some(name) = wanted.pop() {
        let source = vocabulary::modules::module(&name).and_then(|module| module.source);
        let Some(text) = source.filter(|_| known.insert(name.clone())) else { continue };
        let file = SourceFile::of_library(&name, text);
        let mut diagnostics = Diagnostics::default();
        if let Some(module) = python::parse(file, &mut diagnostics) {
            wanted.extend(imports(&module.body));
            library.push((name, module));
        }
    }
    library
}

/// Whether a program may use such a part of asyncio: most do not, and need not wait for it.
fn uses_part(main: &Module, imported: &[String], names: &[&str]) -> bool {
    let text = main.source.text();
    imported.iter().any(|name| name == "asyncio") && names.iter().any(|name| text.contains(name))
}

/// Whether a class of the program has a base that one of these names may stand for.
fn derives_from(main: &Module, names: &[&str]) -> bool {
    struct Bases<'a> {
        text: &'a str,
        names: &'a [&'a str],
        found: bool,
    }
    impl<'a> Visitor<'a> for Bases<'_> {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            if let Stmt::ClassDef(class) = stmt
                && let Some(arguments) = &class.arguments
            {
                let text = &self.text[arguments.range()];
                self.found |= self.names.iter().any(|name| text.contains(name));
            }
            visitor::walk_stmt(self, stmt);
        }
        fn visit_expr(&mut self, _expr: &'a Expr) {}
    }
    let mut bases = Bases { text: main.source.text(), names, found: false };
    bases.visit_body(&main.body);
    bases.found
}

/// The modules that statements import, and what might be modules of the same names.
fn imports(body: &[Stmt]) -> Vec<String> {
    struct Imports(Vec<String>);
    impl Imports {
        fn add(&mut self, name: &str) {
            // A module may be part of others.
            for (at, _) in name.match_indices('.') {
                self.0.push(name[..at].to_owned());
            }
            self.0.push(name.to_owned());
        }
    }
    impl<'a> Visitor<'a> for Imports {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            match stmt {
                Stmt::Import(import) => {
                    import.names.iter().for_each(|alias| self.add(&alias.name));
                }
                Stmt::ImportFrom(import) => {
                    let module = import.module.as_ref().map_or("", |name| name.as_str());
                    self.add(module);
                    for alias in &import.names {
                        self.add(&format!("{module}.{}", alias.name));
                    }
                }
                other => visitor::walk_stmt(self, other),
            }
        }
        fn visit_expr(&mut self, _expr: &'a Expr) {}
    }
    let mut found = Imports(Vec::new());
    found.visit_body(body);
    found.0
}

/// The modules of those builtins which are written in Python that a program may use.
fn builtin_modules(body: &[Stmt]) -> BTreeSet<&'static str> {
    struct Walk(BTreeSet<&'static str>);
    impl Walk {
        fn uses(&mut self, name: &str) {
            let parts = vocabulary::PYTHON_BUILTINS.iter();
            self.0.extend(
                parts.filter(|(_, names)| names.contains(&name)).map(|(module, _)| *module),
            );
        }
    }
    impl<'a> Visitor<'a> for Walk {
        fn visit_expr(&mut self, expr: &'a Expr) {
            match expr {
                Expr::Name(name) => self.uses(&name.id),
                Expr::NumberLiteral(number) if number.value.is_complex() => self.uses("complex"),
                _ => visitor::walk_expr(self, expr),
            }
        }
    }
    let mut walk = Walk(BTreeSet::new());
    walk.visit_body(body);
    walk.0
}

/// The names of a module that certainly stand for modules: bound by imports and nothing else.
fn module_names(body: &[Stmt]) -> BTreeMap<String, String> {
    struct Walk {
        aliases: BTreeMap<String, String>,
        others: BTreeSet<String>,
    }
    impl<'a> Visitor<'a> for Walk {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            match stmt {
                Stmt::Import(import) => {
                    for alias in &import.names {
                        let first = alias.name.split('.').next().unwrap_or_default();
                        let (name, module) = match &alias.asname {
                            Some(name) => (name.as_str(), alias.name.as_str()),
                            None => (first, first),
                        };
                        let known = self
                            .aliases
                            .entry(name.to_owned())
                            .or_insert_with(|| module.to_owned());
                        if known.as_str() != module {
                            self.others.insert(name.to_owned());
                        }
                    }
                }
                Stmt::Try(_) | Stmt::If(_) | Stmt::With(_) | Stmt::For(_) | Stmt::While(_) => {
                    // What is bound in these may be bound otherwise too: only what is certain.
                    self.others.extend(Names::of_stmts(std::slice::from_ref(stmt)).bound);
                }
                other => self.others.extend(Names::of_stmts(std::slice::from_ref(other)).bound),
            }
        }
        fn visit_expr(&mut self, _expr: &'a Expr) {}
    }
    let mut walk = Walk { aliases: BTreeMap::new(), others: BTreeSet::new() };
    walk.visit_body(body);
    let Walk { mut aliases, others } = walk;
    aliases.retain(|name, _| !others.contains(name));
    aliases
}

impl<'a> Compiler<'a> {
    /// The code of a module.
    fn python_module(&mut self, module: &'a Module, name: &str) -> CodeId {
        let names = Names::of_stmts(&module.body);
        let function = Function::new("<module>", CodeKind::Module, Params::default(), Vec::new());
        let code = self.begin(function, Span::default());
        self.define_global("__name__");
        self.preset("__name__", Constant::Str(name.into()));
        let doc = docstring(&module.body);
        let doc = doc.map_or(Constant::None, |doc| Constant::Str(doc.into()));
        self.preset("__doc__", doc);
        self.preset("__file__", Constant::Str(self.source.name().into()));
        for name in &names.bound {
            self.define_global(name);
        }
        self.declare_globals(&names);
        self.check_declarations(&names);
        self.module_names = module_names(&module.body);
        if self.module == 0 {
            self.python_builtins(&module.body);
        }
        self.stmts(&module.body);
        let none = self.function().temp();
        self.load(none, Constant::None);
        self.emit(Instr::Return { src: none });
        self.end();
        code
    }

    /// Imports the builtins that are written in Python, as far as the program uses them. Their
    /// variables have names that no program can write.
    fn python_builtins(&mut self, body: &[Stmt]) {
        let used = builtin_modules(body);
        for (module, names) in vocabulary::PYTHON_BUILTINS {
            if !used.contains(module) {
                continue;
            }
            for name in *names {
                let slot = self.define_global(&format!(".{name}"));
                let mark = self.function().mark();
                let pair = self.function().temps(2);
                self.load(pair, Constant::Str((*module).into()));
                self.emit(Instr::Intrinsic { what: Intrinsic::Import, dst: pair, base: pair });
                self.load(pair + 1, Constant::Str((*name).into()));
                let what = Intrinsic::ImportFrom;
                self.emit(Instr::Intrinsic { what, dst: pair, base: pair });
                self.emit(Instr::StoreGlobal { src: pair, slot });
                self.function().release(mark);
            }
        }
    }

    fn preset(&mut self, name: &str, constant: Constant) {
        let slot = self.define_global(name);
        let mark = self.function().mark();
        let src = self.function().temp();
        self.load(src, constant);
        self.emit(Instr::StoreGlobal { src, slot });
        self.function().release(mark);
    }
}
