use std::borrow::Borrow;
use std::cell::Cell;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use compact_str::CompactString;

use super::{hash, heap};

/// A str: immutable text that knows its length in code points and its hash.
///
/// One pointer wide. Texts of up to 24 bytes need no second allocation.
#[derive(Clone)]
pub struct Str(Rc<StrObject>);

struct StrObject {
    text: CompactString,
    /// Code points in `text`.
    chars: u32,
    /// 0 until it is asked for.
    hash: Cell<i64>,
}

impl Drop for StrObject {
    #[inline]
    fn drop(&mut self) {
        heap::release(weight(self.text.len()));
    }
}

#[inline]
fn weight(bytes: usize) -> u64 {
    (size_of::<StrObject>() + 16 + bytes) as u64
}

thread_local! {
    static EMPTY: Str = Str::lasting("");
    static ASCII: [Str; 128] = std::array::from_fn(|byte| {
        Str::lasting(char::from(u8::try_from(byte).unwrap_or(0)).encode_utf8(&mut [0; 4]))
    });
}

impl Str {
    fn new(text: CompactString, chars: u32) -> Self {
        heap::charge(weight(text.len()));
        Self(Rc::new(StrObject { text, chars, hash: Cell::new(0) }))
    }

    /// A str that is kept as long as the thread lives, and is not counted as held by a run.
    pub fn lasting(text: &str) -> Self {
        heap::release(weight(text.len()));
        let chars = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Self::new(CompactString::new(text), chars)
    }

    /// The empty str.
    pub fn empty() -> Self {
        EMPTY.with(Clone::clone)
    }

    /// A str of one code point.
    #[inline]
    pub fn from_char(c: char) -> Self {
        match ASCII.with(|table| table.get(c as usize).cloned()) {
            Some(shared) => shared,
            None => Self::new(CompactString::new(c.encode_utf8(&mut [0; 4])), 1),
        }
    }

    /// A str of text whose number of code points is known.
    #[inline]
    pub fn with_count(text: &str, chars: usize) -> Self {
        debug_assert_eq!(text.chars().count(), chars);
        match (chars, text.as_bytes()) {
            (0, _) => Self::empty(),
            (1, &[byte]) => Self::from_char(char::from(byte)),
            _ => Self::new(CompactString::new(text), u32::try_from(chars).unwrap_or(u32::MAX)),
        }
    }

    /// A str of text whose number of code points is known.
    pub fn from_parts(text: CompactString, chars: usize) -> Self {
        if chars < 2 {
            return Self::with_count(&text, chars);
        }
        Self::new(text, u32::try_from(chars).unwrap_or(u32::MAX))
    }

    /// The text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// `len()`: the number of code points.
    #[inline]
    pub fn count(&self) -> usize {
        self.0.chars as usize
    }

    /// Whether every code point is one byte, so that positions are offsets.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.0.chars as usize == self.0.text.len()
    }

    /// Whether both are the same object; equal strs need not be.
    #[inline]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// `hash()`; never 0 except for the empty str.
    #[inline]
    pub fn hash(&self) -> i64 {
        let known = self.0.hash.get();
        if known != 0 {
            return known;
        }
        let computed = hash::of_text(&self.0.text);
        self.0.hash.set(computed);
        computed
    }

    /// The code point at `index`.
    #[inline]
    pub fn char_at(&self, index: usize) -> Option<char> {
        if self.is_ascii() {
            self.0.text.as_bytes().get(index).map(|byte| char::from(*byte))
        } else {
            self.0.text.chars().nth(index)
        }
    }

    /// The byte at which the code point `index` begins; the end if there are fewer.
    pub fn offset_of(&self, index: usize) -> usize {
        if self.is_ascii() {
            index.min(self.0.text.len())
        } else {
            self.0.text.char_indices().nth(index).map_or(self.0.text.len(), |(offset, _)| offset)
        }
    }

    /// How many code points begin before the byte `offset`.
    pub fn index_of(&self, offset: usize) -> usize {
        if self.is_ascii() { offset } else { self.0.text[..offset].chars().count() }
    }

    /// Whether somebody else holds this str.
    pub fn is_shared(&self) -> bool {
        Rc::strong_count(&self.0) > 1
    }

    /// Appends, in place if nobody else holds this str.
    pub fn push(&mut self, other: &Self) {
        let chars = self.0.chars.saturating_add(other.0.chars);
        if let Some(own) = Rc::get_mut(&mut self.0) {
            own.text.push_str(&other.0.text);
            own.chars = chars;
            own.hash.set(0);
            heap::charge(other.0.text.len() as u64);
        } else {
            let mut text = CompactString::with_capacity(self.0.text.len() + other.0.text.len());
            text.push_str(&self.0.text);
            text.push_str(&other.0.text);
            *self = Self::new(text, chars);
        }
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        Self::with_count(text, text.chars().count())
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        let chars = text.chars().count();
        if chars < 2 {
            return Self::with_count(&text, chars);
        }
        Self::new(CompactString::from(text), u32::try_from(chars).unwrap_or(u32::MAX))
    }
}

impl From<CompactString> for Str {
    fn from(text: CompactString) -> Self {
        let chars = text.chars().count();
        if chars < 2 {
            return Self::with_count(&text, chars);
        }
        Self::new(text, u32::try_from(chars).unwrap_or(u32::MAX))
    }
}

impl Deref for Str {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Str {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.ptr_eq(other) || self.as_str() == other.as_str()
    }
}

impl Eq for Str {}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for Str {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
