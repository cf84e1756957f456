//! Lives for the tests of this module.

use super::{Life, State};

/// A life of steps: how many events later, how much time later, and which state begins.
pub(super) fn life(steps: &[(u8, u8, u8)]) -> Life {
    let mut life = Life::default();
    let (mut event, mut at) = (0, 0);
    for (events, time, state) in steps {
        event += u32::from(*events % 3);
        at += u64::from(*time % 4);
        life.enter(event, at, State::ALL[*state as usize % State::ALL.len()]);
    }
    life.seal();
    life
}
