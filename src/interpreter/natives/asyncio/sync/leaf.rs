//! What the coroutines of primitives wait for, without a coroutine of their own.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::store::Kept;
use crate::executor::Failure;
use crate::interpreter::natives::asyncio::native;
use crate::interpreter::world::World;
use crate::program::value::Value;
use crate::sync::{
    EventWait, Lock, LockAcquire, QueueGet, QueueJoin, QueuePut, Semaphore, SemaphoreAcquire,
};

/// An operation that may wait.
pub(super) enum SyncLeaf {
    /// Gives that value.
    Lock(LockAcquire, Value),
    Semaphore(SemaphoreAcquire, Value),
    Event(EventWait),
    Get(QueueGet<Value, Kept>),
    Put(QueuePut<Value, Kept>),
    Join(QueueJoin<Value, Kept>),
    ReleaseLock(Lock),
    ReleaseSemaphore(Semaphore),
    Nothing,
}

impl Future for SyncLeaf {
    type Output = Result<Value, Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Lock(acquire, gives) => Pin::new(acquire).poll(poll).map_ok(|()| gives.clone()),
            Self::Semaphore(acquire, gives) => {
                Pin::new(acquire).poll(poll).map_ok(|()| gives.clone())
            }
            Self::Event(wait) => Pin::new(wait).poll(poll).map_ok(|()| Value::Bool(true)),
            Self::Get(get) => Pin::new(get).poll(poll),
            Self::Put(put) => Pin::new(put).poll(poll).map_ok(|()| Value::None),
            Self::Join(join) => Pin::new(join).poll(poll).map_ok(|()| Value::None),
            Self::ReleaseLock(lock) => Poll::Ready(lock.release().map(|()| Value::None)),
            Self::ReleaseSemaphore(semaphore) => {
                Poll::Ready(semaphore.release().map(|()| Value::None))
            }
            Self::Nothing => Poll::Ready(Ok(Value::None)),
        }
    }
}

/// The coroutine of such an operation.
pub(super) fn coroutine(world: &Rc<World>, name: &'static str, leaf: SyncLeaf) -> Value {
    native::of_leaf(world, name, Box::pin(leaf))
}
