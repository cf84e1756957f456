//! Playback: virtual time passes by the clock on the wall, faster or slower.

use super::{App, Filter};
use crate::index::{EventId, LaneId};
use crate::trace::Record;
use crate::tui::model::{Axis, Model};

/// A whole run takes about so long at 1x.
const USUAL_MILLIS: u64 = 20_000;
/// Events a second at 1x where the axis counts events.
const EVENTS_PER_SECOND: u64 = 4;
/// While nothing happens, no more than so much time goes by.
const MAX_IDLE_MILLIS: u64 = 500;
const MAX_SPEED: i32 = 10;

/// Whether and how fast the run is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Play {
    pub(crate) is_on: bool,
    /// log₂ of the speed.
    speed: i32,
    /// What is left of a step that was too small to take, in thousandths of events or nanoseconds.
    rest: u64,
}

impl Play {
    /// `1x`, `4x`, `1/2x`.
    pub(crate) fn speed(self) -> String {
        let factor = 1_u64 << self.speed.unsigned_abs();
        if self.speed < 0 { format!("1/{factor}x") } else { format!("{factor}x") }
    }

    fn scaled(self, n: u64) -> u64 {
        match self.speed {
            0.. => n.saturating_mul(1 << self.speed),
            _ => n >> self.speed.unsigned_abs(),
        }
    }
}

/// What stops the playback: the events that a filter shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Breakpoint {
    filter: Filter,
    /// For each lane whether its events can be among them.
    lanes: Vec<bool>,
}

impl Breakpoint {
    /// Reads a filter, or tells what is wrong with it. An empty one stops nothing.
    pub(super) fn new(model: &Model, text: &str) -> Result<Self, String> {
        let mut made = Self { filter: Filter::parse(text)?, lanes: Vec::new() };
        made.find_lanes(model);
        Ok(made)
    }

    /// Looks the lanes up in another trace.
    pub(super) fn find_lanes(&mut self, model: &Model) {
        let n_lanes = if self.filter.is_empty() { 0 } else { model.trace().lanes().len() };
        let lanes = (0..n_lanes).map(LaneId::from_index);
        self.lanes = lanes.map(|lane| self.filter.shows_lane(model, lane)).collect();
    }

    pub(super) fn text(&self) -> &str {
        &self.filter.text
    }

    fn stops_at(&self, record: Record) -> bool {
        self.lanes.get(record.lane().index()) == Some(&true)
            && self.filter.shows_kind(record.kind())
    }

    /// The first event behind one, and not behind another, that stops the playback.
    fn first(&self, model: &Model, after: EventId, until: EventId) -> Option<EventId> {
        if self.filter.is_empty() {
            return None;
        }
        let mut events = (after.index() + 1..=until.index()).map(EventId::from_index);
        events.find(|event| model.trace().record(*event).is_some_and(|it| self.stops_at(it)))
    }
}

impl App {
    /// Sets what stops the playback.
    pub(super) fn stop_playing_at(&mut self, text: &str) {
        match Breakpoint::new(&self.model, text) {
            Ok(breakpoint) if breakpoint.filter.is_empty() => {
                self.breakpoint = breakpoint;
                self.tell("play stops at marks only; `:break kind:cancel` stops it at events");
            }
            Ok(breakpoint) => {
                self.breakpoint = breakpoint;
                let last = self.model.last_event().unwrap_or(EventId(0));
                let next = self.breakpoint.first(&self.model, self.event, last);
                let next =
                    next.map_or("none is left".to_owned(), |next| format!("next: #{}", next.0));
                let text = self.breakpoint.text();
                self.tell(format!("play stops at {text}; {next}; `:break` takes it away"));
            }
            Err(why) => self.tell(why),
        }
    }

    pub(super) fn play_or_pause(&mut self) {
        let is_at_end = self.position() >= self.model.end(self.axis);
        if !self.play.is_on && is_at_end {
            self.go_to_position(0);
            self.follow();
        }
        self.play = Play { is_on: !self.play.is_on, rest: 0, ..self.play };
    }

    pub(super) fn change_speed(&mut self, by: i32) {
        self.play.speed = (self.play.speed + by).clamp(-MAX_SPEED, MAX_SPEED);
        let each = self.per_second();
        let shown = match self.axis {
            Axis::Time => format!("{} a second", crate::time::Duration::from_nanos(each)),
            Axis::Step => format!("{}.{:03} events a second", each / 1000, each % 1000),
        };
        self.tell(format!("{}: {shown}", self.play.speed()));
    }

    /// What passes in a second: nanoseconds, or thousandths of events.
    fn per_second(&self) -> u64 {
        let usual = match self.axis {
            Axis::Time => round(self.model.end(Axis::Time) / (USUAL_MILLIS / 1000)),
            Axis::Step => EVENTS_PER_SECOND * 1000,
        };
        self.play.scaled(usual).max(1)
    }

    /// Lets so many milliseconds pass.
    pub(super) fn play(&mut self, millis: u64) {
        if !self.play.is_on {
            return;
        }
        let end = self.model.end(self.axis);
        let rate = match self.axis {
            Axis::Step => self.per_second(),
            Axis::Time => {
                // A long wait is shortened, by the length of all of it.
                let next = self.event.index() + 1;
                let next = self.model.trace().time_of(EventId::from_index(next));
                let since = self.model.trace().time_of(self.event);
                let gap = next.since(since).as_nanos();
                self.per_second().max(gap / MAX_IDLE_MILLIS * 1000)
            }
        };
        let unit = if self.axis == Axis::Step { 1_000_000 } else { 1000 };
        let passed = rate.saturating_mul(millis).saturating_add(self.play.rest);
        self.play.rest = passed % unit;
        let position = self.position().saturating_add(passed / unit);
        let marks = self.marks.values().map(|(event, at, _)| match self.axis {
            Axis::Time => *at,
            Axis::Step => u64::from(event.0),
        });
        let stop = marks.filter(|mark| *mark > self.position() && *mark <= position).min();
        let from = self.event;
        self.go_to_position(stop.unwrap_or(position));
        let broken = self.breakpoint.first(&self.model, from, self.event);
        if let Some(event) = broken {
            self.go_to(event);
            self.select(self.model.lane_of(event));
            self.tell(format!("stopped at #{}: {}", event.0, self.breakpoint.text()));
        }
        self.follow();
        if broken.is_some() || stop.is_some() || position >= end {
            self.play.is_on = false;
        }
    }
}

/// The nearest of 1, 2, 5, 10 … below.
fn round(n: u64) -> u64 {
    let power = 10_u64.pow(n.max(1).ilog10());
    let lead = n / power;
    power * [5, 2, 1].into_iter().find(|step| *step <= lead).unwrap_or(1)
}
