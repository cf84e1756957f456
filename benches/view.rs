//! How fast `sim view` is on a long trace: makes one of ten million events, opens it, and draws it
//! at many zoom levels. `cargo bench --bench view [EVENTS]`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may fail")]

use std::cell::Cell;
use std::fs::File;
use std::io::BufWriter;
use std::rc::Rc;
use std::time::Instant as Wall;

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

    let began = Wall::now();
    let read = file::read(File::open(&path).unwrap()).unwrap();
    let reading = began.elapsed();
    let began = Wall::now();
    let model = Rc::new(Model::new(read.trace, None));
    let indexing = began.elapsed();
    let n_events = model.len();
    println!(
        "opened {n_events} events in {:.2?}: read {reading:.2?}, indexed {indexing:.2?}",
        reading + indexing
    );
    for size in [(80, 24), (160, 50)] {
        draw_all(&model, size);
    }
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

/// Draws at every zoom level, at the beginning, in the middle and at the end, and moves about.
fn draw_all(model: &Rc<Model>, size: (u16, u16)) {
    let mut app = App::new(Rc::clone(model), Look::default(), size);
    app.apply(Input::Resize(size.0, size.1));
    let mut slowest = [std::time::Duration::ZERO; 3];
    let mut n_frames = 0;
    for place in [0, 50, 100] {
        for axis in ["", "x"] {
            app.type_keys(&format!("0 :{place}%<Enter> {axis}"));
            for _ in 0..30 {
                for (kind, keys) in ["+", ".", "Right"].iter().enumerate() {
                    let began = Wall::now();
                    app.type_keys(keys);
                    let frame = snapshot::frame(&app);
                    slowest[kind] = slowest[kind].max(began.elapsed());
                    assert_eq!(frame.area.width, size.0);
                    n_frames += 1;
                }
            }
            if !axis.is_empty() {
                app.type_keys("0 x");
            }
        }
    }
    app.type_keys("0");
    let began = Wall::now();
    app.go_to(EventId(0));
    snapshot::frame(&app);
    let whole = began.elapsed();
    let [zoom, step, column] = slowest;
    println!(
        "{}x{}: {n_frames} frames; slowest zoom {zoom:.2?}, step {step:.2?}, column {column:.2?}; \
         whole run {whole:.2?}",
        size.0, size.1
    );
}
