//! Threads beside the loop: how they get the baton, time and their turn.
//!
//! All threads but the loop's are run from the agenda, when the loop's thread waits: for its
//! selector, in a blocking call, or for the baton.

use std::rc::Rc;

use super::{Back, Fired, Go, Stage};
use crate::executor::agenda::{Label, Outside};
use crate::executor::core::Core;
use crate::executor::{Actor, Context, Stopped};
use crate::index::{EventId, LaneId, ProcessId, SiteId, TextId, ThreadId};
use crate::time::{Duration, Instant};
use crate::trace::What;
use crate::trace::event::ChoiceKind;

/// Threads among those whom a scheduler may know.
const THREADS: u64 = 1 << 48;

fn actor(thread: ThreadId) -> Actor {
    Actor(THREADS | u64::from(thread.0))
}

impl Core {
    /// When something happens outside next.
    pub(in crate::executor) fn next_outside_at(&self) -> Option<Instant> {
        if !self.has_threads.get() {
            return self.agenda.borrow().next_at();
        }
        self.drop_void_wakes();
        match (self.agenda.borrow().next_at(), self.cpu_next.get()) {
            (Some(outside), Some(cpu)) => Some(outside.min(cpu)),
            (one, other) => one.or(other),
        }
    }

    /// Nobody waits for a wake whose wait has ended.
    fn drop_void_wakes(&self) {
        let mut agenda = self.agenda.borrow_mut();
        let cpu = self.cpu.borrow();
        while let Some(Outside::Wake { thread, wait }) = agenda.peek()
            && cpu.thread(*thread).wait != *wait
        {
            agenda.pop();
        }
    }

    /// Time has come to a moment at which somebody is done computing, or hands over.
    pub(in crate::executor) fn fire_cpu(&self) {
        let Fired { granted, handed } = self.cpu.borrow_mut().fire(self.now.get());
        for thread in handed {
            let lane = self.cpu.borrow().thread(thread).lane;
            if self.recording {
                let mut recorder = self.recorder.borrow_mut();
                recorder.record(lane, SiteId::NONE, EventId::NONE, What::HandedOver);
            }
        }
        for thread in granted {
            self.put_on_agenda(thread);
        }
        self.note_cpu();
    }

    fn put_on_agenda(&self, thread: ThreadId) {
        let (now, since) = (self.now.get(), self.last_event());
        let mut agenda = self.agenda.borrow_mut();
        agenda.push(now, since, Label::Thread(thread), Outside::Granted(thread));
    }

    fn note_cpu(&self) {
        self.cpu_next.set(self.cpu.borrow().next_at(self.now.get()));
    }

    /// Gives the baton of a process to the next who wants it, if it is free. Where several could
    /// run, the scheduler says who.
    fn grant(&self, process: ProcessId) {
        let now = self.now.get();
        let chosen = self.choose_next(process);
        let granted = match chosen {
            Some(thread) => self.cpu.borrow_mut().give(thread, now),
            None => self.cpu.borrow_mut().grant_next(process, now),
        };
        if let Some(thread) = granted {
            self.put_on_agenda(thread);
        }
        self.note_cpu();
    }

    fn choose_next(&self, process: ProcessId) -> Option<ThreadId> {
        let few = self.cpu.borrow().candidates(process).take(2).count();
        if few < 2 && !(self.watching && few == 1) {
            return None;
        }
        let threads: Vec<ThreadId> = self.cpu.borrow().candidates(process).collect();
        threads.get(self.choose_thread(&threads, None)).copied()
    }

    /// Asks which of some threads goes on.
    fn choose_thread(&self, threads: &[ThreadId], running: Option<usize>) -> usize {
        let actors: Vec<Actor> = threads.iter().copied().map(actor).collect();
        if let [actor] = actors[..] {
            self.only(actor);
            self.tell_thread_step();
            return 0;
        }
        let name = |index: usize| self.cpu.borrow().thread(threads[index]).name.to_string();
        self.choose(ChoiceKind::Thread, threads.len(), &actors, running, &name)
    }

    /// The scheduler is told that points have passed unasked.
    pub(in crate::executor) fn end_slice(&self) {
        if self.has_threads.get() {
            self.chooser.borrow_mut().end_slice(self.switch_in.get());
        }
    }

    /// Asks for how many points a thread goes on unasked.
    pub(in crate::executor) fn begin_slice(&self) {
        if self.has_threads.get() {
            self.switch_in.set(self.chooser.borrow_mut().begin_slice());
        }
    }

    /// A thread has the baton, and its turn has come.
    pub(in crate::executor) fn run_granted(&self, cx: &Context, thread: ThreadId) {
        self.cpu.borrow_mut().begin(thread);
        if thread == ThreadId::MAIN {
            return;
        }
        let go = self.cpu.borrow().go_of(thread);
        go(cx);
        self.give_up_baton(thread);
    }

    /// A thread that runs code lets go of the baton.
    fn give_up_baton(&self, thread: ThreadId) {
        let freed = self.cpu.borrow_mut().release(thread);
        if let Some(process) = freed {
            self.grant(process);
        }
    }

    /// A sleep or a timeout is over, unless the wait has ended before.
    pub(in crate::executor) fn wake_if_waiting(&self, thread: ThreadId, wait: u32) {
        if self.cpu.borrow().thread(thread).wait == wait {
            self.cpu.borrow_mut().next_wait(thread);
            self.want(thread, Duration::ZERO);
        }
    }

    fn want(&self, thread: ThreadId, work: Duration) {
        let process = self.cpu.borrow_mut().want(thread, work, self.now.get());
        self.grant(process);
    }

    /// The loop's thread waits for its selector, and for the baton then.
    pub(in crate::executor) fn wait_beside_threads(&self, cx: &Context) {
        // Whatever woke it before, it has seen everything now.
        self.unnoticed.set(0);
        // With something ready the selector returns at once: that does not cost the baton, but for
        // those who only run code for no time.
        self.cpu.borrow_mut().look(true);
        self.give_up_baton(ThreadId::MAIN);
        self.run_outside_until(cx, self.now.get());
        self.cpu.borrow_mut().look(false);
        if self.is_idle() && !self.stopping.get() {
            self.grant(ProcessId::MAIN);
            match self.jitter().filter(|_| self.cpu_next.get().is_none()) {
                Some(jitter) => self.wait_with_jitter(cx, jitter),
                None => self.wait_for_outside(cx),
            }
        }
        self.take_baton(cx);
    }

    /// The loop's thread wants the baton, and waits for it.
    fn take_baton(&self, cx: &Context) {
        let is_free = self.cpu.borrow_mut().take_for_main(self.now.get());
        if is_free {
            self.only(actor(ThreadId::MAIN));
            self.tell_thread_step();
        } else {
            self.want(ThreadId::MAIN, Duration::ZERO);
            self.wait_to_run(cx);
        }
    }

    /// The loop's thread lets others run until it runs itself. False if it never will: the run has
    /// been ended.
    pub(in crate::executor) fn wait_to_run(&self, cx: &Context) -> bool {
        while self.cpu.borrow().thread(ThreadId::MAIN).stage != Stage::Running {
            if self.has_stopped.get() {
                return false;
            }
            match self.next_outside_at() {
                Some(at) => self.run_next_outside(cx, at),
                None => self.stop_run(Stopped::Deadlock),
            }
        }
        !self.has_stopped.get()
    }

    /// The loop's thread blocks, without the baton.
    pub(in crate::executor) fn hold_blocked(
        &self,
        cx: &Context,
        duration: Duration,
        begun: EventId,
    ) {
        if !self.has_threads.get() {
            return self.hold(cx, duration, begun);
        }
        self.give_up_baton(ThreadId::MAIN);
        self.hold(cx, duration, begun);
        self.take_baton(cx);
    }

    /// The loop's thread computes.
    pub(in crate::executor) fn hold_computing(
        &self,
        cx: &Context,
        duration: Duration,
        begun: EventId,
    ) {
        if !self.has_threads.get() {
            return self.hold(cx, duration, begun);
        }
        self.want(ThreadId::MAIN, duration);
        self.wait_to_run(cx);
    }
}

/// Threads, for the layers above.
impl Context {
    /// A new interpreter, with threads of its own.
    pub(crate) fn add_process(&self) -> ProcessId {
        self.0.cpu.borrow_mut().add_process(false)
    }

    /// A new thread, which waits. `go` is called whenever it may go on, and has the baton while it
    /// is called; if it wants anything then it says so.
    pub(crate) fn add_thread(
        &self,
        process: ProcessId,
        name: &Rc<str>,
        lane: LaneId,
        go: Go,
    ) -> ThreadId {
        if !self.0.has_threads.replace(true) {
            self.0.begin_slice();
            self.0.stop_following();
        }
        self.0.cpu.borrow_mut().add_thread(process, Rc::clone(name), lane, go)
    }

    /// A thread wants to run code, or to compute first: then [`Go`] is called again.
    pub(crate) fn want(&self, thread: ThreadId, work: Duration) {
        self.0.want(thread, work);
    }

    /// A thread that waits is to go on at an instant, if nothing wakes it before.
    pub(crate) fn wake_at(&self, thread: ThreadId, at: Instant) {
        let wait = self.0.cpu.borrow_mut().next_wait(thread);
        let since = self.0.last_event();
        let wake = Outside::Wake { thread, wait };
        self.0.agenda.borrow_mut().push(at, since, Label::Thread(thread), wake);
    }

    /// A thread that waits is to go on now.
    pub(crate) fn wake(&self, thread: ThreadId) {
        self.0.cpu.borrow_mut().next_wait(thread);
        self.0.want(thread, Duration::ZERO);
    }

    /// The loop's thread waits for something that is not the loop's: others run until it is woken.
    /// False if the run has been ended meanwhile.
    pub(crate) fn park_main(&self) -> bool {
        self.0.give_up_baton(ThreadId::MAIN);
        self.0.wait_to_run(self)
    }

    /// The loop's thread has handed the baton over: others run until it gets it back.
    pub(crate) fn wait_for_turn(&self) -> bool {
        self.0.wait_to_run(self)
    }

    /// Notes that a point is passed at which threads could be switched. True if the scheduler is to
    /// be asked, with [`choose_thread`](Self::choose_thread).
    #[inline]
    pub(crate) fn passes_switch_point(&self) -> bool {
        let left = self.0.switch_in.get();
        self.0.switch_in.set(left.wrapping_sub(1));
        left == 0
    }

    /// Asks whether another thread goes on here than the one that runs. If so it has the baton
    /// then, and the one that ran has to wait for its turn.
    #[cold]
    pub(crate) fn choose_thread(&self, running: ThreadId) -> bool {
        let core = &*self.0;
        if !core.has_threads.get() {
            return false;
        }
        let mut threads = vec![running];
        threads.extend(core.cpu.borrow().ready_beside(running));
        if threads.len() == 1 {
            // Nothing to ask: the point has passed like those before it.
            core.end_slice();
            core.begin_slice();
            core.only(actor(running));
            core.tell_thread_step();
            return false;
        }
        core.switch_in.set(0);
        let taken = core.choose_thread(&threads, Some(0));
        taken > 0 && threads.get(taken).is_some_and(|next| self.hand(running, *next, Back::Last))
    }

    /// Lets another thread go on that wants the baton, before the one that runs.
    pub(crate) fn hand_over(&self, running: ThreadId, next: ThreadId, back: Back) -> bool {
        let wants = self.hand(running, next, back);
        if wants {
            self.0.only(actor(next));
            self.0.tell_thread_step();
        }
        wants
    }

    fn hand(&self, running: ThreadId, next: ThreadId, back: Back) -> bool {
        let core = &*self.0;
        let wants = core.cpu.borrow().ready_beside(running).any(|thread| thread == next);
        if wants {
            let granted = core.cpu.borrow_mut().hand(running, next, back, core.now.get());
            if let Some(thread) = granted {
                core.put_on_agenda(thread);
            }
            core.note_cpu();
        }
        wants
    }

    /// A thread waits, and only a wake of another thread is to end that.
    pub(crate) fn void_wakes(&self, thread: ThreadId) {
        self.0.cpu.borrow_mut().next_wait(thread);
    }

    /// What a layer above keeps for this loop, made when it is first asked for. There is only one
    /// such thing; `None` if it is of another type.
    pub(crate) fn extension<T: Clone + 'static>(&self, make: impl FnOnce() -> T) -> Option<T> {
        let known = self.0.extension.borrow().clone();
        if let Some(known) = known {
            return known.downcast_ref::<T>().cloned();
        }
        let made = make();
        *self.0.extension.borrow_mut() = Some(Rc::new(made.clone()));
        Some(made)
    }

    /// Whether the run has been ended.
    pub(crate) fn has_ended(&self) -> bool {
        self.0.has_stopped.get()
    }

    /// The number of a name in the trace.
    pub(crate) fn name(&self, name: &str) -> TextId {
        self.0.name(name)
    }
}
