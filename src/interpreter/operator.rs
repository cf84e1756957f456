//! Operators on instances of classes of the program: the methods that say what they do run in frames
//! of the same machine, like those that are called by name.
//!
//! Only what is certain is done here: a method that is a function of the program, and operands of
//! which the left one is asked first. Everything else is left to [`ops`](super::ops), which calls
//! methods inside native code.
//!
//! Source: `CPython` `Objects/abstract.c` (`binary_op1`), `Objects/object.c` (`do_richcompare`).

use std::rc::Rc;

use super::arithmetic::binary_of;
use super::image::{Image, LoadedCode};
use super::machine::{FrameKind, Machine};
use super::ops::{self, Special};
use super::run::Next;
use super::vm::Interp;
use crate::program::code::CodeKind;
use crate::program::instruction::{Instr, Reg};
use crate::program::operator::{BinaryOp, CompareOp};
use crate::program::value::{Function, Instance, PyResult, Value};

/// A method that is to run, with what it is called with.
pub(super) struct Method {
    function: Rc<Function>,
    args: [Value; 3],
    count: usize,
}

/// The function that the class of an instance has under a name, if it runs at once when called.
fn function_of(image: &Image, instance: &Instance, special: Special) -> Option<Rc<Function>> {
    match instance.class.lookup(&special.name()) {
        Some(Value::Function(function))
            if image.code(function.code).code.kind == CodeKind::Function =>
        {
            Some(function)
        }
        _ => None,
    }
}

/// Whether the right operand might have to be asked first.
fn right_is_first(a: &Instance, b: &Value) -> bool {
    match b {
        Value::Instance(b) => !Rc::ptr_eq(&a.class, &b.class),
        Value::Class(_) | Value::Exception(_) => true,
        _ => false,
    }
}

fn method(function: Rc<Function>, receiver: &Value, argument: &Value) -> Method {
    Method { function, args: [receiver.clone(), argument.clone(), Value::Unbound], count: 2 }
}

/// The method that says what `a op b` is.
#[inline(never)]
pub(super) fn of_binary(image: &Image, op: BinaryOp, a: &Value, b: &Value) -> Option<Method> {
    let op = binary_of(op);
    match (a, b) {
        (Value::Instance(instance), _) if !right_is_first(instance, b) => {
            let function = function_of(image, instance, op.own())?;
            Some(method(function, a, b))
        }
        (Value::Int(_) | Value::Float(_) | Value::Bool(_), Value::Instance(instance)) => {
            let function = function_of(image, instance, op.reflected())?;
            Some(method(function, b, a))
        }
        _ => None,
    }
}

/// The method that says what `a op= b` does.
#[inline(never)]
pub(super) fn of_in_place(image: &Image, op: BinaryOp, a: &Value, b: &Value) -> Option<Method> {
    let Value::Instance(instance) = a else { return None };
    match function_of(image, instance, binary_of(op).in_place()) {
        Some(function) => Some(method(function, a, b)),
        None if instance.class.lookup(&binary_of(op).in_place().name()).is_some() => None,
        None => of_binary(image, op, a, b),
    }
}

/// The method that says whether `a op b`.
#[inline(never)]
pub(super) fn of_compare(image: &Image, op: CompareOp, a: &Value, b: &Value) -> Option<Method> {
    let Value::Instance(instance) = a else { return None };
    if right_is_first(instance, b) {
        return None;
    }
    let function = function_of(image, instance, special_of(op)?)?;
    Some(method(function, a, b))
}

fn special_of(op: CompareOp) -> Option<Special> {
    Some(match op {
        CompareOp::Eq => Special::Eq,
        CompareOp::Ne => Special::Ne,
        CompareOp::Lt => Special::Lt,
        CompareOp::Le => Special::Le,
        CompareOp::Gt => Special::Gt,
        CompareOp::Ge => Special::Ge,
        CompareOp::Is | CompareOp::IsNot | CompareOp::In | CompareOp::NotIn => return None,
    })
}

/// The method that says what `obj[key]` is.
#[inline(never)]
pub(super) fn of_get_item(image: &Image, obj: &Instance, key: &Value) -> Option<Method> {
    let function = function_of(image, obj, Special::GetItem)?;
    Some(Method { function, args: [Value::Unbound, key.clone(), Value::Unbound], count: 2 })
}

/// The method that does `obj[key] = value`.
#[inline(never)]
pub(super) fn of_set_item(
    image: &Image,
    obj: &Instance,
    key: &Value,
    value: &Value,
) -> Option<Method> {
    let function = function_of(image, obj, Special::SetItem)?;
    Some(Method { function, args: [Value::Unbound, key.clone(), value.clone()], count: 3 })
}

/// The method that gives the next item of an iterator.
#[inline(never)]
pub(super) fn of_next(image: &Image, iterator: &Instance) -> Option<Method> {
    let function = function_of(image, iterator, Special::Next)?;
    let args = [Value::Unbound, Value::Unbound, Value::Unbound];
    Some(Method { function, args, count: 1 })
}

impl Method {
    /// The same with what it is a method of.
    pub(super) fn on(mut self, receiver: &Value) -> Self {
        self.args[0] = receiver.clone();
        self
    }
}

impl Machine {
    /// Lets a method of an operator run; the result goes to `dst` of the running frame.
    pub(super) fn run_method(
        &mut self,
        vm: &mut Interp<'_>,
        method: Method,
        dst: Reg,
        kind: FrameKind,
    ) -> PyResult<Next> {
        let Method { function, args, count } = method;
        let image = &vm.world.image;
        let loaded: &LoadedCode = image.code(function.code);
        let first = self.top(image);
        self.put(first, args.into_iter().take(count).collect::<smallvec::SmallVec<[Value; 3]>>());
        self.enter_function(vm, &function, loaded, first, count, dst, kind)?;
        Ok(Next::Reload)
    }

    /// A method of an operator has returned.
    pub(super) fn operator_returned(
        &mut self,
        vm: &mut Interp<'_>,
        ret: usize,
        value: Value,
    ) -> PyResult<()> {
        let image = &vm.world.image;
        let instr = self.last_instruction(image);
        let value = match instr {
            Some(instr) if matches!(value, Value::NotImplemented) => {
                self.after_not_implemented(vm, instr)?
            }
            _ => value,
        };
        match instr {
            Some(Instr::IfCompare { when, .. } | Instr::IfCompareK { when, .. }) => {
                let holds = super::arithmetic::is_true(vm, &value)?;
                if holds != when {
                    // Over the jump behind the test.
                    self.frame.pc += 1;
                }
            }
            Some(Instr::SetItem { .. }) => {}
            _ => {
                if let Some(register) = self.stack.get_mut(ret) {
                    *register = value;
                }
            }
        }
        Ok(())
    }

    /// What an operator gives whose first method does not know.
    #[cold]
    fn after_not_implemented(&self, vm: &mut Interp<'_>, instr: Instr) -> PyResult<Value> {
        use BinaryOp as B;
        let image = &vm.world.image;
        let constants = &image.code(self.frame.code).constants;
        let constant =
            |k: u16| constants.get(usize::from(k)).cloned().unwrap_or(Value::NotImplemented);
        let reg = |reg: Reg| self.register(reg);
        let (op, a, b) = match instr {
            Instr::Add { a, b, .. } => (B::Add, reg(a), reg(b)),
            Instr::Sub { a, b, .. } => (B::Sub, reg(a), reg(b)),
            Instr::Mul { a, b, .. } => (B::Mul, reg(a), reg(b)),
            Instr::FloorDiv { a, b, .. } => (B::FloorDiv, reg(a), reg(b)),
            Instr::Mod { a, b, .. } => (B::Mod, reg(a), reg(b)),
            Instr::AddK { a, k, .. } => (B::Add, reg(a), constant(k)),
            Instr::SubK { a, k, .. } => (B::Sub, reg(a), constant(k)),
            Instr::MulK { a, k, .. } => (B::Mul, reg(a), constant(k)),
            Instr::FloorDivK { a, k, .. } => (B::FloorDiv, reg(a), constant(k)),
            Instr::ModK { a, k, .. } => (B::Mod, reg(a), constant(k)),
            Instr::Binary { op, a, b, .. } => (op, reg(a), reg(b)),
            Instr::BinaryK { op, a, k, .. } => (op, reg(a), constant(k)),
            Instr::BinaryLeftK { op, k, b, .. } => (op, constant(k), reg(b)),
            Instr::InPlace { op, a, b, .. } => {
                return ops::in_place_after(vm, binary_of(op), &reg(a), &reg(b));
            }
            Instr::InPlaceK { op, a, k, .. } => {
                return ops::in_place_after(vm, binary_of(op), &reg(a), &constant(k));
            }
            Instr::Compare { op, a, b, .. } | Instr::IfCompare { op, a, b, .. } => {
                return compare_after(vm, op, &reg(a), &reg(b));
            }
            Instr::IfCompareK { op, a, k, .. } => {
                return compare_after(vm, op, &reg(a), &constant(k));
            }
            _ => return Ok(Value::NotImplemented),
        };
        ops::binary_after(vm, binary_of(op), &a, &b)
    }
}

fn compare_after(vm: &mut Interp<'_>, op: CompareOp, a: &Value, b: &Value) -> PyResult<Value> {
    let op = match op {
        CompareOp::Eq => ops::Compare::Eq,
        CompareOp::Lt => ops::Compare::Lt,
        CompareOp::Le => ops::Compare::Le,
        CompareOp::Gt => ops::Compare::Gt,
        CompareOp::Ge => ops::Compare::Ge,
        _ => ops::Compare::Ne,
    };
    ops::compare_after(vm, op, a, b)
}
