//! What a lane can be doing.

use crate::trace::event::{End, Wait};

/// What a lane does for a while, or how it ended.
///
/// Ordered by what should rather be seen where several share one column: a failure is never hidden
/// behind a wait, however short it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum State {
    /// Not there yet, or not any more.
    #[default]
    Absent,
    /// A worker without a job; the loop, waiting for something to happen.
    Idle,
    /// Waits for time to pass.
    Sleeping,
    /// Waits for an outside party to answer.
    Io,
    /// Waits for another task, a future, a gather or a job.
    Awaiting,
    /// Stands in line at a lock, a queue or another primitive.
    InLine,
    /// Could run, but has to wait for its turn.
    Ready,
    /// A worker or thread has work.
    Working,
    /// Runs on the loop's thread, in no time.
    Running,
    /// Runs on the loop's thread and takes time: nobody else can run.
    Holding,
    /// Ended well.
    Done,
    /// Ended cancelled.
    Cancelled,
    /// Ended with an exception.
    Failed,
}

impl State {
    /// All of them, in order.
    pub const ALL: [Self; 13] = [
        Self::Absent,
        Self::Idle,
        Self::Sleeping,
        Self::Io,
        Self::Awaiting,
        Self::InLine,
        Self::Ready,
        Self::Working,
        Self::Running,
        Self::Holding,
        Self::Done,
        Self::Cancelled,
        Self::Failed,
    ];

    /// A word for it, as filters take it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Idle => "idle",
            Self::Sleeping => "sleep",
            Self::Io => "io",
            Self::Awaiting => "await",
            Self::InLine => "line",
            Self::Ready => "ready",
            Self::Working => "work",
            Self::Running => "run",
            Self::Holding => "hold",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// What it means, for a legend.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Absent => "not there",
            Self::Idle => "idle",
            Self::Sleeping => "sleeps",
            Self::Io => "waits for io",
            Self::Awaiting => "waits for another",
            Self::InLine => "in line (lock, queue)",
            Self::Ready => "ready, waits its turn",
            Self::Working => "works off the loop",
            Self::Running => "runs (takes no time)",
            Self::Holding => "holds the loop",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// What a task does while it waits for that.
    pub const fn of_wait(wait: Wait) -> Self {
        match wait {
            Wait::Turn => Self::Ready,
            Wait::Sleep(_) => Self::Sleeping,
            Wait::Io(_) => Self::Io,
            Wait::Primitive(_) => Self::InLine,
            _ => Self::Awaiting,
        }
    }

    /// How a task is that ended like this.
    pub const fn of_end(end: End) -> Self {
        match end {
            End::Returned => Self::Done,
            End::Raised => Self::Failed,
            End::Cancelled => Self::Cancelled,
        }
    }

    /// Whether nothing comes after it.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Failed)
    }

    /// Whether the lane waits for somebody or something.
    pub const fn is_wait(self) -> bool {
        matches!(self, Self::Sleeping | Self::Io | Self::Awaiting | Self::InLine)
    }

    /// The bit that stands for it in a set.
    pub(crate) const fn bit(self) -> u16 {
        1 << self as u16
    }

    /// The one to show of a set.
    pub(crate) fn foremost(set: u16) -> Self {
        let index = u16::BITS - 1 - set.leading_zeros().min(u16::BITS - 1);
        Self::ALL.get(index as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_shows_what_matters_most() {
        let set = |states: &[State]| states.iter().fold(0, |set, state| set | state.bit());
        assert_eq!(State::foremost(0), State::Absent);
        assert_eq!(State::foremost(set(&[State::Sleeping])), State::Sleeping);
        assert_eq!(State::foremost(set(&[State::Sleeping, State::Running])), State::Running);
        assert_eq!(State::foremost(set(&State::ALL)), State::Failed);
        assert!(State::ALL.is_sorted());
    }
}
