use super::Value;

/// `range(start, stop, step)`, in 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RangeObject {
    /// The first number.
    pub start: i64,
    /// Where it ends, as it was given.
    pub stop: i64,
    /// The distance of neighbors; not 0.
    pub step: i64,
    /// How many numbers there are.
    pub len: u64,
}

impl RangeObject {
    /// The range; `step` must not be 0.
    pub fn new(start: i64, stop: i64, step: i64) -> Self {
        let (low, high) = if step > 0 { (start, stop) } else { (stop, start) };
        let len = if low < high && step != 0 {
            (high.abs_diff(low) - 1) / step.unsigned_abs() + 1
        } else {
            0
        };
        Self { start, stop, step, len }
    }

    /// The number at `index`, which must be below `len`.
    #[inline]
    pub fn at(&self, index: u64) -> i64 {
        self.start.wrapping_add(self.step.wrapping_mul(index.cast_signed()))
    }

    /// Whether `value` is one of its numbers, and which.
    pub fn position(&self, value: i64) -> Option<u64> {
        let ahead = if self.step > 0 { value >= self.start } else { value <= self.start };
        let distance = value.abs_diff(self.start);
        let step = self.step.unsigned_abs();
        (ahead && distance.is_multiple_of(step) && distance / step < self.len)
            .then(|| distance / step)
    }
}

/// `slice(start, stop, step)`.
#[derive(Clone, Debug)]
pub struct SliceObject {
    /// Where it begins.
    pub start: Value,
    /// Where it ends.
    pub stop: Value,
    /// The step.
    pub step: Value,
}
