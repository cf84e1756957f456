//! How long `sleep`, `io`, `block` and `compute` take, when that is computed by the program.

use super::ops;
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error, value_error};
use crate::program::instruction::Spend;
use crate::program::value::{PyResult, Value, Vm};
use crate::time::Duration;

/// Seconds as a duration. A sleep of less than no time is one of no time; for the others it is an
/// error, as for `time.sleep`.
pub(super) fn duration(vm: &mut dyn Vm, what: Spend, seconds: &Value) -> PyResult<Duration> {
    if let Value::Int(seconds) = seconds
        && let Ok(seconds) = u64::try_from(*seconds)
    {
        return Ok(Duration::from_secs(seconds));
    }
    if let Value::Float(seconds) = seconds
        && let Some(nanos) = nanos(*seconds)
    {
        return Ok(Duration::from_nanos(nanos));
    }
    let seconds = match seconds {
        Value::Float(seconds) => *seconds,
        other => match ops::to_float(other)? {
            Some(seconds) => seconds,
            None if what == Spend::Sleep => {
                // `asyncio.sleep` begins with a comparison.
                return ops::compare(vm, ops::Compare::Le, other, &Value::Int(0))
                    .map(|_| Duration::ZERO);
            }
            None => {
                return Err(type_error(format!("must be real number, not {}", other.type_name())));
            }
        },
    };
    if seconds.is_nan() {
        return Err(value_error(if what == Spend::Sleep {
            "Invalid delay: NaN (not a number)"
        } else {
            "Invalid value NaN (not a number)"
        }));
    }
    if seconds < 0.0 {
        return match what {
            Spend::Sleep => Ok(Duration::ZERO),
            Spend::Block => Err(value_error("sleep length must be non-negative")),
            Spend::Io | Spend::Compute | Spend::Jitter => {
                Err(value_error("a duration must be non-negative"))
            }
        };
    }
    match nanos(seconds) {
        Some(nanos) => Ok(Duration::from_nanos(nanos)),
        None if what == Spend::Sleep => Ok(Duration::MAX),
        None => Err(raise(&OVERFLOW_ERROR, "timestamp out of range for C PyTime_t")),
    }
}

/// Seconds in whole nanoseconds, the nearest; `None` if they are negative or too many.
pub(super) fn nanos(seconds: f64) -> Option<u64> {
    // 2⁶⁴ nanoseconds.
    const TOO_MANY: f64 = 18_446_744_073.709_551;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value is in range"
    )]
    (0.0..TOO_MANY).contains(&seconds).then_some((seconds * 1e9 + 0.5) as u64)
}

/// Nanoseconds in seconds, as programs see them.
pub(super) fn seconds(nanos: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a time in seconds is a float in Python")]
    let nanos = nanos as f64;
    nanos / 1e9
}
