//! How a run ended, in words and frames.

use std::rc::Rc;

use crate::executor::{EventLoop, Stopped, WaitingTask};
use crate::index::{LaneId, SiteId};
use crate::interpreter::{self, World};
use crate::trace::MAX_REPEATED;
use crate::trace::outcome::{Frame, LimitKind, Outcome, Waiting};

/// Frames in the middle of a long stack are left out of an outcome.
const MOST_FRAMES: usize = 100;

/// The loop ended before the entry did.
pub(super) fn stopped(event_loop: &EventLoop, world: &Rc<World>, why: Stopped) -> Outcome {
    match why {
        Stopped::Deadlock => deadlock(world, &event_loop.waiting()),
        Stopped::Limit(limit) => self::limit(event_loop, world, limit),
        Stopped::Interrupted => Outcome::Interrupted,
        Stopped::StaleSchedule(message) => Outcome::StaleSchedule { message },
    }
}

/// A bound was reached.
pub(super) fn limit(event_loop: &EventLoop, world: &Rc<World>, limit: LimitKind) -> Outcome {
    let limits = &event_loop.context().config().limits;
    let bound = match limit {
        LimitKind::Handles => format!("{} handles", limits.handles),
        LimitKind::Time => format!("{} of virtual time", limits.time),
        LimitKind::Tasks => format!("{} tasks at once", limits.tasks),
        LimitKind::InstantIterations => {
            format!("{} iterations at one instant", limits.instant_iterations)
        }
        LimitKind::Operations => format!("{} operations in one step", limits.operations),
        LimitKind::Memory => format!("{} bytes of values", limits.memory),
        LimitKind::Output => format!("{} lines of output", limits.output),
    };
    let frames = frames(world, &world.limit_frames());
    Outcome::LimitReached { limit, bound, frames }
}

fn frames(world: &World, sites: &[SiteId]) -> Vec<Frame> {
    let place = |site: &SiteId| {
        let function = world.site(*site).map_or("", |site| site.function.as_str());
        interpreter::place(world, *site, function)
    };
    sites.iter().map(place).collect()
}

fn deadlock(world: &World, tasks: &[WaitingTask]) -> Outcome {
    let name =
        |lane: LaneId| tasks.iter().find(|task| task.lane == lane).map(|task| task.name.clone());
    let waiting: Vec<Waiting> = tasks
        .iter()
        .map(|task| Waiting {
            task: task.name.clone(),
            on: task.on.clone(),
            on_task: task.on_task.and_then(name),
            frames: frames(world, &task.frames),
        })
        .chain(world.threads.waiting().into_iter().map(|thread| Waiting {
            task: thread.name,
            on_task: world.waited_for(&thread.on).map(|name| name.to_string()),
            on: thread.on,
            frames: frames(world, &[thread.site]),
        }))
        .collect();
    let mut cycle: Vec<String> = ring(tasks).into_iter().filter_map(name).collect();
    if cycle.is_empty() {
        cycle = ring_of_threads(&waiting);
    }
    Outcome::Deadlock { waiting, cycle }
}

/// Threads that wait for each other in a ring, if there is one.
fn ring_of_threads(waiting: &[Waiting]) -> Vec<String> {
    let next = |name: &str| waiting.iter().find(|one| one.task == name)?.on_task.as_deref();
    for start in waiting {
        let mut path = vec![&*start.task];
        while let Some(name) = path.last().copied().and_then(next) {
            if name == start.task {
                return path.into_iter().map(str::to_owned).collect();
            }
            if path.contains(&name) {
                break;
            }
            path.push(name);
        }
    }
    Vec::new()
}

/// Tasks that wait for each other in a ring, if there is one; from the oldest of them on.
fn ring(tasks: &[WaitingTask]) -> Vec<LaneId> {
    let next = |lane: LaneId| tasks.iter().find(|task| task.lane == lane)?.on_task;
    for start in tasks {
        let mut path = vec![start.lane];
        let mut at = start.lane;
        while let Some(lane) = next(at) {
            if lane == start.lane {
                return path;
            }
            if path.contains(&lane) {
                break;
            }
            path.push(lane);
            at = lane;
        }
    }
    Vec::new()
}

/// Shortens very long stacks.
pub(super) fn trim(outcome: &mut Outcome) {
    match outcome {
        Outcome::Raised { error } => {
            trim_frames(&mut error.frames);
            for link in &mut error.chain {
                trim_frames(&mut link.raised.frames);
            }
        }
        Outcome::LimitReached { frames, .. } => trim_frames(frames),
        Outcome::Deadlock { waiting, .. } => {
            waiting.iter_mut().for_each(|waiting| trim_frames(&mut waiting.frames));
        }
        _ => {}
    }
}

fn trim_frames(frames: &mut Vec<Frame>) {
    let mut kept: Vec<Frame> = Vec::new();
    for same in frames.chunk_by(Frame::is_like) {
        let start = kept.len();
        kept.extend(same.iter().take(MAX_REPEATED).cloned());
        let left_out = same.len().saturating_sub(MAX_REPEATED);
        if let Some(last) = kept[start..].last_mut() {
            last.repeated += u32::try_from(left_out).unwrap_or(u32::MAX);
        }
    }
    *frames = kept;
    if frames.len() > MOST_FRAMES {
        let half = MOST_FRAMES / 2;
        let left_out = frames.len() - MOST_FRAMES;
        let mark = Frame {
            function: format!("({left_out} more)"),
            file: "…".to_owned(),
            line: 0,
            source: String::new(),
            marked: Vec::new(),
            repeated: 0,
        };
        frames.splice(half..half + left_out, [mark]);
    }
}
