//! Why something awaited gave no value.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// An exception, as far as the loop needs to know it. A Python exception is one; so is any error
/// of a Rust program (see [`Failure::from_error`]).
pub trait ExceptionObject: Any + fmt::Debug {
    /// Its type: `ValueError`.
    fn type_name(&self) -> String;
    /// `str()` of it.
    fn message(&self) -> String;
    /// Somebody has taken notice of it: it is not lost if nobody asks for it.
    fn mark_seen(&self) {}
    /// Whether it ends the loop itself and not only the task that raised it: Python's `SystemExit`
    /// and `KeyboardInterrupt`.
    fn is_fatal(&self) -> bool {
        false
    }
    /// The same exception in another future, of a type of that name, which hands it on; `None` if
    /// it does not matter where it is.
    fn in_future(&self, holder: &'static str) -> Option<Rc<dyn ExceptionObject>> {
        let _ = holder;
        None
    }
    /// What it was raised from.
    fn cause(&self) -> Option<&Failure> {
        None
    }
    /// The exceptions of a group.
    fn members(&self) -> Option<&[Failure]> {
        None
    }
    /// Itself, to be recognized by who made it.
    fn as_any(&self) -> &dyn Any;
}

/// What `cancel(msg)` passes on: the exception to be thrown, when it is to be a certain one.
pub type Message = Rc<dyn ExceptionObject>;

/// Why something awaited gave no value.
#[derive(Clone, Debug)]
pub enum Failure {
    /// It was cancelled: asyncio's `CancelledError`. With the exception, if there is a certain one.
    Cancelled(Option<Message>),
    /// It raised.
    Raised(Rc<dyn ExceptionObject>),
}

impl Failure {
    /// An exception that is only a type name and a message.
    ///
    /// ```
    /// use loopsim::executor::Failure;
    /// assert_eq!(Failure::raised("ValueError", "no").to_string(), "ValueError: no");
    /// ```
    pub fn raised(type_name: &str, message: &str) -> Self {
        Self::Raised(Rc::new(Plain::new(type_name, message)))
    }

    /// The same, raised from another one.
    pub fn raised_from(type_name: &str, message: &str, cause: Self) -> Self {
        Self::Raised(Rc::new(Plain { cause: Some(cause), ..Plain::new(type_name, message) }))
    }

    /// Several at once: Python's `ExceptionGroup`, or `BaseExceptionGroup` if one of them is no
    /// plain exception.
    pub fn group(message: &str, members: Vec<Self>) -> Self {
        let is_plain = |failure: &Self| !failure.is_cancelled() && !failure.is_fatal();
        let plain = members.iter().all(is_plain);
        let type_name = if plain { "ExceptionGroup" } else { "BaseExceptionGroup" };
        let members = Some(members);
        Self::Raised(Rc::new(Plain { members, ..Plain::new(type_name, message) }))
    }

    /// Whether it ends the loop itself.
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Raised(object) if object.is_fatal())
    }

    /// An error of a Rust program.
    pub fn from_error(error: &dyn std::error::Error) -> Self {
        Self::raised("Error", &error.to_string())
    }

    /// Somebody has taken notice of it, and will not pass it on.
    pub fn mark_seen(&self) {
        if let Self::Cancelled(Some(object)) | Self::Raised(object) = self {
            object.mark_seen();
        }
    }

    /// The same in another future, of a type of that name, which hands it on.
    #[must_use]
    pub fn in_future(self, holder: &'static str) -> Self {
        match &self {
            Self::Raised(object) => object.in_future(holder).map_or(self, Self::Raised),
            Self::Cancelled(_) => self,
        }
    }

    /// Whether both are the very same exception.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Cancelled(Some(a)) | Self::Raised(a),
                Self::Cancelled(Some(b)) | Self::Raised(b),
            ) => Rc::ptr_eq(a, b),
            (Self::Cancelled(None), Self::Cancelled(None)) => true,
            _ => false,
        }
    }

    /// Whether this is a cancellation.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled(_))
    }
}

impl fmt::Display for Failure {
    /// `ValueError: no`, or the type alone when there is no message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let object = match self {
            Self::Cancelled(None) => return f.write_str("CancelledError"),
            Self::Cancelled(Some(object)) | Self::Raised(object) => object,
        };
        match object.message() {
            message if message.is_empty() => f.write_str(&object.type_name()),
            message => write!(f, "{}: {message}", object.type_name()),
        }
    }
}

impl std::error::Error for Failure {}

#[derive(Debug)]
struct Plain {
    type_name: String,
    message: String,
    cause: Option<Failure>,
    members: Option<Vec<Failure>>,
}

impl Plain {
    fn new(type_name: &str, message: &str) -> Self {
        let (type_name, message) = (type_name.to_owned(), message.to_owned());
        Self { type_name, message, cause: None, members: None }
    }
}

impl ExceptionObject for Plain {
    fn type_name(&self) -> String {
        self.type_name.clone()
    }
    fn message(&self) -> String {
        match self.members.as_ref().map(Vec::len) {
            None => self.message.clone(),
            Some(1) => format!("{} (1 sub-exception)", self.message),
            Some(n) => format!("{} ({n} sub-exceptions)", self.message),
        }
    }
    fn is_fatal(&self) -> bool {
        matches!(&*self.type_name, "SystemExit" | "KeyboardInterrupt")
    }
    fn cause(&self) -> Option<&Failure> {
        self.cause.as_ref()
    }
    fn members(&self) -> Option<&[Failure]> {
        self.members.as_deref()
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
