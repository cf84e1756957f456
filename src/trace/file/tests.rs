//! Both forms bring back what was written, and take any bytes.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::LazyLock;

use arrow_ipc::reader::StreamReader;
use proptest::prelude::*;

use super::*;
use crate::index::{CallId, EventId, FutureId, JobId, LaneId, PrimitiveId, SiteId, TextId};
use crate::time::{Duration, Instant};
use crate::trace::event::{Change, ChoiceKind, End, Resume, VOCABULARY_VERSION, Wait, What};
use crate::trace::outcome::{Frame, Raised};
use crate::trace::{EventKind, Header, Lane, LaneKind, Outcome, Recorder, Site, Trace};

fn header() -> Header {
    let site =
        |line, function: &str| Site { source: 0, line, column: 3, function: function.into() };
    Header {
        program: "numbers \"and\" letters".to_owned(),
        seed: u64::MAX,
        schedule: "v1 3:completion=fetch-2".to_owned(),
        epoch: "2023-10-29T12:00:00".to_owned(),
        sources: vec![("numbers.toml".to_owned(), "name = \"numbers\"\n".to_owned())],
        sites: vec![site(12, "main"), site(15, "letters"), site(12, "main")],
        ..Header::default()
    }
}

fn outcome() -> Outcome {
    let frame = Frame {
        function: "main".into(),
        file: "x.toml".into(),
        line: 3,
        source: "raise".into(),
        marked: vec!["raise".into(), "^".into()],
        repeated: 0,
    };
    Outcome::Raised {
        error: Raised {
            type_name: "ValueError".into(),
            message: "a\n\"b\"".into(),
            frames: vec![frame],
            chain: vec![],
            ..Raised::default()
        },
    }
}

/// Every event there is, on lanes whose names are a trap.
fn record_everything(recorder: &mut Recorder) {
    let loop_lane = recorder.lane(Lane::numbered(LaneKind::Loop, 0));
    let main = recorder.lane(Lane::numbered(LaneKind::Task, 1).running("main"));
    recorder.lane(Lane::named(LaneKind::Task, "Task-1"));
    recorder.lane(Lane::named(LaneKind::Task, "Task-1#2"));
    recorder.lane(Lane::named(LaneKind::Pool, "\u{1f600} \"pool\"\n"));
    recorder.lane(Lane::numbered(LaneKind::Worker, 7));
    recorder.lane(Lane { number: 9, ..Lane::named(LaneKind::Thread, "") });
    recorder.text("nobody mentions this");
    let name = recorder.text("_wakeup");
    for (index, what) in everything(name).into_iter().enumerate() {
        let lane = if index % 3 == 0 { loop_lane } else { main };
        let site = SiteId(u32::try_from(index % 4).unwrap());
        let cause = index.checked_sub(2).map_or(EventId::NONE, EventId::from_index);
        recorder.record(lane, site, cause, what);
    }
    for text in ["one", "", "two \u{0}\t\\"] {
        let text = recorder.text(text);
        recorder.record(main, SiteId(1), EventId(0), What::Output { text });
    }
    let (early, late) = (recorder.text("early"), recorder.text("late"));
    for text in [late, early, late] {
        recorder.record(main, SiteId::NONE, EventId(1), What::Raised { text });
    }
}

fn everything(name: TextId) -> Vec<What> {
    let (task, future, job, end) = (LaneId(3), FutureId(4), JobId(5), End::Raised);
    let waits = [
        Wait::Turn,
        Wait::Sleep(EventId(1)),
        Wait::Task(LaneId(2)),
        Wait::Future(future),
        Wait::Gather(future),
        Wait::Job(job),
        Wait::Io(EventId(2)),
        Wait::Primitive(PrimitiveId(6)),
        Wait::Waker,
    ];
    let mut all = vec![
        What::IterationBegin { ready: 3 },
        What::TaskCreated { task },
        What::TaskFinished { end: End::Returned },
        What::TimerSet { deadline: Instant::from_nanos(1_500_000_000) },
        What::TimerFired,
        What::TimerCancelled { timer: EventId(3) },
        What::CallScheduled { call: CallId(1), name },
        What::CallBegin { call: CallId(1), name },
        What::CallEnd { end: End::Cancelled },
        What::FutureResolved { future, end },
        What::CancelRequested { task, accepted: true },
        What::CancelRequested { task, accepted: false },
        What::IoStarted { until: Instant::MAX },
        What::IoReady,
        What::ClockAdvanced { to: Instant::from_nanos(7) },
        What::JobSubmitted { pool: LaneId(4), job },
        What::WorkerStarted { worker: LaneId(5) },
        What::JobStarted { job },
        What::JobFinished { job, end },
        What::JobDelivered { job },
        What::JobCancelled { job },
        What::BlockBegin { duration: Duration::from_secs(1) },
        What::ClockAdvanced { to: Instant::from_nanos(u64::MAX - 1) },
        What::BlockEnd,
        What::ComputeBegin { duration: Duration::MAX },
        What::ComputeEnd,
        What::HandleDropped,
        What::Woken,
        What::ThreadStarted { thread: LaneId(5) },
        What::ThreadBegin,
        What::ThreadFinished { end },
        What::ThreadWaits { on: name },
        What::ThreadWoke,
        What::HandedOver,
        What::LockTaken { lock: name },
        What::LockReleased { lock: name },
        What::Accessed { variable: name, write: true },
        What::RunEnd { outcome: 3 },
        What::PrimitiveMade { primitive: PrimitiveId(1), name },
        What::PrimitiveWoke { primitive: PrimitiveId(1), task },
    ];
    let (primitive, now) = (PrimitiveId(2), 0x00ff_ffff);
    all.extend(Change::ALL.map(|change| What::PrimitiveChanged { primitive, change, now }));
    all.extend(waits.map(|wait| What::StepEnd { wait }));
    all.extend([Resume::Send, Resume::Cancel, Resume::Throw].map(|how| What::StepBegin { how }));
    all.extend(ChoiceKind::ALL.map(|kind| What::Choice { kind, taken: u16::MAX, of: u32::MAX }));
    all
}

/// A trace of all events, and more of them than a chunk holds.
fn sample(n_more: usize) -> Trace {
    let mut recorder = Recorder::in_memory(header());
    record_everything(&mut recorder);
    record_more(&mut recorder, n_more);
    recorder.finish(outcome())
}

/// Tasks like those of many programs: created, writing a line, finished.
fn record_more(recorder: &mut Recorder, n_events: usize) {
    for round in 0..n_events / 4 {
        let task = recorder.lane(Lane::numbered(LaneKind::Task, u32::try_from(round).unwrap()));
        let created =
            recorder.record(LaneId(1), SiteId(2), EventId::NONE, What::TaskCreated { task });
        let how = Resume::Send;
        let begin = recorder.record(task, SiteId(2), created, What::StepBegin { how });
        let text = recorder.text(&format!("line {round}"));
        recorder.record(task, SiteId(2), begin, What::Output { text });
        recorder.record(task, SiteId(2), begin, What::TaskFinished { end: End::Returned });
    }
}

fn bytes(trace: &Trace, form: Form) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(trace, form, &mut bytes).unwrap();
    bytes
}

#[track_caller]
fn check_same(read: &Trace, written: &Trace) {
    assert_eq!(read.header(), written.header());
    assert_eq!(read.lanes(), written.lanes());
    assert_eq!(read.texts(), written.texts());
    assert_eq!(read.outcome(), written.outcome());
    assert_eq!(read.len(), written.len());
    for (read, written) in read.events().zip(written.events()) {
        assert_eq!(read, written);
    }
}

#[track_caller]
fn check_round_trip(trace: &Trace) {
    for form in Form::ALL {
        let read = read(bytes(trace, form).as_slice()).unwrap();
        assert_eq!((read.form, read.cut), (form, None));
        check_same(&read.trace, trace);
    }
}

/// A writer to look into after it was given away.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn both_forms_bring_back_the_same_trace() {
    check_round_trip(&sample(0));
    check_round_trip(&sample(140_000));
    check_round_trip(&Trace::empty(Header::default(), Outcome::Interrupted));
    check_round_trip(&Recorder::in_memory(header()).finish(outcome()));
}

#[test]
fn what_is_written_while_running_is_the_same_trace() {
    for form in Form::ALL {
        let shared = Shared::default();
        let (sink, status) = sink(form, shared.clone(), &header());
        let mut recorder = Recorder::to_sink(header(), sink, false);
        assert!(read(shared.0.borrow().as_slice()).unwrap().trace.is_empty());
        record_everything(&mut recorder);
        record_more(&mut recorder, 70_000);

        let running = read(shared.0.borrow().as_slice()).unwrap();
        assert_eq!(running.trace.len(), 1 << 16, "whole chunks are there");
        let cut = running.cut.unwrap();
        assert_eq!(cut.after, Some(EventId((1 << 16) - 1)));
        assert_eq!(running.trace.outcome(), None);

        assert!(recorder.finish(outcome()).is_empty());
        assert!(status.take_error().is_none());
        check_same(&read(shared.0.borrow().as_slice()).unwrap().trace, &sample(70_000));
    }
}

#[test]
fn a_name_travels_with_the_event_that_uses_it() {
    struct Names;
    impl crate::trace::Sink for Names {
        fn batch(&mut self, batch: crate::trace::Batch<'_>) {
            for record in batch.records {
                if let What::Output { text } = record.what() {
                    assert!(
                        text.0 - batch.first_text.0 < u32::try_from(batch.texts.len()).unwrap()
                    );
                }
                if let What::TaskCreated { task } = record.what() {
                    assert!(
                        task.0 - batch.first_lane.0 < u32::try_from(batch.lanes.len()).unwrap()
                    );
                }
            }
        }
        fn finish(&mut self, _: &Outcome) {}
    }
    // Four events a round, and one before them: chunks end at each of the four.
    for before in 0..4 {
        let mut recorder = Recorder::to_sink(header(), Box::new(Names), false);
        recorder.lane(Lane::numbered(LaneKind::Loop, 0));
        for _ in 0..before {
            recorder.record(LaneId::LOOP, SiteId::NONE, EventId::NONE, What::Woken);
        }
        record_more(&mut recorder, 70_000);
        recorder.finish(outcome());
    }
}

#[test]
fn a_cut_file_is_read_up_to_the_cut() {
    let trace = sample(40);
    for form in Form::ALL {
        let whole = bytes(&trace, form);
        let mut n_before = 0;
        for length in (0..whole.len()).step_by(5) {
            match read(&whole[..length]) {
                Ok(found) => {
                    let n_events = found.trace.len();
                    assert!(n_before <= n_events, "more bytes, more events");
                    n_before = n_events;
                    assert!(found.trace.records().eq(trace.records().take(n_events)));
                    // In an Arrow stream the outcome is not the last thing.
                    assert_eq!(found.cut.is_none(), found.trace.outcome().is_some());
                    if form == Form::JsonLines && found.cut.is_none() {
                        assert_eq!(length + 1, whole.len());
                    }
                    let cut = found.cut.map(|cut| cut.to_string()).unwrap_or_default();
                    assert!(cut.is_empty() || cut.starts_with("cut short "));
                }
                Err(ReadTraceError::Empty) => assert_eq!(length, 0),
                Err(ReadTraceError::HeaderCut) => assert_eq!(n_before, 0),
                Err(error) => panic!("{form:?} cut at {length}: {error}"),
            }
        }
    }
}

#[test]
fn a_trace_that_was_cut_stays_cut() {
    let whole = bytes(&sample(40), Form::JsonLines);
    let cut = read(&whole[..whole.len() / 2]).unwrap();
    let again = read(bytes(&cut.trace, Form::Arrow).as_slice()).unwrap();
    assert_eq!(again.cut, cut.cut);
    check_same(&again.trace, &cut.trace);
}

#[track_caller]
fn check_refused(bytes: &[u8], wanted: &str) {
    let error = read(bytes).unwrap_err().to_string();
    assert!(error.contains(wanted), "{error:?} does not say {wanted:?}");
}

#[test]
fn what_is_no_trace_says_why() {
    check_refused(b"", "it is empty");
    check_refused(b"name = 'x'", "neither like an Arrow stream nor like JSON Lines");
    check_refused(b"ARROW1\0\0", "is an Arrow file");
    check_refused(b"{\"a\":1}", "does not say `loopsim-trace`");
    check_refused(b"{\"a\":", "cut short before the first event");
    check_refused(&[0xff, 0xff], "cut short before the first event");
    check_refused(&[0xff; 8], "its length is negative");
}

#[test]
fn a_damaged_line_is_named() {
    let text = String::from_utf8(bytes(&sample(0), Form::JsonLines)).unwrap();
    let check = |from: &str, to: &str, wanted: &str| {
        assert!(text.contains(from), "{from}");
        check_refused(text.replacen(from, to, 1).as_bytes(), wanted);
    };
    check("\"id\":4,", "\"id\":5,", "line 15: event 4 is not where it must be");
    check(
        "\"lane\":\"Task-1\",\"kind\":\"timer_fired\"",
        "\"lane\":\"x\",\"kind\":\"timer_fired\"",
        "there is no lane `x`",
    );
    check("\"kind\":\"io_ready\"", "\"kind\":\"io_reddy\"", "there is no event `io_reddy`");
    check("\"ready\":3", "\"readi\":3", "unknown field `readi`");
    check(",\"ready\":3", "", "`ready` is missing");
    check("\"to\":7", "\"to\":8", "is at 7ns, when it is 8ns");
    check("\"cause\":2", "\"cause\":200", "is caused by one that is not before it");
    check("\"lane_id\":3", "\"lane_id\":4", "lane 4 where lane 3 must be");
    check("\"text_id\":1,", "\"text_id\":4000000000,", "comes out of nowhere");
    check("{\"id\":9,", "{\"id\":9;", "line 20: ");
    check_refused(format!("{text}{{\"kind\":\"text\"}}\n").as_bytes(), "follows the outcome");
}

/// The version of a file against the version of the reader.
#[test]
fn newer_versions_are_refused_and_old_ones_read() {
    let text = String::from_utf8(bytes(&sample(0), Form::JsonLines)).unwrap();
    for (key, part, known) in [
        ("version", "file format", FORMAT_VERSION),
        ("vocabulary", "event vocabulary", VOCABULARY_VERSION),
    ] {
        let with = |version: u32| {
            let (from, to) = (format!("\"{key}\":{known}"), format!("\"{key}\":{version}"));
            text.replacen(&from, &to, 1).into_bytes()
        };
        for version in 1..=known {
            assert!(read(with(version).as_slice()).is_ok());
        }
        let newer =
            format!("{part} version {}; this one reads up to {part} version {known}", known + 1);
        check_refused(&with(known + 1), &newer);
        check_refused(&with(0), "there has never been a version 0");
    }
    // A newer header may look different.
    check_refused(
        b"{\"format\":\"loopsim-trace\",\"version\":9,\"vocabulary\":1,\"head\":[]}\n",
        "file format version 9",
    );
    let arrow = bytes(&sample(0), Form::Arrow);
    let at = arrow.windows(11).position(|window| window == b"\"version\":1").unwrap();
    let mut newer = arrow.clone();
    newer[at + 10] = b'2';
    check_refused(&newer, "file format version 2; this one reads up to file format version 1");
}

/// The library's own reader finds an ordinary stream.
#[test]
fn others_can_read_the_arrow_form() {
    let trace = sample(100_000);
    let bytes = bytes(&trace, Form::Arrow);
    let mut reader = StreamReader::try_new(bytes.as_slice(), None).unwrap();
    let names: Vec<_> = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names.join(" "), "id at_ns kind lane site cause a b text");
    let n_rows: usize = reader.by_ref().map(|batch| batch.unwrap().num_rows()).sum();
    // Besides the events: lanes, what runs on one of them, untold texts, the outcome.
    assert_eq!(n_rows, trace.len() + trace.lanes().len() + 1 + 2 + 1);
}

#[test]
fn json_lines_are_in_plain_words() {
    let text = String::from_utf8(bytes(&sample(0), Form::JsonLines)).unwrap();
    let lines: Vec<_> = text.lines().skip(1).collect();
    let wanted = [
        r#"{"kind":"lane","lane_id":1,"lane":"Task-1","lane_kind":"task","number":1,"runs":"main"}"#,
        r#"{"kind":"lane","lane_id":2,"lane":"Task-1#2","lane_kind":"task","name":"Task-1"}"#,
        r#"{"kind":"lane","lane_id":3,"lane":"Task-1#2#3","lane_kind":"task","name":"Task-1#2"}"#,
        r#"{"kind":"text","text_id":1,"text":"_wakeup"}"#,
        r#"{"id":0,"at":0,"lane":"loop","kind":"iteration_begin","ready":3}"#,
        r#"{"id":6,"at":0,"lane":"loop","kind":"call_scheduled","call":1,"name_id":1,"name":"_wakeup","cause":4,"site":2,"line":15}"#,
        r#""wait":{"sleep":1}"#,
        r#""wait":{"task":"Task-1#2"}"#,
        r#""wait":"turn""#,
        r#""kind":"output","text":"one","cause":0,"site":1,"line":12}"#,
        r#""kind":"raised","text":"late","text_id":6,"#,
        r#""kind":"raised","text":"early","cause":1}"#,
    ];
    for wanted in wanted {
        assert!(lines.iter().any(|line| line.contains(wanted)), "{wanted}\n{text}");
    }
    assert!(lines.last().unwrap().starts_with(r#"{"kind":"outcome","outcome":{"kind":"raised","#));
}

#[test]
fn long_ended_tasks_are_called_by_number() {
    let mut recorder = Recorder::in_memory(header());
    recorder.lane(Lane::numbered(LaneKind::Loop, 0));
    recorder.lane(Lane::numbered(LaneKind::Task, 1));
    record_more(&mut recorder, 280_000);
    for task in [LaneId(2), LaneId(69_000)] {
        let what = What::CancelRequested { task, accepted: false };
        recorder.record(LaneId(1), SiteId::NONE, EventId::NONE, what);
    }
    let trace = recorder.finish(outcome());
    let bytes = bytes(&trace, Form::JsonLines);
    check_same(&read(bytes.as_slice()).unwrap().trace, &trace);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(r#""kind":"cancel_requested","task":2,"#));
    assert!(text.contains(r#""kind":"cancel_requested","task":"Task-68998","#));
}

/// Takes so many bytes, then fails.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.0.min(bytes.len());
        self.0 -= taken;
        if taken == 0 { Err(io::Error::other("the disk is full")) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_sink_keeps_its_first_error() {
    for form in Form::ALL {
        for room in [0, 10, 5_000, 1_000_000] {
            let (sink, status) = sink(form, Full(room), &header());
            let mut recorder = Recorder::to_sink(header(), sink, true);
            record_everything(&mut recorder);
            record_more(&mut recorder, 70_000);
            let trace = recorder.finish(outcome());
            check_same(&trace, &sample(70_000));
            assert!(status.has_failed());
            assert_eq!(status.take_error().unwrap().to_string(), "the disk is full");
            assert!(write(&trace, form, Full(room)).is_err());
        }
    }
}

fn any_what() -> impl Strategy<Value = What> {
    let text = (0..20_u32).prop_map(TextId);
    prop_oneof![
        4 => text.clone().prop_map(|text| What::Output { text }),
        1 => text.clone().prop_map(|text| What::Raised { text }),
        1 => text.prop_map(|name| What::CallBegin { call: CallId(0), name }),
        4 => prop::sample::select(everything(TextId(3)))
            .prop_filter("time is not random", |what| !matches!(what, What::ClockAdvanced { .. })),
    ]
}

proptest! {
    #[test]
    fn any_trace_survives(
        events in prop::collection::vec((any_what(), 0..6_u32, 0..4_u32, any::<u16>()), 0..80),
        texts in prop::collection::vec(".{0,8}", 0..20),
        names in prop::collection::vec("[a#]{0,3}", 6),
    ) {
        let mut recorder = Recorder::in_memory(header());
        for name in &names {
            recorder.lane(Lane::named(LaneKind::Task, name));
        }
        for text in &texts {
            recorder.text(text);
        }
        for (index, (what, lane, site, cause)) in events.into_iter().enumerate() {
            // Any cause before the event, or none.
            let cause = (usize::from(cause) % (index + 1)).checked_sub(1);
            let cause = cause.map_or(EventId::NONE, EventId::from_index);
            recorder.record(LaneId(lane), SiteId(site), cause, what);
        }
        let trace = recorder.finish(outcome());
        check_round_trip(&trace);
    }

    #[test]
    fn no_bytes_make_it_panic(
        arrow in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        static WHOLE: LazyLock<[Vec<u8>; 2]> =
            LazyLock::new(|| Form::ALL.map(|form| bytes(&sample(8), form)));
        let mut bytes = WHOLE[usize::from(arrow)].clone();
        for (at, value, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = value,
                1 => bytes[at] ^= 1 << (value % 8),
                2 => bytes.insert(at, value),
                _ => { bytes.remove(at); }
            }
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(found) = read(bytes.as_slice()) {
            // What was read can be looked at and written again.
            for event in found.trace.events() {
                assert!(found.trace.lane_name(event.lane).len() < 1000);
            }
            for form in Form::ALL {
                write(&found.trace, form, io::sink()).unwrap();
            }
        }
    }

    #[test]
    fn no_other_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), marked in any::<bool>()) {
        let mut all = if marked { vec![0xff; 4] } else { vec![] };
        all.extend(bytes);
        let _ = read(all.as_slice()).is_ok();
    }
}

#[test]
fn kinds_are_known_by_name() {
    for kind in EventKind::ALL {
        assert_eq!(EventKind::named(kind.name()), Some(*kind));
    }
    assert_eq!(EventKind::named("lunch"), None);
    assert_eq!(Form::of_extension("ARROW"), Some(Form::Arrow));
    assert_eq!(Form::of_extension("toml"), None);
}
