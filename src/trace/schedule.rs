//! A schedule: the choices of a run, as text and back.
//!
//! Only choices that differ from asyncio's own answer are written, each with the number of the
//! choice point it belongs to and the name of what was taken, so that a schedule survives small
//! edits and a step that no longer fits can be reported by name:
//!
//! ```
//! use loopsim::trace::Schedule;
//! let schedule: Schedule = "v1 3:completion=fetch-2".parse().unwrap();
//! assert_eq!(schedule.steps()[0].taken, "fetch-2");
//! assert_eq!(schedule.to_string(), "v1 3:completion=fetch-2");
//! ```

use std::fmt;
use std::str::FromStr;

use super::event::ChoiceKind;
use crate::time::Duration;

/// One choice that was not asyncio's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which choice point of the run, from 0.
    pub point: u32,
    /// What was to be chosen.
    pub kind: ChoiceKind,
    /// The name of the alternative that was taken.
    pub taken: String,
}

/// What is left open in a run besides what reality leaves open: each is a choice point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// The order of what is ready at once, timers that are due among it.
    pub order: bool,
    /// How much earlier or later answers from outside may come.
    pub jitter: Option<Duration>,
    /// The name of a task that may be cancelled at one of its awaits.
    pub cancel: Option<String>,
    /// Answers from outside, and jobs on pools, may be failures.
    pub faults: bool,
    /// Numbers drawn from at most so many are choices.
    pub values: Option<u32>,
}

/// The choices of a run. The empty one is asyncio's own order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// What there is to choose at all.
    pub open: Open,
    steps: Vec<Step>,
}

/// Why a text is not a schedule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseScheduleError {
    /// It does not begin with the version.
    #[error("a schedule begins with `v1`")]
    Version,
    /// One of its steps is not one.
    #[error("`{0}` is not a step of a schedule: expected something like `3:completion=fetch-2`")]
    Step(String),
    /// A step comes before one with a smaller number.
    #[error("step `{0}` is out of order")]
    Order(String),
}

impl Schedule {
    /// A schedule of those steps.
    pub fn new(steps: Vec<Step>) -> Self {
        Self { open: Open::default(), steps }
    }

    /// The same, where that is left open.
    #[must_use]
    pub fn with_open(self, open: Open) -> Self {
        Self { open, ..self }
    }

    /// The choices, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Adds a choice.
    pub fn push(&mut self, step: Step) {
        self.steps.push(step);
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}=", self.point, self.kind.name())?;
        write_escaped(f, &self.taken)
    }
}

/// Steps are set apart by blanks, so names must not hold any.
fn write_escaped(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    for c in name.chars() {
        match c {
            '%' => f.write_str("%25")?,
            c if c.is_whitespace() || c.is_control() || matches!(c, '\'' | '"') => {
                write!(f, "%{:02x};", c as u32)?;
            }
            c => write!(f, "{c}")?,
        }
    }
    Ok(())
}

impl fmt::Display for Open {
    /// Each word has a blank before it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.order {
            f.write_str(" order=any")?;
        }
        if let Some(jitter) = self.jitter {
            write!(f, " jitter={jitter}")?;
        }
        if let Some(task) = &self.cancel {
            f.write_str(" cancel=")?;
            write_escaped(f, task)?;
        }
        if self.faults {
            f.write_str(" faults=any")?;
        }
        if let Some(values) = self.values {
            write!(f, " values={values}")?;
        }
        Ok(())
    }
}

impl Open {
    /// Takes a word like `order=any`; `None` if it is none.
    fn take(&mut self, word: &str) -> Option<()> {
        let (key, value) = word.split_once('=')?;
        match (key, value) {
            ("order", "any") => self.order = true,
            ("faults", "any") => self.faults = true,
            ("jitter", _) => {
                self.jitter = Some(value.parse().ok()?);
            }
            ("cancel", _) => self.cancel = Some(unescape(value)?),
            ("values", _) => self.values = Some(value.parse().ok()?),
            _ => return None,
        }
        Some(())
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v1{}", self.open)?;
        for step in &self.steps {
            write!(f, " {step}")?;
        }
        Ok(())
    }
}

impl FromStr for Schedule {
    type Err = ParseScheduleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut words = text.split_whitespace();
        if words.next() != Some("v1") {
            return Err(ParseScheduleError::Version);
        }
        let mut steps: Vec<Step> = Vec::new();
        let mut open = Open::default();
        for word in words {
            if steps.is_empty() && open.take(word).is_some() {
                continue;
            }
            let step = parse_step(word).ok_or_else(|| ParseScheduleError::Step(word.to_owned()))?;
            if steps.last().is_some_and(|last| last.point >= step.point) {
                return Err(ParseScheduleError::Order(word.to_owned()));
            }
            steps.push(step);
        }
        Ok(Self { open, steps })
    }
}

fn parse_step(word: &str) -> Option<Step> {
    let (point, rest) = word.split_once(':')?;
    let (kind, taken) = rest.split_once('=')?;
    let kind = ChoiceKind::ALL.into_iter().find(|known| known.name() == kind)?;
    Some(Step { point: point.parse().ok()?, kind, taken: unescape(taken)? })
}

fn unescape(taken: &str) -> Option<String> {
    let mut parts = taken.split('%');
    let mut name = parts.next()?.to_owned();
    for part in parts {
        if let Some(rest) = part.strip_prefix("25") {
            name.push('%');
            name.push_str(rest);
        } else {
            let (code, rest) = part.split_once(';')?;
            name.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
            name.push_str(rest);
        }
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_survives_the_round_trip() {
        let step = |point, taken: &str| Step {
            point,
            kind: ChoiceKind::Completion,
            taken: taken.to_owned(),
        };
        let schedule = Schedule::new(vec![step(0, "a b"), step(7, "100%;\n"), step(8, "")]);
        assert_eq!(schedule.to_string().parse(), Ok(schedule.clone()));
        let open = Open {
            order: true,
            jitter: Some(Duration::from_millis(2)),
            cancel: Some("a worker".to_owned()),
            faults: true,
            values: Some(8),
        };
        let opened = Schedule { open, ..schedule };
        assert_eq!(opened.to_string().parse(), Ok(opened));
    }

    #[test]
    fn what_is_no_schedule_says_why() {
        let parse = |text: &str| text.parse::<Schedule>().unwrap_err().to_string();
        assert_eq!(parse(""), "a schedule begins with `v1`");
        assert!(parse("v1 3:lunch=a").starts_with("`3:lunch=a` is not a step"));
        assert!(parse("v1 3:ready=a 3:ready=b").contains("out of order"));
    }
}
