use super::str::this;
use crate::program::value::{Arguments, PyResult, Value, Vm};

/// `str.lower`.
pub(super) fn lower(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::from(this(args, "lower")?.to_lowercase()))
}

/// `str.upper`.
pub(super) fn upper(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::from(this(args, "upper")?.to_uppercase()))
}

/// `str.casefold`.
pub(super) fn casefold(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "casefold")?;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ı' => out.push(c),
            // Cherokee folds to its capitals, which are older.
            '\u{13a0}'..='\u{13f5}' => out.push(c),
            '\u{13f8}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}' => out.extend(c.to_uppercase()),
            _ => {
                let upper = c.to_lowercase().flat_map(char::to_uppercase);
                out.extend(upper.flat_map(char::to_lowercase));
            }
        }
    }
    Ok(Value::from(out))
}

/// Each code point with its lowercase, which for a sigma depends on what is around it.
fn with_lowercase<'a>(text: &'a str, lower: &'a str) -> impl Iterator<Item = (char, &'a str)> {
    let mut rest = lower;
    text.chars().map(move |c| {
        let len = match c {
            'Σ' => 'σ'.len_utf8(),
            c => c.to_lowercase().map(char::len_utf8).sum(),
        };
        let (own, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        rest = after;
        (c, own)
    })
}

/// A letter as it begins a word.
fn push_title(out: &mut String, c: char) {
    match c {
        'ŉ' => out.push_str("ʼN"),
        'Ǆ'..='ǆ' => out.push('ǅ'),
        'Ǉ'..='ǉ' => out.push('ǈ'),
        'Ǌ'..='ǌ' => out.push('ǋ'),
        'Ǳ'..='ǳ' => out.push('ǲ'),
        // Georgian has capitals, but words do not begin with them.
        '\u{10d0}'..='\u{10fa}' | '\u{10fd}'..='\u{10ff}' => out.push(c),
        '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => {
            out.extend(char::from_u32(u32::from(c) + 8));
        }
        '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}' | '\u{1fa8}'..='\u{1faf}' => out.push(c),
        'ᾳ' | 'ᾼ' => out.push('ᾼ'),
        'ῃ' | 'ῌ' => out.push('ῌ'),
        'ῳ' | 'ῼ' => out.push('ῼ'),
        _ => {
            let mut upper = c.to_uppercase();
            out.extend(upper.next());
            out.extend(upper.flat_map(char::to_lowercase));
        }
    }
}

/// `str.capitalize`.
pub(super) fn capitalize(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "capitalize")?;
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    if let Some(first) = chars.next() {
        push_title(&mut out, first);
    }
    // The whole text decides how a final sigma is written.
    let skipped = text.chars().next().map_or(0, |c| c.to_lowercase().map(char::len_utf8).sum());
    out.push_str(text.to_lowercase().get(skipped..).unwrap_or(""));
    Ok(Value::from(out))
}

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is_title_case(c)
}

fn is_title_case(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ' | 'ᾼ' | 'ῌ' | 'ῼ'
        | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}' | '\u{1fa8}'..='\u{1faf}')
}

/// `str.title`.
pub(super) fn title(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "title")?;
    let mut out = String::with_capacity(text.len());
    let mut in_word = false;
    for (c, lower) in with_lowercase(text, &text.to_lowercase()) {
        if in_word {
            out.push_str(lower);
        } else {
            push_title(&mut out, c);
        }
        in_word = is_cased(c);
    }
    Ok(Value::from(out))
}

/// `str.swapcase`.
pub(super) fn swap_case(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "swapcase")?;
    let mut out = String::with_capacity(text.len());
    for (c, lower) in with_lowercase(text, &text.to_lowercase()) {
        if c.is_uppercase() {
            out.push_str(lower);
        } else if c.is_lowercase() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    Ok(Value::from(out))
}

/// `str.islower`.
pub(super) fn is_lower(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "islower")?;
    let other = text.chars().any(|c| c.is_uppercase() || is_title_case(c));
    Ok(Value::Bool(!other && text.chars().any(char::is_lowercase)))
}

/// `str.isupper`.
pub(super) fn is_upper(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "isupper")?;
    let other = text.chars().any(|c| c.is_lowercase() || is_title_case(c));
    Ok(Value::Bool(!other && text.chars().any(char::is_uppercase)))
}

/// `str.istitle`.
pub(super) fn is_title(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (mut in_word, mut any) = (false, false);
    for c in this(args, "istitle")?.chars() {
        if c.is_uppercase() || is_title_case(c) {
            if in_word {
                return Ok(Value::Bool(false));
            }
            (in_word, any) = (true, true);
        } else if c.is_lowercase() {
            if !in_word {
                return Ok(Value::Bool(false));
            }
            any = true;
        } else {
            in_word = false;
        }
    }
    Ok(Value::Bool(any))
}
