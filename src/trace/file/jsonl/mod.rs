//! `.jsonl`: a trace as JSON Lines, an object a line.
//!
//! ```text
//! {"format":"loopsim-trace","version":1,"vocabulary":1,"header":{"program":"…","seed":0,…}}
//! {"kind":"lane","lane_id":0,"lane":"loop","lane_kind":"loop"}
//! {"kind":"lane","lane_id":1,"lane":"Task-1","lane_kind":"task","number":1,"runs":"main"}
//! {"id":0,"at":0,"lane":"loop","kind":"iteration_begin","ready":1}
//! {"id":1,"at":0,"lane":"Task-1","kind":"step_begin","how":"send","cause":0,"site":1,"line":12}
//! {"id":2,"at":0,"lane":"Task-1","kind":"timer_set","deadline":1000000000}
//! {"id":3,"at":0,"lane":"Task-1","kind":"step_end","wait":{"sleep":2}}
//! {"id":4,"at":1000000000,"lane":"Task-1","kind":"output","text":"done"}
//! {"kind":"outcome","outcome":{"kind":"completed","value":"None"}}
//! ```
//!
//! The first line is the header. A line of kind `lane` comes before the events that refer to the
//! lane; if two lanes have one name, the label of the later one tells its number too: `worker#17`.
//! Long after a task has ended a line may give its
//! number instead of its label, because the names of all tasks
//! would not fit in memory. A line of kind `text` tells the name of a callback. Times are
//! nanoseconds. The last line is the outcome; a file without it was cut short.

mod labels;
mod object;
mod read;
mod write;

pub use write::JsonLinesSink;

pub(super) use read::read;
