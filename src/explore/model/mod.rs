//! A small language of threads, for programs whose answers are known.
//!
//! Threads load and store shared variables, take and give back locks, and wait for each other at
//! conditions, as the textbooks have it: each of these is one step, and what a thread computes for
//! itself is none.
//!
//! ```
//! use std::ops::ControlFlow;
//! use loopsim::explore::{Search, model::Model, search};
//!
//! // Two threads increment a counter without a lock.
//! let mut model = Model::new(1);
//! for _ in 0..2 {
//!     model.thread(|t| t.load(0, 0).add(0, 1).store(0, 0));
//! }
//! let found = search(&model, &Search::default(), &|_| ControlFlow::Continue(()));
//! assert!(found.incomplete.is_empty());
//! let finals: Vec<i64> = found.tally.rows.keys().map(|end| end.values[0]).collect();
//! assert_eq!(finals, [1, 2]);
//! // Four classes of schedules, which are six schedules.
//! assert_eq!((found.tally.runs(), found.tally.schedules()), (4, Some(6)));
//! ```

mod known;
mod paths;
mod state;

pub use known::{
    bounded_buffer, increments, load_buffering, locked_blocks, locked_increments, message_passing,
    ordered_locks, philosophers, reads_of_independent_writes, store_buffering, two_locks,
};
pub use paths::{Paths, paths};
use smallvec::SmallVec;
use state::State;

use super::subject::{Oracle, Subject};
use crate::executor::{Access, Actor, Choice, Mode};
use crate::trace::event::ChoiceKind;

/// What a thread does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    /// Register = variable.
    Load {
        variable: usize,
        register: usize,
    },
    /// Variable = register.
    Store {
        variable: usize,
        register: usize,
    },
    /// Variable = number.
    Set {
        variable: usize,
        value: i64,
    },
    /// Waits until the lock is free, and takes it.
    Lock(usize),
    Unlock(usize),
    /// Gives the lock back and waits for a notification; then takes the lock again.
    Wait {
        condition: usize,
        lock: usize,
    },
    /// Wakes the one that has waited longest.
    Notify(usize),
    // What follows is no step: it is done with the step before.
    Add {
        register: usize,
        value: i64,
    },
    JumpUnless {
        register: usize,
        value: i64,
        to: usize,
    },
    Jump(usize),
}

/// A program of threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    threads: Vec<Vec<Op>>,
    n_variables: usize,
    /// Registers that are part of the outcome.
    observed: Vec<(usize, usize)>,
}

/// What a thread does, in order.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    ops: Vec<Op>,
    observed: Vec<usize>,
}

/// Registers of a thread.
const N_REGISTERS: usize = 4;
/// The register that loops look at.
const LOOP_REGISTER: usize = N_REGISTERS - 1;

impl Thread {
    fn push(mut self, op: Op) -> Self {
        self.ops.push(op);
        self
    }

    /// Loads a variable into a register, of which there are three.
    #[must_use]
    pub fn load(self, variable: usize, register: usize) -> Self {
        self.push(Op::Load { variable, register: register % N_REGISTERS })
    }

    /// Loads a variable into a register that is part of the outcome.
    #[must_use]
    pub fn observe(mut self, variable: usize, register: usize) -> Self {
        self.observed.push(register % N_REGISTERS);
        self.load(variable, register)
    }

    /// Stores a register.
    #[must_use]
    pub fn store(self, variable: usize, register: usize) -> Self {
        self.push(Op::Store { variable, register: register % N_REGISTERS })
    }

    /// Stores a number.
    #[must_use]
    pub fn set(self, variable: usize, value: i64) -> Self {
        self.push(Op::Set { variable, value })
    }

    /// Adds to a register; that is no step.
    #[must_use]
    pub fn add(self, register: usize, value: i64) -> Self {
        self.push(Op::Add { register: register % N_REGISTERS, value })
    }

    /// Takes a lock, when it is free.
    #[must_use]
    pub fn lock(self, lock: usize) -> Self {
        self.push(Op::Lock(lock))
    }

    /// Gives a lock back.
    #[must_use]
    pub fn unlock(self, lock: usize) -> Self {
        self.push(Op::Unlock(lock))
    }

    /// Gives the lock back, waits for a notification, and takes the lock again.
    #[must_use]
    pub fn wait(self, condition: usize, lock: usize) -> Self {
        self.push(Op::Wait { condition, lock })
    }

    /// Wakes the one that has waited longest at a condition.
    #[must_use]
    pub fn notify(self, condition: usize) -> Self {
        self.push(Op::Notify(condition))
    }

    /// Repeats something while a variable has a value; looking at it is a step.
    #[must_use]
    pub fn repeat_while(
        self,
        variable: usize,
        value: i64,
        body: impl FnOnce(Self) -> Self,
    ) -> Self {
        let start = self.ops.len();
        let looks = self.load(variable, LOOP_REGISTER);
        let jump = looks.ops.len();
        let mut all = body(looks.push(Op::Jump(0))).push(Op::Jump(start));
        let to = all.ops.len();
        all.ops[jump] = Op::JumpUnless { register: LOOP_REGISTER, value, to };
        all
    }
}

impl Model {
    /// A program without threads yet, whose variables are 0.
    pub fn new(n_variables: usize) -> Self {
        Self { threads: Vec::new(), n_variables, observed: Vec::new() }
    }

    /// Adds a thread.
    pub fn thread(&mut self, does: impl FnOnce(Thread) -> Thread) -> &mut Self {
        let thread = does(Thread::default());
        let number = self.threads.len();
        self.observed.extend(thread.observed.iter().map(|register| (number, *register)));
        self.threads.push(thread.ops);
        self
    }
}

/// How a run of a [`Model`] ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct End {
    /// The variables, then the observed registers.
    pub values: SmallVec<[i64; 4]>,
    /// Whether threads are left that wait for each other.
    pub deadlock: bool,
}

/// Numbers of what is shared: variables, then these.
const LOCKS: u64 = 1 << 16;
const CONDITIONS: u64 = 2 << 16;
const SIGNALS: u64 = 3 << 16;

/// Longer runs are ended: their threads are taken to wait for each other.
const MAX_STEPS: usize = 10_000;

impl Subject for Model {
    type End = End;

    fn run(&self, oracle: &Oracle) -> End {
        let mut state = State::new(self);
        let mut running = None;
        let mut point = 0;
        for _ in 0..MAX_STEPS {
            let actors = state.enabled(self, running);
            let taken = match actors.as_slice() {
                [] => break,
                [only] => oracle.only(*only).map(|()| 0),
                several => {
                    point += 1;
                    let is_running = running.is_some_and(|last| several[0] == actor(last));
                    oracle.choose(&Choice {
                        point: point - 1,
                        kind: ChoiceKind::Thread,
                        n_alternatives: several.len(),
                        actors: several,
                        running: is_running.then_some(0),
                        name: &|index| format!("thread-{}", several[index].0 + 1),
                        next: &|index| state.next_access(self, thread(several[index])),
                    })
                }
            };
            let Ok(taken) = taken else { break };
            let taken = thread(actors[taken]);
            state.step(self, taken, |access| oracle.touch(access));
            running = Some(taken);
        }
        for (thread, lock) in state.waiting_for_locks(self) {
            let access = Access { object: LOCKS + lock as u64, mode: Mode::Acquire };
            oracle.blocked(actor(thread), access);
        }
        state.end(self)
    }

    fn fails(&self, end: &End) -> bool {
        end.deadlock
    }
}

fn actor(thread: usize) -> Actor {
    Actor(thread as u64)
}

fn thread(actor: Actor) -> usize {
    usize::try_from(actor.0).unwrap_or(0)
}

#[cfg(test)]
mod tests;
