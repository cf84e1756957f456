//! The loop as a spawner of the `futures` crate: any future built on it runs here.

use futures::task::{FutureObj, LocalFutureObj, LocalSpawn, Spawn, SpawnError};

use super::Context;

impl LocalSpawn for Context {
    fn spawn_local_obj(&self, future: LocalFutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.create_task(None, "spawned", async move {
            future.await;
            Ok(())
        });
        Ok(())
    }
}

impl Spawn for Context {
    fn spawn_obj(&self, future: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.spawn_local_obj(future.into())
    }
}
