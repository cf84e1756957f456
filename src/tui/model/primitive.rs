//! Locks, queues and their kin: what they hold, who holds them, who waits in line.

use super::{Here, Model};
use crate::index::{EventId, LaneId, PrimitiveId};
use crate::trace::event::{Change, Wait, What};

/// How a primitive is at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// Not made yet.
    Absent,
    /// Free, empty, or not set.
    Nothing,
    /// A lock that a lane has taken.
    By(LaneId),
    /// Permits that are free, items, parties; or an event that is set.
    Count(u32),
}

impl Model {
    /// All primitives that are ever made or used.
    pub(crate) fn primitives(&self) -> impl Iterator<Item = PrimitiveId> + '_ {
        let primitives = self.indexed.primitives.iter().enumerate();
        let used = primitives.filter(|(_, events)| !events.is_empty());
        used.map(|(index, _)| PrimitiveId::from_index(index))
    }

    /// How a primitive is right after an event.
    pub(crate) fn held_at(&self, primitive: PrimitiveId, event: EventId) -> Held {
        let events = self.indexed.primitives.get(primitive.index()).map_or(&[][..], Vec::as_slice);
        let until = events.partition_point(|other| *other <= event);
        let Some(last) = events[..until].last() else { return Held::Absent };
        self.held_after(primitive, *last)
    }

    /// The last lane that took a primitive between two events, the first excluded.
    pub(crate) fn taken_between(
        &self,
        primitive: PrimitiveId,
        after: EventId,
        until: EventId,
    ) -> Option<LaneId> {
        let events = self.indexed.primitives.get(primitive.index())?;
        let from = events.partition_point(|other| *other <= after);
        let to = events.partition_point(|other| *other <= until);
        let taken = events.get(from..to)?.iter().rev().take(16).find(|event| {
            let what = self.what(**event);
            matches!(what, Some(What::PrimitiveChanged { change: Change::Acquired, .. }))
        })?;
        Some(self.lane_of(*taken))
    }

    fn held_after(&self, primitive: PrimitiveId, event: EventId) -> Held {
        let is_lock = self.trace().primitive_name(primitive).starts_with("lock");
        match self.what(event) {
            Some(What::PrimitiveChanged { change, now, .. }) => match change {
                Change::Acquired if is_lock => Held::By(self.lane_of(event)),
                Change::Set | Change::Opened => Held::Count(1),
                Change::Cleared | Change::Reset => Held::Nothing,
                Change::Released if is_lock => Held::Nothing,
                _ if now == 0 => Held::Nothing,
                _ => Held::Count(now),
            },
            _ => Held::Nothing,
        }
    }

    /// A primitive in words: who holds it or how much is in it; and who waits in line.
    pub(crate) fn say_primitive(
        &self,
        primitive: PrimitiveId,
        here: &Here,
        at: EventId,
    ) -> (String, Option<String>) {
        let name = self.trace().primitive_name(primitive);
        let held = match self.held_at(primitive, at) {
            Held::Absent => "not there yet".to_owned(),
            Held::Nothing if name.starts_with("lock") => "free".to_owned(),
            Held::Nothing => "0".to_owned(),
            Held::By(lane) => format!("held by {}", self.name(lane)),
            Held::Count(n) => n.to_string(),
        };
        let waiters = here.waits.iter().filter(|wait| wait.wait == Wait::Primitive(primitive));
        let names: Vec<String> = waiters.take(8).map(|wait| self.name(wait.lane)).collect();
        let line = (!names.is_empty()).then(|| format!("in line: {}", names.join(", ")));
        (format!("{name} {held}"), line)
    }
}
