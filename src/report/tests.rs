//! Reports of what the engine itself records.

use super::{TimelineStyle, ordering, timeline};
use crate::executor::{Config, Context, EventLoop, Failure, Future};
use crate::tasks::{Gather, gather};
use crate::thread::pool::{Pool, PoolConfig, PoolKind, Progress};
use crate::time::Duration;
use crate::trace::Outcome;

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Runs a main coroutine and compares both reports with a snapshot.
#[track_caller]
fn check<F>(name: &str, main: impl FnOnce(Context) -> F)
where
    F: std::future::Future<Output = Result<(), Failure>> + 'static,
{
    let mut event_loop = EventLoop::new(Config::new());
    let ended = event_loop.run_until_complete("main", main);
    assert!(ended.is_ok(), "{ended:?}");
    let trace = event_loop.finish(Outcome::Completed { value: "None".to_owned() });
    let timeline = timeline(&trace, TimelineStyle::with_columns(80));
    insta::assert_snapshot!(name, format!("{timeline}\n{}", ordering(&trace)));
}

/// A task that sleeps and prints.
fn worker(cx: &Context, runs: &'static str, delay: Duration) -> Future<()> {
    let own = cx.clone();
    let task = cx.create_task(None, runs, async move {
        own.sleep(delay).await?;
        own.print(&format!("{runs} is back"));
        Ok(())
    });
    task.future()
}

#[test]
fn gather_waits_for_the_last() {
    check("engine_gather", |cx| async move {
        let children = vec![worker(&cx, "fetch", ms(200)), worker(&cx, "fetch", ms(100))];
        gather(&cx, children, Gather::FailFast, |_| ()).wait().await
    });
}

#[test]
fn cancelling_is_told_with_who_did_it() {
    check("engine_cancel", |cx| async move {
        let slow = worker(&cx, "slow", ms(1000));
        let gone = worker(&cx, "gone", ms(0));
        cx.sleep(ms(300)).await?;
        slow.cancel(None);
        gone.cancel(None);
        cx.io(ms(50)).await?;
        Ok(())
    });
}

#[test]
fn callbacks_and_futures_are_told_with_who_scheduled_them() {
    check("engine_callbacks", |cx| async move {
        let future: Future<()> = cx.create_future();
        let resolve = future.clone();
        cx.call_later(ms(100), "resolve", move |cx| {
            cx.print("resolving");
            resolve.set_result(()).unwrap_or_default();
        });
        let late = cx.call_later(ms(500), "late", |_| {});
        cx.call_soon("soon", |cx| cx.print("soon"));
        future.wait().await?;
        late.cancel();
        cx.call_soon("never", |_| {});
        Ok(())
    });
}

#[test]
fn jobs_run_on_their_workers_while_the_loop_is_held() {
    check("engine_jobs", |cx| async move {
        let pool = Pool::new(
            &cx,
            PoolConfig {
                name: "crunch".to_owned(),
                workers: "crunch-".to_owned(),
                kind: PoolKind::Process,
                max_workers: Some(2),
                start: ms(40),
                transfer: ms(1),
            },
        );
        let mut jobs = Vec::new();
        for length in [100, 200, 300] {
            let mut begun = false;
            let job = move |cx: &Context| {
                if std::mem::replace(&mut begun, true) {
                    cx.print("crunched");
                    return Progress::Done(Ok(()));
                }
                Progress::Compute(ms(length))
            };
            let job = pool.submit(Box::new(job));
            jobs.push(job.map_err(|error| Failure::from_error(&error))?);
        }
        cx.block(ms(60));
        for job in jobs {
            job.wait().await?;
        }
        Ok(())
    });
}
