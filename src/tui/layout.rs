//! Where what is, for a window of some size.

use ratatui::layout::Rect;

use super::app::{App, Pane};

/// Smaller windows show nothing but their size.
pub(crate) const MIN_COLUMNS: u16 = 40;
pub(crate) const MIN_ROWS: u16 = 8;

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Not enough for anything.
    TooSmall,
    /// Lanes, and one line that says why.
    Narrow,
    /// Lanes, why, and one pane.
    Usual,
    /// All panes.
    Large,
}

/// The areas of the window. Those that are not there are empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    pub(crate) tier: Tier,
    pub(crate) header: Rect,
    pub(crate) overview: Option<Rect>,
    /// Where the cursor and marks are pointed out.
    pub(crate) pointer: Rect,
    pub(crate) ruler: Rect,
    /// Names and lives of lanes.
    pub(crate) lanes: Rect,
    /// The lives of lanes alone.
    pub(crate) plot: Rect,
    pub(crate) why: Rect,
    /// The pane that Tab turns; in a large window below the fixed ones.
    pub(crate) pane: Rect,
    /// Fixed panes of a large window.
    pub(crate) fixed: Rect,
    pub(crate) inspector: Rect,
    pub(crate) footer: Rect,
}

const INSPECTOR_COLUMNS: u16 = 46;
/// Around a name: the marker, the letter, a blank; a blank, the state, a blank.
const AROUND_NAME: u16 = 6;

impl Layout {
    pub(crate) fn of(app: &App) -> Self {
        let (columns, rows) = app.size;
        let all = Rect::new(0, 0, columns, rows);
        let tier = match (columns, rows) {
            _ if columns < MIN_COLUMNS || rows < MIN_ROWS => Tier::TooSmall,
            _ if columns < 56 || rows < 18 => Tier::Narrow,
            _ if columns < 120 || rows < 36 => Tier::Usual,
            _ => Tier::Large,
        };
        let mut rest = all;
        let header = top(&mut rest, 1);
        let footer = bottom(&mut rest, 1);
        let mut layout = Self {
            tier,
            header,
            overview: None,
            pointer: Rect::ZERO,
            ruler: Rect::ZERO,
            lanes: Rect::ZERO,
            plot: Rect::ZERO,
            why: Rect::ZERO,
            pane: Rect::ZERO,
            fixed: Rect::ZERO,
            inspector: Rect::ZERO,
            footer,
        };
        if app.maximised && tier != Tier::TooSmall {
            layout.pane = rest;
        } else {
            match tier {
                Tier::TooSmall => {}
                Tier::Narrow => layout.why = bottom(&mut rest, 1),
                Tier::Usual => layout.usual(app, &mut rest),
                Tier::Large => layout.large(app, &mut rest),
            }
            layout.pointer = top(&mut rest, 1);
            layout.ruler = top(&mut rest, 1);
            layout.lanes = rest;
        }
        layout.plot = layout.lanes;
        let around = AROUND_NAME + layout.name_columns(app);
        layout.plot.x += around.min(layout.plot.width);
        layout.plot.width = layout.plot.width.saturating_sub(around);
        layout
    }

    fn usual(&mut self, app: &App, rest: &mut Rect) {
        self.overview = Some(top(rest, 1));
        // Pointer and ruler; lanes get what they need, and at least half of what is there.
        let room = rest.height.saturating_sub(2);
        let wanted = wanted_rows(app);
        let lanes = wanted.clamp(4, room.saturating_sub(10).max(4));
        let below = room - lanes.min(room);
        let why = 5 + below.saturating_sub(12) / 3;
        let pane = below - why.min(below);
        self.pane = bottom(rest, pane);
        self.why = bottom(rest, why.min(below));
    }

    fn large(&mut self, app: &App, rest: &mut Rect) {
        self.overview = Some(top(rest, 2));
        self.pane = bottom(rest, (rest.height / 4).clamp(8, 16));
        self.fixed = bottom(rest, 7);
        let spare = rest.height.saturating_sub(wanted_rows(app).saturating_add(3));
        // What lanes do not need goes to the pane.
        let more = bottom(rest, spare.min(10).min(rest.height.saturating_sub(20)));
        self.fixed.y -= more.height;
        self.pane.y -= more.height;
        self.pane.height += more.height;
        self.inspector = right(rest, INSPECTOR_COLUMNS);
    }

    /// How many columns the names of lanes get.
    pub(crate) fn name_columns(&self, app: &App) -> u16 {
        let most = match self.tier {
            Tier::TooSmall | Tier::Narrow => 9,
            Tier::Usual => 20,
            Tier::Large => 24,
        };
        let height = usize::from(self.lanes.height);
        let lanes = app.seen_rows(height).map(|row| super::draw::name_width(app, row));
        let model = &app.model;
        let primitives = model.primitives().take(MAX_PRIMITIVES);
        let primitives = primitives.map(|primitive| {
            let name = model.trace().primitive_name(primitive).replace('`', "");
            unicode_width::UnicodeWidthStr::width(name.as_str())
        });
        let wanted = lanes.chain(primitives).max();
        u16::try_from(wanted.unwrap_or(0)).unwrap_or(u16::MAX).max(app.name_columns).clamp(4, most)
    }

    /// The bar of the overview, without what stands before and behind it.
    pub(crate) fn overview_bar(&self) -> Rect {
        let Some(area) = self.overview else { return Rect::ZERO };
        let indent = 14.min(area.width);
        let width = area.width.saturating_sub(indent + 2);
        Rect { x: area.x + indent, width, height: 1, ..area }
    }

    /// Whether a pane is seen whatever Tab shows.
    pub(crate) fn shows(&self, pane: Pane) -> bool {
        let is_large = self.tier == Tier::Large && self.inspector.height > 0;
        is_large && matches!(pane, Pane::Loop | Pane::Stack | Pane::Source)
    }
}

/// How many rows of primitives are drawn below the lanes at most.
const MAX_PRIMITIVES: usize = 8;

/// The rows that lanes, primitives and the legend would like to have.
fn wanted_rows(app: &App) -> u16 {
    let n_rows = app.rows.len() + app.model.primitives().take(MAX_PRIMITIVES).count() + 1;
    u16::try_from(n_rows).unwrap_or(u16::MAX)
}

fn top(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    let area = Rect { height, ..*rest };
    rest.y += height;
    rest.height -= height;
    area
}

fn bottom(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    rest.height -= height;
    Rect { y: rest.y + rest.height, height, ..*rest }
}

fn right(rest: &mut Rect, width: u16) -> Rect {
    let width = width.min(rest.width / 2);
    rest.width -= width;
    Rect { x: rest.x + rest.width, width, ..*rest }
}
