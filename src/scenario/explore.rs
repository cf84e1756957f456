//! `[explore]`: how the schedules of a scenario are explored.

use super::model::Explore;
use super::parse::Parser;
use super::table::Value;
use crate::trace::schedule::Open;

pub(super) const EXPLORE_KEYS: [&str; 10] = [
    "order",
    "jitter",
    "cancel",
    "faults",
    "values",
    "strategy",
    "runs",
    "preemptions",
    "ignore",
    "fails",
];

/// How schedules can be looked for.
pub const STRATEGIES: [&str; 5] = ["exhaustive", "naive", "random", "pct", "pos"];

/// What need not tell outcomes apart.
pub(super) const IGNORED: [&str; 2] = ["output", "values"];

impl Parser<'_> {
    /// `[explore]`.
    pub(super) fn explore(&mut self, value: &Value<'_>) -> Explore {
        let Some(mut table) = self.table(value, "in [explore]", &EXPLORE_KEYS) else {
            return Explore::default();
        };
        let most = u64::from(u32::MAX);
        let small = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
        let order = table.take("order").and_then(|value| self.word(&value, &["any"]));
        let faults = table.take("faults").and_then(|value| self.boolean(&value));
        Explore {
            open: Open {
                order: order.is_some(),
                jitter: table.take("jitter").and_then(|value| self.fixed_duration(&value)),
                cancel: table.take("cancel").and_then(|value| self.string(&value)),
                faults: faults.unwrap_or(false),
                values: small(table.take("values").and_then(|v| self.integer(&v, 0..=most))),
            },
            strategy: table.take("strategy").and_then(|value| self.word(&value, &STRATEGIES)),
            runs: table.take("runs").and_then(|value| self.integer(&value, 1..=u64::MAX)),
            preemptions: small(
                table.take("preemptions").and_then(|value| self.integer(&value, 0..=most)),
            ),
            ignore: table.take("ignore").map_or_else(Vec::new, |value| self.ignored(&value)),
            fails: table.take("fails").and_then(|value| self.boolean(&value)).unwrap_or(false),
        }
    }

    fn ignored(&mut self, value: &Value<'_>) -> Vec<&'static str> {
        let items = self.array(value, "[\"output\"]");
        items.iter().filter_map(|item| self.word(item, &IGNORED)).collect()
    }
}
