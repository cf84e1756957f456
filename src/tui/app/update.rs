//! From input to the next state.

use super::prompt::{insert, remove};
use super::{App, Effect, Filter, Mode, Pane, PathShown, Prompt, Search, Window};
use crate::time::Duration;
use crate::tui::input::{Code, Input, Key};
use crate::tui::keys::Action;
use crate::tui::model::CriticalPath;

/// The largest count that can be typed.
const MAX_COUNT: usize = 1_000_000;

impl App {
    /// Takes what a person did, and says what is to be done about it besides drawing.
    pub fn apply(&mut self, input: Input) -> Effect {
        match input {
            Input::Resize(columns, rows) => {
                self.size = (columns, rows);
                self.refit();
                self.show_row();
            }
            Input::Tick(millis) => self.play(millis),
            Input::Mouse(mouse) if matches!(self.mode, Mode::Normal) => self.mouse(mouse),
            Input::Mouse(_) => {}
            Input::Key(key) => return self.key(key),
        }
        Effect::None
    }

    /// Types keys, as `--keys` gives them; what they want done besides is not.
    pub fn type_keys(&mut self, keys: &str) {
        for key in Key::parse_all(keys) {
            self.apply(Input::Key(key));
        }
    }

    fn key(&mut self, key: Key) -> Effect {
        self.message = None;
        match std::mem::replace(&mut self.mode, Mode::Normal) {
            Mode::Normal => self.normal_key(key),
            Mode::Prompt { prompt, text, at } => self.prompt_key(key, prompt, text, at),
            Mode::Help { top } => {
                self.help_key(key, top);
                Effect::None
            }
            Mode::SetMark => {
                if let Code::Char(name) = key.code {
                    self.marks.insert(name, (self.event, self.at, self.selected));
                    self.tell(format!("mark {name} is here; '{name} comes back"));
                }
                Effect::None
            }
            Mode::ToMark => {
                self.go_to_mark(key);
                Effect::None
            }
        }
    }

    fn go_to_mark(&mut self, key: Key) {
        let Code::Char(name) = key.code else { return };
        if name == '\'' {
            return self.go_back();
        }
        match self.marks.get(&name).copied() {
            Some(spot) => {
                self.remember();
                self.go_to_spot(spot);
            }
            None => self.tell(format!("there is no mark {name}")),
        }
    }

    fn help_key(&mut self, key: Key, top: usize) {
        let last = super::super::draw::help_height(self.size);
        let page = usize::from(self.size.1).saturating_sub(4).max(1);
        let top = match self.keymap.action_of(key) {
            Some(Action::LaneDown) => top + 1,
            Some(Action::LaneUp) => top.saturating_sub(1),
            Some(Action::LanesDown | Action::PlayPause) => top + page,
            Some(Action::LanesUp) => top.saturating_sub(page),
            Some(Action::Start) => 0,
            Some(Action::End) => last,
            _ => return,
        };
        self.mode = Mode::Help { top: top.min(last) };
    }

    fn prompt_key(&mut self, key: Key, prompt: Prompt, mut text: String, mut at: usize) -> Effect {
        match key.code {
            Code::Named("Esc") => return Effect::None,
            Code::Char('c') if key.ctrl => return Effect::None,
            Code::Named("Enter") => return self.answer(prompt, &text),
            Code::Named("Backspace") if text.is_empty() => return Effect::None,
            Code::Named("Backspace") => remove(&mut text, &mut at),
            Code::Named("Delete") if at < text.chars().count() => {
                at += 1;
                remove(&mut text, &mut at);
            }
            Code::Named("Left") => at = at.saturating_sub(1),
            Code::Named("Right") => at = (at + 1).min(text.chars().count()),
            Code::Named("Home") => at = 0,
            Code::Named("End") => at = text.chars().count(),
            Code::Char('u') if key.ctrl => (text, at) = (String::new(), 0),
            Code::Named("Space") => insert(&mut text, &mut at, ' '),
            Code::Char(c) if !key.ctrl => insert(&mut text, &mut at, c),
            _ => {}
        }
        self.mode = Mode::Prompt { prompt, text, at };
        Effect::None
    }

    fn answer(&mut self, prompt: Prompt, text: &str) -> Effect {
        match prompt {
            Prompt::Goto => return self.command(text),
            Prompt::Filter => match Filter::parse(text) {
                Ok(filter) => {
                    self.filter = filter;
                    self.find_rows();
                    if self.rows.is_empty() {
                        self.tell("no lane is left; & and Enter shows all again");
                    }
                }
                Err(why) => self.tell(why),
            },
            Prompt::Search => {
                self.search = Search::new(&self.model, text);
                if self.search.matches.is_empty() && !text.is_empty() {
                    self.tell(format!("nothing has to do with `{text}`"));
                } else if !text.is_empty() {
                    self.next_match(1, true);
                }
            }
        }
        Effect::None
    }

    fn next_match(&mut self, n: usize, forward: bool) {
        if self.search.text.is_empty() {
            return self.tell("search first: / and some text");
        }
        let matches = std::mem::take(&mut self.search.matches);
        self.go_among(&matches, n, forward, "no more matches that way");
        self.search.matches = matches;
        if self.message.is_none() {
            let number = self.search.number_at(self.event);
            let of = self.search.matches.len();
            self.tell(format!("match {number}/{of} of `{}`", self.search.text));
        }
    }

    fn normal_key(&mut self, key: Key) -> Effect {
        if let Code::Char(c @ '0'..='9') = key.code
            && !key.ctrl
            && (c != '0' || self.count.is_some())
        {
            let digit = c.to_digit(10).map_or(0, |digit| digit as usize);
            self.count = Some((self.count.unwrap_or(0) * 10 + digit).min(MAX_COUNT));
            return Effect::None;
        }
        let count = self.count.take();
        match self.keymap.action_of(key) {
            Some(action) => self.act(action, count.unwrap_or(1).max(1)),
            None => {
                let help = self.keymap.key_of(Action::Help);
                self.tell(format!("{key} does nothing here; {help} lists all keys"));
                Effect::None
            }
        }
    }

    /// Does what a key stands for, `n` times.
    pub fn act(&mut self, action: Action, n: usize) -> Effect {
        let columns = u64::try_from(n).unwrap_or(1);
        let page = usize::from(self.layout().lanes.height).max(2) - 1;
        match action {
            Action::Quit => return Effect::Quit,
            Action::Suspend => return Effect::Suspend,
            Action::Copy => return Effect::Copy(self.copied()),
            Action::Rerun => return self.rerun(),
            Action::Mouse => {
                self.mouse = !self.mouse;
                self.tell(if self.mouse { "mouse on" } else { "mouse off" });
                return Effect::Mouse(self.mouse);
            }
            Action::NextEvent => self.step_by(n, true),
            Action::PreviousEvent => self.step_by(n, false),
            Action::Left => self.move_columns(columns, false),
            Action::Right => self.move_columns(columns, true),
            Action::FarLeft => self.move_columns(columns.saturating_mul(10), false),
            Action::FarRight => self.move_columns(columns.saturating_mul(10), true),
            Action::PanLeft => self.pan(false),
            Action::PanRight => self.pan(true),
            Action::ZoomIn => self.zoom(1, 2),
            Action::ZoomOut => self.zoom(2, 1),
            Action::Fit => self.fit(),
            Action::Focus => self.focus(),
            Action::UndoZoom => self.undo_zoom(),
            Action::RedoZoom => self.redo_zoom(),
            Action::Axis => self.change_axis(),
            Action::LaneUp => self.move_rows(n, false),
            Action::LaneDown => self.move_rows(n, true),
            Action::LanesUp => self.move_rows(page.saturating_mul(n), false),
            Action::LanesDown => self.move_rows(page.saturating_mul(n), true),
            Action::PlayPause => self.play_or_pause(),
            Action::Faster => self.change_speed(1),
            Action::Slower => self.change_speed(-1),
            Action::CriticalPath => self.next_path(),
            Action::NextPane => self.turn_pane(n),
            Action::PreviousPane => self.turn_pane(Pane::ALL.len() - 1),
            Action::Maximise => self.maximised = !self.maximised,
            Action::Fold => self.fold(),
            Action::FoldAll => self.fold_all(),
            Action::Pin => self.pin(),
            Action::Sort => {
                self.sort = self.sort.next();
                self.find_rows();
                self.tell(format!("lanes {}", self.sort.word()));
            }
            Action::Help => self.open_help(),
            Action::Theme => {
                self.look.theme = self.look.theme.next();
                self.tell(format!("theme {}", self.look.theme.name()));
            }
            Action::Close => self.close(),
            _ => self.act_on_events(action, n),
        }
        Effect::None
    }

    /// The actions that go from event to event, and those that wait for more keys.
    fn act_on_events(&mut self, action: Action, n: usize) {
        let lane = self.selected;
        match action {
            Action::Start => {
                self.remember();
                self.go_to_position(0);
                self.go_to(crate::index::EventId(0));
            }
            Action::End => {
                self.remember();
                self.go_to_position(u64::MAX);
                self.follow();
            }
            Action::NextOnLane => {
                self.follow_events(n, "no more events on this lane", move |app, event| {
                    app.model.next_on_lane(lane, event)
                });
            }
            Action::PreviousOnLane => {
                self.follow_events(n, "no event before on this lane", move |app, event| {
                    app.model.previous_on_lane(lane, event)
                });
            }
            Action::NextStep => {
                self.follow_events(n, "no more steps of this lane", move |app, event| {
                    app.model.next_step(lane, event)
                });
            }
            Action::PreviousStep => {
                self.follow_events(n, "no step before of this lane", move |app, event| {
                    app.model.previous_step(lane, event)
                });
            }
            Action::Cause => self.go_to_cause(n),
            Action::Effect => self.go_to_effect(n),
            Action::Back => self.go_back(),
            Action::NextMatch => self.next_match(n, true),
            Action::PreviousMatch => self.next_match(n, false),
            Action::Search => self.ask(Prompt::Search, String::new()),
            Action::Filter => self.ask(Prompt::Filter, self.filter.text.clone()),
            Action::Goto => self.ask(Prompt::Goto, String::new()),
            Action::SetMark => self.mode = Mode::SetMark,
            Action::ToMark => self.mode = Mode::ToMark,
            Action::Range => {
                self.range = if self.range.is_some() { None } else { Some(self.position()) };
            }
            Action::Enter => self.enter(),
            _ => self.act_on_lists(action, n),
        }
    }

    /// The actions that go through lists of events.
    fn act_on_lists(&mut self, action: Action, n: usize) {
        let model = std::rc::Rc::clone(&self.model);
        let forward =
            matches!(action, Action::NextIteration | Action::NextOutput | Action::NextFinding);
        match action {
            Action::NextIteration | Action::PreviousIteration => {
                self.go_among(model.iterations(), n, forward, "no more iterations that way");
            }
            Action::NextOutput | Action::PreviousOutput => {
                self.go_among(model.outputs(), n, forward, "nothing was printed that way");
            }
            Action::NextFinding | Action::PreviousFinding => {
                let findings = model.findings();
                let mut events: Vec<_> = findings.iter().map(|finding| finding.event).collect();
                events.dedup();
                self.go_among(&events, n, forward, "no more findings that way");
                let here = findings.iter().find(|finding| finding.event == self.event);
                if let (Some(finding), None) = (here, &self.message) {
                    self.select(finding.lane);
                    self.tell(format!("{}: {}", finding.kind, finding.text));
                }
            }
            _ => {}
        }
    }

    fn ask(&mut self, prompt: Prompt, text: String) {
        let at = text.chars().count();
        self.mode = Mode::Prompt { prompt, text, at };
    }

    pub(super) fn open_help(&mut self) {
        self.mode = Mode::Help { top: 0 };
    }

    pub(super) fn fit(&mut self) {
        self.show(Window::fit(&self.model, self.axis));
    }

    pub(super) fn rerun(&mut self) -> Effect {
        if self.can_rerun {
            return Effect::Rerun;
        }
        self.tell("this is a recording: there is no program to run again");
        Effect::None
    }

    fn turn_pane(&mut self, by: usize) {
        let index = Pane::ALL.iter().position(|pane| *pane == self.pane).unwrap_or(0);
        self.pane = Pane::ALL[(index + by) % Pane::ALL.len()];
    }

    /// Zooms to the range, if there is one, else to what the lane does here.
    fn enter(&mut self) {
        let Some(from) = self.range.take() else { return self.fit_interval() };
        let to = self.position();
        let (from, to) = (from.min(to), from.max(to));
        if to > from {
            self.show(Window { start: from, span: to - from + 1 });
        }
    }

    /// Closes one thing after the other.
    fn close(&mut self) {
        if self.range.take().is_some() {
            return;
        }
        if self.maximised {
            self.maximised = false;
        } else if !self.filter.is_empty() {
            self.filter = Filter::default();
            self.find_rows();
        } else if self.path_shown != PathShown::None {
            self.path_shown = PathShown::None;
            self.path = CriticalPath::default();
        } else {
            self.search = Search::default();
        }
    }

    /// The critical path: to the end, to the cursor, off.
    pub(super) fn next_path(&mut self) {
        let n_events = self.model.len();
        (self.path_shown, self.path) = match self.path_shown {
            PathShown::None => (PathShown::ToEnd, CriticalPath::to_end(&self.model)),
            PathShown::ToEnd => {
                let path = CriticalPath::to_event(&self.model, self.event);
                (PathShown::ToEvent(self.event), path)
            }
            PathShown::ToEvent(_) => (PathShown::None, CriticalPath::default()),
        };
        let of = match self.path_shown {
            PathShown::None => return,
            PathShown::ToEnd => "critical path of the run".to_owned(),
            PathShown::ToEvent(event) => format!("what led to #{}", event.0),
        };
        let shares = self.path.shares();
        let total: u64 = shares.iter().map(|(_, _, nanos)| nanos).sum();
        let parts: Vec<String> = shares
            .iter()
            .take(4)
            .map(|(lane, state, nanos)| {
                let percent = u128::from(*nanos) * 100 / u128::from(total.max(1));
                format!("{} {} {percent}%", self.model.name(*lane), state.meaning())
            })
            .collect();
        let total = Duration::from_nanos(total);
        let n_path = self.path.events().len();
        self.tell(format!("{of}: {total}, {n_path} of {n_events} events: {}", parts.join(", ")));
    }

    /// The event and its chain of causes, as lines.
    fn copied(&self) -> String {
        let model = &self.model;
        let line = |event| {
            let step = model.step(event)?;
            let at = model.trace().time_of(event);
            let name = model.name(step.lane);
            Some(format!("event {}  {at}  {name} {}  {}", event.0, step.text, step.place))
        };
        let lines: Vec<String> = model.chain(self.event).take(200).filter_map(line).collect();
        lines.join("\n") + "\n"
    }
}
