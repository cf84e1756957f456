//! Reading JSON Lines back.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use rustc_hash::FxHashMap;
use serde::de::{Error, IgnoredAny, Visitor};
use serde::{Deserialize, Deserializer};

use crate::index::{CallId, EventId, FutureId, JobId, LaneId, PrimitiveId, SiteId, TextId};
use crate::time::{Duration, Instant};
use crate::trace::event::{Change, ChoiceKind, End, Resume, Wait, What};
use crate::trace::file::assembly::Assembly;
use crate::trace::file::read::ReadTrace;
use crate::trace::file::{Form, ReadTraceError, header};
use crate::trace::{EventKind, Lane, LaneKind, Outcome, Record};

/// Reads a trace up to its end or to the cut.
pub(in super::super) fn read(mut source: impl BufRead) -> Result<ReadTrace, ReadTraceError> {
    let mut line = Vec::new();
    let whole = next_line(&mut source, &mut line)?;
    if !whole && serde_json::from_slice::<IgnoredAny>(&line).is_err_and(|error| error.is_eof()) {
        return Err(ReadTraceError::HeaderCut);
    }
    let header = header::from_json(&line)?;
    let mut reader = Reader { assembly: Assembly::new(header), lanes: FxHashMap::default() };
    let mut number = 1;
    loop {
        let whole = next_line(&mut source, &mut line)?;
        number += 1;
        if line.is_empty() {
            if whole {
                continue;
            }
            break;
        }
        match reader.line(&line) {
            // What does not end with its line was not written to the end.
            Err(_) if !whole => break,
            Err(what) => {
                return Err(ReadTraceError::damaged(format_args!("line {number}"), what));
            }
            Ok(()) => {}
        }
    }
    Ok(reader.assembly.finish(Form::JsonLines))
}

/// Reads a line, without what ends it. Returns whether it has an end.
fn next_line(source: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    source.read_until(b'\n', line)?;
    let whole = line.pop_if(|last| *last == b'\n').is_some();
    line.pop_if(|last| *last == b'\r');
    Ok(whole)
}

/// A line after the first: what any of them may hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    id: Option<u32>,
    at: Option<u64>,
    #[serde(borrow)]
    lane: Option<LaneRef<'a>>,
    cause: Option<u32>,
    site: Option<u32>,
    /// For people; the site says it.
    #[serde(rename = "line")]
    _for_people: Option<u32>,

    ready: Option<u32>,
    to: Option<u64>,
    #[serde(borrow)]
    task: Option<LaneRef<'a>>,
    how: Option<Resume>,
    #[serde(borrow)]
    wait: Option<WaitWords<'a>>,
    end: Option<End>,
    deadline: Option<u64>,
    timer: Option<u32>,
    call: Option<u32>,
    name_id: Option<u32>,
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    future: Option<u32>,
    accepted: Option<bool>,
    write: Option<bool>,
    #[serde(borrow)]
    thread: Option<LaneRef<'a>>,
    until: Option<u64>,
    #[serde(borrow)]
    pool: Option<LaneRef<'a>>,
    job: Option<u32>,
    #[serde(borrow)]
    worker: Option<LaneRef<'a>>,
    duration: Option<u64>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    text_id: Option<u32>,
    choice: Option<ChoiceKind>,
    taken: Option<u16>,
    of: Option<u32>,
    code: Option<u32>,
    primitive: Option<u32>,
    change: Option<Change>,
    now: Option<u32>,

    lane_id: Option<u32>,
    lane_kind: Option<LaneKind>,
    number: Option<u32>,
    #[serde(borrow)]
    runs: Option<Cow<'a, str>>,
    outcome: Option<Outcome>,
}

/// A lane by its label, or by its number.
enum LaneRef<'a> {
    Label(Cow<'a, str>),
    Number(u32),
}

impl<'de: 'a, 'a> Deserialize<'de> for LaneRef<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LaneVisitor)
    }
}

struct LaneVisitor;

impl<'de> Visitor<'de> for LaneVisitor {
    type Value = LaneRef<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the label or the number of a lane")
    }

    fn visit_borrowed_str<E: Error>(self, label: &'de str) -> Result<Self::Value, E> {
        Ok(LaneRef::Label(Cow::Borrowed(label)))
    }

    fn visit_str<E: Error>(self, label: &str) -> Result<Self::Value, E> {
        Ok(LaneRef::Label(Cow::Owned(label.to_owned())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        let number = u32::try_from(number).map_err(|_| E::custom("there is no such lane"))?;
        Ok(LaneRef::Number(number))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum WaitWords<'a> {
    Turn,
    Waker,
    Sleep(u32),
    Io(u32),
    Future(u32),
    Gather(u32),
    Primitive(u32),
    Job(u32),
    #[serde(borrow)]
    Task(LaneRef<'a>),
}

struct Reader {
    assembly: Assembly,
    /// The lane that a label stands for by now. Never iterated.
    lanes: FxHashMap<Box<str>, LaneId>,
}

impl Reader {
    fn line(&mut self, json: &[u8]) -> Result<(), String> {
        let entry: Entry<'_> = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if self.assembly.is_complete() {
            return Err("something follows the outcome".to_owned());
        }
        match &*entry.kind {
            "lane" => self.lane(entry),
            "text" => {
                let id = need(entry.text_id, "text_id")?;
                self.assembly.text(TextId(id), &need(entry.text, "text")?)
            }
            "outcome" => {
                self.assembly.outcome(need(entry.outcome, "outcome")?);
                Ok(())
            }
            kind => {
                let kind =
                    EventKind::named(kind).ok_or_else(|| format!("there is no event `{kind}`"))?;
                self.event(kind, &entry)
            }
        }
    }

    fn lane(&mut self, entry: Entry<'_>) -> Result<(), String> {
        let id = LaneId(need(entry.lane_id, "lane_id")?);
        let Some(LaneRef::Label(label)) = entry.lane else {
            return Err("a lane has no label".to_owned());
        };
        let lane = Lane {
            kind: need(entry.lane_kind, "lane_kind")?,
            name: entry.name.map(Into::into),
            number: entry.number.unwrap_or(0),
            runs: entry.runs.unwrap_or_default().into(),
        };
        self.assembly.lane(id, lane)?;
        self.lanes.insert(label.into(), id);
        Ok(())
    }

    fn event(&mut self, kind: EventKind, entry: &Entry<'_>) -> Result<(), String> {
        if entry.id.map(|id| id as usize) != Some(self.assembly.len()) {
            return Err(format!("event {} is not where it must be", self.assembly.len()));
        }
        let what = self.what(kind, entry)?;
        let lane = self.lane_of(entry.lane.as_ref(), "lane")?;
        let site = SiteId(entry.site.unwrap_or(0));
        if site.0 >> 24 != 0 {
            return Err(format!("there is no site {}", site.0));
        }
        let cause = entry.cause.map_or(EventId::NONE, EventId);
        let at = Instant::from_nanos(need(entry.at, "at")?);
        self.assembly.event(at, Record::new(lane, site, cause, what))?;
        match (&entry.text, what.text()) {
            (Some(text), Some(id)) => self.assembly.text(id, text),
            _ => Ok(()),
        }
    }

    fn what(&mut self, kind: EventKind, entry: &Entry<'_>) -> Result<What, String> {
        use EventKind as K;
        let end = || need(entry.end, "end");
        let call = || {
            Ok::<_, String>((
                CallId(need(entry.call, "call")?),
                TextId(need(entry.name_id, "name_id")?),
            ))
        };
        let job = || need(entry.job, "job").map(JobId);
        let duration = || need(entry.duration, "duration").map(Duration::from_nanos);
        Ok(match kind {
            K::IterationBegin => What::IterationBegin { ready: need(entry.ready, "ready")? },
            K::ClockAdvanced => What::ClockAdvanced { to: instant(entry.to, "to")? },
            K::TaskCreated => {
                What::TaskCreated { task: self.lane_of(entry.task.as_ref(), "task")? }
            }
            K::StepBegin => What::StepBegin { how: need(entry.how, "how")? },
            K::StepEnd => What::StepEnd { wait: self.wait(entry.wait.as_ref())? },
            K::TaskFinished => What::TaskFinished { end: end()? },
            K::TimerSet => What::TimerSet { deadline: instant(entry.deadline, "deadline")? },
            K::TimerFired => What::TimerFired,
            K::TimerCancelled => {
                What::TimerCancelled { timer: EventId(need(entry.timer, "timer")?) }
            }
            K::CallScheduled => call().map(|(call, name)| What::CallScheduled { call, name })?,
            K::CallBegin => call().map(|(call, name)| What::CallBegin { call, name })?,
            K::CallEnd => What::CallEnd { end: end()? },
            K::FutureResolved => What::FutureResolved {
                future: FutureId(need(entry.future, "future")?),
                end: end()?,
            },
            K::CancelRequested => What::CancelRequested {
                task: self.lane_of(entry.task.as_ref(), "task")?,
                accepted: need(entry.accepted, "accepted")?,
            },
            K::IoStarted => What::IoStarted { until: instant(entry.until, "until")? },
            K::IoReady => What::IoReady,
            K::JobSubmitted => {
                What::JobSubmitted { pool: self.lane_of(entry.pool.as_ref(), "pool")?, job: job()? }
            }
            K::WorkerStarted => {
                What::WorkerStarted { worker: self.lane_of(entry.worker.as_ref(), "worker")? }
            }
            K::JobStarted => What::JobStarted { job: job()? },
            K::JobFinished => What::JobFinished { job: job()?, end: end()? },
            K::JobDelivered => What::JobDelivered { job: job()? },
            K::JobCancelled => What::JobCancelled { job: job()? },
            K::BlockBegin => What::BlockBegin { duration: duration()? },
            K::BlockEnd => What::BlockEnd,
            K::ComputeBegin => What::ComputeBegin { duration: duration()? },
            K::ComputeEnd => What::ComputeEnd,
            K::Output => What::Output { text: self.text_of(entry) },
            K::Raised => What::Raised { text: self.text_of(entry) },
            K::Finding => What::Finding { text: self.text_of(entry) },
            K::Choice => What::Choice {
                kind: need(entry.choice, "choice")?,
                taken: need(entry.taken, "taken")?,
                of: need(entry.of, "of")?,
            },
            K::HandleDropped => What::HandleDropped,
            K::Woken => What::Woken,
            K::RunEnd => What::RunEnd { outcome: need(entry.code, "code")? },
            K::PrimitiveMade | K::PrimitiveChanged | K::PrimitiveWoke => {
                self.at_primitive(kind, entry)?
            }
            other => self.of_threads(other, entry)?,
        })
    }

    /// Events of threads.
    fn of_threads(&mut self, kind: EventKind, entry: &Entry<'_>) -> Result<What, String> {
        use EventKind as K;
        let name = || need(entry.name_id, "name_id").map(TextId);
        Ok(match kind {
            K::ThreadStarted => {
                What::ThreadStarted { thread: self.lane_of(entry.thread.as_ref(), "thread")? }
            }
            K::ThreadBegin => What::ThreadBegin,
            K::ThreadFinished => What::ThreadFinished { end: need(entry.end, "end")? },
            K::ThreadWaits => What::ThreadWaits { on: name()? },
            K::ThreadWoke => What::ThreadWoke,
            K::HandedOver => What::HandedOver,
            K::LockTaken => What::LockTaken { lock: name()? },
            K::LockReleased => What::LockReleased { lock: name()? },
            K::Accessed => What::Accessed { variable: name()?, write: need(entry.write, "write")? },
            other => return Err(format!("`{other}` cannot stand here")),
        })
    }

    fn at_primitive(&self, kind: EventKind, entry: &Entry<'_>) -> Result<What, String> {
        let primitive = PrimitiveId(need(entry.primitive, "primitive")?);
        Ok(match kind {
            EventKind::PrimitiveMade => {
                What::PrimitiveMade { primitive, name: TextId(need(entry.name_id, "name_id")?) }
            }
            EventKind::PrimitiveWoke => {
                let task = self.lane_of(entry.task.as_ref(), "task")?;
                What::PrimitiveWoke { primitive, task }
            }
            _ => {
                let (change, now) = (need(entry.change, "change")?, need(entry.now, "now")?);
                What::PrimitiveChanged { primitive, change, now }
            }
        })
    }

    fn wait(&self, wait: Option<&WaitWords<'_>>) -> Result<Wait, String> {
        Ok(match need(wait, "wait")? {
            WaitWords::Turn => Wait::Turn,
            WaitWords::Waker => Wait::Waker,
            WaitWords::Sleep(timer) => Wait::Sleep(EventId(*timer)),
            WaitWords::Io(started) => Wait::Io(EventId(*started)),
            WaitWords::Future(future) => Wait::Future(FutureId(*future)),
            WaitWords::Gather(future) => Wait::Gather(FutureId(*future)),
            WaitWords::Primitive(primitive) => Wait::Primitive(PrimitiveId(*primitive)),
            WaitWords::Job(job) => Wait::Job(JobId(*job)),
            WaitWords::Task(task) => Wait::Task(self.lane_of(Some(task), "task")?),
        })
    }

    fn lane_of(&self, lane: Option<&LaneRef<'_>>, key: &str) -> Result<LaneId, String> {
        match need(lane, key)? {
            LaneRef::Number(number) => Ok(LaneId(*number)),
            LaneRef::Label(label) => {
                let unknown = || format!("there is no lane `{label}`");
                self.lanes.get(&**label).copied().ok_or_else(unknown)
            }
        }
    }

    fn text_of(&mut self, entry: &Entry<'_>) -> TextId {
        entry.text_id.map_or_else(|| self.assembly.next_text(), TextId)
    }
}

fn need<T>(value: Option<T>, key: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("`{key}` is missing"))
}

fn instant(nanos: Option<u64>, key: &str) -> Result<Instant, String> {
    need(nanos, key).map(Instant::from_nanos)
}
