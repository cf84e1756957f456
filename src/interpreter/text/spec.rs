use crate::program::exception::value_error;
use crate::program::value::{PyResult, Stop};

/// Where padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// After: `<`.
    Left,
    /// Before: `>`.
    Right,
    /// On both sides: `^`.
    Center,
    /// Between sign and digits: `=`.
    AfterSign,
}

/// What stands between groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Nothing.
    None,
    /// `,` between thousands.
    Comma,
    /// `_` between thousands.
    Underscore,
    /// `_` between groups of four.
    UnderscoreFour,
}

impl Grouping {
    /// The separator.
    pub fn separator(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Comma => Some(','),
            Self::Underscore | Self::UnderscoreFour => Some('_'),
        }
    }

    /// How many digits a group has.
    pub fn size(self) -> usize {
        if self == Self::UnderscoreFour { 4 } else { 3 }
    }
}

/// A format specification, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    /// What padding consists of.
    pub fill: char,
    /// Where padding goes.
    pub align: Align,
    /// `+`, `-` or a space.
    pub sign: Option<char>,
    /// `z`: no negative zero.
    pub no_negative_zero: bool,
    /// `#`.
    pub alternate: bool,
    /// The least width.
    pub width: usize,
    /// Between groups of digits before the point.
    pub grouping: Grouping,
    /// Between groups of digits after the point.
    pub fraction_grouping: Grouping,
    /// Digits after the point, or characters of a str.
    pub precision: Option<usize>,
    /// The presentation type.
    pub kind: Option<char>,
}

struct Reader<'a> {
    rest: &'a [char],
}

impl Reader<'_> {
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let first = *self.rest.first()?;
        if !wanted(first) {
            return None;
        }
        self.rest = &self.rest[1..];
        Some(first)
    }

    fn number(&mut self) -> PyResult<Option<usize>> {
        let mut number = None;
        while let Some(digit) = self.take(|c| super::decimal_value(c).is_some()) {
            let digit = super::decimal_value(digit).unwrap_or(0) as usize;
            let grown = number.unwrap_or(0usize).checked_mul(10).and_then(|n| n.checked_add(digit));
            number = match grown {
                Some(grown) if i64::try_from(grown).is_ok() => Some(grown),
                _ => return Err(value_error("Too many decimal digits in format string")),
            };
        }
        Ok(number)
    }
}

fn align_of(c: char) -> Option<Align> {
    match c {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

impl FormatSpec {
    /// Takes `text` apart. `default` is the alignment of the type, `type_name` is for messages.
    pub fn parse(text: &str, default: Align, type_name: &str) -> PyResult<Self> {
        let chars: Vec<char> = text.chars().collect();
        let mut reader = Reader { rest: &chars };
        let mut fill = None;
        let mut align = None;
        match *reader.rest {
            [c, sign, ..] if let Some(found) = align_of(sign) => {
                (fill, align) = (Some(c), Some(found));
                reader.rest = &reader.rest[2..];
            }
            [sign, ..] if let Some(found) = align_of(sign) => {
                align = Some(found);
                reader.rest = &reader.rest[1..];
            }
            _ => {}
        }
        let sign = reader.take(|c| matches!(c, '+' | '-' | ' '));
        let no_negative_zero = reader.take(|c| c == 'z').is_some();
        let alternate = reader.take(|c| c == '#').is_some();
        if fill.is_none() && reader.take(|c| c == '0').is_some() {
            fill = Some('0');
            if align.is_none() && default == Align::Right {
                align = Some(Align::AfterSign);
            }
        }
        let width = reader.number()?.unwrap_or(0);
        let mut grouping = read_grouping(&mut reader)?;
        let mut precision = None;
        let mut fraction_grouping = Grouping::None;
        if reader.take(|c| c == '.').is_some() {
            precision = reader.number()?;
            fraction_grouping = read_grouping(&mut reader)?;
            if precision.is_none() && fraction_grouping == Grouping::None {
                return Err(value_error("Format specifier missing precision"));
            }
        }
        let kind = match *reader.rest {
            [] => None,
            [kind] => Some(kind),
            _ => {
                return Err(value_error(format!(
                    "Invalid format specifier '{text}' for object of type '{type_name}'"
                )));
            }
        };
        let shown = kind.or((default == Align::Left).then_some('s'));
        check_grouping(&mut grouping, shown)?;
        check_grouping(&mut fraction_grouping, shown)?;
        Ok(Self {
            fill: fill.unwrap_or(' '),
            align: align.unwrap_or(default),
            sign,
            no_negative_zero,
            alternate,
            width,
            grouping,
            fraction_grouping,
            precision,
            kind,
        })
    }
}

fn read_grouping(reader: &mut Reader<'_>) -> PyResult<Grouping> {
    let both = || value_error("Cannot specify both ',' and '_'.");
    let mut grouping = Grouping::None;
    if reader.take(|c| c == ',').is_some() {
        grouping = Grouping::Comma;
    }
    if reader.take(|c| c == '_').is_some() {
        if grouping != Grouping::None {
            return Err(both());
        }
        grouping = Grouping::Underscore;
    }
    if reader.rest.first() == Some(&',') && grouping == Grouping::Underscore {
        return Err(both());
    }
    Ok(grouping)
}

fn check_grouping(grouping: &mut Grouping, kind: Option<char>) -> PyResult<()> {
    let Some(separator) = grouping.separator() else { return Ok(()) };
    match kind {
        None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Ok(()),
        Some('b' | 'o' | 'x' | 'X') if separator == '_' => {
            *grouping = Grouping::UnderscoreFour;
            Ok(())
        }
        Some(kind) => Err(cannot_group(separator, kind)),
    }
}

#[cold]
fn cannot_group(separator: char, kind: char) -> Stop {
    let code = u32::from(kind);
    if (33..128).contains(&code) {
        value_error(format!("Cannot specify '{separator}' with '{kind}'."))
    } else {
        value_error(format!("Cannot specify '{separator}' with '\\x{code:x}'."))
    }
}
