//! Who may run: interpreter locks and cores.
//!
//! A *process* is an interpreter. Its threads run code one at a time: the one that holds the *baton*.
//! With a GIL the baton is the GIL: whoever computes keeps it, until another thread has waited for a
//! switch interval; then it goes to the one that has waited longest. Without a GIL only code that
//! takes no time is run under the baton (something must come first), and computing takes a core
//! alone. All that computes shares the cores fairly: of `n` that compute on `c` cores each gets
//! `c / n` of a core's time, if that is less than all of it.
//!
//! Source: CPython `Python/ceval_gil.c` (`take_gil`, `drop_gil`).
//!
//! Architecture invariant: this module knows neither what threads run nor where it comes from; it
//! says when a thread may go on, and whoever made the thread is called.

mod cores;
mod driver;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::rc::Rc;

use cores::Cores;

use super::Context;
use crate::index::{LaneId, ProcessId, ThreadId};
use crate::time::{Duration, Instant};

/// What is called whenever a thread may go on, with the baton in its hand.
pub(crate) type Go = Rc<dyn Fn(&Context)>;

/// What a thread is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It waits for something else than the baton, or has ended.
    Idle,
    /// It wants the baton.
    Queued,
    /// It has the baton, and will run as soon as its turn on the agenda comes.
    Granted,
    /// It runs code.
    Running,
    /// It computes.
    Computing,
}

pub(super) struct Thread {
    process: ProcessId,
    pub(super) stage: Stage,
    /// What it has to compute when it gets the baton.
    work: Work,
    go: Go,
    pub(super) name: Rc<str>,
    pub(super) lane: LaneId,
    /// Goes up with each wait, so that wakes left behind are known.
    pub(super) wait: u32,
}

/// An amount of work, in units of [`cores`].
type Work = u128;

struct Process {
    /// Whether computing takes no baton.
    parallel: bool,
    holder: Option<ThreadId>,
    /// When the holder got the baton.
    since: Instant,
    /// Who wants it, and since when.
    queue: VecDeque<(ThreadId, Instant)>,
    /// Only those get it that have nothing to compute: the loop looks at its selector, no more.
    just_looking: bool,
}

/// All threads, processes and cores.
pub(super) struct Cpu {
    interval: Duration,
    threads: Vec<Thread>,
    processes: Vec<Process>,
    cores: Cores,
    /// Processes whose holder computes while others want the baton.
    contended: BTreeSet<ProcessId>,
}

impl fmt::Debug for Cpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cpu of {} threads", self.threads.len())
    }
}

/// When a thread that hands the baton over gets it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Back {
    /// Before those who were woken and have not run since.
    BeforeWoken,
    /// Behind all who want it.
    Last,
}

/// What happened when time came to a moment.
#[derive(Debug, Default)]
pub(super) struct Fired {
    /// Threads that may run now.
    pub(super) granted: Vec<ThreadId>,
    /// Threads that got the baton from another one.
    pub(super) handed: Vec<ThreadId>,
}

impl Cpu {
    pub(super) fn new(cores: u32, interval: Duration, gil: bool) -> Self {
        let mut cpu = Self {
            interval,
            threads: Vec::new(),
            processes: Vec::new(),
            cores: Cores::new(cores),
            contended: BTreeSet::new(),
        };
        cpu.add_process(!gil);
        let nothing: Go = Rc::new(|_| {});
        let main = cpu.add_thread(ProcessId::MAIN, "MainThread".into(), LaneId::LOOP, nothing);
        cpu.threads[main.index()].stage = Stage::Running;
        cpu.processes[0].holder = Some(main);
        cpu
    }

    pub(super) fn add_process(&mut self, parallel: bool) -> ProcessId {
        let (holder, since, queue) = (None, Instant::ZERO, VecDeque::new());
        self.processes.push(Process { parallel, holder, since, queue, just_looking: false });
        ProcessId::from_index(self.processes.len() - 1)
    }

    pub(super) fn add_thread(
        &mut self,
        process: ProcessId,
        name: Rc<str>,
        lane: LaneId,
        go: Go,
    ) -> ThreadId {
        let stage = Stage::Idle;
        self.threads.push(Thread { process, stage, work: 0, go, name, lane, wait: 0 });
        ThreadId::from_index(self.threads.len() - 1)
    }

    pub(super) fn thread(&self, thread: ThreadId) -> &Thread {
        &self.threads[thread.index()]
    }

    fn thread_mut(&mut self, thread: ThreadId) -> &mut Thread {
        &mut self.threads[thread.index()]
    }

    fn process_of(&mut self, thread: ThreadId) -> &mut Process {
        let process = self.threads[thread.index()].process;
        &mut self.processes[process.index()]
    }

    /// What is called when a thread may go on.
    pub(super) fn go_of(&self, thread: ThreadId) -> Go {
        Rc::clone(&self.threads[thread.index()].go)
    }

    /// When something happens here next, if nothing else does before.
    pub(super) fn next_at(&self, now: Instant) -> Option<Instant> {
        let handed = self.contended.iter().filter_map(|process| self.hand_over_at(*process)).min();
        match (self.cores.next_at(now), handed) {
            (Some(done), Some(handed)) => Some(done.min(handed)),
            (one, other) => one.or(other),
        }
    }

    fn hand_over_at(&self, process: ProcessId) -> Option<Instant> {
        let process = &self.processes[process.index()];
        let (_, waits_since) = process.queue.front()?;
        Some(process.since.max(*waits_since) + self.interval)
    }

    fn note_contention(&mut self, process: ProcessId) {
        let known = &self.processes[process.index()];
        let computes = |thread: ThreadId| self.threads[thread.index()].stage == Stage::Computing;
        if !known.queue.is_empty() && known.holder.is_some_and(computes) {
            self.contended.insert(process);
        } else {
            self.contended.remove(&process);
        }
    }

    /// Time passes: those who compute get on with it.
    pub(super) fn pass(&mut self, time: Duration) {
        self.cores.pass(time);
    }

    /// Time has come to `now`: who is done, and whose interval is over.
    pub(super) fn fire(&mut self, now: Instant) -> Fired {
        let mut fired = Fired::default();
        while let Some(thread) = self.cores.take_done() {
            let process = self.threads[thread.index()].process;
            if self.processes[process.index()].parallel {
                self.enqueue(thread, 0, now);
                fired.granted.extend(self.grant_next(process, now));
            } else {
                self.thread_mut(thread).stage = Stage::Granted;
                fired.granted.push(thread);
                self.note_contention(process);
            }
        }
        let over: Vec<ProcessId> = self.contended.iter().copied().collect();
        for process in over {
            if self.hand_over_at(process).is_some_and(|at| at <= now) {
                self.interrupt(process, now);
                let next = self.processes[process.index()].queue.front().map(|next| next.0);
                fired.granted.extend(self.grant_next(process, now));
                fired.handed.extend(next);
            }
        }
        fired
    }

    /// Takes the baton from a holder that computes; it wants it back.
    fn interrupt(&mut self, process: ProcessId, now: Instant) {
        let Some(holder) = self.processes[process.index()].holder.take() else { return };
        let left = self.cores.stop(holder);
        self.enqueue(holder, left, now);
    }

    fn enqueue(&mut self, thread: ThreadId, work: Work, now: Instant) {
        let slot = self.thread_mut(thread);
        slot.stage = Stage::Queued;
        slot.work = work;
        let process = slot.process;
        self.processes[process.index()].queue.push_back((thread, now));
        self.note_contention(process);
    }

    /// Gives a free baton to the next who wants it. Returns a thread that may run now.
    pub(super) fn grant_next(&mut self, process: ProcessId, now: Instant) -> Option<ThreadId> {
        let known = &self.processes[process.index()];
        if known.holder.is_some() {
            return None;
        }
        let threads = &self.threads;
        let is_next = |(thread, _): &(ThreadId, Instant)| {
            !known.just_looking || threads[thread.index()].work == 0
        };
        let thread = known.queue.iter().find(|entry| is_next(entry))?.0;
        self.give(thread, now)
    }

    /// Gives a free baton to one who wants it. Returns it if it may run now.
    pub(super) fn give(&mut self, thread: ThreadId, now: Instant) -> Option<ThreadId> {
        let process = self.process_of(thread);
        process.queue.retain(|(queued, _)| *queued != thread);
        process.holder = Some(thread);
        process.since = now;
        let process = self.threads[thread.index()].process;
        let work = std::mem::take(&mut self.thread_mut(thread).work);
        let granted = if work == 0 {
            self.thread_mut(thread).stage = Stage::Granted;
            Some(thread)
        } else {
            self.thread_mut(thread).stage = Stage::Computing;
            self.cores.start(thread, work);
            None
        };
        self.note_contention(process);
        granted
    }

    /// A thread that is idle, or runs code, wants to compute, or just to run code. Returns the
    /// process whose baton may be free for somebody now.
    pub(super) fn want(&mut self, thread: ThreadId, work: Duration, now: Instant) -> ProcessId {
        let work = Cores::work(work);
        let runs = self.thread(thread).stage == Stage::Running;
        let process = self.threads[thread.index()].process;
        let parallel = self.processes[process.index()].parallel;
        if work > 0 && (runs || parallel) {
            self.thread_mut(thread).stage = Stage::Computing;
            self.cores.start(thread, work);
            if parallel && runs {
                self.processes[process.index()].holder = None;
            }
            self.note_contention(process);
        } else if self.thread(thread).stage == Stage::Idle {
            self.enqueue(thread, work, now);
        }
        process
    }

    /// A thread that runs code lets go of the baton, which is free then. Returns whose it was.
    pub(super) fn release(&mut self, thread: ThreadId) -> Option<ProcessId> {
        if self.thread(thread).stage != Stage::Running {
            return None;
        }
        self.thread_mut(thread).stage = Stage::Idle;
        let process = self.threads[thread.index()].process;
        self.processes[process.index()].holder = None;
        Some(process)
    }

    /// Those who could run code if they got the free baton of a process, and would be given it
    /// next.
    pub(super) fn candidates(&self, process: ProcessId) -> impl Iterator<Item = ThreadId> + '_ {
        let process = &self.processes[process.index()];
        let runs = |thread: ThreadId| self.thread(thread).work == 0;
        let is_open = process.holder.is_none()
            && (process.just_looking || process.queue.front().is_some_and(|next| runs(next.0)));
        let queue = process.queue.iter().map(|entry| entry.0);
        queue.filter(move |thread| is_open && runs(*thread))
    }

    /// The loop's thread lets those run that have nothing to compute, and takes the baton again
    /// before those that have.
    pub(super) fn look(&mut self, looking: bool) {
        self.processes[0].just_looking = looking;
    }

    /// The loop's thread takes the baton if it is free. False if it has to wait for it.
    pub(super) fn take_for_main(&mut self, now: Instant) -> bool {
        let process = &mut self.processes[0];
        if process.holder.is_some() {
            return false;
        }
        process.holder = Some(ThreadId::MAIN);
        process.since = now;
        self.thread_mut(ThreadId::MAIN).stage = Stage::Running;
        true
    }

    /// A thread that was granted the baton runs code from now on.
    pub(super) fn begin(&mut self, thread: ThreadId) {
        self.thread_mut(thread).stage = Stage::Running;
    }

    /// The threads of the same process that could run code if they had the baton, in the order in
    /// which they asked for it.
    pub(super) fn ready_beside(&self, thread: ThreadId) -> impl Iterator<Item = ThreadId> + '_ {
        let process = &self.processes[self.thread(thread).process.index()];
        process.queue.iter().map(|entry| entry.0).filter(|next| self.thread(*next).work == 0)
    }

    /// Hands the baton from a thread that runs code to one that wants it. Returns that one if it
    /// may run now. The giver gets it back as `back` says.
    pub(super) fn hand(
        &mut self,
        from: ThreadId,
        to: ThreadId,
        back: Back,
        now: Instant,
    ) -> Option<ThreadId> {
        self.process_of(from).holder = None;
        self.enqueue(from, 0, now);
        if back == Back::BeforeWoken {
            self.overtake_woken(from);
        }
        self.give(to, now)
    }

    /// The last in the queue goes before the first that has nothing to compute.
    fn overtake_woken(&mut self, last: ThreadId) {
        let threads = &self.threads;
        let process = &mut self.processes[threads[last.index()].process.index()];
        let queue = &mut process.queue;
        let is_woken = |(thread, _): &(ThreadId, Instant)| threads[thread.index()].work == 0;
        if let (Some(at), Some(entry)) = (queue.iter().position(is_woken), queue.pop_back()) {
            queue.insert(at, entry);
        }
    }

    /// A wait of a thread ends early, or begins: wakes that are under way for it are void.
    pub(super) fn next_wait(&mut self, thread: ThreadId) -> u32 {
        let slot = self.thread_mut(thread);
        slot.wait = slot.wait.wrapping_add(1);
        slot.wait
    }

    /// Checks what always holds: one holder at most, who runs or computes; nobody waits for a
    /// baton that is free; no core idle while somebody computes and could have it.
    #[cfg(test)]
    pub(super) fn check(&self) {
        for (index, process) in self.processes.iter().enumerate() {
            let own = |thread: &&Thread| thread.process.index() == index;
            let holds = |thread: &&Thread| match thread.stage {
                Stage::Granted | Stage::Running => true,
                Stage::Computing => !process.parallel,
                Stage::Idle | Stage::Queued => false,
            };
            let holders = self.threads.iter().filter(own).filter(holds).count();
            assert_eq!(holders, usize::from(process.holder.is_some()), "one holds the baton");
            let queued = self.threads.iter().filter(own);
            let queued = queued.filter(|thread| thread.stage == Stage::Queued).count();
            assert_eq!(queued, process.queue.len());
            assert!(process.holder.is_some() || queued == 0, "a free baton that is wanted");
        }
        let computing = self.threads.iter().filter(|thread| thread.stage == Stage::Computing);
        assert_eq!(computing.count(), self.cores.len(), "those who compute are on the cores");
    }
}
