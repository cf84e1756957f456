//! How an event is packed into a record of 20 bytes, and back.

use std::fmt;

use super::particulars::{Change, ChoiceKind, End, Resume, Wait};
use super::{EventKind, What};
use crate::index::{CallId, EventId, FutureId, JobId, LaneId, PrimitiveId, SiteId, TextId};
use crate::time::{Duration, Instant};

/// An event as it is kept: 20 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Kind in the low 8 bits, site in the others.
    head: u32,
    lane: u32,
    cause: u32,
    a: u32,
    b: u32,
}

impl Record {
    /// Packs an event.
    #[inline]
    pub fn new(lane: LaneId, site: SiteId, cause: EventId, what: What) -> Self {
        let (kind, a, b) = what.pack();
        Self { head: (site.0 << 8) | kind as u32, lane: lane.0, cause: cause.0, a, b }
    }

    /// Puts together what a file holds; `None` if that is no event of this vocabulary.
    pub fn from_parts(kind: u8, site: u32, lane: u32, cause: u32, a: u32, b: u32) -> Option<Self> {
        let kind = EventKind::numbered(kind)?;
        What::unpack(kind, a, b)?;
        (site < 1 << 24).then_some(Self { head: (site << 8) | kind as u32, lane, cause, a, b })
    }

    /// What kind of event.
    #[inline]
    pub fn kind(self) -> EventKind {
        // The head is only ever made from a kind, so the fallback is never taken.
        EventKind::numbered(self.head.to_le_bytes()[0]).unwrap_or(EventKind::Woken)
    }

    /// Whose event.
    #[inline]
    pub fn lane(self) -> LaneId {
        LaneId(self.lane)
    }

    /// Where in the program.
    #[inline]
    pub fn site(self) -> SiteId {
        SiteId(self.head >> 8)
    }

    /// The event that made this one possible.
    #[inline]
    pub fn cause(self) -> Option<EventId> {
        EventId(self.cause).some()
    }

    /// The two words of particulars, as files hold them.
    #[inline]
    pub fn words(self) -> (u32, u32) {
        (self.a, self.b)
    }

    /// What happened, with particulars.
    pub fn what(self) -> What {
        What::unpack(self.kind(), self.a, self.b).unwrap_or(What::Woken)
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} {:?}", self.lane(), self.what(), self.cause())
    }
}

/// The most that [`What::PrimitiveChanged`] can count.
const MOST_NOW: u32 = (1 << 24) - 1;

/// The low and the high half of 64 bits.
#[inline]
fn halves(wide: u64) -> (u32, u32) {
    #[expect(clippy::cast_possible_truncation, reason = "that is what halves are")]
    (wide as u32, (wide >> 32) as u32)
}

#[inline]
fn whole(low: u32, high: u32) -> u64 {
    (u64::from(high) << 32) | u64::from(low)
}

impl What {
    #[inline(always)]
    fn pack(self) -> (EventKind, u32, u32) {
        use EventKind as K;
        let with = |kind, (a, b)| (kind, a, b);
        match self {
            Self::IterationBegin { ready } => (K::IterationBegin, ready, 0),
            Self::ClockAdvanced { to } => with(K::ClockAdvanced, halves(to.as_nanos())),
            Self::TaskCreated { task } => (K::TaskCreated, task.0, 0),
            Self::StepBegin { how } => (K::StepBegin, how as u32, 0),
            Self::StepEnd { wait } => with(K::StepEnd, wait.pack()),
            Self::TaskFinished { end } => (K::TaskFinished, end as u32, 0),
            Self::TimerSet { deadline } => with(K::TimerSet, halves(deadline.as_nanos())),
            Self::TimerFired => (K::TimerFired, 0, 0),
            Self::TimerCancelled { timer } => (K::TimerCancelled, timer.0, 0),
            Self::CallScheduled { call, name } => (K::CallScheduled, call.0, name.0),
            Self::CallBegin { call, name } => (K::CallBegin, call.0, name.0),
            Self::CallEnd { end } => (K::CallEnd, end as u32, 0),
            Self::FutureResolved { future, end } => (K::FutureResolved, future.0, end as u32),
            Self::CancelRequested { task, accepted } => {
                (K::CancelRequested, task.0, u32::from(accepted))
            }
            Self::IoStarted { until } => with(K::IoStarted, halves(until.as_nanos())),
            Self::IoReady => (K::IoReady, 0, 0),
            Self::JobSubmitted { pool, job } => (K::JobSubmitted, pool.0, job.0),
            Self::WorkerStarted { worker } => (K::WorkerStarted, worker.0, 0),
            Self::JobStarted { job } => (K::JobStarted, job.0, 0),
            Self::JobFinished { job, end } => (K::JobFinished, job.0, end as u32),
            Self::JobDelivered { job } => (K::JobDelivered, job.0, 0),
            Self::JobCancelled { job } => (K::JobCancelled, job.0, 0),
            Self::BlockBegin { duration } => with(K::BlockBegin, halves(duration.as_nanos())),
            Self::BlockEnd => (K::BlockEnd, 0, 0),
            Self::ComputeBegin { duration } => with(K::ComputeBegin, halves(duration.as_nanos())),
            Self::ComputeEnd => (K::ComputeEnd, 0, 0),
            Self::Output { text } => (K::Output, text.0, 0),
            Self::Raised { text } => (K::Raised, text.0, 0),
            Self::Choice { kind, taken, of } => {
                (K::Choice, (u32::from(taken) << 8) | kind as u32, of)
            }
            Self::HandleDropped => (K::HandleDropped, 0, 0),
            Self::Woken => (K::Woken, 0, 0),
            Self::RunEnd { outcome } => (K::RunEnd, outcome, 0),
            Self::PrimitiveMade { primitive, name } => (K::PrimitiveMade, primitive.0, name.0),
            Self::PrimitiveChanged { primitive, change, now } => {
                (K::PrimitiveChanged, primitive.0, (now.min(MOST_NOW) << 8) | change as u32)
            }
            Self::PrimitiveWoke { primitive, task } => (K::PrimitiveWoke, primitive.0, task.0),
            Self::Finding { text } => (K::Finding, text.0, 0),
            Self::ThreadStarted { thread } => (K::ThreadStarted, thread.0, 0),
            Self::ThreadBegin => (K::ThreadBegin, 0, 0),
            Self::ThreadFinished { end } => (K::ThreadFinished, end as u32, 0),
            Self::ThreadWaits { on } => (K::ThreadWaits, on.0, 0),
            Self::ThreadWoke => (K::ThreadWoke, 0, 0),
            Self::HandedOver => (K::HandedOver, 0, 0),
            Self::LockTaken { lock } => (K::LockTaken, lock.0, 0),
            Self::LockReleased { lock } => (K::LockReleased, lock.0, 0),
            Self::Accessed { variable, write } => (K::Accessed, variable.0, u32::from(write)),
        }
    }

    /// The event of that kind with those particulars; `None` if there is no such event.
    fn unpack(kind: EventKind, a: u32, b: u32) -> Option<Self> {
        use EventKind as K;
        let instant = || Instant::from_nanos(whole(a, b));
        let duration = || Duration::from_nanos(whole(a, b));
        Some(match kind {
            K::IterationBegin => Self::IterationBegin { ready: a },
            K::ClockAdvanced => Self::ClockAdvanced { to: instant() },
            K::TaskCreated => Self::TaskCreated { task: LaneId(a) },
            K::StepBegin => Self::StepBegin { how: Resume::unpack(a)? },
            K::StepEnd => Self::StepEnd { wait: Wait::unpack(a, b)? },
            K::TaskFinished => Self::TaskFinished { end: End::unpack(a)? },
            K::TimerSet => Self::TimerSet { deadline: instant() },
            K::TimerFired => Self::TimerFired,
            K::TimerCancelled => Self::TimerCancelled { timer: EventId(a) },
            K::CallScheduled => Self::CallScheduled { call: CallId(a), name: TextId(b) },
            K::CallBegin => Self::CallBegin { call: CallId(a), name: TextId(b) },
            K::CallEnd => Self::CallEnd { end: End::unpack(a)? },
            K::FutureResolved => Self::FutureResolved { future: FutureId(a), end: End::unpack(b)? },
            K::CancelRequested => Self::CancelRequested { task: LaneId(a), accepted: b != 0 },
            K::IoStarted => Self::IoStarted { until: instant() },
            K::IoReady => Self::IoReady,
            K::JobSubmitted => Self::JobSubmitted { pool: LaneId(a), job: JobId(b) },
            K::WorkerStarted => Self::WorkerStarted { worker: LaneId(a) },
            K::JobStarted => Self::JobStarted { job: JobId(a) },
            K::JobFinished => Self::JobFinished { job: JobId(a), end: End::unpack(b)? },
            K::JobDelivered => Self::JobDelivered { job: JobId(a) },
            K::JobCancelled => Self::JobCancelled { job: JobId(a) },
            K::BlockBegin => Self::BlockBegin { duration: duration() },
            K::BlockEnd => Self::BlockEnd,
            K::ComputeBegin => Self::ComputeBegin { duration: duration() },
            K::ComputeEnd => Self::ComputeEnd,
            K::Output => Self::Output { text: TextId(a) },
            K::Raised => Self::Raised { text: TextId(a) },
            K::Choice => Self::Choice {
                kind: ChoiceKind::unpack(a & 0xff)?,
                taken: u16::try_from(a >> 8).ok()?,
                of: b,
            },
            K::HandleDropped => Self::HandleDropped,
            K::Woken => Self::Woken,
            K::RunEnd => Self::RunEnd { outcome: a },
            K::PrimitiveMade => Self::PrimitiveMade { primitive: PrimitiveId(a), name: TextId(b) },
            K::PrimitiveChanged => Self::PrimitiveChanged {
                primitive: PrimitiveId(a),
                change: Change::unpack(b & 0xff)?,
                now: b >> 8,
            },
            K::PrimitiveWoke => Self::PrimitiveWoke { primitive: PrimitiveId(a), task: LaneId(b) },
            K::Finding => Self::Finding { text: TextId(a) },
            K::ThreadStarted => Self::ThreadStarted { thread: LaneId(a) },
            K::ThreadBegin => Self::ThreadBegin,
            K::ThreadFinished => Self::ThreadFinished { end: End::unpack(a)? },
            K::ThreadWaits => Self::ThreadWaits { on: TextId(a) },
            K::ThreadWoke => Self::ThreadWoke,
            K::HandedOver => Self::HandedOver,
            K::LockTaken => Self::LockTaken { lock: TextId(a) },
            K::LockReleased => Self::LockReleased { lock: TextId(a) },
            K::Accessed => Self::Accessed { variable: TextId(a), write: b != 0 },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_small_and_keeps_everything() {
        assert_eq!(size_of::<Record>(), 20);
        let all = [
            What::IterationBegin { ready: 7 },
            What::ClockAdvanced { to: Instant::from_nanos(u64::MAX - 5) },
            What::TaskCreated { task: LaneId(9) },
            What::StepBegin { how: Resume::Throw },
            What::StepEnd { wait: Wait::Sleep(EventId(77)) },
            What::StepEnd { wait: Wait::Waker },
            What::TaskFinished { end: End::Cancelled },
            What::TimerSet { deadline: Instant::from_nanos(1 << 40) },
            What::CallScheduled { call: CallId(1), name: TextId(2) },
            What::FutureResolved { future: FutureId(3), end: End::Raised },
            What::CancelRequested { task: LaneId(4), accepted: true },
            What::JobFinished { job: JobId(8), end: End::Returned },
            What::Choice { kind: ChoiceKind::Fault, taken: 999, of: 1000 },
            What::RunEnd { outcome: 3 },
            What::PrimitiveChanged { primitive: PrimitiveId(7), change: Change::Broken, now: 9 },
            What::PrimitiveWoke { primitive: PrimitiveId(7), task: LaneId(2) },
        ];
        for what in all {
            let record = Record::new(LaneId(5), SiteId(0xff_fffe), EventId(6), what);
            assert_eq!(record.what(), what);
            assert_eq!((record.lane(), record.site()), (LaneId(5), SiteId(0xff_fffe)));
            assert_eq!(record.cause(), Some(EventId(6)));
            let (a, b) = record.words();
            let kind = record.kind() as u8;
            assert_eq!(Record::from_parts(kind, 0xff_fffe, 5, 6, a, b), Some(record));
        }
    }

    #[test]
    fn kinds_keep_their_numbers() {
        for (number, kind) in EventKind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, number);
        }
        assert_eq!(EventKind::RunEnd as u8, 31);
        assert_eq!(Record::from_parts(200, 0, 0, 0, 0, 0), None);
        assert_eq!(Record::from_parts(EventKind::StepBegin as u8, 0, 0, 0, 9, 0), None);
    }
}
