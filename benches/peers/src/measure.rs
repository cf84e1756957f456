//! One measurement, in a process of its own.

use std::process::Command;

use crate::workload::Workload;
use crate::{
    ours, python, python_source, tokio_paused, toml_scenario, yardstick, yardstick_wakers,
};

/// Who runs a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contender {
    Yardstick,
    Bare,
    Futures,
    FuturesRecording,
    Toml,
    TomlRecording,
    Source,
    Tokio,
    CPython,
}

impl Contender {
    pub const ALL: [Self; 9] = [
        Self::Yardstick,
        Self::Bare,
        Self::Futures,
        Self::FuturesRecording,
        Self::Toml,
        Self::TomlRecording,
        Self::Source,
        Self::Tokio,
        Self::CPython,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Yardstick => "by hand, wakers",
            Self::Bare => "by hand, bare",
            Self::Futures => "loopsim futures",
            Self::FuturesRecording => "loopsim futures, recording",
            Self::Toml => "loopsim TOML",
            Self::TomlRecording => "loopsim TOML, recording",
            Self::Source => "loopsim Python",
            Self::Tokio => "tokio, paused",
            Self::CPython => "CPython, virtual loop",
        }
    }
}

/// What a measurement found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found {
    /// Processor time of the run, nanoseconds.
    pub cpu_ns: u64,
    /// Virtual time at the end: the same for all.
    pub virtual_ns: u64,
    /// Events recorded.
    pub events: u64,
    /// Peak memory of the process, KiB.
    pub peak_kib: u64,
}

/// Measures in a new process; `None` if it could not.
pub fn measure(contender: Contender, workload: Workload, n: u32) -> Option<Found> {
    if contender == Contender::CPython {
        return python::measure(workload, n);
    }
    let by_hand = matches!(contender, Contender::Yardstick | Contender::Bare);
    if by_hand && !workload.has_yardstick() {
        return None;
    }
    let index = Contender::ALL.iter().position(|known| *known == contender)?;
    let output = Command::new(std::env::current_exe().ok()?)
        .args(["child", &index.to_string(), workload.name(), &n.to_string()])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    parse(&text)
}

/// Reads the four numbers that a child prints.
pub fn parse(text: &str) -> Option<Found> {
    let mut numbers = text.split_whitespace().map(|word| word.parse::<u64>().ok());
    let mut next = || numbers.next().flatten();
    Some(Found { cpu_ns: next()?, virtual_ns: next()?, events: next()?, peak_kib: next()? })
}

/// The other side: runs once and prints what was found.
pub fn child(arguments: &[String]) {
    let [contender, workload, n] = arguments else { return };
    let contender = contender.parse().ok().and_then(|index: usize| Contender::ALL.get(index));
    let workload = Workload::ALL.into_iter().find(|known| known.name() == workload);
    let (Some(contender), Some(workload), Ok(n)) = (contender, workload, n.parse()) else { return };
    let begin = cpu_ns();
    let (virtual_ns, events) = match contender {
        Contender::Yardstick => (yardstick_wakers::run(workload, n), 0),
        Contender::Bare => (yardstick::run(workload, n), 0),
        Contender::Futures => ours::futures(workload, n, false),
        Contender::FuturesRecording => ours::futures(workload, n, true),
        Contender::Toml => toml_scenario::run(workload, n, false),
        Contender::TomlRecording => toml_scenario::run(workload, n, true),
        Contender::Source => python_source::run(workload, n, false),
        Contender::Tokio => (tokio_paused::run(workload, n), 0),
        Contender::CPython => (0, 0),
    };
    let cpu = cpu_ns() - begin;
    println!("{cpu} {virtual_ns} {events} {}", peak_kib());
}

/// Processor time of this thread so far.
fn cpu_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0)
}

fn peak_kib() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
