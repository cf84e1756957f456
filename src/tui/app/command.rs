//! What is typed behind `:`.

use super::filter::is_like;
use super::{App, Effect, Pane};
use crate::index::{EventId, LaneId};
use crate::time::{Duration, Instant};
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
            "theme" => match Theme::named(rest) {
                Some(theme) => self.look.theme = theme,
                None => {
                    let names: Vec<&str> = Theme::ALL.iter().map(|theme| theme.name()).collect();
                    self.tell(format!("themes: {}", names.join(" ")));
                }
            },
            "axis" | "x" => self.change_axis(),
            "path" => self.next_path(),
            "fit" => self.fit(),
            "help" => self.open_help(),
            _ => self.tell(format!(
                "`{word}`? a time such as 25ms, #31, 50%, @task, a pane, theme, axis, path, fit, quit"
            )),
        }
        Effect::None
    }
}
