//! The barest loop that runs these workloads and nothing else: boxed futures in a slab, resumed by
//! index without any waker, timers in a calendar queue of one-millisecond buckets.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::workload::{SLEEPS, Workload, delay_ms, next};

const BUCKETS: usize = 2048;
const WIDTH_SHIFT: u32 = 20;

#[derive(Default)]
struct State {
    now: u64,
    current: u32,
    sequence: u64,
    ready: VecDeque<u32>,
    buckets: Vec<Vec<(u64, u64, u32)>>,
    bucket: u64,
    pending: usize,
    /// Tasks that are to finish before the one that waits for them goes on.
    unfinished: usize,
}

type Shared = Rc<RefCell<State>>;

struct Sleep {
    state: Shared,
    deadline: Option<u64>,
    delay: u64,
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let mut state = this.state.borrow_mut();
        if this.deadline.is_some() {
            return Poll::Ready(());
        }
        let deadline = state.now + this.delay;
        this.deadline = Some(deadline);
        let task = state.current;
        if this.delay == 0 {
            state.ready.push_back(task);
            return Poll::Pending;
        }
        state.sequence += 1;
        state.pending += 1;
        let sequence = state.sequence;
        let index = (deadline >> WIDTH_SHIFT) as usize % BUCKETS;
        state.buckets[index].push((deadline, sequence, task));
        Poll::Pending
    }
}

struct Finished(Shared);

impl Future for Finished {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0.borrow().unfinished == 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}

pub fn run(workload: Workload, n: u32) -> u64 {
    let state: Shared = Rc::default();
    state.borrow_mut().buckets = vec![Vec::new(); BUCKETS];
    state.borrow_mut().unfinished = n as usize;
    let mut tasks: Vec<Option<Pin<Box<dyn Future<Output = ()>>>>> = Vec::new();
    tasks.push(Some(Box::pin(Finished(Rc::clone(&state)))));
    for i in 0..n {
        let state = Rc::clone(&state);
        let sleep = move |delay| Sleep { state: Rc::clone(&state), deadline: None, delay };
        tasks.push(Some(match workload {
            Workload::W1 => Box::pin(async move {
                let mut x = u64::from(i);
                for _ in 0..SLEEPS {
                    x = next(x);
                    sleep(delay_ms(x) * 1_000_000).await;
                }
            }),
            // The others are not run by hand.
            _ => Box::pin(async move { sleep(0).await }),
        }));
    }
    state.borrow_mut().ready.extend(0..=n);
    let mut context = Context::from_waker(Waker::noop());
    let mut due: Vec<(u64, u64, u32)> = Vec::new();
    loop {
        loop {
            let Some(task) = state.borrow_mut().ready.pop_front() else { break };
            state.borrow_mut().current = task;
            let Some(future) = &mut tasks[task as usize] else { continue };
            if future.as_mut().poll(&mut context).is_ready() {
                tasks[task as usize] = None;
                let mut state = state.borrow_mut();
                state.unfinished = state.unfinished.saturating_sub(1);
                if state.unfinished == 0 && task != 0 {
                    state.ready.push_back(0);
                }
            }
        }
        let mut state = state.borrow_mut();
        if state.pending == 0 {
            return state.now;
        }
        while state.buckets[state.bucket as usize % BUCKETS].is_empty() {
            state.bucket += 1;
        }
        let index = state.bucket as usize % BUCKETS;
        std::mem::swap(&mut due, &mut state.buckets[index]);
        if !due.is_sorted() {
            due.sort_unstable();
        }
        // One deadline at a time; the rest of the bucket goes back.
        let now = due[0].0;
        state.now = now;
        let n_due = due.partition_point(|timer| timer.0 == now);
        state.pending -= n_due;
        state.ready.extend(due[..n_due].iter().map(|timer| timer.2));
        let rest = due.split_off(n_due);
        due.clear();
        state.buckets[index].extend(rest);
    }
}
