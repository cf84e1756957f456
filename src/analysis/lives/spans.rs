//! Things that are there from one event to another: timers, waits, jobs. All that are there at an
//! event are found without looking at all of them.

use crate::index::EventId;

const BLOCK: usize = 64;

/// Spans in the order in which they open.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spans {
    opened: Vec<EventId>,
    /// [`EventId::NONE`], which is later than all events, for what is still open at the end.
    closed: Vec<EventId>,
    /// The latest closing of each block.
    latest: Vec<EventId>,
}

impl Spans {
    /// Opens one. Events come in order.
    pub(crate) fn open(&mut self, event: EventId) -> usize {
        self.opened.push(event);
        self.closed.push(EventId::NONE);
        self.opened.len() - 1
    }

    /// Closes the one that was opened with that event, if it is open.
    pub(crate) fn close_opened_with(&mut self, opened: EventId, event: EventId) {
        // Most are closed soon: it is looked for backwards, in growing strides.
        let len = self.opened.len();
        let mut stride = 1;
        while stride < len && self.opened[len - stride] > opened {
            stride *= 2;
        }
        let (from, to) = (len.saturating_sub(stride), len + 1 - stride / 2);
        let near = self.opened.get(from..to.min(len)).unwrap_or(&[]);
        if let Ok(index) = near.binary_search(&opened) {
            self.close(from + index, event);
        }
    }

    /// Closes one.
    pub(crate) fn close(&mut self, index: usize, event: EventId) {
        if let Some(closed) = self.closed.get_mut(index).filter(|closed| **closed > event) {
            *closed = event;
        }
    }

    /// After all are entered.
    pub(crate) fn seal(&mut self) {
        let latest = |block: &[EventId]| block.iter().copied().max().unwrap_or(EventId::NONE);
        self.latest = self.closed.chunks(BLOCK).map(latest).collect();
    }

    /// The span that was opened with an event.
    pub(crate) fn index_of(&self, opened: EventId) -> Option<usize> {
        self.opened.binary_search(&opened).ok()
    }

    /// With which event a span closes.
    pub(crate) fn closed_at(&self, index: usize) -> Option<EventId> {
        self.closed.get(index).and_then(|closed| closed.some())
    }

    /// The opening events of all that are there right after `event`, in order.
    pub(crate) fn live_at(&self, event: EventId) -> impl Iterator<Item = EventId> + '_ {
        let n_opened = self.opened.partition_point(|opened| *opened <= event);
        let blocks = self.latest.iter().enumerate().filter(move |(_, latest)| **latest > event);
        blocks
            .map(|(block, _)| block * BLOCK)
            .take_while(move |begin| *begin < n_opened)
            .flat_map(move |begin| begin..(begin + BLOCK).min(n_opened))
            .filter(move |index| self.closed[*index] > event)
            .map(|index| self.opened[index])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_found_at_every_event() {
        let mut spans = Spans::default();
        let lengths = [3, 500, 1, 70, 9];
        let ends = |n: u32| n + lengths[n as usize % lengths.len()];
        for n in 0..1000 {
            let index = spans.open(EventId(n));
            if ends(n) < 1000 {
                spans.close(index, EventId(ends(n)));
            }
        }
        spans.seal();
        for event in 0..1000 {
            let found: Vec<_> = spans.live_at(EventId(event)).map(|opened| opened.0).collect();
            let wanted = (0..=event).filter(|n| ends(*n) > event || ends(*n) >= 1000);
            assert_eq!(found, wanted.collect::<Vec<_>>(), "{event}");
        }
        assert_eq!(spans.closed_at(0), Some(EventId(3)));
    }
}
