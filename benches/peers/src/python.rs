//! CPython's own asyncio on a minimal virtual-time loop, where a `python3` is found.

use std::process::Command;

use crate::measure::{Found, parse};
use crate::python_source::SOURCE;
use crate::workload::Workload;

/// More tasks than this take CPython minutes.
const MOST: u32 = 100_000;

pub fn measure(workload: Workload, n: u32) -> Option<Found> {
    if n > MOST {
        return None;
    }
    let script = format!("{SOURCE}\n\n{}", include_str!("virtual_loop.py"));
    let output = Command::new("python3")
        .args(["-c", &script, workload.name(), &n.to_string()])
        .output()
        .ok()?;
    parse(&String::from_utf8(output.stdout).ok()?)
}
