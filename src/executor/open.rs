//! What is left open on request: the order of what is ready, when answers come, where a
//! cancellation strikes.

use std::rc::Rc;

use super::agenda::{Entry, Label, Outside};
use super::core::{Core, Ready};
use super::future::{AnyFuture, Base, Kind};
use super::table::Waiting;
use super::{Access, Actor, Context, Mode, Stopped};
use crate::index::{LaneId, TaskId};
use crate::time::{Duration, Instant};
use crate::trace::event::ChoiceKind;

/// The kinds of actors and objects that a scheduler may hear of, in the highest byte.
const LOOP: u64 = 1 << 56;
const STEP: u64 = 2 << 56;
const WAKE: u64 = 3 << 56;
const CALL: u64 = 4 << 56;
const TURN: u64 = 5 << 56;
const TASK: u64 = 6 << 56;
/// All that a program's own code may use, as one.
const PROGRAM: u64 = 7 << 56;
const FUTURE: u64 = 8 << 56;
const GATHER: u64 = 9 << 56;
const ANSWER: u64 = 10 << 56;

/// Callbacks that tell themselves how they stand with the other children.
const OF_CHILDREN: [&str; 2] = ["gather", "TaskGroup._on_task_done"];

/// Something that can come next while the loop waits.
#[derive(Clone, Copy)]
enum Next {
    Outside(usize),
    Timer,
}

impl Core {
    /// Which of the handles of this iteration runs next, `left` of them being left.
    pub(super) fn next_in_any_order(&self, left: usize) -> usize {
        let ready = self.ready.borrow();
        let handles: Vec<(usize, Ready)> =
            ready.iter().copied().take(left).enumerate().filter(|(_, h)| !is_stop(*h)).collect();
        drop(ready);
        let dead = handles.iter().find(|(_, handle)| self.does_nothing(*handle));
        if let Some((index, _)) = dead {
            return *index;
        }
        if handles.is_empty() {
            return 0;
        }
        let actors: Vec<Actor> = handles.iter().map(|(_, handle)| self.actor_of(*handle)).collect();
        let name = |index: usize| self.name_of(handles[index].1);
        let taken = self.choose_actor(ChoiceKind::Ready, &actors, None, &name);
        let (index, handle) = handles[taken];
        self.tell_turn(handle);
        index
    }

    /// An iteration begins: what follows comes after all of the one before.
    pub(super) fn tell_iteration(&self) {
        if self.watching && self.config.open.order {
            self.choose_actor(ChoiceKind::Ready, &[Actor(LOOP)], None, &|_| String::new());
            let turn = TURN + 2 * self.iterations.get();
            self.tell_use(turn - 1, Mode::Read);
            self.tell_use(turn, Mode::Release);
        }
    }

    /// A handle runs: in this iteration, and on what it uses.
    fn tell_turn(&self, handle: Ready) {
        if !self.watching {
            return;
        }
        let turn = TURN + 2 * (self.iterations.get() - 1);
        self.tell_use(turn, Mode::Read);
        self.tell_use(turn + 1, Mode::Release);
        self.tell_uses_of(handle);
    }

    /// What the step of a handle uses, as far as it does not tell that itself.
    pub(super) fn tell_uses_of(&self, handle: Ready) {
        match handle {
            Ready::Slept { task, .. } | Ready::Answered { task, .. } => self.tell_task(task),
            Ready::Step { .. } if self.tells_uses.get() => self.tell_use(PROGRAM, Mode::Read),
            Ready::Call { .. } if OF_CHILDREN.contains(&&*self.name_of(handle)) => {
                self.tell_use(PROGRAM, Mode::Read);
            }
            // It only ends the loop.
            Ready::Stop => self.tell_use(PROGRAM, Mode::Read),
            _ => self.tell_use(PROGRAM, Mode::Write),
        }
    }

    /// What a task waits for changes.
    pub(super) fn tell_task(&self, task: TaskId) {
        self.tell_use(TASK | u64::from(task.0), Mode::Write);
    }

    /// A step of a thread begins: what it uses it tells itself, as far as that is known.
    pub(super) fn tell_thread_step(&self) {
        let mode = if self.tells_uses.get() { Mode::Read } else { Mode::Write };
        self.tell_use(PROGRAM, mode);
    }

    /// A future is made done, or looked at.
    pub(super) fn tell_future(&self, base: &Base) {
        if self.watching {
            let number = match base.kind {
                Kind::Task => u64::from(base.lane.0) << 1 | 1,
                _ => u64::from(base.id.0) << 1,
            };
            self.tell_use(FUTURE | number, Mode::Write);
        }
    }

    fn tell_use(&self, object: u64, mode: Mode) {
        if self.watching && !self.unwatched.get() {
            self.chooser.borrow_mut().watcher().touch(Access { object, mode });
        }
    }

    fn does_nothing(&self, handle: Ready) -> bool {
        match handle {
            Ready::Call { call, number, .. } => self.calls.borrow().is_gone(call, number),
            Ready::Slept { task, wait } | Ready::Answered { task, wait, .. } => {
                !self.still_waits(task, wait)
            }
            Ready::Step { .. } | Ready::Stop => false,
        }
    }

    /// An outside party that answers a task.
    pub(super) fn actor_of_answer(&self, task: TaskId) -> Actor {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        Actor(ANSWER | u64::from(slot.lane.0) << 24 | u64::from(slot.wait_number & 0xff_ffff))
    }

    pub(super) fn actor_of(&self, handle: Ready) -> Actor {
        let lane = |task: TaskId| u64::from(self.tasks.borrow_mut().slot(task).lane.0);
        Actor(match handle {
            Ready::Step { task, .. } => STEP | lane(task),
            Ready::Slept { task, .. } | Ready::Answered { task, .. } => WAKE | lane(task),
            Ready::Call { call, number, .. } => {
                CALL | u64::from(call.0) << 24 | u64::from(number & 0xff_ffff)
            }
            Ready::Stop => LOOP,
        })
    }

    fn name_of(&self, handle: Ready) -> String {
        let task = |task: TaskId| self.label(&Label::Task(task));
        match handle {
            Ready::Step { task: id, .. } => task(id),
            Ready::Slept { task: id, .. } => format!("{}.timer", task(id)),
            Ready::Answered { task: id, .. } => format!("{}.answer", task(id)),
            Ready::Call { call, number, .. } => {
                let name = self.calls.borrow().name(call, number);
                let recorder = self.recorder.borrow();
                name.and_then(|name| recorder.name_of(name)).unwrap_or("call").to_owned()
            }
            Ready::Stop => "stop".to_owned(),
        }
    }

    /// How much earlier or later each answer may come, if any may.
    pub(super) fn jitter(&self) -> Option<Duration> {
        self.config.open.jitter.or(self.has_spread.get().then_some(Duration::ZERO))
    }

    /// Waits as [`Core::wait_for_something`] does, where answers from outside may come earlier or
    /// later: which comes next is chosen among all that can.
    pub(super) fn wait_with_jitter(&self, cx: &Context, jitter: Duration) {
        while !self.stopping.get() && !self.has_stopped.get() {
            let timer = self.first_timer().map(|timer| Instant::from_nanos(timer.deadline));
            let mut entries = self.agenda.borrow_mut().take_sorted();
            let is_idle = self.ready.borrow().is_empty();
            let nexts = self.nexts(&entries, timer.filter(|_| is_idle), jitter, is_idle);
            if nexts.is_empty() {
                let nothing_comes = entries.is_empty() && timer.is_none();
                self.agenda.borrow_mut().put_back(entries);
                if is_idle && nothing_comes {
                    *self.aside.deadlock.borrow_mut() = self.waiting();
                    self.stop_run(Stopped::Deadlock);
                }
                return;
            }
            let name = |index: usize| match nexts[index].1 {
                Next::Outside(index) => self.label(&entries[index].label),
                Next::Timer => "timer".to_owned(),
            };
            let taken = match nexts.len() {
                1 => 0,
                of => self.choose(ChoiceKind::Completion, of, &[], None, &name),
            };
            // As early as it can be, but not before anything that was to come before it.
            let nominal = nexts.iter().map(|(at, _, _)| *at).min().unwrap_or_default();
            let (at, next, earliest) = nexts[taken];
            let at = at.min(nominal).max(earliest);
            match next {
                Next::Timer => {
                    self.agenda.borrow_mut().put_back(entries);
                    let cause = self.cause_of_jump(at, timer);
                    return self.advance_to(at, cause);
                }
                Next::Outside(index) => {
                    let entry = entries.remove(index);
                    self.agenda.borrow_mut().put_back(entries);
                    self.advance_to(at, entry.since);
                    self.happen(cx, entry.what);
                }
            }
        }
    }

    /// All that can come next: when it is to come, what it is, and the earliest it can come.
    fn nexts(
        &self,
        entries: &[Entry],
        timer: Option<Instant>,
        jitter: Duration,
        is_idle: bool,
    ) -> Vec<(Instant, Next, Instant)> {
        let now = self.now.get();
        let spread = |entry: &Entry| match entry.what {
            Outside::Answer { spread, .. } => jitter.max(spread),
            _ => Duration::ZERO,
        };
        let latest = entries.iter().map(|entry| entry.at.max(now) + spread(entry)).min();
        let latest = match (latest, timer) {
            (Some(latest), Some(timer)) => latest.min(timer),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => return Vec::new(),
        };
        // When something has come already, the others come too that are due by now.
        let latest = if is_idle { latest } else { latest.min(now) };
        let outside = entries.iter().enumerate().filter_map(|(index, entry)| {
            let earliest =
                Instant::from_nanos(entry.at.as_nanos().saturating_sub(spread(entry).as_nanos()));
            let earliest = earliest.max(now);
            let can = if is_idle { earliest <= latest } else { entry.at <= now };
            can.then_some((entry.at.max(now), Next::Outside(index), earliest))
        });
        let mut nexts: Vec<_> = outside.collect();
        if let Some(timer) = timer.filter(|timer| *timer <= latest) {
            let place = nexts.partition_point(|(at, _, _)| *at <= timer);
            nexts.insert(place, (timer.max(now), Next::Timer, timer.max(now)));
        }
        nexts
    }

    /// A task has come to an await: if a cancellation is to strike it somewhere, here it can.
    #[cold]
    pub(super) fn perhaps_cancel(&self, task: TaskId) {
        let Some(object) = self.to_be_struck(task) else { return };
        let number = self.awaits.get() + 1;
        self.awaits.set(number);
        self.perhaps_strike(&object, format!("cancelled-at-await-{number}"));
    }

    /// What a task awaits is done, and the task is about to go on with the result: if it is
    /// cancelled here, the result is lost.
    #[cold]
    pub(super) fn perhaps_cancel_woken(&self, task: TaskId) {
        let was_waiting = {
            let mut tasks = self.tasks.borrow_mut();
            let slot = tasks.slot(task);
            slot.is_started() && !matches!(slot.waiting, Waiting::Turn)
        };
        let Some(object) = self.to_be_struck(task).filter(|_| was_waiting) else { return };
        let number = self.awaits.get();
        self.perhaps_strike(&object, format!("cancelled-when-await-{number}-was-done"));
    }

    /// The task, if a cancellation may strike it now.
    fn to_be_struck(&self, task: TaskId) -> Option<Rc<dyn AnyFuture>> {
        let object = self.tasks.borrow().object(task)?;
        let is_struck = self.config.open.cancel.as_deref() == Some(&*object.base().name());
        let was_struck = self.injected.get() || object.base().cancel_requests.get() > 0;
        (is_struck && !was_struck).then_some(object)
    }

    fn perhaps_strike(&self, object: &Rc<dyn AnyFuture>, name: String) {
        let name = |index: usize| if index == 0 { "goes-on".to_owned() } else { name.clone() };
        if self.choose(ChoiceKind::Fault, 2, &[], None, &name) == 1 {
            self.injected.set(true);
            // Not by itself: from outside, while it waits.
            let (lane, current) = (self.lane.replace(LaneId::LOOP), self.current.take());
            object.cancel(None);
            self.lane.set(lane);
            self.current.set(current);
        }
    }
}

impl Context {
    /// What the tasks run from now on tells itself what it uses.
    pub(crate) fn tells_uses(&self) {
        self.0.tells_uses.set(true);
    }

    /// The next answer that is waited for can come so much earlier or later.
    pub(crate) fn spread_next_answer(&self, spread: Duration) {
        self.0.next_spread.set(spread);
        self.0.has_spread.set(true);
    }

    /// The run is over: what is looked at from now on does not count.
    pub(crate) fn end_watching(&self) {
        self.0.unwatched.set(true);
    }

    /// One of the children of a gather or a task group is done. All that succeed come to the same
    /// in any order; what follows from the last one comes after all of them.
    pub(crate) fn tell_child_done(&self, failed: bool, is_last: bool) {
        self.0.tell_use(GATHER, if failed { Mode::Write } else { Mode::Release });
        if is_last {
            self.0.tell_use(GATHER, Mode::Read);
        }
    }

    /// Whoever runs cannot go on, and will try the same again.
    pub(crate) fn tell_waits(&self) {
        if self.0.watching {
            self.0.chooser.borrow_mut().watcher().waits();
        }
    }
}

fn is_stop(handle: Ready) -> bool {
    matches!(handle, Ready::Stop)
}
