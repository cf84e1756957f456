//! The lock and the cores against what can be computed by hand, and what always holds.

#![expect(clippy::cast_precision_loss, reason = "times of tests are short")]

use proptest::prelude::*;

use super::*;

const MS: u64 = 1_000_000;

fn ms(ms: u64) -> Duration {
    Duration::from_nanos(ms * MS)
}

/// Threads that begin to compute at some time; when each is done.
fn finish_times(cores: u32, gil: bool, jobs: &[(u64, u64)]) -> Vec<u64> {
    let mut cpu = Cpu::new(cores, ms(5), gil);
    // The loop's thread waits for its selector.
    cpu.release(ThreadId::MAIN);
    let mut threads = Vec::new();
    for _ in jobs {
        let go: Go = Rc::new(|_| {});
        threads.push(cpu.add_thread(ProcessId::MAIN, "t".into(), LaneId::LOOP, go));
    }
    let mut done = vec![0; jobs.len()];
    let mut now = Instant::ZERO;
    let mut begun = vec![false; jobs.len()];
    loop {
        for (index, (at, work)) in jobs.iter().enumerate() {
            if !begun[index] && now >= Instant::ZERO + ms(*at) {
                begun[index] = true;
                let process = cpu.want(threads[index], ms(*work), now);
                assert_eq!(cpu.grant_next(process, now), None, "it has to compute first");
            }
        }
        cpu.check();
        let starts = jobs.iter().zip(&begun).filter(|(_, begun)| !**begun);
        let next_start = starts.map(|((at, _), _)| Instant::ZERO + ms(*at)).min();
        let next = match (cpu.next_at(now), next_start) {
            (Some(fires), Some(start)) => fires.min(start),
            (one, other) => match one.or(other) {
                Some(next) => next,
                None => break,
            },
        };
        cpu.pass(next.since(now));
        now = next;
        let mut granted = cpu.fire(now).granted;
        while let Some(thread) = granted.pop() {
            cpu.begin(thread);
            let index = threads.iter().position(|known| *known == thread).unwrap();
            done[index] = now.as_nanos();
            let process = cpu.release(thread).unwrap();
            granted.extend(cpu.grant_next(process, now));
        }
        cpu.check();
    }
    done.iter().map(|nanos| nanos.div_ceil(MS)).collect()
}

#[test]
fn the_lock_is_handed_over_every_switch_interval() {
    // Two threads that compute take turns of 5 ms: the first is done one turn before the second.
    assert_eq!(finish_times(4, true, &[(0, 2000), (0, 2000)]), [3995, 4000]);
    assert_eq!(finish_times(4, true, &[(0, 7), (0, 3)]), [10, 8]);
    // One that comes later waits for an interval from then on.
    assert_eq!(finish_times(4, true, &[(0, 20), (3, 4)]), [24, 12]);
}

#[test]
fn cores_are_shared_fairly_without_a_lock() {
    assert_eq!(finish_times(2, false, &[(0, 2000), (0, 2000)]), [2000, 2000]);
    assert_eq!(finish_times(1, false, &[(0, 2000), (0, 2000)]), [4000, 4000]);
    // Processor sharing by hand: three on two cores get two thirds each until the first is done.
    assert_eq!(finish_times(2, false, &[(0, 20), (0, 40), (0, 40)]), [30, 50, 50]);
    assert_eq!(finish_times(1, false, &[(0, 30), (10, 10)]), [40, 30]);
}

/// Fair sharing by hand, in milliseconds: of `n` that compute, each gets `cores / n` of a core, all
/// of one at most. No core is idle while somebody could use it.
fn shared_fairly(cores: u32, works: &[u64]) -> Vec<f64> {
    let mut left: Vec<(usize, f64)> = works.iter().map(|work| *work as f64).enumerate().collect();
    left.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (mut now, mut got) = (0.0, 0.0);
    let mut done = vec![0.0; works.len()];
    for (before, (index, work)) in left.iter().enumerate() {
        let slower = ((left.len() - before) as f64 / f64::from(cores)).max(1.0);
        now += (work - got) * slower;
        got = *work;
        done[*index] = now;
    }
    done
}

/// Two that hold the same baton.
#[test]
#[should_panic(expected = "one holds the baton")]
fn a_baton_held_twice_is_noticed() {
    let mut cpu = Cpu::new(2, ms(5), true);
    let other = cpu.add_thread(ProcessId::MAIN, "t".into(), LaneId::LOOP, Rc::new(|_| {}));
    cpu.begin(ThreadId::MAIN);
    cpu.begin(other);
    cpu.check();
}

/// One that waits for a baton that nobody holds.
#[test]
#[should_panic(expected = "a free baton that is wanted")]
fn a_baton_that_lies_idle_is_noticed() {
    let mut cpu = Cpu::new(2, ms(5), true);
    let other = cpu.add_thread(ProcessId::MAIN, "t".into(), LaneId::LOOP, Rc::new(|_| {}));
    cpu.release(ThreadId::MAIN);
    cpu.want(other, Duration::ZERO, Instant::ZERO);
    cpu.check();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Work is conserved: with one core, or one lock, all is done when the sum of the work is, if
    /// the processor was never idle before.
    #[test]
    fn work_is_conserved(works in prop::collection::vec(1_u64..60, 1..8), gil in any::<bool>()) {
        let jobs: Vec<(u64, u64)> = works.iter().map(|work| (0, *work)).collect();
        let done = finish_times(1, gil, &jobs);
        prop_assert_eq!(done.iter().max().copied(), Some(works.iter().sum()));
        for (done, work) in done.iter().zip(&works) {
            prop_assert!(done >= work);
        }
    }

    /// No core is idle while somebody could compute: the end is not later than if each thread ran
    /// on a core alone, nor earlier than if the work were spread evenly.
    #[test]
    fn cores_are_never_idle(works in prop::collection::vec(1_u64..60, 1..8), cores in 1_u32..5) {
        let jobs: Vec<(u64, u64)> = works.iter().map(|work| (0, *work)).collect();
        let done = finish_times(cores, false, &jobs);
        for (done, by_hand) in done.iter().zip(shared_fairly(cores, &works)) {
            prop_assert!((*done as f64 - by_hand).abs() <= 1.0, "{done} {by_hand}");
        }
        let end = done.into_iter().max().unwrap();
        let (sum, longest) = (works.iter().sum::<u64>(), works.iter().max().copied().unwrap());
        prop_assert!(end >= longest.max(sum.div_ceil(u64::from(cores))));
        prop_assert!(end <= sum);
        if u64::from(cores) >= works.len() as u64 {
            prop_assert_eq!(end, longest);
        }
    }
}
