//! Functions of the program as jobs of a pool.

use std::rc::Rc;

use super::failure::{Unretrieved, to_failure};
use super::modules;
use super::vm::{Interp, Place};
use super::world::World;
use crate::executor::Failure;
use crate::program::value::{Stop, Str, Value, Vm as _};
use crate::thread::Parker;
use crate::thread::pool::Call;

/// A call that is made on a worker.
pub(super) fn call_on_worker(
    world: &Rc<World>,
    callee: Value,
    args: Vec<Value>,
    kwargs: Vec<(Str, Value)>,
) -> Call<Value> {
    let context = modules::passed_context(world);
    let world = Rc::clone(world);
    Box::new(move |parker: Parker<'_>| {
        world.begin_step();
        let mut vm = Interp::new(&world, Place::Thread(parker));
        let result = match &context {
            Some(context) => {
                modules::enter_context(&world, context);
                let result = vm.call(&callee, &args, &kwargs);
                modules::leave_context(&world);
                result
            }
            None => vm.call(&callee, &args, &kwargs),
        };
        World::end_step(&world);
        result.map_err(|stop| failed(&world, stop))
    })
}

fn failed(world: &Rc<World>, stop: Stop) -> Failure {
    let unretrieved = stop.exception().map(|_| Unretrieved::of_future(world.cx.site()));
    to_failure(world, stop, unretrieved)
}
