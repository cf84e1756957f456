//! A run for programs: one JSON document.
//!
//! The field names are part of the command's interface. [`VERSION`] goes up when one changes its
//! meaning or goes away; that one is added is no new version. Times are whole nanoseconds.

use serde::Serialize;

use super::summary::Figures;
use crate::analysis::Labels;
use crate::index::LaneId;
use crate::trace::event::End;
use crate::trace::outcome::{Frame, Raised};
use crate::trace::{LaneKind, Outcome, Trace, What};

/// The version of the document's form.
const VERSION: u32 = 1;

/// The document.
#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    program: &'a str,
    file: &'a str,
    seed: u64,
    schedule: &'a str,
    epoch: &'a str,
    python: &'static str,
    outcome: OutcomeForm<'a>,
    summary: SummaryForm,
    output: Vec<LineForm<'a>>,
    tasks: Vec<TaskForm<'a>>,
    expectations: ExpectationsForm<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum OutcomeForm<'a> {
    Completed { value: &'a str },
    Raised { error: RaisedForm<'a> },
    Deadlock { waiting: Vec<WaitingForm<'a>>, cycle: &'a [String] },
    LimitReached { limit: &'static str, bound: &'a str, frames: Vec<FrameForm<'a>> },
    StaleSchedule { message: &'a str },
    Interrupted,
    CutShort,
}

#[derive(Serialize)]
struct RaisedForm<'a> {
    #[serde(rename = "type")]
    type_name: &'a str,
    message: &'a str,
    frames: Vec<FrameForm<'a>>,
    /// Earlier exceptions, the latest first.
    chain: Vec<LinkForm<'a>>,
}

#[derive(Serialize)]
struct LinkForm<'a> {
    /// `cause` for `raise … from`, else `context`.
    relation: &'static str,
    error: RaisedForm<'a>,
}

#[derive(Serialize)]
struct WaitingForm<'a> {
    task: &'a str,
    on: &'a str,
    on_task: Option<&'a str>,
    frames: Vec<FrameForm<'a>>,
}

#[derive(Serialize)]
struct FrameForm<'a> {
    function: &'a str,
    file: &'a str,
    line: u32,
    source: &'a str,
}

#[derive(Serialize)]
struct SummaryForm {
    duration_ns: u64,
    tasks: u64,
    iterations: u64,
    events: u64,
}

#[derive(Serialize)]
struct LineForm<'a> {
    at_ns: u64,
    lane: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct TaskForm<'a> {
    /// As reports call it.
    label: &'a str,
    /// As asyncio calls it.
    name: String,
    coroutine: &'a str,
    created_ns: u64,
    created_by: Option<&'a str>,
    /// How often its coroutine was entered.
    steps: u64,
    ended_ns: Option<u64>,
    /// `returned`, `raised`, `cancelled`; `null` if the run was over before.
    end: Option<&'static str>,
}

#[derive(Serialize)]
struct ExpectationsForm<'a> {
    held: bool,
    broken: &'a [String],
}

/// The run as a JSON document; `broken` are the expectations that did not hold, in words.
///
/// | field | what it holds |
/// |---|---|
/// | `format`, `version` | `"loopsim run"`, and the version of this form |
/// | `program`, `file` | the program's name, and the file it was read from |
/// | `seed`, `schedule`, `epoch`, `python` | what else the run depends on |
/// | `outcome.kind` | `completed` (with `value`), `raised` (`error`), `deadlock` (`waiting`, `cycle`), `limit_reached` (`limit`, `bound`, `frames`), `stale_schedule` (`message`), `interrupted`, `cut_short` |
/// | `summary` | `duration_ns`, `tasks`, `iterations`, `events` |
/// | `output` | each line: `at_ns`, `lane`, `text` |
/// | `tasks` | each task: `label` (as in other reports), `name` (as in asyncio), `coroutine`, `created_ns`, `created_by`, `steps`, `ended_ns`, `end` (`returned`, `raised`, `cancelled`, or `null`) |
/// | `expectations` | `held`, and what is `broken`, in words |
///
/// An `error` has `type`, `message`, `frames` and, latest first, the `chain` of earlier errors, each
/// with its `relation` (`cause` or `context`). A frame has `function`, `file`, `line`, `source`.
pub fn json(trace: &Trace, broken: &[String]) -> String {
    let labels = Labels::of(trace);
    let figures = Figures::of(trace);
    let header = trace.header();
    let document = Document {
        format: "loopsim run",
        version: VERSION,
        program: &header.program,
        file: header.sources.first().map_or("", |(name, _)| name),
        seed: header.seed,
        schedule: &header.schedule,
        epoch: &header.epoch,
        python: header.python.name(),
        outcome: trace.outcome().map_or(OutcomeForm::CutShort, outcome_form),
        summary: SummaryForm {
            duration_ns: figures.end.as_nanos(),
            tasks: figures.tasks,
            iterations: figures.iterations,
            events: figures.events,
        },
        output: output(trace, &labels),
        tasks: tasks(trace, &labels),
        expectations: ExpectationsForm { held: broken.is_empty(), broken },
    };
    // Structs of strings and numbers cannot fail to be written.
    let text = serde_json::to_string_pretty(&document);
    text.map(|text| text + "\n").unwrap_or_default()
}

fn output<'a>(trace: &'a Trace, labels: &'a Labels) -> Vec<LineForm<'a>> {
    trace
        .events()
        .filter_map(|event| match event.what {
            What::Output { text } => Some(LineForm {
                at_ns: event.at.as_nanos(),
                lane: labels.get(event.lane),
                text: trace.text(text),
            }),
            _ => None,
        })
        .collect()
}

fn tasks<'a>(trace: &'a Trace, labels: &'a Labels) -> Vec<TaskForm<'a>> {
    let mut forms: Vec<Option<TaskForm<'a>>> = trace.lanes().iter().map(|_| None).collect();
    for event in trace.events() {
        let at = event.at.as_nanos();
        if let What::TaskCreated { task } = event.what
            && let Some(lane) = trace.lanes().get(task.index())
        {
            forms[task.index()] = Some(TaskForm {
                label: labels.get(task),
                name: lane.name(),
                coroutine: &lane.runs,
                created_ns: at,
                created_by: (event.lane != LaneId::LOOP).then(|| labels.get(event.lane)),
                steps: 0,
                ended_ns: None,
                end: None,
            });
        }
        let Some(Some(form)) = forms.get_mut(event.lane.index()) else { continue };
        match event.what {
            What::StepBegin { .. } => form.steps += 1,
            What::TaskFinished { end } => {
                form.ended_ns = Some(at);
                form.end = Some(end_name(end));
            }
            _ => {}
        }
    }
    let is_task = |index: usize| trace.lanes()[index].kind == LaneKind::Task;
    forms
        .into_iter()
        .enumerate()
        .filter(|(index, _)| is_task(*index))
        .filter_map(|(_, form)| form)
        .collect()
}

fn end_name(end: End) -> &'static str {
    match end {
        End::Returned => "returned",
        End::Raised => "raised",
        End::Cancelled => "cancelled",
    }
}

fn outcome_form(outcome: &Outcome) -> OutcomeForm<'_> {
    match outcome {
        Outcome::Completed { value } => OutcomeForm::Completed { value },
        Outcome::Raised { error } => OutcomeForm::Raised { error: raised_form(error) },
        Outcome::Deadlock { waiting, cycle } => OutcomeForm::Deadlock {
            waiting: waiting
                .iter()
                .map(|one| WaitingForm {
                    task: &one.task,
                    on: &one.on,
                    on_task: one.on_task.as_deref(),
                    frames: frame_forms(&one.frames),
                })
                .collect(),
            cycle,
        },
        Outcome::LimitReached { limit, bound, frames } => {
            let frames = frame_forms(frames);
            OutcomeForm::LimitReached { limit: limit.name(), bound, frames }
        }
        Outcome::StaleSchedule { message } => OutcomeForm::StaleSchedule { message },
        Outcome::Interrupted => OutcomeForm::Interrupted,
    }
}

fn raised_form(raised: &Raised) -> RaisedForm<'_> {
    RaisedForm {
        type_name: &raised.type_name,
        message: &raised.message,
        frames: frame_forms(&raised.frames),
        chain: raised
            .chain
            .iter()
            .map(|link| LinkForm {
                relation: if link.explicit { "cause" } else { "context" },
                error: raised_form(&link.raised),
            })
            .collect(),
    }
}

fn frame_forms(frames: &[Frame]) -> Vec<FrameForm<'_>> {
    frames
        .iter()
        .map(|Frame { function, file, line, source, .. }| FrameForm {
            function,
            file,
            line: *line,
            source,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn field_names_are_an_interface() {
        let broken = ["output line 2 differs".to_owned()];
        insta::assert_snapshot!("json", json(&testing::held_loop(), &broken));
    }
}
