//! How fast `sim view` is on a long trace: makes one of ten million events, opens it, and draws it
//! at many zoom levels and places. `cargo bench --bench view [EVENTS]`.
//!
//! Beside the time on the wall stands processor time, which other work on the machine does not
//! change: of all threads for opening, of the one that draws for frames.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may fail")]

use std::cell::Cell;
use std::fs::File;
use std::io::BufWriter;
use std::rc::Rc;
use std::time::{Duration as Elapsed, Instant as Wall};

use loopsim::executor::{Config, EventLoop, Fifo, Unattended};
use loopsim::index::EventId;
use loopsim::time::Duration;
use loopsim::trace::file::{self, Form, sink};
use loopsim::trace::{Header, Outcome, Recorder};
use loopsim::tui::{App, Input, Look, Model, snapshot};

const TASKS: u64 = 500;

fn main() {
    let argument = std::env::args().skip(1).find_map(|argument| argument.parse::<u64>().ok());
    let n_events = argument.unwrap_or(10_000_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.arrow");
    let began = Wall::now();
    record(n_events, &path);
    let bytes = path.metadata().unwrap().len();
    println!("made a trace of {} MB in {:.2?}", bytes / 1_000_000, began.elapsed());

    let began = Moment::now();
    let read = file::read(File::open(&path).unwrap()).unwrap();
    let reading = began.elapsed();
    let began = Moment::now();
    let model = Rc::new(Model::new(read.trace, None));
    let indexing = began.elapsed();
    let began = Moment::now();
    let app = App::new(Rc::clone(&model), Look::default(), (80, 24));
    snapshot::frame(&app);
    let first = began.elapsed();
    let n_events = model.len();
    let total = reading.wall + indexing.wall + first.wall;
    println!(
        "opened {n_events} events in {total:.2?}: read {reading}, indexed {indexing}, \
         first frame {first}"
    );
    for size in [(80, 24), (160, 50)] {
        draw_all(&model, size);
    }
}

/// Two clocks.
#[derive(Clone, Copy)]
struct Moment {
    wall: Wall,
    process: Elapsed,
    thread: Elapsed,
}

/// What passed on them.
#[derive(Clone, Copy, Default)]
struct Passed {
    wall: Elapsed,
    process: Elapsed,
    thread: Elapsed,
}

impl Moment {
    fn now() -> Self {
        Self { wall: Wall::now(), process: process_time(), thread: thread_time() }
    }

    fn elapsed(self) -> Passed {
        let (process, thread) = (process_time(), thread_time());
        Passed {
            wall: self.wall.elapsed(),
            process: process.saturating_sub(self.process),
            thread: thread.saturating_sub(self.thread),
        }
    }
}

impl std::fmt::Display for Passed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2?} (processor {:.2?})", self.wall, self.process)
    }
}

/// What the processors did for this process, as Linux tells it; else nothing.
fn process_time() -> Elapsed {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    tasks.map(|task| ran(&task.path().join("schedstat"))).sum()
}

/// What the processors did for this thread.
fn thread_time() -> Elapsed {
    ran(std::path::Path::new("/proc/thread-self/schedstat"))
}

fn ran(path: &std::path::Path) -> Elapsed {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|nanos| nanos.parse().ok());
    Elapsed::from_nanos(nanos.unwrap_or(0))
}

/// A run of many tasks that sleep for different times.
fn record(n_events: u64, path: &std::path::Path) {
    let header = Header { program: "long".to_owned(), ..Header::default() };
    let file = BufWriter::new(File::create(path).unwrap());
    let (sink, status) = sink(Form::Arrow, file, &header);
    let recorder = Recorder::to_sink(header, sink, false);
    let config = Config::new();
    let mut event_loop = EventLoop::with(config, Box::new(Fifo), recorder, Box::new(Unattended));
    // A sleep is about six events.
    let rounds = n_events / TASKS / 6;
    let n_done = Rc::new(Cell::new(0));
    let counter = Rc::clone(&n_done);
    let ended = event_loop.run_until_complete("main", move |cx| async move {
        let mut tasks = Vec::new();
        for number in 0..TASKS {
            let (own, counter) = (cx.clone(), Rc::clone(&counter));
            let task = cx.create_task(None, "sleeper", async move {
                for round in 0..rounds {
                    let micros = 500 + number * 7 + round * 131 % 997;
                    own.sleep(Duration::from_micros(micros)).await?;
                }
                counter.set(counter.get() + 1);
                Ok(())
            });
            tasks.push(task.future());
        }
        for task in tasks {
            task.wait().await?;
        }
        Ok(())
    });
    ended.unwrap().unwrap();
    assert_eq!(n_done.get(), TASKS);
    event_loop.finish(Outcome::Completed { value: "None".to_owned() });
    assert!(status.take_error().is_none());
}

/// Draws at every zoom level, in many places, and moves about.
fn draw_all(model: &Rc<Model>, size: (u16, u16)) {
    let mut app = App::new(Rc::clone(model), Look::default(), size);
    app.apply(Input::Resize(size.0, size.1));
    let mut frames: Vec<Passed> = Vec::new();
    let mut slowest = (Elapsed::ZERO, String::new());
    for axis in ["time", "step"] {
        if axis == "step" {
            app.type_keys("0 x");
        }
        for place in [0, 1, 25, 50, 75, 99, 100] {
            app.type_keys(&format!("0 :{place}%<Enter>"));
            for zoom in 0..30 {
                for keys in ["+", ".", "Right", "[", ">"] {
                    let began = Moment::now();
                    app.type_keys(keys);
                    let frame = snapshot::frame(&app);
                    let passed = began.elapsed();
                    assert_eq!(frame.area.width, size.0);
                    if passed.thread > slowest.0 {
                        let what = format!("`{keys}` at {place} % of the {axis} axis, zoom {zoom}");
                        slowest = (passed.thread, what);
                    }
                    frames.push(passed);
                }
            }
        }
    }
    let part = |of: fn(&Passed) -> Elapsed, percent: usize| {
        let mut times: Vec<_> = frames.iter().map(of).collect();
        times.sort();
        times[(times.len() - 1) * percent / 100]
    };
    let wall = [50, 99, 100].map(|percent| part(|passed| passed.wall, percent));
    let thread = [50, 99, 100].map(|percent| part(|passed| passed.thread, percent));
    println!(
        "{}x{}: {} frames; middle, 99 %, slowest: wall {wall:.2?}, processor {thread:.2?}",
        size.0,
        size.1,
        frames.len()
    );
    println!("  slowest: {} ({:.2?})", slowest.1, slowest.0);
    let began = Moment::now();
    app.type_keys("0 c");
    println!("  critical path found and drawn: {}", began.elapsed());
    app.go_to(EventId(0));
}
