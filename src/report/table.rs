//! The decisions of a run in words, as a table that stays readable for many tasks.

use super::decision::decisions;
use super::phrase::Words;
use super::timeline::{Glyphs, TimelineStyle};
use super::width::{clipped, counted, padded, width};
use crate::time::Instant;
use crate::trace::Trace;

/// So many equal things in a row are told as one.
const MIN_FOLDED: usize = 4;

/// What one lane does without a break at one instant.
struct Burst {
    at: Instant,
    lane: String,
    /// What happens, and because of what.
    lines: Vec<(String, Option<String>)>,
}

/// The decisions in words. Lanes that do the same one after the other are told once; when there is
/// still too much, the middle is left out and counted.
pub(super) fn table(trace: &Trace, words: &Words<'_>, style: TimelineStyle) -> Vec<String> {
    // What is kept of a long run; a burst has at least one decision.
    let n_last = style.max_decisions / 4;
    let n_first = style.max_decisions - n_last;
    let mut folder = Folder::new(n_first, n_last);
    for decision in decisions(trace) {
        let event = &decision.event;
        folder.add(event.at, words.lane(event.lane), words.what(event), words.because(&decision));
    }
    let (first, n_hidden, last) = folder.finish();
    let columns = Columns::fitting(first.iter().chain(&last), style.columns);
    let unicode = style.glyphs == Glyphs::Unicode;
    let mut lines = vec![columns.line("time", "lane", "what happens", "because of")];
    let mut shown_at = None;
    for burst in &first {
        push_burst(&mut lines, &columns, burst, &mut shown_at, unicode);
    }
    if n_hidden > 0 {
        let more = counted(n_hidden as u64, "more decision", "more decisions");
        lines.push(columns.line("", if unicode { "⋮" } else { ":" }, &more, ""));
        shown_at = None;
    }
    for burst in &last {
        push_burst(&mut lines, &columns, burst, &mut shown_at, unicode);
    }
    lines
}

fn push_burst(
    lines: &mut Vec<String>,
    columns: &Columns,
    burst: &Burst,
    shown_at: &mut Option<Instant>,
    unicode: bool,
) {
    let arrow = if unicode { "←" } else { "<-" };
    for (index, (what, because)) in burst.lines.iter().enumerate() {
        let is_new = shown_at.replace(burst.at) != Some(burst.at);
        let time = if is_new { burst.at.to_string() } else { String::new() };
        let lane = if index == 0 { burst.lane.as_str() } else { "" };
        let because = because.as_ref().map(|cause| format!("{arrow} {cause}"));
        lines.push(columns.line(&time, lane, what, &because.unwrap_or_default()));
    }
}

/// Collects decisions into bursts, folds equal ones, and keeps the first and the last.
struct Folder {
    n_first: usize,
    n_last: usize,
    first: Vec<Burst>,
    first_lines: usize,
    last: std::collections::VecDeque<Burst>,
    last_lines: usize,
    n_hidden: usize,
    /// Equal bursts of lanes that differ by number only; the last may still grow.
    alike: Vec<Burst>,
    open: Option<Burst>,
}

impl Folder {
    fn new(n_first: usize, n_last: usize) -> Self {
        Self {
            n_first,
            n_last,
            first: Vec::new(),
            first_lines: 0,
            last: std::collections::VecDeque::new(),
            last_lines: 0,
            n_hidden: 0,
            alike: Vec::new(),
            open: None,
        }
    }

    fn add(&mut self, at: Instant, lane: &str, what: String, because: Option<String>) {
        if let Some(open) = &mut self.open
            && (open.at, open.lane.as_str()) == (at, lane)
        {
            open.lines.push((what, because));
            return;
        }
        self.close();
        self.open = Some(Burst { at, lane: lane.to_owned(), lines: vec![(what, because)] });
    }

    /// The open burst is complete.
    fn close(&mut self) {
        let Some(mut burst) = self.open.take() else { return };
        fold_lines(&mut burst.lines);
        let fits = self.alike.last().is_some_and(|before| are_alike(before, &burst));
        if !fits {
            self.settle();
        }
        self.alike.push(burst);
    }

    /// What was alike is told.
    fn settle(&mut self) {
        let mut alike = std::mem::take(&mut self.alike);
        if alike.len() >= MIN_FOLDED {
            let last = alike.pop().map(|burst| burst.lane).unwrap_or_default();
            alike.truncate(1);
            for burst in &mut alike {
                let number = last.rsplit_once('#').map_or("", |(_, number)| number);
                burst.lane = format!("{}…{number}", burst.lane);
            }
        }
        for burst in alike {
            self.keep(burst);
        }
    }

    fn keep(&mut self, burst: Burst) {
        if self.first_lines < self.n_first {
            self.first_lines += burst.lines.len();
            self.first.push(burst);
            return;
        }
        self.last_lines += burst.lines.len();
        self.last.push_back(burst);
        while self.last_lines > self.n_last
            && self.last.len() > 1
            && let Some(hidden) = self.last.pop_front()
        {
            self.last_lines -= hidden.lines.len();
            self.n_hidden += hidden.lines.len();
        }
    }

    fn finish(mut self) -> (Vec<Burst>, usize, Vec<Burst>) {
        self.close();
        self.settle();
        (self.first, self.n_hidden, self.last.into())
    }
}

/// Whether two bursts differ by nothing but the number of their lane.
fn are_alike(a: &Burst, b: &Burst) -> bool {
    match (a.lane.rsplit_once('#'), b.lane.rsplit_once('#')) {
        (Some((a_base, _)), Some((b_base, _))) => {
            a_base == b_base && a.at == b.at && a.lines == b.lines
        }
        _ => false,
    }
}

/// Folds `creates fetch#1`, `creates fetch#2` … into `creates fetch#1…9`.
fn fold_lines(lines: &mut Vec<(String, Option<String>)>) {
    let mut folded: Vec<(String, Option<String>)> = Vec::new();
    let mut rest = lines.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let base = |line: &(String, Option<String>)| {
            let (base, number) = line.0.rsplit_once('#')?;
            number.parse::<u64>().ok()?;
            (line.1 == first.1).then(|| base.to_owned())
        };
        let own = base(first);
        let n_alike = match &own {
            Some(own) => {
                1 + others.iter().take_while(|line| base(line).as_ref() == Some(own)).count()
            }
            None => 1,
        };
        if n_alike >= MIN_FOLDED {
            let last = rest[n_alike - 1].0.rsplit_once('#').map_or("", |(_, number)| number);
            folded.push((format!("{}…{last}", first.0), first.1.clone()));
        } else {
            folded.extend_from_slice(&rest[..n_alike]);
        }
        rest = &rest[n_alike..];
    }
    *lines = folded;
}

/// The widths of the columns.
struct Columns {
    time: usize,
    lane: usize,
    what: usize,
    all: usize,
}

impl Columns {
    fn fitting<'a>(bursts: impl Iterator<Item = &'a Burst>, all: usize) -> Self {
        let (mut time, mut lane, mut what) = (0, 0, 0);
        for burst in bursts {
            time = time.max(width(&burst.at.to_string()));
            lane = lane.max(width(&burst.lane));
            for (text, _) in burst.lines.iter().filter(|(_, because)| because.is_some()) {
                what = what.max(width(text));
            }
        }
        let (time, lane) = (time.clamp(4, 14), lane.clamp(4, 18));
        let room = all.saturating_sub(time + lane + 4);
        Self { time, lane, what: what.clamp(12, 28).min(room), all }
    }

    fn line(&self, time: &str, lane: &str, what: &str, because: &str) -> String {
        let time = format!("{}{time}", " ".repeat(self.time.saturating_sub(width(time))));
        let lane = padded(&clipped(lane, self.lane), self.lane);
        let what = if because.is_empty() { what.to_owned() } else { padded(what, self.what) };
        let row = format!("{time}  {lane}  {what}  {because}");
        clipped(row.trim_end(), self.all)
    }
}
