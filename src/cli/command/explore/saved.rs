//! The result of a search, or of a part of one, as a JSON document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::explore::{Exploration, Incomplete, Outcome, ProgramEnd, Shares};

/// What a document of this form says it is.
const FORM: &str = "sim explore 1";

/// The result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Saved {
    form: String,
    /// The program's file, and what it was explored with.
    pub(super) file: String,
    /// What else is said to run it as it was explored: before the schedule, and behind it.
    #[serde(default)]
    pub(super) again: (String, String),
    pub(super) settings: String,
    pub(super) runs: u64,
    pub(super) cut: u64,
    pub(super) schedules: Option<u128>,
    pub(super) is_reduced: bool,
    /// Schedules that were drawn to estimate the shares; `None` if they are exact.
    pub(super) drawn: Option<u64>,
    /// Why it is not complete.
    pub(super) incomplete: Vec<String>,
    pub(super) covered: u64,
    /// All schedules with at most so many preemptions were covered, if not all were.
    #[serde(default)]
    pub(super) within: Option<u32>,
    pub(super) differs: Option<String>,
    /// The parts that this is made of, from 1, and of how many.
    pub(super) shards: Vec<(usize, usize)>,
    pub(super) outcomes: Vec<SavedOutcome>,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct SavedOutcome {
    #[serde(flatten)]
    pub(super) end: ProgramEnd,
    pub(super) is_failure: bool,
    pub(super) classes: u64,
    pub(super) schedules: Option<u128>,
    /// In hundredths of a percent.
    pub(super) share: u64,
    pub(super) departures: usize,
    pub(super) length: usize,
    pub(super) schedule: String,
    /// What struck from outside, and where.
    pub(super) strike: Option<String>,
}

/// Why files cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::cli) enum MergeError {
    #[error("it is no result that `sim explore --save` wrote: {0}")]
    Form(String),
    #[error("it is the result of another search: {0}")]
    Other(String),
    #[error("part {0} of {1} is there twice")]
    Twice(usize, usize),
}

/// The word for a reason.
pub(super) fn reason(why: Incomplete) -> &'static str {
    match why {
        Incomplete::Runs => "budget of runs",
        Incomplete::Steps => "budget of choice points",
        Incomplete::Stopped => "ended from outside",
        Incomplete::Preemptions => "preemptions",
        Incomplete::TooLong => "too long",
        Incomplete::Drawn => "drawn",
        Incomplete::Shard => "shard",
        Incomplete::Differs => "not deterministic",
    }
}

impl Saved {
    pub(super) fn new(
        (file, again): (&str, (String, String)),
        settings: String,
        shard: Option<(usize, usize)>,
        found: &Exploration<ProgramEnd>,
        strike: impl Fn(&Outcome<ProgramEnd>) -> Option<String>,
    ) -> Self {
        let saved = |outcome: &Outcome<ProgramEnd>| SavedOutcome {
            end: outcome.end.clone(),
            is_failure: outcome.fails,
            classes: outcome.classes,
            schedules: outcome.schedules,
            share: outcome.share,
            departures: outcome.shown.departures,
            length: outcome.shown.length,
            schedule: outcome.shown.schedule.to_string(),
            strike: strike(outcome),
        };
        Self {
            form: FORM.to_owned(),
            file: file.to_owned(),
            again,
            settings,
            runs: found.runs,
            cut: found.cut,
            schedules: found.schedules,
            is_reduced: found.is_reduced,
            drawn: match found.shares {
                Shares::Exact => None,
                Shares::Drawn(n) => Some(n),
            },
            incomplete: found.incomplete.iter().map(|why| reason(*why).to_owned()).collect(),
            covered: found.covered,
            within: found.within,
            differs: found.differs.clone(),
            shards: shard.map(|(index, of)| (index + 1, of)).into_iter().collect(),
            outcomes: found.outcomes.iter().map(saved).collect(),
        }
    }

    pub(in crate::cli) fn fails(&self) -> bool {
        self.outcomes.iter().any(|outcome| outcome.is_failure)
    }

    pub(super) fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    pub(super) fn parse(text: &str) -> Result<Self, MergeError> {
        let saved: Self =
            serde_json::from_str(text).map_err(|error| MergeError::Form(error.to_string()))?;
        if saved.form == FORM { Ok(saved) } else { Err(MergeError::Form(saved.form)) }
    }

    /// Adds another part of the same search.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), MergeError> {
        if (&self.file, &self.settings) != (&other.file, &other.settings) {
            return Err(MergeError::Other(format!("{} {}", other.file, other.settings)));
        }
        for (index, of) in other.shards {
            if self.shards.contains(&(index, of)) {
                return Err(MergeError::Twice(index, of));
            }
            self.shards.push((index, of));
        }
        self.shards.sort_unstable();
        self.runs += other.runs;
        self.cut += other.cut;
        self.schedules = self.schedules.zip(other.schedules).and_then(|(a, b)| a.checked_add(b));
        self.is_reduced |= other.is_reduced;
        self.covered = self.covered.saturating_add(other.covered);
        self.within = self.within.zip(other.within).map(|(a, b)| a.min(b));
        self.differs = self.differs.take().or(other.differs);
        for why in other.incomplete {
            if !self.incomplete.contains(&why) {
                self.incomplete.push(why);
            }
        }
        self.merge_outcomes(other.outcomes);
        let of = self.shards.first().map_or(0, |(_, of)| *of);
        if self.shards == (1..=of).map(|index| (index, of)).collect::<Vec<_>>() {
            let is_shard = |why: &String| why == reason(Incomplete::Shard);
            self.incomplete.retain(|why| !is_shard(why));
            if self.incomplete.is_empty() {
                self.covered = 10_000;
            }
        }
        Ok(())
    }

    fn merge_outcomes(&mut self, others: Vec<SavedOutcome>) {
        let mut all: BTreeMap<ProgramEnd, SavedOutcome> = BTreeMap::new();
        for outcome in std::mem::take(&mut self.outcomes).into_iter().chain(others) {
            match all.get_mut(&outcome.end) {
                Some(known) => {
                    known.classes += outcome.classes;
                    known.schedules =
                        known.schedules.zip(outcome.schedules).and_then(|(a, b)| a.checked_add(b));
                    let cost = |o: &SavedOutcome| (o.departures, o.length, o.schedule.clone());
                    if cost(&outcome) < cost(known) {
                        known.departures = outcome.departures;
                        known.length = outcome.length;
                        known.schedule = outcome.schedule;
                        known.strike = outcome.strike;
                    }
                }
                None => {
                    all.insert(outcome.end.clone(), outcome);
                }
            }
        }
        self.outcomes = all.into_values().collect();
        self.outcomes.sort_by_key(|outcome| {
            (!outcome.is_failure, std::cmp::Reverse((outcome.schedules, outcome.classes)))
        });
    }
}
