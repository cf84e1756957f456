//! What threads and tasks share: when it is used, and by whom.
//!
//! While threads are about, each use of a shared variable is told to whoever looks for races: the
//! trace gets the first of a thread (or of a task's step) after anything that puts threads in
//! order; the scheduler all of them, if it wants to know. In the access model it is also a point at
//! which threads can be switched.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use rustc_hash::FxHashMap;

use super::cache::Found;
use super::observe;
use super::vm::Interp;
use super::world::World;
use crate::executor::Mode;
use crate::index::{EventId, ThreadId};
use crate::program::value::{CellObject, PyResult, Str, Value};
use crate::trace::What;

/// What is known of shared variables.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Whether anything of this is wanted: threads run, and somebody wants to know.
    pub active: Cell<bool>,
    /// Whether threads can be switched at each use.
    switches: Cell<bool>,
    /// Goes up with all that puts threads in order, and with every switch.
    epoch: Cell<u32>,
    seen: RefCell<FxHashMap<Variable, Seen>>,
    locks: Cell<u64>,
    /// Who had a lock, by its name, when somebody last began to wait for it.
    holders: RefCell<FxHashMap<Rc<str>, ThreadId>>,
}

/// A shared variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Variable {
    Global(u32),
    /// By address: what is kept in [`Seen`] keeps it from being used again.
    Cell(usize),
    /// Of an object with that identity: an attribute or item, by the hash of its name.
    Part(u32, i64),
}

#[derive(Debug)]
struct Seen {
    name: Rc<str>,
    read: u32,
    written: u32,
    /// Keeps the address of a cell from being used again, but not what is in the cell.
    _cell: Option<Weak<CellObject>>,
}

impl World {
    /// Threads run from now on.
    pub(super) fn begin_sharing(&self) {
        let config = self.cx.config();
        let switches = !config.gil || self.settings.preempt_at_access;
        self.shared.switches.set(switches);
        self.shared.active.set(switches || self.cx.is_recording() || self.cx.is_watched());
    }

    /// Tells all uses of shared variables from now on, whether there are threads or not.
    pub fn record_uses(&self) {
        self.shared.active.set(self.cx.is_recording() || self.cx.is_watched());
    }

    /// Something puts threads in order, or another one runs: uses after this are not the ones
    /// before it.
    #[inline]
    pub(super) fn orders_threads(&self) {
        self.shared.epoch.set(self.shared.epoch.get().wrapping_add(1));
    }

    /// Somebody begins to wait for a lock that another thread has.
    pub(super) fn note_holder(&self, lock: &Rc<str>, holder: Option<ThreadId>) {
        if let Some(holder) = holder {
            self.shared.holders.borrow_mut().insert(Rc::clone(lock), holder);
        }
    }

    /// The thread that another one waits for, going by what it waits on.
    pub fn waited_for(&self, on: &str) -> Option<Rc<str>> {
        if let Some(thread) = on.strip_prefix("the end of ") {
            return Some(thread.into());
        }
        let holder = self.shared.holders.borrow().get(on).copied()?;
        Some(self.threads.name(holder))
    }

    /// The number of the next lock.
    pub(super) fn count_lock(&self) -> u64 {
        self.shared.locks.set(self.shared.locks.get() + 1);
        self.shared.locks.get()
    }
}

/// Whether a value is what programs share to use and not to change: functions, classes, modules.
fn is_fixed(value: &Value) -> bool {
    matches!(
        value,
        Value::Function(_) | Value::Class(_) | Value::Type(_) | Value::Builtin(_) | Value::Unbound
    ) || matches!(value, Value::Foreign(foreign) if foreign.object.module_name().is_some())
}

fn mode_of(write: bool) -> Mode {
    if write { Mode::Write } else { Mode::Read }
}

impl Interp<'_> {
    /// A global variable is read or written.
    #[cold]
    pub(super) fn uses_global(&mut self, slot: u32, write: bool) -> PyResult<()> {
        let world = self.world;
        let object = observe::global(slot);
        if !write && is_fixed(&world.globals.borrow()[slot as usize]) {
            self.tell(&[(object, Mode::Read)]);
            return Ok(());
        }
        let uses = [(object, mode_of(write))];
        self.uses(Variable::Global(slot), &uses, write, None, || world.global_name(slot).into())
    }

    /// A variable that nested functions share is read or written.
    #[cold]
    pub(super) fn uses_cell(&mut self, cell: &Value, name: &str, write: bool) -> PyResult<()> {
        let Value::Cell(cell) = cell else { return Ok(()) };
        if !write && cell.0.borrow().as_ref().is_none_or(is_fixed) {
            self.tell(&[(observe::CELLS, Mode::Read)]);
            return Ok(());
        }
        let variable = Variable::Cell(Rc::as_ptr(cell).addr());
        let uses = [(observe::CELLS, mode_of(write))];
        self.uses(variable, &uses, write, Some(cell), || name.into())
    }

    /// An attribute of an instance is read or written.
    #[cold]
    pub(super) fn uses_attribute(
        &mut self,
        object: &Value,
        name: &Str,
        write: bool,
    ) -> PyResult<()> {
        let mode = mode_of(write);
        let Value::Instance(instance) = object else {
            self.tell(&[(observe::attribute_of(name), mode)]);
            return Ok(());
        };
        let known = (observe::attribute_of_object(instance.identity.born(), name), mode);
        let own = instance.attributes().get_str(name).cloned();
        if !write && own.is_none() {
            // It may be an attribute of its class.
            self.tell(&[known, (observe::attribute_of(name), mode)]);
            return Ok(());
        }
        if !write && own.as_ref().is_some_and(is_fixed) {
            self.tell(&[known]);
            return Ok(());
        }
        if write && !Found::of(instance, name).is_plain_store(instance) {
            // A property, or a class that stores by itself: its code tells what that uses.
            self.tell(&[known]);
            return Ok(());
        }
        let variable = Variable::Part(instance.identity.get(), name.hash());
        self.uses(variable, &[known], write, None, || {
            format!("{}.{name} (object {})", instance.class.name, instance.identity.get()).into()
        })
    }

    /// An item of a list or dict is read or written.
    #[cold]
    pub(super) fn uses_item(&mut self, object: &Value, key: &Value, write: bool) -> PyResult<()> {
        let (identity, what) = match object {
            Value::List(list) => (&list.identity, "list"),
            Value::Dict(dict) => (&dict.identity, "dict"),
            _ => return Ok(()),
        };
        let items = observe::items_of(identity.born());
        let uses = match write {
            true => &[(items, Mode::Write), (observe::ITEMS, Mode::Part)][..],
            false => &[(items, Mode::Read)][..],
        };
        let identity = identity.get();
        let (hash, shown) = match key {
            Value::Int(index) => (*index, index.to_string()),
            Value::Str(text) => (text.hash(), format!("'{text}'")),
            _ => {
                self.tell(uses);
                return Ok(());
            }
        };
        let variable = Variable::Part(identity, hash);
        let name = || format!("{what} {identity}[{shown}]").into();
        self.uses(variable, uses, write, None, name)
    }

    /// Tells whoever looks for races, unless the library only keeps its books.
    fn tell(&self, uses: &[(u64, Mode)]) {
        for (object, mode) in uses.iter().filter(|_| !self.is_quiet) {
            self.world.cx.touch(*object, *mode);
        }
    }

    fn uses(
        &mut self,
        variable: Variable,
        told: &[(u64, Mode)],
        write: bool,
        cell: Option<&Rc<CellObject>>,
        name: impl FnOnce() -> Rc<str>,
    ) -> PyResult<()> {
        let world = self.world;
        let shared = &world.shared;
        if shared.switches.get() && !self.in_library {
            self.pass()?;
        }
        self.tell(told);
        let epoch = shared.epoch.get();
        let mut all = shared.seen.borrow_mut();
        let seen = all.entry(variable).or_insert_with(|| Seen {
            name: name(),
            read: epoch.wrapping_sub(1),
            written: epoch.wrapping_sub(1),
            _cell: cell.map(Rc::downgrade),
        });
        if seen.written == epoch || !write && seen.read == epoch {
            return Ok(());
        }
        if write {
            seen.written = epoch;
        } else {
            seen.read = epoch;
        }
        if world.cx.is_recording() && !self.in_library {
            let variable = world.cx.name(&seen.name);
            world.cx.record(EventId::NONE, What::Accessed { variable, write });
        }
        Ok(())
    }
}
