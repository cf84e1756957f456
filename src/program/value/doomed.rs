//! Instances whose class has a `__del__` and that nobody holds any more: they are kept until
//! whoever runs the program has called it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::Instance;

thread_local! {
    static DOOMED: RefCell<Vec<Rc<Instance>>> = const { RefCell::new(Vec::new()) };
    static SIGNAL: RefCell<Option<Rc<Cell<bool>>>> = const { RefCell::new(None) };
}

/// From now on such instances are kept, and `signal` is set when there are some.
pub fn keep(signal: Rc<Cell<bool>>) {
    SIGNAL.with(|known| *known.borrow_mut() = Some(signal));
    drop(take());
}

/// From now on they are dropped like all others.
pub fn forget() {
    SIGNAL.with(|known| *known.borrow_mut() = None);
    drop(take());
}

/// Those that are kept, in the order in which they were let go.
pub fn take() -> Vec<Rc<Instance>> {
    DOOMED.with(|doomed| std::mem::take(&mut *doomed.borrow_mut()))
}

/// Keeps an instance, if anybody asks for them; else it is given back.
pub(super) fn add(instance: Instance) -> Option<Instance> {
    let mut instance = Some(instance);
    // At the end of the thread there may be no queue any more.
    let _ = SIGNAL.try_with(|signal| {
        let signal = signal.borrow();
        if let Some(signal) = &*signal
            && let Some(kept) = instance.take()
        {
            signal.set(true);
            let _ = DOOMED.try_with(|doomed| doomed.borrow_mut().push(Rc::new(kept)));
        }
    });
    instance
}
