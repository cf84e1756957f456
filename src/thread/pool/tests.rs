//! Pools against what CPython's do.

use std::cell::RefCell;
use std::rc::Rc;

use proptest::prelude::*;

use super::*;
use crate::executor::{Config, Context, EventLoop, Failure, Future};
use crate::time::Duration;
use crate::trace::{Outcome, PythonVersion, What};

/// A job that blocks once and then returns how long.
fn blocking(ms: u64) -> Box<dyn Job<u64>> {
    let mut blocked = false;
    Box::new(move |_: &Context| {
        if std::mem::replace(&mut blocked, true) {
            return Progress::Done(Ok(ms));
        }
        Progress::Block(Duration::from_millis(ms))
    })
}

fn pool(cx: &Context, kind: PoolKind, max_workers: u32) -> Pool {
    let (name, max_workers) = ("pool".to_owned(), Some(max_workers));
    let (start, transfer) = match kind {
        PoolKind::Thread => (Duration::ZERO, Duration::ZERO),
        PoolKind::Process => (Duration::from_millis(40), Duration::from_millis(1)),
    };
    let config =
        PoolConfig { workers: format!("{name}-"), name, kind, max_workers, start, transfer };
    Pool::new(cx, config)
}

/// Submits jobs of those lengths at once; tells when each result reached its awaiter.
#[track_caller]
fn check(kind: PoolKind, python: PythonVersion, workers: u32, jobs: &[u64], expected: &str) {
    let mut config = Config::new();
    config.python = python;
    let mut event_loop = EventLoop::new(config);
    let log: Rc<RefCell<Vec<String>>> = Rc::default();
    let (jobs, lines) = (jobs.to_vec(), Rc::clone(&log));
    let ended = event_loop.run_until_complete("main", |cx| async move {
        let pool = pool(&cx, kind, workers);
        let futures: Vec<Future<u64>> = jobs
            .iter()
            .map(|ms| pool.submit(blocking(*ms)).map_err(|_| Failure::Cancelled(None)))
            .collect::<Result<_, _>>()?;
        let waiters: Vec<_> = futures
            .into_iter()
            .map(|future| {
                let (cx2, lines) = (cx.clone(), Rc::clone(&lines));
                cx.create_task(None, "waiter", async move {
                    let ms = future.wait().await?;
                    lines.borrow_mut().push(format!("{ms}@{}", cx2.now()));
                    Ok(())
                })
            })
            .collect();
        for waiter in waiters {
            waiter.wait().await?;
        }
        pool.shut_down().wait().await
    });
    ended.unwrap().unwrap();
    assert_eq!(log.borrow().join(" "), expected);
}

#[test]
fn workers_take_jobs_first_in_first_out() {
    // Recorded with the virtual-time loop on CPython 3.11.7 (`test_pool_times`).
    let v = PythonVersion::V3_14;
    check(PoolKind::Thread, v, 2, &[5, 1, 2, 1, 1], "1@1ms 2@3ms 1@4ms 5@5ms 1@5ms");
    check(PoolKind::Thread, v, 8, &[3, 1, 2], "1@1ms 2@2ms 3@3ms");
}

#[test]
fn processes_cost_their_start_and_the_transfer() {
    for python in PythonVersion::ALL {
        check(PoolKind::Process, python, 2, &[10, 10, 10], "10@51ms 10@51ms 10@62ms");
    }
}

#[test]
fn a_queued_job_can_be_cancelled_and_a_running_one_holds_its_worker() {
    let mut event_loop = EventLoop::new(Config::new());
    let ended = event_loop.run_until_complete("main", |cx| async move {
        let pool = pool(&cx, PoolKind::Thread, 1);
        let running = pool.submit(blocking(5)).unwrap();
        let queued = pool.submit(blocking(100)).unwrap();
        let last = pool.submit(blocking(1)).unwrap();
        assert!(running.cancel(None) && queued.cancel(None));
        assert!(running.wait().await.unwrap_err().is_cancelled());
        last.wait().await?;
        assert!(pool.shut_down().wait().await.is_ok() && pool.submit(blocking(1)).is_err());
        Ok(cx.now().to_string())
    });
    assert_eq!(ended.unwrap().unwrap(), "6ms");
}

#[test]
fn a_blocked_loop_does_not_hold_workers_up() {
    let mut event_loop = EventLoop::new(Config::new());
    let ended = event_loop.run_until_complete("main", |cx| async move {
        let pool = pool(&cx, PoolKind::Thread, 1);
        let jobs = [3, 2].map(|ms| pool.submit(blocking(ms)).unwrap());
        cx.block(Duration::from_millis(10));
        for job in jobs {
            job.wait().await?;
        }
        Ok(cx.now().to_string())
    });
    assert_eq!(ended.unwrap().unwrap(), "10ms");
    let finished: Vec<String> = event_loop
        .finish(Outcome::Interrupted)
        .events()
        .filter(|event| matches!(event.what, What::JobFinished { .. }))
        .map(|event| event.at.to_string())
        .collect();
    assert_eq!(finished, ["3ms", "5ms"]);
}

/// When jobs are done that go to whichever of `workers` is free first, in milliseconds: G/D/c by
/// hand.
fn first_in_first_out(workers: usize, jobs: &[u64]) -> Vec<u64> {
    let mut free = vec![0; workers];
    let take = |length: &u64| {
        let earliest = free.iter_mut().min().unwrap();
        *earliest += length;
        *earliest
    };
    jobs.iter().map(take).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// No worker is idle while a job waits, and none overtakes another one in the queue.
    #[test]
    fn no_worker_is_idle_while_a_job_waits(
        jobs in prop::collection::vec(1_u64..30, 1..20),
        workers in 1_u32..6,
    ) {
        let mut event_loop = EventLoop::new(Config::new());
        let lengths = jobs.clone();
        let ended = event_loop.run_until_complete("main", |cx| async move {
            let pool = pool(&cx, PoolKind::Thread, workers);
            let futures: Vec<_> =
                lengths.into_iter().map(|ms| pool.submit(blocking(ms)).unwrap()).collect();
            for future in futures {
                future.wait().await?;
            }
            Ok(())
        });
        ended.unwrap().unwrap();
        let trace = event_loop.finish(Outcome::Interrupted);
        let mut done = vec![0; jobs.len()];
        for event in trace.events() {
            if let What::JobFinished { job, .. } = event.what {
                done[job.0 as usize] = event.at.as_nanos() / 1_000_000;
            }
        }
        prop_assert_eq!(done, first_in_first_out(workers as usize, &jobs));
    }
}
