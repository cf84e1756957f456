//! The result of an exploration as text: a table of outcomes, and a schedule for each.

use std::collections::BTreeSet;

use super::saved::{Saved, SavedOutcome, reason};
use crate::cli::terminal::Mark;
use crate::explore::{Incomplete, ProgramEnd};

/// How the text looks.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Look {
    pub(in crate::cli) colored: bool,
    /// Outcomes shown, at most.
    pub(in crate::cli) rows: usize,
}

/// Variables that are shown where there is only one outcome.
const FEW: usize = 4;
/// Characters of what a run printed or of a value.
const MAX_TEXT: usize = 60;

/// The whole text.
pub(in crate::cli) fn text(saved: &Saved, look: Look) -> String {
    let mut lines = table(saved, look);
    lines.push(String::new());
    lines.extend(verdict(saved, look));
    lines.push(String::new());
    lines.extend(schedules(saved, look));
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn table(saved: &Saved, look: Look) -> Vec<String> {
    let about = if saved.drawn.is_some() { "~" } else { "" };
    let mut rows = vec![["share", "schedules", "classes", ""].map(str::to_owned)];
    let shown = saved.outcomes.iter().take(look.rows);
    for outcome in shown.clone() {
        let is_known = saved.drawn != Some(0);
        rows.push([
            if is_known { format!("{about}{}", percent(outcome.share)) } else { "–".to_owned() },
            outcome.schedules.map_or_else(|| "many".to_owned(), grouped),
            grouped(u128::from(outcome.classes)),
            String::new(),
        ]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths = [0, 1, 2].map(|column| width(column).unwrap_or(0));
    let classes = saved.is_reduced
        || saved
            .outcomes
            .iter()
            .any(|o| o.schedules.is_some_and(|schedules| schedules != u128::from(o.classes)));
    let cells = |row: &[String; 4]| {
        let [share, schedules, classes_of, _] = row;
        let mut line = format!("{share:>0$}  {schedules:>1$}", widths[0], widths[1]);
        if classes {
            line.push_str(&format!("  {classes_of:>0$}", widths[2]));
        }
        line
    };
    let heading = format!("       {}  outcome", cells(&rows[0]));
    let mut lines = vec![Mark::Faint.paint(heading.trim_end(), look.colored)];
    let told = descriptions(saved);
    for (number, (outcome, row)) in shown.zip(&rows[1..]).enumerate() {
        let (sign, mark) =
            if outcome.is_failure { ("✗", Mark::Bad) } else { ("✓", Mark::Good) };
        let sign = mark.paint(sign, look.colored);
        let what = if outcome.is_failure {
            Mark::Bad.paint(&told[number], look.colored)
        } else {
            told[number].clone()
        };
        lines.push(format!("  {:>2} {sign} {}  {what}", number + 1, cells(row)));
    }
    let left = saved.outcomes.len().saturating_sub(look.rows);
    if left > 0 {
        let more = format!("     … {} more outcomes (--rows {})", left, saved.outcomes.len());
        lines.push(Mark::Faint.paint(&more, look.colored));
    }
    lines
}

/// What tells each outcome from the others.
fn descriptions(saved: &Saved) -> Vec<String> {
    let ends: Vec<&ProgramEnd> = saved.outcomes.iter().map(|outcome| &outcome.end).collect();
    let vary = |of: &dyn Fn(&ProgramEnd) -> String| {
        ends.iter().map(|end| of(end)).collect::<BTreeSet<_>>().len() > 1
    };
    let names: BTreeSet<&str> =
        ends.iter().flat_map(|end| end.finals.iter().map(|(name, _)| name.as_str())).collect();
    let value = |end: &ProgramEnd, name: &str| {
        let found = end.finals.iter().find(|(other, _)| other == name);
        found.map_or_else(|| "not set".to_owned(), |(_, value)| shortened(value))
    };
    let varying: Vec<&str> =
        names.into_iter().filter(|name| vary(&|end| value(end, name))).collect();
    let endings_vary = vary(&|end| end.ending.clone());
    let output_varies = vary(&|end| end.output.join("\n"));
    ends.iter()
        .map(|end| {
            let mut parts = Vec::new();
            if endings_vary || (varying.is_empty() && !output_varies) {
                parts.push(shortened(&end.ending));
            }
            parts.extend(varying.iter().map(|name| format!("{name} = {}", value(end, name))));
            if ends.len() == 1 {
                let few = end.finals.iter().filter(|(_, value)| value != "unlocked").take(FEW);
                parts.extend(few.map(|(name, value)| format!("{name} = {}", shortened(value))));
            }
            if output_varies {
                let printed = shortened(&end.output.join(" · "));
                let printed = if printed.is_empty() { "nothing".to_owned() } else { printed };
                parts.push(format!("prints {printed}"));
            }
            parts.join("; ")
        })
        .collect()
}

fn shortened(text: &str) -> String {
    let text = text.replace('\n', " · ");
    if text.chars().count() <= MAX_TEXT {
        return text;
    }
    let kept: String = text.chars().take(MAX_TEXT - 1).collect();
    format!("{kept}…")
}

/// Whether the search is complete, in words.
fn verdict(saved: &Saved, look: Look) -> Vec<String> {
    let n_classes: u64 = saved.outcomes.iter().map(|outcome| outcome.classes).sum();
    let classes = plural(u128::from(n_classes), "class", "classes");
    let runs = plural(u128::from(saved.runs + saved.cut), "run", "runs");
    let schedules = saved.schedules.map(|n| plural(n, "schedule", "schedules"));
    let mut lines = Vec::new();
    if saved.incomplete.is_empty() {
        let all = match schedules {
            Some(all) if saved.is_reduced => format!("all {all} ({classes}), in {runs}"),
            Some(all) => format!("all {all}"),
            None => format!("all schedules: {classes}, in {runs}"),
        };
        lines.push(format!("{}: {all}", Mark::Good.paint("complete", look.colored)));
    } else {
        let seen = match schedules {
            Some(n) => format!("{n} ({classes}) were covered in {runs}"),
            None => format!("{classes} were met in {runs}"),
        };
        lines.push(format!("{}: {seen}", Mark::Bad.paint("not complete", look.colored)));
        lines.extend(saved.incomplete.iter().map(|why| format!("  {}", because(why, saved))));
        if let Some(within) = saved.within {
            let most = plural(u128::from(within), "preemption", "preemptions");
            lines.push(match within {
                0 => "  every schedule without a preemption was covered".to_owned(),
                _ => format!("  every schedule with at most {most} was covered"),
            });
        }
    }
    if let Some(drawn) = saved.drawn.filter(|drawn| *drawn > 0) {
        let drawn = grouped(u128::from(drawn));
        let note = format!("shares: of {drawn} schedules that a random scheduler drew");
        lines.push(Mark::Faint.paint(&note, look.colored));
    }
    lines
}

fn because(why: &str, saved: &Saved) -> String {
    let is = |reason_of: Incomplete| why == reason(reason_of);
    if is(Incomplete::Runs) {
        format!(
            "the budget of runs was used up, at about {} of the search: --runs N allows more",
            percent(saved.covered)
        )
    } else if is(Incomplete::Steps) {
        format!(
            "the budget of choice points was used up, at about {} of the search: --steps N or \
             --time D allows more",
            percent(saved.covered)
        )
    } else if is(Incomplete::Stopped) {
        format!(
            "it was ended early, by Ctrl-C or --time, at about {} of the search",
            percent(saved.covered)
        )
    } else if is(Incomplete::Preemptions) {
        "schedules with more preemptions were left out".to_owned()
    } else if is(Incomplete::TooLong) {
        "some runs have more choice points than are followed: the later ones went as usual"
            .to_owned()
    } else if is(Incomplete::Drawn) {
        "schedules were drawn: others may come to something else".to_owned()
    } else if is(Incomplete::Shard) {
        let parts: Vec<String> = saved.shards.iter().map(|(k, of)| format!("{k}/{of}")).collect();
        format!("this is only part {}: sim explore merge puts parts together", parts.join(", "))
    } else {
        let what = saved.differs.as_deref().unwrap_or("it did something else");
        format!("it is not deterministic: run again with the same choices, {what}")
    }
}

fn schedules(saved: &Saved, look: Look) -> Vec<String> {
    let mut lines = Vec::new();
    let told = descriptions(saved);
    for (number, outcome) in saved.outcomes.iter().take(look.rows).enumerate() {
        let sign = if outcome.is_failure {
            Mark::Bad.paint("✗", look.colored)
        } else {
            Mark::Good.paint("✓", look.colored)
        };
        let what = Mark::Strong.paint(&told[number], look.colored);
        lines.push(format!("  {:>2} {sign} {what}", number + 1));
        let end = &outcome.end;
        if outcome.is_failure && (end.broken.is_empty() || shortened(&end.ending) != end.ending) {
            lines.extend(end.ending.lines().map(|line| format!("       {line}")));
        }
        for broken in &outcome.end.broken {
            lines.extend(broken.lines().map(|line| format!("       {line}")));
        }
        lines.extend(outcome.strike.iter().map(|strike| format!("       {strike}")));
        lines.push(format!("       {}", command(saved, outcome)));
        lines.push(Mark::Faint.paint(&format!("       {}", cost(outcome)), look.colored));
    }
    if let Some(failure) = saved.outcomes.first().filter(|outcome| outcome.is_failure) {
        lines.push(String::new());
        let closer = command(saved, failure).replacen("sim run", "sim view", 1);
        lines.push(format!("look closer: {closer}"));
    }
    lines
}

/// What replays an outcome.
fn command(saved: &Saved, outcome: &SavedOutcome) -> String {
    // A seed switches threads on its own where no schedule says otherwise.
    let has_threads = saved.outcomes.iter().any(|outcome| outcome.schedule.contains(":thread="));
    let schedule = match outcome.schedule.as_str() {
        "v1" if !has_threads => String::new(),
        schedule => format!(" --schedule '{schedule}'"),
    };
    let (options, own) = &saved.again;
    format!("sim run {}{options}{schedule}{own}", saved.file)
}

/// What is unusual about the schedule of an outcome.
fn cost(outcome: &SavedOutcome) -> String {
    let steps = outcome.schedule.split(' ').filter(|word| word.contains(':'));
    let (threads, others): (Vec<&str>, Vec<&str>) =
        steps.partition(|step| step.contains(":thread="));
    match (outcome.departures, others.len()) {
        (0, _) => "the usual order".to_owned(),
        (n, 0) if !threads.is_empty() => plural(n as u128, "preemption", "preemptions"),
        (n, _) => plural(n as u128, "unusual choice", "unusual choices"),
    }
}

fn plural(n: u128, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// `66.7 %`, from hundredths of a percent.
fn percent(share: u64) -> String {
    match share {
        0 => "<0.1 %".to_owned(),
        _ => {
            let tenths = (share + 5) / 10;
            format!("{}.{} %", tenths / 10, tenths % 10)
        }
    }
}

/// `1,234,567`.
fn grouped(n: u128) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
