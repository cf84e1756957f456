//! The loop somebody would write by hand and use for more than one program: boxed futures in a
//! slab, wakers that carry an index, timers with wakers in a calendar queue. Still no trace, no
//! cancellation, no hops, no choices. This is the yardstick.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use crate::workload::{SLEEPS, Workload, delay_ms, next};

const BUCKETS: usize = 2048;
const WIDTH_SHIFT: u32 = 20;

type Ready = Arc<Mutex<Vec<u32>>>;

struct IndexWaker {
    index: u32,
    ready: Ready,
}

impl Wake for IndexWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }
    fn wake_by_ref(self: &Arc<Self>) {
        self.ready.lock().expect("not poisoned").push(self.index);
    }
}

struct Timer {
    deadline: u64,
    sequence: u64,
    waker: Waker,
}

#[derive(Default)]
struct Timers {
    now: u64,
    sequence: u64,
    buckets: Vec<Vec<Timer>>,
    bucket: u64,
    pending: usize,
    unfinished: usize,
    main: Option<Waker>,
}

type Shared = Rc<RefCell<Timers>>;

struct Sleep {
    timers: Shared,
    delay: u64,
    deadline: Option<u64>,
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let mut timers = this.timers.borrow_mut();
        if let Some(deadline) = this.deadline {
            return if deadline <= timers.now { Poll::Ready(()) } else { Poll::Pending };
        }
        let deadline = timers.now + this.delay;
        this.deadline = Some(deadline);
        if this.delay == 0 {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        timers.sequence += 1;
        timers.pending += 1;
        let (sequence, waker) = (timers.sequence, context.waker().clone());
        let index = (deadline >> WIDTH_SHIFT) as usize % BUCKETS;
        timers.buckets[index].push(Timer { deadline, sequence, waker });
        Poll::Pending
    }
}

/// Done when all tasks are.
struct Finished(Shared);

impl Future for Finished {
    type Output = ();
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut timers = self.0.borrow_mut();
        if timers.unfinished == 0 {
            return Poll::Ready(());
        }
        timers.main = Some(context.waker().clone());
        Poll::Pending
    }
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Waker,
}

pub fn run(workload: Workload, n: u32) -> u64 {
    let timers: Shared = Rc::default();
    timers.borrow_mut().buckets.resize_with(BUCKETS, Vec::new);
    timers.borrow_mut().unfinished = n as usize;
    let ready: Ready = Arc::default();
    let mut tasks: Vec<Option<Task>> = Vec::new();
    let mut spawn = |future: Pin<Box<dyn Future<Output = ()>>>| {
        let index = u32::try_from(tasks.len()).expect("few enough");
        let waker = Waker::from(Arc::new(IndexWaker { index, ready: Arc::clone(&ready) }));
        tasks.push(Some(Task { future, waker }));
        ready.lock().expect("not poisoned").push(index);
    };
    spawn(Box::pin(Finished(Rc::clone(&timers))));
    for i in 0..n {
        let of = Rc::clone(&timers);
        let sleep = move |delay| Sleep { timers: Rc::clone(&of), deadline: None, delay };
        let done = Rc::clone(&timers);
        let finish = move || {
            let mut timers = done.borrow_mut();
            timers.unfinished -= 1;
            if timers.unfinished == 0
                && let Some(main) = timers.main.take()
            {
                main.wake();
            }
        };
        match workload {
            Workload::W1 => spawn(Box::pin(async move {
                let mut x = u64::from(i);
                for _ in 0..SLEEPS {
                    x = next(x);
                    sleep(delay_ms(x) * 1_000_000).await;
                }
                finish();
            })),
            // The others are not run by hand.
            _ => spawn(Box::pin(async move {
                sleep(0).await;
                finish();
            })),
        }
    }
    turn(&timers, &ready, &mut tasks)
}

fn turn(timers: &Shared, ready: &Ready, tasks: &mut [Option<Task>]) -> u64 {
    let mut batch = Vec::new();
    let mut due: Vec<Timer> = Vec::new();
    loop {
        loop {
            std::mem::swap(&mut batch, &mut *ready.lock().expect("not poisoned"));
            if batch.is_empty() {
                break;
            }
            for index in batch.drain(..) {
                let slot = &mut tasks[index as usize];
                let Some(task) = slot else { continue };
                let mut context = Context::from_waker(&task.waker);
                if task.future.as_mut().poll(&mut context).is_ready() {
                    *slot = None;
                }
            }
        }
        let mut state = timers.borrow_mut();
        if state.pending == 0 {
            return state.now;
        }
        while state.buckets[state.bucket as usize % BUCKETS].is_empty() {
            state.bucket += 1;
        }
        let index = state.bucket as usize % BUCKETS;
        std::mem::swap(&mut due, &mut state.buckets[index]);
        if !due.is_sorted_by_key(|timer| (timer.deadline, timer.sequence)) {
            due.sort_unstable_by_key(|timer| (timer.deadline, timer.sequence));
        }
        let now = due[0].deadline;
        state.now = now;
        let n_due = due.partition_point(|timer| timer.deadline == now);
        state.pending -= n_due;
        for timer in due.drain(..n_due) {
            timer.waker.wake();
        }
        state.buckets[index].append(&mut due);
    }
}
