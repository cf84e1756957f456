//! tokio's current-thread runtime with its clock paused.

use std::time::Duration;

use crate::workload::{SLEEPS, Workload, delay_ms, next};

pub fn run(workload: Workload, n: u32) -> u64 {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(async {
        let begin = tokio::time::Instant::now();
        let tasks: Vec<_> = (0..n)
            .map(|i| match workload {
                Workload::W1 => tokio::spawn(async move {
                    let mut x = u64::from(i);
                    for _ in 0..SLEEPS {
                        x = next(x);
                        tokio::time::sleep(Duration::from_millis(delay_ms(x))).await;
                    }
                }),
                Workload::W3 => tokio::spawn(tokio::task::yield_now()),
            })
            .collect();
        for task in tasks {
            task.await.expect("tasks do not panic");
        }
        u64::try_from(begin.elapsed().as_nanos()).unwrap_or(0)
    })
}
