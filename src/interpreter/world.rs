//! What all code of one run shares.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::finalize::Finalizers;
use super::image::Image;
use super::import::PythonModules;
use super::machine::Registers;
use super::modules::Modules;
use super::natives::asyncio::{Asyncio, Listener, PrimitiveNames, Registry};
use super::sending::AsyncGenerators;
use super::shared::Shared;
use crate::executor::{Context, Stopped};
use crate::index::{ProcessId, SiteId};
use crate::program::value::{CodeId, PyResult, Stop, Str, Value, heap};
use crate::program::{Claim, Program, Settings};
use crate::rng::Stream;
use crate::source::SourceFile;
use crate::thread::Threads;
use crate::thread::pool::Pool;
use crate::time::{Duration, Instant};
use crate::trace::event::ChoiceKind;
use crate::trace::outcome::LimitKind;
use crate::trace::{PythonVersion, Site};

/// The state of a running program besides its coroutines: shared variables, random numbers, pools,
/// and how much work was done.
pub struct World {
    /// The loop that runs it.
    pub cx: Context,
    pub(super) image: Image,
    pub(super) globals: RefCell<Vec<Value>>,
    names: Box<[Box<str>]>,
    sites: Arc<[Site]>,
    sources: Arc<[SourceFile]>,
    pub(super) settings: Settings,
    pub(super) stream: RefCell<Stream>,
    pub(super) pools: RefCell<Vec<(Box<str>, Pool, super::job::Setup)>>,
    pub(super) registry: Registry,
    pub(super) asyncio: Asyncio,
    pub(super) primitive_names: PrimitiveNames,
    pub(super) python_modules: PythonModules,
    pub(super) async_generators: AsyncGenerators,
    pub(super) finalizers: Finalizers,
    pub(super) modules: Modules,
    /// What was printed of a line that is not ended yet.
    pub(super) partial_line: RefCell<String>,
    /// Work that may still be done before somebody looks at the bounds.
    countdown: Cell<i64>,
    /// Work of this step that was counted before.
    operations: Cell<u64>,
    /// Work of all steps before, and of this one as far as it was counted.
    all_operations: Cell<u64>,
    /// Work of this step that virtual time was spent on.
    charged: Cell<u64>,
    /// How deep native code and code of the program are nested in each other.
    pub(super) nesting: Rc<Cell<u32>>,
    /// Whether the program is a scenario.
    pub(super) is_scenario: bool,
    /// Threads beside the loop's.
    pub threads: Threads,
    pub(super) handles: super::modules::Handles,
    /// What threads share.
    pub(super) shared: Shared,
    /// The variables of processes that do not run; of one that runs, those of the others.
    pub(super) process_globals: RefCell<BTreeMap<ProcessId, Vec<Value>>>,
    /// Stacks for calls from native code, to be used again.
    pub(super) spare_stacks: RefCell<Vec<Registers>>,
    /// Where the program was when a limit was reached, innermost first.
    pub(super) limit_frames: RefCell<Vec<SiteId>>,
    /// Where suspended coroutines put their variables while somebody wants to see them.
    pub(super) seen: RefCell<Option<Vec<super::inspect::SeenFrame>>>,
    /// What must hold after every step.
    pub(super) always: Vec<Claim>,
    /// The claim that did not hold.
    pub(super) broken: RefCell<Option<BrokenClaim>>,
    pub(super) checking: Cell<bool>,
    pub(super) frame_limit: Cell<usize>,
}

/// A claim of `always` that did not hold.
#[derive(Clone, Debug)]
pub struct BrokenClaim {
    /// Which.
    pub claim: Claim,
    /// Why it could not be computed, if that is it.
    pub error: Option<String>,
    /// When it was found.
    pub at: Instant,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

/// Work between two looks at the bounds.
const STRETCH: i64 = 1 << 20;

/// How many frames `CPython` allows.
const RECURSION_LIMIT: usize = 1000;

impl World {
    /// The world of a program at the beginning of a run.
    pub fn new(cx: &Context, program: &Program, settings: Settings) -> Rc<Self> {
        let stream = Stream::seeded(settings.seed);
        cx.tells_uses();
        if cx.is_watched() {
            heap::number_births();
        }
        let threads = Threads::of(cx);
        let world = Rc::new(Self {
            cx: cx.clone(),
            image: Image::new(program),
            globals: RefCell::new(vec![Value::Unbound; program.globals.len()]),
            names: program.globals.clone().into(),
            sites: Arc::clone(&program.sites),
            sources: Arc::clone(&program.sources),
            settings,
            stream: RefCell::new(stream),
            pools: RefCell::default(),
            registry: Registry::default(),
            asyncio: Asyncio::default(),
            primitive_names: PrimitiveNames::default(),
            python_modules: PythonModules::new(&program.modules),
            async_generators: AsyncGenerators::default(),
            finalizers: Finalizers::begin(),
            modules: Modules::default(),
            partial_line: RefCell::default(),
            countdown: Cell::new(STRETCH),
            operations: Cell::new(0),
            all_operations: Cell::new(0),
            charged: Cell::new(0),
            nesting: threads.depth(),
            is_scenario: program.entry.is_some(),
            threads,
            handles: super::modules::Handles::default(),
            shared: Shared::default(),
            process_globals: RefCell::default(),
            spare_stacks: RefCell::default(),
            limit_frames: RefCell::default(),
            seen: RefCell::default(),
            always: program.expectations.always.clone(),
            broken: RefCell::default(),
            checking: Cell::new(false),
            frame_limit: Cell::new(RECURSION_LIMIT),
        });
        cx.observe(Rc::new(Listener(Rc::downgrade(&world))));
        let switched = Rc::downgrade(&world);
        world.threads.on_switch(move |switch| {
            if let Some(world) = switched.upgrade() {
                world.orders_threads();
                super::processes::swap(&world, switch.process);
                super::modules::switch_context(&world, switch);
            }
        });
        world
    }

    /// The modelled version.
    pub(super) fn python(&self) -> PythonVersion {
        self.cx.config().python
    }

    /// The name of a shared variable.
    pub(super) fn global_name(&self, slot: u32) -> &str {
        self.names.get(slot as usize).map_or("", |name| name)
    }

    /// What a function says about itself.
    pub(super) fn doc_of(&self, code: CodeId) -> Option<&str> {
        self.image.code(code).code.doc.as_deref()
    }

    /// Runs what runs the loop: asyncio's own frames count against the limit (measured).
    pub(super) fn in_loop<T>(&self, work: impl FnOnce() -> T) -> T {
        let own = if self.python() >= PythonVersion::V3_12 { 7 } else { 9 };
        let before = self.frame_limit.replace(RECURSION_LIMIT - own);
        let result = work();
        self.frame_limit.set(before);
        result
    }

    /// The shared variables that have a value, in the module of a place: in the order in which the
    /// module's text gives them one.
    pub(super) fn globals_of(&self, site: SiteId) -> Vec<(Str, Value)> {
        let source = self.site(site).map_or(0, |site| site.source);
        let mut slots: Vec<u32> = self.python_modules.slots_of(source, self.names.len()).collect();
        let order = self.image.stores_of_module(slots.first().copied().unwrap_or(0));
        slots
            .sort_by_key(|slot| order.iter().position(|known| known == slot).unwrap_or(usize::MAX));
        let globals = self.globals.borrow();
        let bound = |slot: u32| {
            let value = globals.get(slot as usize)?;
            let name = self.names.get(slot as usize)?;
            let is_hidden = name.starts_with('.') || matches!(value, Value::Unbound);
            (!is_hidden).then(|| (Str::from(&**name), value.clone()))
        };
        slots.into_iter().filter_map(bound).collect()
    }

    /// The value of a shared variable.
    pub fn global(&self, slot: u32) -> Value {
        self.globals.borrow().get(slot as usize).cloned().unwrap_or(Value::Unbound)
    }

    /// Lets go of all shared variables.
    pub fn clear_globals(&self) {
        self.finalizers.close();
        let values = std::mem::take(&mut *self.globals.borrow_mut());
        drop(values);
        self.python_modules.clear();
        let asyncio = self.asyncio.module.borrow_mut().take();
        drop(asyncio);
    }

    /// A place as `file:line`.
    pub(super) fn place(&self, site: SiteId) -> String {
        let place = site.index().checked_sub(1).and_then(|index| self.sites.get(index));
        place.map_or_else(String::new, |place| {
            let file = self.sources.get(place.source as usize).map_or("", SourceFile::name);
            format!("{file}:{}", place.line)
        })
    }

    /// The line of the source at a place, without the space around it; empty if there is none.
    pub(super) fn source_line(&self, site: SiteId) -> String {
        let Some(place) = self.site(site) else { return String::new() };
        let source = self.source(place.source);
        source.map_or_else(String::new, |file| file.line(place.line).trim().to_owned())
    }

    /// The place of a site.
    pub fn site(&self, site: SiteId) -> Option<&Site> {
        self.sites.get(site.index().checked_sub(1)?)
    }

    /// The text of a file of the program.
    pub fn source(&self, index: u32) -> Option<&SourceFile> {
        self.sources.get(index as usize)
    }

    /// A step begins: what was done before does not count against it.
    #[inline]
    pub(super) fn begin_step(&self) {
        self.orders_threads();
        self.all_operations.set(self.operations());
        self.countdown.set(STRETCH);
        self.operations.set(0);
        self.charged.set(0);
    }

    /// The virtual time of the work of this step that none was spent on yet.
    pub(super) fn take_cost(&self) -> Duration {
        let counted = STRETCH - self.countdown.get();
        let done = self.operations.get() + counted.unsigned_abs();
        let new = done.saturating_sub(self.charged.replace(done));
        Duration::from_nanos(self.settings.op_cost.as_nanos().saturating_mul(new))
    }

    /// A step ends: what must hold after every step is looked at.
    #[inline]
    pub(super) fn end_step(world: &Rc<Self>) {
        if !world.always.is_empty() {
            Self::check_always(world);
        }
    }

    fn check_always(world: &Rc<Self>) {
        if world.broken.borrow().is_some() || world.checking.replace(true) {
            return;
        }
        for claim in &world.always {
            let error = match super::claim_holds(world, claim.code) {
                Ok(true) => continue,
                Ok(false) => None,
                Err(error) => Some(error),
            };
            let (claim, at) = (claim.clone(), world.cx.now());
            *world.broken.borrow_mut() = Some(BrokenClaim { claim, error, at });
            break;
        }
        world.checking.set(false);
    }

    /// Whether a fault strikes what begins here: always a choice, where faults are left open.
    pub(super) fn strikes(&self, what: &str) -> bool {
        let name = |index: usize| match index {
            0 => "goes-on".to_owned(),
            _ => format!("{what}-fails"),
        };
        self.cx.config().open.faults && self.cx.choose(ChoiceKind::Fault, 2, &name) == 1
    }

    /// A number below `n`, chosen instead of drawn, where small ones are left open.
    pub(super) fn chosen_below(&self, n: u64) -> Option<u64> {
        let most = self.cx.config().open.values?;
        if n < 2 || n > u64::from(most) {
            return None;
        }
        let of = usize::try_from(n).ok()?;
        let chosen = self.cx.choose(ChoiceKind::Value, of, &|index| index.to_string());
        Some(chosen as u64)
    }

    /// Counts work; a limit when a step does too much.
    #[inline]
    pub(super) fn spend(&self, operations: i64) -> PyResult<()> {
        let left = self.countdown.get() - operations;
        self.countdown.set(left);
        if left < 0 { self.look_at_bounds() } else { Ok(()) }
    }

    /// Counts work that is not stopped in the middle: the next operation meets the limit.
    #[inline]
    pub(super) fn count(&self, operations: i64) {
        self.countdown.set(self.countdown.get() - operations);
    }

    /// Plain operations that were done until now.
    pub fn operations(&self) -> u64 {
        let counted = STRETCH - self.countdown.get();
        self.all_operations.get() + counted.unsigned_abs()
    }

    #[cold]
    fn look_at_bounds(&self) -> PyResult<()> {
        self.all_operations.set(self.operations());
        let done = STRETCH - self.countdown.get();
        self.countdown.set(STRETCH);
        let done = self.operations.get() + done.unsigned_abs();
        self.operations.set(done);
        // Said at once: what is dropped on the way out is not to be blamed on the program.
        heap::check().inspect_err(|_| self.reached(LimitKind::Memory))?;
        if done > self.cx.config().limits.operations {
            self.reached(LimitKind::Operations);
            return Err(Stop::limit(LimitKind::Operations));
        }
        if self.cx.keep_going() {
            Ok(())
        } else {
            // The run has been ended already; this only takes the program off the stage.
            Err(Stop::limit(LimitKind::Operations))
        }
    }

    /// A limit was reached: the run ends.
    #[cold]
    pub(super) fn reached(&self, limit: LimitKind) {
        self.cx.stop(Stopped::Limit(limit));
    }

    /// Where the program was when a limit was reached, outermost first.
    pub fn limit_frames(&self) -> Vec<SiteId> {
        self.limit_frames.borrow().iter().rev().copied().collect()
    }

    /// The claim of `always` that did not hold, if there is one.
    pub fn broken_claim(&self) -> Option<BrokenClaim> {
        self.broken.borrow().clone()
    }
}
