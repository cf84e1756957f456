//! Traces in Perfetto's own form: open the file at <https://ui.perfetto.dev>, or read it with its
//! `trace_processor`.
//!
//! Source: `protos/perfetto/trace` of Perfetto, `trace_packet.proto` and `track_event/*.proto`. A
//! lane is a track below the run's; what a lane does is a slice; what woke it is a flow from there
//! to its next step; how much is in a queue is a counter. Times are virtual nanoseconds.

mod wire;

use rustc_hash::FxHashMap;

use self::wire::Message;
use super::slices::{begins, ends, is_instant};
use crate::analysis::{describe, place};
use crate::index::{EventId, LaneId, PrimitiveId};
use crate::trace::{Event, EventKind, Lane, LaneKind, Trace, What};

/// All packets of a trace belong to one sequence, so that names are told once.
const SEQUENCE: u64 = 1;

/// The numbers of fields, by message.
mod field {
    pub(super) const TRACE_PACKET: u32 = 1;

    pub(super) const TIMESTAMP: u32 = 8;
    pub(super) const SEQUENCE_ID: u32 = 10;
    pub(super) const TRACK_EVENT: u32 = 11;
    pub(super) const INTERNED_DATA: u32 = 12;
    pub(super) const SEQUENCE_FLAGS: u32 = 13;
    pub(super) const TRACK_DESCRIPTOR: u32 = 60;

    pub(super) const TRACK_UUID: u32 = 1;
    pub(super) const TRACK_NAME: u32 = 2;
    pub(super) const TRACK_PARENT: u32 = 5;
    pub(super) const TRACK_COUNTER: u32 = 8;
    pub(super) const TRACK_CHILD_ORDERING: u32 = 11;
    pub(super) const TRACK_RANK: u32 = 12;
    pub(super) const TRACK_DESCRIPTION: u32 = 14;
    pub(super) const TRACK_MERGING: u32 = 15;

    pub(super) const EVENT_ANNOTATION: u32 = 4;
    pub(super) const EVENT_TYPE: u32 = 9;
    pub(super) const EVENT_NAME_IID: u32 = 10;
    pub(super) const EVENT_TRACK: u32 = 11;
    pub(super) const EVENT_COUNT: u32 = 30;
    pub(super) const EVENT_FLOWS: u32 = 47;
    pub(super) const EVENT_LAST_FLOWS: u32 = 48;

    pub(super) const INTERNED_EVENT_NAMES: u32 = 2;
    pub(super) const NAME_IID: u32 = 1;
    pub(super) const NAME_TEXT: u32 = 2;

    pub(super) const ANNOTATION_UINT: u32 = 3;
    pub(super) const ANNOTATION_TEXT: u32 = 6;
    pub(super) const ANNOTATION_NAME: u32 = 10;
}

/// What a track event says of its track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Begin = 1,
    End = 2,
    Instant = 3,
    Counter = 4,
}

/// Children are in the order of their ranks.
const EXPLICIT: u64 = 3;
/// Tracks of one name stay apart.
const NO_MERGING: u64 = 2;
/// What was told on this sequence before is void; what is told now is used.
const CLEARED: u64 = 1;
const NEEDS_STATE: u64 = 2;

/// The groups that tracks stand in, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Run,
    Tasks,
    Workers,
    Threads,
    Primitives,
}

impl Group {
    const ALL: [Self; 5] = [Self::Run, Self::Tasks, Self::Workers, Self::Threads, Self::Primitives];

    const fn uuid(self) -> u64 {
        self as u64 + 1
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Tasks => "tasks",
            Self::Workers => "pools",
            Self::Threads => "threads",
            Self::Primitives => "locks and queues",
        }
    }

    fn of(kind: LaneKind) -> Self {
        match kind {
            LaneKind::Loop => Self::Run,
            LaneKind::Task => Self::Tasks,
            LaneKind::Pool | LaneKind::Worker => Self::Workers,
            LaneKind::Thread => Self::Threads,
        }
    }
}

/// The track of a lane.
fn lane_uuid(lane: LaneId) -> u64 {
    1 << 32 | u64::from(lane.0)
}

/// The track of a primitive.
fn primitive_uuid(primitive: PrimitiveId) -> u64 {
    2 << 32 | primitive.index() as u64
}

/// All of a trace as the bytes of a Perfetto trace.
pub fn perfetto(trace: &Trace) -> Vec<u8> {
    let mut writer = Writer {
        trace,
        out: Message::default(),
        names: FxHashMap::default(),
        flows: flows(trace),
        is_open: vec![false; trace.lanes().len()],
        seen: Vec::new(),
    };
    writer.tracks();
    for event in trace.events() {
        writer.event(&event);
    }
    for lane in 0..trace.lanes().len() {
        writer.close(LaneId::from_index(lane), trace.end_time().as_nanos());
    }
    writer.out.into_bytes()
}

/// What led to steps: the causes, and what each of them made possible.
fn flows(trace: &Trace) -> Vec<(EventId, EventId)> {
    let flow = |event: Event| {
        let (_, is_flow) = begins(trace, &event)?;
        let cause = event.cause.filter(|cause| is_flow && *cause < event.id)?;
        Some((cause, event.id))
    };
    let mut flows: Vec<_> = trace.events().filter_map(flow).collect();
    flows.sort_unstable();
    flows
}

struct Writer<'t> {
    trace: &'t Trace,
    out: Message,
    /// By name of an event: its number.
    names: FxHashMap<String, u64>,
    /// Cause and effect, by cause.
    flows: Vec<(EventId, EventId)>,
    /// By lane: whether a slice has begun.
    is_open: Vec<bool>,
    /// By primitive: whether it has a track.
    seen: Vec<bool>,
}

impl Writer<'_> {
    /// A packet, with what all of them say.
    fn packet(&mut self, mut packet: Message) {
        let is_first = self.out.is_empty();
        let flags = if is_first { CLEARED | NEEDS_STATE } else { NEEDS_STATE };
        packet.number(field::SEQUENCE_ID, SEQUENCE).number(field::SEQUENCE_FLAGS, flags);
        self.out.message(field::TRACE_PACKET, &packet);
    }

    fn track(&mut self, descriptor: &Message) {
        let mut packet = Message::default();
        packet.message(field::TRACK_DESCRIPTOR, descriptor);
        self.packet(packet);
    }

    /// The groups that there are, and a track for each lane.
    fn tracks(&mut self) {
        let trace = self.trace;
        let uses = |group| match group {
            Group::Run => true,
            Group::Primitives => trace.records().any(|r| r.kind() == EventKind::PrimitiveMade),
            group => trace.lanes().iter().any(|lane| Group::of(lane.kind) == group),
        };
        for group in Group::ALL.into_iter().filter(|group| uses(*group)) {
            let mut track = Message::default();
            track.number(field::TRACK_UUID, group.uuid());
            let header = trace.header();
            if group == Group::Run {
                let name = if header.program.is_empty() { "sim" } else { &header.program };
                track.text(field::TRACK_NAME, name);
                let seed = format!("seed {}, Python {}", header.seed, header.python.name());
                track.text(field::TRACK_DESCRIPTION, &seed);
            } else {
                track.text(field::TRACK_NAME, group.name());
                track.number(field::TRACK_PARENT, Group::Run.uuid());
                track.number(field::TRACK_RANK, group.uuid());
            }
            track.number(field::TRACK_CHILD_ORDERING, EXPLICIT);
            self.track(&track);
        }
        for (index, lane) in trace.lanes().iter().enumerate() {
            self.lane(LaneId::from_index(index), lane);
        }
    }

    fn lane(&mut self, id: LaneId, lane: &Lane) {
        let mut track = Message::default();
        track.number(field::TRACK_UUID, lane_uuid(id));
        track.text(field::TRACK_NAME, &lane.name());
        track.number(field::TRACK_PARENT, Group::of(lane.kind).uuid());
        track.number(field::TRACK_RANK, u64::from(id.0));
        track.number(field::TRACK_MERGING, NO_MERGING);
        if !lane.runs.is_empty() {
            track.text(field::TRACK_DESCRIPTION, &lane.runs);
        }
        self.track(&track);
    }

    fn event(&mut self, event: &Event) {
        let at = event.at.as_nanos();
        let from = self.flows.partition_point(|(cause, _)| *cause < event.id);
        let effects: Vec<u64> = self.flows[from..]
            .iter()
            .take_while(|(cause, _)| *cause == event.id)
            .map(|(_, effect)| u64::from(effect.0))
            .collect();
        if let Some((name, is_flow)) = begins(self.trace, event) {
            self.close(event.lane, at);
            let is_led_to = is_flow && event.cause.is_some_and(|cause| cause < event.id);
            let ends = is_led_to.then_some(u64::from(event.id.0));
            self.slice(Kind::Begin, event, &name, &effects, ends);
            if let Some(is_open) = self.is_open.get_mut(event.lane.index()) {
                *is_open = true;
            }
        } else {
            // An arrow needs something to begin at.
            if is_instant(event) || !effects.is_empty() {
                let name = describe(self.trace, *event);
                self.slice(Kind::Instant, event, &name, &effects, None);
            }
            if ends(event) {
                self.close(event.lane, at);
            }
        }
        if let What::PrimitiveChanged { primitive, now, .. } = event.what {
            self.count(primitive, now, at);
        }
    }

    /// Ends what a lane does.
    fn close(&mut self, lane: LaneId, at: u64) {
        let Some(is_open) = self.is_open.get_mut(lane.index()) else { return };
        if std::mem::take(is_open) {
            let mut event = Message::default();
            event.number(field::EVENT_TYPE, Kind::End as u64);
            event.number(field::EVENT_TRACK, lane_uuid(lane));
            self.at(at, &event, None);
        }
    }

    fn slice(&mut self, kind: Kind, event: &Event, name: &str, begin: &[u64], end: Option<u64>) {
        let (name_iid, interned) = self.name(name);
        let mut track_event = Message::default();
        track_event
            .number(field::EVENT_TYPE, kind as u64)
            .number(field::EVENT_TRACK, lane_uuid(event.lane))
            .number(field::EVENT_NAME_IID, name_iid);
        for flow in begin {
            track_event.fixed(field::EVENT_FLOWS, *flow);
        }
        if let Some(flow) = end {
            track_event.fixed(field::EVENT_LAST_FLOWS, flow);
        }
        let mut number = |name: &str, number: EventId| {
            let mut annotation = Message::default();
            annotation.text(field::ANNOTATION_NAME, name);
            annotation.number(field::ANNOTATION_UINT, u64::from(number.0));
            track_event.message(field::EVENT_ANNOTATION, &annotation);
        };
        number("event", event.id);
        if let Some(cause) = event.cause {
            number("cause", cause);
        }
        let what = (kind == Kind::Begin).then(|| describe(self.trace, *event));
        for (name, text) in [("what", what), ("place", place(self.trace, event.site))] {
            if let Some(text) = text {
                let mut annotation = Message::default();
                annotation.text(field::ANNOTATION_NAME, name);
                annotation.text(field::ANNOTATION_TEXT, &text);
                track_event.message(field::EVENT_ANNOTATION, &annotation);
            }
        }
        self.at(event.at.as_nanos(), &track_event, interned);
    }

    /// The number of a name, and what must be told if it is new.
    fn name(&mut self, name: &str) -> (u64, Option<Message>) {
        if let Some(iid) = self.names.get(name) {
            return (*iid, None);
        }
        let iid = self.names.len() as u64 + 1;
        self.names.insert(name.to_owned(), iid);
        let mut entry = Message::default();
        entry.number(field::NAME_IID, iid).text(field::NAME_TEXT, name);
        let mut interned = Message::default();
        interned.message(field::INTERNED_EVENT_NAMES, &entry);
        (iid, Some(interned))
    }

    /// How much there is of a primitive; its track comes with the first count.
    fn count(&mut self, primitive: PrimitiveId, now: u32, at: u64) {
        let index = primitive.index();
        if self.seen.len() <= index && index < self.trace.len() {
            self.seen.resize(index + 1, false);
        }
        let Some(seen) = self.seen.get_mut(index) else { return };
        if !std::mem::replace(seen, true) {
            let mut track = Message::default();
            track.number(field::TRACK_UUID, primitive_uuid(primitive));
            track.text(field::TRACK_NAME, &self.trace.primitive_name(primitive).replace('`', ""));
            track.number(field::TRACK_PARENT, Group::Primitives.uuid());
            track.number(field::TRACK_RANK, index as u64);
            track.message(field::TRACK_COUNTER, &Message::default());
            self.track(&track);
        }
        let mut event = Message::default();
        event.number(field::EVENT_TYPE, Kind::Counter as u64);
        event.number(field::EVENT_TRACK, primitive_uuid(primitive));
        event.number(field::EVENT_COUNT, u64::from(now));
        self.at(at, &event, None);
    }

    /// An event of a track at a time.
    fn at(&mut self, at: u64, event: &Message, interned: Option<Message>) {
        let mut packet = Message::default();
        packet.number(field::TIMESTAMP, at).message(field::TRACK_EVENT, event);
        if let Some(interned) = interned {
            packet.message(field::INTERNED_DATA, &interned);
        }
        self.packet(packet);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::wire::decode::{Value, fields};
    use super::*;
    use crate::analysis::fixture::{blocked, numbers, relay};

    fn find<'b>(message: &[(u64, Value<'b>)], field: u32) -> Option<Value<'b>> {
        let mut found = message.iter().filter(|(number, _)| *number == u64::from(field));
        found.next().map(|(_, value)| value.clone())
    }

    /// What a viewer would make of a trace: lines in the order of packets.
    fn read(bytes: &[u8]) -> Vec<String> {
        let (mut tracks, mut names) = (BTreeMap::new(), BTreeMap::new());
        let mut depth: BTreeMap<u64, i32> = BTreeMap::new();
        let mut lines = Vec::new();
        let mut now = 0;
        for (number, packet) in fields(bytes).unwrap() {
            assert_eq!(number, u64::from(field::TRACE_PACKET));
            let Value::Bytes(packet) = packet else { panic!("a packet is a message") };
            let packet = fields(packet).unwrap();
            assert_eq!(find(&packet, field::SEQUENCE_ID), Some(Value::Number(SEQUENCE)));
            let number = |message: &[(u64, Value<'_>)], field| match find(message, field) {
                Some(Value::Number(number)) => number,
                _ => 0,
            };
            let text = |message: &[(u64, Value<'_>)], field| match find(message, field) {
                Some(Value::Bytes(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
                _ => String::new(),
            };
            if let Some(Value::Bytes(track)) = find(&packet, field::TRACK_DESCRIPTOR) {
                let track = fields(track).unwrap();
                let parent = number(&track, field::TRACK_PARENT);
                assert!(parent == 0 || tracks.contains_key(&parent), "the parent comes first");
                tracks.insert(number(&track, field::TRACK_UUID), text(&track, field::TRACK_NAME));
            }
            if let Some(Value::Bytes(interned)) = find(&packet, field::INTERNED_DATA) {
                for (_, entry) in fields(interned).unwrap() {
                    let Value::Bytes(entry) = entry else { panic!("a name is a message") };
                    let entry = fields(entry).unwrap();
                    names.insert(number(&entry, field::NAME_IID), text(&entry, field::NAME_TEXT));
                }
            }
            let Some(Value::Bytes(event)) = find(&packet, field::TRACK_EVENT) else { continue };
            let event = fields(event).unwrap();
            let at = number(&packet, field::TIMESTAMP);
            assert!(at >= now, "time goes forward");
            now = at;
            let track = number(&event, field::EVENT_TRACK);
            let depth = depth.entry(track).or_default();
            let kind = number(&event, field::EVENT_TYPE);
            match kind {
                1 => *depth += 1,
                2 => *depth -= 1,
                _ => {}
            }
            assert!((0..=1).contains(depth), "slices of a track follow each other");
            let kind = ["", "begin", "end", "point", "count"][usize::try_from(kind).unwrap()];
            let all = |field: u32| {
                let of = event.iter().filter(move |(number, _)| *number == u64::from(field));
                of.filter_map(|(_, v)| if let Value::Number(n) = v { Some(*n) } else { None })
            };
            let mut line = format!("{at:>10} {kind:<5} {}", tracks[&track]);
            if let Some(name) = names.get(&number(&event, field::EVENT_NAME_IID)) {
                line += &format!(": {name}");
            }
            if kind == "count" {
                line += &format!(" = {}", number(&event, field::EVENT_COUNT));
            }
            for flow in all(field::EVENT_FLOWS) {
                line += &format!(" >{flow}");
            }
            for flow in all(field::EVENT_LAST_FLOWS) {
                line += &format!(" <{flow}");
            }
            lines.push(line);
        }
        assert!(depth.values().all(|depth| *depth == 0), "every slice ends");
        lines
    }

    #[test]
    fn a_viewer_sees_slices_points_and_arrows() {
        insta::assert_snapshot!(read(&perfetto(&numbers())).join("\n"));
    }

    #[test]
    fn every_arrow_has_two_ends_in_order() {
        for trace in [numbers(), blocked(), relay()] {
            let mut begun = std::collections::BTreeSet::new();
            let mut n_ended = 0;
            for line in read(&perfetto(&trace)) {
                for word in line.split(' ') {
                    if let Some(flow) = word.strip_prefix('>') {
                        assert!(begun.insert(flow.to_owned()), "{line}");
                    } else if let Some(flow) = word.strip_prefix('<') {
                        assert!(begun.contains(flow), "{line}");
                        n_ended += 1;
                    }
                }
            }
            assert_eq!(n_ended, begun.len());
            assert!(n_ended > 3);
        }
    }
}
