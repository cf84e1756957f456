//! tokio's current-thread runtime with its clock paused.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, mpsc};

use crate::workload::{ROUNDS, SLEEPS, Workload, delay_ms, next};

pub fn run(workload: Workload, n: u32) -> u64 {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(async {
        let begin = tokio::time::Instant::now();
        if workload == Workload::W2 {
            ping_pong(n * ROUNDS).await;
            return 0;
        }
        let lock = Arc::new(Mutex::new(()));
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
                Workload::W2 | Workload::W5 => tokio::spawn(convoy(Arc::clone(&lock))),
            })
            .collect();
        for task in tasks {
            task.await.expect("tasks do not panic");
        }
        u64::try_from(begin.elapsed().as_nanos()).unwrap_or(0)
    })
}

async fn ping_pong(rounds: u32) {
    let (there, mut here) = mpsc::channel(1);
    let (back, mut again) = mpsc::channel(1);
    let pong = tokio::spawn(async move {
        for _ in 0..rounds {
            let item: u32 = here.recv().await.expect("the other side is there");
            back.send(item).await.expect("the other side is there");
        }
    });
    for round in 0..rounds {
        there.send(round).await.expect("the other side is there");
        again.recv().await.expect("the other side is there");
    }
    pong.await.expect("tasks do not panic");
}

async fn convoy(lock: Arc<Mutex<()>>) {
    for _ in 0..ROUNDS {
        let _guard = lock.lock().await;
        tokio::task::yield_now().await;
    }
}
