//! What the runs of a search came to: one row for each outcome.

use std::collections::BTreeMap;

/// A share of all schedules, as a random scheduler would hit them: in parts of [`Share::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub u128);

impl Share {
    /// All schedules.
    pub const ALL: u64 = 1 << 62;

    /// In hundredths of a percent, of a whole.
    pub fn of(self, whole: Self) -> u64 {
        let parts = (self.0 * 10_000 + whole.0 / 2).checked_div(whole.0).unwrap_or(0);
        u64::try_from(parts).unwrap_or(u64::MAX)
    }
}

/// A run that shows an outcome: which alternative it takes at each of its choice points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Witness {
    /// Departures from the usual order; preemptions, where threads are chosen.
    pub departures: u32,
    /// How many steps and values were chosen.
    pub length: usize,
    /// The alternatives.
    pub choices: Vec<u32>,
}

/// All runs with one outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Runs that came to it.
    pub runs: u64,
    /// Schedules that these runs stand for; `None` if that would take long to count.
    pub schedules: Option<u128>,
    /// Which share of the runs of a scheduler that draws its choices comes to it; known only if
    /// every schedule was run, or if schedules were drawn.
    pub share: Share,
    /// The run with the fewest departures, then with the fewest choices.
    pub witness: Witness,
    /// Marks of the classes that were met, where runs of one class can be several, and how many
    /// schedules each of them is.
    pub classes: BTreeMap<u128, Option<u128>>,
    /// Whether runs of one class are counted once.
    pub is_by_class: bool,
    /// Whether the shares of the runs are those of schedules.
    pub is_share_exact: bool,
}

/// A run that counts.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) schedules: Option<u128>,
    pub(super) is_by_class: bool,
    pub(super) is_share_exact: bool,
    pub(super) share: Share,
    pub(super) class: Option<u128>,
    pub(super) witness: Witness,
}

/// The rows, and the runs that do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally<E> {
    /// By outcome.
    pub rows: BTreeMap<E, Row>,
    /// Runs that were ended early, because they would have led to nothing new.
    pub cut: u64,
    /// What a run did that had done something else before, with the same choices.
    pub differs: Option<String>,
}

impl<E> Default for Tally<E> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), cut: 0, differs: None }
    }
}

impl Row {
    /// A run of that class stands for so many schedules.
    fn add_class(&mut self, class: Option<u128>, schedules: Option<u128>) {
        let is_known = class.is_some_and(|class| self.classes.insert(class, schedules).is_some());
        if !(self.is_by_class && is_known) {
            self.schedules = sum(self.schedules, schedules);
        }
    }
}

impl<E: Clone + Ord> Tally<E> {
    pub(super) fn add(&mut self, end: E, run: Counted) {
        match self.rows.get_mut(&end) {
            Some(row) => {
                row.runs += 1;
                row.share.0 += run.share.0;
                row.is_share_exact &= run.is_share_exact;
                if run.witness < row.witness {
                    row.witness = run.witness;
                }
                row.add_class(run.class, run.schedules);
            }
            None => {
                let row = Row {
                    runs: 1,
                    schedules: run.schedules,
                    share: run.share,
                    witness: run.witness,
                    classes: run.class.map(|class| (class, run.schedules)).into_iter().collect(),
                    is_by_class: run.is_by_class,
                    is_share_exact: run.is_share_exact,
                };
                self.rows.insert(end, row);
            }
        }
    }

    /// Adds what another part of the search came to.
    pub fn merge(&mut self, other: Self) {
        self.cut += other.cut;
        if self.differs.is_none() {
            self.differs = other.differs;
        }
        for (end, row) in other.rows {
            match self.rows.get_mut(&end) {
                Some(mine) => {
                    mine.runs += row.runs;
                    mine.share.0 += row.share.0;
                    mine.is_share_exact &= row.is_share_exact;
                    if row.witness < mine.witness {
                        mine.witness = row.witness;
                    }
                    if mine.is_by_class && !row.classes.is_empty() {
                        for (class, schedules) in row.classes {
                            mine.add_class(Some(class), schedules);
                        }
                    } else {
                        mine.schedules = sum(mine.schedules, row.schedules);
                        mine.classes.extend(row.classes);
                    }
                }
                None => {
                    self.rows.insert(end, row);
                }
            }
        }
    }

    /// Adds the outcomes of another search of the same: those that are known stay as they are, but
    /// for a simpler witness.
    pub(super) fn absorb(&mut self, other: Self) {
        self.cut += other.cut;
        if self.differs.is_none() {
            self.differs = other.differs;
        }
        for (end, row) in other.rows {
            match self.rows.get_mut(&end) {
                Some(mine) if row.witness < mine.witness => mine.witness = row.witness,
                Some(_) => {}
                None => {
                    self.rows.insert(end, Row { schedules: None, ..row });
                }
            }
        }
    }

    /// Runs that count.
    pub fn runs(&self) -> u64 {
        self.rows.values().map(|row| row.runs).sum()
    }

    /// Schedules that the runs stand for.
    pub fn schedules(&self) -> Option<u128> {
        self.rows.values().try_fold(0_u128, |all, row| all.checked_add(row.schedules?))
    }

    /// All shares together.
    pub fn share(&self) -> Share {
        Share(self.rows.values().map(|row| row.share.0).sum())
    }
}

fn sum(some: Option<u128>, more: Option<u128>) -> Option<u128> {
    some?.checked_add(more?)
}
