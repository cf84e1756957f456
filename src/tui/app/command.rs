//! What is typed behind `:`.

use super::filter::is_like;
use super::{App, Effect, Pane};
use crate::index::{EventId, LaneId};
use crate::time::{Duration, Instant};
use crate::tui::keys::{Action, bindings};
use crate::tui::model::Axis;
use crate::tui::theme::Theme;

impl App {
    /// Goes where the text says, or does what it says.
    pub fn command(&mut self, text: &str) -> Effect {
        let text = text.trim();
        if let Some(number) = text.strip_prefix('#') {
            match number.parse::<u32>() {
                Ok(number) if (number as usize) < self.model.len() => self.visit(EventId(number)),
                Ok(_) => self.tell(format!("the last event is #{}", self.model.end(Axis::Step))),
                Err(_) => self.tell(format!("`{number}` is no number of an event")),
            }
        } else if let Some(name) = text.strip_prefix('@') {
            self.go_to_lane(name);
        } else if let Some(percent) = text.strip_suffix('%') {
            match percent.trim().parse::<u64>() {
                Ok(percent) if percent <= 100 => {
                    self.remember();
                    let end = u128::from(self.model.end(self.axis)) * u128::from(percent) / 100;
                    self.go_to_position(u64::try_from(end).unwrap_or(u64::MAX));
                    self.follow();
                }
                _ => self.tell(format!("`{percent}` is not between 0 and 100")),
            }
        } else if text.starts_with(|c: char| c.is_ascii_digit()) {
            match text.parse::<Duration>() {
                Ok(at) => {
                    self.remember();
                    self.go_to_time(Instant::ZERO + at);
                }
                Err(error) => self.tell(error.to_string()),
            }
        } else {
            return self.do_command(text);
        }
        Effect::None
    }

    fn go_to_lane(&mut self, name: &str) {
        let wanted = name.to_lowercase();
        let lanes = || {
            let lanes = (0..self.model.trace().lanes().len()).map(LaneId::from_index);
            lanes.map(|lane| (lane, self.model.name(lane).to_lowercase()))
        };
        let begins = || lanes().find(|(_, name)| name.starts_with(&wanted));
        let is_like = || lanes().find(|(_, name)| is_like(name, &wanted));
        let by_label = || begins().or_else(is_like).map(|(lane, _)| lane);
        let found = self.model.lane_named(name).or_else(by_label);
        match found {
            Some(lane) => self.select(lane),
            None => self.tell(format!("no lane is called `{name}`")),
        }
    }

    /// Does what an action is for that is named in full or in part.
    fn do_action(&mut self, text: &str) -> Effect {
        let wanted = text.replace(' ', "-");
        let found = match Action::named(&wanted) {
            Some(action) => vec![action],
            None => candidates(text),
        };
        match found.as_slice() {
            [action] => return self.act(*action, 1),
            [] => self.tell(format!(
                "`{text}`? a time such as 25ms, #31, 50%, @task, a pane, theme, axis, break, save, quit"
            )),
            several => {
                let names: Vec<String> = several.iter().map(|action| action.name()).collect();
                self.tell(format!("`{text}`? {}", names.join(" ")));
            }
        }
        Effect::None
    }

    fn do_command(&mut self, text: &str) -> Effect {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        if let Some(pane) = Pane::ALL.into_iter().find(|pane| pane.title() == word) {
            self.pane = pane;
            return Effect::None;
        }
        match word {
            "" => {}
            "q" | "quit" => return Effect::Quit,
            "rerun" => return self.rerun(),
            "save" => return Effect::Save,
            "break" => self.stop_playing_at(rest),
            "theme" => match Theme::named(rest) {
                Some(theme) => self.look.theme = theme,
                None => {
                    let names: Vec<&str> = Theme::ALL.iter().map(|theme| theme.name()).collect();
                    self.tell(format!("themes: {}", names.join(" ")));
                }
            },
            "axis" | "x" => {
                let wanted = match rest {
                    "time" => Axis::Time,
                    "step" => Axis::Step,
                    _ => {
                        if self.axis == Axis::Time {
                            Axis::Step
                        } else {
                            Axis::Time
                        }
                    }
                };
                if wanted != self.axis {
                    self.change_axis();
                }
            }
            "path" => self.next_path(),
            "fit" => self.fit(),
            "help" => self.open_help(),
            _ => return self.do_action(text),
        }
        Effect::None
    }
}

/// The actions whose names begin like a text, or else are like it.
pub(crate) fn candidates(text: &str) -> Vec<Action> {
    let wanted = text.trim().replace(' ', "-").to_lowercase();
    let actions = || bindings().map(|binding| binding.action);
    let begins: Vec<Action> =
        actions().filter(|action| action.name().starts_with(&wanted)).collect();
    match begins.is_empty() {
        true => actions().filter(|action| is_like(&action.name(), &wanted)).collect(),
        false => begins,
    }
}
