//! Which texts are told where they are used, and which beforehand.
//!
//! A line of output stands at its event. Any other text, such as the name of a callback, is told
//! once before the events of its batch, and may be repeated where it is used.

use rustc_hash::FxHashMap;

use crate::index::TextId;
use crate::trace::{Batch, EventKind};

/// So much text is remembered at most.
const REMEMBERED_BYTES: usize = 4 << 20;

/// The texts a sink can name.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Never iterated.
    remembered: FxHashMap<TextId, Box<str>>,
    bytes: usize,
    /// The number of the first text of this batch.
    first: u32,
    /// For each text of this batch, whether an event to come will tell it.
    to_tell: Vec<bool>,
    /// No text of this batch before that one is still to be told.
    next: usize,
}

impl Names {
    /// Begins a batch. Returns those of its new texts that none of its events tells.
    pub(super) fn begin<'a>(&mut self, batch: &Batch<'a>) -> Vec<(TextId, &'a str)> {
        self.first = batch.first_text.0;
        self.next = 0;
        self.to_tell.clear();
        self.to_tell.resize(batch.texts.len(), false);
        for record in batch.records {
            if matches!(record.kind(), EventKind::Output | EventKind::Raised)
                && let Some(text) = record.what().text()
                && let Some(to_tell) = self.to_tell_mut(text)
            {
                *to_tell = true;
            }
        }
        let new = (self.first..).map(TextId).zip(batch.texts).zip(&self.to_tell);
        let untold: Vec<_> =
            new.filter(|(_, to_tell)| !**to_tell).map(|((id, text), _)| (id, &**text)).collect();
        for (id, text) in &untold {
            self.remember(*id, text);
        }
        untold
    }

    fn to_tell_mut(&mut self, id: TextId) -> Option<&mut bool> {
        self.to_tell.get_mut(id.0.checked_sub(self.first)? as usize)
    }

    /// Tells a text. Returns whether it is the first of those that were still to be told.
    pub(super) fn tell(&mut self, id: TextId) -> bool {
        while self.to_tell.get(self.next) == Some(&false) {
            self.next += 1;
        }
        let is_next = id.0.checked_sub(self.first).map(|index| index as usize) == Some(self.next);
        self.to_tell_mut(id).is_some_and(std::mem::take) && is_next
    }

    fn remember(&mut self, id: TextId, text: &str) {
        self.bytes += text.len() + size_of::<Box<str>>();
        if self.bytes > REMEMBERED_BYTES {
            self.remembered.clear();
            self.bytes = text.len();
        }
        self.remembered.insert(id, text.into());
    }

    /// A text, if it is new in this batch or remembered.
    pub(super) fn text<'s>(&'s self, batch: &Batch<'s>, id: TextId) -> Option<&'s str> {
        match id.0.checked_sub(batch.first_text.0) {
            Some(index) => batch.texts.get(index as usize).map(|text| &**text),
            None => self.remembered.get(&id).map(|text| &**text),
        }
    }
}
