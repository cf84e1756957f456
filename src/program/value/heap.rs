//! What a program's values weigh, and how deep ones are taken apart.
//!
//! The count is kept per thread, because a value that is dropped cannot be told whose it was. It
//! counts what values hold, not what the allocator does, so it is the same on every machine.

use std::cell::{Cell, RefCell};

use super::{PyResult, Stop, Value};
use crate::trace::outcome::LimitKind;

/// How deep values may be dropped inside each other before the rest waits in a queue.
const MAX_DROP_DEPTH: u32 = 64;

thread_local! {
    static LIVE: Cell<u64> = const { Cell::new(0) };
    static LIMIT: Cell<u64> = const { Cell::new(u64::MAX) };
    static IDENTITIES: Cell<u32> = const { Cell::new(0) };
    static BORN: Cell<Option<u32>> = const { Cell::new(None) };
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static WAITING: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
}

/// Sets how many bytes may be held beyond those held now. Values leaked by an earlier run do not
/// count.
pub fn begin(limit: u64) {
    LIMIT.set(LIVE.get().saturating_add(limit));
    IDENTITIES.set(0);
    BORN.set(None);
}

/// From now on objects are numbered as they are made.
pub fn number_births() {
    BORN.set(Some(0));
}

/// A number that tells an object from all others, drawn when it is first asked for. It stands for
/// the address, which would differ from run to run.
#[derive(Clone, Debug)]
pub struct Identity {
    number: Cell<u32>,
    born: u32,
}

impl Default for Identity {
    #[inline]
    fn default() -> Self {
        let born = BORN.get().map_or(0, |last| {
            BORN.set(Some(last.wrapping_add(1)));
            last.wrapping_add(1)
        });
        Self { number: Cell::new(0), born }
    }
}

impl Identity {
    /// Which of the objects it is, in the order in which they were made; 0 if they were not counted.
    /// Unlike the other number it does not depend on who looks at the object first.
    #[inline]
    pub fn born(&self) -> u32 {
        self.born
    }

    /// The number; never 0.
    pub fn get(&self) -> u32 {
        if self.number.get() == 0 {
            IDENTITIES.set(IDENTITIES.get().wrapping_add(1));
            self.number.set(IDENTITIES.get());
        }
        self.number.get()
    }
}

/// Bytes held by values of this thread.
#[inline]
pub fn live() -> u64 {
    LIVE.get()
}

/// Counts bytes that a value now holds.
#[inline]
pub fn charge(bytes: u64) {
    LIVE.set(LIVE.get().wrapping_add(bytes));
}

/// Counts bytes that a value held.
#[inline]
pub fn release(bytes: u64) {
    LIVE.set(LIVE.get().wrapping_sub(bytes));
}

/// Whether `bytes` more may be held. To be asked before anything that can be large.
#[inline]
pub fn reserve(bytes: u64) -> PyResult<()> {
    if LIVE.get().saturating_add(bytes) > LIMIT.get() {
        Err(Stop::limit(LimitKind::Memory))
    } else {
        Ok(())
    }
}

/// [`reserve`] for `count` values.
#[inline]
pub fn reserve_values(count: usize) -> PyResult<()> {
    reserve((count as u64).saturating_mul(size_of::<Value>() as u64))
}

/// Whether more is held than may be. To be asked now and then by whoever runs the program.
#[inline]
pub fn check() -> PyResult<()> {
    reserve(0)
}

/// Drops what a container holds; what lies too deep waits for the outermost container, so that a
/// chain of a million lists does not need a million stack frames.
#[inline]
pub fn bury(contents: impl IntoIterator<Item = Value>) {
    let depth = DEPTH.get();
    if depth >= MAX_DROP_DEPTH {
        // At the end of the thread there may be no queue any more; then they are dropped at once.
        let mut contents = Some(contents);
        let _ = WAITING
            .try_with(|waiting| waiting.borrow_mut().extend(contents.take().into_iter().flatten()));
        return;
    }
    DEPTH.set(depth + 1);
    contents.into_iter().for_each(drop);
    DEPTH.set(depth);
    if depth == 0 {
        drain();
    }
}

fn drain() {
    while let Ok(Some(value)) = WAITING.try_with(|waiting| waiting.borrow_mut().pop()) {
        DEPTH.set(1);
        drop(value);
        DEPTH.set(0);
    }
}
