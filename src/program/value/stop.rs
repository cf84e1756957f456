use std::rc::Rc;

use crate::program::exception::ExceptionObject;
use crate::trace::outcome::LimitKind;

/// An exception on its way up.
pub type Raised = Rc<ExceptionObject>;

/// What a Python operation gives.
pub type PyResult<T> = Result<T, Stop>;

/// Why an operation gave no value: an exception of the program, or a limit of the run, which no
/// program can catch.
///
/// One pointer wide, so that `PyResult<Value>` fits in two registers.
#[derive(Clone, Debug)]
pub struct Stop(Raised);

/// A [`Stop`] taken apart.
#[derive(Clone, Debug)]
pub enum StopKind {
    /// An exception of the program.
    Raised(Raised),
    /// The run must end: a limit is reached.
    Limit(LimitKind),
}

impl Stop {
    /// A limit is reached.
    #[cold]
    pub fn limit(kind: LimitKind) -> Self {
        Self(Rc::new(ExceptionObject::limit(kind)))
    }

    /// Takes it apart.
    pub fn kind(self) -> StopKind {
        match self.0.reached_limit() {
            Some(kind) => StopKind::Limit(kind),
            None => StopKind::Raised(self.0),
        }
    }

    /// The exception, if it is one.
    pub fn exception(&self) -> Option<&Raised> {
        if self.0.reached_limit().is_some() { None } else { Some(&self.0) }
    }

    /// Whether it is an exception of type `ty` or of one derived from it.
    pub fn is_a(&self, ty: &'static super::TypeObject) -> bool {
        self.exception().is_some_and(|exception| exception.is_a(ty))
    }
}

impl From<Raised> for Stop {
    fn from(raised: Raised) -> Self {
        Self(raised)
    }
}
