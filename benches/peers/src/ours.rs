//! loopsim: the same workloads as Rust futures and as TOML scenarios.

use loopsim::executor::{Config, Context, EventLoop, Failure, Fifo, Unattended};
use loopsim::sync::{Lock, Queue};
use loopsim::tasks::{Gather, gather};
use loopsim::time::Duration;
use loopsim::trace::{Header, Outcome, Recorder};

use crate::workload::{ROUNDS, SLEEPS, Workload, delay_ms, next};

/// Runs as Rust futures; returns the virtual time and the number of events recorded.
pub fn futures(workload: Workload, n: u32, record: bool) -> (u64, u64) {
    let recorder = if record { Recorder::in_memory(Header::default()) } else { Recorder::off() };
    let mut event_loop =
        EventLoop::with(Config::new(), Box::new(Fifo), recorder, Box::new(Unattended));
    let ended = event_loop.run_until_complete("main", |cx| main(cx, workload, n));
    let now = ended.expect("the loop ends").expect("nothing fails");
    let events = event_loop.counts().events;
    std::hint::black_box(event_loop.finish(Outcome::Interrupted).len());
    (now, events)
}

async fn main(cx: Context, workload: Workload, n: u32) -> Result<u64, Failure> {
    if workload == Workload::W2 {
        return ping_pong(cx, n * ROUNDS).await;
    }
    let lock = Lock::new(&cx, "lock");
    let runs: std::sync::Arc<str> = "worker".into();
    let mut children = Vec::with_capacity(n as usize);
    for i in 0..n {
        let (cx2, runs) = (cx.clone(), std::sync::Arc::clone(&runs));
        let task = match workload {
            Workload::W1 => cx.create_task(None, runs, sleeper(cx2, i)),
            Workload::W3 => {
                cx.create_task(None, runs, async move { cx2.sleep(Duration::ZERO).await })
            }
            Workload::W2 | Workload::W5 => cx.create_task(None, runs, convoy(cx2, lock.clone())),
        };
        children.push(task.future());
    }
    if workload == Workload::W3 {
        gather(&cx, children, Gather::FailFast, |_| ()).wait().await?;
    } else {
        for child in children {
            child.wait().await?;
        }
    }
    Ok(cx.now().as_nanos())
}

type Numbers = Queue<u32>;

async fn ping_pong(cx: Context, rounds: u32) -> Result<u64, Failure> {
    let (there, back) = (Numbers::new(&cx, "there", Some(1)), Numbers::new(&cx, "back", Some(1)));
    let (there2, back2) = (there.clone(), back.clone());
    let pong = cx.create_task(None, "pong", async move {
        for _ in 0..rounds {
            let item = there2.get().await?;
            back2.put(item).await?;
        }
        Ok(())
    });
    for round in 0..rounds {
        there.put(round).await?;
        back.get().await?;
    }
    pong.wait().await?;
    Ok(cx.now().as_nanos())
}

async fn convoy(cx: Context, lock: Lock) -> Result<(), Failure> {
    for _ in 0..ROUNDS {
        let _guard = lock.hold().await?;
        cx.sleep(Duration::ZERO).await?;
    }
    Ok(())
}

async fn sleeper(cx: Context, i: u32) -> Result<(), Failure> {
    let mut x = u64::from(i);
    for _ in 0..SLEEPS {
        x = next(x);
        cx.sleep(Duration::from_millis(delay_ms(x))).await?;
    }
    Ok(())
}
