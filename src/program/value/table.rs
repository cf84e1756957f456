use super::Value;

/// A hash table that keeps the order of insertion, as `CPython`'s dict: entries in a vector, and an
/// index of them by hash. Small tables have no index and are searched.
///
/// The table compares hashes and what can be compared without running code of the program; where
/// that does not decide, the search pauses with [`Probe::Ask`] and the caller decides.
#[derive(Clone, Debug)]
pub struct Table<V> {
    entries: Vec<Option<Entry<V>>>,
    /// Positions in `entries`, by hash; empty while the table is small. Its length is a power of 2.
    index: Vec<u32>,
    /// Slots of `index` that are not vacant.
    filled: usize,
    /// Entries that are not removed.
    live: usize,
}

/// A key and what it leads to.
#[derive(Clone, Debug)]
pub struct Entry<V> {
    /// The key's hash.
    pub hash: i64,
    /// The key.
    pub key: Value,
    /// What it leads to.
    pub value: V,
}

/// What a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// The key is at this position.
    Found(usize),
    /// The key is not there.
    Missing,
    /// The key at this position has the same hash; whether it is equal takes code of the program.
    /// If it is not, the search goes on with [`Table::find_after`].
    Ask(usize),
}

/// The largest number of entries that are searched without an index.
const SMALL: usize = 8;
const VACANT: u32 = u32::MAX;
const REMOVED: u32 = u32::MAX - 1;

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V> Table<V> {
    /// An empty table.
    pub const fn new() -> Self {
        Self { entries: Vec::new(), index: Vec::new(), filled: 0, live: 0 }
    }

    /// An empty table with room for `capacity` entries.
    pub fn with_capacity(capacity: usize) -> Self {
        let mut table = Self::new();
        table.entries.reserve_exact(capacity);
        if capacity > SMALL {
            table.rebuild_index(capacity);
        }
        table
    }

    /// How many entries there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// One more than the last position that may hold an entry.
    #[inline]
    pub fn end(&self) -> usize {
        self.entries.len()
    }

    /// The entry at `position`; `None` if it was removed or never was.
    #[inline]
    pub fn at(&self, position: usize) -> Option<&Entry<V>> {
        self.entries.get(position)?.as_ref()
    }

    /// The entry at `position`, to change its value.
    #[inline]
    pub fn at_mut(&mut self, position: usize) -> Option<&mut Entry<V>> {
        self.entries.get_mut(position)?.as_mut()
    }

    /// The first entry at `position` or after it, and where it is.
    #[inline]
    pub fn next_from(&self, position: usize) -> Option<(usize, &Entry<V>)> {
        let rest = self.entries.get(position..)?;
        rest.iter().enumerate().find_map(|(at, entry)| Some((position + at, entry.as_ref()?)))
    }

    /// The last entry before `position`, and where it is.
    pub fn last_before(&self, position: usize) -> Option<(usize, &Entry<V>)> {
        let rest = &self.entries[..position.min(self.entries.len())];
        rest.iter().enumerate().rev().find_map(|(at, entry)| Some((at, entry.as_ref()?)))
    }

    /// What the text `key` leads to, if that is at `position`.
    #[inline]
    pub fn value_at(&self, position: usize, key: &super::Str) -> Option<&V> {
        let entry = self.at(position)?;
        match &entry.key {
            Value::Str(text) if text.ptr_eq(key) || text == key => Some(&entry.value),
            _ => None,
        }
    }

    /// All entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry<V>> {
        self.entries.iter().flatten()
    }

    /// Looks for a key.
    #[inline]
    pub fn find(&self, hash: i64, key: &Value) -> Probe {
        if self.index.is_empty() {
            self.search_small(0, hash, key)
        } else {
            self.search_index(hash, key, None)
        }
    }

    /// Goes on looking after the key at `position` turned out to be another.
    pub fn find_after(&self, position: usize, hash: i64, key: &Value) -> Probe {
        if self.index.is_empty() {
            self.search_small(position + 1, hash, key)
        } else {
            self.search_index(hash, key, Some(position))
        }
    }

    fn search_small(&self, from: usize, hash: i64, key: &Value) -> Probe {
        for (position, entry) in self.entries.iter().enumerate().skip(from) {
            if let Some(entry) = entry
                && entry.hash == hash
            {
                match entry.key.equals_key(key) {
                    Some(true) => return Probe::Found(position),
                    Some(false) => {}
                    None => return Probe::Ask(position),
                }
            }
        }
        Probe::Missing
    }

    fn search_index(&self, hash: i64, key: &Value, after: Option<usize>) -> Probe {
        let mask = self.index.len() - 1;
        let mut slot = self.first_slot(hash);
        let mut skipping = after.is_some();
        loop {
            match self.index[slot] {
                VACANT => return Probe::Missing,
                REMOVED => {}
                position => {
                    let position = position as usize;
                    if skipping {
                        skipping = Some(position) != after;
                    } else if let Some(Some(entry)) = self.entries.get(position)
                        && entry.hash == hash
                    {
                        match entry.key.equals_key(key) {
                            Some(true) => return Probe::Found(position),
                            Some(false) => {}
                            None => return Probe::Ask(position),
                        }
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Looks for text.
    #[inline]
    pub fn find_str(&self, key: &super::Str) -> Option<usize> {
        let hash = key.hash();
        let is_it = |entry: &Entry<V>| {
            entry.hash == hash && matches!(&entry.key, Value::Str(text) if text == key)
        };
        if self.index.is_empty() {
            return self.entries.iter().position(|entry| entry.as_ref().is_some_and(is_it));
        }
        let mask = self.index.len() - 1;
        let mut slot = self.first_slot(hash);
        loop {
            match self.index[slot] {
                VACANT => return None,
                REMOVED => {}
                position => {
                    if self.at(position as usize).is_some_and(is_it) {
                        return Some(position as usize);
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    /// What the text `key` leads to.
    #[inline]
    pub fn get_str(&self, key: &super::Str) -> Option<&V> {
        Some(&self.at(self.find_str(key)?)?.value)
    }

    /// Sets what the text `key` leads to.
    pub fn set_str(&mut self, key: &super::Str, value: V) {
        match self.find_str(key).and_then(|position| self.at_mut(position)) {
            Some(entry) => entry.value = value,
            None => self.insert_new(key.hash(), Value::Str(key.clone()), value),
        }
    }

    /// Adds an entry whose key is known not to be there.
    pub fn insert_new(&mut self, hash: i64, key: Value, value: V) {
        if self.entries.len() == self.entries.capacity() && self.live < self.entries.len() / 2 {
            self.compact();
        }
        let position = self.entries.len();
        self.entries.push(Some(Entry { hash, key, value }));
        self.live += 1;
        if self.index.is_empty() {
            if position >= SMALL {
                self.rebuild_index(self.live);
            }
        } else if (self.filled + 1) * 3 > self.index.len() * 2 {
            self.rebuild_index(self.live);
        } else {
            self.enter_index(hash, position);
        }
    }

    /// Takes out the entry at `position`.
    pub fn remove(&mut self, position: usize) -> Option<Entry<V>> {
        let entry = self.entries.get_mut(position)?.take()?;
        self.live -= 1;
        if !self.index.is_empty() {
            let mask = self.index.len() - 1;
            let mut slot = self.first_slot(entry.hash);
            while self.index[slot] as usize != position {
                slot = (slot + 1) & mask;
            }
            self.index[slot] = REMOVED;
        }
        if self.live == 0 {
            self.entries.clear();
            self.index.fill(VACANT);
            self.filled = 0;
        } else {
            while let Some(None) = self.entries.last() {
                self.entries.pop();
            }
        }
        Some(entry)
    }

    /// Takes out everything.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// All keys and values, in order.
    pub fn into_entries(self) -> impl Iterator<Item = Entry<V>> {
        self.entries.into_iter().flatten()
    }

    /// Bytes it holds.
    pub fn weight(&self) -> u64 {
        (self.entries.capacity() * size_of::<Option<Entry<V>>>() + self.index.capacity() * 4) as u64
    }

    /// Whether the next insertion may make it grow.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.entries.len() == self.entries.capacity()
    }

    #[inline]
    fn first_slot(&self, hash: i64) -> usize {
        // Fibonacci hashing: ints hash to themselves, and many programs count by powers of 2.
        let mixed = hash.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        usize::try_from(mixed >> 32).unwrap_or(0) & (self.index.len() - 1)
    }

    fn enter_index(&mut self, hash: i64, position: usize) {
        let mask = self.index.len() - 1;
        let mut slot = self.first_slot(hash);
        while self.index[slot] < REMOVED {
            slot = (slot + 1) & mask;
        }
        if self.index[slot] == VACANT {
            self.filled += 1;
        }
        self.index[slot] = u32::try_from(position).unwrap_or(REMOVED);
    }

    /// Drops the gaps that removed entries left.
    fn compact(&mut self) {
        self.entries.retain(Option::is_some);
        if !self.index.is_empty() {
            self.rebuild_index(self.live);
        }
    }

    fn rebuild_index(&mut self, entries: usize) {
        let size = (entries * 2).next_power_of_two().max(16);
        self.index.clear();
        self.index.resize(size, VACANT);
        self.filled = 0;
        for position in 0..self.entries.len() {
            if let Some(entry) = &self.entries[position] {
                self.enter_index(entry.hash, position);
            }
        }
    }
}
