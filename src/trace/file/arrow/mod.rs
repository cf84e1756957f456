//! `.arrow`: a trace as an Apache Arrow IPC stream.
//!
//! One line opens it elsewhere:
//!
//! ```text
//! pyarrow.ipc.open_stream("run.arrow").read_all()
//! polars.read_ipc_stream("run.arrow")
//! duckdb.from_arrow(pyarrow.ipc.open_stream("run.arrow").read_all())
//! ```
//!
//! and then, in the last one, who was where and when:
//!
//! ```text
//! events = pyarrow.ipc.open_stream("run.arrow").read_all()
//! duckdb.sql("""select e.id, e.at_ns, l.text as lane, e.kind, e.site, e.text
//!               from events e join events l on l.kind = 'lane' and l.lane = e.lane
//!               where e.id is not null order by e.id""")
//! ```
//!
//! The schema's metadata holds, under `loopsim`, the header as JSON: the versions, the program's
//! text, the seed. Then come record batches of these columns, a row for each event:
//!
//! | column | type | holds |
//! |---|---|---|
//! | `id` | `uint32` | the number of the event, from 0 without gaps; null for a row that is no event |
//! | `at_ns` | `uint64` | virtual time in nanoseconds |
//! | `kind` | dictionary of `utf8` | what happened: `step_begin` |
//! | `lane` | `uint32` | whose event: the number of a lane |
//! | `site` | dictionary of `utf8` | where in the program: `numbers.toml:12` |
//! | `cause` | `uint32` | the event that made this one possible |
//! | `a`, `b` | `uint32` | particulars, by kind: the two words of [`Record::words`] |
//! | `text` | `utf8` | the line of output, the exception, the name of the callback or of the new task |
//!
//! Rows that are no events say what the events refer to, and stand before the first that does:
//!
//! | `kind` | says |
//! |---|---|
//! | `lane` | `text` is the name of `lane`; `a` is the number of its kind, plus 256 if the name was given; `b` its number |
//! | `lane_runs` | `text` is what runs on `lane` |
//! | `text` | `text` is the text of number `a` that events refer to |
//! | `outcome` | the last row of every complete trace: `text` is the outcome as JSON |
//!
//! A file without an `outcome` was cut short; others may refuse one that ends within a batch.
//! Nothing is compressed: a task that sleeps ten times takes 37.6 bytes an event, its names
//! included.
//!
//! [`Record::words`]: crate::trace::Record::words

mod columns;
mod frame;
mod read;
mod rows;
mod schema;
mod write;

pub use write::ArrowSink;

pub(super) use frame::START;
pub(super) use read::read;
