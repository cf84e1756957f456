//! The known answers, by exact count.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::*;
use crate::explore::{Draw, Found, Incomplete, Reduction, Search, Share, Strategy, search};

fn exhaustive(model: &Model, reduction: Reduction) -> Found<End> {
    let strategy = Strategy::Exhaustive { reduction, preemptions: None };
    let settings = Search { strategy, ..Search::default() };
    search(model, &settings, &|_| ControlFlow::Continue(()))
}

/// What a program comes to.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    schedules: u128,
    deadlocks: u128,
    classes: u64,
    outcomes: usize,
}

/// Counts by brute force, by reduced search and by states: all must agree.
#[track_caller]
fn answer(model: &Model) -> Answer {
    let found = exhaustive(model, Reduction::Races);
    assert_eq!(found.incomplete, []);
    let tally = &found.tally;
    let counted = paths(model, 1 << 20).unwrap();
    let by_states: Vec<_> = counted.ends.iter().map(|(end, (n, _))| (end, Some(*n))).collect();
    let by_classes: Vec<_> = tally.rows.iter().map(|(end, row)| (end, row.schedules)).collect();
    assert_eq!(by_classes, by_states, "orders of the classes, and paths through the states");
    let deadlocks = tally.rows.iter().filter(|(end, _)| end.deadlock);
    let answer = Answer {
        schedules: tally.schedules().unwrap(),
        deadlocks: deadlocks.map(|(_, row)| row.schedules.unwrap()).sum(),
        classes: tally.runs(),
        outcomes: tally.rows.len(),
    };
    if answer.schedules < 10_000 {
        let naive = exhaustive(model, Reduction::None).tally;
        assert_eq!(u128::from(naive.runs()), answer.schedules, "schedules that were run");
        let classes: BTreeSet<u128> =
            naive.rows.values().flat_map(|row| row.classes.keys().copied()).collect();
        assert_eq!(classes.len() as u64, answer.classes, "classes of the schedules that were run");
        let shares: Vec<_> = counted
            .ends
            .values()
            .map(|(_, share)| share.of(Share(u128::from(Share::ALL))))
            .collect();
        let naive: Vec<_> = naive.rows.values().map(|row| row.share.of(naive.share())).collect();
        assert_eq!(naive, shares, "shares");
    }
    answer
}

#[track_caller]
fn check(model: &Model, schedules: u128, deadlocks: u128, classes: u64, outcomes: usize) {
    assert_eq!(answer(model), Answer { schedules, deadlocks, classes, outcomes });
}

#[test]
fn unlocked_increments_have_the_square_of_n_factorial_classes() {
    check(&increments(2, 1), 6, 0, 4, 2);
    check(&increments(3, 1), 90, 0, 36, 3);
    check(&increments(4, 1), 2_520, 0, 576, 4);
}

#[test]
fn locked_increments_have_n_factorial_classes() {
    check(&locked_increments(2), 2, 0, 2, 1);
    check(&locked_increments(3), 6, 0, 6, 1);
    check(&locked_increments(4), 24, 0, 24, 1);
    check(&locked_increments(5), 120, 0, 120, 1);
}

#[test]
fn locked_blocks_of_two_threads_are_merged_in_every_way() {
    for (each, merges) in [(1, 2), (2, 6), (3, 20), (4, 70), (5, 252)] {
        check(&locked_blocks(2, each), u128::from(merges), 0, merges, 1);
    }
}

#[test]
fn locks_in_opposite_orders_deadlock_in_two_of_six_schedules() {
    check(&two_locks(), 6, 2, 3, 2);
}

#[test]
fn three_philosophers() {
    check(&philosophers(3), 168, 6, 7, 2);
}

#[test]
fn litmus_tests_under_sequential_consistency() {
    check(&store_buffering(), 6, 0, 3, 3);
    check(&message_passing(), 6, 0, 3, 3);
    check(&load_buffering(), 6, 0, 3, 3);
    check(&reads_of_independent_writes(), 180, 0, 15, 15);
}

#[test]
fn a_bounded_buffer_with_one_notify_deadlocks_with_two_readers() {
    let deadlocks = |readers, items| {
        let found = exhaustive(&bounded_buffer(readers, 1, items), Reduction::Races);
        assert_eq!(found.incomplete, []);
        found.tally.rows.keys().any(|end| end.deadlock)
    };
    for items in 1..=3 {
        assert!(!deadlocks(1, items), "one reader, {items} items");
    }
    assert!(deadlocks(2, 2));
}

#[test]
fn states_are_fewer_than_schedules() {
    let counted = paths(&increments(2, 5), 1 << 20).unwrap();
    let schedules: u128 = counted.ends.values().map(|(n, _)| n).sum();
    assert_eq!(schedules, 184_756);
    assert!(counted.states < 5_000, "{}", counted.states);
    check(&increments(2, 3), 924, 0, 328, 5);
}

#[test]
fn drawn_schedules_find_what_there_is() {
    for draw in [Draw::Random, Draw::Pct { changes: 2 }, Draw::Pos] {
        let settings =
            Search { strategy: Strategy::Sample { draw, runs: 500 }, seed: 7, ..Search::default() };
        let found = search(&two_locks(), &settings, &|_| ControlFlow::Continue(()));
        assert_eq!(found.tally.rows.len(), 2, "{draw:?}");
        assert_eq!(found.tally.runs(), 500);
    }
}

#[test]
fn a_search_in_parts_finds_the_same_as_one_alone() {
    let model = increments(3, 2);
    let settings = |shard| Search { shard, ..Search::default() };
    let go_on = |_: &_| ControlFlow::Continue(());
    let alone = search(&model, &settings(None), &go_on).tally;
    let mut parts = search(&model, &settings(Some((0, 3))), &go_on).tally;
    for index in 1..3 {
        parts.merge(search(&model, &settings(Some((index, 3))), &go_on).tally);
    }
    let rows = |tally: &crate::explore::Tally<End>| -> Vec<(End, u64, Option<u128>)> {
        let rows = tally.rows.iter();
        rows.map(|(end, row)| (end.clone(), row.runs, row.schedules)).collect()
    };
    assert_eq!(rows(&alone), rows(&parts));
}

#[test]
fn a_budget_and_a_bound_are_told() {
    let go_on = |_: &_| ControlFlow::Continue(());
    let settings = Search { max_runs: 100, ..Search::default() };
    let found = search(&increments(4, 3), &settings, &go_on);
    assert_eq!(found.incomplete, [Incomplete::Runs]);
    assert_eq!(found.tally.runs() + found.tally.cut, 100);
    let strategy = Strategy::Exhaustive { reduction: Reduction::Races, preemptions: Some(0) };
    let settings = Search { strategy, ..Search::default() };
    let found = search(&two_locks(), &settings, &go_on);
    assert_eq!(found.incomplete, [Incomplete::Preemptions]);
    assert!(found.tally.rows.keys().all(|end| !end.deadlock));
}

/// Reads something that nobody chooses.
struct Escapes(std::sync::atomic::AtomicU64);

impl Subject for Escapes {
    type End = u64;

    fn run(&self, _oracle: &Oracle) -> u64 {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
    }

    fn fails(&self, _end: &u64) -> bool {
        false
    }
}

#[test]
fn what_is_not_deterministic_is_told() {
    use crate::explore::{Open, explore};
    let subject = Escapes(std::sync::atomic::AtomicU64::new(0));
    let go_on = |_: &_| ControlFlow::Continue(());
    let found = explore(&subject, &Search::default(), &Open::default(), &go_on);
    assert_eq!(found.incomplete, [Incomplete::Differs]);
    assert_eq!(found.differs.as_deref(), Some("it came to another end"));
}

#[test]
fn a_schedule_is_shown_with_as_few_preemptions_as_it_needs() {
    use crate::explore::{Open, explore};
    let go_on = |_: &_| ControlFlow::Continue(());
    let found = explore(&increments(3, 2), &Search::default(), &Open::default(), &go_on);
    let shown: Vec<(i64, usize)> = found
        .outcomes
        .iter()
        .map(|outcome| (outcome.end.values[0], outcome.shown.departures))
        .collect();
    // Losing nothing takes none; two are lost by one preemption, and so on.
    assert!(shown.contains(&(6, 0)), "{shown:?}");
    assert!(shown.iter().all(|(_, departures)| *departures <= 4), "{shown:?}");
}

mod random {
    //! Reduction never loses an outcome, nor counts one twice.

    use proptest::prelude::*;

    use super::{Model, Reduction, exhaustive, paths};

    fn op() -> impl Strategy<Value = Vec<(u8, usize)>> {
        // Kinds: load, add and store, set, a locked block, wait, notify.
        prop::collection::vec((0..6_u8, 0..2_usize), 1..4)
    }

    fn model(threads: &[Vec<(u8, usize)>]) -> Model {
        let mut model = Model::new(2);
        for ops in threads {
            model.thread(|thread| {
                ops.iter().fold(thread, |t, (kind, which)| match kind {
                    0 => t.observe(*which, 0),
                    1 => t.add(0, 1).store(*which, 0),
                    2 => t.set(*which, 7),
                    3 => {
                        t.lock(*which).load(0, 1).lock(1 - *which).unlock(1 - *which).unlock(*which)
                    }
                    4 => t.lock(0).wait(*which, 0).unlock(0),
                    _ => t.notify(*which),
                })
            });
        }
        model
    }

    fn agrees(threads: &[Vec<(u8, usize)>]) -> Result<(), TestCaseError> {
        let model = model(threads);
        let Some(counted) = paths(&model, 3_000) else { return Ok(()) };
        let schedules: u128 = counted.ends.values().map(|(n, _)| *n).sum();
        for reduction in [Reduction::Races, Reduction::Sleep] {
            if schedules > 20_000 {
                continue;
            }
            let found = exhaustive(&model, reduction);
            prop_assert_eq!(&found.incomplete, &[]);
            let by_states: Vec<_> =
                counted.ends.iter().map(|(end, (n, _))| (end, Some(*n))).collect();
            let by_classes: Vec<_> =
                found.tally.rows.iter().map(|(end, row)| (end, row.schedules)).collect();
            prop_assert_eq!(by_classes, by_states);
        }
        Ok(())
    }

    /// Two wait for each other while the third, which could go on, sleeps: that run is ended early,
    /// and still its races must be looked at.
    #[test]
    fn races_of_a_run_that_is_cut_count() {
        let threads = [vec![(0, 1)], vec![(3, 1), (1, 1)], vec![(1, 0), (3, 0)]];
        agrees(&threads).unwrap();
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn reduced_and_full_search_agree(threads in prop::collection::vec(op(), 2..4)) {
            agrees(&threads)?;
        }
    }
}
