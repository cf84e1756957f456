//! The viewer on a screen: input, time that passes, files that change, signals.

use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::event;

use super::keys::inputs;
use super::screen::Screen;
use super::source::Viewed;
use super::{inspect, open_at, restore};
use crate::cli::args::ViewArguments;
use crate::cli::exit::Exit;
use crate::cli::interrupt;
use crate::cli::terminal::Terminal;
use crate::tui::{Effect, Input, Model, View};

/// How long a frame is shown at least while something moves.
const FRAME: Duration = Duration::from_millis(33);
/// How long nothing is looked at while nothing moves: signals and files.
const PATIENCE: Duration = Duration::from_millis(150);
/// How long it may take to give the terminal back when the process is to end.
const GRACE: Duration = Duration::from_secs(2);
/// Where a panic is wanted, to see whether the terminal comes back. For tests of the command.
const PANIC: &str = "SIM_VIEW_PANIC";

/// Shows the viewer until it is quit.
pub(super) fn run(
    view: View,
    viewed: Vec<Viewed>,
    arguments: &ViewArguments,
    terminal: &Terminal,
) -> Exit {
    terminal.flush();
    match show(view, viewed, arguments) {
        Ok(exit) => exit,
        Err(error) => {
            terminal.error(&format!("cannot use the terminal: {error}"));
            Exit::Unreadable
        }
    }
}

fn show(mut view: View, mut viewed: Vec<Viewed>, arguments: &ViewArguments) -> io::Result<Exit> {
    let stop = stop_requests();
    interrupt::end_within(GRACE);
    let mut screen = Screen::enter(!arguments.no_mouse)?;
    let mut size = screen.size()?;
    view.apply(Input::Resize(size.0, size.1));
    restore(&mut view, &viewed);
    open_at(&mut view, arguments);
    let mut is_stale = true;
    let mut last = Instant::now();
    loop {
        if is_stale {
            screen.draw(&view)?;
            is_stale = false;
            assert!(!cfg!(debug_assertions) || std::env::var_os(PANIC).is_none(), "{PANIC} is set");
        }
        let wait = if view.app().is_playing() { FRAME } else { PATIENCE };
        if event::poll(wait)? {
            is_stale = true;
            // All that came in is taken before it is drawn once.
            let mut is_pending = true;
            while is_pending {
                for input in inputs(&event::read()?) {
                    if perform(view.apply(input), &mut view, &mut screen, &mut viewed)? {
                        return Ok(Exit::Fine);
                    }
                }
                is_pending = event::poll(Duration::ZERO)?;
            }
        }
        // A key that comes with the news of another size can hide it.
        let now = screen.size()?;
        if now != size {
            size = now;
            view.apply(Input::Resize(size.0, size.1));
            is_stale = true;
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
        if view.app().is_playing() {
            view.apply(Input::Tick(u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)));
            is_stale = true;
        }
        if viewed.iter_mut().any(Viewed::has_changed) {
            rerun(&mut view, &mut viewed, "the file has changed");
            is_stale = true;
        }
        is_stale |= inspect(&mut view, &viewed);
    }
}

/// Does what the viewer asks for. Whether it wants to end.
fn perform(
    effect: Effect,
    view: &mut View,
    screen: &mut Screen,
    viewed: &mut [Viewed],
) -> io::Result<bool> {
    match effect {
        Effect::None => {}
        Effect::Quit => return Ok(true),
        Effect::Suspend => screen.suspend()?,
        Effect::Copy(text) => {
            screen.copy(&text)?;
            view.app_mut().tell(format!("copied {} lines", text.lines().count()));
        }
        Effect::Mouse(mouse) => screen.set_mouse(mouse)?,
        Effect::Rerun => rerun(view, viewed, "as asked"),
        Effect::Save => {
            let saved = viewed.first().map(|viewed| viewed.save(&view.app().saved()));
            view.app_mut().tell(saved.unwrap_or_default());
        }
    }
    Ok(false)
}

fn rerun(view: &mut View, viewed: &mut [Viewed], why: &str) {
    let mut message = format!("ran again: {why}");
    for (number, viewed) in viewed.iter_mut().enumerate().filter(|(_, viewed)| viewed.is_program())
    {
        match viewed.rerun() {
            Ok(trace) => view.replace(number, Rc::new(Model::new(trace, None))),
            Err(problem) => message = problem,
        }
    }
    view.app_mut().tell(message);
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
