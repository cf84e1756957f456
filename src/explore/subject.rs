//! What is explored: something that can be run again and again, and asks an oracle.

use std::cell::RefCell;
use std::rc::Rc;

use crate::executor::{Access, Actor, Cause, Choice, Refusal, Scheduler};

/// Something that can be run again and again, each time asking an oracle for every choice. With
/// the same answers it does the same.
pub trait Subject: Sync {
    /// What a run comes to: runs with equal ends are one outcome.
    type End: Clone + Ord + Send + Sync;

    /// Runs once. What comes back after a [`Refusal`] is not looked at.
    fn run(&self, oracle: &Oracle) -> Self::End;

    /// Whether all steps are counted where schedules are. If not, only those of threads are that use
    /// something which others use as well: what a thread does for itself could come at any time.
    fn has_exact_steps(&self) -> bool {
        true
    }

    /// Whether an end is a failure.
    fn fails(&self, end: &Self::End) -> bool;
}

/// Whoever takes the choices of a run; clones are the same.
#[derive(Clone)]
pub struct Oracle(Rc<RefCell<dyn Scheduler>>);

impl std::fmt::Debug for Oracle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Oracle")
    }
}

impl Oracle {
    /// An oracle that asks a scheduler, which can be looked at afterwards.
    pub fn new<S: Scheduler + 'static>(scheduler: &Rc<RefCell<S>>) -> Self {
        Self(Rc::<RefCell<S>>::clone(scheduler))
    }

    /// Which alternative is taken.
    #[inline]
    pub fn choose(&self, choice: &Choice<'_>) -> Result<usize, Refusal> {
        self.0.borrow_mut().choose(choice)
    }

    /// Only this one can go on.
    #[inline]
    pub fn only(&self, actor: Actor) -> Result<(), Refusal> {
        self.0.borrow_mut().only(actor)
    }

    /// Whoever goes on uses something shared.
    #[inline]
    pub fn touch(&self, access: Access) {
        self.0.borrow_mut().touch(access);
    }

    /// Somebody could not go on, for want of this.
    pub fn blocked(&self, actor: Actor, access: Access) {
        self.0.borrow_mut().blocked(actor, access);
    }
}

impl Scheduler for Oracle {
    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, Refusal> {
        Self::choose(self, choice)
    }

    fn watches(&self) -> bool {
        self.0.borrow().watches()
    }

    fn only(&mut self, actor: Actor) -> Result<(), Refusal> {
        Self::only(self, actor)
    }

    fn touch(&mut self, access: Access) {
        Self::touch(self, access);
    }

    fn blocked(&mut self, actor: Actor, access: Access) {
        Self::blocked(self, actor, access);
    }

    fn here(&self) -> Cause {
        self.0.borrow().here()
    }

    fn caused(&mut self, cause: Cause, is_answer: bool) {
        self.0.borrow_mut().caused(cause, is_answer);
    }

    fn loses_track(&mut self) {
        self.0.borrow_mut().loses_track();
    }

    fn waits(&mut self) {
        self.0.borrow_mut().waits();
    }
}
