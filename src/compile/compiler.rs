//! What all parts of the compiler share: the tables of the program in the making, the routine that
//! is being made, and where in the text it is.

use std::collections::{BTreeMap, BTreeSet};

use ruff_text_size::Ranged;

use super::function::{Function, Place, Variable};
use crate::diagnostic::{Diagnostic, Diagnostics, suggest};
use crate::index::SiteId;
use crate::program::code::Code;
use crate::program::value::CodeId;
use crate::program::vocabulary;
use crate::scenario::model::{Places, RoutineKind};
use crate::source::{SourceFile, Span};
use crate::trace::Site;

/// A variable shared by all routines.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    /// Its name.
    pub name: String,
    /// Where it is defined.
    pub span: Span,
    /// What it is.
    pub kind: SharedKind,
}

/// What a shared variable is.
#[derive(Clone, Debug)]
pub(super) enum SharedKind {
    /// A plain value.
    Global,
    /// An object, built before the entry runs.
    Object,
    /// A coroutine or function.
    Routine(Signature),
}

/// How a routine of the program is called.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    /// Whether it is a coroutine.
    pub kind: RoutineKind,
    /// Names of its parameters, and whether they have a default.
    pub params: Vec<(String, bool)>,
}

/// Which front end the text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// A scenario: names are checked before anything runs.
    Scenario,
    /// Python: what a name is, and whether there is one, is found out when the program runs.
    Python,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(super) enum Resolved {
    /// A variable of the routine, or of one around it.
    Variable(Variable),
    /// A variable of a class body; before it has a value the name means what it means outside.
    ClassVariable(Variable),
    /// A shared variable.
    Global(u32),
    /// A builtin, or a name of asyncio.
    Known,
    /// Nothing.
    Unknown,
}

/// How deep expressions and steps may be nested.
pub(super) const MAX_DEPTH: usize = 200;

/// A program in the making.
pub(super) struct Compiler<'a> {
    pub language: Language,
    pub source: &'a SourceFile,
    /// The index of the source among those of the program.
    pub source_index: u32,
    /// Modules of Python have their own shared variables: which one is being compiled.
    pub module: u32,
    /// Whether the program may look at what its functions are annotated with.
    pub keeps_annotations: bool,
    /// How many handlers around this place expect that an import fails.
    pub tolerant: usize,
    pub diagnostics: Diagnostics,
    /// Where the text that is being compiled is in the file.
    pub places: &'a Places,
    /// The routine being made, and those around it, outermost first.
    pub functions: Vec<Function>,
    /// How deep the expression being compiled is nested.
    pub depth: usize,
    /// How deep the statement being compiled is nested.
    pub nesting: usize,
    /// The names of the module being compiled that certainly stand for modules.
    pub module_names: BTreeMap<String, String>,
    /// `__name__` of the module being compiled.
    pub module_name: String,
    /// Functions whose results might be awaited.
    pub returning: BTreeSet<String>,
    /// For each name that a routine binds, the first that does.
    pub locals_of: BTreeMap<String, String>,
    /// The names of the pools.
    pub pools: Vec<String>,
    /// Words that may be names, bound where something could not be read.
    pub lost_names: BTreeSet<String>,
    codes: Vec<Option<Code>>,
    open_codes: Vec<CodeId>,
    sites: Vec<Site>,
    site_index: BTreeMap<(u32, u32, u32), SiteId>,
    shared: Vec<Shared>,
    shared_index: BTreeMap<(u32, String), u32>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(language: Language, source: &'a SourceFile, places: &'a Places) -> Self {
        Self {
            language,
            source,
            source_index: 0,
            module: 0,
            keeps_annotations: false,
            tolerant: 0,
            diagnostics: Diagnostics::default(),
            places,
            functions: Vec::new(),
            depth: 0,
            nesting: 0,
            module_names: BTreeMap::new(),
            module_name: "__main__".to_owned(),
            returning: BTreeSet::new(),
            locals_of: BTreeMap::new(),
            pools: Vec::new(),
            lost_names: BTreeSet::new(),
            codes: Vec::new(),
            open_codes: Vec::new(),
            sites: Vec::new(),
            site_index: BTreeMap::new(),
            shared: Vec::new(),
            shared_index: BTreeMap::new(),
        }
    }

    /// The finished tables: codes, sites, names of shared variables.
    pub(super) fn into_tables(self) -> (Vec<Code>, Vec<Site>, Vec<Box<str>>, Diagnostics) {
        let codes = self.codes.into_iter().flatten().collect();
        let globals = self.shared.into_iter().map(|shared| shared.name.into_boxed_str()).collect();
        (codes, self.sites, globals, self.diagnostics)
    }

    /// The routine being made.
    ///
    /// # Panics
    /// If there is none: everything that makes instructions does so between `begin` and `end`.
    pub(super) fn function(&mut self) -> &mut Function {
        self.functions.last_mut().expect("instructions are made inside of a routine")
    }

    /// Begins a routine inside the one being made.
    pub(super) fn begin(&mut self, function: Function, span: Span) -> CodeId {
        let id = CodeId(u32::try_from(self.codes.len()).unwrap_or(u32::MAX));
        self.codes.push(None);
        self.open_codes.push(id);
        self.functions.push(function);
        self.at(span);
        let site = self.function().place.site;
        self.function().first_site = site;
        id
    }

    /// Ends the routine being made.
    pub(super) fn end(&mut self) {
        let (Some(id), Some(function)) = (self.open_codes.pop(), self.functions.pop()) else {
            return;
        };
        if function.overflow {
            let message = format!("`{}` is too large", function.name);
            self.diagnostics.error_in_file(message).help("split it into several routines");
        }
        self.codes[id.index()] = Some(function.finish());
    }

    /// The names of the cells that a finished routine gets from around it.
    pub(super) fn free_of(&self, id: CodeId) -> Vec<String> {
        let Some(Some(code)) = self.codes.get(id.index()) else { return Vec::new() };
        let first = code.params.len();
        let free = code.variables.get(first..first + usize::from(code.n_free));
        free.unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    /// Takes down a shared variable; `None` if there is one of that name already.
    pub(super) fn define(&mut self, shared: Shared) -> Option<u32> {
        let key = (self.module, shared.name.clone());
        if self.shared_index.contains_key(&key) {
            return None;
        }
        let slot = u32::try_from(self.shared.len()).unwrap_or(u32::MAX);
        self.shared_index.insert(key, slot);
        self.shared.push(shared);
        Some(slot)
    }

    /// Makes sure that there is a shared variable of that name; its slot.
    pub(super) fn define_global(&mut self, name: &str) -> u32 {
        if let Some((slot, _)) = self.shared(name) {
            return slot;
        }
        let name = name.to_owned();
        let shared = Shared { name, span: Span::default(), kind: SharedKind::Global };
        self.define(shared).unwrap_or(0)
    }

    /// The names and slots of the shared variables of the module being compiled.
    pub(super) fn shared_of_module(&self) -> Vec<(Box<str>, u32)> {
        let first = (self.module, String::new());
        let range = self.shared_index.range(first..(self.module + 1, String::new()));
        range.map(|((_, name), slot)| (name.as_str().into(), *slot)).collect()
    }

    /// The shared variable of that name.
    pub(super) fn shared(&self, name: &str) -> Option<(u32, &Shared)> {
        let slot = *self.shared_index.get(&(self.module, name.to_owned()))?;
        Some((slot, &self.shared[slot as usize]))
    }

    /// The signature of the routine that a name certainly stands for.
    pub(super) fn routine(&self, name: &str) -> Option<(&Signature, Span)> {
        if self.functions.last()?.variable(name).is_some() {
            return None;
        }
        let (_, shared) = self.shared(name)?;
        match &shared.kind {
            SharedKind::Routine(signature) => Some((signature, shared.span)),
            SharedKind::Global | SharedKind::Object => None,
        }
    }

    /// What a builtin name stands for, if it does certainly stand for it.
    pub(super) fn builtin(&self, name: &str) -> Option<&'static vocabulary::Known> {
        let is_variable = self.functions.last().is_some_and(|f| f.variable(name).is_some());
        if is_variable || self.shared(name).is_some() {
            return None;
        }
        match self.language {
            Language::Scenario => vocabulary::known(name),
            Language::Python => vocabulary::BUILTINS.iter().find(|known| known.name == name),
        }
    }

    /// Whether a name that the program does not define is known all the same.
    fn is_known(&self, name: &str) -> bool {
        match self.language {
            Language::Scenario => {
                vocabulary::known(name).is_some() || vocabulary::is_exception(name)
            }
            Language::Python => vocabulary::is_builtin(name),
        }
    }

    /// Whether it is a builtin that is there in `CPython` and not here.
    pub(super) fn is_refused_builtin(&self, name: &str) -> bool {
        vocabulary::REFUSED_BUILTINS.iter().any(|(known, _)| *known == name)
    }

    /// Whether this is a scenario.
    pub(super) fn is_scenario(&self) -> bool {
        self.language == Language::Scenario
    }

    /// What a name stands for in the routine being made.
    pub(super) fn resolve(&self, name: &str) -> Resolved {
        if let Some(variable) = self.functions.last().and_then(|f| f.class_variable(name)) {
            return Resolved::ClassVariable(variable);
        }
        self.resolve_outside(name)
    }

    /// What a name stands for, were it not for the variables of the class body being made.
    pub(super) fn resolve_outside(&self, name: &str) -> Resolved {
        if let Some(variable) = self.functions.last().and_then(|f| f.variable(name)) {
            Resolved::Variable(variable)
        } else if let Some((slot, _)) = self.shared(name) {
            Resolved::Global(slot)
        } else if self.is_known(name) {
            Resolved::Known
        } else {
            Resolved::Unknown
        }
    }

    /// The place of a node of the text being compiled.
    pub(super) fn span(&self, node: &impl Ranged) -> Span {
        self.places.span(node)
    }

    /// Lets the next instructions stand for a place.
    pub(super) fn at(&mut self, span: Span) {
        let site = self.site(span);
        self.function().place = Place { site, span };
    }

    /// The number of a place in the routine being made.
    pub(super) fn site(&mut self, span: Span) -> SiteId {
        let position = self.source.position(span.start);
        let code = self.open_codes.last().map_or(u32::MAX, |id| id.0);
        if let Some(known) = self.site_index.get(&(position.line, position.column, code)) {
            return *known;
        }
        if self.sites.len() >= (1 << 24) - 2 {
            return SiteId::NONE;
        }
        let function = self.functions.last().map(|f| f.qualified_name.clone()).unwrap_or_default();
        let (line, column) = (position.line, position.column);
        self.sites.push(Site { source: self.source_index, line, column, function });
        let site = SiteId::from_index(self.sites.len());
        self.site_index.insert((line, column, code), site);
        site
    }

    /// Reports a mistake at a node of the text being compiled.
    pub(super) fn error(
        &mut self,
        node: &impl Ranged,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let span = self.span(node);
        self.diagnostics.error(span, message)
    }

    /// Reports a name that stands for nothing, and certainly so.
    pub(super) fn unknown_name(&mut self, span: Span, name: &str) {
        if self.lost_names.contains(name) && !MODULES.contains(&name) {
            return;
        }
        let later = vocabulary::ASYNCIO_LATER.contains(&name);
        let refused = vocabulary::REFUSED_BUILTINS.iter().find(|(known, _)| *known == name);
        if later {
            self.diagnostics
                .error(span, format!("`{name}` of asyncio is not simulated yet"))
                .help("what is: sleep, gather, tasks, futures, callbacks and pools");
            return;
        }
        if let Some((_, why)) = refused {
            self.diagnostics.error(span, format!("`{name}` cannot be used here")).note(*why);
            return;
        }
        let help = if MODULES.contains(&name) {
            let help =
                "the names of asyncio, of random and of the clock are used unqualified: `sleep(1)`";
            Some(help.to_owned())
        } else if let Some((_, python)) = OTHER_LANGUAGES.iter().find(|(other, _)| *other == name) {
            Some(format!("Python writes `{python}`"))
        } else {
            self.similar_name(name)
        };
        let owner = self.locals_of.get(name).map(|owner| {
            format!("`{name}` belongs to `{owner}` alone; share a value through [globals]")
        });
        self.diagnostics.error(span, format!("unknown name `{name}`")).help_opt(owner.or(help));
    }

    fn similar_name(&self, name: &str) -> Option<String> {
        let function = self.functions.last();
        let overlay = function.iter().flat_map(|f| f.overlay.iter().map(|(name, _)| name.as_str()));
        let locals = function.iter().flat_map(|f| f.variables.iter().map(String::as_str));
        let shared = self.shared.iter().map(|shared| shared.name.as_str());
        let mut known: Vec<&str> = overlay.chain(locals).chain(shared).collect();
        for name in vocabulary::all() {
            known.push(name);
        }
        suggest(name, known).map(|similar| format!("did you mean `{similar}`?"))
    }
}

/// What other languages, and TOML, call a constant.
const OTHER_LANGUAGES: &[(&str, &str)] = &[
    ("true", "True"),
    ("false", "False"),
    ("null", "None"),
    ("nil", "None"),
    ("none", "None"),
    ("undefined", "None"),
];

/// Modules that people are used to write before names.
const MODULES: &[&str] = &["asyncio", "random", "time", "threading", "concurrent"];
