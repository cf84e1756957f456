//! What a run of a search counts for: how many schedules it stands for, and which class it is of.

use super::search::{Steps, Walk, fingerprint, note_values, orders};
use super::subject::Subject;
use super::tally::{Counted, Share, Witness};
use crate::trace::event::ChoiceKind;

/// Counts the run that was just made.
pub(super) fn count<S: Subject>(walk: &mut Walk, subject: &S, counts_schedules: bool) -> Counted {
    let is_drawn = walk.sampler.is_some();
    let every_one = walk.runs_every_schedule();
    let is_bounded = walk.is_bounded();
    let has_exact_steps = subject.has_exact_steps();
    let (mut has_answers, mut has_threads) = (false, false);
    let mut share = u128::from(Share::ALL);
    let (mut choices, mut length) = (Vec::new(), 0);
    for node in &walk.nodes {
        if !node.is_forced {
            length += 1;
        }
        if node.n_alternatives > 1 {
            choices.push(u32::try_from(node.taken).unwrap_or(u32::MAX));
            share /= node.n_alternatives as u128;
            has_answers |= node.is_of_answers();
            has_threads |= node.kind == Some(ChoiceKind::Thread);
        }
    }
    // Where runs of one class can be several, they are told apart.
    let can_repeat = is_drawn || every_one || has_answers || (has_threads && !has_exact_steps);
    let wants_class = can_repeat && counts_schedules && !is_bounded;
    if wants_class {
        note_values(&mut walk.nodes);
    }
    let steps = if has_exact_steps || !has_threads { Steps::All } else { Steps::Racing };
    let schedules = match (is_drawn || every_one, counts_schedules && !is_bounded) {
        (true, _) => Some(1),
        (false, true) => orders(&walk.nodes, steps),
        (false, false) => None,
    };
    let departures = walk.nodes.last().map_or(0, |node| node.cost_after());
    Counted {
        schedules,
        is_by_class: !is_drawn && !every_one,
        share: if is_drawn { Share(1) } else { Share(share) },
        is_share_exact: has_exact_steps || !has_threads,
        class: wants_class.then(|| fingerprint(&walk.nodes, walk.actors())),
        witness: Witness { departures, length, choices },
    }
}
