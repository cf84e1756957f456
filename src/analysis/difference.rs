//! Where two traces begin to differ.

use crate::index::EventId;
use crate::trace::{Trace, What};

/// The first event that is not the same in both; `None` if there is none.
///
/// Where one of them only goes on longer, it is the first event that the other one lacks.
pub fn first_difference(left: &Trace, right: &Trace) -> Option<EventId> {
    let mut pairs = left.records().zip(right.records()).enumerate();
    let text = |trace: &Trace, what: What| what.text().map(|text| trace.text(text).to_owned());
    let found = pairs.find(|(_, (a, b))| {
        // The same numbers stand for the same lanes and texts, as long as these are the same too.
        a != b
            || a.what().text().is_some() && text(left, a.what()) != text(right, b.what())
            || a.what().lane().is_some_and(|lane| left.lane_name(lane) != right.lane_name(lane))
    });
    match found {
        Some((index, _)) => Some(EventId::from_index(index)),
        None if left.len() == right.len() => None,
        None => Some(EventId::from_index(left.len().min(right.len()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{blocked, numbers};
    use crate::trace::Record;

    #[test]
    fn traces_differ_where_they_first_do() {
        let (a, b) = (numbers(), blocked());
        assert_eq!(first_difference(&a, &numbers()), None);
        let index = first_difference(&a, &b).unwrap().index();
        let until = |trace: &Trace| trace.records().take(index).collect::<Vec<Record>>();
        assert!(index > 0 && index < b.len());
        assert_eq!(until(&a).len(), until(&b).len());
        assert!(a.records().nth(index) != b.records().nth(index) || index > 1);
    }
}
