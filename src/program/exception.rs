//! Exceptions: the builtin types, and the object that is raised.
//!
//! Architecture invariant: nothing here runs a program's code or prints a traceback.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::value::heap::{self, Identity};
use super::value::{Raised, Stop, Str, Table, TupleObject, TypeKind, TypeObject, TypeRef, Value};
use crate::index::SiteId;
use crate::source::{Part, Span};
use crate::trace::outcome::LimitKind;

/// An exception of the program.
#[derive(Debug)]
pub struct ExceptionObject {
    /// Its type: builtin, or a class of the program.
    pub ty: TypeRef,
    /// `args`.
    pub args: RefCell<Rc<TupleObject>>,
    /// `__cause__`: what `raise … from` said.
    pub cause: RefCell<Option<Raised>>,
    /// `__context__`: what was being handled.
    pub context: RefCell<Option<Raised>>,
    /// `__suppress_context__`.
    pub suppress_context: Cell<bool>,
    /// Where it came through, innermost first, as it is unwound.
    pub traceback: RefCell<Vec<TracebackFrame>>,
    /// Attributes: `__notes__`, those that a builtin type fills in (`name`, `value` …), and those
    /// that the program has set.
    pub attributes: RefCell<Table<Value>>,
    /// What was probably meant by a name that is not there, as the frame knew that missed it.
    pub meant: RefCell<Option<Str>>,
    /// Whether an attribute was missed by a method of the object itself.
    pub is_of_self: Cell<bool>,
    /// What the frames hold that it left, if that is of importance.
    pub held: RefCell<Option<Box<Vec<Value>>>>,
    /// Tells it from others.
    pub identity: Identity,
    limit: Option<LimitKind>,
}

/// A line of a traceback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracebackFrame {
    /// Where in the source.
    pub site: SiteId,
    /// All of the text that was being done there.
    pub span: Span,
    /// Which part of it failed.
    pub part: Part,
    /// In which function.
    pub function: Str,
}

impl ExceptionObject {
    /// An exception that has not been raised yet.
    pub fn new(ty: impl Into<TypeRef>, args: impl Into<TupleObject>) -> Self {
        heap::charge(Self::WEIGHT);
        Self {
            ty: ty.into(),
            args: RefCell::new(Rc::new(args.into())),
            cause: RefCell::default(),
            context: RefCell::default(),
            suppress_context: Cell::new(false),
            traceback: RefCell::default(),
            attributes: RefCell::default(),
            meant: RefCell::default(),
            is_of_self: Cell::new(false),
            held: RefCell::default(),
            identity: Identity::default(),
            limit: None,
        }
    }

    const WEIGHT: u64 = size_of::<Self>() as u64 + 16;

    pub(super) fn limit(kind: LimitKind) -> Self {
        let mut stop = Self::new(&BASE_EXCEPTION, Vec::new());
        stop.limit = Some(kind);
        stop
    }

    pub(super) fn reached_limit(&self) -> Option<LimitKind> {
        self.limit
    }

    /// Whether its type is `ty` or derived from it.
    pub fn is_a(&self, ty: &'static TypeObject) -> bool {
        match &self.ty {
            TypeRef::Builtin(own) => own.is_subtype_of(ty),
            TypeRef::Class(_) => self.ty.is_a(ty),
        }
    }

    /// An attribute set by the program or by the type.
    pub fn attribute(&self, name: &str) -> Option<Value> {
        self.attributes.borrow().get_str(&Str::from(name)).cloned()
    }

    /// Sets an attribute.
    pub fn set_attribute(&self, name: &str, value: Value) {
        self.attributes.borrow_mut().set_str(&Str::from(name), value);
    }
}

impl Drop for ExceptionObject {
    fn drop(&mut self) {
        heap::release(Self::WEIGHT);
        let args = std::mem::replace(self.args.get_mut(), Rc::new(Vec::new().into()));
        let chained = self.cause.get_mut().take().into_iter().chain(self.context.get_mut().take());
        let attributes = self.attributes.get_mut().take().into_entries().map(|entry| entry.value);
        let held = self.held.get_mut().take().into_iter().flat_map(|held| held.into_iter());
        let own = attributes.chain(held).chain([Value::Tuple(args)]);
        heap::bury(chained.map(Value::Exception).chain(own));
    }
}

/// An exception with a message, on its way up.
#[cold]
pub fn raise(ty: &'static TypeObject, message: impl Into<Str>) -> Stop {
    raise_value(ty, Value::Str(message.into()))
}

/// An exception with one argument, on its way up.
#[cold]
pub fn raise_value(ty: &'static TypeObject, argument: Value) -> Stop {
    Stop::from(Rc::new(ExceptionObject::new(ty, [argument])))
}

/// A `TypeError`.
#[cold]
pub fn type_error(message: impl Into<Str>) -> Stop {
    raise(&TYPE_ERROR, message)
}

/// A `ValueError`.
#[cold]
pub fn value_error(message: impl Into<Str>) -> Stop {
    raise(&VALUE_ERROR, message)
}

macro_rules! exceptions {
    ($($ident:ident $module:literal $name:literal [$($base:ident),*];)*) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub static $ident: TypeObject = TypeObject {
                name: $name,
                module: $module,
                bases: &[$(&$base),*],
                kind: TypeKind::Exception,
                construct: None,
            };
        )*

        /// All builtin exception types, and those of the libraries that come along.
        pub static EXCEPTION_TYPES: &[&TypeObject] = &[$(&$ident),*];
    };
}

use super::value::OBJECT;

exceptions! {
    BASE_EXCEPTION "builtins" "BaseException" [OBJECT];
    BASE_EXCEPTION_GROUP "builtins" "BaseExceptionGroup" [BASE_EXCEPTION];
    GENERATOR_EXIT "builtins" "GeneratorExit" [BASE_EXCEPTION];
    KEYBOARD_INTERRUPT "builtins" "KeyboardInterrupt" [BASE_EXCEPTION];
    SYSTEM_EXIT "builtins" "SystemExit" [BASE_EXCEPTION];
    EXCEPTION "builtins" "Exception" [BASE_EXCEPTION];
    ARITHMETIC_ERROR "builtins" "ArithmeticError" [EXCEPTION];
    FLOATING_POINT_ERROR "builtins" "FloatingPointError" [ARITHMETIC_ERROR];
    OVERFLOW_ERROR "builtins" "OverflowError" [ARITHMETIC_ERROR];
    ZERO_DIVISION_ERROR "builtins" "ZeroDivisionError" [ARITHMETIC_ERROR];
    ASSERTION_ERROR "builtins" "AssertionError" [EXCEPTION];
    ATTRIBUTE_ERROR "builtins" "AttributeError" [EXCEPTION];
    BUFFER_ERROR "builtins" "BufferError" [EXCEPTION];
    EOF_ERROR "builtins" "EOFError" [EXCEPTION];
    EXCEPTION_GROUP "builtins" "ExceptionGroup" [BASE_EXCEPTION_GROUP, EXCEPTION];
    IMPORT_ERROR "builtins" "ImportError" [EXCEPTION];
    MODULE_NOT_FOUND_ERROR "builtins" "ModuleNotFoundError" [IMPORT_ERROR];
    LOOKUP_ERROR "builtins" "LookupError" [EXCEPTION];
    INDEX_ERROR "builtins" "IndexError" [LOOKUP_ERROR];
    KEY_ERROR "builtins" "KeyError" [LOOKUP_ERROR];
    MEMORY_ERROR "builtins" "MemoryError" [EXCEPTION];
    NAME_ERROR "builtins" "NameError" [EXCEPTION];
    UNBOUND_LOCAL_ERROR "builtins" "UnboundLocalError" [NAME_ERROR];
    OS_ERROR "builtins" "OSError" [EXCEPTION];
    BLOCKING_IO_ERROR "builtins" "BlockingIOError" [OS_ERROR];
    CHILD_PROCESS_ERROR "builtins" "ChildProcessError" [OS_ERROR];
    CONNECTION_ERROR "builtins" "ConnectionError" [OS_ERROR];
    BROKEN_PIPE_ERROR "builtins" "BrokenPipeError" [CONNECTION_ERROR];
    CONNECTION_ABORTED_ERROR "builtins" "ConnectionAbortedError" [CONNECTION_ERROR];
    CONNECTION_REFUSED_ERROR "builtins" "ConnectionRefusedError" [CONNECTION_ERROR];
    CONNECTION_RESET_ERROR "builtins" "ConnectionResetError" [CONNECTION_ERROR];
    FILE_EXISTS_ERROR "builtins" "FileExistsError" [OS_ERROR];
    FILE_NOT_FOUND_ERROR "builtins" "FileNotFoundError" [OS_ERROR];
    INTERRUPTED_ERROR "builtins" "InterruptedError" [OS_ERROR];
    IS_A_DIRECTORY_ERROR "builtins" "IsADirectoryError" [OS_ERROR];
    NOT_A_DIRECTORY_ERROR "builtins" "NotADirectoryError" [OS_ERROR];
    PERMISSION_ERROR "builtins" "PermissionError" [OS_ERROR];
    PROCESS_LOOKUP_ERROR "builtins" "ProcessLookupError" [OS_ERROR];
    TIMEOUT_ERROR "builtins" "TimeoutError" [OS_ERROR];
    REFERENCE_ERROR "builtins" "ReferenceError" [EXCEPTION];
    RUNTIME_ERROR "builtins" "RuntimeError" [EXCEPTION];
    NOT_IMPLEMENTED_ERROR "builtins" "NotImplementedError" [RUNTIME_ERROR];
    PYTHON_FINALIZATION_ERROR "builtins" "PythonFinalizationError" [RUNTIME_ERROR];
    RECURSION_ERROR "builtins" "RecursionError" [RUNTIME_ERROR];
    STOP_ASYNC_ITERATION "builtins" "StopAsyncIteration" [EXCEPTION];
    STOP_ITERATION "builtins" "StopIteration" [EXCEPTION];
    PICKLE_ERROR "pickle" "PickleError" [EXCEPTION];
    PICKLING_ERROR "_pickle" "PicklingError" [PICKLE_ERROR];
    SYNTAX_ERROR "builtins" "SyntaxError" [EXCEPTION];
    INDENTATION_ERROR "builtins" "IndentationError" [SYNTAX_ERROR];
    TAB_ERROR "builtins" "TabError" [INDENTATION_ERROR];
    SYSTEM_ERROR "builtins" "SystemError" [EXCEPTION];
    TYPE_ERROR "builtins" "TypeError" [EXCEPTION];
    VALUE_ERROR "builtins" "ValueError" [EXCEPTION];
    UNICODE_ERROR "builtins" "UnicodeError" [VALUE_ERROR];
    UNICODE_DECODE_ERROR "builtins" "UnicodeDecodeError" [UNICODE_ERROR];
    UNICODE_ENCODE_ERROR "builtins" "UnicodeEncodeError" [UNICODE_ERROR];
    UNICODE_TRANSLATE_ERROR "builtins" "UnicodeTranslateError" [UNICODE_ERROR];
    WARNING "builtins" "Warning" [EXCEPTION];
    BYTES_WARNING "builtins" "BytesWarning" [WARNING];
    DEPRECATION_WARNING "builtins" "DeprecationWarning" [WARNING];
    ENCODING_WARNING "builtins" "EncodingWarning" [WARNING];
    FUTURE_WARNING "builtins" "FutureWarning" [WARNING];
    IMPORT_WARNING "builtins" "ImportWarning" [WARNING];
    PENDING_DEPRECATION_WARNING "builtins" "PendingDeprecationWarning" [WARNING];
    RESOURCE_WARNING "builtins" "ResourceWarning" [WARNING];
    RUNTIME_WARNING "builtins" "RuntimeWarning" [WARNING];
    SYNTAX_WARNING "builtins" "SyntaxWarning" [WARNING];
    UNICODE_WARNING "builtins" "UnicodeWarning" [WARNING];
    USER_WARNING "builtins" "UserWarning" [WARNING];
    CANCELLED_ERROR "asyncio.exceptions" "CancelledError" [BASE_EXCEPTION];
    INVALID_STATE_ERROR "asyncio.exceptions" "InvalidStateError" [EXCEPTION];
    SENDFILE_NOT_AVAILABLE_ERROR "asyncio.exceptions" "SendfileNotAvailableError" [RUNTIME_ERROR];
    INCOMPLETE_READ_ERROR "asyncio.exceptions" "IncompleteReadError" [EOF_ERROR];
    LIMIT_OVERRUN_ERROR "asyncio.exceptions" "LimitOverrunError" [EXCEPTION];
    BROKEN_BARRIER_ERROR "asyncio.exceptions" "BrokenBarrierError" [RUNTIME_ERROR];
    QUEUE_EMPTY "asyncio.queues" "QueueEmpty" [EXCEPTION];
    QUEUE_FULL "asyncio.queues" "QueueFull" [EXCEPTION];
    QUEUE_SHUT_DOWN "asyncio.queues" "QueueShutDown" [EXCEPTION];
    EMPTY "_queue" "Empty" [EXCEPTION];
    FULL "queue" "Full" [EXCEPTION];
    SHUT_DOWN "queue" "ShutDown" [EXCEPTION];
    POOL_ERROR "concurrent.futures._base" "Error" [EXCEPTION];
    POOL_CANCELLED_ERROR "concurrent.futures._base" "CancelledError" [POOL_ERROR];
    POOL_INVALID_STATE_ERROR "concurrent.futures._base" "InvalidStateError" [POOL_ERROR];
    BROKEN_EXECUTOR "concurrent.futures._base" "BrokenExecutor" [RUNTIME_ERROR];
    BROKEN_THREAD_POOL "concurrent.futures.thread" "BrokenThreadPool" [BROKEN_EXECUTOR];
    BROKEN_PROCESS_POOL "concurrent.futures.process" "BrokenProcessPool" [BROKEN_EXECUTOR];
    THREAD_BROKEN_BARRIER_ERROR "threading" "BrokenBarrierError" [RUNTIME_ERROR];
}
