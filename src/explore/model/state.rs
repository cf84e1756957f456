//! Where the threads of a model are.

use smallvec::{SmallVec, smallvec};

use super::{CONDITIONS, End, LOCKS, Model, N_REGISTERS, Op, SIGNALS, actor};
use crate::executor::{Access, Actor, Mode};

/// What a thread is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum At {
    /// Its next operation.
    Op,
    /// It waits for a notification.
    Waiting,
    /// It was notified, and wants its lock back.
    Woken,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct ThreadState {
    pc: u16,
    at: At,
    registers: [i64; N_REGISTERS],
}

/// The state of all threads and of all that they share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct State {
    threads: SmallVec<[ThreadState; 4]>,
    variables: SmallVec<[i64; 4]>,
    /// Which locks are taken.
    locked: u64,
    /// Who waits where, longest first.
    waiting: SmallVec<[(u8, u8); 4]>,
}

impl State {
    pub(super) fn new(model: &Model) -> Self {
        let thread = ThreadState { pc: 0, at: At::Op, registers: [0; N_REGISTERS] };
        let mut state = Self {
            threads: SmallVec::from_elem(thread, model.threads.len()),
            variables: smallvec![0; model.n_variables],
            locked: 0,
            waiting: SmallVec::new(),
        };
        for thread in 0..model.threads.len() {
            state.compute(model, thread);
        }
        state
    }

    /// The threads that can make a step: first the one that ran, then the others in order.
    pub(super) fn enabled(&self, model: &Model, running: Option<usize>) -> SmallVec<[Actor; 4]> {
        let others = (0..self.threads.len()).filter(|thread| Some(*thread) != running);
        let can = running.into_iter().chain(others).filter(|thread| self.can_step(model, *thread));
        can.map(actor).collect()
    }

    fn op(&self, model: &Model, thread: usize) -> Option<Op> {
        model.threads[thread].get(usize::from(self.threads[thread].pc)).copied()
    }

    fn can_step(&self, model: &Model, thread: usize) -> bool {
        match (self.threads[thread].at, self.op(model, thread)) {
            (_, None) | (At::Waiting, _) => false,
            (At::Op, Some(Op::Lock(lock))) | (At::Woken, Some(Op::Wait { lock, .. })) => {
                self.locked & (1 << lock) == 0
            }
            _ => true,
        }
    }

    /// What a thread would use next.
    pub(super) fn next_access(&self, model: &Model, thread: usize) -> Option<Access> {
        let object = |base: u64, index: usize, mode| Access { object: base + index as u64, mode };
        Some(match (self.threads[thread].at, self.op(model, thread)?) {
            (_, Op::Load { variable, .. }) => object(0, variable, Mode::Read),
            (_, Op::Store { variable, .. } | Op::Set { variable, .. }) => {
                object(0, variable, Mode::Write)
            }
            (_, Op::Lock(lock)) | (At::Woken, Op::Wait { lock, .. }) => {
                object(LOCKS, lock, Mode::Acquire)
            }
            (_, Op::Unlock(lock)) => object(LOCKS, lock, Mode::Release),
            (_, Op::Wait { condition, .. } | Op::Notify(condition)) => {
                object(CONDITIONS, condition, Mode::Write)
            }
            (_, Op::Add { .. } | Op::JumpUnless { .. } | Op::Jump(_)) => return None,
        })
    }

    /// Makes a thread's next step.
    pub(super) fn step(&mut self, model: &Model, thread: usize, mut touch: impl FnMut(Access)) {
        if let Some(access) = self.next_access(model, thread) {
            touch(access);
        }
        let Some(op) = self.op(model, thread) else { return };
        match op {
            Op::Load { variable, register } => {
                self.threads[thread].registers[register] = self.variables[variable];
            }
            Op::Store { variable, register } => {
                self.variables[variable] = self.threads[thread].registers[register];
            }
            Op::Set { variable, value } => self.variables[variable] = value,
            Op::Lock(lock) => self.locked |= 1 << lock,
            Op::Unlock(lock) => self.locked &= !(1 << lock),
            Op::Wait { condition, lock } => {
                if self.threads[thread].at == At::Woken {
                    touch(signal(thread, Mode::Read));
                    self.locked |= 1 << lock;
                    self.threads[thread].at = At::Op;
                } else {
                    touch(Access { object: LOCKS + lock as u64, mode: Mode::Release });
                    self.locked &= !(1 << lock);
                    self.threads[thread].at = At::Waiting;
                    self.waiting.push((small(condition), small(thread)));
                    return;
                }
            }
            Op::Notify(condition) => self.notify(condition, &mut touch),
            Op::Add { .. } | Op::JumpUnless { .. } | Op::Jump(_) => {}
        }
        self.threads[thread].pc += 1;
        self.compute(model, thread);
    }

    fn notify(&mut self, condition: usize, touch: &mut impl FnMut(Access)) {
        let longest = self.waiting.iter().position(|(at, _)| *at == small(condition));
        if let Some(index) = longest {
            let (_, woken) = self.waiting.remove(index);
            self.threads[usize::from(woken)].at = At::Woken;
            touch(signal(usize::from(woken), Mode::Release));
        }
    }

    /// Does what a thread does for itself before its next step. A loop of that kind does not end,
    /// so it is left at some point.
    fn compute(&mut self, model: &Model, thread: usize) {
        for _ in 0..model.threads[thread].len() * 2 {
            let Some(op) = self.op(model, thread) else { return };
            let state = &mut self.threads[thread];
            let next = match op {
                Op::Add { register, value } => {
                    state.registers[register] = state.registers[register].wrapping_add(value);
                    usize::from(state.pc) + 1
                }
                Op::JumpUnless { register, value, to } => {
                    let jumps = state.registers[register] != value;
                    if jumps { to } else { usize::from(state.pc) + 1 }
                }
                Op::Jump(to) => to,
                _ => return,
            };
            state.pc = u16::try_from(next).unwrap_or(u16::MAX);
        }
    }

    /// The threads that wait for locks that are taken, and which.
    pub(super) fn waiting_for_locks(&self, model: &Model) -> SmallVec<[(usize, usize); 4]> {
        let waits = |thread: usize| match (self.threads[thread].at, self.op(model, thread)?) {
            (At::Op, Op::Lock(lock)) | (At::Woken, Op::Wait { lock, .. }) => {
                (self.locked & (1 << lock) != 0).then_some((thread, lock))
            }
            _ => None,
        };
        (0..self.threads.len()).filter_map(waits).collect()
    }

    pub(super) fn end(&self, model: &Model) -> End {
        let observed = model.observed.iter();
        let observed = observed.map(|(thread, index)| self.threads[*thread].registers[*index]);
        End {
            values: self.variables.iter().copied().chain(observed).collect(),
            deadlock: (0..self.threads.len()).any(|thread| self.op(model, thread).is_some()),
        }
    }
}

fn signal(thread: usize, mode: Mode) -> Access {
    Access { object: SIGNALS + thread as u64, mode }
}

fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
