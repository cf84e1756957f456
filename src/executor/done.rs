//! What happens when a future is done.

use std::rc::Rc;
use std::task::Waker;

use super::DoneId;
use super::callbacks::Callback as Call;
use super::future::AnyFuture;
use crate::index::TextId;

/// What happens when a future is done, in order.
#[derive(Default)]
pub(super) enum Callbacks {
    #[default]
    None,
    One(DoneCallback),
    Many(Vec<DoneCallback>),
}

pub(super) enum DoneCallback {
    /// A task that awaits it goes on.
    Wake(Rc<dyn AnyFuture>),
    /// A plain callback.
    Call(Call, TextId, u32),
    /// A future of another library goes on, which has a leaf of ours inside.
    Waker(Waker),
    /// The loop stops: `run_until_complete`.
    Stop,
}

/// What a callback of a future is, to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Callback {
    /// A task awaits it.
    Task,
    /// The loop runs until it is done.
    Loop,
    /// A plain callback.
    Other(DoneId),
}

impl Callbacks {
    #[inline]
    pub(super) fn push(&mut self, callback: DoneCallback) {
        if matches!(self, Self::None) {
            *self = Self::One(callback);
        } else {
            self.push_another(callback);
        }
    }

    fn push_another(&mut self, callback: DoneCallback) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(callback),
            Self::One(first) => Self::Many(vec![first, callback]),
            Self::Many(mut all) => {
                all.push(callback);
                Self::Many(all)
            }
        };
    }

    pub(super) fn for_each(self, mut take: impl FnMut(DoneCallback)) {
        match self {
            Self::None => {}
            Self::One(callback) => take(callback),
            Self::Many(all) => all.into_iter().for_each(take),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &DoneCallback> {
        let all = match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(all) => &all[..],
        };
        all.iter()
    }

    /// Takes out what `wanted` says; returns it.
    pub(super) fn remove(&mut self, wanted: impl Fn(&DoneCallback) -> bool) -> Vec<DoneCallback> {
        let all = match std::mem::take(self) {
            Self::None => Vec::new(),
            Self::One(one) => vec![one],
            Self::Many(all) => all,
        };
        let (removed, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(wanted);
        kept.into_iter().for_each(|callback| self.push(callback));
        removed
    }
}

impl DoneCallback {
    pub(super) fn kind(&self) -> Callback {
        match self {
            Self::Wake(_) | Self::Waker(_) => Callback::Task,
            Self::Stop => Callback::Loop,
            Self::Call(_, _, number) => Callback::Other(DoneId(*number)),
        }
    }
}
