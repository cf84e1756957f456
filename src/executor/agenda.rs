//! What goes on outside of the loop: workers at their jobs, answers on their way.
//!
//! Entries of one instant are an open order (a race, in life): the scheduler is asked which comes
//! first; asyncio's answer here is the order in which they were begun.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::rc::Rc;

use super::Context;
use crate::index::{EventId, TaskId, ThreadId};
use crate::time::{Duration, Instant};

/// What happens outside at some instant.
pub(super) enum Outside {
    /// An outside party answers a task, if it still is in the wait of that number; it can come so
    /// much earlier or later.
    Answer { task: TaskId, wait: u32, started: EventId, spread: Duration },
    /// A worker goes on.
    Work(Box<dyn FnOnce(&Context)>),
    /// A thread that was given the baton runs.
    Granted(ThreadId),
    /// A thread wakes, if it still is in the wait of that number.
    Wake { thread: ThreadId, wait: u32 },
}

/// What a choice calls an entry.
#[derive(Clone, Debug)]
pub(super) enum Label {
    /// By the task it answers.
    Task(TaskId),
    /// By a name of its own.
    Name(Rc<str>),
    /// By the thread that goes on.
    Thread(ThreadId),
}

/// An entry of the agenda.
pub(super) struct Entry {
    pub(super) at: Instant,
    sequence: u64,
    /// The event that began it.
    pub(super) since: EventId,
    /// What a choice calls it.
    pub(super) label: Label,
    pub(super) what: Outside,
}

impl Entry {
    /// The task that an answer from outside is for.
    pub(super) fn answers(&self) -> Option<TaskId> {
        match self.what {
            Outside::Answer { task, .. } => Some(task),
            _ => None,
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry at {}", self.at)
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.sequence).cmp(&(other.at, other.sequence))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

/// What will happen outside, and when.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    entries: BinaryHeap<Reverse<Entry>>,
    next_sequence: u64,
}

impl Agenda {
    pub(super) fn push(&mut self, at: Instant, since: EventId, label: Label, what: Outside) {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        self.entries.push(Reverse(Entry { at, sequence, since, label, what }));
    }

    /// What happens next.
    pub(super) fn peek(&self) -> Option<&Outside> {
        self.entries.peek().map(|entry| &entry.0.what)
    }

    /// When the next thing happens.
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.entries.peek().map(|entry| entry.0.at)
    }

    /// The event that began the next thing.
    pub(super) fn next_since(&self) -> EventId {
        self.entries.peek().map_or(EventId::NONE, |entry| entry.0.since)
    }

    /// Takes out all entries of the next instant, in order.
    pub(super) fn pop_instant(&mut self) -> Vec<Entry> {
        let mut due = Vec::new();
        let Some(at) = self.next_at() else { return due };
        while self.next_at() == Some(at) {
            due.extend(self.entries.pop().map(|entry| entry.0));
        }
        due
    }

    /// Takes out all entries, in order.
    pub(super) fn take_sorted(&mut self) -> Vec<Entry> {
        let mut entries: Vec<Entry> =
            std::mem::take(&mut self.entries).into_iter().map(|entry| entry.0).collect();
        entries.sort_unstable();
        entries
    }

    /// Takes out the next entry alone.
    pub(super) fn pop(&mut self) -> Option<Entry> {
        self.entries.pop().map(|entry| entry.0)
    }

    /// Puts back what was taken out and not done.
    pub(super) fn put_back(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.entries.extend(entries.into_iter().map(Reverse));
    }

    pub(super) fn clear(&mut self) -> Vec<Reverse<Entry>> {
        std::mem::take(&mut self.entries).into_vec()
    }
}
