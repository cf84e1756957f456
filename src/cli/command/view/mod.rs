//! `sim view`: the timeline, on a screen, as one frame, or as plain text in a pipe.

mod keys;
mod live;
mod screen;
mod source;

use std::path::PathBuf;
use std::rc::Rc;

use crate::cli::args::{AxisArgument, ViewArguments};
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::report::{self, Glyphs, TimelineStyle};
use crate::tui::{App, Input, Keymap, Look, Model, Pair, Theme, View, snapshot};
use source::Viewed;

/// Names the file of keys, where no argument does.
const KEYS: &str = "SIM_VIEW_KEYS";

/// Opens a program or a trace.
pub(in crate::cli) fn view(arguments: &ViewArguments, terminal: &Terminal) -> Exit {
    let mut viewed = Vec::new();
    for file in &arguments.files {
        match Viewed::open(file, arguments, terminal) {
            Ok(opened) => viewed.push(opened),
            Err(exit) => return exit,
        }
    }
    if arguments.snapshot.is_none() && (arguments.plain || !terminal.is_screen()) {
        return plain(&viewed, terminal);
    }
    let keymap = match keymap(arguments) {
        Ok(keymap) => Rc::new(keymap),
        Err(problem) => {
            terminal.error(&problem);
            return Exit::Usage;
        }
    };
    let apps = viewed.iter_mut().map(|viewed| app(viewed, arguments, &keymap));
    let apps: Vec<App> = apps.collect();
    let mut apps = apps.into_iter();
    let mut view = match (apps.next(), apps.next()) {
        (Some(one), None) => View::One(Box::new(one)),
        (Some(left), Some(right)) => View::Two(Box::new(Pair::new(left, right))),
        (None, _) => return Exit::Usage,
    };
    match arguments.snapshot {
        Some(size) => frame(&mut view, (size.columns, size.rows), &mut viewed, arguments, terminal),
        None => live::run(view, viewed, arguments, terminal),
    }
}

/// The viewer as the arguments want it, in a window of a usual size.
fn app(viewed: &mut Viewed, arguments: &ViewArguments, keymap: &Rc<Keymap>) -> App {
    let model = Rc::new(Model::new(viewed.take_trace(), viewed.notice()));
    let look = Look { theme: theme(arguments), ascii: arguments.ascii };
    let app = App::new(model, look, (80, 24)).with_mouse(!arguments.no_mouse);
    let app = app.with_keymap(Rc::clone(keymap));
    if viewed.is_program() { app.with_program() } else { app }
}

/// The keys: those of the file that is named, if one is.
fn keymap(arguments: &ViewArguments) -> Result<Keymap, String> {
    let set = || std::env::var_os(KEYS).filter(|path| !path.is_empty()).map(PathBuf::from);
    let Some(path) = arguments.keys_file.clone().or_else(set) else {
        return Ok(Keymap::default());
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("could not read {}: {error}", path.display()))?;
    Keymap::parse(&text).map_err(|why| format!("{}: {why}", path.display()))
}

/// Shows what was saved of the first run, if anything was.
fn restore(view: &mut View, viewed: &[Viewed]) {
    let Some((path, text)) = viewed.first().and_then(Viewed::saved) else { return };
    let path = path.display();
    let message = match view.restore(&text) {
        Ok(()) => format!("the view of {path}; `:save` keeps another"),
        Err(why) => format!("{path} is not used: {why}"),
    };
    view.app_mut().tell(message);
}

/// Goes where the arguments want to open. After the size is known, as keys move by columns.
fn open_at(view: &mut View, arguments: &ViewArguments) {
    if arguments.axis == Some(AxisArgument::Step) {
        view.go_to("axis step");
    }
    if let Some(place) = &arguments.at {
        view.go_to(place);
    }
    if let Some(lane) = &arguments.lane {
        view.go_to(&format!("@{lane}"));
    }
    if let Some(keys) = &arguments.keys {
        view.type_keys(keys);
    }
}

/// One frame on standard output.
fn frame(
    view: &mut View,
    size: (u16, u16),
    viewed: &mut [Viewed],
    arguments: &ViewArguments,
    terminal: &Terminal,
) -> Exit {
    view.apply(Input::Resize(size.0, size.1));
    restore(view, viewed);
    open_at(view, arguments);
    inspect(view, viewed);
    let frame = snapshot::view_frame(view, size);
    terminal.out(&if arguments.svg { snapshot::svg(&frame) } else { snapshot::text(&frame) });
    Exit::Fine
}

/// Finds out the variables that are to be shown, if any are. Whether that was so.
fn inspect(view: &mut View, viewed: &[Viewed]) -> bool {
    let (Some((event, lane)), Some(viewed)) = (view.app().wanted(), viewed.first()) else {
        return false;
    };
    let inspection = viewed.inspect(event, lane);
    view.app_mut().inspected(event, lane, inspection);
    true
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
