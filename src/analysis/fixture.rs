//! Small runs of a real event loop, to be looked at by the tests of this module.

use crate::executor::{Config, Context, EventLoop, Failure, Future};
use crate::tasks::{Gather, gather};
use crate::thread::pool::{Job, Pool, PoolConfig, PoolKind, Progress};
use crate::time::Duration;
use crate::trace::{Outcome, Trace};

/// What a coroutine comes to here.
type Done = Result<(), Failure>;

fn run<F: std::future::Future<Output = Done> + 'static>(
    program: impl FnOnce(Context) -> F,
) -> Trace {
    let mut event_loop = EventLoop::new(Config::new());
    let ended = event_loop.run_until_complete("main", program);
    ended.unwrap().unwrap();
    event_loop.finish(Outcome::Completed { value: "None".to_owned() })
}

async fn all(cx: &Context, children: Vec<Future<()>>) -> Done {
    gather(cx, children, Gather::FailFast, drop).wait().await
}

async fn sleeps(cx: Context, millis: Vec<u64>) -> Done {
    for millis in millis {
        cx.sleep(Duration::from_millis(millis)).await?;
        cx.print(&format!("slept {millis}"));
    }
    Ok(())
}

/// Two tasks that sleep, 3 s and 1 s in all, gathered.
pub(crate) fn numbers() -> Trace {
    run(|cx| async move {
        let numbers = cx.create_task(None, "numbers", sleeps(cx.clone(), vec![1000, 2000]));
        let letters = cx.create_task(None, "letters", sleeps(cx.clone(), vec![500, 500]));
        all(&cx, vec![numbers.future(), letters.future()]).await
    })
}

/// A task that blocks the loop for 5 s, and one whose sleep of 3 s is over meanwhile.
pub(crate) fn blocked() -> Trace {
    run(|cx| async move {
        let sleeper = cx.create_task(None, "sleeper", sleeps(cx.clone(), vec![3000]));
        let cx2 = cx.clone();
        let blocker = cx.create_task(None, "blocker", async move {
            cx2.block(Duration::from_secs(5));
            Ok(())
        });
        all(&cx, vec![sleeper.future(), blocker.future()]).await
    })
}

/// A job that blocks, then returns.
fn job(millis: u64) -> Box<dyn Job<()>> {
    let mut has_blocked = false;
    Box::new(move |_: &Context| {
        if std::mem::replace(&mut has_blocked, true) {
            return Progress::Done(Ok(()));
        }
        Progress::Block(Duration::from_millis(millis))
    })
}

/// Jobs of 1 s and 2 s on one worker, while somebody outside takes 2 s to answer; then a task
/// that is cancelled, and a callback.
pub(crate) fn relay() -> Trace {
    run(|cx| async move {
        let config = PoolConfig {
            name: "pool".to_owned(),
            workers: "pool-".to_owned(),
            kind: PoolKind::Thread,
            max_workers: Some(1),
            start: Duration::ZERO,
            transfer: Duration::ZERO,
        };
        let pool = Pool::new(&cx, config);
        let cx2 = cx.clone();
        let asker = cx.create_task(None, "asker", async move {
            cx2.io(Duration::from_secs(2)).await?;
            cx2.sleep(Duration::ZERO).await
        });
        let jobs = [1000, 2000].map(|millis| pool.submit(job(millis)).unwrap());
        for job in jobs {
            job.wait().await?;
        }
        let sleeper = cx.create_task(None, "sleeper", sleeps(cx.clone(), vec![9000]));
        cx.call_later(Duration::from_millis(10), "poke", |cx| cx.print("poked"));
        cx.sleep(Duration::from_millis(20)).await?;
        sleeper.cancel(None);
        asker.wait().await
    })
}
