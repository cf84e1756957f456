//! A task's coroutine as the loop holds it: it leaves its result in the task.

use std::hint::black_box;
use std::pin::Pin;
use std::rc::Weak;
use std::task::{Context as PollContext, Poll};

use pin_project_lite::pin_project;

use super::Failure;
use super::future::Inner;

/// A coroutine without its result.
pub(super) trait Routine: Future<Output = ()> {
    /// Reads a little at both ends, so that it is in the processor's cache when it is polled.
    ///
    /// Tasks come up in no order that memory knows, so each step would wait for memory. Reading
    /// all that are about to run in one go lets those waits overlap.
    fn touch(&self);
}

pin_project! {
    /// The one there is.
    #[repr(C)]
    pub(super) struct Leaving<F, T> {
        first: u8,
        #[pin]
        coroutine: F,
        task: Weak<Inner<T>>,
    }
}

impl<F, T> Leaving<F, T> {
    pub(super) fn new(coroutine: F, task: Weak<Inner<T>>) -> Self {
        Self { first: 0, coroutine, task }
    }
}

impl<F, T> Future for Leaving<F, T>
where
    F: Future<Output = Result<T, Failure>>,
    T: 'static,
{
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut PollContext<'_>) -> Poll<()> {
        let this = self.project();
        let Poll::Ready(result) = this.coroutine.poll(context) else { return Poll::Pending };
        // A task is kept alive while it runs, so there is always somebody to take it.
        if let Some(task) = this.task.upgrade() {
            task.leave_result(result);
        }
        Poll::Ready(())
    }
}

impl<F, T> Routine for Leaving<F, T>
where
    F: Future<Output = Result<T, Failure>>,
    T: 'static,
{
    #[inline]
    fn touch(&self) {
        black_box(self.first);
        black_box(self.task.ptr_eq(&Weak::new()));
    }
}
