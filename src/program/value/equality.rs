use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::Value;

/// How deep tuples are compared without asking whoever counts the depth.
const MAX_DEPTH: u32 = 32;

impl Value {
    /// Whether two values are equal as keys of a dict, as far as that can be said without running
    /// code of the program or looking into containers; `None` if it cannot.
    #[inline]
    pub fn equals_key(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Str(a), Self::Str(b)) => Some(a == b),
            (Self::Int(a), Self::Int(b)) => Some(a == b),
            _ => self.equals_plain(other, MAX_DEPTH),
        }
    }

    fn equals_plain(&self, other: &Self, depth: u32) -> Option<bool> {
        if self.is(other) {
            return Some(true);
        }
        match (self, other) {
            (Self::Instance(_), _) | (_, Self::Instance(_)) => None,
            (Self::Foreign(a), b) | (b, Self::Foreign(a)) => Some(a.object.equals(b) == Some(true)),
            (Self::Tuple(a), Self::Tuple(b)) => {
                if a.len() != b.len() {
                    return Some(false);
                }
                let depth = depth.checked_sub(1)?;
                for (a, b) in a.iter().zip(b.iter()) {
                    match a.equals_plain(b, depth) {
                        Some(true) => {}
                        undecided => return undecided,
                    }
                }
                Some(true)
            }
            (Self::Bytes(a), Self::Bytes(b)) => Some(a[..] == b[..]),
            (Self::List(_), Self::List(_))
            | (Self::Dict(_), Self::Dict(_))
            | (Self::DictView(_), _)
            | (_, Self::DictView(_))
            | (Self::Set(_) | Self::FrozenSet(_), Self::Set(_) | Self::FrozenSet(_))
            | (Self::Slice(_), Self::Slice(_))
            | (Self::BoundMethod(_), Self::BoundMethod(_)) => None,
            (Self::Range(a), Self::Range(b)) => Some(
                a.len == b.len
                    && (a.len == 0 || a.start == b.start && (a.len == 1 || a.step == b.step)),
            ),
            _ => Some(self.equals_number(other)),
        }
    }

    /// Whether both are numbers and equal.
    pub fn equals_number(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Float(a), Self::Float(b)) => a == b,
            (Self::BigInt(a), Self::BigInt(b)) => ***a == ***b,
            (Self::Float(float), Self::BigInt(int)) | (Self::BigInt(int), Self::Float(float)) => {
                BigInt::from_f64(*float)
                    .is_some_and(|whole| whole == ***int && float.fract() == 0.0)
            }
            (Self::Float(float), int) | (int, Self::Float(float)) => {
                int.as_i64().is_some_and(|int| float_equals_int(*float, int))
            }
            _ => match (self.as_i64(), other.as_i64()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }

    /// The number, if it is an int or a bool within 64 bits.
    #[inline]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::Bool(value) => Some(i64::from(*value)),
            _ => None,
        }
    }
}

/// Exactly, without rounding the int.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "checked both ways"
)]
fn float_equals_int(float: f64, int: i64) -> bool {
    int as f64 == float && float < 9_223_372_036_854_775_808.0 && float as i64 == int
}
