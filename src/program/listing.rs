//! A program as text, for tests and for eyes.

use std::fmt::{self, Display, Formatter};

use super::code::{Code, CodeKind, Handled};
use super::constant::Constant;
use super::instruction::{Conversion, Instr, NO_REG, Reg, Spend};
use super::model::Program;

/// Shows the listing of a whole program.
#[derive(Debug)]
pub struct DisplayProgram<'a>(pub &'a Program);

impl Display for DisplayProgram<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let program = self.0;
        for (slot, name) in program.globals.iter().enumerate() {
            writeln!(f, "global {slot} {name}")?;
        }
        for code in &program.codes {
            writeln!(f, "\n{}", DisplayCode { program, code })?;
        }
        Ok(())
    }
}

struct DisplayCode<'a> {
    program: &'a Program,
    code: &'a Code,
}

impl Display for DisplayCode<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let code = self.code;
        writeln!(f, "{}", Heading(code))?;
        let mut line = 0;
        for (pc, instr) in code.instructions.iter().enumerate() {
            let here = self.program.site(code.site(pc)).map_or(0, |site| site.line);
            if here == line {
                write!(f, "{:>6}", "")?;
            } else {
                write!(f, "{here:>6}")?;
                line = here;
            }
            writeln!(f, "{pc:>5}  {}", DisplayInstr { code, program: self.program, instr })?;
        }
        for handler in &code.handlers {
            let reg = Register(code, handler.register);
            writeln!(f, "  try {}..{} -> {} {reg}", handler.start, handler.end, handler.target)?;
        }
        for Handled { start, end, register, path } in &code.handled {
            write!(f, "  handling {start}..{end} {}", Register(code, *register))?;
            if *path != NO_REG {
                write!(f, " if {}", Register(code, *path))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

struct Heading<'a>(&'a Code);

impl Display for Heading<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(code) = self;
        let kind = match code.kind {
            CodeKind::Module => "module",
            CodeKind::Function => "function",
            CodeKind::Coroutine => "coroutine",
            CodeKind::Generator => "generator",
            CodeKind::AsyncGenerator => "async generator",
        };
        let n_params = code.params.len();
        let params = code.variables.get(..n_params).unwrap_or_default().join(", ");
        write!(f, "{kind} {}({params})", code.qualified_name)?;
        if code.n_free > 0 {
            let free = n_params..n_params + usize::from(code.n_free);
            write!(f, " using {}", code.variables.get(free).unwrap_or_default().join(", "))?;
        }
        write!(f, ": {} registers", code.n_registers)
    }
}

/// A register by the name of its variable, or as a temporary.
struct Register<'a>(&'a Code, Reg);

impl Display for Register<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0.variables.get(usize::from(self.1)) {
            Some(name) => f.write_str(name),
            None => write!(f, "t{}", self.1),
        }
    }
}

impl Display for Constant {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Ellipsis => f.write_str("..."),
            Self::Bool(value) => f.write_str(if *value { "True" } else { "False" }),
            Self::Int(value) => write!(f, "{value}"),
            Self::BigInt(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Str(text) => write!(f, "{text:?}"),
            Self::Bytes(bytes) => write!(f, "b\"{}\"", bytes.escape_ascii()),
            Self::Tuple(items) => {
                f.write_str("(")?;
                for item in items {
                    write!(f, "{item}, ")?;
                }
                f.write_str(")")
            }
            Self::Named(name) => f.write_str(name),
        }
    }
}

impl Display for Spend {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sleep => "sleep",
            Self::Io => "io",
            Self::Jitter => "jitter",
            Self::Block => "block",
            Self::Compute => "compute",
        })
    }
}

struct DisplayInstr<'a> {
    program: &'a Program,
    code: &'a Code,
    instr: &'a Instr,
}

impl DisplayInstr<'_> {
    fn constant(&self, k: usize) -> String {
        self.code.constants.get(k).map_or_else(|| "?".to_owned(), ToString::to_string)
    }

    fn name(&self, name: u16) -> &str {
        self.code.names.get(usize::from(name)).map_or("?", |name| name)
    }

    fn global(&self, slot: u32) -> &str {
        self.program.globals.get(slot as usize).map_or("?", |name| name)
    }

    /// `base, base + 1, …`
    fn window(&self, base: Reg, len: usize) -> String {
        let registers = (0..len).map(|offset| {
            let reg = usize::from(base) + offset;
            Register(self.code, Reg::try_from(reg).unwrap_or(NO_REG)).to_string()
        });
        registers.collect::<Vec<_>>().join(", ")
    }
}

impl Display for DisplayInstr<'_> {
    #[expect(clippy::too_many_lines, reason = "one line for each instruction")]
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        use Instr as I;
        let r = |reg| Register(self.code, reg);
        let k = |k: u16| self.constant(usize::from(k));
        match *self.instr {
            I::Const { dst, k } => write!(f, "{} = {}", r(dst), self.constant(k as usize)),
            I::Move { dst, src } => write!(f, "{} = {}", r(dst), r(src)),
            I::Take { dst, src } => write!(f, "{} = take {}", r(dst), r(src)),
            I::Clear { reg } => write!(f, "clear {}", r(reg)),
            I::Delete { reg } => write!(f, "delete {}", r(reg)),
            I::CheckBound { reg } => write!(f, "check {}", r(reg)),
            I::LoadGlobal { dst, slot } => write!(f, "{} = global {}", r(dst), self.global(slot)),
            I::StoreGlobal { src, slot } => write!(f, "global {} = {}", self.global(slot), r(src)),
            I::DeleteGlobal { slot } => write!(f, "delete global {}", self.global(slot)),
            I::MakeCell { reg } => write!(f, "{} = new cell", r(reg)),
            I::LoadCell { dst, cell } => write!(f, "{} = cell {}", r(dst), r(cell)),
            I::StoreCell { cell, src } => write!(f, "cell {} = {}", r(cell), r(src)),
            I::DeleteCell { cell } => write!(f, "delete cell {}", r(cell)),
            I::Add { dst, a, b } => write!(f, "{} = {} + {}", r(dst), r(a), r(b)),
            I::Sub { dst, a, b } => write!(f, "{} = {} - {}", r(dst), r(a), r(b)),
            I::Mul { dst, a, b } => write!(f, "{} = {} * {}", r(dst), r(a), r(b)),
            I::FloorDiv { dst, a, b } => write!(f, "{} = {} // {}", r(dst), r(a), r(b)),
            I::Mod { dst, a, b } => write!(f, "{} = {} % {}", r(dst), r(a), r(b)),
            I::AddK { dst, a, k: c } => write!(f, "{} = {} + {}", r(dst), r(a), k(c)),
            I::SubK { dst, a, k: c } => write!(f, "{} = {} - {}", r(dst), r(a), k(c)),
            I::MulK { dst, a, k: c } => write!(f, "{} = {} * {}", r(dst), r(a), k(c)),
            I::FloorDivK { dst, a, k: c } => write!(f, "{} = {} // {}", r(dst), r(a), k(c)),
            I::ModK { dst, a, k: c } => write!(f, "{} = {} % {}", r(dst), r(a), k(c)),
            I::Binary { op, dst, a, b } => write!(f, "{} = {} {op} {}", r(dst), r(a), r(b)),
            I::BinaryK { op, dst, a, k: c } => write!(f, "{} = {} {op} {}", r(dst), r(a), k(c)),
            I::BinaryLeftK { op, dst, k: c, b } => {
                write!(f, "{} = {} {op} {}", r(dst), k(c), r(b))
            }
            I::InPlace { op, dst, a, b } => write!(f, "{} = {} {op}= {}", r(dst), r(a), r(b)),
            I::InPlaceK { op, dst, a, k: c } => write!(f, "{} = {} {op}= {}", r(dst), r(a), k(c)),
            I::Unary { op, dst, a } => write!(f, "{} = {op} {}", r(dst), r(a)),
            I::Compare { op, dst, a, b } => write!(f, "{} = {} {op} {}", r(dst), r(a), r(b)),
            I::IfCompare { op, when, a, b } => {
                write!(f, "if {}{} {op} {}", negation(when), r(a), r(b))
            }
            I::IfCompareK { op, when, a, k: c } => {
                write!(f, "if {}{} {op} {}", negation(when), r(a), k(c))
            }
            I::Jump { target } => write!(f, "jump {target}"),
            I::Loop { target } => write!(f, "loop {target}"),
            I::JumpIf { reg, target } => write!(f, "if {} jump {target}", r(reg)),
            I::JumpIfNot { reg, target } => write!(f, "if not {} jump {target}", r(reg)),
            I::GetIter { dst, src } => write!(f, "{} = iter {}", r(dst), r(src)),
            I::IterNext { dst, iter } => write!(f, "{} = next {} or", r(dst), r(iter)),
            I::RangeBegin { base } => write!(f, "range {}", self.window(base, 3)),
            I::RangeNext { dst, base } => {
                write!(f, "{} = next of range {} or", r(dst), self.window(base, 3))
            }
            I::Call { argc, base, dst } => {
                let args = self.window(base.saturating_add(1), argc.into());
                write!(f, "{} = {}({args})", r(dst), r(base))
            }
            I::CallKeywords { argc, base, dst, k: c } => {
                let args = self.window(base.saturating_add(1), argc.into());
                write!(f, "{} = {}({args}) naming {}", r(dst), r(base), k(c))
            }
            I::CallSpread { base, dst } => {
                let args = self.window(base.saturating_add(1), 2);
                write!(f, "{} = {} spread {args}", r(dst), r(base))
            }
            I::FindMethod { base, name } => write!(f, "find {}.{}", r(base), self.name(name)),
            I::CallMethod { argc, base, dst, name } => {
                let args = self.window(base.saturating_add(1), argc.into());
                write!(f, "{} = {}.{}({args})", r(dst), r(base), self.name(name))
            }
            I::CallAwait { argc, base, dst } => {
                let args = self.window(base.saturating_add(1), argc.into());
                write!(f, "{} = await {}({args})", r(dst), r(base))
            }
            I::Await { dst, src } => write!(f, "{} = await {}", r(dst), r(src)),
            I::Return { src } => write!(f, "return {}", r(src)),
            I::Yield { dst, src } => write!(f, "{} = yield {}", r(dst), r(src)),
            I::BuildList { dst, base, len } => {
                write!(f, "{} = [{}]", r(dst), self.window(base, len.into()))
            }
            I::BuildTuple { dst, base, len } => {
                write!(f, "{} = ({})", r(dst), self.window(base, len.into()))
            }
            I::BuildSet { dst, base, len } => {
                write!(f, "{} = set {}", r(dst), self.window(base, len.into()))
            }
            I::BuildDict { dst, base, len } => {
                write!(f, "{} = dict {}", r(dst), self.window(base, 2 * usize::from(len)))
            }
            I::BuildStr { dst, base, len } => {
                write!(f, "{} = text {}", r(dst), self.window(base, len.into()))
            }
            I::BuildSlice { dst, base } => write!(f, "{} = slice {}", r(dst), self.window(base, 3)),
            I::ListAppend { list, src } => write!(f, "{} append {}", r(list), r(src)),
            I::ListExtend { list, src } => write!(f, "{} extend {}", r(list), r(src)),
            I::ListToTuple { dst, list } => write!(f, "{} = tuple of {}", r(dst), r(list)),
            I::SetAdd { set, src } => write!(f, "{} add {}", r(set), r(src)),
            I::SetUpdate { set, src } => write!(f, "{} update {}", r(set), r(src)),
            I::DictPut { dict, src } => write!(f, "{} put {}", r(dict), self.window(src, 2)),
            I::DictUpdate { dict, src } => write!(f, "{} update {}", r(dict), r(src)),
            I::DictMerge { dict, src } => write!(f, "{} merge {}", r(dict), r(src)),
            I::Unpack { src, base, len } => {
                write!(f, "{} = unpack {}", self.window(base, len.into()), r(src))
            }
            I::UnpackStar { before, after, src, base } => {
                let all = usize::from(before) + 1 + usize::from(after);
                write!(f, "{} = unpack {} star {before}", self.window(base, all), r(src))
            }
            I::GetAttr { dst, obj, name } => {
                write!(f, "{} = {}.{}", r(dst), r(obj), self.name(name))
            }
            I::SetAttr { obj, src, name } => {
                write!(f, "{}.{} = {}", r(obj), self.name(name), r(src))
            }
            I::DelAttr { obj, name } => write!(f, "delete {}.{}", r(obj), self.name(name)),
            I::GetItem { dst, obj, key } => write!(f, "{} = {}[{}]", r(dst), r(obj), r(key)),
            I::SetItem { obj, key, src } => write!(f, "{}[{}] = {}", r(obj), r(key), r(src)),
            I::DelItem { obj, key } => write!(f, "delete {}[{}]", r(obj), r(key)),
            I::Format { conversion, dst, src, spec } => {
                let conversion = match conversion {
                    Conversion::None => "",
                    Conversion::Str => "!s",
                    Conversion::Repr => "!r",
                    Conversion::Ascii => "!a",
                };
                write!(f, "{} = format {}{conversion}", r(dst), r(src))?;
                if spec == NO_REG { Ok(()) } else { write!(f, ":{}", r(spec)) }
            }
            I::MakeFunction { dst, base, code } => {
                let name = self.program.codes.get(usize::from(code)).map_or("?", |code| &code.name);
                write!(f, "{} = function {name} from {}", r(dst), r(base))
            }
            I::Raise { src } => write!(f, "raise {}", r(src)),
            I::RaiseFrom { src, cause } => write!(f, "raise {} from {}", r(src), r(cause)),
            I::RaiseAgain => f.write_str("raise again"),
            I::Rethrow { src } => write!(f, "rethrow {}", r(src)),
            I::IfCaught { src, types } => write!(f, "if not {} caught by {}", r(src), r(types)),
            I::CheckManager { is_async, src } => {
                write!(f, "check {}manager {}", if is_async { "async " } else { "" }, r(src))
            }
            I::Spend { what, src } => write!(f, "{what} {}", r(src)),
            I::SpendFixed { what, duration } => {
                let duration = self.code.durations.get(duration as usize);
                write!(f, "{what} {}", duration.map(ToString::to_string).unwrap_or_default())
            }
            I::Print { src } => write!(f, "print {}", r(src)),
            I::SpreadArguments { list, src } => write!(f, "{} spread {}", r(list), r(src)),
            I::JumpIfBound { reg, target } => write!(f, "if bound {} jump {target}", r(reg)),
            I::Intrinsic { what, dst, base } => write!(f, "{} = {what:?} {}", r(dst), r(base)),
            I::Send { dst, iter, src } => {
                write!(f, "{} = send {} to {} or", r(dst), r(src), r(iter))
            }
            I::Throw { dst, iter, src } => {
                write!(f, "{} = throw {} into {} or", r(dst), r(src), r(iter))
            }
            I::NextAwaited { dst, iter } => {
                write!(f, "{} = await next {} or", r(dst), r(iter))
            }
        }
    }
}

fn negation(when: bool) -> &'static str {
    if when { "" } else { "not " }
}
