use std::any::Any;
use std::cell::RefCell;
use std::fmt;

use super::heap::Identity;
use super::{Str, TypeObject, types};

/// A generator, a coroutine or an async generator: a call that can be suspended.
pub struct GeneratorObject {
    /// Which of the three.
    pub kind: GeneratorKind,
    /// The function's `__name__`.
    pub name: Str,
    /// The function's `__qualname__`.
    pub qualname: Str,
    /// The suspended call, which belongs to whoever runs the program; `None` while it runs and
    /// after it has ended.
    pub state: RefCell<Option<Box<dyn Any>>>,
    /// Tells it from others.
    pub identity: Identity,
}

/// What kind of call can be suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneratorKind {
    /// Of a function with `yield`.
    Generator,
    /// Of an `async def`.
    Coroutine,
    /// Of an `async def` with `yield`.
    AsyncGenerator,
}

impl GeneratorObject {
    pub(super) fn type_object(&self) -> &'static TypeObject {
        match self.kind {
            GeneratorKind::Generator => &types::GENERATOR,
            GeneratorKind::Coroutine => &types::COROUTINE,
            GeneratorKind::AsyncGenerator => &types::ASYNC_GENERATOR,
        }
    }
}

impl fmt::Debug for GeneratorObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GeneratorObject")
            .field("kind", &self.kind)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
