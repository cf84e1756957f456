//! What follows from the arguments: values read and checked, before any file is opened.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::suggest;
use crate::executor::Limits;
use crate::scenario::RUNTIME_KEYS;
use crate::scenario::model::Runtime;
use crate::time::{Duration, Instant};
use crate::trace::PythonVersion;
use crate::trace::outcome::LimitKind;

/// Why a `NAME=VALUE` is not one. The messages go on from "invalid value '…' for …: ".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SettingError {
    #[error("it should look like `{0}`")]
    Form(&'static str),
    #[error("unknown {what} `{name}`; {help}")]
    Unknown { what: &'static str, name: String, help: String },
    #[error("`{name}` should be {expected}")]
    Value { name: String, expected: String },
}

fn unknown(what: &'static str, name: &str, known: &[&'static str]) -> SettingError {
    let help = match suggest(name, known.iter().copied()) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("there are {}", known.join(", ")),
    };
    SettingError::Unknown { what, name: name.to_owned(), help }
}

/// A whole number, with `_` between digits if one likes.
fn whole_number(text: &str) -> Option<u64> {
    text.replace('_', "").parse().ok()
}

/// `--python-version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PythonArgument(pub(super) PythonVersion);

impl FromStr for PythonArgument {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        let known = PythonVersion::ALL.map(PythonVersion::name);
        PythonVersion::named(text).map(Self).ok_or_else(|| unknown("version", text, &known))
    }
}

/// `--limit NAME=VALUE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LimitSetting {
    kind: LimitKind,
    /// A count, or nanoseconds.
    value: u64,
}

impl FromStr for LimitSetting {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        let (name, value) = text.split_once('=').ok_or(SettingError::Form("time=10h"))?;
        let known = LimitKind::ALL.map(LimitKind::name);
        let kind = LimitKind::ALL.into_iter().find(|kind| kind.name() == name);
        let kind = kind.ok_or_else(|| unknown("limit", name, &known))?;
        let wrong = |expected: &str| SettingError::Value {
            name: name.to_owned(),
            expected: expected.to_owned(),
        };
        let value = if kind == LimitKind::Time {
            let time = value.parse::<Duration>();
            time.map_err(|error| wrong(&format!("a duration such as 10h: {error}")))?.as_nanos()
        } else {
            whole_number(value).ok_or_else(|| wrong("a whole number"))?
        };
        Ok(Self { kind, value })
    }
}

impl fmt::Display for LimitSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            LimitKind::Time => write!(f, "time={}", Duration::from_nanos(self.value)),
            kind => write!(f, "{}={}", kind.name(), self.value),
        }
    }
}

impl LimitSetting {
    /// Whether it bounds this.
    pub(super) fn is_of(self, kind: LimitKind) -> bool {
        self.kind == kind
    }

    pub(super) fn apply(self, limits: &mut Limits) {
        let count = u32::try_from(self.value).unwrap_or(u32::MAX);
        match self.kind {
            LimitKind::Handles => limits.handles = self.value,
            LimitKind::Time => limits.time = Instant::from_nanos(self.value),
            LimitKind::Tasks => limits.tasks = count,
            LimitKind::InstantIterations => limits.instant_iterations = self.value,
            LimitKind::Operations => limits.operations = self.value,
            LimitKind::Memory => limits.memory = self.value,
            LimitKind::Output => limits.output = self.value,
        }
    }
}

/// `--set runtime.KEY=VALUE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuntimeSetting {
    Python(PythonVersion),
    Cores(u32),
    Gil(bool),
    PreemptAtAccess(bool),
    SwitchInterval(Duration),
    Debug(bool),
    EagerTasks(bool),
    Latency(Duration),
    Bandwidth(u64),
}

impl FromStr for RuntimeSetting {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        let form = SettingError::Form("runtime.cores=2");
        let (name, value) = text.split_once('=').ok_or(form.clone())?;
        let key = name.strip_prefix("runtime.").ok_or(form)?;
        let wrong = |expected: &str| SettingError::Value {
            name: name.to_owned(),
            expected: expected.to_owned(),
        };
        let truth = |value: &str| value.parse().map_err(|_| wrong("true or false"));
        Ok(match key {
            "python" => Self::Python(value.parse::<PythonArgument>()?.0),
            "cores" => {
                let cores = whole_number(value).and_then(|n| u32::try_from(n).ok());
                Self::Cores(cores.filter(|n| *n > 0).ok_or_else(|| wrong("1 or more"))?)
            }
            "gil" => Self::Gil(truth(value)?),
            "preempt" => match value {
                "interpreter" => Self::PreemptAtAccess(false),
                "access" => Self::PreemptAtAccess(true),
                _ => return Err(wrong("interpreter or access")),
            },
            "switch_interval" => {
                let interval = value.parse::<Duration>();
                Self::SwitchInterval(
                    interval.map_err(|error| wrong(&format!("a duration such as 5ms: {error}")))?,
                )
            }
            "debug" => Self::Debug(truth(value)?),
            "eager_tasks" => Self::EagerTasks(truth(value)?),
            "latency" => {
                let latency = value.parse::<Duration>();
                Self::Latency(
                    latency.map_err(|error| wrong(&format!("a duration such as 5ms: {error}")))?,
                )
            }
            "bandwidth" => {
                let rate = whole_number(value).filter(|rate| *rate > 0);
                Self::Bandwidth(rate.ok_or_else(|| wrong("bytes a second, 1 or more"))?)
            }
            _ => return Err(unknown("key of [runtime]", key, &RUNTIME_KEYS)),
        })
    }
}

impl fmt::Display for RuntimeSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("runtime.")?;
        match self {
            Self::Python(version) => write!(f, "python={}", version.name()),
            Self::Cores(cores) => write!(f, "cores={cores}"),
            Self::Gil(gil) => write!(f, "gil={gil}"),
            Self::PreemptAtAccess(true) => f.write_str("preempt=access"),
            Self::PreemptAtAccess(false) => f.write_str("preempt=interpreter"),
            Self::SwitchInterval(interval) => write!(f, "switch_interval={interval}"),
            Self::Debug(debug) => write!(f, "debug={debug}"),
            Self::EagerTasks(eager) => write!(f, "eager_tasks={eager}"),
            Self::Latency(latency) => write!(f, "latency={latency}"),
            Self::Bandwidth(rate) => write!(f, "bandwidth={rate}"),
        }
    }
}

impl RuntimeSetting {
    pub(super) fn apply(self, runtime: &mut Runtime) {
        match self {
            Self::Python(version) => runtime.python = Some(version),
            Self::Cores(cores) => runtime.cores = Some(cores),
            Self::Gil(gil) => runtime.gil = Some(gil),
            Self::PreemptAtAccess(access) => runtime.preempt_at_access = Some(access),
            Self::SwitchInterval(interval) => runtime.switch_interval = Some(interval),
            Self::Debug(debug) => runtime.debug = Some(debug),
            Self::EagerTasks(eager) => runtime.eager_tasks = Some(eager),
            Self::Latency(latency) => runtime.latency = Some(latency),
            Self::Bandwidth(rate) => runtime.bandwidth = Some(rate),
        }
    }
}

/// `--shard K/N`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shard {
    /// From 0.
    index: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        let shard = || {
            let (index, of) = text.split_once('/')?;
            let (index, of) = (index.parse::<usize>().ok()?, of.parse::<usize>().ok()?);
            (1 <= index && index <= of).then(|| Self { index: index - 1, of })
        };
        shard().ok_or(SettingError::Form("2/3` for the second of three parts, `1/1"))
    }
}

impl Shard {
    /// Which part, from 0, and of how many.
    pub(super) fn parts(self) -> (usize, usize) {
        (self.index, self.of)
    }

    /// Whether the item at `index` of all is in this part.
    pub(super) fn takes(self, index: usize) -> bool {
        index % self.of == self.index
    }
}

/// The size of a frame, as users write it: `80x24`.
#[cfg(feature = "tui")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameSize {
    pub(super) columns: u16,
    pub(super) rows: u16,
}

#[cfg(feature = "tui")]
impl FromStr for FrameSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const MOST: u16 = 1000;
        let number = |text: &str| text.parse::<u16>().ok().filter(|n| (1..=MOST).contains(n));
        let size = text.split_once('x').and_then(|(columns, rows)| {
            Some(Self { columns: number(columns)?, rows: number(rows)? })
        });
        size.ok_or_else(|| format!("should look like 80x24, with at most {MOST}"))
    }
}

/// The name of a theme.
#[cfg(feature = "tui")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ThemeArgument(pub(super) crate::tui::Theme);

#[cfg(feature = "tui")]
impl FromStr for ThemeArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = crate::tui::Theme::ALL.map(crate::tui::Theme::name).join(", ");
        crate::tui::Theme::named(text).map(Self).ok_or_else(|| format!("themes are {names}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_error<T: FromStr<Err = SettingError> + fmt::Debug>(text: &str, message: &str) {
        assert_eq!(text.parse::<T>().unwrap_err().to_string(), message, "{text}");
    }

    #[test]
    fn settings_are_applied() {
        let mut limits = Limits::usual();
        for text in ["time=10h", "handles=1_000", "tasks=99999999999"] {
            text.parse::<LimitSetting>().unwrap().apply(&mut limits);
        }
        let time = Instant::ZERO + Duration::from_secs(36_000);
        assert_eq!((limits.time, limits.handles, limits.tasks), (time, 1_000, u32::MAX));

        let mut runtime = Runtime::default();
        for text in ["python=3.12", "cores=2", "gil=false", "preempt=access", "switch_interval=1ms"]
        {
            format!("runtime.{text}").parse::<RuntimeSetting>().unwrap().apply(&mut runtime);
        }
        assert_eq!(runtime.python, Some(PythonVersion::V3_12));
        assert_eq!((runtime.cores, runtime.gil), (Some(2), Some(false)));
        assert_eq!(runtime.preempt_at_access, Some(true));
    }

    #[test]
    fn wrong_settings_say_what_is_right() {
        check_error::<LimitSetting>("time", "it should look like `time=10h`");
        check_error::<LimitSetting>("tiem=1h", "unknown limit `tiem`; did you mean `time`?");
        check_error::<LimitSetting>("handles=many", "`handles` should be a whole number");
        check_error::<LimitSetting>(
            "time=5",
            "`time` should be a duration such as 10h: `5` has no unit: write ns, us, ms, s, m, h \
             or d behind it",
        );
        check_error::<RuntimeSetting>("cores=2", "it should look like `runtime.cores=2`");
        check_error::<RuntimeSetting>("runtime.cores=0", "`runtime.cores` should be 1 or more");
        check_error::<RuntimeSetting>(
            "runtime.core=2",
            "unknown key of [runtime] `core`; did you mean `cores`?",
        );
        check_error::<PythonArgument>(
            "2.7",
            "unknown version `2.7`; there are 3.11, 3.12, 3.13, 3.14, 3.15",
        );
        for text in ["0/3", "4/3", "x", "1/0"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn shards_share_everything_out() {
        let shards: Vec<Shard> = ["1/3", "2/3", "3/3"].map(|text| text.parse().unwrap()).into();
        for index in 0..10 {
            assert_eq!(shards.iter().filter(|shard| shard.takes(index)).count(), 1);
        }
    }
}
