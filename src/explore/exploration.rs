//! A whole exploration: the search, the share of each outcome, and a schedule that shows it.

use super::drive::{Found, Incomplete, Search, Strategy, Watcher, search};
use super::search::Draw;
use super::steer::{Shown, differs, show};
use super::subject::Subject;
use super::tally::{Share, Tally};
use crate::trace::schedule::Open;

/// All that came out of an exploration.
#[derive(Clone, Debug)]
pub struct Exploration<E> {
    /// The outcomes; failures first, then by how many schedules lead to them.
    pub outcomes: Vec<Outcome<E>>,
    /// Runs that counted.
    pub runs: u64,
    /// Runs that were ended early, because they would have led to nothing new.
    pub cut: u64,
    /// How many schedules there are, as far as the search went; `None` if that is not known.
    pub schedules: Option<u128>,
    /// Whether each run stands for all that differ only in the order of steps that do not depend
    /// on each other.
    pub is_reduced: bool,
    /// How the shares are known.
    pub shares: Shares,
    /// Why the search is not complete; empty if it is.
    pub incomplete: Vec<Incomplete>,
    /// How much of the search was done, in hundredths of a percent.
    pub covered: u64,
    /// All schedules with at most so many preemptions were covered, if not all were.
    pub within: Option<u32>,
    /// What a run did that had done something else before.
    pub differs: Option<String>,
}

/// How it is known which share of the runs of a scheduler that draws its choices comes to an
/// outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shares {
    /// Every schedule was run.
    Exact,
    /// From so many schedules that were drawn.
    Drawn(u64),
}

/// An outcome.
#[derive(Clone, Debug)]
pub struct Outcome<E> {
    /// How it ended.
    pub end: E,
    /// Whether that is a failure.
    pub fails: bool,
    /// Classes of schedules that lead to it, or schedules, as far as they are known apart.
    pub classes: u64,
    /// Schedules that lead to it.
    pub schedules: Option<u128>,
    /// Its share, in hundredths of a percent.
    pub share: u64,
    /// A schedule that leads to it.
    pub shown: Shown,
}

impl<E> Exploration<E> {
    /// Whether every schedule was covered.
    pub fn is_complete(&self) -> bool {
        self.incomplete.is_empty()
    }

    /// Whether any schedule fails.
    pub fn fails(&self) -> bool {
        self.outcomes.iter().any(|outcome| outcome.fails)
    }
}

/// Choice points that are passed to estimate shares.
const DRAWN_STEPS: u64 = 400_000;

/// Explores: searches, and shows each outcome by a simple schedule.
pub fn explore<S: Subject>(
    subject: &S,
    settings: &Search,
    open: &Open,
    watcher: &Watcher<'_>,
) -> Exploration<S::End> {
    let differs = differs(subject);
    let mut found = search(subject, settings, watcher);
    if let Some(differs) = differs {
        found.tally.differs = Some(differs);
        found.incomplete.push(Incomplete::Differs);
        found.incomplete.dedup();
    }
    finish(subject, settings, open, found, watcher)
}

fn finish<S: Subject>(
    subject: &S,
    settings: &Search,
    open: &Open,
    found: Found<S::End>,
    watcher: &Watcher<'_>,
) -> Exploration<S::End> {
    let Found { tally, incomplete, covered, within } = found;
    let is_drawn = matches!(settings.strategy, Strategy::Sample { .. });
    let is_every = tally.schedules().is_some_and(|all| all == u128::from(tally.runs()));
    let are_exact = is_every && tally.rows.values().all(|row| row.is_share_exact);
    let (shares, known) = if is_drawn {
        (Shares::Drawn(tally.runs()), None)
    } else if are_exact && incomplete.is_empty() {
        (Shares::Exact, None)
    } else {
        let drawn = draw(subject, settings, watcher);
        (Shares::Drawn(drawn.runs()), Some(drawn))
    };
    let is_reduced = !is_drawn && !is_every;
    let whole = known.as_ref().unwrap_or(&tally).share();
    let (runs, cut, schedules) = (tally.runs(), tally.cut, tally.schedules());
    let share_of = |end: &S::End, own: Share| match &known {
        None => own.of(whole),
        Some(known) => known.rows.get(end).map_or(0, |row| row.share.of(whole)),
    };
    let mut outcomes: Vec<Outcome<S::End>> = tally
        .rows
        .into_iter()
        .map(|(end, row)| Outcome {
            fails: subject.fails(&end),
            classes: if row.classes.is_empty() { row.runs } else { row.classes.len() as u64 },
            schedules: row.schedules,
            share: share_of(&end, row.share),
            shown: show(subject, &row.witness, Some(&end), open, watcher),
            end,
        })
        .collect();
    outcomes.sort_by_key(|outcome| {
        (!outcome.fails, std::cmp::Reverse((outcome.schedules, outcome.classes)))
    });
    Exploration {
        outcomes,
        runs,
        cut,
        schedules: schedules.filter(|_| !is_drawn),
        is_reduced,
        shares,
        incomplete,
        covered: Share(u128::from(covered)).of(Share(u128::from(Share::ALL))),
        within,
        differs: tally.differs,
    }
}

fn draw<S: Subject>(subject: &S, settings: &Search, watcher: &Watcher<'_>) -> Tally<S::End> {
    let drawn = Search {
        strategy: Strategy::Sample { draw: Draw::Random, runs: settings.draws },
        shard: None,
        max_runs: settings.draws,
        max_steps: DRAWN_STEPS,
        counts_schedules: false,
        ..settings.clone()
    };
    search(subject, &drawn, watcher).tally
}
