//! Takes turns and prints the table.

use crate::measure::{Contender, Found, measure};
use crate::workload::Workload;

/// Rounds of each measurement; the best one counts, for noise only adds.
const ROUNDS: usize = 3;

pub fn run(arguments: &[String]) {
    let mut sizes = vec![1_000, 10_000, 100_000, 1_000_000];
    let mut workloads = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--n" {
            let list = words.next().map_or("", String::as_str);
            sizes = list.split(',').filter_map(|n| n.parse().ok()).collect();
        } else if let Some(known) = Workload::ALL.into_iter().find(|known| known.name() == word) {
            workloads.push(known);
        }
    }
    if workloads.is_empty() {
        workloads = Workload::ALL.to_vec();
    }
    for workload in workloads {
        for n in &sizes {
            table(workload, *n);
        }
    }
}

fn table(workload: Workload, n: u32) {
    let (unit, units) = workload.units(n);
    println!("{}, N = {n}: per {unit}", workload.name().to_uppercase());
    println!(
        "  {:<28} {:>8} {:>8} {:>9} {:>8} {:>7}",
        "", "ns", "ratio", "peak MiB", "events", "virtual"
    );
    let mut best: Vec<Option<Found>> = vec![None; Contender::ALL.len()];
    for round in 0..ROUNDS {
        for (contender, best) in Contender::ALL.into_iter().zip(&mut best) {
            if contender == Contender::CPython && round > 0 {
                continue;
            }
            let found = measure(contender, workload, n);
            if best.is_none_or(|best| found.is_some_and(|found| found.cpu_ns < best.cpu_ns)) {
                *best = found;
            }
        }
    }
    // Where there is no loop by hand, the first that there is.
    let yardstick = best.iter().flatten().next().map_or(0, |found| found.cpu_ns);
    for (contender, found) in Contender::ALL.into_iter().zip(best) {
        let Some(found) = found else {
            println!("  {:<28} {:>8}", contender.name(), "-");
            continue;
        };
        println!(
            "  {:<28} {:>8.1} {:>8.2} {:>9.1} {:>8.2} {:>6.2}s",
            contender.name(),
            found.cpu_ns as f64 / units as f64,
            found.cpu_ns as f64 / yardstick as f64,
            found.peak_kib as f64 / 1024.0,
            found.events as f64 / units as f64,
            found.virtual_ns as f64 / 1e9,
        );
    }
    println!();
}
