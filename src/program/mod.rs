//! What the interpreter runs: instructions, and the values they work on.
//!
//! A [`Program`] is flat and resolved: routines are [`Code`]s of [`Instr`]uctions on registers, no
//! name is left to be looked up, and each instruction knows the place in the source it stands for.
//! It is plain data: the same program can be run many times, by several threads.
//!
//! Architecture invariant: this module does not know which front end a program came from, nor who
//! runs it. Nothing here touches the event loop.

pub mod code;
pub mod constant;
pub mod exception;
pub mod instruction;
mod listing;
pub mod model;
pub mod operator;
pub mod value;
pub mod vocabulary;

pub use code::{Code, CodeKind, Params};
pub use constant::Constant;
pub use instruction::Instr;
pub use listing::DisplayProgram;
pub use model::{
    Claim, Entry, Expectations, Exploring, ModuleCode, PoolSettings, Program, Settings,
};
pub use value::CodeId;
