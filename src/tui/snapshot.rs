//! One frame as text, or as a picture.

use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal};
use unicode_width::UnicodeWidthStr;

use super::{App, View};

/// The cells that the viewer would show now.
pub fn frame(app: &App) -> Buffer {
    cells_of(app.size, |frame| super::draw(frame, app))
}

/// The cells that one run, or two, would show in a window of that size.
pub fn view_frame(view: &View, size: (u16, u16)) -> Buffer {
    cells_of(size, |frame| view.draw(frame))
}

fn cells_of((columns, rows): (u16, u16), draw: impl FnOnce(&mut Frame<'_>)) -> Buffer {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(columns, rows));
    let Ok(_) = terminal.draw(draw);
    terminal.backend().buffer().clone()
}

/// A frame as lines of text, without colors, without blanks at their ends.
pub fn text(frame: &Buffer) -> String {
    let mut lines = Vec::new();
    for row in 0..frame.area.height {
        let mut line = String::new();
        for (_, cell) in cells(frame, row) {
            line.push_str(cell.symbol());
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n") + "\n"
}

/// The cells of a row with their columns; without those that a wide character before them covers.
fn cells(frame: &Buffer, row: u16) -> impl Iterator<Item = (u16, &Cell)> {
    let mut covered = 0;
    (0..frame.area.width).filter_map(move |column| {
        if covered > column {
            return None;
        }
        let cell = frame.cell((column, row))?;
        covered = column + u16::try_from(cell.symbol().width().max(1)).unwrap_or(1);
        Some((column, cell))
    })
}

/// Width and height of a cell, in the units of the picture.
const CELL: (u32, u32) = (9, 18);
const BACKGROUND: &str = "#1c1c1c";
const FOREGROUND: &str = "#d8d8d8";

/// A frame as an SVG picture.
pub fn svg(frame: &Buffer) -> String {
    let (columns, rows) = (u32::from(frame.area.width), u32::from(frame.area.height));
    let (width, height) = (columns * CELL.0 + 20, rows * CELL.1 + 20);
    let mut parts = vec![format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"15\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" \
         fill=\"{BACKGROUND}\"/>"
    )];
    for row in 0..frame.area.height {
        for run in runs(frame, row) {
            parts.extend(run.svg(row));
        }
    }
    parts.push("</svg>\n".to_owned());
    parts.join("\n")
}

/// Cells of one style, side by side.
struct Run {
    column: u16,
    columns: u16,
    text: String,
    color: Color,
    modifier: Modifier,
}

fn runs(frame: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (column, cell) in cells(frame, row) {
        let columns = u16::try_from(cell.symbol().width().max(1)).unwrap_or(1);
        match runs.last_mut() {
            Some(run) if run.color == cell.fg && run.modifier == cell.modifier => {
                run.text.push_str(cell.symbol());
                run.columns += columns;
            }
            _ => runs.push(Run {
                column,
                columns,
                text: cell.symbol().to_owned(),
                color: cell.fg,
                modifier: cell.modifier,
            }),
        }
    }
    runs
}

impl Run {
    fn svg(&self, row: u16) -> Vec<String> {
        let (x, y) = (u32::from(self.column) * CELL.0 + 10, u32::from(row) * CELL.1 + 10);
        let width = u32::from(self.columns) * CELL.0;
        let mut color = hex(self.color);
        let mut parts = Vec::new();
        if self.modifier.contains(Modifier::REVERSED) {
            parts.push(format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{color}\"/>",
                CELL.1
            ));
            BACKGROUND.clone_into(&mut color);
        }
        if self.text.trim().is_empty() {
            return parts;
        }
        let weight =
            if self.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
        let faint = if self.modifier.contains(Modifier::DIM) { " opacity=\"0.6\"" } else { "" };
        let text: String = self.text.chars().map(escaped).collect();
        parts.push(format!(
            "<text x=\"{x}\" y=\"{}\" fill=\"{color}\"{weight}{faint} textLength=\"{width}\" \
             lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{text}</text>",
            y + 14
        ));
        parts
    }
}

fn escaped(c: char) -> String {
    match c {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        '"' => "&quot;".to_owned(),
        c if c.is_control() => " ".to_owned(),
        c => c.to_string(),
    }
}

fn hex(color: Color) -> String {
    let hex = match color {
        Color::Rgb(r, g, b) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Green => "#4e9a06",
        Color::Yellow => "#c4a000",
        Color::Blue => "#5c8fd6",
        Color::Magenta => "#ad7fa8",
        Color::Cyan => "#34a5b5",
        Color::LightRed => "#ef4f4f",
        Color::LightGreen => "#8ae234",
        Color::LightYellow => "#fce94f",
        Color::LightBlue => "#8fb8e8",
        Color::LightMagenta => "#e39bd8",
        _ => FOREGROUND,
    };
    hex.to_owned()
}
