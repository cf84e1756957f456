use std::cell::{Cell, Ref, RefCell, RefMut};

use super::heap::{self, Identity};
use super::{Entry, Probe, Table, Value};

/// The contents of a set or frozenset.
///
/// No borrow may be held while code of the program can run: it could reach the same set.
#[derive(Debug)]
pub struct SetObject {
    table: RefCell<SetTable>,
    /// Bytes counted for it.
    charged: Cell<u64>,
    /// The hash of a frozenset, once it is known.
    hash: Cell<Option<i64>>,
    /// Tells it from other sets.
    pub identity: Identity,
}

impl SetObject {
    /// A set with these contents.
    pub fn new(table: SetTable) -> Self {
        let charged = weight(&table);
        heap::charge(charged);
        Self {
            table: RefCell::new(table),
            charged: Cell::new(charged),
            hash: Cell::new(None),
            identity: Identity::default(),
        }
    }

    /// The contents, to look at.
    #[inline]
    pub fn borrow(&self) -> Ref<'_, SetTable> {
        self.table.borrow()
    }

    /// The contents, to change. After growing them, call [`SetObject::recount`].
    #[inline]
    pub fn borrow_mut(&self) -> RefMut<'_, SetTable> {
        self.table.borrow_mut()
    }

    /// How many items there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.table.borrow().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the hash of a frozenset is kept.
    pub fn known_hash(&self) -> &Cell<Option<i64>> {
        &self.hash
    }

    /// Counts anew what the set holds.
    pub fn recount(&self) {
        let now = weight(&self.table.borrow());
        heap::release(self.charged.replace(now));
        heap::charge(now);
    }
}

fn weight(table: &SetTable) -> u64 {
    let held = match table {
        SetTable::Numbers(numbers) => numbers.slots.capacity() * size_of::<Slot>(),
        SetTable::Ordered(table) => return table.weight() + size_of::<SetObject>() as u64,
    };
    (held + size_of::<SetObject>()) as u64
}

impl Drop for SetObject {
    fn drop(&mut self) {
        heap::release(self.charged.get());
        match std::mem::take(self.table.get_mut()) {
            SetTable::Numbers(_) => {}
            SetTable::Ordered(table) => heap::bury(table.into_entries().map(|entry| entry.key)),
        }
    }
}

/// The items of a set, in the order in which a program sees them.
///
/// `CPython` iterates by hash. As long as all items are numbers (or tuples of them), whose hashes
/// are the same everywhere, the order here is `CPython`'s. The hashes of everything else differ
/// from process to process there, so any order is as good: here it is that of insertion.
#[derive(Clone, Debug)]
pub enum SetTable {
    /// Numbers only.
    Numbers(NumberSet),
    /// Anything.
    Ordered(Table<()>),
}

impl Default for SetTable {
    fn default() -> Self {
        Self::Numbers(NumberSet::default())
    }
}

impl SetTable {
    /// How many items there are.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.used,
            Self::Ordered(table) => table.len(),
        }
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Looks for an item.
    #[inline]
    pub fn find(&self, hash: i64, key: &Value) -> Probe {
        match self {
            Self::Numbers(numbers) => numbers.find(hash, key, None),
            Self::Ordered(table) => table.find(hash, key),
        }
    }

    /// Goes on looking after the item at `position` turned out to be another.
    pub fn find_after(&self, position: usize, hash: i64, key: &Value) -> Probe {
        match self {
            Self::Numbers(numbers) => numbers.find(hash, key, Some(position)),
            Self::Ordered(table) => table.find_after(position, hash, key),
        }
    }

    /// The item at `position` and its hash.
    #[inline]
    pub fn at(&self, position: usize) -> Option<(i64, &Value)> {
        match self {
            Self::Numbers(numbers) => numbers.slots.get(position)?.item(),
            Self::Ordered(table) => table.at(position).map(|entry| (entry.hash, &entry.key)),
        }
    }

    /// The first item at `position` or after it: where, its hash, and the item.
    #[inline]
    pub fn next_from(&self, position: usize) -> Option<(usize, i64, &Value)> {
        match self {
            Self::Numbers(numbers) => {
                let rest = numbers.slots.get(position..)?;
                rest.iter().enumerate().find_map(|(at, slot)| {
                    slot.item().map(|(hash, item)| (position + at, hash, item))
                })
            }
            Self::Ordered(table) => {
                table.next_from(position).map(|(at, entry)| (at, entry.hash, &entry.key))
            }
        }
    }

    /// All items with their hashes, in order.
    pub fn items(&self) -> Vec<(i64, Value)> {
        let mut items = Vec::with_capacity(self.len());
        let mut position = 0;
        while let Some((at, hash, item)) = self.next_from(position) {
            items.push((hash, item.clone()));
            position = at + 1;
        }
        items
    }

    /// Adds an item that is known not to be there.
    pub fn insert_new(&mut self, hash: i64, key: Value) {
        if let Self::Numbers(numbers) = self {
            if is_numeric(&key, MAX_DEPTH) {
                numbers.insert_new(hash, key);
                return;
            }
            *self = Self::Ordered(numbers.to_ordered());
        }
        if let Self::Ordered(table) = self {
            table.insert_new(hash, key, ());
        }
    }

    /// Takes out the item at `position`.
    pub fn remove(&mut self, position: usize) -> Option<Value> {
        match self {
            Self::Numbers(numbers) => numbers.remove(position),
            Self::Ordered(table) => table.remove(position).map(|Entry { key, .. }| key),
        }
    }

    /// `set.pop`.
    pub fn pop(&mut self) -> Option<Value> {
        match self {
            Self::Numbers(numbers) => numbers.pop(),
            Self::Ordered(table) => {
                let (position, _) = table.next_from(0)?;
                table.remove(position).map(|Entry { key, .. }| key)
            }
        }
    }

    /// Makes room for the `count` items of another set or dict, as `CPython` does before merging.
    pub fn prepare_merge(&mut self, count: usize) {
        if let Self::Numbers(numbers) = self
            && (numbers.filled + count) * 5 >= numbers.mask() * 3
        {
            numbers.resize((numbers.used + count) * 2);
        }
    }

    /// Whether nothing has ever been put in, as far as the layout shows.
    pub fn is_fresh(&self) -> bool {
        match self {
            Self::Numbers(numbers) => numbers.filled == 0 && numbers.slots.len() <= MIN_SIZE,
            Self::Ordered(table) => table.is_empty(),
        }
    }

    /// A copy, laid out as `CPython` lays out copies.
    #[must_use]
    pub fn copied(&self) -> Self {
        match self {
            Self::Numbers(numbers) => Self::Numbers(numbers.copied()),
            Self::Ordered(table) => Self::Ordered(table.clone()),
        }
    }

    /// Gets rid of the gaps when removing has left many.
    pub fn shrink_after_removals(&mut self) {
        if let Self::Numbers(numbers) = self
            && numbers.filled - numbers.used > numbers.mask() / 4
        {
            numbers.resize(numbers.grown());
        }
    }
}

/// How deep tuples are looked into.
const MAX_DEPTH: u32 = 32;

/// Whether the hash of `value` is the same in every process of `CPython`.
fn is_numeric(value: &Value, depth: u32) -> bool {
    match value {
        Value::Int(_) | Value::Bool(_) | Value::BigInt(_) | Value::None => true,
        Value::Float(float) => !float.is_nan(),
        Value::Tuple(items) => depth > 0 && items.iter().all(|item| is_numeric(item, depth - 1)),
        Value::FrozenSet(set) => matches!(&*set.borrow(), SetTable::Numbers(_)),
        _ => false,
    }
}

/// A hash table laid out exactly as `CPython`'s set.
///
/// Source: `CPython` `Objects/setobject.c` (`set_add_entry`, `set_table_resize`,
/// `set_insert_clean`, `set_merge_lock_held`, `set_pop_impl`).
#[derive(Clone, Debug, Default)]
pub struct NumberSet {
    slots: Vec<Slot>,
    /// Slots that are not vacant.
    filled: usize,
    /// Slots with an item.
    used: usize,
    /// Where `pop` goes on.
    finger: usize,
}

#[derive(Clone, Debug)]
enum Slot {
    Vacant,
    Removed,
    Item(i64, Value),
}

impl Slot {
    #[inline]
    fn item(&self) -> Option<(i64, &Value)> {
        if let Self::Item(hash, item) = self { Some((*hash, item)) } else { None }
    }
}

const MIN_SIZE: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;

/// The slots of a table in the order in which a hash probes them.
struct Probes {
    mask: usize,
    perturb: u64,
    base: usize,
    offset: usize,
}

impl Probes {
    #[inline]
    fn new(hash: i64, mask: usize) -> Self {
        let perturb = hash.cast_unsigned();
        Self { mask, perturb, base: truncated(perturb) & mask, offset: 0 }
    }

    #[inline]
    fn next(&mut self) -> usize {
        let slot = self.base + self.offset;
        let linear = if self.base + LINEAR_PROBES <= self.mask { LINEAR_PROBES } else { 0 };
        if self.offset < linear {
            self.offset += 1;
        } else {
            self.offset = 0;
            self.perturb >>= PERTURB_SHIFT;
            self.base =
                self.base.wrapping_mul(5).wrapping_add(1 + truncated(self.perturb)) & self.mask;
        }
        slot
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "only the low bits choose a slot")]
fn truncated(value: u64) -> usize {
    value as usize
}

impl NumberSet {
    /// One less than the number of slots, counting those of an empty set as `CPython` does.
    fn mask(&self) -> usize {
        self.slots.len().max(MIN_SIZE) - 1
    }

    fn find(&self, hash: i64, key: &Value, after: Option<usize>) -> Probe {
        if self.slots.is_empty() {
            return Probe::Missing;
        }
        let mut probes = Probes::new(hash, self.mask());
        let mut skipping = after.is_some();
        loop {
            let position = probes.next();
            if skipping {
                skipping = Some(position) != after;
                continue;
            }
            match &self.slots[position] {
                Slot::Vacant => return Probe::Missing,
                Slot::Item(other, item) if *other == hash => match item.equals_key(key) {
                    Some(true) => return Probe::Found(position),
                    Some(false) => {}
                    None => return Probe::Ask(position),
                },
                Slot::Item(..) | Slot::Removed => {}
            }
        }
    }

    fn insert_new(&mut self, hash: i64, key: Value) {
        if self.slots.is_empty() {
            self.slots.resize(MIN_SIZE, Slot::Vacant);
        }
        self.used += 1;
        let (position, reused) = self.free_slot(hash);
        self.slots[position] = Slot::Item(hash, key);
        if reused {
            return;
        }
        self.filled += 1;
        if self.filled * 5 >= self.mask() * 3 {
            self.resize(self.grown());
        }
    }

    fn grown(&self) -> usize {
        if self.used > 50_000 { self.used * 2 } else { self.used * 4 }
    }

    /// Where an item goes: the last removed slot on its way to the first vacant one, or that one.
    fn free_slot(&self, hash: i64) -> (usize, bool) {
        let mut probes = Probes::new(hash, self.mask());
        let mut removed = None;
        loop {
            let position = probes.next();
            match self.slots[position] {
                Slot::Vacant => return (removed.unwrap_or(position), removed.is_some()),
                Slot::Removed => removed = Some(position),
                Slot::Item(..) => {}
            }
        }
    }

    /// Puts an item where nothing has been removed.
    fn insert_clean(&mut self, hash: i64, key: Value) {
        let mut probes = Probes::new(hash, self.mask());
        loop {
            let position = probes.next();
            if let Slot::Vacant = self.slots[position] {
                self.slots[position] = Slot::Item(hash, key);
                return;
            }
        }
    }

    fn resize(&mut self, min_used: usize) {
        let mut size = MIN_SIZE;
        while size <= min_used {
            size *= 2;
        }
        let old = std::mem::replace(&mut self.slots, vec![Slot::Vacant; size]);
        for slot in old {
            if let Slot::Item(hash, key) = slot {
                self.insert_clean(hash, key);
            }
        }
        self.filled = self.used;
    }

    fn remove(&mut self, position: usize) -> Option<Value> {
        let slot = self.slots.get_mut(position)?;
        match std::mem::replace(slot, Slot::Removed) {
            Slot::Item(_, item) => {
                self.used -= 1;
                Some(item)
            }
            other => {
                *slot = other;
                None
            }
        }
    }

    fn pop(&mut self) -> Option<Value> {
        if self.used == 0 {
            return None;
        }
        let mut position = self.finger & self.mask();
        while self.slots.get(position)?.item().is_none() {
            position = if position >= self.mask() { 0 } else { position + 1 };
        }
        self.finger = position + 1;
        self.remove(position)
    }

    fn copied(&self) -> Self {
        let mut copy = Self::default();
        if self.used == 0 {
            return copy;
        }
        let size = if self.used * 5 >= (MIN_SIZE - 1) * 3 {
            let mut size = MIN_SIZE;
            while size <= self.used * 2 {
                size *= 2;
            }
            size
        } else {
            MIN_SIZE
        };
        if size == self.slots.len() && self.filled == self.used {
            copy.slots.clone_from(&self.slots);
        } else {
            copy.slots.resize(size, Slot::Vacant);
            for (hash, item) in self.slots.iter().filter_map(Slot::item) {
                copy.insert_clean(hash, item.clone());
            }
        }
        copy.filled = self.used;
        copy.used = self.used;
        copy
    }

    fn to_ordered(&self) -> Table<()> {
        let mut table = Table::with_capacity(self.used + 1);
        for (hash, item) in self.slots.iter().filter_map(Slot::item) {
            table.insert_new(hash, item.clone(), ());
        }
        table
    }
}
