//! From the state to the cells of a frame. Nothing here changes the state.

mod chrome;
mod help;
mod lanes;
mod loop_pane;
mod panes;
mod source;
mod stack;
mod text;
mod ticks;
mod why;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::app::{App, Mode, Pane, Row};
use super::layout::{Layout, MIN_COLUMNS, MIN_ROWS, Tier};
use super::theme::Role;
use text::Pen;

/// Draws everything.
pub fn draw(frame: &mut Frame<'_>, app: &App) {
    let (columns, rows) = app.size;
    // The window may have become smaller than the state knows.
    let area = frame.area().intersection(Rect::new(0, 0, columns, rows));
    let mut app = std::borrow::Cow::Borrowed(app);
    if (area.width, area.height) != app.size {
        app.to_mut().apply(super::Input::Resize(area.width, area.height));
    }
    draw_into(frame.buffer_mut(), &app, area);
}

/// Draws everything into cells that begin at the upper left.
pub(super) fn draw_into(buffer: &mut Buffer, app: &App, area: Rect) {
    let layout = app.layout();
    if layout.tier == Tier::TooSmall {
        let text =
            format!("sim view needs {MIN_COLUMNS}x{MIN_ROWS}, have {}x{}", area.width, area.height);
        return text::put(buffer, area, 0, &text, app.look.style(Role::Usual));
    }
    chrome::header(buffer, app, layout.header);
    if app.model.is_empty() {
        empty(buffer, app, area);
    } else {
        all(buffer, app, &layout);
    }
    chrome::footer(buffer, app, layout.footer);
    if let Mode::Help { top } = app.mode {
        help::help(buffer, app, area, top);
    }
}

fn all(buffer: &mut Buffer, app: &App, layout: &Layout) {
    if layout.lanes.height > 0 {
        chrome::overview(buffer, app, layout);
        ticks::pointer(buffer, app, layout);
        ticks::ruler(buffer, app, layout);
        lanes::lanes(buffer, app, layout);
    }
    why::why(buffer, app, layout.why);
    if layout.fixed.height > 0 {
        fixed(buffer, app, layout.fixed);
    }
    if layout.inspector.height > 0 {
        stack::inspector(buffer, app, layout.inspector);
    }
    let pane = match app.pane {
        // What is seen anyway need not be seen twice.
        Pane::Loop if layout.fixed.height > 0 => Pane::Events,
        pane => pane,
    };
    let area = layout.pane;
    if pane == Pane::Loop && area.height >= 8 && !app.maximised {
        // Room for more than the loop needs.
        let upper = Rect { height: 5, ..area };
        let lower = Rect { y: area.y + 5, height: area.height - 5, ..area };
        pane_in(buffer, app, upper, pane);
        return pane_in(buffer, app, lower, Pane::Source);
    }
    pane_in(buffer, app, area, pane);
}

/// What is always seen of a large window.
fn fixed(buffer: &mut Buffer, app: &App, area: Rect) {
    let source = area.width.saturating_sub(112).clamp(44, 70);
    let left = Rect { width: area.width - source.min(area.width), ..area };
    let right = Rect { x: left.x + left.width, width: area.width - left.width, ..area };
    loop_pane::loop_pane(buffer, app, left);
    source::source(buffer, app, right);
}

fn pane_in(buffer: &mut Buffer, app: &App, area: Rect, pane: Pane) {
    if area.height == 0 {
        return;
    }
    match pane {
        Pane::Loop => loop_pane::loop_pane(buffer, app, area),
        Pane::Source => source::source(buffer, app, area),
        Pane::Stack => stack::stack(buffer, app, area),
        Pane::Events => panes::events(buffer, app, area),
        Pane::Output => panes::output(buffer, app, area),
        Pane::Waits => panes::waits(buffer, app, area),
        Pane::Findings => panes::findings(buffer, app, area),
    }
}

fn empty(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    let lines = [
        pen.line("  No events.", Role::Strong),
        pen.line(
            "  The program ran and nothing was recorded, or the file was cut before",
            Role::Usual,
        ),
        pen.line("  its first event. A trace is recorded with", Role::Usual),
        pen.line("", Role::Usual),
        pen.line("      sim run FILE --trace run.arrow", Role::Strong),
    ];
    let area =
        Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(3), ..area };
    text::write(buffer, area, &lines);
}

/// The text, or as much of it as fits.
pub(super) fn clipped(text: &str, columns: usize) -> String {
    text::clip(&text::shown(text), columns)
}

/// Whether something lies over the whole window.
pub(super) fn is_open(app: &App) -> bool {
    matches!(app.mode, Mode::Help { .. })
}

/// The columns that the name of a row takes, with the lines of the tree.
pub(super) fn name_width(app: &App, row: &Row) -> usize {
    text::width(&lanes::name(app, row))
}

/// How far the help can be scrolled.
pub(super) fn help_height(size: (u16, u16)) -> usize {
    help::last_top(size)
}
