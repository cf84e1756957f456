//! The viewer on a screen: input, time that passes, files that change, signals.

use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::event;

use super::keys::input;
use super::open_at;
use super::screen::Screen;
use super::source::Viewed;
use crate::cli::args::ViewArguments;
use crate::cli::exit::Exit;
use crate::cli::interrupt;
use crate::cli::terminal::Terminal;
use crate::tui::{App, Effect, Input, Model};

/// How long a frame is shown at least while something moves.
const FRAME: Duration = Duration::from_millis(33);
/// How long nothing is looked at while nothing moves: signals and files.
const PATIENCE: Duration = Duration::from_millis(150);
/// Where a panic is wanted, to see whether the terminal comes back. For tests of the command.
const PANIC: &str = "SIM_VIEW_PANIC";

/// Shows the viewer until it is quit.
pub(super) fn run(
    app: App,
    viewed: &mut Viewed,
    arguments: &ViewArguments,
    terminal: &Terminal,
) -> Exit {
    terminal.flush();
    match show(app, viewed, arguments) {
        Ok(exit) => exit,
        Err(error) => {
            terminal.error(&format!("cannot use the terminal: {error}"));
            Exit::Unreadable
        }
    }
}

fn show(mut app: App, viewed: &mut Viewed, arguments: &ViewArguments) -> io::Result<Exit> {
    let stop = stop_requests();
    let mut screen = Screen::enter(!arguments.no_mouse)?;
    let (columns, rows) = screen.size()?;
    app.apply(Input::Resize(columns, rows));
    open_at(&mut app, arguments);
    let mut is_stale = true;
    let mut last = Instant::now();
    loop {
        if is_stale {
            screen.draw(&app)?;
            is_stale = false;
            assert!(!cfg!(debug_assertions) || std::env::var_os(PANIC).is_none(), "{PANIC} is set");
        }
        let wait = if app.is_playing() { FRAME } else { PATIENCE };
        if event::poll(wait)? {
            is_stale = true;
            // All that came in is taken before it is drawn once.
            loop {
                let Some(input) = input(&event::read()?) else { break };
                if perform(app.apply(input), &mut app, &mut screen, viewed)? {
                    return Ok(Exit::Fine);
                }
                if !event::poll(Duration::ZERO)? {
                    break;
                }
            }
        }
        if interrupt::is_requested() {
            return Ok(Exit::Failed);
        }
        if stop.swap(false, Ordering::Relaxed) {
            screen.suspend()?;
            is_stale = true;
        }
        let passed = last.elapsed();
        last = Instant::now();
        if app.is_playing() {
            app.apply(Input::Tick(u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)));
            is_stale = true;
        }
        if viewed.has_changed() {
            rerun(&mut app, viewed, "the file has changed");
            is_stale = true;
        }
        if let Some((event, lane)) = app.wanted() {
            let inspection = viewed.inspect(event, lane);
            app.inspected(event, lane, inspection);
            is_stale = true;
        }
    }
}

/// Does what the viewer asks for. Whether it wants to end.
fn perform(
    effect: Effect,
    app: &mut App,
    screen: &mut Screen,
    viewed: &mut Viewed,
) -> io::Result<bool> {
    match effect {
        Effect::None => {}
        Effect::Quit => return Ok(true),
        Effect::Suspend => screen.suspend()?,
        Effect::Copy(text) => {
            screen.copy(&text)?;
            app.tell(format!("copied {} lines", text.lines().count()));
        }
        Effect::Mouse(mouse) => screen.set_mouse(mouse)?,
        Effect::Rerun => rerun(app, viewed, "as asked"),
    }
    Ok(false)
}

fn rerun(app: &mut App, viewed: &mut Viewed, why: &str) {
    match viewed.rerun() {
        Ok(trace) => {
            app.replace(Rc::new(Model::new(trace, None)));
            app.tell(format!("ran again: {why}"));
        }
        Err(problem) => app.tell(problem),
    }
}

/// Set when somebody else than the keyboard wants this process to stop for a while.
fn stop_requests() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    {
        let registered =
            signal_hook::flag::register(signal_hook::consts::SIGTSTP, Arc::clone(&flag));
        // Without it the process stops without giving the terminal back, as it did before.
        registered.map(|_| ()).unwrap_or_default();
    }
    flag
}
