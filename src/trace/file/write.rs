//! Writing a trace, while a run goes on or afterwards.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use super::Form;
use super::arrow::ArrowSink;
use super::jsonl::JsonLinesSink;
use crate::trace::{Header, Sink, Trace};

/// Tells afterwards whether a sink, which by then belongs to an engine, could write everything.
#[derive(Clone, Debug, Default)]
pub struct Status(Rc<RefCell<Option<io::Error>>>);

impl Status {
    /// Whether something went wrong. A sink gives up at its first error.
    pub fn has_failed(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// What went wrong first. It is given once.
    pub fn take_error(&self) -> Option<io::Error> {
        self.0.borrow_mut().take()
    }
}

/// A writer that gives up at its first error, and keeps it.
#[derive(Debug)]
pub(super) struct Output<W> {
    /// `None` once it failed.
    writer: Option<W>,
    status: Status,
}

impl<W: Write> Output<W> {
    pub(super) fn new(writer: W) -> Self {
        Self { writer: Some(writer), status: Status::default() }
    }

    pub(super) fn status(&self) -> Status {
        self.status.clone()
    }

    /// Whether nothing failed yet.
    pub(super) fn is_open(&self) -> bool {
        self.writer.is_some()
    }

    /// Does something with the writer, unless something failed before.
    pub(super) fn attempt(&mut self, write: impl FnOnce(&mut W) -> io::Result<()>) {
        let Some(writer) = &mut self.writer else { return };
        if let Err(error) = write(writer) {
            *self.status.0.borrow_mut() = Some(error);
            self.writer = None;
        }
    }
}

/// A sink that writes a recording to `writer` while it is made, and the status to ask afterwards.
pub fn sink<W: Write + 'static>(form: Form, writer: W, header: &Header) -> (Box<dyn Sink>, Status) {
    match form {
        Form::Arrow => {
            let sink = ArrowSink::new(writer, header);
            let status = sink.status();
            (Box::new(sink), status)
        }
        Form::JsonLines => {
            let sink = JsonLinesSink::new(writer, header);
            let status = sink.status();
            (Box::new(sink), status)
        }
    }
}

/// Writes a finished trace. One that was cut short stays so.
pub fn write<W: Write>(trace: &Trace, form: Form, writer: W) -> io::Result<()> {
    match form {
        Form::Arrow => {
            let sink = ArrowSink::new(writer, trace.header());
            let status = sink.status();
            pour(trace, sink, &status)
        }
        Form::JsonLines => {
            let sink = JsonLinesSink::new(writer, trace.header());
            let status = sink.status();
            pour(trace, sink, &status)
        }
    }
}

fn pour(trace: &Trace, mut sink: impl Sink, status: &Status) -> io::Result<()> {
    for batch in trace.batches() {
        sink.batch(batch);
        if status.has_failed() {
            break;
        }
    }
    if let Some(outcome) = trace.outcome() {
        sink.finish(outcome);
    }
    status.take_error().map_or(Ok(()), Err)
}
