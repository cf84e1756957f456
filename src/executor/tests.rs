//! The loop against the rules of asyncio: order, hops, cancellation.

use std::cell::RefCell;
use std::rc::Rc;

use super::*;
use crate::time::Duration;

type Log = Rc<RefCell<Vec<String>>>;

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Runs a main coroutine and returns what it logged, each with the iteration it was logged in.
#[track_caller]
fn check<F>(expected: &[&str], main: impl FnOnce(Context, Rc<dyn Fn(&str)>) -> F)
where
    F: std::future::Future<Output = Result<(), Failure>> + 'static,
{
    let log: Log = Rc::default();
    let mut event_loop = EventLoop::new(Config::new());
    let cx = event_loop.context().clone();
    let lines = Rc::clone(&log);
    let say: Rc<dyn Fn(&str)> = Rc::new(move |what: &str| {
        let iteration = cx.core().iterations.get();
        lines.borrow_mut().push(format!("{iteration} {} {what}", cx.now()));
    });
    let ended = event_loop.run_until_complete("main", |cx| main(cx, say));
    if let Err(why) = &ended {
        log.borrow_mut().push(format!("{why:?}"));
    } else if let Ok(Err(failure)) = &ended {
        log.borrow_mut().push(format!("{failure}"));
    }
    assert_eq!(*log.borrow(), expected);
}

#[test]
fn equal_sleeps_share_their_iterations() {
    check(&["4 1ms A", "4 1ms B", "4 1ms C"], |cx, say| async move {
        let tasks: Vec<_> = ["A", "B", "C"]
            .into_iter()
            .map(|name| {
                let (cx2, say) = (cx.clone(), Rc::clone(&say));
                cx.create_task(None, "worker", async move {
                    cx2.sleep(ms(1)).await?;
                    say(name);
                    Ok(())
                })
            })
            .collect();
        for task in tasks {
            task.wait().await?;
        }
        Ok(())
    });
}

#[test]
fn a_task_wakes_its_awaiter_one_hop_later() {
    check(&["1 0s made", "2 0s ran", "3 0s awaited", "4 0s turn"], |cx, say| async move {
        let child = {
            let say = Rc::clone(&say);
            cx.create_task(None, "child", async move {
                say("ran");
                Ok(7)
            })
        };
        say("made");
        assert_eq!(child.wait().await?, 7);
        say("awaited");
        child.wait().await?;
        cx.sleep(Duration::ZERO).await?;
        say("turn");
        Ok(())
    });
}

#[test]
fn cancel_before_the_first_step_runs_no_line_of_it() {
    check(&["3 0s CancelledError"], |cx, say| async move {
        let child: Task<()> = {
            let say = Rc::clone(&say);
            cx.create_task(None, "child", async move {
                say("never");
                Ok(())
            })
        };
        assert!(child.cancel(None));
        let failure = child.wait().await.unwrap_err();
        say(&failure.to_string());
        assert!(!child.cancel(None));
        Ok(())
    });
}

#[test]
fn cancel_reaches_the_innermost_wait_first() {
    // Semantics §5: cancel(task that awaits a task) → child → itself: 1 → 2.
    check(&["3 0s cancel", "4 0s inner", "5 0s outer", "6 0s main"], |cx, say| async move {
        let inner: Task<()> = {
            let (cx2, say) = (cx.clone(), Rc::clone(&say));
            cx.create_task(None, "inner", async move {
                let result = cx2.sleep(ms(1000)).await;
                say("inner");
                result
            })
        };
        let outer: Task<()> = {
            let (inner, say) = (inner.clone(), Rc::clone(&say));
            cx.create_task(None, "outer", async move {
                let result = inner.wait().await;
                say("outer");
                result
            })
        };
        cx.sleep(Duration::ZERO).await?;
        cx.sleep(Duration::ZERO).await?;
        say("cancel");
        assert!(outer.cancel(None));
        assert!(outer.wait().await.unwrap_err().is_cancelled());
        say("main");
        Ok(())
    });
}

#[test]
fn a_cancelled_sleep_leaves_no_time_behind() {
    check(&["2 0s now", "5 5ms done"], |cx, say| async move {
        let sleeper: Task<()> = {
            let cx2 = cx.clone();
            cx.create_task(None, "sleeper", async move { cx2.sleep(ms(1)).await })
        };
        cx.sleep(Duration::ZERO).await?;
        say("now");
        sleeper.cancel(None);
        cx.sleep(ms(5)).await?;
        say("done");
        Ok(())
    });
}

#[test]
fn who_waits_for_each_other_is_a_deadlock() {
    let mut event_loop = EventLoop::new(Config::new());
    let ended = event_loop.run_until_complete("main", |cx| async move {
        let never = cx.create_future::<()>();
        let first = {
            let never = never.clone();
            cx.create_task(Some("first"), "waits", async move { never.wait().await })
        };
        first.wait().await
    });
    assert_eq!(ended.unwrap_err(), Stopped::Deadlock);
    let waiting: Vec<String> =
        event_loop.waiting().iter().map(|task| format!("{}: {}", task.name, task.on)).collect();
    assert_eq!(waiting, ["Task-1: task first", "first: a future that nothing resolves"]);
}

#[test]
fn holding_the_loop_makes_timers_late_but_keeps_their_order() {
    check(&["3 5ms held"], |cx, say| async move {
        cx.sleep(ms(1)).await?;
        cx.block(ms(4));
        say("held");
        Ok(())
    });
    check(&["2 5ms held", "4 5ms B", "4 5ms A"], |cx, say| async move {
        let tasks: Vec<Task<()>> = [("A", 2), ("B", 1)]
            .into_iter()
            .map(|(name, delay)| {
                let (cx2, say) = (cx.clone(), Rc::clone(&say));
                cx.create_task(None, "worker", async move {
                    cx2.sleep(ms(delay)).await?;
                    say(name);
                    Ok(())
                })
            })
            .collect();
        cx.sleep(Duration::ZERO).await?;
        cx.block(ms(5));
        say("held");
        for task in tasks {
            task.wait().await?;
        }
        Ok(())
    });
}

#[test]
fn futures_of_other_libraries_run_too() {
    use futures::channel::oneshot;
    use futures::stream::{FuturesUnordered, StreamExt as _};

    check(&["3 0s got 5", "7 3ms joined", "12 5ms [1, 2]"], |cx, say| async move {
        let (sender, receiver) = oneshot::channel();
        cx.create_task(None, "sender", async move {
            sender.send(5).unwrap();
            Ok(())
        });
        let got = receiver.await.unwrap();
        say(&format!("got {got}"));
        let (a, b) = futures::join!(cx.sleep(ms(1)), cx.sleep(ms(3)));
        a.and(b)?;
        say("joined");
        let mut both: FuturesUnordered<_> = [2, 1]
            .into_iter()
            .map(|n| {
                let cx = cx.clone();
                async move { cx.sleep(ms(n)).await.map(|()| n) }
            })
            .collect();
        let mut order = Vec::new();
        while let Some(done) = both.next().await {
            order.push(done?);
        }
        say(&format!("{order:?}"));
        Ok(())
    });
}

#[test]
fn local_spawn_makes_tasks() {
    use futures::task::LocalSpawnExt as _;

    check(&["3 0s spawned 3"], |cx, say| async move {
        let handle = cx.spawn_local_with_handle(async { 3 }).unwrap();
        let value = handle.await;
        say(&format!("spawned {value}"));
        Ok(())
    });
}

#[test]
fn the_loop_leaves_nothing_behind() {
    // A pending task and the future it awaits hold each other, as in CPython, where the garbage
    // collector finds them. Here the loop lets go of them when it goes.
    let alive = Rc::new(());
    let mut event_loop = EventLoop::new(Config::new());
    let guard = Rc::clone(&alive);
    let ended = event_loop.run_until_complete("main", |cx| async move {
        for _ in 0..3 {
            let (never, guard, cx2) = (cx.create_future::<()>(), Rc::clone(&guard), cx.clone());
            cx.create_task(None, "waits", async move {
                let _guard = (guard, cx2);
                never.wait().await
            });
        }
        cx.call_later(ms(9), "later", move |_| drop(guard));
        cx.sleep(Duration::ZERO).await
    });
    assert!(ended.unwrap().is_ok());
    assert_eq!(Rc::strong_count(&alive), 5);
    drop(event_loop);
    assert_eq!(Rc::strong_count(&alive), 1);
}

#[test]
fn replay_takes_the_named_completion() {
    let run = |schedule: &str| {
        let scheduler = Box::new(Replay::new(schedule.parse().unwrap()));
        let recorder = crate::trace::Recorder::off();
        let mut event_loop =
            EventLoop::with(Config::new(), scheduler, recorder, Box::new(Unattended));
        let log: Log = Rc::default();
        let lines = Rc::clone(&log);
        let ended = event_loop.run_until_complete("main", |cx| async move {
            let tasks: Vec<Task<()>> = ["a", "b", "c"]
                .into_iter()
                .map(|name| {
                    let (cx2, lines) = (cx.clone(), Rc::clone(&lines));
                    cx.create_task(Some(name), "asks", async move {
                        cx2.io(ms(1)).await?;
                        lines.borrow_mut().push(name.to_owned());
                        Ok(())
                    })
                })
                .collect();
            for task in tasks {
                task.wait().await?;
            }
            Ok(())
        });
        let order = log.borrow().join("");
        (order, ended.map(|_| ()), event_loop.schedule().to_string())
    };
    assert_eq!(run("v1"), ("abc".to_owned(), Ok(()), "v1".to_owned()));
    let (order, ended, schedule) = run("v1 0:completion=c 1:completion=b");
    assert_eq!((order.as_str(), ended), ("cba", Ok(())));
    assert_eq!(schedule, "v1 0:completion=c 1:completion=b");
    let (_, ended, _) = run("v1 0:completion=z");
    let Err(Stopped::StaleSchedule(message)) = ended else { panic!("{ended:?}") };
    assert!(message.contains("completion=z") && message.contains("among a, b, c"), "{message}");
}

#[test]
fn a_program_that_gets_nowhere_reaches_a_limit() {
    let mut config = Config::new();
    config.limits.instant_iterations = 1000;
    let mut event_loop = EventLoop::new(config);
    let ended: Result<Result<(), _>, _> = event_loop.run_until_complete("main", |cx| async move {
        loop {
            cx.sleep(Duration::ZERO).await?;
        }
    });
    let limit = LimitKind::InstantIterations;
    assert_eq!(ended.unwrap_err(), Stopped::Limit(limit));
}
