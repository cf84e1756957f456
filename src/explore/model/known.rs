//! Programs whose answers are known.

use super::Model;

/// Threads that each load a counter, add one, and store it, without a lock.
pub fn increments(n_threads: usize, each: usize) -> Model {
    let mut model = Model::new(1);
    for _ in 0..n_threads {
        model.thread(|thread| (0..each).fold(thread, |t, _| t.load(0, 0).add(0, 1).store(0, 0)));
    }
    model
}

/// Threads that each increment a counter under one lock.
pub fn locked_increments(n_threads: usize) -> Model {
    let mut model = Model::new(1);
    for _ in 0..n_threads {
        model.thread(|t| t.lock(0).load(0, 0).add(0, 1).store(0, 0).unlock(0));
    }
    model
}

/// Threads that each take and give back a lock so many times.
pub fn locked_blocks(n_threads: usize, each: usize) -> Model {
    let mut model = Model::new(0);
    for _ in 0..n_threads {
        model.thread(|thread| (0..each).fold(thread, |t, _| t.lock(0).unlock(0)));
    }
    model
}

/// Two threads that take two locks in opposite orders.
pub fn two_locks() -> Model {
    let mut model = Model::new(0);
    for (first, second) in [(0, 1), (1, 0)] {
        model.thread(|t| t.lock(first).lock(second).unlock(second).unlock(first));
    }
    model
}

/// Threads that take two locks in the same order.
pub fn ordered_locks(n_threads: usize) -> Model {
    let mut model = Model::new(0);
    for _ in 0..n_threads {
        model.thread(|t| t.lock(0).lock(1).unlock(1).unlock(0));
    }
    model
}

/// Philosophers who each take the fork to their left, then the one to their right.
pub fn philosophers(n: usize) -> Model {
    let mut model = Model::new(0);
    for left in 0..n {
        let right = (left + 1) % n;
        model.thread(|t| t.lock(left).lock(right).unlock(right).unlock(left));
    }
    model
}

/// Two threads that each write one variable and read the other's.
pub fn store_buffering() -> Model {
    let mut model = Model::new(2);
    model.thread(|t| t.set(0, 1).observe(1, 0));
    model.thread(|t| t.set(1, 1).observe(0, 0));
    model
}

/// One thread writes data and then a flag; the other reads the flag and then the data.
pub fn message_passing() -> Model {
    let mut model = Model::new(2);
    model.thread(|t| t.set(0, 1).set(1, 1));
    model.thread(|t| t.observe(1, 0).observe(0, 1));
    model
}

/// Two threads that each read one variable and write the other's.
pub fn load_buffering() -> Model {
    let mut model = Model::new(2);
    model.thread(|t| t.observe(0, 0).set(1, 1));
    model.thread(|t| t.observe(1, 0).set(0, 1));
    model
}

/// Two threads write two variables; two others read them in opposite orders.
pub fn reads_of_independent_writes() -> Model {
    let mut model = Model::new(2);
    model.thread(|t| t.set(0, 1));
    model.thread(|t| t.set(1, 1));
    model.thread(|t| t.observe(0, 0).observe(1, 1));
    model.thread(|t| t.observe(1, 0).observe(0, 1));
    model
}

/// Readers and writers of a buffer with room for one item, who all wait at one condition and each
/// wake one of them. The writers write as many items as the readers read.
pub fn bounded_buffer(n_readers: usize, n_writers: usize, items: usize) -> Model {
    const LOCK: usize = 0;
    const CHANGED: usize = 0;
    const COUNT: usize = 0;
    let mut model = Model::new(1);
    let moves = |n_threads: usize, blocked_at: i64, to: i64, model: &mut Model| {
        for _ in 0..n_threads {
            model.thread(|thread| {
                (0..items / n_threads).fold(thread, |t, _| {
                    t.lock(LOCK)
                        .repeat_while(COUNT, blocked_at, |t| t.wait(CHANGED, LOCK))
                        .set(COUNT, to)
                        .notify(CHANGED)
                        .unlock(LOCK)
                })
            });
        }
    };
    moves(n_readers, 0, 0, &mut model);
    moves(n_writers, 1, 1, &mut model);
    model
}
