//! Running one schedule again: to name its choices, and to make it simpler.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::drive::{Progress, Watcher};
use super::subject::{Oracle, Subject};
use super::tally::{Share, Witness};
use crate::executor::{Actor, Choice, Refusal, Scheduler};
use crate::trace::event::ChoiceKind;
use crate::trace::schedule::{Open, Schedule, Step};

/// A choice that was taken.
#[derive(Clone, Debug)]
struct Taken {
    /// Its number, kind and name, if there was something to choose and it was not the usual.
    step: Option<Step>,
    alternative: usize,
    /// Who goes on, and who would have gone on as usual; nobody, for values.
    actor: Option<Actor>,
    usual: Option<Actor>,
    departs: bool,
    /// It is a number that is chosen instead of drawn.
    is_value: bool,
}

/// What is to be done.
#[derive(Clone, Debug)]
enum Plan {
    /// These alternatives, one after the other.
    Exactly(VecDeque<u32>),
    /// These actors in this order, as far as they can; and these values.
    Roughly { order: VecDeque<Actor>, values: VecDeque<usize> },
}

/// Follows a plan and notes what it does.
#[derive(Debug)]
struct Steer {
    plan: Plan,
    taken: Vec<Taken>,
}

impl Steer {
    fn pick(&mut self, choice: &Choice<'_>) -> usize {
        let wanted = match &mut self.plan {
            Plan::Exactly(choices) => choices.pop_front().map_or(0, |taken| taken as usize),
            Plan::Roughly { values, .. } if choice.actors.is_empty() => {
                values.pop_front().unwrap_or(0)
            }
            Plan::Roughly { order, .. } => {
                let next = order.iter().position(|actor| choice.actors.contains(actor));
                let actor = next.and_then(|index| order.remove(index));
                let alternative = |actor| choice.actors.iter().position(|other| *other == actor);
                actor.and_then(alternative).unwrap_or(0)
            }
        };
        wanted.min(choice.n_alternatives - 1)
    }
}

impl Scheduler for Steer {
    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, Refusal> {
        let taken = self.pick(choice);
        let departs = match choice.kind {
            ChoiceKind::Thread => choice.running.is_some_and(|running| running != taken),
            ChoiceKind::Value => false,
            _ => taken != 0,
        };
        let step = (taken != 0).then(|| Step {
            point: choice.point,
            kind: choice.kind,
            taken: (choice.name)(taken),
        });
        self.taken.push(Taken {
            step,
            alternative: taken,
            actor: choice.actors.get(taken).copied(),
            usual: choice.actors.get(choice.running.unwrap_or(0)).copied(),
            departs,
            is_value: choice.kind == ChoiceKind::Value,
        });
        Ok(taken)
    }

    fn watches(&self) -> bool {
        true
    }

    fn only(&mut self, actor: Actor) -> Result<(), Refusal> {
        if let Plan::Roughly { order, .. } = &mut self.plan
            && let Some(index) = order.iter().position(|other| *other == actor)
        {
            order.remove(index);
        }
        let actor = Some(actor);
        self.taken.push(Taken {
            step: None,
            alternative: 0,
            actor,
            usual: actor,
            departs: false,
            is_value: false,
        });
        Ok(())
    }
}

/// A schedule that shows an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The schedule, to be replayed.
    pub schedule: Schedule,
    /// Departures from the usual order; preemptions, where threads are chosen.
    pub departures: usize,
    /// Steps and values that were chosen.
    pub length: usize,
}

/// Runs that are made to simplify one schedule, and choice points that are passed for that.
const MAX_TRIES: usize = 400;
const MAX_STEPS: usize = 200_000;

/// Names the choices of a witness; with `end`, looks for a schedule that leads there with fewer
/// departures and fewer steps.
pub(super) fn show<S: Subject>(
    subject: &S,
    witness: &Witness,
    end: Option<&S::End>,
    open: &Open,
    watcher: &Watcher<'_>,
) -> Shown {
    let (_, mut best) = run(subject, Plan::Exactly(witness.choices.iter().copied().collect()));
    if let Some(end) = end {
        best = simpler(subject, best, end, watcher);
    }
    let mut open = open.clone();
    // Nothing is drawn: what may be chosen of that makes no difference.
    open.values = open.values.filter(|_| best.iter().any(|taken| taken.is_value));
    let steps = best.iter().filter_map(|taken| taken.step.clone()).collect();
    Shown {
        schedule: Schedule::new(steps).with_open(open),
        departures: departures(&best),
        length: best.len(),
    }
}

fn run<S: Subject>(subject: &S, plan: Plan) -> (S::End, Vec<Taken>) {
    let steer = Rc::new(RefCell::new(Steer { plan, taken: Vec::new() }));
    let end = subject.run(&Oracle::new(&steer));
    let taken = std::mem::take(&mut steer.borrow_mut().taken);
    (end, taken)
}

/// What a subject does differently when it is run again with the same choices: then it reads
/// something that nobody chooses, and no schedule means anything.
pub(super) fn differs<S: Subject>(subject: &S) -> Option<String> {
    let usual = || run(subject, Plan::Exactly(VecDeque::new()));
    let ((first_end, first), (second_end, second)) = (usual(), usual());
    let same = |(one, other): (&Taken, &Taken)| {
        (one.actor, one.usual, one.is_value) == (other.actor, other.usual, other.is_value)
    };
    if first.len() != second.len() {
        return Some(format!("it had {} choices, and then {}", first.len(), second.len()));
    }
    if let Some(at) = first.iter().zip(&second).position(|pair| !same(pair)) {
        return Some(format!("its choice {at} was another one"));
    }
    (first_end != second_end).then(|| "it came to another end".to_owned())
}

fn departures(taken: &[Taken]) -> usize {
    taken.iter().filter(|taken| taken.departs).count()
}

fn cost(taken: &[Taken]) -> (usize, usize, usize) {
    (departures(taken), taken.iter().filter(|taken| taken.step.is_some()).count(), taken.len())
}

/// Undoes departures, the last first, as long as the run comes to the same end.
fn simpler<S: Subject>(
    subject: &S,
    mut best: Vec<Taken>,
    end: &S::End,
    watcher: &Watcher<'_>,
) -> Vec<Taken> {
    let (mut tries, mut steps) = (0, 0);
    let mut at = best.len();
    while at > 0 && tries < MAX_TRIES && steps < MAX_STEPS {
        at -= 1;
        if at >= best.len() || best[at].step.is_none() {
            continue;
        }
        tries += 1;
        steps += best.len();
        let progress = Progress {
            runs: tries as u64,
            depth: best.len(),
            outcomes: 1,
            done: Share::ALL,
            bound: None,
        };
        if watcher(&progress).is_break() {
            break;
        }
        let (came_to, tried) = run(subject, without(&best, at));
        if came_to == *end && cost(&tried) < cost(&best) {
            at = tried.len();
            best = tried;
        }
    }
    best
}

/// The plan of a run, but that at one choice the usual is taken.
fn without(taken: &[Taken], at: usize) -> Plan {
    let mut order = VecDeque::new();
    let mut values = VecDeque::new();
    let mut put_forward = None;
    for (index, one) in taken.iter().enumerate() {
        match (one.actor, one.usual) {
            (Some(actor), Some(usual)) => {
                if index == at {
                    order.push_back(usual);
                    put_forward = Some(usual);
                }
                // Its step was put forward, so it is not made again here.
                if index > at && put_forward == Some(actor) {
                    put_forward = None;
                    continue;
                }
                order.push_back(actor);
            }
            _ => values.push_back(if index == at { 0 } else { one.alternative }),
        }
    }
    Plan::Roughly { order, values }
}
