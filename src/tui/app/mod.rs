//! The state of the viewer: where the cursor is, what is shown of the trace, what is open.
//!
//! [`App::apply`] is the only way to change it, and drawing only reads it. Nothing here knows that
//! there is a terminal.

mod command;
mod filter;
mod motion;
mod mouse;
mod play;
mod prompt;
mod replace;
mod rows;
mod saved;
mod search;
mod update;
mod window;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub(crate) use command::candidates;
pub(crate) use filter::Filter;
pub(crate) use play::{Breakpoint, Play};
pub(crate) use prompt::{Mode, Prompt};
pub(crate) use rows::{Row, Sort, base};
pub(crate) use search::Search;
pub(crate) use window::Window;

use super::keymap::Keymap;
use super::layout::Layout;
use super::model::{Axis, CriticalPath, Here, Model, State};
use super::theme::Look;
use crate::index::{EventId, LaneId};
use crate::time::Instant;

/// What is below the lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// The decision, the ready queue, timers, waits.
    Loop,
    /// The program around the event.
    Source,
    /// The await stack and the variables of the selected task.
    Stack,
    /// Events around the cursor.
    Events,
    /// What was printed until now.
    Output,
    /// Who waits for whom.
    Waits,
    /// What should be looked at.
    Findings,
}

impl Pane {
    /// All of them, in the order in which Tab shows them.
    pub const ALL: [Self; 7] = [
        Self::Loop,
        Self::Source,
        Self::Stack,
        Self::Events,
        Self::Output,
        Self::Waits,
        Self::Findings,
    ];

    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Source => "source",
            Self::Stack => "stack",
            Self::Events => "events",
            Self::Output => "output",
            Self::Waits => "waits",
            Self::Findings => "findings",
        }
    }
}

/// Which path is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathShown {
    None,
    ToEnd,
    ToEvent(EventId),
}

/// What the one who holds the terminal is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing more than drawing.
    None,
    /// End.
    Quit,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// Put this into the clipboard.
    Copy(String),
    /// Run the program again.
    Rerun,
    /// Keep what [`App::saved`] gives, for the next time.
    Save,
    /// Listen to the mouse, or do not.
    Mouse(bool),
}

/// The variables of a task at an event, and where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// The frames of its coroutines, outermost first.
    pub frames: Vec<InspectedFrame>,
    /// Why there are none, where that is so.
    pub problem: Option<String>,
}

/// A frame with its variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InspectedFrame {
    /// The function.
    pub function: String,
    /// Its line, from 1.
    pub line: u32,
    /// Names and values, as `repr()` shows them.
    pub variables: Vec<(String, String)>,
}

/// Where one was: the event, the time, the lane.
type Spot = (EventId, u64, LaneId);

/// The viewer.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) model: Rc<Model>,
    pub(crate) look: Look,
    pub(crate) keymap: Rc<Keymap>,
    pub(crate) size: (u16, u16),
    /// The event the cursor is on: the last one that is not after `at`, or one at that time.
    pub(crate) event: EventId,
    /// The time of the cursor, in nanoseconds.
    pub(crate) at: u64,
    pub(crate) axis: Axis,
    pub(crate) window: Window,
    zooms: Vec<Window>,
    undone: Vec<Window>,
    pub(crate) selected: LaneId,
    pub(crate) rows: Vec<Row>,
    /// The first row that is seen below the pinned ones.
    pub(crate) top: usize,
    folded: BTreeSet<LaneId>,
    unfolded: BTreeSet<LaneId>,
    pub(crate) pinned: Vec<LaneId>,
    pub(crate) sort: Sort,
    pub(crate) filter: Filter,
    pub(crate) search: Search,
    pub(crate) marks: BTreeMap<char, Spot>,
    /// Where a range begins, on the axis.
    pub(crate) range: Option<u64>,
    pub(crate) path: CriticalPath,
    pub(crate) path_shown: PathShown,
    pub(crate) pane: Pane,
    pub(crate) maximised: bool,
    pub(crate) mode: Mode,
    pub(crate) message: Option<String>,
    back: Vec<Spot>,
    pub(crate) play: Play,
    pub(crate) breakpoint: Breakpoint,
    pub(crate) count: Option<usize>,
    pub(crate) here: Here,
    /// How long the selected lane was in each state.
    pub(crate) totals: Vec<(State, u64)>,
    pub(crate) mouse: bool,
    dragged_from: Option<u64>,
    pub(crate) can_rerun: bool,
    /// What was found out by running to an event again, for that event and lane.
    pub(crate) inspected: Option<(EventId, LaneId, Inspection)>,
    pub(crate) can_inspect: bool,
    /// What the names of lanes get at least: as much as in the run beside this one.
    pub(crate) name_columns: u16,
}

impl App {
    /// A viewer of a trace, in a window of so many columns and rows.
    pub fn new(model: Rc<Model>, look: Look, (columns, rows): (u16, u16)) -> Self {
        let axis = if model.end_time() == Instant::ZERO { Axis::Step } else { Axis::Time };
        let window = Window::fit(&model, axis);
        let first_task = (0..model.trace().lanes().len())
            .map(LaneId::from_index)
            .find(|lane| model.is_task(*lane));
        let mut app = Self {
            look,
            keymap: Rc::default(),
            size: (columns, rows),
            event: EventId(0),
            at: 0,
            axis,
            window,
            zooms: Vec::new(),
            undone: Vec::new(),
            selected: first_task.unwrap_or(LaneId::LOOP),
            rows: Vec::new(),
            top: 0,
            folded: BTreeSet::new(),
            unfolded: BTreeSet::new(),
            pinned: Vec::new(),
            sort: Sort::default(),
            filter: Filter::default(),
            search: Search::default(),
            marks: BTreeMap::new(),
            range: None,
            path: CriticalPath::default(),
            path_shown: PathShown::None,
            pane: Pane::Loop,
            maximised: false,
            mode: Mode::Normal,
            message: None,
            back: Vec::new(),
            play: Play::default(),
            breakpoint: Breakpoint::default(),
            count: None,
            here: Here::default(),
            totals: Vec::new(),
            mouse: true,
            dragged_from: None,
            can_rerun: false,
            inspected: None,
            can_inspect: false,
            name_columns: 0,
            model,
        };
        app.find_rows();
        app.find_totals();
        app.look_here();
        app
    }

    /// The same, where a program is at hand: it can be run again, and looked into.
    #[must_use]
    pub fn with_program(mut self) -> Self {
        (self.can_rerun, self.can_inspect) = (true, true);
        self
    }

    /// With other keys than those of the table.
    #[must_use]
    pub fn with_keymap(mut self, keymap: Rc<Keymap>) -> Self {
        self.keymap = keymap;
        self
    }

    /// Whether the mouse is listened to.
    #[must_use]
    pub fn with_mouse(mut self, mouse: bool) -> Self {
        self.mouse = mouse;
        self
    }

    /// The trace that is viewed.
    pub fn model(&self) -> &Rc<Model> {
        &self.model
    }

    /// The event the cursor is on.
    pub fn event(&self) -> EventId {
        self.event
    }

    /// The selected lane.
    pub fn selected(&self) -> LaneId {
        self.selected
    }

    /// Whether something moves by itself, so that ticks are wanted.
    pub fn is_playing(&self) -> bool {
        self.play.is_on
    }

    /// Shows a message in place of the footer until the next key.
    pub fn tell(&mut self, message: impl Into<String>) {
        self.message = Some(message.into());
    }

    /// What should be found out by running to an event: which event, and of which lane; `None` if
    /// nobody looks, or it is known.
    pub fn wanted(&self) -> Option<(EventId, LaneId)> {
        let is_seen = self.layout().shows(Pane::Stack) || self.pane == Pane::Stack;
        let known = self.inspected.as_ref().map(|(event, lane, _)| (*event, *lane));
        let wanted = (self.event, self.selected);
        let is_wanted = self.can_inspect && is_seen && !self.play.is_on;
        (is_wanted && known != Some(wanted) && self.model.is_task(self.selected)).then_some(wanted)
    }

    /// Takes what was found out.
    pub fn inspected(&mut self, event: EventId, lane: LaneId, inspection: Inspection) {
        self.inspected = Some((event, lane, inspection));
    }

    /// Where what is.
    pub(crate) fn layout(&self) -> Layout {
        Layout::of(self)
    }

    /// The position of the cursor on the axis.
    pub(crate) fn position(&self) -> u64 {
        match self.axis {
            Axis::Time => self.at,
            Axis::Step => u64::from(self.event.0),
        }
    }

    fn find_totals(&mut self) {
        self.totals = self.model.totals(self.selected);
    }

    /// Finds out what there is at the cursor.
    fn look_here(&mut self) {
        self.here = Here::at(&self.model, self.event);
    }
}
