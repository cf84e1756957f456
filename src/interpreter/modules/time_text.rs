//! Moments as text: `strftime` and `strptime`, in the C locale.

use super::clock::{MONTHS, Moment, WEEKDAYS, name_of};
use crate::program::exception::value_error;
use crate::program::value::PyResult;
use crate::time::{civil_from_days, days_from_civil};

/// What `datetime` knows besides the moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// `%f`: microseconds; `None` where that stands for itself.
    pub microsecond: Option<i64>,
    /// `%z`.
    pub offset: String,
    /// `%Z`.
    pub zone: String,
}

/// `strftime(format)`.
pub(super) fn format(moment: &Moment, extra: &Extra, format: &str) -> String {
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        match chars.next() {
            None => out.push('%'),
            Some('-') => match chars.next() {
                Some(code) => {
                    let text = directive(moment, extra, code);
                    let cut = text.trim_start_matches(['0', ' ']);
                    out.push_str(if cut.is_empty() { "0" } else { cut });
                }
                None => out.push_str("%-"),
            },
            Some(':') => match chars.next() {
                Some('z') => out.push_str(&with_colons(&extra.offset)),
                Some(other) => out.extend(['%', ':', other]),
                None => out.push_str("%:"),
            },
            Some(code) => out.push_str(&directive(moment, extra, code)),
        }
    }
    out
}

fn with_colons(offset: &str) -> String {
    match offset.len() {
        5 => format!("{}:{}", &offset[..3], &offset[3..]),
        7 => format!("{}:{}:{}", &offset[..3], &offset[3..5], &offset[5..]),
        _ => offset.to_owned(),
    }
}

fn directive(moment: &Moment, extra: &Extra, code: char) -> String {
    let Moment { year, month, day, hour, minute, second, weekday, year_day } = *moment;
    let of_twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    let half = if hour < 12 { "AM" } else { "PM" };
    let sunday = (weekday + 1) % 7;
    match code {
        'a' => format!("{:.3}", name_of(&WEEKDAYS, weekday)),
        'A' => name_of(&WEEKDAYS, weekday).to_owned(),
        'b' | 'h' => format!("{:.3}", name_of(&MONTHS, month - 1)),
        'B' => name_of(&MONTHS, month - 1).to_owned(),
        'c' => moment.ctime(),
        'C' => format!("{:02}", year.div_euclid(100)),
        'd' => format!("{day:02}"),
        'D' | 'x' => format!("{month:02}/{day:02}/{:02}", year.rem_euclid(100)),
        'e' => format!("{day:2}"),
        'f' => extra.microsecond.map_or_else(|| "%f".to_owned(), |micro| format!("{micro:06}")),
        'F' => format!("{year}-{month:02}-{day:02}"),
        'g' => format!("{:02}", iso_week(moment).0.rem_euclid(100)),
        'G' => iso_week(moment).0.to_string(),
        'H' => format!("{hour:02}"),
        'I' => format!("{of_twelve:02}"),
        'j' => format!("{year_day:03}"),
        'k' => format!("{hour:2}"),
        'l' => format!("{of_twelve:2}"),
        'm' => format!("{month:02}"),
        'M' => format!("{minute:02}"),
        'n' => "\n".to_owned(),
        'p' => half.to_owned(),
        'P' => half.to_lowercase(),
        'r' => format!("{of_twelve:02}:{minute:02}:{second:02} {half}"),
        'R' => format!("{hour:02}:{minute:02}"),
        's' => moment.seconds().to_string(),
        'S' => format!("{second:02}"),
        't' => "\t".to_owned(),
        'T' | 'X' => format!("{hour:02}:{minute:02}:{second:02}"),
        'u' => (weekday + 1).to_string(),
        'U' => format!("{:02}", (year_day + 6 - sunday) / 7),
        'V' => format!("{:02}", iso_week(moment).1),
        'w' => sunday.to_string(),
        'W' => format!("{:02}", (year_day + 6 - weekday) / 7),
        'y' => format!("{:02}", year.rem_euclid(100)),
        'Y' => year.to_string(),
        'z' => extra.offset.clone(),
        'Z' => extra.zone.clone(),
        '%' => "%".to_owned(),
        other => format!("%{other}"),
    }
}

/// The ISO year and week.
fn iso_week(moment: &Moment) -> (i64, i64) {
    // The week belongs to the year of its Thursday.
    let days = days_from_civil(moment.year, moment.month, moment.day);
    let thursday = days - moment.weekday + 3;
    let (year, ..) = civil_from_days(thursday);
    (year, (thursday - days_from_civil(year, 1, 1)) / 7 + 1)
}

/// What `strptime` has read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parsed {
    pub year: Option<i64>,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub microsecond: i64,
    /// Seconds east of UTC.
    pub offset: Option<i64>,
}

/// `strptime(text, format)`.
pub(super) fn parse(text: &str, format: &str) -> PyResult<Parsed> {
    let mut reader = Reader { rest: text, half: None, of_twelve: false, year_day: None };
    let mut parsed = Parsed {
        year: None,
        month: 1,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        microsecond: 0,
        offset: None,
    };
    let fails = || {
        value_error(format!(
            "time data {} does not match format {}",
            crate::interpreter::text::quote_text(text),
            crate::interpreter::text::quote_text(format)
        ))
    };
    let expanded = expand(format);
    let mut chars = expanded.chars();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            reader.rest = reader.rest.trim_start();
            continue;
        }
        if c != '%' {
            reader.rest = reader.rest.strip_prefix(c).ok_or_else(fails)?;
            continue;
        }
        let Some(code) = chars.next() else {
            let shown = crate::interpreter::text::quote_text(format);
            return Err(value_error(format!("stray % in format {shown}")));
        };
        match reader.directive(code, &mut parsed) {
            Some(true) => {}
            Some(false) => return Err(fails()),
            None => {
                return Err(value_error(format!(
                    "'{code}' is a bad directive in format {}",
                    crate::interpreter::text::quote_text(format)
                )));
            }
        }
    }
    if !reader.rest.is_empty() {
        return Err(value_error(format!("unconverted data remains: {}", reader.rest)));
    }
    reader.settle(&mut parsed)?;
    Ok(parsed)
}

/// Directives that stand for several.
fn expand(format: &str) -> String {
    format
        .replace("%T", "%H:%M:%S")
        .replace("%D", "%m/%d/%y")
        .replace("%F", "%Y-%m-%d")
        .replace("%R", "%H:%M")
        .replace("%c", "%a %b %d %H:%M:%S %Y")
        .replace("%x", "%m/%d/%y")
        .replace("%X", "%H:%M:%S")
}

struct Reader<'t> {
    rest: &'t str,
    /// Whether it is in the afternoon.
    half: Option<bool>,
    of_twelve: bool,
    year_day: Option<i64>,
}

impl Reader<'_> {
    /// Puts together what was read in parts.
    fn settle(&self, parsed: &mut Parsed) -> PyResult<()> {
        if self.of_twelve {
            parsed.hour = match (self.half, parsed.hour) {
                (Some(true), 12) => 12,
                (Some(true), hour) => hour + 12,
                (_, 12) => 0,
                (_, hour) => hour,
            };
        }
        let year = parsed.year.unwrap_or(1900);
        if let Some(day) = self.year_day {
            (_, parsed.month, parsed.day) = civil_from_days(days_from_civil(year, 1, 1) + day - 1);
        }
        let days = days_from_civil(year, parsed.month, parsed.day);
        if civil_from_days(days) != (year, parsed.month, parsed.day) {
            return Err(value_error("day is out of range for month"));
        }
        Ok(())
    }

    /// Reads what a directive stands for; `false` if it is not there, `None` if there is no such
    /// directive.
    fn directive(&mut self, code: char, parsed: &mut Parsed) -> Option<bool> {
        let read = match code {
            'Y' => self.digits(4, 4).map(|year| parsed.year = Some(year)),
            'y' => self.digits(2, 2).map(|year| {
                parsed.year = Some(if year < 69 { 2000 + year } else { 1900 + year });
            }),
            'm' => self.number(1, 12).map(|month| parsed.month = month),
            'd' | 'e' => self.number(1, 31).map(|day| parsed.day = day),
            'H' => self.number(0, 23).map(|hour| parsed.hour = hour),
            'I' => self.number(1, 12).map(|hour| {
                parsed.hour = hour;
                self.of_twelve = true;
            }),
            'M' => self.number(0, 59).map(|minute| parsed.minute = minute),
            'S' => self.number(0, 61).map(|second| parsed.second = second.min(59)),
            'f' => self.fraction().map(|micro| parsed.microsecond = micro),
            'j' => self.digits(1, 3).map(|day| self.year_day = Some(day)),
            'p' => self.name(&["AM", "PM"], 2).map(|half| self.half = Some(half == 1)),
            'a' => self.name(&WEEKDAYS, 3).map(|_| ()),
            'A' => self.name(&WEEKDAYS, usize::MAX).map(|_| ()),
            'b' | 'h' => self.name(&MONTHS, 3).map(|month| parsed.month = month + 1),
            'B' => self.name(&MONTHS, usize::MAX).map(|month| parsed.month = month + 1),
            'w' | 'u' => self.digits(1, 1).map(|_| ()),
            'U' | 'W' | 'V' => self.digits(1, 2).map(|_| ()),
            'z' => self.offset().map(|offset| parsed.offset = Some(offset)),
            'Z' => self.name(&["UTC", "GMT"], 3).map(|_| ()),
            '%' => self.rest.strip_prefix('%').map(|rest| self.rest = rest),
            _ => return None,
        };
        Some(read.is_some())
    }

    fn digits(&mut self, min: usize, max: usize) -> Option<i64> {
        let len = self.rest.bytes().take(max).take_while(u8::is_ascii_digit).count();
        if len < min {
            return None;
        }
        let (digits, rest) = self.rest.split_at(len);
        self.rest = rest;
        digits.parse().ok()
    }

    /// One digit or two, as many as stay in the range.
    fn number(&mut self, min: i64, max: i64) -> Option<i64> {
        let before = self.rest;
        let found = self.digits(1, 2)?;
        if (min..=max).contains(&found) {
            return Some(found);
        }
        self.rest = before;
        let found = self.digits(1, 1)?;
        (min..=max).contains(&found).then_some(found)
    }

    fn fraction(&mut self) -> Option<i64> {
        let before = self.rest.len();
        let digits = self.digits(1, 6)?;
        let len = u32::try_from(before - self.rest.len()).unwrap_or(6);
        Some(digits * 10_i64.pow(6_u32.saturating_sub(len)))
    }

    /// One of some names, whose first `len` letters count.
    fn name(&mut self, names: &[&str], len: usize) -> Option<i64> {
        for (at, name) in (0..).zip(names) {
            let name = &name[..name.len().min(len)];
            if let Some(start) = self.rest.get(..name.len())
                && start.eq_ignore_ascii_case(name)
            {
                self.rest = &self.rest[name.len()..];
                return Some(at);
            }
        }
        None
    }

    fn offset(&mut self) -> Option<i64> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            return Some(0);
        }
        let sign = match self.rest.chars().next()? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        self.rest = &self.rest[1..];
        let hours = self.digits(2, 2)?;
        self.rest = self.rest.strip_prefix(':').unwrap_or(self.rest);
        let minutes = self.digits(2, 2)?;
        let before = self.rest;
        self.rest = self.rest.strip_prefix(':').unwrap_or(self.rest);
        let seconds = self.digits(2, 2).unwrap_or_else(|| {
            self.rest = before;
            0
        });
        Some(sign * (hours * 3600 + minutes * 60 + seconds))
    }
}
