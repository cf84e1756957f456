//! The interpreter's loop: one flat match over all instructions.
//!
//! The cases that make up almost all of what programs do (numbers that fit in 64 bits, jumps, the
//! next number of a range) are done in the match itself; everything else is a call.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "the compiler refuses programs whose registers and jumps do not fit in their operands"
)]

use super::arithmetic::{
    binary, compare_ints, compare_values, divide_exactly_known, in_place, is_true, iter, modulo,
    next, next_of_range, set_int, test_values, unary,
};
use super::build;
use super::cache::Attribute;
use super::image::LoadedCode;
use super::machine::{Awaited, Exit, FrameKind, Machine, clear};
use super::observe::observe;
use super::vm::Interp;
use super::{operator, ops, text};
use crate::program::instruction::{Instr, NO_REG, Spend};
use crate::program::operator::BinaryOp;
use crate::program::value::{Builtin, PyResult, Value};

/// What an instruction does besides going on with the next one.
pub(super) enum Next {
    /// Other frames or other instructions: look anew at what runs.
    Reload,
    /// The machine stops.
    Exit(Exit),
}

impl Machine {
    /// Runs until something stops it.
    pub(super) fn run(&mut self, vm: &mut Interp<'_>) -> Exit {
        let is_watched = vm.world.cx.is_watched();
        loop {
            let ran = match is_watched {
                false => self.run_frame::<false>(vm),
                true => self.run_frame::<true>(vm),
            };
            let next = match ran {
                Ok(next) => next,
                Err(stop) => self.unwind(vm, stop),
            };
            if let Next::Exit(exit) = next {
                return exit;
            }
        }
    }

    /// Runs the current frame until it calls, ends, waits or fails. `WATCHED`: whoever explores
    /// schedules is told what it uses.
    #[expect(clippy::too_many_lines, reason = "the one flat match of the interpreter")]
    fn run_frame<const WATCHED: bool>(&mut self, vm: &mut Interp<'_>) -> PyResult<Next> {
        let world = vm.world;
        let loaded: &LoadedCode = world.image.code(self.frame.code);
        let code = &*loaded.code;
        let instructions = &*code.instructions;
        let constants = &*loaded.constants;
        let base = self.frame.base as usize;
        let regs = &mut self.stack[base..];
        let mut pc = self.frame.pc as usize;

        // A register, a constant.
        macro_rules! reg {
            ($reg:expr) => {
                regs[usize::from($reg)]
            };
        }
        // The value of what may fail; where it fails is noted.
        macro_rules! ok {
            ($result:expr) => {
                match $result {
                    Ok(value) => value,
                    Err(stop) => {
                        self.frame.pc = pc as u32;
                        return Err(stop);
                    }
                }
            };
        }
        // Takes or passes over the jump behind a test.
        macro_rules! jump_if {
            ($condition:expr) => {
                if $condition {
                    if let Instr::Jump { target } = instructions[pc] {
                        pc = target as usize;
                    }
                } else {
                    pc += 1;
                }
            };
        }
        // A method of an operator, which runs in a frame of its own.
        macro_rules! method {
            ($method:expr, $dst:expr) => {
                if let Some(method) = $method {
                    self.frame.pc = pc as u32;
                    let next = self.run_method(vm, method, $dst, FrameKind::Operator)?;
                    vm.pass()?;
                    return Ok(next);
                }
            };
        }
        // An operator, where it is not done at once.
        macro_rules! operator {
            ($op:expr, $dst:expr, $a:expr, $b:expr) => {{
                let (a, b) = ($a, $b);
                if matches!(a, Value::Instance(_)) || matches!(b, Value::Instance(_)) {
                    method!(operator::of_binary(&world.image, $op, a, b), $dst);
                }
                let result = ok!(binary(vm, $op, $a, $b));
                reg!($dst) = result;
            }};
        }
        // Arithmetic: on small ints at once.
        macro_rules! arithmetic {
            ($dst:expr, $a:expr, $b:expr, $checked:expr, $slow:expr) => {{
                if let (Value::Int(x), Value::Int(y)) = (&reg!($a), $b)
                    && let Some(result) = $checked(*x, *y)
                {
                    set_int(&mut reg!($dst), result);
                } else {
                    operator!($slow, $dst, &reg!($a), $b);
                }
            }};
        }
        // The same, and a text that grows is not copied.
        macro_rules! sum {
            ($dst:expr, $a:expr, $b:expr) => {{
                if let (Value::Int(x), Value::Int(y)) = (&reg!($a), $b)
                    && let Some(result) = i64::checked_add(*x, *y)
                {
                    set_int(&mut reg!($dst), result);
                } else if $a == $dst
                    && let (Value::Str(_), Value::Str(addition)) = (&reg!($a), $b)
                {
                    let addition = addition.clone();
                    ok!(build::append(vm, &mut reg!($dst), &addition));
                } else {
                    operator!(BinaryOp::Add, $dst, &reg!($a), $b);
                }
            }};
        }
        // Something done by the machine as a whole, which may change what runs.
        macro_rules! whole {
            ($call:expr) => {{
                self.frame.pc = pc as u32;
                return $call;
            }};
        }

        // Where the program is: what the library does is done where the program called it.
        macro_rules! site {
            () => {
                if !loaded.is_library {
                    vm.set_site(code, pc);
                }
            };
        }
        // A use of something that threads may share.
        macro_rules! used {
            ($use:expr) => {
                if world.shared.active.get() {
                    site!();
                    vm.in_library = loaded.is_library;
                    vm.is_quiet = loaded.is_quiet;
                    ok!($use);
                }
            };
        }
        // A point at which threads can be switched, unless this is code of the library.
        macro_rules! pass {
            () => {
                if !loaded.is_library {
                    ok!(vm.pass());
                }
            };
        }
        // A call: behind it, or at the beginning of a function of the program, is such a point.
        macro_rules! called {
            ($call:expr) => {{
                self.frame.pc = pc as u32;
                let next = $call?;
                if !loaded.is_library || !world.image.code(self.frame.code).is_library {
                    vm.pass()?;
                }
                return Ok(next);
            }};
        }

        loop {
            let instr = instructions[pc];
            pc += 1;
            if WATCHED && !loaded.is_quiet {
                observe(vm, code, instr, regs);
            }
            match instr {
                Instr::Const { dst, k } => reg!(dst) = constants[k as usize].clone(),
                Instr::Move { dst, src } => reg!(dst) = reg!(src).clone(),
                Instr::Take { dst, src } => {
                    reg!(dst) = std::mem::replace(&mut reg!(src), Value::Unbound);
                }
                Instr::Clear { reg } => {
                    clear(&mut reg!(reg));
                    if world.finalizers.is_needed.get() {
                        vm.finalize();
                    }
                }
                Instr::Delete { reg } => {
                    ok!(build::check_bound(code, reg, &reg!(reg)));
                    clear(&mut reg!(reg));
                }
                Instr::CheckBound { reg } => {
                    if let Value::Unbound = reg!(reg) {
                        ok!(build::check_bound(code, reg, &reg!(reg)));
                    }
                }
                Instr::LoadGlobal { dst, slot } => {
                    used!(vm.uses_global(slot, false));
                    let value = world.globals.borrow()[slot as usize].clone();
                    if let Value::Unbound = value {
                        reg!(dst) = ok!(build::builtin(world.global_name(slot)));
                        continue;
                    }
                    reg!(dst) = value;
                }
                Instr::StoreGlobal { src, slot } => {
                    used!(vm.uses_global(slot, true));
                    let value = reg!(src).clone();
                    let old =
                        std::mem::replace(&mut world.globals.borrow_mut()[slot as usize], value);
                    drop(old);
                }
                Instr::DeleteGlobal { slot } => {
                    let old = std::mem::replace(
                        &mut world.globals.borrow_mut()[slot as usize],
                        Value::Unbound,
                    );
                    if let Value::Unbound = old {
                        ok!(Err(build::undefined(world.global_name(slot))));
                    }
                }
                Instr::MakeCell { reg } => build::make_cell(&mut reg!(reg)),
                Instr::LoadCell { dst, cell } => {
                    used!(vm.uses_cell(&reg!(cell), variable(code, cell), false));
                    reg!(dst) = ok!(build::load_cell(code, cell, &reg!(cell)));
                }
                Instr::StoreCell { cell, src } => {
                    used!(vm.uses_cell(&reg!(cell), variable(code, cell), true));
                    build::store_cell(&reg!(cell), &reg!(src));
                }
                Instr::DeleteCell { cell } => {
                    ok!(build::delete_cell(code, cell, &reg!(cell)));
                }
                Instr::Add { dst, a, b } => {
                    sum!(dst, a, &reg!(b));
                }
                Instr::Sub { dst, a, b } => {
                    arithmetic!(dst, a, &reg!(b), i64::checked_sub, BinaryOp::Sub);
                }
                Instr::Mul { dst, a, b } => {
                    arithmetic!(dst, a, &reg!(b), i64::checked_mul, BinaryOp::Mul);
                }
                Instr::FloorDiv { dst, a, b } => {
                    operator!(BinaryOp::FloorDiv, dst, &reg!(a), &reg!(b));
                }
                Instr::Mod { dst, a, b } => arithmetic!(dst, a, &reg!(b), modulo, BinaryOp::Mod),
                Instr::AddK { dst, a, k } => {
                    sum!(dst, a, &constants[usize::from(k)]);
                }
                Instr::SubK { dst, a, k } => {
                    let k = &constants[usize::from(k)];
                    arithmetic!(dst, a, k, i64::checked_sub, BinaryOp::Sub);
                }
                Instr::MulK { dst, a, k } => {
                    let k = &constants[usize::from(k)];
                    arithmetic!(dst, a, k, i64::checked_mul, BinaryOp::Mul);
                }
                Instr::FloorDivK { dst, a, k } => {
                    let k = &constants[usize::from(k)];
                    operator!(BinaryOp::FloorDiv, dst, &reg!(a), k);
                }
                Instr::ModK { dst, a, k } => {
                    let k = &constants[usize::from(k)];
                    arithmetic!(dst, a, k, modulo, BinaryOp::Mod);
                }
                Instr::Binary { op, dst, a, b } => operator!(op, dst, &reg!(a), &reg!(b)),
                Instr::BinaryLeftK { op, dst, k, b } => {
                    let k = &constants[usize::from(k)];
                    if let (Value::Int(x), Value::Int(y)) = (k, &reg!(b)) {
                        let result = match op {
                            BinaryOp::Add => x.checked_add(*y),
                            BinaryOp::Sub => x.checked_sub(*y),
                            BinaryOp::Mul => x.checked_mul(*y),
                            _ => None,
                        };
                        if let Some(result) = result {
                            set_int(&mut reg!(dst), result);
                            continue;
                        }
                    }
                    operator!(op, dst, k, &reg!(b));
                }
                Instr::BinaryK { op, dst, a, k } => {
                    let k = &constants[usize::from(k)];
                    if op == BinaryOp::Div
                        && let (Value::Int(x), Value::Int(y)) = (&reg!(a), k)
                        && let Some(quotient) = divide_exactly_known(*x, *y)
                    {
                        reg!(dst) = Value::Float(quotient);
                        continue;
                    }
                    operator!(op, dst, &reg!(a), k);
                }
                Instr::InPlace { op, dst, a, b } => {
                    if op == BinaryOp::Add
                        && let (Value::Int(x), Value::Int(y)) = (&reg!(a), &reg!(b))
                        && let Some(sum) = x.checked_add(*y)
                    {
                        set_int(&mut reg!(dst), sum);
                        continue;
                    }
                    if let Value::Instance(_) = &reg!(a) {
                        let (a, b) = (&reg!(a), &reg!(b));
                        method!(operator::of_in_place(&world.image, op, a, b), dst);
                    }
                    let given = build::operand_in_place(regs, a, dst, b);
                    let result = ok!(in_place(vm, op, given, &reg!(b)));
                    reg!(dst) = result;
                }
                Instr::InPlaceK { op, dst, a, k } => {
                    let k = &constants[usize::from(k)];
                    if let (Value::Int(x), Value::Int(y)) = (&reg!(a), k) {
                        let result = match op {
                            BinaryOp::Add => x.checked_add(*y),
                            BinaryOp::Sub => x.checked_sub(*y),
                            BinaryOp::Mul => x.checked_mul(*y),
                            _ => None,
                        };
                        if let Some(result) = result {
                            set_int(&mut reg!(dst), result);
                            continue;
                        }
                    }
                    if let Value::Instance(_) = &reg!(a) {
                        method!(operator::of_in_place(&world.image, op, &reg!(a), k), dst);
                    }
                    if a == dst
                        && op == BinaryOp::Add
                        && let (Value::Str(_), Value::Str(addition)) = (&reg!(a), k)
                    {
                        ok!(build::append(vm, &mut reg!(dst), addition));
                        continue;
                    }
                    let result = ok!(in_place(vm, op, reg!(a).clone(), k));
                    reg!(dst) = result;
                }
                Instr::Unary { op, dst, a } => {
                    let result = ok!(unary(vm, op, &reg!(a)));
                    reg!(dst) = result;
                }
                Instr::Compare { op, dst, a, b } => {
                    if let Value::Instance(_) = &reg!(a) {
                        let (a, b) = (&reg!(a), &reg!(b));
                        method!(operator::of_compare(&world.image, op, a, b), dst);
                    }
                    let result = ok!(compare_values(vm, op, &reg!(a), &reg!(b)));
                    reg!(dst) = result;
                }
                Instr::IfCompare { op, when, a, b } => {
                    let holds = match (&reg!(a), &reg!(b)) {
                        (Value::Int(x), Value::Int(y))
                            if let Some(holds) = compare_ints(op, *x, *y) =>
                        {
                            holds
                        }
                        (a, b) => {
                            if let Value::Instance(_) = a {
                                method!(operator::of_compare(&world.image, op, a, b), 0);
                            }
                            ok!(test_values(vm, op, a, b))
                        }
                    };
                    jump_if!(holds == when);
                }
                Instr::IfCompareK { op, when, a, k } => {
                    let holds = match (&reg!(a), &constants[usize::from(k)]) {
                        (Value::Int(x), Value::Int(y))
                            if let Some(holds) = compare_ints(op, *x, *y) =>
                        {
                            holds
                        }
                        (a, b) => {
                            if let Value::Instance(_) = a {
                                method!(operator::of_compare(&world.image, op, a, b), 0);
                            }
                            ok!(test_values(vm, op, a, b))
                        }
                    };
                    jump_if!(holds == when);
                }
                Instr::Jump { target } => pc = target as usize,
                Instr::Loop { target } => {
                    // A limit is told of at the end of the loop's body.
                    let passed = pc.abs_diff(target as usize) as i64;
                    ok!(world.spend(passed));
                    pc = target as usize;
                    pass!();
                }
                Instr::JumpIf { reg, target } => {
                    if ok!(is_true(vm, &reg!(reg))) {
                        pc = target as usize;
                    }
                }
                Instr::JumpIfNot { reg, target } => {
                    if !ok!(is_true(vm, &reg!(reg))) {
                        pc = target as usize;
                    }
                }
                Instr::GetIter { dst, src } => {
                    let iterator = ok!(iter(vm, &reg!(src)));
                    reg!(dst) = iterator;
                }
                Instr::IterNext { dst, iter } => {
                    if let Value::Generator(generator) = &reg!(iter) {
                        let generator = std::rc::Rc::clone(generator);
                        called!(self.next_of_generator(vm, &generator, dst));
                    }
                    if let Value::Instance(instance) = &reg!(iter)
                        && let Some(method) = operator::of_next(&world.image, instance)
                    {
                        let method = method.on(&reg!(iter));
                        whole!(self.run_method(vm, method, dst, FrameKind::NextItem));
                    }
                    match ok!(next(vm, &reg!(iter))) {
                        Some(item) => {
                            reg!(dst) = item;
                            pc += 1;
                        }
                        None => {
                            clear(&mut reg!(iter));
                            jump_if!(true);
                        }
                    }
                }
                Instr::RangeBegin { base } => {
                    ok!(build::begin_range(vm, &mut regs[usize::from(base)..][..3]));
                }
                Instr::RangeNext { dst, base } => {
                    match next_of_range(&mut regs[usize::from(base)..][..3]) {
                        Some(next) => {
                            set_int(&mut reg!(dst), next);
                            pc += 1;
                        }
                        None => jump_if!(true),
                    }
                }
                Instr::Call { argc, base, dst } => {
                    if world.finalizers.is_needed.get() {
                        vm.finalize();
                    }
                    if let Value::Builtin(builtin) = &reg!(base)
                        && !super::modules::is_special(builtin)
                    {
                        let builtin = *builtin;
                        let window =
                            usize::from(base) + 1..usize::from(base) + 1 + usize::from(argc);
                        site!();
                        let result =
                            ok!(super::builtins::invoke(vm, builtin, &regs[window.clone()], &[]));
                        regs[window].iter_mut().for_each(clear);
                        reg!(dst) = result;
                        if !is_uninterrupted(builtin) {
                            pass!();
                        }
                        continue;
                    }
                    called!(self.call(vm, base, argc.into(), dst));
                }
                Instr::CallKeywords { argc, base, dst, k } => {
                    called!(self.call_keywords(vm, base, argc.into(), dst, usize::from(k)));
                }
                Instr::CallSpread { base, dst } => called!(self.call_spread(vm, base, dst)),
                Instr::FindMethod { base, name } => {
                    let receiver = &reg!(base);
                    let is_plain = loaded.method(usize::from(name), receiver).is_some()
                        || matches!(receiver, Value::Instance(instance)
                            if loaded.own_method(usize::from(name), instance).is_some());
                    if !is_plain {
                        let receiver = receiver.clone();
                        let name = &loaded.names[usize::from(name)];
                        if let Some(found) = ok!(super::call::find_method(vm, &receiver, name)) {
                            reg!(base) = found;
                        }
                    }
                }
                Instr::CallMethod { argc, base, dst, name } => {
                    if world.finalizers.is_needed.get() {
                        vm.finalize();
                    }
                    let window = usize::from(base)..usize::from(base) + 1 + usize::from(argc);
                    let receiver = &reg!(base);
                    let method_name = &loaded.names[usize::from(name)];
                    if let Some(method) = loaded.method(usize::from(name), receiver) {
                        site!();
                        let result =
                            ok!(super::builtins::invoke(vm, method, &regs[window.clone()], &[]));
                        regs[window].iter_mut().for_each(clear);
                        reg!(dst) = result;
                        if !is_uninterrupted(method) {
                            pass!();
                        }
                        continue;
                    }
                    if let Value::Instance(instance) = receiver
                        && let Some(method) = loaded.own_method(usize::from(name), instance)
                    {
                        let first = self.frame.base as usize + window.start;
                        called!(self.call_function(vm, &method, first, window.len(), dst));
                    }
                    called!(self.call_method(vm, base, argc.into(), dst, method_name));
                }
                Instr::CallAwait { argc, base, dst } => {
                    called!(self.call_await(vm, base, argc.into(), dst));
                }
                Instr::Await { dst, src } => whole!(self.await_register(vm, src, dst)),
                Instr::Return { src } => {
                    let value = std::mem::replace(&mut reg!(src), Value::Unbound);
                    whole!(Ok(self.return_value(vm, value)));
                }
                Instr::Yield { dst, src } => {
                    let value = std::mem::replace(&mut reg!(src), Value::Unbound);
                    whole!(Ok(self.yield_value(vm, dst, value)));
                }
                Instr::BuildList { dst, base, len } => {
                    let items = build::take_window(regs, base, len);
                    reg!(dst) = Value::list(items);
                }
                Instr::BuildTuple { dst, base, len } => {
                    let items = build::take_window(regs, base, len);
                    reg!(dst) = Value::tuple(items);
                }
                Instr::BuildSet { dst, base, len } => {
                    let items = build::take_window(regs, base, len);
                    reg!(dst) = ok!(build::set_of(vm, items));
                }
                Instr::BuildDict { dst, base, len } => {
                    let items = build::take_window(regs, base, len.saturating_mul(2));
                    reg!(dst) = ok!(build::dict_of(vm, items));
                }
                Instr::BuildStr { dst, base, len } => {
                    let window = usize::from(base)..usize::from(base) + usize::from(len);
                    let result = ok!(build::text_of(vm, &regs[window]));
                    reg!(dst) = result;
                }
                Instr::BuildSlice { dst, base } => {
                    let parts = build::take_window(regs, base, 3);
                    reg!(dst) = build::slice_of(parts);
                }
                Instr::ListAppend { list, src } => {
                    let item = std::mem::replace(&mut reg!(src), Value::Unbound);
                    if let Value::List(list) = &reg!(list) {
                        ok!(list.push(item));
                    }
                }
                Instr::ListExtend { list, src } => {
                    ok!(build::extend_list(vm, &reg!(list), &reg!(src), None));
                    clear(&mut reg!(src));
                }
                Instr::SpreadArguments { list, src } => {
                    let callee = regs.get(usize::from(list).saturating_sub(1));
                    ok!(build::extend_list(vm, &reg!(list), &reg!(src), callee));
                    clear(&mut reg!(src));
                }
                Instr::ListToTuple { dst, list } => {
                    let items = ok!(ops::collect(vm, &reg!(list)));
                    reg!(dst) = Value::tuple(items);
                }
                Instr::SetAdd { set, src } => {
                    let item = std::mem::replace(&mut reg!(src), Value::Unbound);
                    if let Value::Set(set) = &reg!(set) {
                        ok!(ops::set_add(vm, set, item));
                    }
                }
                Instr::SetUpdate { set, src } => {
                    ok!(build::extend_set(vm, &reg!(set), &reg!(src)));
                }
                Instr::DictPut { dict, src } => {
                    let key = std::mem::replace(&mut reg!(src), Value::Unbound);
                    let value = std::mem::replace(&mut reg!(src + 1), Value::Unbound);
                    if let Value::Dict(dict) = &reg!(dict) {
                        ok!(ops::dict_set(vm, dict, key, value));
                    }
                }
                Instr::DictUpdate { dict, src } => {
                    ok!(build::update_dict(vm, &reg!(dict), &reg!(src)));
                }
                Instr::DictMerge { dict, src } => {
                    let callee = regs.get(usize::from(dict).saturating_sub(2));
                    ok!(build::merge_keywords(vm, &reg!(dict), &reg!(src), callee));
                }
                Instr::Unpack { src, base, len } => {
                    if let Value::Tuple(items) = &reg!(src)
                        && items.len() == usize::from(len)
                    {
                        let items = std::rc::Rc::clone(items);
                        let targets = regs[usize::from(base)..].iter_mut();
                        for (register, item) in targets.zip(items.iter()) {
                            *register = item.clone();
                        }
                        continue;
                    }
                    let items = ok!(ops::unpack(vm, &reg!(src), len.into()));
                    build::fill(regs, base, items);
                }
                Instr::UnpackStar { before, after, src, base } => {
                    let items =
                        ok!(ops::unpack_starred(vm, &reg!(src), before.into(), after.into()));
                    build::fill(regs, base, items);
                }
                Instr::GetAttr { dst, obj, name } => {
                    used!(vm.uses_attribute(&reg!(obj), &loaded.names[usize::from(name)], false));
                    if let Value::Instance(instance) = &reg!(obj) {
                        match loaded.attribute(usize::from(name), instance) {
                            Some(Attribute::Value(value)) => {
                                reg!(dst) = value;
                                continue;
                            }
                            Some(Attribute::Getter(getter)) => {
                                let receiver = reg!(obj).clone();
                                called!(self.call_getter(vm, &getter, receiver, dst));
                            }
                            None => {}
                        }
                    }
                    let name = &loaded.names[usize::from(name)];
                    let value = ok!(ops::get_attribute(vm, &reg!(obj), name));
                    reg!(dst) = value;
                }
                Instr::SetAttr { obj, src, name } => {
                    used!(vm.uses_attribute(&reg!(obj), &loaded.names[usize::from(name)], true));
                    if let Value::Instance(instance) = &reg!(obj)
                        && loaded.stores_plainly(usize::from(name), instance)
                    {
                        instance.set(&loaded.names[usize::from(name)], reg!(src).clone());
                        continue;
                    }
                    let name = &loaded.names[usize::from(name)];
                    ok!(ops::set_attribute(vm, &reg!(obj), name, reg!(src).clone()));
                }
                Instr::DelAttr { obj, name } => {
                    let name = &loaded.names[usize::from(name)];
                    ok!(ops::delete_attribute(vm, &reg!(obj), name));
                }
                Instr::GetItem { dst, obj, key } => {
                    used!(vm.uses_item(&reg!(obj), &reg!(key), false));
                    if let (Value::List(list), Value::Int(index)) = (&reg!(obj), &reg!(key))
                        && let Ok(index) = usize::try_from(*index)
                        && let Some(item) = list.get(index)
                    {
                        reg!(dst) = item;
                        continue;
                    }
                    if let Value::Instance(instance) = &reg!(obj)
                        && let Some(method) =
                            operator::of_get_item(&world.image, instance, &reg!(key))
                    {
                        method!(Some(method.on(&reg!(obj))), dst);
                    }
                    let item = ok!(ops::get_item(vm, &reg!(obj), &reg!(key)));
                    reg!(dst) = item;
                }
                Instr::SetItem { obj, key, src } => {
                    used!(vm.uses_item(&reg!(obj), &reg!(key), true));
                    if let Value::Instance(instance) = &reg!(obj)
                        && let Some(method) =
                            operator::of_set_item(&world.image, instance, &reg!(key), &reg!(src))
                    {
                        method!(Some(method.on(&reg!(obj))), 0);
                    }
                    let value = reg!(src).clone();
                    ok!(ops::set_item(vm, &reg!(obj), &reg!(key), value));
                }
                Instr::DelItem { obj, key } => {
                    ok!(ops::delete_item(vm, &reg!(obj), &reg!(key)));
                }
                Instr::Format { conversion, dst, src, spec } => {
                    let spec = if spec == NO_REG { &Value::None } else { &reg!(spec) };
                    let result = ok!(build::format(vm, conversion, &reg!(src), spec));
                    reg!(dst) = result;
                }
                Instr::MakeFunction { dst, base, code } => {
                    let function =
                        build::function(&world.image, code, &mut regs[usize::from(base)..]);
                    reg!(dst) = function;
                }
                Instr::Raise { src } => {
                    let value = std::mem::replace(&mut reg!(src), Value::Unbound);
                    whole!(Ok(self.raise(vm, value, None)));
                }
                Instr::RaiseFrom { src, cause } => {
                    let value = std::mem::replace(&mut reg!(src), Value::Unbound);
                    let cause = std::mem::replace(&mut reg!(cause), Value::Unbound);
                    whole!(Ok(self.raise(vm, value, Some(cause))));
                }
                Instr::RaiseAgain => whole!(Ok(self.raise_again(vm))),
                Instr::Rethrow { src } => {
                    let value = std::mem::replace(&mut reg!(src), Value::Unbound);
                    whole!(Ok(self.rethrow(vm, value)));
                }
                Instr::IfCaught { src, types } => {
                    let caught = ok!(super::raise::catches(&reg!(types), &reg!(src)));
                    jump_if!(!caught);
                }
                Instr::CheckManager { is_async, src } => {
                    ok!(build::check_manager(vm, is_async, &reg!(src)));
                }
                Instr::Spend { what, src } => {
                    site!();
                    let duration = ok!(super::spend::duration(vm, what, &reg!(src)));
                    whole!(vm.spend_time(what, duration));
                }
                Instr::SpendFixed { what, duration } => {
                    site!();
                    let duration = code.durations[duration as usize];
                    if what == Spend::Sleep {
                        whole!(Ok(Next::Exit(Exit::Awaiting(Awaited::Sleep(duration)))));
                    }
                    whole!(vm.spend_time(what, duration));
                }
                Instr::Print { src } => {
                    site!();
                    let line = ok!(text::str(vm, &reg!(src)));
                    super::natives::output::print_lines(world, &line);
                    ok!(super::natives::output::check(world));
                    pass!();
                }
                Instr::JumpIfBound { reg, target } => {
                    if !matches!(reg!(reg), Value::Unbound) {
                        pc = target as usize;
                    }
                }
                Instr::Intrinsic { what, dst, base } => {
                    site!();
                    let operands = super::intrinsic::window(regs, base);
                    let result = ok!(super::intrinsic::run(vm, what, operands));
                    reg!(dst) = result;
                }
                Instr::Send { dst, iter, src } => whole!(self.send(vm, dst, iter, src)),
                Instr::Throw { dst, iter, src } => whole!(self.throw_into(vm, dst, iter, src)),
                Instr::NextAwaited { dst, iter } => whole!(self.next_awaited(vm, dst, iter)),
            }
        }
    }
}

/// Whether `CPython` has instructions of its own for a native function, which do not look whether
/// another thread wants to run.
///
/// Source: `Python/bytecodes.c`, 3.11 to 3.14: `CALL_LEN`, `CALL_ISINSTANCE`, `CALL_LIST_APPEND`.
#[inline]
fn is_uninterrupted(builtin: &Builtin) -> bool {
    matches!((builtin.owner, builtin.name), (None, "len" | "isinstance") | (Some("list"), "append"))
}

/// The name of a variable, for those who look for races.
fn variable(code: &crate::program::code::Code, reg: u16) -> &str {
    code.variables.get(usize::from(reg)).map_or("a variable", |name| name)
}
