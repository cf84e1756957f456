//! Python's `heapq`, whose order of equal items programs can see.
//!
//! Source: `Lib/heapq.py`, `heappush` and `heappop`.

/// Adds an item. If a comparison fails it stays at the end, as in CPython.
pub fn push<T, E>(
    heap: &mut Vec<T>,
    item: T,
    mut less: impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<(), E> {
    heap.push(item);
    let last = heap.len() - 1;
    sift_towards_root(heap, 0, last, &mut less)
}

/// Takes the smallest item.
pub fn pop<T, E>(
    heap: &mut Vec<T>,
    mut less: impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<Option<T>, E> {
    let Some(last) = heap.pop() else { return Ok(None) };
    let Some(first) = heap.first_mut() else { return Ok(Some(last)) };
    let smallest = std::mem::replace(first, last);
    sift_to_leaf_and_back(heap, &mut less)?;
    Ok(Some(smallest))
}

/// Moves an item towards the root while it is less than its parent.
fn sift_towards_root<T, E>(
    heap: &mut [T],
    start: usize,
    mut at: usize,
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<(), E> {
    while at > start {
        let parent = (at - 1) / 2;
        if !less(&heap[at], &heap[parent])? {
            break;
        }
        heap.swap(at, parent);
        at = parent;
    }
    Ok(())
}

/// Moves the root down to a leaf, always past the smaller child (the right one when equal), and
/// then towards the root again.
fn sift_to_leaf_and_back<T, E>(
    heap: &mut [T],
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<(), E> {
    let mut at = 0;
    loop {
        let (left, right) = (2 * at + 1, 2 * at + 2);
        if left >= heap.len() {
            break;
        }
        let takes_left = right >= heap.len() || less(&heap[left], &heap[right])?;
        let child = if takes_left { left } else { right };
        heap.swap(at, child);
        at = child;
    }
    sift_towards_root(heap, 0, at, less)
}
