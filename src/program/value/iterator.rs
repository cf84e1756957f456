use std::cell::RefCell;
use std::rc::Rc;

use super::{
    BytesObject, DictObject, ListObject, SetObject, Str, TupleObject, TypeObject, Value, ViewKind,
    heap, types,
};

/// An iterator of a builtin type.
#[derive(Debug)]
pub struct IteratorObject {
    /// Its type, which stays when it is exhausted.
    ty: &'static TypeObject,
    /// Where it stands. Not borrowed while code of the program can run.
    pub state: RefCell<Iteration>,
    /// Tells it from others.
    pub identity: heap::Identity,
}

impl IteratorObject {
    /// An iterator that begins with `state`.
    pub fn new(state: Iteration) -> Self {
        Self {
            ty: state.type_object(),
            state: RefCell::new(state),
            identity: heap::Identity::default(),
        }
    }

    pub(super) fn type_object(&self) -> &'static TypeObject {
        self.ty
    }
}

/// Where an iterator stands.
#[derive(Clone, Debug)]
pub enum Iteration {
    /// Nothing is left.
    Exhausted,
    /// Over a list; the next position.
    List(Rc<ListObject>, usize),
    /// Over a list from its end; one more than the next position.
    ListReversed(Rc<ListObject>, usize),
    /// Over a tuple; the next position.
    Tuple(Rc<TupleObject>, usize),
    /// Over numbers: the next one, the step, and how many are left.
    Range {
        /// The next number.
        next: i64,
        /// The distance of neighbors.
        step: i64,
        /// How many are left.
        left: u64,
    },
    /// Over a str; the byte at which the next code point begins.
    Str(Str, usize),
    /// Over bytes; the next position.
    Bytes(Rc<BytesObject>, usize),
    /// Over a dict.
    Dict {
        /// The dict.
        dict: Rc<DictObject>,
        /// What of it.
        kind: ViewKind,
        /// The next position in its table; one more when reversed.
        position: usize,
        /// How many entries it had, which must not change.
        expected: usize,
        /// Whether it goes from the end.
        reversed: bool,
    },
    /// Over a set.
    Set {
        /// The set.
        set: Rc<SetObject>,
        /// The next position in its table.
        position: usize,
        /// How many items it had, which must not change.
        expected: usize,
    },
    /// `enumerate()`: the iterator and the next number.
    Enumerate(Value, Value),
    /// `zip()`: the iterators, and whether all must end together.
    Zip(Rc<[Value]>, bool),
    /// `map()`: the function, the iterators, and whether all must end together.
    Map(Value, Rc<[Value]>, bool),
    /// `filter()`: the function (or `None`) and the iterator.
    Filter(Value, Value),
    /// Over anything with `__getitem__` (and `__len__`): the next index.
    Sequence(Value, i64),
    /// `reversed()` of anything with `__getitem__` and `__len__`: one more than the next index.
    SequenceReversed(Value, i64),
    /// `iter(callable, sentinel)`.
    Callable(Value, Value),
}

impl Iteration {
    fn type_object(&self) -> &'static TypeObject {
        match self {
            Self::Exhausted | Self::Tuple(..) => &types::TUPLE_ITERATOR,
            Self::List(..) => &types::LIST_ITERATOR,
            Self::ListReversed(..) => &types::LIST_REVERSE_ITERATOR,
            Self::Range { .. } => &types::RANGE_ITERATOR,
            Self::Str(text, _) if text.is_ascii() => &types::STR_ASCII_ITERATOR,
            Self::Str(..) => &types::STR_ITERATOR,
            Self::Bytes(..) => &types::BYTES_ITERATOR,
            Self::Dict { kind, reversed, .. } => match (kind, reversed) {
                (ViewKind::Keys, false) => &types::DICT_KEY_ITERATOR,
                (ViewKind::Values, false) => &types::DICT_VALUE_ITERATOR,
                (ViewKind::Items, false) => &types::DICT_ITEM_ITERATOR,
                (ViewKind::Keys, true) => &types::DICT_REVERSE_KEY_ITERATOR,
                (ViewKind::Values, true) => &types::DICT_REVERSE_VALUE_ITERATOR,
                (ViewKind::Items, true) => &types::DICT_REVERSE_ITEM_ITERATOR,
            },
            Self::Set { .. } => &types::SET_ITERATOR,
            Self::Enumerate(..) => &types::ENUMERATE,
            Self::Zip(..) => &types::ZIP,
            Self::Map(..) => &types::MAP,
            Self::Filter(..) => &types::FILTER,
            Self::Sequence(..) => &types::ITERATOR,
            Self::SequenceReversed(..) => &types::REVERSED,
            Self::Callable(..) => &types::CALLABLE_ITERATOR,
        }
    }
}

impl Drop for IteratorObject {
    fn drop(&mut self) {
        let contents = match std::mem::replace(self.state.get_mut(), Iteration::Exhausted) {
            Iteration::Enumerate(inner, _)
            | Iteration::Filter(_, inner)
            | Iteration::Sequence(inner, _)
            | Iteration::SequenceReversed(inner, _) => Some(inner),
            Iteration::Zip(inner, _) | Iteration::Map(_, inner, _) => inner.first().cloned(),
            _ => None,
        };
        heap::bury(contents);
    }
}
