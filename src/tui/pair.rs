//! Two runs beside each other, moved together, opened where they begin to differ.

use std::rc::Rc;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::app::{App, Effect, PathShown};
use super::draw::{self, draw};
use super::input::Input;
use super::model::{CriticalPath, Model};
use super::theme::Role;
use crate::analysis::first_difference;
use crate::index::EventId;

/// In narrower windows the second run is below the first.
const SIDE_BY_SIDE: u16 = 110;

/// What is viewed: one run, or two that are compared.
#[derive(Clone, Debug)]
pub enum View {
    /// One.
    One(Box<App>),
    /// Two.
    Two(Box<Pair>),
}

impl View {
    /// Takes what a person did.
    pub fn apply(&mut self, input: Input) -> Effect {
        match self {
            Self::One(app) => app.apply(input),
            Self::Two(pair) => pair.apply(input),
        }
    }

    /// The run that keys are for.
    pub fn app(&self) -> &App {
        match self {
            Self::One(app) => app,
            Self::Two(pair) => &pair.left,
        }
    }

    /// The run that keys are for.
    pub fn app_mut(&mut self) -> &mut App {
        match self {
            Self::One(app) => app,
            Self::Two(pair) => &mut pair.left,
        }
    }

    /// Draws everything.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        match self {
            Self::One(app) => draw(frame, app),
            Self::Two(pair) => pair.draw(frame),
        }
    }

    /// Shows another trace in place of the first or the second one.
    pub fn replace(&mut self, number: usize, model: Rc<Model>) {
        match self {
            Self::One(app) => app.replace(model),
            Self::Two(pair) => {
                let app = if number == 0 { &mut pair.left } else { &mut pair.right };
                app.replace(model);
                pair.difference =
                    first_difference(pair.left.model.trace(), pair.right.model.trace());
                pair.follow();
            }
        }
    }

    /// Types keys, as `--keys` gives them.
    pub fn type_keys(&mut self, keys: &str) {
        for key in super::Key::parse_all(keys) {
            self.apply(Input::Key(key));
        }
    }

    /// Shows what a text from [`App::saved`] says.
    pub fn restore(&mut self, text: &str) -> Result<(), String> {
        self.app_mut().restore(text)?;
        if let Self::Two(pair) = self {
            pair.follow();
        }
        Ok(())
    }

    /// Goes where a text says, as behind `:`.
    pub fn go_to(&mut self, place: &str) {
        self.app_mut().command(place);
        if let Self::Two(pair) = self {
            pair.follow();
        }
    }
}

/// Two runs.
#[derive(Clone, Debug)]
pub struct Pair {
    left: App,
    right: App,
    size: (u16, u16),
    /// The first event that is not the same in both.
    difference: Option<EventId>,
}

impl Pair {
    /// Two runs, opened at their first difference.
    pub fn new(left: App, right: App) -> Self {
        let difference = first_difference(left.model.trace(), right.model.trace());
        let size = left.size;
        let mut pair = Self { left, right, size, difference };
        pair.resize(size);
        if let Some(event) = difference {
            pair.left.go_to(event);
            pair.left.select(pair.left.model.lane_of(event));
        }
        pair.follow();
        pair
    }

    /// The first event that is not the same in both; `None` if there is none.
    pub fn difference(&self) -> Option<EventId> {
        self.difference
    }

    fn apply(&mut self, input: Input) -> Effect {
        if let Input::Resize(columns, rows) = input {
            self.resize((columns, rows));
            self.follow();
            return Effect::None;
        }
        let effect = match self.at_mouse(input) {
            Some(input) => self.left.apply(input),
            None => Effect::None,
        };
        self.follow();
        effect
    }

    /// The mouse as the first run sees it: what is pointed at in the second one is meant for both.
    fn at_mouse(&self, input: Input) -> Option<Input> {
        let Input::Mouse(mut mouse) = input else { return Some(input) };
        let [left, right] = self.areas();
        let area = if right.contains((mouse.column, mouse.row).into()) { right } else { left };
        mouse.column = mouse.column.checked_sub(area.x)?;
        mouse.row = mouse.row.checked_sub(area.y)?;
        Some(Input::Mouse(mouse))
    }

    fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        let [left, right] = self.areas();
        self.left.apply(Input::Resize(left.width, left.height));
        self.right.apply(Input::Resize(right.width, right.height));
    }

    /// Where the two are. The first row tells what differs.
    fn areas(&self) -> [Rect; 2] {
        let (columns, rows) = self.size;
        let top = 1.min(rows);
        let rest = rows - top;
        if columns >= SIDE_BY_SIDE {
            let left = columns / 2;
            let width = columns - left - 1;
            return [Rect::new(0, top, left, rest), Rect::new(left + 1, top, width, rest)];
        }
        let upper = rest / 2;
        [Rect::new(0, top, columns, upper), Rect::new(0, top + upper, columns, rest - upper)]
    }

    /// The second run shows the same as the first: the same event as long as they are the same,
    /// the same time after that.
    fn follow(&mut self) {
        let (left, right) = (&mut self.left, &mut self.right);
        right.axis = left.axis;
        right.window = left.window;
        let is_same = self.difference.is_none_or(|difference| left.event <= difference);
        if is_same {
            right.go_to(left.event);
            right.at = left.at;
        } else {
            right.go_to_time(crate::time::Instant::from_nanos(left.at));
        }
        right.window = left.window;
        if let Some(lane) = right.model.lane_named(&left.model.name(left.selected)) {
            right.select(lane);
        }
        // The same time is in the same column of both.
        (left.name_columns, right.name_columns) = (0, 0);
        let names = |app: &App| app.layout().name_columns(app);
        let columns = names(left).max(names(right));
        (left.name_columns, right.name_columns) = (columns, columns);
        (right.pane, right.maximised, right.look) = (left.pane, left.maximised, left.look);
        if (left.path_shown == PathShown::None) != (right.path_shown == PathShown::None) {
            (right.path_shown, right.path) = match left.path_shown {
                PathShown::None => (PathShown::None, CriticalPath::default()),
                shown => (shown, CriticalPath::to_end(&right.model)),
            };
        }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let look = self.left.look;
        let style = look.style(if self.difference.is_some() { Role::Bad } else { Role::Good });
        let text = look.text(&draw::clipped(&self.headline(), usize::from(area.width)));
        frame.buffer_mut().set_stringn(0, 0, text, usize::from(area.width), style);
        let [left, right] = self.areas();
        let is_help = draw::is_open(&self.left);
        for (app, place) in [(&self.left, left), (&self.right, right)] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, place.width, place.height));
            let area = *buffer.area();
            draw::draw_into(&mut buffer, app, area);
            copy(&buffer, frame.buffer_mut(), place);
        }
        if right.x > 0 {
            let bar = look.char('│').to_string();
            for row in 1..area.height {
                let x = left.width.min(area.width.saturating_sub(1));
                frame.buffer_mut().set_stringn(x, row, &bar, 1, look.style(Role::Faint));
            }
        }
        if is_help {
            // The help needs all the room there is.
            let mut whole = self.left.clone();
            whole.apply(Input::Resize(area.width, area.height));
            draw::draw_into(frame.buffer_mut(), &whole, area);
        }
    }

    /// What differs first, in words.
    fn headline(&self) -> String {
        let Some(event) = self.difference else {
            return " the same, event by event".to_owned();
        };
        let say = |model: &Model| match model.event(event) {
            Some(found) => format!("{} {}", model.name(found.lane), model.say(event)),
            None => "has ended".to_owned(),
        };
        let (left, right) = (&self.left.model, &self.right.model);
        let at = left.trace().time_of(event);
        format!(" differ from #{} at {at}: {}  |  {}", event.0, say(left), say(right))
    }
}

fn copy(from: &Buffer, to: &mut Buffer, place: Rect) {
    for row in 0..place.height {
        for column in 0..place.width {
            if let (Some(cell), Some(target)) =
                (from.cell((column, row)), to.cell_mut((place.x + column, place.y + row)))
            {
                *target = cell.clone();
            }
        }
    }
}
