//! Why a run did not complete: a traceback, or who waits for what.

use super::width::{grouped, padded, width};
use crate::trace::Outcome;
use crate::trace::frame_lines;
use crate::trace::outcome::{Frame, Waiting};

/// What is to be said about an outcome besides its name; `None` if it completed.
pub fn failure(outcome: &Outcome) -> Option<String> {
    let lines = match outcome {
        Outcome::Completed { .. } | Outcome::Interrupted => return None,
        // It is told by the exit code.
        Outcome::Raised { error } if error.exit.is_some() => return None,
        Outcome::Raised { error } => error.traceback(),
        Outcome::Deadlock { waiting, cycle } => deadlock(waiting, cycle),
        Outcome::LimitReached { limit, bound, frames } => {
            let name = limit.name();
            let mut lines = stack("Stopped here (most recent call last):", frames);
            lines.push(format!("The run reached its limit of {}.", readable(bound)));
            lines.push(format!("If it is long and not stuck, allow more: --limit {name}=…"));
            lines
        }
        Outcome::StaleSchedule { message } => {
            vec![format!("The schedule is of another program: {message}.")]
        }
    };
    Some(lines.join("\n") + "\n")
}

/// A bound with its number in groups of digits: `10,000 handles`.
fn readable(bound: &str) -> String {
    match bound.split_once(' ').map(|(number, unit)| (number.parse(), unit)) {
        Some((Ok(number), unit)) => format!("{} {unit}", grouped(number)),
        _ => bound.to_owned(),
    }
}

fn stack(heading: &str, frames: &[Frame]) -> Vec<String> {
    let mut lines = Vec::new();
    if !frames.is_empty() {
        lines.push(heading.to_owned());
    }
    lines.extend(frame_lines(frames));
    lines
}

fn deadlock(waiting: &[Waiting], cycle: &[String]) -> Vec<String> {
    let mut lines = vec!["Deadlock: nothing is left that could wake any of these.".to_owned()];
    let named = |name: &str| match waiting.iter().find(|one| one.task == name) {
        Some(one) => called(one),
        None => name.to_owned(),
    };
    let columns = waiting.iter().map(|one| width(&called(one))).max().unwrap_or(0);
    for one in waiting {
        let awaits = one.on_task.as_deref().filter(|task| one.on == format!("task {task}"));
        let on = awaits.map_or_else(|| one.on.clone(), named);
        lines.push(String::new());
        lines.push(format!("  {}  waits for {on}", padded(&called(one), columns)));
        // Where it stands itself; what called it is the way there.
        if let Some(Frame { function, file, line, source, .. }) = one.frames.last() {
            lines.push(format!("      {file}:{line}, in {function}"));
            if !source.is_empty() {
                lines.push(format!("        {source}"));
            }
        }
    }
    if let Some(first) = cycle.first() {
        lines.push(String::new());
        lines.push(format!("They wait in a circle: {} → {first}", cycle.join(" → ")));
    } else if let Some(end) = dead_end(waiting) {
        lines.push(String::new());
        lines.push(format!("It ends with {end}."));
    }
    lines
}

/// A task's name; one that only has a number is told by its coroutine as well.
fn called(one: &Waiting) -> String {
    match one.frames.first() {
        Some(frame) if one.task.starts_with("Task-") => {
            format!("{} ({})", one.task, frame.function)
        }
        _ => one.task.clone(),
    }
}

/// From the first that waits along whom each waits for: the one whom nobody will wake.
fn dead_end(waiting: &[Waiting]) -> Option<String> {
    let mut chain: Vec<&str> = Vec::new();
    let mut next = waiting.first();
    while let Some(one) = next {
        if chain.contains(&one.task.as_str()) {
            return None;
        }
        chain.push(&one.task);
        next = match &one.on_task {
            Some(task) => waiting.iter().find(|other| other.task == *task),
            None if chain.len() > 1 => return Some(format!("{} → {}", chain.join(" → "), one.on)),
            None => None,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::outcome::{Link, Raised};

    fn frame(function: &str, line: u32, source: &str) -> Frame {
        let (function, source) = (function.to_owned(), source.to_owned());
        Frame { function, file: "a.toml".to_owned(), line, source, marked: Vec::new(), repeated: 0 }
    }

    fn raised(type_name: &str, message: &str, frames: Vec<Frame>) -> Raised {
        let (type_name, message) = (type_name.to_owned(), message.to_owned());
        Raised { type_name, message, frames, ..Raised::default() }
    }

    fn waiting(task: &str, on: &str, on_task: Option<&str>, frames: Vec<Frame>) -> Waiting {
        let on_task = on_task.map(str::to_owned);
        Waiting { task: task.to_owned(), on: on.to_owned(), on_task, frames }
    }

    #[test]
    fn a_traceback_looks_like_cpythons() {
        let mut error = raised(
            "RuntimeError",
            "no answer",
            vec![frame("main", 9, "{ await = \"ask()\" }"), frame("ask", 4, "{ raise = true }")],
        );
        let earlier = raised("KeyError", "'a'", vec![frame("ask", 3, "{ do = \"x['a']\" }")]);
        error.chain.push(Link { explicit: false, raised: earlier });
        insta::assert_snapshot!(failure(&Outcome::Raised { error }).unwrap(), @r#"
        Traceback (most recent call last):
          File "a.toml", line 3, in ask
            { do = "x['a']" }
        KeyError: 'a'

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "a.toml", line 9, in main
            { await = "ask()" }
          File "a.toml", line 4, in ask
            { raise = true }
        RuntimeError: no answer
        "#);
    }

    #[test]
    fn repeated_frames_are_counted() {
        let frames = vec![frame("f", 3, ""); 9];
        let text = failure(&Outcome::Raised { error: raised("RecursionError", "", frames) });
        assert_eq!(
            text.unwrap(),
            "Traceback (most recent call last):\n\
             \x20 File \"a.toml\", line 3, in f\n\
             \x20 File \"a.toml\", line 3, in f\n\
             \x20 File \"a.toml\", line 3, in f\n\
             \x20 [Previous line repeated 6 more times]\n\
             RecursionError\n"
        );
    }

    #[test]
    fn a_deadlock_tells_who_waits_for_what() {
        let ring = Outcome::Deadlock {
            waiting: vec![
                waiting("main", "task A", Some("A"), vec![frame("main", 9, "{ await = \"a\" }")]),
                waiting("A", "task main", Some("main"), vec![]),
            ],
            cycle: vec!["main".to_owned(), "A".to_owned()],
        };
        insta::assert_snapshot!(failure(&ring).unwrap(), @r#"
        Deadlock: nothing is left that could wake any of these.

          main  waits for A
              a.toml:9, in main
                { await = "a" }

          A     waits for main

        They wait in a circle: main → A → main
        "#);
        let end = Outcome::Deadlock {
            waiting: vec![
                waiting("main", "task A", Some("A"), vec![]),
                waiting("A", "a future that nothing resolves", None, vec![]),
            ],
            cycle: vec![],
        };
        let text = failure(&end).unwrap();
        assert!(
            text.ends_with("It ends with main → A → a future that nothing resolves.\n"),
            "{text}"
        );
    }
}
