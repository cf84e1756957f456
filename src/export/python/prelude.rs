//! The top of an exported program: imports, and what stands for names and actions that asyncio has
//! under other names or not at all.

use super::{Writer, pool};
use crate::program::vocabulary;
use crate::scenario::Scenario;

/// Names of scenarios that are methods of the running loop.
const LOOP_METHODS: &[&str] = &["call_at", "call_later", "call_soon", "create_future"];

const TIME: &str = "\
def time():
    \"\"\"Seconds since the start.\"\"\"
    return clock.monotonic() - _START";

const IO: &str = "\
async def _io(delay):
    \"\"\"Waits for what an outside party brings after that time.\"\"\"
    loop = asyncio.get_running_loop()
    answer = loop.create_future()

    def bring():
        if not answer.done():
            answer.set_result(None)

    def party():
        clock.sleep(delay)
        loop.call_soon_threadsafe(bring)

    threading.Thread(target=party, daemon=True).start()
    await answer";

const COMPUTE: &str = "\
def _compute(seconds):
    \"\"\"Uses the processor for that long.\"\"\"
    end = clock.thread_time_ns() / 1_000_000_000 + seconds
    while clock.thread_time() < end:
        pass";

const START_THREAD: &str = "\
def _start_thread(name, function, *args):
    thread = threading.Thread(target=function, args=args, name=name)
    thread.start()
    return thread";

const RUN_IN_EXECUTOR: &str = "\
def run_in_executor(pool, function, *args):
    pool = _pools[pool] if pool else None
    return asyncio.get_running_loop().run_in_executor(pool, function, *args)";

/// Writes it.
pub(super) fn write(writer: &mut Writer<'_>, scenario: &Scenario) {
    imports(writer, scenario);
    writer.blank(1);
    if writer.names.uses("time") {
        writer.line("_START = clock.monotonic()");
    }
    if !scenario.pools.is_empty() {
        let made: Vec<String> = scenario
            .pools
            .iter()
            .map(|each| format!("\"{}\": {}", each.name.text, pool(each)))
            .collect();
        writer.line(&format!("_pools = {{{}}}", made.join(", ")));
    } else if writer.names.uses("run_in_executor") {
        writer.line("_pools = {}");
    }
    for (needed, text) in [
        (writer.names.uses("time"), TIME),
        (writer.names.has_action("io"), IO),
        (writer.names.has_action("compute"), COMPUTE),
        (writer.names.has_action("start_thread"), START_THREAD),
        (writer.names.uses("run_in_executor"), RUN_IN_EXECUTOR),
    ] {
        if needed {
            writer.blank(2);
            text.lines().for_each(|line| writer.line(line));
        }
    }
    for method in LOOP_METHODS.iter().filter(|method| writer.names.uses(method)) {
        writer.blank(2);
        writer.line(&format!("def {method}(*args, **kwargs):"));
        writer.block(|writer| {
            writer.line(&format!("return asyncio.get_running_loop().{method}(*args, **kwargs)"));
        });
    }
    writer.blank(1);
}

fn imports(writer: &mut Writer<'_>, scenario: &Scenario) {
    writer.line("import asyncio");
    if !scenario.pools.is_empty() {
        writer.line("import concurrent.futures");
    }
    writer.line("import functools");
    if writer.names.has_action("io") || writer.names.has_action("start_thread") {
        writer.line("import threading");
    }
    writer.line("import time as clock");
    if writer.names.uses("ThreadLock") {
        writer.line("from threading import Lock as ThreadLock");
    }
    let own = ["time", "ctime", "run_in_executor", "ThreadLock"];
    let is_own = |name: &str| own.contains(&name) || LOOP_METHODS.contains(&name);
    let functions = vocabulary::ASYNCIO.iter().map(|known| known.name);
    let types = crate::program::exception::EXCEPTION_TYPES
        .iter()
        .filter(|ty| ty.module.starts_with("asyncio"))
        .map(|ty| ty.name);
    import_names(writer, "asyncio", functions.chain(types).filter(|name| !is_own(name)));
    import_names(writer, "random", vocabulary::SAMPLING.iter().map(|known| known.name));
    import_names(writer, "time", std::iter::once("ctime"));
}

fn import_names(writer: &mut Writer<'_>, module: &str, names: impl Iterator<Item = &'static str>) {
    let mut used: Vec<&str> = names.filter(|name| writer.names.uses(name)).collect();
    used.sort_unstable();
    used.dedup();
    if !used.is_empty() {
        writer.line(&format!("from {module} import {}", used.join(", ")));
    }
}
