//! What a scenario file says, with the place where it says it.

use std::collections::BTreeSet;

use ruff_python_ast as ast;

pub use crate::python::Places;
use crate::source::{SourceFile, Span};
use crate::time::{CivilDateTime, Duration};
use crate::trace::schedule::Open;

/// A whole scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The file it was read from.
    pub source: SourceFile,
    /// `name`, or the file's stem.
    pub name: String,
    /// `epoch`: the wall clock at virtual time 0.
    pub epoch: CivilDateTime,
    /// `entry`: the coroutine that `asyncio.run()` gets.
    pub entry: Name,
    /// `seed`.
    pub seed: u64,
    /// `[runtime]`.
    pub runtime: Runtime,
    /// `[pools.*]`, in order of appearance. The default pool is there only if the file says so.
    pub pools: Vec<Pool>,
    /// `[globals]`, in order of appearance.
    pub globals: Vec<Global>,
    /// `[objects]`, in order of appearance.
    pub objects: Vec<Object>,
    /// `[coroutines.*]` and `[functions.*]`, in order of appearance.
    pub routines: Vec<Routine>,
    /// `[expect]`.
    pub expect: Expect,
    /// `[explore]`, if it is there.
    pub explore: Option<Explore>,
    /// The words of what could not be read. If such a word is used as a name, it is not the use
    /// that is wrong.
    pub lost_names: BTreeSet<String>,
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name: a Python identifier.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// `[runtime]`; `None` where the file is silent.
#[derive(Clone, Debug, Default)]
pub struct Runtime {
    /// `python`: the modelled version.
    pub python: Option<crate::trace::PythonVersion>,
    /// `cores`.
    pub cores: Option<u32>,
    /// `gil`.
    pub gil: Option<bool>,
    /// `preempt`: between any two accesses, instead of where the interpreter switches.
    pub preempt_at_access: Option<bool>,
    /// `switch_interval`.
    pub switch_interval: Option<Duration>,
    /// `debug`.
    pub debug: Option<bool>,
    /// `eager_tasks`.
    pub eager_tasks: Option<bool>,
    /// `latency` of connections between streams.
    pub latency: Option<Duration>,
    /// `bandwidth` of one, in bytes a second; `None` for any.
    pub bandwidth: Option<u64>,
}

/// A pool of workers.
#[derive(Clone, Debug)]
pub struct Pool {
    /// Its name: `default` is what `run_in_executor(None, …)` uses.
    pub name: Name,
    /// `kind`.
    pub kind: PoolKind,
    /// `max_workers`; `None` for `CPython`'s default.
    pub max_workers: Option<u32>,
    /// `start`: starting one worker process.
    pub start: Duration,
    /// `transfer`: moving a call and its result.
    pub transfer: Duration,
}

/// What a pool's workers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolKind {
    /// Threads of this process.
    Thread,
    /// Processes of their own.
    Process,
}

/// A plain value shared by all coroutines.
#[derive(Clone, Debug)]
pub struct Global {
    /// Its name.
    pub name: Name,
    /// Its value at the beginning.
    pub value: Literal,
}

/// A TOML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// true or false.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string; dates and times are strings too.
    Str(String),
    /// An array: a list.
    List(Vec<Literal>),
    /// A table: a dict with string keys, in order of appearance.
    Dict(Vec<(String, Literal)>),
}

/// An object built before the entry starts.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its name.
    pub name: Name,
    /// What builds it.
    pub value: Expr,
}

/// A coroutine or a function.
#[derive(Clone, Debug)]
pub struct Routine {
    /// Which.
    pub kind: RoutineKind,
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub params: Vec<Param>,
    /// Its body.
    pub steps: Vec<Step>,
}

/// Whether a routine may await.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoutineKind {
    /// `async def`.
    Coroutine,
    /// `def`.
    Function,
}

/// A parameter: `"delay = 1"`.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// Its default, evaluated once before the run.
    pub default: Option<Expr>,
}

/// A parsed Python expression from a string of the file.
#[derive(Clone, Debug)]
pub struct Expr {
    /// The string's content in the file, without its quotes.
    pub span: Span,
    /// The text that was parsed: what the ranges in `ast` are in.
    pub text: String,
    /// The expression.
    pub ast: ast::Expr,
    /// Where the places of `ast` are in the file.
    pub places: Places,
}

impl Expr {
    /// Stands in for an expression that was wrong, and told to be: a nameless name, the way ruff's
    /// parser itself fills a gap.
    pub fn placeholder(span: Span) -> Self {
        let ast = ast::Expr::Name(ast::ExprName {
            node_index: ast::AtomicNodeIndex::NONE,
            range: ruff_text_size::TextRange::default(),
            id: ast::name::Name::empty(),
            ctx: ast::ExprContext::Invalid,
        });
        let places = Places { runs: vec![(0, span.start)], end: span.end };
        Self { span, text: String::new(), ast, places }
    }

    /// Whether this stands in for an expression that was wrong: nothing more is to be said of it.
    pub fn is_placeholder(&self) -> bool {
        matches!(&self.ast, ast::Expr::Name(name) if name.ctx == ast::ExprContext::Invalid)
    }
}

/// A parsed simple statement from a string of the file.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// The string's content in the file, without its quotes.
    pub span: Span,
    /// The text that was parsed: what the ranges in `ast` are in.
    pub text: String,
    /// The statement.
    pub ast: ast::Stmt,
    /// Where the places of `ast` are in the file.
    pub places: Places,
}

/// A duration: fixed in the file, or computed.
#[derive(Clone, Debug)]
pub enum DurationExpr {
    /// `1`, `0.5`, `"250ms"`.
    Fixed(Duration, Span),
    /// `"delay * 2"`: seconds.
    Seconds(Expr),
}

/// One step of a body.
#[derive(Clone, Debug)]
pub struct Step {
    /// The whole table.
    pub span: Span,
    /// The key of the action: what a report points at.
    pub key: Span,
    /// What to do.
    pub action: Action,
}

/// What a step does; design §6 tells the keys.
#[derive(Clone, Debug)]
pub enum Action {
    /// `print`: an f-string, parsed as one.
    Print(Expr),
    /// `sleep`.
    Sleep {
        /// How long.
        duration: DurationExpr,
        /// `as`: always None in asyncio, so rarely used.
        bind: Option<Name>,
    },
    /// `io`.
    Io {
        /// When the answer comes.
        duration: DurationExpr,
        /// `jitter`: how much earlier or later it can come.
        jitter: Option<Duration>,
        /// `result`.
        result: Option<Expr>,
        /// `raises`.
        raises: Option<Expr>,
        /// `as`.
        bind: Option<Name>,
    },
    /// `block`.
    Block(DurationExpr),
    /// `compute`.
    Compute(DurationExpr),
    /// `await`.
    Await {
        /// What.
        what: Expr,
        /// `as`.
        bind: Option<Name>,
    },
    /// `create_task`.
    CreateTask {
        /// The coroutine call.
        coroutine: Expr,
        /// `as`.
        bind: Option<Name>,
        /// `name`: an f-string.
        name: Option<Expr>,
        /// `in`: a task group.
        group: Option<Expr>,
    },
    /// `gather`.
    Gather {
        /// What.
        what: GatherOf,
        /// `as`.
        bind: Option<Name>,
        /// `return_exceptions`.
        return_exceptions: bool,
    },
    /// `run_in_executor`.
    RunInExecutor {
        /// The function call, made on a worker; its arguments are evaluated before.
        call: Expr,
        /// `pool`: the name of one of the pools; `None` for the default one.
        pool: Option<Name>,
        /// `as`.
        bind: Option<Name>,
    },
    /// `to_thread`.
    ToThread {
        /// The function call.
        call: Expr,
        /// `as`.
        bind: Option<Name>,
    },
    /// `start_thread`.
    StartThread {
        /// The function call that the thread makes; its arguments are evaluated before.
        call: Expr,
        /// `as`.
        bind: Option<Name>,
        /// `name`.
        name: Option<Expr>,
    },
    /// `join`.
    Join(Expr),
    /// `with`: `async with`.
    With {
        /// What is entered.
        what: Expr,
        /// `as`.
        bind: Option<Name>,
        /// The body.
        steps: Vec<Step>,
    },
    /// `do`: a simple statement.
    Do(Stmt),
    /// `if`.
    If {
        /// The condition.
        condition: Expr,
        /// `steps`.
        steps: Vec<Step>,
        /// `else`.
        otherwise: Vec<Step>,
    },
    /// `for`: `"i in range(3)"`.
    For {
        /// The target.
        target: Expr,
        /// What is iterated.
        iterable: Expr,
        /// `steps`.
        steps: Vec<Step>,
        /// `else`.
        otherwise: Vec<Step>,
    },
    /// `while`.
    While {
        /// The condition.
        condition: Expr,
        /// `steps`.
        steps: Vec<Step>,
        /// `else`.
        otherwise: Vec<Step>,
    },
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// `pass`.
    Pass,
    /// `return`; `None` for `true`.
    Return(Option<Expr>),
    /// `raise`; `None` for `true`: what is being handled.
    Raise {
        /// The exception.
        value: Option<Expr>,
        /// What stands behind `from`.
        cause: Option<Expr>,
    },
    /// `assert`.
    Assert {
        /// What must hold.
        condition: Expr,
        /// `message`: an f-string.
        message: Option<Expr>,
    },
    /// `try`.
    Try {
        /// The body.
        steps: Vec<Step>,
        /// `except`.
        handlers: Vec<Handler>,
        /// `else`.
        otherwise: Vec<Step>,
        /// `finally`.
        finally: Vec<Step>,
    },
    /// `call_soon`.
    CallSoon {
        /// The function call; its arguments are evaluated at once.
        call: Expr,
        /// `as`: the handle.
        bind: Option<Name>,
    },
    /// `call_later`.
    CallLater {
        /// `delay`.
        delay: DurationExpr,
        /// The function call; its arguments are evaluated at once.
        call: Expr,
        /// `as`: the handle.
        bind: Option<Name>,
    },
}

/// What a `gather` gets.
#[derive(Clone, Debug)]
pub enum GatherOf {
    /// A list of awaitables.
    List(Vec<Expr>),
    /// A comprehension or another iterable: `"fetch(i) for i in range(10)"`.
    Iterable(Expr),
}

/// One `except` of a `try`.
#[derive(Clone, Debug)]
pub struct Handler {
    /// Where.
    pub span: Span,
    /// `type`: an exception type or a tuple of them; `None` catches every `BaseException`.
    pub exception: Option<Expr>,
    /// `as`.
    pub bind: Option<Name>,
    /// The body.
    pub steps: Vec<Step>,
}

/// `[explore]`: how the schedules of a scenario are explored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explore {
    /// `order`, `jitter`, `cancel`, `faults`, `values`: what is left open.
    pub open: Open,
    /// `strategy`: one of [`STRATEGIES`](super::STRATEGIES).
    pub strategy: Option<&'static str>,
    /// `runs`: the most runs that are made.
    pub runs: Option<u64>,
    /// `preemptions`: the most that a schedule has.
    pub preemptions: Option<u32>,
    /// `ignore`: what does not tell outcomes apart: `output`, `values`.
    pub ignore: Vec<&'static str>,
    /// `fails`: whether some schedule is to fail.
    pub fails: bool,
}

/// `[expect]`.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// `output`: exactly these lines.
    pub output: Option<(Vec<String>, Span)>,
    /// `order`: these lines in this order, others between.
    pub order: Option<(Vec<String>, Span)>,
    /// `duration`: the virtual time of the whole run.
    pub duration: Option<(Duration, Span)>,
    /// `outcome`: `completed`, `deadlock`, `raises ValueError`, `limit operations` …
    pub outcome: Option<(String, Span)>,
    /// `finally`: expressions that hold at the end.
    pub finally: Vec<Expr>,
    /// `always`: expressions that hold after every step.
    pub always: Vec<Expr>,
}
