//! The instructions: 8 bytes each, on registers.
//!
//! A frame is a window of registers: parameters first, then the variables of enclosing functions
//! that it uses, its own variables, and temporaries. Three-address instructions keep loops short:
//! `x = (x * a + b) % c` is three of them.
//!
//! A value that is put into a list, a set or a dict, yielded, returned, raised or given to a call is
//! *taken* from its register, so that nothing lives on in a temporary after it is used.
//!
//! Some instructions *test*: the one after them is a [`Instr::Jump`], which is taken or passed over.

use super::operator::{BinaryOp, CompareOp, UnaryOp};

/// A register of the running frame.
pub type Reg = u16;

/// Stands for "no register" where one is optional.
pub const NO_REG: Reg = Reg::MAX;

/// What a coroutine or function spends virtual time on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spend {
    /// `await asyncio.sleep(…)`.
    Sleep,
    /// Awaits the answer of an outside party.
    Io,
    /// No time: how much earlier or later the answer can come that is awaited next.
    Jitter,
    /// Holds this thread, doing nothing.
    Block,
    /// Holds this thread and a core.
    Compute,
}

/// How a value is made text before it is formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// As it is.
    None,
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

/// Work that is rare enough to be a function: its operands are in `base` and the registers after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intrinsic {
    /// `import base`: a module by its full name.
    Import,
    /// `from base import base + 1`
    ImportFrom,
    /// A class: name, list of bases, namespace, dict of keywords or None.
    BuildClass,
    /// What `yield from base` asks for items.
    YieldFromIter,
    /// `aiter(base)` of an `async for`.
    AsyncIter,
    /// Whether `base` is a sequence for `match`.
    MatchSequence,
    /// Whether `base` is a mapping for `match`.
    MatchMapping,
    /// The tuple of values of `base` under the keys of the tuple `base + 1`; None without one.
    MatchKeys,
    /// A dict of what `base` has besides the keys of the tuple `base + 1`.
    MatchRest,
    /// The tuple of attributes of `base` that a pattern of class `base + 1` with `base + 2`
    /// positional parts and the names of the tuple `base + 3` looks at; None if it is none.
    MatchClass,
    /// `except*`: of the exception `base` the part of types `base + 1`, and the rest, as a tuple of
    /// groups or None.
    SplitGroup,
    /// What is left of the group `base` after the `except*` clauses, which raised what is in the
    /// list `base + 1`: an exception, or None.
    JoinGroup,
}

/// One instruction. `k` is the index of a constant of the code, `name` of one of its names.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the description of each instruction names its operands")]
pub enum Instr {
    /// `dst = constant`
    Const { dst: Reg, k: u32 },
    /// `dst = src`
    Move { dst: Reg, src: Reg },
    /// `dst = src`, and `src` is empty afterwards.
    Take { dst: Reg, src: Reg },
    /// Empties a register; what it held may end here.
    Clear { reg: Reg },
    /// `del` of a variable: an error if it has no value.
    Delete { reg: Reg },
    /// An error if the variable has no value.
    CheckBound { reg: Reg },

    /// `dst = global`
    LoadGlobal { dst: Reg, slot: u32 },
    /// `global = src`
    StoreGlobal { src: Reg, slot: u32 },
    /// `del global`
    DeleteGlobal { slot: u32 },

    /// Puts the register's value, if any, into a new cell, and the cell into the register.
    MakeCell { reg: Reg },
    /// `dst = what is in the cell`
    LoadCell { dst: Reg, cell: Reg },
    /// Puts `src` into the cell.
    StoreCell { cell: Reg, src: Reg },
    /// Empties the cell; an error if it is empty.
    DeleteCell { cell: Reg },

    /// `dst = a + b`
    Add { dst: Reg, a: Reg, b: Reg },
    /// `dst = a - b`
    Sub { dst: Reg, a: Reg, b: Reg },
    /// `dst = a * b`
    Mul { dst: Reg, a: Reg, b: Reg },
    /// `dst = a // b`
    FloorDiv { dst: Reg, a: Reg, b: Reg },
    /// `dst = a % b`
    Mod { dst: Reg, a: Reg, b: Reg },
    /// `dst = a + constant`
    AddK { dst: Reg, a: Reg, k: u16 },
    /// `dst = a - constant`
    SubK { dst: Reg, a: Reg, k: u16 },
    /// `dst = a * constant`
    MulK { dst: Reg, a: Reg, k: u16 },
    /// `dst = a // constant`
    FloorDivK { dst: Reg, a: Reg, k: u16 },
    /// `dst = a % constant`
    ModK { dst: Reg, a: Reg, k: u16 },
    /// `dst = a op b`
    Binary { op: BinaryOp, dst: Reg, a: Reg, b: Reg },
    /// `dst = a op constant`
    BinaryK { op: BinaryOp, dst: Reg, a: Reg, k: u16 },
    /// `dst = constant op b`
    BinaryLeftK { op: BinaryOp, dst: Reg, k: u16, b: Reg },
    /// `dst = (a op= b)`: may change `a` in place.
    InPlace { op: BinaryOp, dst: Reg, a: Reg, b: Reg },
    /// `dst = (a op= constant)`
    InPlaceK { op: BinaryOp, dst: Reg, a: Reg, k: u16 },
    /// `dst = op a`
    Unary { op: UnaryOp, dst: Reg, a: Reg },
    /// `dst = a op b`
    Compare { op: CompareOp, dst: Reg, a: Reg, b: Reg },
    /// Tests: jumps if `(a op b)` is as true as `when`.
    IfCompare { op: CompareOp, when: bool, a: Reg, b: Reg },
    /// Tests: jumps if `(a op constant)` is as true as `when`.
    IfCompareK { op: CompareOp, when: bool, a: Reg, k: u16 },

    /// Goes to `target`.
    Jump { target: u32 },
    /// Goes back to `target`; counts as work done.
    Loop { target: u32 },
    /// Goes to `target` if the value is true.
    JumpIf { reg: Reg, target: u32 },
    /// Goes to `target` if the value is false.
    JumpIfNot { reg: Reg, target: u32 },

    /// `dst = iter(src)`
    GetIter { dst: Reg, src: Reg },
    /// Tests: `dst =` the next item, or jumps if there is none.
    IterNext { dst: Reg, iter: Reg },
    /// `base`, `base + 1` and `base + 2` hold the arguments of `range` (the latter ones may be
    /// empty); makes them a state for `RangeNext`.
    RangeBegin { base: Reg },
    /// Tests: `dst =` the next number, or jumps if there is none.
    RangeNext { dst: Reg, base: Reg },

    /// `dst = base(base + 1, …)`
    Call { argc: u8, base: Reg, dst: Reg },
    /// The same, with keyword arguments after the positional ones; constant `k` is the tuple of
    /// their names.
    CallKeywords { argc: u8, base: Reg, dst: Reg, k: u16 },
    /// `dst = base(*(base + 1), **(base + 2))`: a list, and a dict or nothing.
    CallSpread { base: Reg, dst: Reg },
    /// Before arguments are evaluated that may fail or look at things: if `base.name` is not plainly a
    /// method, `base` becomes what it is, for `CallMethod`.
    FindMethod { base: Reg, name: u16 },
    /// `dst = base.name(base + 1, …)`
    CallMethod { argc: u8, base: Reg, dst: Reg, name: u16 },
    /// `dst = await base(base + 1, …)`: a call of a coroutine is entered at once.
    CallAwait { argc: u8, base: Reg, dst: Reg },
    /// `dst = await src`; `src` is empty afterwards.
    Await { dst: Reg, src: Reg },
    /// Leaves the frame.
    Return { src: Reg },
    /// Gives `src` to whoever iterates; `dst` is what they send.
    Yield { dst: Reg, src: Reg },

    /// `dst = [base, …]`
    BuildList { dst: Reg, base: Reg, len: u16 },
    /// `dst = (base, …)`
    BuildTuple { dst: Reg, base: Reg, len: u16 },
    /// `dst = {base, …}`
    BuildSet { dst: Reg, base: Reg, len: u16 },
    /// `dst = {base: base + 1, …}`: `len` pairs.
    BuildDict { dst: Reg, base: Reg, len: u16 },
    /// `dst =` the parts one after the other, each as `format(part)`.
    BuildStr { dst: Reg, base: Reg, len: u16 },
    /// `dst = slice(base, base + 1, base + 2)`
    BuildSlice { dst: Reg, base: Reg },
    /// `list.append(src)`
    ListAppend { list: Reg, src: Reg },
    /// `list.extend(src)`, for `[*src]`.
    ListExtend { list: Reg, src: Reg },
    /// `dst = tuple(list)`
    ListToTuple { dst: Reg, list: Reg },
    /// `set.add(src)`
    SetAdd { set: Reg, src: Reg },
    /// `set.update(src)`, for `{*src}`.
    SetUpdate { set: Reg, src: Reg },
    /// `dict[src] = src + 1`
    DictPut { dict: Reg, src: Reg },
    /// `dict.update(src)`, for `{**src}`.
    DictUpdate { dict: Reg, src: Reg },
    /// The same for `f(**src)`: a name that is there already is an error.
    DictMerge { dict: Reg, src: Reg },
    /// `base, … = src`
    Unpack { src: Reg, base: Reg, len: u16 },
    /// `base, …, *list, … = src`
    UnpackStar { before: u8, after: u8, src: Reg, base: Reg },

    /// `dst = obj.name`
    GetAttr { dst: Reg, obj: Reg, name: u16 },
    /// `obj.name = src`
    SetAttr { obj: Reg, src: Reg, name: u16 },
    /// `del obj.name`
    DelAttr { obj: Reg, name: u16 },
    /// `dst = obj[key]`
    GetItem { dst: Reg, obj: Reg, key: Reg },
    /// `obj[key] = src`
    SetItem { obj: Reg, key: Reg, src: Reg },
    /// `del obj[key]`
    DelItem { obj: Reg, key: Reg },
    /// `dst = format(conversion(src), spec)`; [`NO_REG`] for an empty spec.
    Format { conversion: Conversion, dst: Reg, src: Reg, spec: Reg },

    /// `dst =` a function of that code; its default values and cells are in `base`, …
    MakeFunction { dst: Reg, base: Reg, code: u16 },

    /// `raise src`
    Raise { src: Reg },
    /// `raise src from cause`
    RaiseFrom { src: Reg, cause: Reg },
    /// `raise`: what is being handled.
    RaiseAgain,
    /// Lets an exception that stopped here go on; `src` is empty afterwards.
    Rethrow { src: Reg },
    /// Tests: jumps unless `src` is an exception of one of those types.
    IfCaught { src: Reg, types: Reg },

    /// An error if the object cannot be used in a `with` (or an `async with`).
    CheckManager { is_async: bool, src: Reg },

    /// Spends as many seconds as `src` says.
    Spend { what: Spend, src: Reg },
    /// Spends a fixed time: one of the code's durations.
    SpendFixed { what: Spend, duration: u32 },
    /// Prints one line.
    Print { src: Reg },

    /// `list.extend(src)`, for `f(*src)`; `f` is in the register before the list.
    SpreadArguments { list: Reg, src: Reg },
    /// Goes to `target` if the register holds a value.
    JumpIfBound { reg: Reg, target: u32 },
    /// `dst = what(base, …)`
    Intrinsic { what: Intrinsic, dst: Reg, base: Reg },
    /// Tests: sends `src` to the iterator; `dst` is what it yields, or what it returned, and then
    /// it jumps.
    Send { dst: Reg, iter: Reg, src: Reg },
    /// Tests: throws the exception `src` into the iterator; `dst` as for `Send`.
    Throw { dst: Reg, iter: Reg, src: Reg },
    /// Tests: `dst =` the next item of the async iterator, awaited; jumps if there is none.
    NextAwaited { dst: Reg, iter: Reg },
}

const _: () = assert!(size_of::<Instr>() == 8);
