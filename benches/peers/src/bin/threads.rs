//! Pools and threads, timed: W4 (jobs on a pool of 32 workers, as Rust futures) and increments of a
//! shared counter by two raw threads, each of which can be switched before every use of it.
//!
//! `cargo run --release -p loopsim-peers --bin threads [JOBS]`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::time::Instant;

use loopsim::diagnostic::Diagnostics;
use loopsim::executor::{Config, Context, EventLoop, Failure, Unattended};
use loopsim::program::Program;
use loopsim::simulation::{Options, Recording, run};
use loopsim::source::SourceFile;
use loopsim::tasks::{Gather, gather};
use loopsim::thread::pool::{Pool, PoolConfig, PoolKind, Progress};
use loopsim::time::Duration;
use loopsim::{compile, scenario};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs of each, of which the best counts.
const RUNS: usize = 5;

/// Workers of the pool.
const WORKERS: u32 = 32;

/// Increments of each of the two threads.
const INCREMENTS: u64 = 1_000_000;

fn main() {
    let jobs = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let blocks = |ms: u64| Progress::Block(Duration::from_millis(ms));
    let computes = |ms: u64| Progress::Compute(Duration::from_millis(ms));
    let done = |_: u64| Progress::Done(Ok(()));
    per("W4, jobs that end at once", jobs, "job", || pool(jobs, done));
    per("W4, jobs that block 1 to 1000 ms", jobs, "job", || pool(jobs, blocks));
    per("W4, jobs that compute 1 to 1000 ms", jobs / 10, "job", || pool(jobs / 10, computes));
    for (name, runtime, statement) in [
        ("increments, free-threaded", "gil = false", "counter += 1"),
        ("increments, switched at each access", "preempt = \"access\"", "counter += 1"),
        ("increments under the GIL", "gil = true", "counter += 1"),
        ("increments with a call", "gil = true", "counter = abs(counter) + 1"),
    ] {
        let program = increments(runtime, statement);
        per(name, 2 * INCREMENTS, "increment", || {
            let mut options = Options::of(&program);
            options.recording = Recording::Off;
            let ended = run(&program, options, Box::new(Unattended));
            assert!(ended.outcome.is_completed(), "{:?}", ended.outcome);
        });
    }
}

fn per(name: &str, units: u64, unit: &str, mut work: impl FnMut()) {
    let took = (0..RUNS).map(|_| {
        let (begun, on_cpu) = (Instant::now(), on_cpu());
        work();
        match (on_cpu, self::on_cpu()) {
            (Some(before), Some(after)) => after - before,
            _ => u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX),
        }
    });
    let best = took.min().unwrap_or_default();
    println!("{name:40} {:8.1} ns/{unit}", best as f64 / units as f64);
}

/// Nanoseconds that this process has run, where the system tells: others may want the processor.
fn on_cpu() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}

/// That many jobs, all submitted at once, on a pool of threads.
fn pool(jobs: u64, first: fn(u64) -> Progress<()>) {
    let mut event_loop = EventLoop::new(Config::new());
    let ended = event_loop.run_until_complete("main", |cx| async move {
        let config = PoolConfig {
            name: "pool".to_owned(),
            workers: "pool-".to_owned(),
            kind: PoolKind::Thread,
            max_workers: Some(WORKERS),
            start: Duration::ZERO,
            transfer: Duration::ZERO,
        };
        let pool = Pool::new(&cx, config);
        let mut futures = Vec::new();
        let mut x = 0;
        for _ in 0..jobs {
            x = (x * 1_103_515_245 + 12_345) % 2_147_483_648;
            let (ms, mut begun) = (1 + x % 1000, false);
            let job = move |_: &Context| match std::mem::replace(&mut begun, true) {
                true => Progress::Done(Ok(())),
                false => first(ms),
            };
            let submitted = pool.submit(Box::new(job));
            futures.push(submitted.map_err(|error| Failure::from_error(&error))?);
        }
        gather(&cx, futures, Gather::FailFast, |_| ()).wait().await
    });
    ended.expect("the loop ends").expect("nothing fails");
}

/// Two threads that increment a shared counter.
fn increments(runtime: &str, statement: &str) -> Program {
    let text = format!(
        "name = \"increments\"\n[runtime]\n{runtime}\n[globals]\ncounter = 0\n\
         [functions.increment]\nsteps = [{{ for = \"_ in range({INCREMENTS})\", \
         steps = [{{ do = \"{statement}\" }}] }}]\n[coroutines.main]\nsteps = [\n\
         {{ start_thread = \"increment()\", as = \"a\" }},\n\
         {{ start_thread = \"increment()\", as = \"b\" }},\n\
         {{ join = \"a\" }}, {{ join = \"b\" }}]\n"
    );
    let mut diagnostics = Diagnostics::default();
    let source = SourceFile::new("increments.toml", text);
    let parsed = scenario::parse(source, &mut diagnostics).expect("a scenario");
    compile::scenario(&parsed).0.expect("a program")
}
