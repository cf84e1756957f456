//! Typed ids: small numbers that cannot be mistaken for each other.
//!
//! Architecture invariant: this module knows nothing else of the crate.

use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id as an index into the table of its kind.
            #[inline]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of the entry at `index`.
            ///
            /// # Panics
            /// If there are more than `u32::MAX` entries, which the limits of a run forbid.
            #[inline]
            pub fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("ids fit in 32 bits"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}#{}", stringify!($name), self.0)
            }
        }
    )*};
}

ids! {
    /// A task of the event loop, while it lives. Numbers are used again.
    TaskId
    /// A lane of the trace: the loop, a task, a worker of a pool, a thread. Never used again.
    LaneId
    /// A position in the trace.
    EventId
    /// A text of the trace: an output line, a message.
    TextId
    /// A future of the loop, in order of creation. Never used again.
    FutureId
    /// A callback given to `call_soon` and its kin. Numbers are used again.
    CallId
    /// A job given to a pool, in order of submission. Never used again.
    JobId
    /// A lock, queue, event …, in order of creation. Never used again.
    PrimitiveId
    /// A thread of the modelled machine, in order of creation; 0 is the loop's. Never used again.
    ThreadId
    /// An interpreter with threads of its own: a process; 0 is the loop's.
    ProcessId
    /// A place in the program's source; 0 is "nowhere". Only 24 bits reach the trace.
    SiteId
}

impl LaneId {
    /// The lane of the event loop itself.
    pub const LOOP: Self = Self(0);
}

impl ThreadId {
    /// The thread that the loop runs on.
    pub const MAIN: Self = Self(0);
}

impl ProcessId {
    /// The process that the loop is in.
    pub const MAIN: Self = Self(0);
}

impl SiteId {
    /// No place: what the loop does by itself.
    pub const NONE: Self = Self(0);
}

impl EventId {
    /// No event. Stands for a missing cause, and for every event while nothing is recorded.
    pub const NONE: Self = Self(u32::MAX);

    /// `None` for [`EventId::NONE`].
    #[inline]
    pub fn some(self) -> Option<Self> {
        (self != Self::NONE).then_some(self)
    }
}
