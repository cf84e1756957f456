//! `match`: patterns as tests, from the outermost in; names are bound when all of one has matched.

use ruff_python_ast as ast;
use ruff_python_ast::{Pattern, Singleton};

use super::compiler::Compiler;
use super::function::Label;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Intrinsic, Reg};
use crate::program::operator::CompareOp;
use crate::source::Span;

/// A name that a pattern binds, and the register of what it is bound to.
struct Capture<'a> {
    name: &'a str,
    span: Span,
    reg: Reg,
}

impl<'a> Compiler<'a> {
    /// `match`
    pub(super) fn match_stmt(&mut self, match_: &'a ast::StmtMatch) {
        let mark = self.function().mark();
        let subject = self.function().temp();
        self.with_care(&match_.subject, |this| this.expr_into(&match_.subject, subject));
        let end = self.function().label();
        let before = self.function().assigned.clone();
        for case in &match_.cases {
            self.function().assigned.clone_from(&before);
            self.case(case, subject, end);
        }
        self.function().bind(end);
        self.function().assigned = before;
        self.emit(Instr::Clear { reg: subject });
        self.function().release(mark);
    }

    fn case(&mut self, case: &'a ast::MatchCase, subject: Reg, end: Label) {
        let mark = self.function().mark();
        let next = self.function().label();
        self.at_node(&case.pattern);
        let mut captures = Vec::new();
        self.pattern(&case.pattern, subject, next, &mut captures);
        for capture in captures {
            self.store_name(capture.name, capture.span, capture.reg);
            if capture.reg != subject {
                self.drop_temporary(capture.reg);
            }
        }
        if let Some(guard) = &case.guard {
            self.with_care(guard, |this| this.branch(guard, false, next));
        }
        self.function().release(mark);
        self.stmts(&case.body);
        if !self.function().is_unreachable() {
            self.function().jump(end);
        }
        self.function().bind(next);
    }

    /// Goes to `fail` unless what is in `subject` matches. All temporaries are kept: captures are
    /// in them.
    fn pattern(
        &mut self,
        pattern: &'a Pattern,
        subject: Reg,
        fail: Label,
        captures: &mut Vec<Capture<'a>>,
    ) {
        self.depth += 1;
        if self.depth > super::compiler::MAX_DEPTH {
            if self.depth == super::compiler::MAX_DEPTH + 1 {
                self.error(pattern, "this pattern is nested too deeply");
            }
        } else {
            self.pattern_at_depth(pattern, subject, fail, captures);
        }
        self.depth -= 1;
    }

    fn pattern_at_depth(
        &mut self,
        pattern: &'a Pattern,
        subject: Reg,
        fail: Label,
        captures: &mut Vec<Capture<'a>>,
    ) {
        match pattern {
            Pattern::MatchValue(value) => {
                let b = self.function().temp();
                self.expr_into(&value.value, b);
                self.at_node(pattern);
                self.fail_unless(CompareOp::Eq, subject, b, fail);
            }
            Pattern::MatchSingleton(singleton) => {
                let b = self.function().temp();
                self.load(
                    b,
                    match singleton.value {
                        Singleton::None => Constant::None,
                        Singleton::True => Constant::Bool(true),
                        Singleton::False => Constant::Bool(false),
                    },
                );
                self.fail_unless(CompareOp::Is, subject, b, fail);
            }
            Pattern::MatchSequence(sequence) => {
                self.sequence_pattern(pattern, &sequence.patterns, subject, fail, captures);
            }
            Pattern::MatchMapping(mapping) => {
                self.mapping_pattern(mapping, subject, fail, captures);
            }
            Pattern::MatchClass(class) => self.class_pattern(class, subject, fail, captures),
            Pattern::MatchStar(star) => self.capture(star.name.as_ref(), subject, captures),
            Pattern::MatchAs(part) => {
                if let Some(inner) = &part.pattern {
                    self.pattern(inner, subject, fail, captures);
                }
                self.capture(part.name.as_ref(), subject, captures);
            }
            Pattern::MatchOr(or) => self.or_pattern(or, subject, fail, captures),
        }
    }

    fn capture(
        &mut self,
        name: Option<&'a ast::Identifier>,
        reg: Reg,
        captures: &mut Vec<Capture<'a>>,
    ) {
        let Some(name) = name else { return };
        let span = self.span(name);
        if captures.iter().any(|known| known.name == name.as_str()) {
            let message = format!("multiple assignments to name '{name}' in pattern");
            self.diagnostics.error(span, message);
        }
        captures.push(Capture { name, span, reg });
    }

    fn fail_unless(&mut self, op: CompareOp, a: Reg, b: Reg, fail: Label) {
        self.emit(Instr::IfCompare { op, when: false, a, b });
        self.function().jump(fail);
    }

    /// Registers for the operands of an intrinsic, the subject in the first.
    fn operands(&mut self, subject: Reg, count: usize) -> Reg {
        let base = self.function().temps(count);
        self.emit(Instr::Move { dst: base, src: subject });
        base
    }

    fn test(&mut self, what: Intrinsic, subject: Reg, fail: Label) {
        let dst = self.function().temp();
        self.emit(Instr::Intrinsic { what, dst, base: subject });
        self.function().jump_when(dst, false, fail);
    }

    fn sequence_pattern(
        &mut self,
        pattern: &'a Pattern,
        parts: &'a [Pattern],
        subject: Reg,
        fail: Label,
        captures: &mut Vec<Capture<'a>>,
    ) {
        self.at_node(pattern);
        self.test(Intrinsic::MatchSequence, subject, fail);
        let call = self.function().temps(2);
        self.load(call, Constant::Named("len".into()));
        self.emit(Instr::Move { dst: call + 1, src: subject });
        self.emit(Instr::Call { argc: 1, base: call, dst: call });
        let star = parts.iter().position(Pattern::is_match_star);
        if parts.iter().filter(|part| part.is_match_star()).count() > 1 {
            self.error(pattern, "multiple starred expressions in sequence pattern");
            return;
        }
        let wanted = parts.len() - usize::from(star.is_some());
        let number = self.function().temp();
        self.load(number, Constant::Int(i64::try_from(wanted).unwrap_or(i64::MAX)));
        let op = if star.is_some() { CompareOp::Ge } else { CompareOp::Eq };
        self.fail_unless(op, call, number, fail);
        if parts.is_empty() {
            return;
        }
        let base = self.function().temps(parts.len());
        let count = |n: usize| u8::try_from(n).ok();
        match star {
            None => {
                let len = u16::try_from(parts.len()).unwrap_or(u16::MAX);
                self.emit(Instr::Unpack { src: subject, base, len });
            }
            Some(at) => match (count(at), count(parts.len() - at - 1)) {
                (Some(before), Some(after)) => {
                    self.emit(Instr::UnpackStar { before, after, src: subject, base });
                }
                _ => {
                    self.error(pattern, "too many sub-patterns beside a starred one");
                }
            },
        }
        for (reg, part) in (base..).zip(parts) {
            self.pattern(part, reg, fail, captures);
        }
    }

    fn mapping_pattern(
        &mut self,
        mapping: &'a ast::PatternMatchMapping,
        subject: Reg,
        fail: Label,
        captures: &mut Vec<Capture<'a>>,
    ) {
        self.at_node(mapping);
        self.test(Intrinsic::MatchMapping, subject, fail);
        let base = self.operands(subject, 2);
        let n_keys = mapping.keys.len();
        if n_keys > 0 {
            let keys = self.function().temps(n_keys);
            for (reg, key) in (keys..).zip(&mapping.keys) {
                self.expr_into(key, reg);
            }
            self.at_node(mapping);
            let len = u16::try_from(n_keys).unwrap_or(u16::MAX);
            self.emit(Instr::BuildTuple { dst: base + 1, base: keys, len });
            self.found(Intrinsic::MatchKeys, base, n_keys, &mapping.patterns, fail, captures);
        } else {
            self.load(base + 1, Constant::Tuple([].into()));
        }
        if let Some(rest) = &mapping.rest {
            let dst = self.function().temp();
            self.emit(Instr::Intrinsic { what: Intrinsic::MatchRest, dst, base });
            self.capture(Some(rest), dst, captures);
        }
    }

    /// Matches the values of the tuple that an intrinsic finds.
    fn found(
        &mut self,
        what: Intrinsic,
        base: Reg,
        count: usize,
        parts: impl IntoIterator<Item = &'a Pattern>,
        fail: Label,
        captures: &mut Vec<Capture<'a>>,
    ) {
        let values = self.function().temp();
        self.emit(Instr::Intrinsic { what, dst: values, base });
        self.jump_if_none(values, fail);
        let first = self.function().temps(count.max(1));
        let len = u16::try_from(count).unwrap_or(u16::MAX);
        self.emit(Instr::Unpack { src: values, base: first, len });
        for (reg, part) in (first..).zip(parts) {
            self.pattern(part, reg, fail, captures);
        }
    }

    fn class_pattern(
        &mut self,
        class: &'a ast::PatternMatchClass,
        subject: Reg,
        fail: Label,
        captures: &mut Vec<Capture<'a>>,
    ) {
        let (positional, keywords) = (&class.arguments.patterns, &class.arguments.keywords);
        let base = self.operands(subject, 4);
        self.expr_into(&class.cls, base + 1);
        let count = i64::try_from(positional.len()).unwrap_or(i64::MAX);
        self.load(base + 2, Constant::Int(count));
        let names = keywords.iter().map(|keyword| Constant::Str(keyword.attr.as_str().into()));
        let names = Constant::Tuple(names.collect());
        self.load(base + 3, names);
        self.at_node(class);
        let parts = positional.iter().chain(keywords.iter().map(|keyword| &keyword.pattern));
        let count = positional.len() + keywords.len();
        self.found(Intrinsic::MatchClass, base, count, parts, fail, captures);
    }

    fn or_pattern(
        &mut self,
        or: &'a ast::PatternMatchOr,
        subject: Reg,
        fail: Label,
        captures: &mut Vec<Capture<'a>>,
    ) {
        let matched = self.function().label();
        let mut shared: Option<Vec<Capture<'a>>> = None;
        for part in &or.patterns {
            let next = self.function().label();
            let mut own = Vec::new();
            self.pattern(part, subject, next, &mut own);
            match &shared {
                None => {
                    // What is bound must be in the same registers whichever of them matches.
                    for capture in &mut own {
                        let reg = self.function().temp();
                        self.emit(Instr::Move { dst: reg, src: capture.reg });
                        capture.reg = reg;
                    }
                    shared = Some(own);
                }
                Some(shared) => {
                    let same = own.len() == shared.len()
                        && own.iter().all(|one| shared.iter().any(|two| one.name == two.name));
                    if !same {
                        self.error(part, "alternative patterns bind different names");
                        return;
                    }
                    for capture in &own {
                        let first = shared.iter().find(|first| first.name == capture.name);
                        let dst = first.map_or(capture.reg, |first| first.reg);
                        self.emit(Instr::Move { dst, src: capture.reg });
                    }
                }
            }
            self.function().jump(matched);
            self.function().bind(next);
        }
        self.function().jump(fail);
        self.function().bind(matched);
        for capture in shared.into_iter().flatten() {
            if captures.iter().any(|known| known.name == capture.name) {
                let message = format!("multiple assignments to name '{}' in pattern", capture.name);
                self.diagnostics.error(capture.span, message);
            }
            captures.push(capture);
        }
    }
}
