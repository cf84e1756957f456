//! Durations: numbers of seconds, texts with units, expressions.

use toml::de::DeValue;

use super::model::DurationExpr;
use super::parse::Parser;
use super::step::Scope;
use super::table::Value;
use super::text;
use crate::source::Span;
use crate::time::{Duration, NANOS_PER_SEC, ParseDurationError};

/// How a duration may be written, for helps.
const FORMS: &str =
    "write seconds as a number (1.5), a text with a unit (\"250ms\", \"1h 30m\") or an expression";

/// How a duration that is known before the run may be written.
const FIXED_FORMS: &str = "write seconds as a number (1.5) or a text with a unit (\"250ms\")";

/// Words that people write for units, with the unit.
const UNIT_WORDS: [(&str, &[&str]); 7] = [
    ("ns", &["nanosecond", "nanoseconds", "nsec", "nanos"]),
    ("us", &["microsecond", "microseconds", "usec", "micros"]),
    ("ms", &["millisecond", "milliseconds", "msec", "msecs", "millis"]),
    ("s", &["second", "seconds", "sec", "secs"]),
    ("m", &["minute", "minutes", "min", "mins"]),
    ("h", &["hour", "hours", "hr", "hrs"]),
    ("d", &["day", "days"]),
];

impl Parser<'_> {
    /// A duration of a step; no time at all if it is none.
    pub(super) fn duration(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> DurationExpr {
        let nothing = DurationExpr::Fixed(Duration::ZERO, value.span);
        let DeValue::String(_) = value.data else {
            return self
                .number_of_seconds(value, FORMS)
                .map_or(nothing, |duration| DurationExpr::Fixed(duration, value.span));
        };
        let text = self.decoded(value.span);
        let content = text.as_str().trim();
        if content.is_empty() {
            self.bad_duration(value, value.span, &ParseDurationError::Empty, FORMS);
            return nothing;
        }
        match fixed(content) {
            Ok(duration) => DurationExpr::Fixed(duration, text.span()),
            Err(why) => match text::expression(&text) {
                Ok(_) if why == ParseDurationError::Negative && is_number(content) => {
                    self.bad_duration(value, text.span(), &why, FORMS);
                    nothing
                }
                Err(_) if is_attempt(content) => {
                    self.bad_duration(value, text.span(), &why, FORMS);
                    nothing
                }
                answer => {
                    let Some(expr) = self.parsed(value, answer) else { return nothing };
                    self.refuse_await(&expr, scope);
                    DurationExpr::Seconds(expr)
                }
            },
        }
    }

    /// A duration that must be known before the run.
    pub(super) fn fixed_duration(&mut self, value: &Value<'_>) -> Option<Duration> {
        let DeValue::String(_) = value.data else {
            return self.number_of_seconds(value, FIXED_FORMS);
        };
        let text = self.decoded(value.span);
        // A jitter may be written `±2ms`.
        match fixed(text.as_str().trim().trim_start_matches('±')) {
            Ok(duration) => Some(duration),
            Err(why) => {
                self.bad_duration(value, text.span(), &why, FIXED_FORMS);
                None
            }
        }
    }

    fn number_of_seconds(&mut self, value: &Value<'_>, forms: &str) -> Option<Duration> {
        let number = match value.data {
            DeValue::Integer(integer) => {
                let text = super::value::parse_integer(integer).map(|number| number.to_string());
                text.ok_or(ParseDurationError::TooLong).and_then(|text| seconds(&text))
            }
            DeValue::Float(float) if float.as_str().contains("nan") => {
                self.not_a_time(value, "nan");
                return None;
            }
            DeValue::Float(float) if float.as_str().contains("inf") => {
                self.not_a_time(value, "inf");
                return None;
            }
            DeValue::Float(float) => seconds(float.as_str()),
            _ => {
                if let Some(found) = self.wrong_type(value, "a duration") {
                    found.help(forms);
                }
                return None;
            }
        };
        number.map_err(|why| self.bad_duration(value, value.span, &why, forms)).ok()
    }

    fn not_a_time(&mut self, value: &Value<'_>, number: &str) {
        let message = format!("{}: `{number}` is not a duration", value.subject);
        let found = self.diagnostics.error(value.span, message);
        if number == "inf" {
            found.help(
                "to wait for ever, await a future that nothing resolves: { await = \"Future()\" }",
            );
        } else {
            found.help(FIXED_FORMS);
        }
    }

    fn bad_duration(
        &mut self,
        value: &Value<'_>,
        span: Span,
        why: &ParseDurationError,
        forms: &str,
    ) {
        if self.is_doubtful(span) {
            return;
        }
        let found = self.diagnostics.error(span, format!("{}: {}", value.subject, shortened(why)));
        match why {
            ParseDurationError::UnknownUnit(unit) => {
                found.help_opt(unit_meant(unit).map(|unit| format!("did you mean `{unit}`?")));
            }
            ParseDurationError::Negative => {
                found.help("to let others run once without waiting, sleep for 0");
            }
            ParseDurationError::UnitExpected(_) if self.source.slice(span).contains(',') => {
                found.help("a fraction has a point: \"1.5s\"");
            }
            ParseDurationError::TooLong
            | ParseDurationError::UnitExpected(_)
            | ParseDurationError::NotANumber(_) => {}
            ParseDurationError::Empty | ParseDurationError::NumberExpected(_) => {
                found.help(forms);
            }
        }
    }
}

/// The words of an error, without more of the text than can be read.
fn shortened(why: &ParseDurationError) -> ParseDurationError {
    use ParseDurationError as E;
    match why {
        E::NumberExpected(text) => E::NumberExpected(text::shown(text)),
        E::NotANumber(text) => E::NotANumber(text::shown(text)),
        E::UnitExpected(text) => E::UnitExpected(text::shown(text)),
        E::UnknownUnit(text) => E::UnknownUnit(text::shown(text)),
        other => other.clone(),
    }
}

fn unit_meant(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let is_meant = |(unit, words): &&(&'static str, &[&str])| {
        **unit == *word || words.contains(&word.as_str())
    };
    UNIT_WORDS.iter().find(is_meant).map(|(unit, _)| *unit)
}

/// A text that is a duration by itself: a number of seconds, or numbers with units.
fn fixed(text: &str) -> Result<Duration, ParseDurationError> {
    if is_number(text) { seconds(text) } else { text.parse() }
}

/// Whether a text is a decimal number, perhaps with a sign and an exponent.
fn is_number(text: &str) -> bool {
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE_".contains(&b));
    has_digit && is_plain && text.replace('_', "").parse::<f64>().is_ok()
}

/// Whether someone meant this as numbers with units.
fn is_attempt(text: &str) -> bool {
    let unsigned = text.trim_start_matches('-');
    let is_plain = |c: char| c.is_alphanumeric() || "., _".contains(c);
    unsigned.starts_with(|c: char| c.is_ascii_digit()) && unsigned.chars().all(is_plain)
}

/// A number of seconds, exactly as it is written.
fn seconds(number: &str) -> Result<Duration, ParseDurationError> {
    let plain = number.replace(['_', '+'], "");
    if !plain.contains(['e', 'E']) {
        let written =
            if plain.starts_with('.') { format!("0{plain}s") } else { format!("{plain}s") };
        return written.parse();
    }
    let value: f64 = plain.parse().unwrap_or(f64::NAN);
    if value < 0.0 {
        return Err(ParseDurationError::Negative);
    }
    from_seconds(value).ok_or(ParseDurationError::TooLong)
}

/// Seconds as whole nanoseconds; `None` if they do not fit.
fn from_seconds(seconds: f64) -> Option<Duration> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "both bounds are exact powers of ten or rounded up"
    )]
    let (nanos, most) = ((seconds * NANOS_PER_SEC as f64).round(), u64::MAX as f64);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be within bounds"
    )]
    (0.0..most).contains(&nanos).then(|| Duration::from_nanos(nanos as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &Result<u64, ParseDurationError>) {
        assert_eq!(fixed(text).map(Duration::as_nanos), *expected, "{text}");
    }

    #[test]
    fn numbers_are_seconds() {
        check("1", &Ok(1_000_000_000));
        check("0.1", &Ok(100_000_000));
        check(".5", &Ok(500_000_000));
        check("1e-3", &Ok(1_000_000));
        check("1_000.5", &Ok(1_000_500_000_000));
        check("-1", &Err(ParseDurationError::Negative));
        check("-1e3", &Err(ParseDurationError::Negative));
        check("1e300", &Err(ParseDurationError::TooLong));
        check("250ms", &Ok(250_000_000));
        check("1e3s", &Err(ParseDurationError::UnknownUnit("e".to_owned())));
    }

    #[test]
    fn words_for_units_are_understood_well_enough_to_suggest() {
        assert_eq!(unit_meant("Minutes"), Some("m"));
        assert_eq!(unit_meant("MS"), Some("ms"));
        assert_eq!(unit_meant("parsec"), None);
    }
}
