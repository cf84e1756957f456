//! Exploring small programs of threads, beside loom and shuttle: schedules needed, and how long.
//!
//! `cargo run --release -p loopsim-peers --bin exploration`

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use loopsim::explore::model::{self, Model};
use loopsim::explore::{Reduction, Search, Strategy, search};

/// A program for all three.
struct Program {
    name: &'static str,
    ours: Model,
    loom: fn(),
    shuttle: fn(),
}

/// Executions, and seconds.
struct Ran {
    executions: u64,
    seconds: f64,
}

/// Peers that take longer are not waited for: they explore at most so many executions.
const MOST: u64 = 200_000;

static EXECUTIONS: AtomicU64 = AtomicU64::new(0);

fn counted() {
    EXECUTIONS.fetch_add(1, Ordering::Relaxed);
}

fn timed(run: impl FnOnce()) -> Ran {
    EXECUTIONS.store(0, Ordering::Relaxed);
    let began = Instant::now();
    run();
    let seconds = began.elapsed().as_secs_f64();
    Ran { executions: EXECUTIONS.load(Ordering::Relaxed), seconds }
}

macro_rules! programs_of {
    ($module:ident, $library:ident) => {
        mod $module {
            use $library::sync::atomic::{AtomicUsize, Ordering};
            use $library::sync::{Arc, Mutex};
            use $library::thread;

            fn increments(n: usize) {
                super::counted();
                let counter = Arc::new(AtomicUsize::new(0));
                let threads: Vec<_> = (0..n)
                    .map(|_| {
                        let counter = Arc::clone(&counter);
                        thread::spawn(move || {
                            let seen = counter.load(Ordering::SeqCst);
                            counter.store(seen + 1, Ordering::SeqCst);
                        })
                    })
                    .collect();
                threads.into_iter().for_each(|thread| thread.join().unwrap());
            }

            fn locked(n: usize) {
                super::counted();
                let counter = Arc::new(Mutex::new(0));
                let threads: Vec<_> = (0..n)
                    .map(|_| {
                        let counter = Arc::clone(&counter);
                        thread::spawn(move || *counter.lock().unwrap() += 1)
                    })
                    .collect();
                threads.into_iter().for_each(|thread| thread.join().unwrap());
            }

            fn ordered(n: usize) {
                super::counted();
                let locks = Arc::new((Mutex::new(0), Mutex::new(0)));
                let threads: Vec<_> = (0..n)
                    .map(|_| {
                        let locks = Arc::clone(&locks);
                        thread::spawn(move || {
                            let _first = locks.0.lock().unwrap();
                            *locks.1.lock().unwrap() += 1;
                        })
                    })
                    .collect();
                threads.into_iter().for_each(|thread| thread.join().unwrap());
            }

            pub(super) fn increments_2() {
                increments(2);
            }
            pub(super) fn increments_3() {
                increments(3);
            }
            pub(super) fn locked_2() {
                locked(2);
            }
            pub(super) fn locked_3() {
                locked(3);
            }
            pub(super) fn locked_4() {
                locked(4);
            }
            pub(super) fn ordered_3() {
                ordered(3);
            }
        }
    };
}

programs_of!(in_loom, loom);
programs_of!(in_shuttle, shuttle);

fn programs() -> Vec<Program> {
    vec![
        Program {
            name: "2 threads x 1 increment",
            ours: model::increments(2, 1),
            loom: in_loom::increments_2,
            shuttle: in_shuttle::increments_2,
        },
        Program {
            name: "3 threads x 1 increment",
            ours: model::increments(3, 1),
            loom: in_loom::increments_3,
            shuttle: in_shuttle::increments_3,
        },
        Program {
            name: "2 threads, locked",
            ours: model::locked_increments(2),
            loom: in_loom::locked_2,
            shuttle: in_shuttle::locked_2,
        },
        Program {
            name: "3 threads, locked",
            ours: model::locked_increments(3),
            loom: in_loom::locked_3,
            shuttle: in_shuttle::locked_3,
        },
        Program {
            name: "4 threads, locked",
            ours: model::locked_increments(4),
            loom: in_loom::locked_4,
            shuttle: in_shuttle::locked_4,
        },
        Program {
            name: "3 threads, 2 ordered locks",
            ours: model::ordered_locks(3),
            loom: in_loom::ordered_3,
            shuttle: in_shuttle::ordered_3,
        },
    ]
}

fn ours(model: &Model) -> (u64, Ran) {
    let settings = Search { counts_schedules: false, ..Search::default() };
    let began = Instant::now();
    let found = search(model, &settings, &|_| ControlFlow::Continue(()));
    let seconds = began.elapsed().as_secs_f64();
    assert!(found.incomplete.is_empty());
    let classes = found.tally.runs();
    (classes, Ran { executions: classes + found.tally.cut, seconds })
}

fn in_loom_at_most(program: fn()) -> Ran {
    timed(|| {
        let mut builder = loom::model::Builder::new();
        builder.max_permutations = usize::try_from(MOST).ok();
        builder.check(program);
    })
}

fn in_shuttle_at_most(program: fn()) -> Ran {
    timed(|| {
        shuttle::check_dfs(program, usize::try_from(MOST).ok());
    })
}

fn shown(ran: &Ran) -> String {
    let more = if ran.executions >= MOST { ">" } else { "" };
    format!("{more}{} in {:.1} ms", ran.executions, ran.seconds * 1e3)
}

fn main() {
    // shuttle comes last: it sets a panic hook for the process, which fails outside its own runs.
    let first: Vec<_> = programs()
        .into_iter()
        .map(|program| {
            let (classes, ran) = ours(&program.ours);
            (classes, ran, in_loom_at_most(program.loom), program)
        })
        .collect();
    rate();
    scenario_rate();
    println!(
        "{:<28} {:>8}  {:>22}  {:>24}  {:>24}",
        "program", "classes", "loopsim", "loom", "shuttle"
    );
    for (classes, ran, loom, program) in first {
        let shuttle = in_shuttle_at_most(program.shuttle);
        println!(
            "{:<28} {classes:>8}  {:>22}  {:>24}  {:>24}",
            program.name,
            shown(&ran),
            shown(&loom),
            shown(&shuttle)
        );
    }
}

/// Seven answers of one instant, in a scenario: 5,040 schedules through the interpreter.
fn scenario_rate() {
    use loopsim::diagnostic::Diagnostics;
    use loopsim::executor::Limits;
    use loopsim::explore::{Explored, Open};
    let text = r#"
[globals]
first = "nobody"
[coroutines.ask]
params = ["name"]
steps = [{ io = "10ms" }, { if = "first == 'nobody'", steps = [{ do = "first = name" }] }]
[coroutines.main]
steps = [{ gather = "ask(name) for name in 'abcdefg'" }]
"#;
    let source = loopsim::source::SourceFile::new("seven.toml", text);
    let mut diagnostics = Diagnostics::default();
    let scenario = loopsim::scenario::parse(source, &mut diagnostics).unwrap();
    let program = loopsim::compile::scenario(&scenario).0.unwrap();
    let mut limits = Limits::usual();
    limits.handles = 1_000_000;
    let explored = Explored {
        program: &program,
        seed: None,
        epoch: None,
        python: None,
        limits,
        open: Open::default(),
        by_output: true,
        by_values: true,
    };
    let settings = Search { max_runs: 4_096, ..Search::default() };
    let began = Instant::now();
    let found = search(&explored, &settings, &|_| ControlFlow::Continue(()));
    let seconds = began.elapsed().as_secs_f64();
    let runs = found.tally.runs();
    println!("7 answers in a scenario: {runs} runs, {:.0} a second", runs as f64 / seconds);
}

/// Every schedule of two threads that increment five times each, one after the other.
fn rate() {
    for (name, model, schedules) in [
        ("2 threads x 1 increment", model::increments(2, 1), 6_u64),
        ("2 threads x 5 increments", model::increments(2, 5), 184_756),
    ] {
        let strategy = Strategy::Exhaustive { reduction: Reduction::None, preemptions: None };
        let settings = Search { strategy, counts_schedules: false, ..Search::default() };
        let repeats = 400_000 / schedules;
        let began = Instant::now();
        for _ in 0..repeats {
            let found = search(&model, &settings, &|_| ControlFlow::Continue(()));
            assert_eq!(found.tally.runs(), schedules);
        }
        let seconds = began.elapsed().as_secs_f64();
        println!("{name}: {:.0} schedules a second", (repeats * schedules) as f64 / seconds);
    }
    let counted = model::paths(&model::increments(2, 5), 1 << 20).unwrap();
    println!(
        "2 threads x 5 increments by states: {} states, {} steps",
        counted.states, counted.steps
    );
}
