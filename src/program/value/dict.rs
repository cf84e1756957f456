use std::cell::{Cell, Ref, RefCell, RefMut};
use std::rc::Rc;

use super::heap::{self, Identity};
use super::{Table, TypeObject, Value, types};

/// The contents of a dict.
///
/// No borrow may be held while code of the program can run: it could reach the same dict.
#[derive(Debug)]
pub struct DictObject {
    table: RefCell<Table<Value>>,
    /// Bytes counted for it.
    charged: Cell<u64>,
    /// Tells it from other dicts.
    pub identity: Identity,
}

impl DictObject {
    /// A dict with these contents.
    pub fn new(table: Table<Value>) -> Self {
        let charged = weight(&table);
        heap::charge(charged);
        let identity = Identity::default();
        Self { table: RefCell::new(table), charged: Cell::new(charged), identity }
    }

    /// The contents, to look at.
    #[inline]
    pub fn borrow(&self) -> Ref<'_, Table<Value>> {
        self.table.borrow()
    }

    /// The contents, to change. After growing them, call [`DictObject::recount`].
    #[inline]
    pub fn borrow_mut(&self) -> RefMut<'_, Table<Value>> {
        self.table.borrow_mut()
    }

    /// How many keys there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.table.borrow().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts anew what the dict holds.
    pub fn recount(&self) {
        let now = weight(&self.table.borrow());
        heap::release(self.charged.replace(now));
        heap::charge(now);
    }
}

fn weight(table: &Table<Value>) -> u64 {
    size_of::<DictObject>() as u64 + 16 + table.weight()
}

impl Drop for DictObject {
    fn drop(&mut self) {
        heap::release(self.charged.get());
        let table = self.table.get_mut().take();
        if !table.is_empty() {
            heap::bury(table.into_entries().flat_map(|entry| [entry.key, entry.value]));
        }
    }
}

/// A view of a dict.
#[derive(Clone, Debug)]
pub struct DictView {
    /// The dict.
    pub dict: Rc<DictObject>,
    /// What of it.
    pub kind: ViewKind,
}

/// What of a dict is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewKind {
    /// `dict.keys()`.
    Keys,
    /// `dict.values()`.
    Values,
    /// `dict.items()`.
    Items,
}

impl DictView {
    pub(super) fn type_object(&self) -> &'static TypeObject {
        match self.kind {
            ViewKind::Keys => &types::DICT_KEYS,
            ViewKind::Values => &types::DICT_VALUES,
            ViewKind::Items => &types::DICT_ITEMS,
        }
    }
}
