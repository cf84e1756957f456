//! How far a search may go.

/// How far a search may go: runs, and choice points passed in all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Budget {
    pub(super) runs: u64,
    pub(super) steps: u64,
}

impl Budget {
    pub(super) const NONE: Self = Self { runs: 0, steps: 0 };

    pub(super) fn min(self, other: Self) -> Self {
        Self { runs: self.runs.min(other.runs), steps: self.steps.min(other.steps) }
    }

    pub(super) fn less(self, used: Self) -> Self {
        Self {
            runs: self.runs.saturating_sub(used.runs),
            steps: self.steps.saturating_sub(used.steps),
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            runs: self.runs.saturating_add(other.runs),
            steps: self.steps.saturating_add(other.steps),
        }
    }

    pub(super) fn is_used_up(self) -> bool {
        self.runs == 0 || self.steps == 0
    }
}
