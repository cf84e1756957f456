//! `sim view`: the timeline, on a screen, as one frame, or as plain text in a pipe.

mod keys;
mod live;
mod screen;
mod source;

use std::rc::Rc;

use crate::cli::args::ViewArguments;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::report::{self, Glyphs, TimelineStyle};
use crate::tui::{App, Look, Model, Theme, snapshot};
use source::Viewed;

/// Opens a program or a trace.
pub(in crate::cli) fn view(arguments: &ViewArguments, terminal: &Terminal) -> Exit {
    let mut viewed = Vec::new();
    for file in &arguments.files {
        match Viewed::open(file, arguments, terminal) {
            Ok(opened) => viewed.push(opened),
            Err(exit) => return exit,
        }
    }
    let is_frame = arguments.snapshot.is_some();
    if !is_frame && !terminal.is_screen() {
        return plain(&viewed, terminal);
    }
    let Some(first) = viewed.first_mut() else { return Exit::Usage };
    let app = app(first, arguments);
    if let Some(size) = arguments.snapshot {
        return frame(app, (size.columns, size.rows), first, arguments, terminal);
    }
    live::run(app, first, arguments, terminal)
}

/// The viewer as the arguments want it, in a window of a usual size.
fn app(viewed: &mut Viewed, arguments: &ViewArguments) -> App {
    let model = Rc::new(Model::new(viewed.take_trace(), viewed.notice()));
    let look = Look { theme: theme(arguments), ascii: arguments.ascii };
    let app = App::new(model, look, (80, 24)).with_mouse(!arguments.no_mouse);
    if viewed.is_program() { app.with_program() } else { app }
}

/// Goes where the arguments want to open. After the size is known, as keys move by columns.
fn open_at(app: &mut App, arguments: &ViewArguments) {
    if let Some(place) = &arguments.at {
        app.command(place);
    }
    if let Some(keys) = &arguments.keys {
        app.type_keys(keys);
    }
}

/// One frame on standard output.
fn frame(
    mut app: App,
    (columns, rows): (u16, u16),
    viewed: &mut Viewed,
    arguments: &ViewArguments,
    terminal: &Terminal,
) -> Exit {
    app.apply(crate::tui::Input::Resize(columns, rows));
    open_at(&mut app, arguments);
    if let Some((event, lane)) = app.wanted() {
        let inspection = viewed.inspect(event, lane);
        app.inspected(event, lane, inspection);
    }
    let frame = snapshot::frame(&app);
    terminal.out(&if arguments.svg { snapshot::svg(&frame) } else { snapshot::text(&frame) });
    Exit::Fine
}

/// The timeline as text, where there is no screen to open.
fn plain(viewed: &[Viewed], terminal: &Terminal) -> Exit {
    let glyphs = if terminal.has_unicode() { Glyphs::Unicode } else { Glyphs::Ascii };
    let style = TimelineStyle::with_columns(terminal.columns_out());
    for viewed in viewed {
        if let Some(notice) = viewed.notice() {
            terminal.err_line(&notice);
        }
        terminal.out(&report::timeline(viewed.trace(), TimelineStyle { glyphs, ..style }));
        if let Some(failure) = viewed.trace().outcome().and_then(report::failure) {
            terminal.err_line(&failure);
        }
    }
    Exit::Fine
}

/// The colors: what was asked for, else what the terminal can do.
fn theme(arguments: &ViewArguments) -> Theme {
    if let Some(theme) = arguments.theme {
        return theme.0;
    }
    let set = |name: &str| std::env::var(name).unwrap_or_default();
    if !set("NO_COLOR").is_empty() {
        return Theme::Mono;
    }
    match set("COLORTERM").as_str() {
        "truecolor" | "24bit" => Theme::OkabeIto,
        _ if arguments.svg => Theme::OkabeIto,
        _ => Theme::Sixteen,
    }
}
