//! The sink that writes JSON Lines.

use std::fmt;
use std::io::Write;

use super::labels::Labels;
use super::object::Lines;
use crate::index::{EventId, LaneId, TextId};
use crate::time::Instant;
use crate::trace::event::{End, Wait, What};
use crate::trace::file::Status;
use crate::trace::file::header;
use crate::trace::file::names::Names;
use crate::trace::file::write::Output;
use crate::trace::{Batch, Header, Lane, Outcome, Record, Sink};

/// So much is collected before it is handed to the writer.
const PIECE_BYTES: usize = 1 << 16;

/// Writes a recording as JSON Lines while it is made.
///
/// A site that the header does not list is written as no place.
pub struct JsonLinesSink<W> {
    output: Output<W>,
    lines: Lines,
    /// The line of each site.
    site_lines: Vec<u32>,
    labels: Labels,
    names: Names,
    now: Instant,
}

impl<W> fmt::Debug for JsonLinesSink<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLinesSink").field("now", &self.now).finish_non_exhaustive()
    }
}

impl<W: Write> JsonLinesSink<W> {
    /// Writes the header at once, so that the file can be read from the beginning.
    pub fn new(writer: W, header: &Header) -> Self {
        let mut sink = Self {
            output: Output::new(writer),
            lines: Lines::default(),
            site_lines: header.sites.iter().map(|site| site.line).collect(),
            labels: Labels::default(),
            names: Names::default(),
            now: Instant::ZERO,
        };
        match header::to_json(header) {
            Ok(json) => sink.lines.raw_line(&json),
            Err(error) => sink.output.attempt(|_| Err(error.into())),
        }
        sink.hand_over();
        sink.output.attempt(Write::flush);
        sink
    }

    /// What to ask for errors when the sink has been given away.
    pub fn status(&self) -> Status {
        self.output.status()
    }

    fn hand_over(&mut self) {
        let Self { output, lines, .. } = self;
        output.attempt(|writer| writer.write_all(lines.bytes()));
        lines.clear();
    }

    fn lane(&mut self, id: LaneId, lane: &Lane) {
        let lines = &mut self.lines;
        lines.open();
        lines.word("kind", "lane");
        lines.number("lane_id", id.0);
        let label = self.labels.add(id, lane);
        lines.text("lane", label);
        lines.word("lane_kind", lane.kind.name());
        if let Some(name) = &lane.name {
            lines.text("name", name);
        }
        if lane.number != 0 {
            lines.number("number", lane.number);
        }
        if !lane.runs.is_empty() {
            lines.text("runs", &lane.runs);
        }
        lines.end();
    }

    fn untold_text(&mut self, id: TextId, text: &str) {
        self.lines.open();
        self.lines.word("kind", "text");
        self.lines.number("text_id", id.0);
        self.lines.text("text", text);
        self.lines.end();
    }

    fn event(&mut self, id: EventId, record: Record, batch: &Batch<'_>) {
        let what = record.what();
        if let What::ClockAdvanced { to } = what {
            self.now = to;
        }
        self.lines.open();
        self.lines.number("id", id.0);
        self.lines.number("at", self.now.as_nanos());
        self.lane_ref("lane", record.lane());
        self.lines.word("kind", record.kind().name());
        self.particulars(what, batch);
        if let Some(cause) = record.cause() {
            self.lines.number("cause", cause.0);
        }
        let line =
            record.site().index().checked_sub(1).and_then(|index| self.site_lines.get(index));
        if let Some(line) = line {
            self.lines.number("site", record.site().0);
            self.lines.number("line", *line);
        }
        self.lines.end();
        if let What::TaskFinished { .. } = what {
            self.labels.end(record.lane());
        }
    }

    fn particulars(&mut self, what: What, batch: &Batch<'_>) {
        let lines = &mut self.lines;
        match what {
            What::IterationBegin { ready } => lines.number("ready", ready),
            What::ClockAdvanced { to } => lines.number("to", to.as_nanos()),
            What::TaskCreated { task } => self.lane_ref("task", task),
            What::StepBegin { how } => lines.word("how", how.name()),
            What::StepEnd { wait } => self.wait(wait),
            What::TaskFinished { end } | What::CallEnd { end } => lines.word("end", end.name()),
            What::TimerSet { deadline } => lines.number("deadline", deadline.as_nanos()),
            What::TimerCancelled { timer } => lines.number("timer", timer.0),
            What::CallScheduled { call, name } | What::CallBegin { call, name } => {
                lines.number("call", call.0);
                self.name(name, batch);
            }
            What::FutureResolved { future, end } => self.ended("future", future.0, end),
            What::CancelRequested { task, accepted } => {
                self.lane_ref("task", task);
                self.lines.flag("accepted", accepted);
            }
            What::IoStarted { until } => lines.number("until", until.as_nanos()),
            What::JobSubmitted { pool, job } => {
                self.lane_ref("pool", pool);
                self.lines.number("job", job.0);
            }
            What::WorkerStarted { worker } => self.lane_ref("worker", worker),
            What::JobStarted { job } | What::JobDelivered { job } | What::JobCancelled { job } => {
                lines.number("job", job.0);
            }
            What::JobFinished { job, end } => self.ended("job", job.0, end),
            What::BlockBegin { duration } | What::ComputeBegin { duration } => {
                lines.number("duration", duration.as_nanos());
            }
            What::Output { text } | What::Raised { text } | What::Finding { text } => {
                self.told_text(text, batch);
            }
            What::Choice { kind, taken, of } => {
                lines.word("choice", kind.name());
                lines.number("taken", taken);
                lines.number("of", of);
            }
            What::RunEnd { outcome } => lines.number("code", outcome),
            What::PrimitiveMade { primitive, .. }
            | What::PrimitiveChanged { primitive, .. }
            | What::PrimitiveWoke { primitive, .. } => {
                lines.number("primitive", primitive.0);
                self.at_primitive(what, batch);
            }
            What::ThreadStarted { thread } => self.lane_ref("thread", thread),
            What::ThreadFinished { end } => lines.word("end", end.name()),
            What::ThreadWaits { on: name }
            | What::LockTaken { lock: name }
            | What::LockReleased { lock: name } => self.name(name, batch),
            What::Accessed { variable, write } => {
                self.name(variable, batch);
                self.lines.flag("write", write);
            }
            What::TimerFired
            | What::IoReady
            | What::BlockEnd
            | What::ComputeEnd
            | What::HandleDropped
            | What::ThreadBegin
            | What::ThreadWoke
            | What::HandedOver
            | What::Woken => {}
        }
    }

    fn ended(&mut self, key: &str, number: u32, end: End) {
        self.lines.number(key, number);
        self.lines.word("end", end.name());
    }

    fn name(&mut self, name: TextId, batch: &Batch<'_>) {
        self.lines.number("name_id", name.0);
        if let Some(name) = self.names.text(batch, name) {
            self.lines.text("name", name);
        }
    }

    fn at_primitive(&mut self, what: What, batch: &Batch<'_>) {
        let lines = &mut self.lines;
        match what {
            What::PrimitiveMade { name, .. } => {
                self.name(name, batch);
            }
            What::PrimitiveChanged { change, now, .. } => {
                lines.word("change", change.name());
                lines.number("now", now);
            }
            What::PrimitiveWoke { task, .. } => self.lane_ref("task", task),
            _ => {}
        }
    }

    fn wait(&mut self, wait: Wait) {
        let (word, number) = match wait {
            Wait::Turn => return self.lines.word("wait", "turn"),
            Wait::Waker => return self.lines.word("wait", "waker"),
            Wait::Sleep(timer) => ("sleep", timer.0),
            Wait::Io(started) => ("io", started.0),
            Wait::Future(future) => ("future", future.0),
            Wait::Gather(future) => ("gather", future.0),
            Wait::Primitive(primitive) => ("primitive", primitive.0),
            Wait::Job(job) => ("job", job.0),
            Wait::Task(task) => {
                self.lines.key("wait");
                self.lines.open();
                self.lane_ref("task", task);
                return self.lines.close();
            }
        };
        self.lines.key("wait");
        self.lines.open();
        self.lines.number(word, number);
        self.lines.close();
    }

    /// A text at its event. Its number is left out if it is the first that was not told before.
    fn told_text(&mut self, id: TextId, batch: &Batch<'_>) {
        if let Some(text) = self.names.text(batch, id) {
            self.lines.text("text", text);
        }
        if !self.names.tell(id) {
            self.lines.number("text_id", id.0);
        }
    }

    fn lane_ref(&mut self, key: &str, id: LaneId) {
        match self.labels.get(id) {
            Some(label) => self.lines.text(key, label),
            None => self.lines.number(key, id.0),
        }
    }
}

impl<W: Write> Sink for JsonLinesSink<W> {
    fn batch(&mut self, batch: Batch<'_>) {
        if !self.output.is_open() {
            return;
        }
        let untold = self.names.begin(&batch);
        for (id, lane) in (batch.first_lane.0..).map(LaneId).zip(batch.lanes) {
            self.lane(id, lane);
        }
        for (id, text) in untold {
            self.untold_text(id, text);
        }
        for (id, record) in (batch.first.0..).map(EventId).zip(batch.records) {
            self.event(id, *record, &batch);
            if self.lines.bytes().len() > PIECE_BYTES {
                self.hand_over();
            }
        }
        self.hand_over();
        self.output.attempt(Write::flush);
    }

    fn finish(&mut self, outcome: &Outcome) {
        match serde_json::to_string(outcome) {
            Ok(json) => {
                self.lines.open();
                self.lines.word("kind", "outcome");
                self.lines.raw("outcome", &json);
                self.lines.end();
                self.hand_over();
                self.output.attempt(Write::flush);
            }
            Err(error) => self.output.attempt(|_| Err(error.into())),
        }
    }
}
