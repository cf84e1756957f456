//! What the program asks and tells the walk.

use smallvec::SmallVec;

use super::super::bits::Bits;
use super::super::node::add;
use super::Walk;
use crate::executor::{Access, Actor, Cause, Choice, Refusal, Scheduler};

impl Scheduler for Walk {
    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, Refusal> {
        if self.broken.is_some() {
            return Err(Refusal::Cut);
        }
        if self.depth < self.nodes.len() {
            return self.follow(choice.n_alternatives, choice.actors);
        }
        self.add_node(Some(choice), choice.n_alternatives, choice.actors)
    }

    fn watches(&self) -> bool {
        true
    }

    fn only(&mut self, actor: Actor) -> Result<(), Refusal> {
        if self.broken.is_some() {
            return Err(Refusal::Cut);
        }
        let taken = if self.depth < self.nodes.len() {
            self.follow(1, &[actor])
        } else {
            self.add_node(None, 1, &[actor])
        };
        taken.map(|_| ())
    }

    fn caused(&mut self, cause: Cause, is_answer: bool) {
        let Some(index) = self.step.filter(|index| *index >= self.fresh) else { return };
        let cause = cause.0.map(|cause| cause as usize).filter(|cause| *cause < index);
        let inherited = cause.and_then(|cause| self.nodes[cause].origin);
        let node = &mut self.nodes[index];
        node.step.cause = cause;
        node.is_forced |= node.kind.is_none();
        node.origin = if is_answer { u32::try_from(index).ok() } else { inherited };
    }

    fn here(&self) -> Cause {
        Cause(self.step.and_then(|index| u32::try_from(index).ok()))
    }

    fn loses_track(&mut self) {
        for node in self.nodes.iter_mut().filter(|node| node.is_of_answers()) {
            node.todo = Bits::all(node.n_alternatives);
        }
    }

    fn waits(&mut self) {
        if let Some(index) = self.step.filter(|index| *index >= self.fresh) {
            self.nodes[index].step.waited = true;
        }
    }

    #[inline]
    fn touch(&mut self, access: Access) {
        let Some(index) = self.step.filter(|index| *index >= self.fresh) else { return };
        if let Some(sampler) = &mut self.sampler {
            sampler.touched(access);
        }
        add(&mut self.nodes[index].step.accesses, access);
    }

    fn blocked(&mut self, actor: Actor, access: Access) {
        // Also in a run that was ended because all others sleep: elsewhere the same step may never
        // be waited for, and its race is found only here.
        match self.blocked.iter_mut().find(|(known, _)| *known == actor) {
            Some((_, accesses)) => add(accesses, access),
            None => self.blocked.push((actor, SmallVec::from_elem(access, 1))),
        }
    }
}
