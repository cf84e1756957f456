//! Why something happened, and what came of it.

use super::Model;
use crate::analysis::{describe, place};
use crate::index::{EventId, LaneId};
use crate::trace::event::{Event, What};
use crate::trace::{EventKind, Record};

/// The longest chain that is followed.
const MAX_CHAIN: usize = 10_000;

/// The beginning of a step is looked for among so many events before one.
const MAX_BACK: usize = 256;

/// A step is looked for among so many events of a lane.
const MAX_FAR: usize = 1 << 16;

/// A link of a chain of causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub event: EventId,
    /// Whose.
    pub lane: LaneId,
    /// What happened.
    pub text: String,
    /// Where in the program.
    pub place: String,
}

impl Model {
    /// What made an event possible: its cause; without one, the beginning of the step it is in;
    /// without one, the event before on its lane.
    pub fn reason(&self, event: EventId) -> Option<EventId> {
        let record = self.trace().record(event)?;
        if let Some(cause) = record.cause().filter(|cause| *cause < event) {
            return Some(cause);
        }
        let events = self.events_of(record.lane());
        let before = &events[..events.partition_point(|other| *other < event)];
        let last = before.last().copied();
        if record.kind() == EventKind::IterationBegin {
            return last;
        }
        let near = before.iter().rev().take(MAX_BACK).copied();
        // What the loop itself does belongs to its iteration.
        let kind = |event: EventId| self.trace().record(event).map(Record::kind);
        let mut near = near.take_while(|event| kind(*event) != Some(EventKind::IterationBegin));
        let begun = near.find(|event| {
            use EventKind as K;
            matches!(kind(*event), Some(K::StepBegin | K::CallBegin | K::JobStarted | K::StepEnd))
        });
        // A long step began with the interval of the lane's life that it is in.
        let life = self.life(record.lane());
        let interval =
            || life.index_at(event.0).map(|index| EventId(life.intervals()[index].event));
        begun.or_else(|| interval().filter(|begin| *begin < event)).or(last)
    }

    /// The event, what made it possible, what made that possible … to the beginning.
    pub fn chain(&self, event: EventId) -> impl Iterator<Item = EventId> + '_ {
        let first = (event.index() < self.len()).then_some(event);
        std::iter::successors(first, |event| self.reason(*event)).take(MAX_CHAIN)
    }

    /// The first event that another one made possible: what it caused by name, else what follows on
    /// its lane.
    pub fn effect(&self, event: EventId) -> Option<EventId> {
        let later = (event.index() + 1..self.len()).map(EventId::from_index);
        let caused =
            |later: &EventId| self.trace().record(*later).and_then(Record::cause) == Some(event);
        // Most effects are near; what caused nothing on its own leads on along its lane.
        let named = later.clone().take(1 << 20).find(caused);
        named.or_else(|| self.next_on_lane(self.lane_of(event), event))
    }

    /// The next event of a lane.
    pub fn next_on_lane(&self, lane: LaneId, after: EventId) -> Option<EventId> {
        let events = self.events_of(lane);
        events.get(events.partition_point(|event| *event <= after)).copied()
    }

    /// The event before of a lane.
    pub fn previous_on_lane(&self, lane: LaneId, before: EventId) -> Option<EventId> {
        let events = self.events_of(lane);
        let index = events.partition_point(|event| *event < before).checked_sub(1)?;
        events.get(index).copied()
    }

    /// The next step that a lane begins after an event; of the loop, its next turn.
    pub fn next_step(&self, lane: LaneId, after: EventId) -> Option<EventId> {
        let events = self.events_of(lane);
        let from = events.partition_point(|event| *event <= after);
        let mut near = events[from..].iter().copied().take(MAX_FAR);
        near.find(|event| self.begins_step(*event))
    }

    /// The last step that a lane began before an event.
    pub fn previous_step(&self, lane: LaneId, before: EventId) -> Option<EventId> {
        let events = self.events_of(lane);
        let to = events.partition_point(|event| *event < before);
        let mut near = events[..to].iter().rev().copied().take(MAX_FAR);
        near.find(|event| self.begins_step(*event))
    }

    fn begins_step(&self, event: EventId) -> bool {
        use EventKind as K;
        let Some(record) = self.trace().record(event) else { return false };
        match record.kind() {
            K::IterationBegin => true,
            K::StepBegin | K::CallBegin => record.lane() != LaneId::LOOP,
            K::JobStarted | K::ThreadBegin | K::ThreadWoke | K::HandedOver => true,
            _ => false,
        }
    }

    /// An event in words, without the name of its lane in front.
    pub fn say(&self, event: EventId) -> String {
        let Some(event) = self.event(event) else { return String::new() };
        let text = describe(self.trace(), event);
        let name = self.name(event.lane);
        match text.strip_prefix(&name).and_then(|rest| rest.strip_prefix(' ')) {
            Some(rest) => rest.to_owned(),
            None => text,
        }
    }

    /// Where an event is in the program: `file.toml:17`.
    pub fn place(&self, event: Event) -> String {
        let place = place(self.trace(), event.site).unwrap_or_default();
        place.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// An event as a link of a chain.
    pub fn step(&self, event: EventId) -> Option<Step> {
        let found = self.event(event)?;
        let (text, place) = (self.say(event), self.place(found));
        Some(Step { event, lane: found.lane, text, place })
    }

    /// Who let a lane go on with `begin`: the first event of another lane among its causes that is
    /// not the loop's own doing.
    pub fn waker(&self, begin: EventId) -> Option<EventId> {
        let lane = self.lane_of(begin);
        self.chain(begin).skip(1).take(64).find(|event| {
            let is_other = self.lane_of(*event) != lane && self.lane_of(*event) != LaneId::LOOP;
            let is_timer =
                matches!(self.what(*event), Some(What::TimerSet { .. } | What::IoStarted { .. }));
            is_other || is_timer
        })
    }
}
