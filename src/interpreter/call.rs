//! Calls, awaits and returns: what changes which frame runs.

use std::any::Any;
use std::rc::Rc;

use super::arguments;
use super::build::clear_all;
use super::builtins::{call_native, not_callable};
use super::generator;
use super::image::{Image, LoadedCode};
use super::machine::{Exit, Frame, FrameKind, Machine, Registers, is_suspendable};
use super::modules;
use super::ops;
use super::run::Next;
use super::vm::Interp;
use super::world::World;
use crate::program::code::CodeKind;
use crate::program::exception::type_error;
use crate::program::instruction::Reg;
use crate::program::value::{
    Asked, Foreign, ForeignObject, Function, Instance, Keywords, PyResult, Scope, Str, TypeKind,
    TypeObject, TypeRef, Value,
};

impl Machine {
    pub(super) fn window(&self, base: Reg, len: usize) -> std::ops::Range<usize> {
        let first = self.frame.base as usize + usize::from(base);
        first..first + len
    }

    /// `dst = base(base + 1, …)`
    pub(super) fn call(
        &mut self,
        vm: &mut Interp<'_>,
        base: Reg,
        argc: usize,
        dst: Reg,
    ) -> PyResult<Next> {
        let window = self.window(base, argc + 1);
        let callee = self.stack[window.start].clone();
        match &callee {
            Value::Function(function) => {
                self.call_function(vm, function, window.start + 1, argc, dst)
            }
            Value::BoundMethod(method) if let Value::Function(function) = &method.function => {
                self.stack[window.start] = method.receiver.clone();
                self.call_function(vm, function, window.start, argc + 1, dst)
            }
            Value::Class(class) if let Some(init) = super::classes::has_plain_init(class) => {
                let loaded = vm.world.image.code(init.code);
                if is_suspendable(loaded.code.kind) {
                    let result = self.call_other(vm, &callee, window, &[])?;
                    self.set(dst, result);
                    return Ok(Next::Reload);
                }
                let instance = if super::classes::habits(class).is_exception {
                    let ty = TypeRef::Class(Rc::clone(class));
                    let args = &self.stack[window.start + 1..window.end];
                    super::builtins::construct_exception(vm, &ty, args, &[])?
                } else {
                    Value::Instance(Rc::new(Instance::new(Rc::clone(class))))
                };
                self.stack[window.start] = instance.clone();
                let kind = FrameKind::Init(instance);
                self.enter_function(vm, &init, loaded, window.start, argc + 1, dst, kind)?;
                Ok(Next::Reload)
            }
            _ => {
                let result = self.call_other(vm, &callee, window, &[])?;
                self.set(dst, result);
                Ok(Next::Reload)
            }
        }
    }

    /// Calls what is no function of the program. The arguments are emptied.
    fn call_other(
        &mut self,
        vm: &mut Interp<'_>,
        callee: &Value,
        window: std::ops::Range<usize>,
        kwargs: Keywords<'_>,
    ) -> PyResult<Value> {
        self.tell_site(vm.world);
        if let Value::Builtin(builtin) = callee
            && modules::asks(builtin)
        {
            vm.asked = self.asked(&vm.world.image);
        }
        if let Value::Builtin(builtin) = callee
            && window.len() == 1
            && modules::asks_scope(builtin)
        {
            vm.asked = Asked { scope: self.scope(vm.world), ..Asked::default() };
        }
        let args = &self.stack[window.start + 1..window.end];
        let result = match call_native(vm, callee, args, kwargs)? {
            Some(result) => result,
            None => return Err(not_callable(callee)),
        };
        clear_all(&mut self.stack[window]);
        Ok(result)
    }

    /// Calls the getter of a property.
    pub(super) fn call_getter(
        &mut self,
        vm: &mut Interp<'_>,
        getter: &Rc<Function>,
        receiver: Value,
        dst: Reg,
    ) -> PyResult<Next> {
        let first = self.top(&vm.world.image);
        self.put(first, [receiver]);
        self.call_function(vm, getter, first, 1, dst)
    }

    /// Calls a function whose arguments are on the stack.
    pub(super) fn call_function(
        &mut self,
        vm: &mut Interp<'_>,
        function: &Rc<Function>,
        first: usize,
        argc: usize,
        dst: Reg,
    ) -> PyResult<Next> {
        let loaded = vm.world.image.code(function.code);
        if is_suspendable(loaded.code.kind) {
            let args = first..first + argc;
            let registers = if loaded.code.params.is_plain(argc) {
                // Room for the whole frame: the vector will be a task's stack.
                let n = usize::from(loaded.code.n_registers);
                let mut registers = Registers::with_capacity(n);
                let taken = self.stack[args].iter_mut();
                registers.extend(taken.map(|register| std::mem::replace(register, Value::Unbound)));
                registers.extend(function.closure.iter().map(|cell| Value::Cell(Rc::clone(cell))));
                registers
            } else {
                vm.registers(function, loaded, &self.stack[args], &[])?
            };
            self.tell_site(vm.world);
            let object = generator::make(vm.world, function, loaded, registers);
            self.set(dst, object);
            return Ok(Next::Reload);
        }
        self.enter_function(vm, function, loaded, first, argc, dst, FrameKind::Call)?;
        Ok(Next::Reload)
    }

    /// Begins a frame of a function whose arguments are on the stack.
    #[expect(clippy::too_many_arguments, reason = "a call has that many parts")]
    pub(super) fn enter_function(
        &mut self,
        vm: &mut Interp<'_>,
        function: &Rc<Function>,
        loaded: &LoadedCode,
        first: usize,
        argc: usize,
        dst: Reg,
        kind: FrameKind,
    ) -> PyResult<()> {
        let mut filled = argc;
        if !loaded.code.params.is_plain(argc) {
            let args = first..first + argc;
            let values = arguments::bind(vm, function, loaded, &self.stack[args.clone()], &[])?;
            clear_all(&mut self.stack[args]);
            filled = values.len();
            self.put(first, values);
        } else if !function.closure.is_empty() {
            let cells = function.closure.iter().map(|cell| Value::Cell(Rc::clone(cell)));
            filled += function.closure.len();
            self.put(first + argc, cells);
        }
        let frame = self.call_frame(function, first, dst);
        self.enter(vm.world, loaded, frame, kind, filled)
    }

    fn call_frame(&self, function: &Function, first: usize, dst: Reg) -> Frame {
        Frame {
            code: function.code,
            pc: 0,
            base: u32::try_from(first).unwrap_or(u32::MAX),
            ret: self.frame.base + u32::from(dst),
        }
    }

    /// Puts values on the stack, which grows if it must.
    pub(super) fn put(
        &mut self,
        first: usize,
        values: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>,
    ) {
        let values = values.into_iter();
        if self.stack.len() < first + values.len() {
            self.stack.resize(first + values.len(), Value::Unbound);
        }
        for (register, value) in self.stack[first..].iter_mut().zip(values) {
            *register = value;
        }
    }

    /// The same with keyword arguments; constant `k` holds their names.
    pub(super) fn call_keywords(
        &mut self,
        vm: &mut Interp<'_>,
        base: Reg,
        argc: usize,
        dst: Reg,
        k: usize,
    ) -> PyResult<Next> {
        let loaded = vm.world.image.code(self.frame.code);
        let Some(Value::Tuple(names)) = loaded.constants.get(k) else { return Ok(Next::Reload) };
        let window = self.window(base, argc + 1);
        let first_named = window.end - names.len();
        let kwargs: Vec<(Str, Value)> = names
            .iter()
            .zip(&mut self.stack[first_named..window.end])
            .filter_map(|(name, register)| match name {
                Value::Str(name) => {
                    Some((name.clone(), std::mem::replace(register, Value::Unbound)))
                }
                _ => None,
            })
            .collect();
        let args = window.start + 1..first_named;
        self.call_with(vm, window.start, args, &kwargs, dst)
    }

    /// The same with arguments from a list and a dict.
    pub(super) fn call_spread(
        &mut self,
        vm: &mut Interp<'_>,
        base: Reg,
        dst: Reg,
    ) -> PyResult<Next> {
        let window = self.window(base, 3);
        let list = std::mem::replace(&mut self.stack[window.start + 1], Value::Unbound);
        let dict = std::mem::replace(&mut self.stack[window.start + 2], Value::Unbound);
        let args = match &list {
            Value::List(list) => std::mem::take(&mut *list.borrow_mut()),
            _ => Vec::new(),
        };
        let mut kwargs: Vec<(Str, Value)> = Vec::new();
        if let Value::Dict(dict) = &dict {
            for entry in dict.borrow().iter() {
                match &entry.key {
                    Value::Str(name) => kwargs.push((name.clone(), entry.value.clone())),
                    _ => return Err(type_error("keywords must be strings")),
                }
            }
        }
        let len = args.len();
        self.put(window.start + 1, args);
        self.call_with(vm, window.start, window.start + 1..window.start + 1 + len, &kwargs, dst)
    }

    fn call_with(
        &mut self,
        vm: &mut Interp<'_>,
        callee: usize,
        args: std::ops::Range<usize>,
        kwargs: Keywords<'_>,
        dst: Reg,
    ) -> PyResult<Next> {
        let callee_value = self.stack[callee].clone();
        let (function, first) = match &callee_value {
            Value::Function(function) => (function, args.start),
            Value::BoundMethod(method) if let Value::Function(function) = &method.function => {
                self.stack[callee] = method.receiver.clone();
                (function, callee)
            }
            _ => {
                let window = callee..args.end;
                let result = self.call_other(vm, &callee_value, window, kwargs)?;
                self.set(dst, result);
                return Ok(Next::Reload);
            }
        };
        let loaded = vm.world.image.code(function.code);
        let registers = vm.registers(function, loaded, &self.stack[first..args.end], kwargs)?;
        clear_all(&mut self.stack[callee..args.end]);
        if is_suspendable(loaded.code.kind) {
            self.tell_site(vm.world);
            let object = generator::make(vm.world, function, loaded, registers);
            self.set(dst, object);
            return Ok(Next::Reload);
        }
        let filled = registers.len();
        self.put(first, registers);
        let frame = self.call_frame(function, first, dst);
        self.enter(vm.world, loaded, frame, FrameKind::Call, filled)?;
        Ok(Next::Reload)
    }

    /// `dst = base.name(base + 1, …)`, for what is no method of a builtin type.
    pub(super) fn call_method(
        &mut self,
        vm: &mut Interp<'_>,
        base: Reg,
        argc: usize,
        dst: Reg,
        name: &Str,
    ) -> PyResult<Next> {
        let window = self.window(base, argc + 1);
        let receiver = self.stack[window.start].clone();
        if let Value::Foreign(foreign) = &receiver {
            if let Some(found) = found_method(foreign) {
                self.stack[window.start] = found.clone();
                return self.call(vm, base, argc, dst);
            }
            if let Some((function, receiver)) = super::classes::method_of_super(foreign, name) {
                self.stack[window.start] = receiver;
                return self.call_function(vm, &function, window.start, argc + 1, dst);
            }
            self.tell_site(vm.world);
            let args = &self.stack[window.start + 1..window.end];
            if let Some(result) = foreign.object.call_method(vm, &receiver, name, args, &[])? {
                clear_all(&mut self.stack[window]);
                self.set(dst, result);
                return Ok(Next::Reload);
            }
        }
        if let Some(function) = method_of_instance(&receiver, name) {
            return self.call_function(vm, &function, window.start, argc + 1, dst);
        }
        let method = ops::get_attribute(vm, &receiver, name)?;
        self.stack[window.start] = method;
        self.call(vm, base, argc, dst)
    }

    /// Where the program is, for a native function that asks.
    #[cold]
    fn asked(&self, image: &Image) -> Asked {
        let waiting = self.callers.iter().map(|caller| &caller.frame);
        let frames = waiting.chain([&self.frame]);
        let places = frames.map(|frame| (frame.site(image), image.code(frame.code).name.clone()));
        let places = places.collect();
        Asked { handled: self.handled(image), places, scope: Scope::default() }
    }

    /// The variables that the running frame sees.
    #[cold]
    fn scope(&self, world: &World) -> Scope {
        let code = &world.image.code(self.frame.code).code;
        let globals = world.globals_of(self.frame.site(&world.image));
        if code.kind == CodeKind::Module {
            return Scope { locals: globals.clone(), globals };
        }
        let value = |reg: usize| match self.register(u16::try_from(reg).unwrap_or(u16::MAX)) {
            Value::Unbound => None,
            Value::Cell(cell) => cell.0.borrow().clone(),
            value => Some(value),
        };
        let free = code.params.len()..code.params.len() + usize::from(code.n_free);
        let all = 0..code.variables.len();
        let order = all.filter(|at| !free.contains(at)).chain(free.clone());
        let locals = order.filter_map(|at| {
            let name = code.variables[at].trim_start_matches('.');
            value(at).map(|value| (Str::from(name), value))
        });
        Scope { locals: locals.collect(), globals }
    }

    /// `return`
    pub(super) fn return_value(&mut self, vm: &mut Interp<'_>, value: Value) -> Next {
        let image = &vm.world.image;
        let Some((ret, kind)) = self.leave(image) else {
            return Next::Exit(Exit::Returned(value));
        };
        if vm.world.finalizers.is_needed.get() {
            vm.finalize();
        }
        match kind {
            FrameKind::Call => {}
            FrameKind::Operator => {
                return match self.operator_returned(vm, ret, value) {
                    Ok(()) => Next::Reload,
                    Err(stop) => self.unwind(vm, stop),
                };
            }
            FrameKind::NextItem => {
                // Over the jump behind the test.
                self.frame.pc += 1;
            }
            FrameKind::Init(instance) => {
                if !matches!(value, Value::None) {
                    return self.unwind(vm, super::classes::init_returned(&value));
                }
                if let Some(register) = self.stack.get_mut(ret) {
                    *register = instance;
                }
                return Next::Reload;
            }
            FrameKind::Generator(_) => {
                kind.close();
                self.iteration_is_over(image, value);
                return Next::Reload;
            }
            FrameKind::AsyncGenerator(_, asked) => {
                kind.close();
                return self.async_generator_is_over(vm, asked, ret);
            }
            kind @ FrameKind::Coroutine(_) => {
                kind.close();
                self.put_awaited(image, ret, value);
                return Next::Reload;
            }
        }
        if let Some(register) = self.stack.get_mut(ret) {
            *register = value;
        }
        Next::Reload
    }
}

/// The function that a method call on an instance of a class of the program runs, if that is
/// certain without asking anybody.
/// What an attribute was before the arguments of its call were evaluated, in place of its owner.
#[derive(Debug)]
struct FoundMethod(Value);

impl ForeignObject for FoundMethod {
    fn type_object(&self) -> &'static TypeObject {
        &FOUND_METHOD_TYPE
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Programs never see it.
static FOUND_METHOD_TYPE: TypeObject = TypeObject {
    name: "method",
    module: "builtins",
    bases: &[],
    kind: TypeKind::Foreign,
    construct: None,
};

/// What `FindMethod` left there.
pub(super) fn found_method(foreign: &Foreign) -> Option<&Value> {
    foreign.object.as_any().downcast_ref::<FoundMethod>().map(|found| &found.0)
}

/// Looks an attribute up that is to be called once its arguments are there; `None` for a method,
/// which the call itself finds.
#[cold]
pub(super) fn find_method(
    vm: &mut Interp<'_>,
    receiver: &Value,
    name: &Str,
) -> PyResult<Option<Value>> {
    let is_method = match receiver {
        Value::Foreign(foreign) => {
            foreign.object.has_method(name)
                || super::classes::method_of_super(foreign, name).is_some()
        }
        receiver => method_of_instance(receiver, name).is_some(),
    };
    if is_method {
        return Ok(None);
    }
    let found = ops::get_attribute(vm, receiver, name)?;
    Ok(Some(Value::Foreign(Rc::new(Foreign::new(Box::new(FoundMethod(found)))))))
}

fn method_of_instance(receiver: &Value, name: &Str) -> Option<Rc<Function>> {
    let Value::Instance(instance) = receiver else { return None };
    if super::classes::habits(&instance.class).getattribute
        || instance.attributes().get_str(name).is_some()
    {
        return None;
    }
    match instance.class.lookup(name) {
        Some(Value::Function(function)) => Some(function),
        _ => None,
    }
}
