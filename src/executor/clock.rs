//! Virtual time: the one place where it moves.
//!
//! It jumps when nothing is ready, to whatever comes first: a timer or something outside. And it
//! passes while the loop's own thread is held. Source: `_run_once`'s `select` (semantics §1, §2).

use super::agenda::{Entry, Label, Outside};
use super::core::{Core, Ready};
use super::timers::{Timer, Wakes};
use super::{Access, Actor, Context, Mode, Refusal, Stopped};
use crate::index::EventId;
use crate::time::{Duration, Instant};
use crate::trace::What;
use crate::trace::event::ChoiceKind;
use crate::trace::outcome::LimitKind;

/// CPython prunes its heap when it has more timers than this and most are cancelled.
const PRUNE_ABOVE: usize = 100;

impl Core {
    /// Waits as the loop waits for its selector: until something is ready or a timer is due. Not
    /// at all if something is ready already; then only what is due outside is taken note of.
    pub(super) fn wait_for_something(&self, cx: &Context) {
        self.prune_timers();
        if self.has_threads.get() {
            return self.wait_beside_threads(cx);
        }
        self.run_outside_until(cx, self.now.get());
        if let Some(jitter) = self.jitter() {
            return self.wait_with_jitter(cx, jitter);
        }
        self.wait_for_outside(cx);
    }

    /// Lets time pass until something is ready or a timer is due.
    pub(super) fn wait_for_outside(&self, cx: &Context) {
        while self.ready.borrow().is_empty() && !self.stopping.get() && !self.has_stopped.get() {
            let timer = self.first_timer().map(|timer| Instant::from_nanos(timer.deadline));
            let outside = self.next_outside_at();
            let next = match (timer, outside) {
                (Some(timer), Some(outside)) => timer.min(outside),
                (Some(next), None) | (None, Some(next)) => next,
                (None, None) => {
                    *self.aside.deadlock.borrow_mut() = self.waiting();
                    return self.stop_run(Stopped::Deadlock);
                }
            };
            let cause = self.cause_of_jump(next, timer);
            self.advance_to(next, cause);
            // Outside first, as the selector's events come before timers.
            self.run_outside_until(cx, next);
            if timer.is_some_and(|timer| timer <= self.now.get()) {
                return;
            }
        }
    }

    /// Puts the handles of all timers that are due into the ready queue.
    pub(super) fn collect_due_timers(&self) {
        if self.foreign_wakes.is_waiting() {
            self.take_foreign_wakes();
        }
        let now = self.now.get().as_nanos();
        let (mut timers, mut ready) = (self.timers.borrow_mut(), self.ready.borrow_mut());
        let tasks = self.tasks.borrow();
        let any_cancelled = self.cancelled_timers.get() > 0;
        if let Some(first) = timers.peek()
            && first.deadline < now
        {
            let late = Duration::from_nanos(now - first.deadline);
            self.latest.set(self.latest.get().max(late));
        }
        while let Some(timer) = timers.peek() {
            if timer.deadline > now {
                break;
            }
            timers.pop();
            if any_cancelled && self.is_cancelled(&timer) {
                self.cancelled_timers.set(self.cancelled_timers.get().saturating_sub(1));
            }
            let handle = match timer.target.wakes() {
                Wakes::Task(task, wait) => {
                    tasks.touch(task);
                    Ready::Slept { task, wait }
                }
                Wakes::Call(call, number) => Ready::Call { call, number, cause: EventId::NONE },
            };
            ready.push_back(handle);
            if self.following.is_on.get() {
                self.note_due(handle);
            }
        }
    }

    /// Holds the loop's thread: everything outside goes on, nothing of the loop does.
    pub(super) fn hold(&self, cx: &Context, duration: Duration, begun: EventId) {
        let end = self.now.get() + duration;
        self.run_outside_until(cx, end);
        self.advance_to(end, begun);
    }

    pub(super) fn advance_to(&self, to: Instant, cause: EventId) {
        let now = self.now.get();
        if to <= now {
            return;
        }
        if self.has_threads.get() {
            self.cpu.borrow_mut().pass(to.since(now));
        }
        self.now.set(to);
        self.instant_iterations.set(0);
        self.record_loop(cause, What::ClockAdvanced { to });
        if to >= self.config.limits.time {
            self.stop_run(Stopped::Limit(LimitKind::Time));
        }
    }

    /// What the clock jumps to: the event that set the timer, or that began what comes from outside.
    pub(super) fn cause_of_jump(&self, next: Instant, timer: Option<Instant>) -> EventId {
        if timer != Some(next) {
            return self.agenda.borrow().next_since();
        }
        match self.timers.borrow_mut().peek().map(|timer| timer.target.wakes()) {
            Some(Wakes::Task(task, _)) => self.tasks.borrow_mut().slot(task).wait_event,
            Some(Wakes::Call(call, number)) => self.calls.borrow().timer_event(call, number),
            None => EventId::NONE,
        }
    }

    /// Lets everything outside happen that happens until then, time going along.
    pub(super) fn run_outside_until(&self, cx: &Context, until: Instant) {
        while !self.has_stopped.get() {
            let next = self.next_outside_at();
            let Some(at) = next.filter(|at| *at <= until) else { return };
            self.run_next_outside(cx, at);
        }
    }

    /// Lets the next thing happen outside, at that instant.
    pub(super) fn run_next_outside(&self, cx: &Context, at: Instant) {
        let since = self.agenda.borrow().next_since();
        self.advance_to(at, since);
        if self.cpu_next.get().is_some_and(|next| next <= at) {
            return self.fire_cpu();
        }
        self.run_one_outside(cx);
    }

    /// Lets one of the things of the next instant happen.
    fn run_one_outside(&self, cx: &Context) {
        let Some(entry) = self.next_outside() else { return };
        self.happen(cx, entry.what);
    }

    /// Lets something happen that comes from outside.
    pub(super) fn happen(&self, cx: &Context, what: Outside) {
        match what {
            Outside::Granted(thread) => self.run_granted(cx, thread),
            Outside::Wake { thread, wait } => self.wake_if_waiting(thread, wait),
            Outside::Answer { task, wait, started, .. } => {
                self.push_ready(Ready::Answered { task, wait, cause: started });
            }
            Outside::Work(work) => work(cx),
        }
    }

    /// The next thing of the agenda. If there are several of one instant, the scheduler chooses.
    fn next_outside(&self) -> Option<Entry> {
        let first = self.agenda.borrow_mut().pop()?;
        if self.agenda.borrow().next_at() != Some(first.at) {
            self.tell_only_answer(&first);
            return Some(first);
        }
        let mut rest = self.agenda.borrow_mut().pop_instant();
        let name = |index: usize| match index.checked_sub(1) {
            None => self.label(&first.label),
            Some(index) => self.label(&rest[index].label),
        };
        let of = rest.len() + 1;
        let answers = || [&first].into_iter().chain(&rest).map(Entry::answers);
        let actors: Option<Vec<Actor>> =
            answers().map(|answer| answer.map(|task| self.actor_of_answer(task))).collect();
        if self.config.open.order && actors.is_some() {
            // What they make ready runs in any order anyway.
            self.agenda.borrow_mut().put_back(rest);
            return Some(first);
        }
        let actors = actors.filter(|_| self.following.is_on.get()).unwrap_or_default();
        let taken = self.choose(ChoiceKind::Completion, of, &actors, None, &name);
        if let Some(Some(task)) = answers().nth(taken).filter(|_| !actors.is_empty()) {
            self.tell_answer(task);
        }
        let chosen = match taken.checked_sub(1) {
            None => first,
            Some(index) => {
                rest.push(first);
                rest.swap_remove(index)
            }
        };
        self.agenda.borrow_mut().put_back(rest);
        Some(chosen)
    }

    /// An answer comes that no other can come before.
    fn tell_only_answer(&self, entry: &Entry) {
        if let Some(task) = entry.answers().filter(|_| self.following.is_on.get()) {
            self.only(self.actor_of_answer(task));
            self.tell_answer(task);
        }
    }

    /// Asks the scheduler and records the answer. A schedule that does not fit ends the run.
    pub(super) fn choose(
        &self,
        kind: ChoiceKind,
        of: usize,
        actors: &[Actor],
        running: Option<usize>,
        name: &dyn Fn(usize) -> String,
    ) -> usize {
        self.end_slice();
        let answer = self.chooser.borrow_mut().choose(kind, of, actors, running, name);
        let taken = answer.unwrap_or_else(|refusal| {
            self.refused(refusal);
            0
        });
        let (number, of) = (u16::try_from(taken), u32::try_from(of));
        if let (Ok(taken), Ok(of)) = (number, of) {
            self.record_loop(EventId::NONE, What::Choice { kind, taken, of });
        }
        self.begin_slice();
        if kind == ChoiceKind::Thread {
            self.tell_thread_step();
        }
        taken
    }

    /// Only one can go on: the scheduler may want to know.
    pub(super) fn only(&self, actor: Actor) {
        if self.watching {
            let answer = self.chooser.borrow_mut().watcher().only(actor);
            answer.unwrap_or_else(|refusal| self.refused(refusal));
        }
    }

    /// Asks the scheduler who goes on, or tells it that only one can.
    pub(super) fn choose_actor(
        &self,
        kind: ChoiceKind,
        actors: &[Actor],
        running: Option<usize>,
        name: &dyn Fn(usize) -> String,
    ) -> usize {
        if let [actor] = actors {
            self.only(*actor);
            return 0;
        }
        self.choose(kind, actors.len(), actors, running, name)
    }

    fn refused(&self, refusal: Refusal) {
        self.stop_run(match refusal {
            Refusal::Stale(message) => Stopped::StaleSchedule(message),
            Refusal::Cut => Stopped::Interrupted,
        });
    }

    pub(super) fn label(&self, label: &Label) -> String {
        match label {
            Label::Name(name) => name.to_string(),
            Label::Thread(thread) => self.cpu.borrow().thread(*thread).name.to_string(),
            Label::Task(task) => {
                let object = self.tasks.borrow().object(*task);
                object.map_or_else(|| "io".to_owned(), |object| object.base().name())
            }
        }
    }

    /// The first timer that is not cancelled; those before it are dropped.
    pub(super) fn first_timer(&self) -> Option<Timer> {
        loop {
            let timer = self.timers.borrow_mut().peek()?;
            if !self.is_cancelled(&timer) {
                return Some(timer);
            }
            self.timers.borrow_mut().pop();
            self.cancelled_timers.set(self.cancelled_timers.get().saturating_sub(1));
        }
    }

    /// Drops cancelled timers as CPython does at the beginning of an iteration: all of them when
    /// most are cancelled, else those at the top. What is left out matters only among ties.
    fn prune_timers(&self) {
        let cancelled = self.cancelled_timers.get();
        if cancelled == 0 {
            return;
        }
        let len = self.timers.borrow().len();
        if len > PRUNE_ABOVE && cancelled * 2 > len {
            self.timers.borrow_mut().retain(|timer| !self.is_cancelled(timer));
            self.cancelled_timers.set(0);
        } else {
            self.first_timer();
        }
    }

    fn is_cancelled(&self, timer: &Timer) -> bool {
        match timer.target.wakes() {
            Wakes::Task(task, wait) => !self.still_waits(task, wait),
            Wakes::Call(call, number) => self.calls.borrow().is_gone(call, number),
        }
    }

    pub(super) fn timer_was_cancelled(&self) {
        self.cancelled_timers.set(self.cancelled_timers.get() + 1);
    }
}

impl Context {
    /// Asks the scheduler for one of several alternatives that exclude each other, the usual one
    /// first; there must be at least two.
    pub(crate) fn choose(
        &self,
        kind: ChoiceKind,
        of: usize,
        name: &dyn Fn(usize) -> String,
    ) -> usize {
        self.0.choose(kind, of, &[], None, name)
    }

    /// Whether the scheduler wants to know what is used.
    #[inline]
    pub(crate) fn is_watched(&self) -> bool {
        self.0.watching
    }

    /// Tells the scheduler, if it wants to know, that whoever runs uses something shared.
    #[inline]
    pub(crate) fn touch(&self, object: u64, mode: Mode) {
        if self.0.watching && !self.0.unwatched.get() {
            self.0.chooser.borrow_mut().watcher().touch(Access { object, mode });
        }
    }

    /// A blocking call on the loop's own thread: the whole loop stands still.
    pub fn block(&self, duration: impl Into<Duration>) {
        let duration = duration.into();
        let begun = self.record(EventId::NONE, What::BlockBegin { duration });
        self.0.hold_blocked(self, duration, begun);
        self.record(EventId::NONE, What::BlockEnd);
    }

    /// CPU work on the loop's own thread: the whole loop stands still.
    pub fn compute(&self, duration: impl Into<Duration>) {
        let duration = duration.into();
        let begun = self.record(EventId::NONE, What::ComputeBegin { duration });
        self.0.hold_computing(self, duration, begun);
        self.record(EventId::NONE, What::ComputeEnd);
    }
}
