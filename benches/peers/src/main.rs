//! loopsim beside its peers, on the same workloads with the same pseudo-random numbers, in one run.
//!
//! `cargo run --release -p loopsim-peers [-- WORKLOAD…] [--n 1000,10000]`
//!
//! Each measurement is a process of its own, so that peak memory is its own; the contenders take
//! turns, several rounds, and the table shows the best round of each and its ratio to the yardstick,
//! a loop written by hand: boxed futures over a calendar queue and nothing else.

/// The allocator of the `sim` binary, here for every contender alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod measure;
mod ours;
mod python;
mod python_source;
mod report;
mod tokio_paused;
mod toml_scenario;
mod workload;
mod yardstick;
mod yardstick_wakers;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("child") => measure::child(&arguments[1..]),
        _ => report::run(&arguments),
    }
}
