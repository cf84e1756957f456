//! The actions of steps, their modifiers, and what people write instead.

/// An action, with the keys that may stand beside it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ActionKey {
    pub(super) name: &'static str,
    /// What may stand beside it.
    pub(super) modifiers: &'static [&'static str],
    /// Whether a step of that kind awaits, which a function cannot do.
    pub(super) awaits: bool,
    pub(super) example: &'static str,
}

const fn key(
    name: &'static str,
    modifiers: &'static [&'static str],
    example: &'static str,
) -> ActionKey {
    ActionKey { name, modifiers, awaits: false, example }
}

const fn awaiting(
    name: &'static str,
    modifiers: &'static [&'static str],
    example: &'static str,
) -> ActionKey {
    ActionKey { name, modifiers, awaits: true, example }
}

/// All actions.
pub(super) const ACTIONS: [ActionKey; 26] = [
    key("print", &[], "{ print = \"Number: {i}\" }"),
    awaiting("sleep", &["as"], "{ sleep = 1 }"),
    awaiting(
        "io",
        &["jitter", "result", "raises", "as"],
        "{ io = 0.5, result = \"42\", as = \"reply\" }",
    ),
    key("block", &[], "{ block = 2 }"),
    key("compute", &[], "{ compute = 2 }"),
    awaiting("await", &["as"], "{ await = \"fetch(1)\", as = \"reply\" }"),
    key("create_task", &["as", "name", "in"], "{ create_task = \"fetch(1)\", as = \"t1\" }"),
    awaiting(
        "gather",
        &["as", "return_exceptions"],
        "{ gather = [\"a()\", \"b()\"], as = \"results\" }",
    ),
    awaiting(
        "run_in_executor",
        &["pool", "as"],
        "{ run_in_executor = \"crunch(10)\", pool = \"crunch\", as = \"total\" }",
    ),
    awaiting("to_thread", &["as"], "{ to_thread = \"crunch(10)\", as = \"total\" }"),
    awaiting("with", &["as", "steps"], "{ with = \"lock\", steps = [{ sleep = 1 }] }"),
    key("do", &[], "{ do = \"counter += 1\" }"),
    key("if", &["steps", "else"], "{ if = \"i > 2\", steps = [{ print = \"big\" }] }"),
    key("for", &["steps", "else"], "{ for = \"i in range(3)\", steps = [{ print = \"{i}\" }] }"),
    key("while", &["steps", "else"], "{ while = \"not done\", steps = [{ sleep = 1 }] }"),
    key("break", &[], "{ break = true }"),
    key("continue", &[], "{ continue = true }"),
    key("return", &[], "{ return = \"total * 2\" }"),
    key("raise", &[], "{ raise = \"ValueError('too big')\" }"),
    key("assert", &["message"], "{ assert = \"counter == 2\", message = \"lost an update\" }"),
    key("pass", &[], "{ pass = true }"),
    key(
        "try",
        &["except", "else", "finally"],
        "{ try = [{ await = \"fetch(1)\" }], except = [{ type = \"TimeoutError\", steps = [{ pass = true }] }] }",
    ),
    key("start_thread", &["as", "name"], "{ start_thread = \"count(10)\", as = \"t\" }"),
    key("join", &[], "{ join = \"t\" }"),
    key("call_soon", &["as"], "{ call_soon = \"callback(1)\" }"),
    key("call_later", &["delay", "as"], "{ call_later = \"callback(1)\", delay = 2 }"),
];

/// The action of that name.
pub(super) fn action(name: &str) -> Option<&'static ActionKey> {
    ACTIONS.iter().find(|action| action.name == name)
}

/// The actions that take a modifier.
pub(super) fn takers(modifier: &str) -> Vec<&'static str> {
    let takes = |action: &&ActionKey| action.modifiers.contains(&modifier);
    ACTIONS.iter().filter(takes).map(|action| action.name).collect()
}

/// Names of all actions.
pub(super) fn names() -> Vec<&'static str> {
    ACTIONS.iter().map(|action| action.name).collect()
}

/// What to write instead of a key that is none, though people expect it to be.
pub(super) fn instead_of(key: &str) -> Option<&'static str> {
    Some(match key {
        "elif" => "put an `if` into `else`: else = [{ if = \"i > 1\", steps = […] }]",
        "timeout" | "timeout_at" => {
            "enter it: { with = \"timeout(1)\", steps = […] }, or { await = \"wait_for(fetch(1), 1)\" }"
        }
        "wait_for" | "wait" | "shield" | "as_completed" => {
            "await the call: { await = \"wait_for(fetch(1), 0.5)\" }"
        }
        "async_with" | "async with" | "lock" | "acquire" => {
            "enter it: { with = \"lock\", steps = [{ sleep = 1 }] }"
        }
        "async_for" | "async for" => {
            "await the items one by one: { for = \"i in range(3)\", steps = [{ await = \"jobs.get()\", as = \"job\" }] }"
        }
        "task_group" | "TaskGroup" => {
            "enter it: { with = \"TaskGroup()\", as = \"tg\", steps = [{ create_task = \"fetch(1)\", in = \"tg\" }] }"
        }
        "call" | "run" | "exec" | "eval" | "set" | "let" | "assign" | "expr" => {
            "a simple Python statement: { do = \"total = f(1)\" }; a coroutine: { await = \"fetch(1)\" }"
        }
        "spawn" | "task" | "ensure_future" | "start" => {
            "create it: { create_task = \"fetch(1)\", as = \"t1\" }"
        }
        "cancel" => "call the task's method: { do = \"t1.cancel()\" }",
        "log" | "echo" | "puts" | "say" | "output" => "print it: { print = \"Number: {i}\" }",
        "delay" | "wait_seconds" | "pause" => "let time pass: { sleep = 1 }",
        "switch" | "match" | "case" => {
            "ask one by one: { if = \"kind == 'a'\", steps = […], else = […] }"
        }
        "then" | "body" | "do_steps" => "the steps inside are in `steps`",
        "catch" | "rescue" => {
            "as in Python: except = [{ type = \"ValueError\", as = \"e\", steps = […] }]"
        }
        "throw" => "as in Python: { raise = \"ValueError('too big')\" }",
        "yield" => {
            "generators are not steps: collect the values in a list, or put them on a Queue()"
        }
        "def" | "function" | "lambda" => "functions have sections of their own: [functions.NAME]",
        _ => return None,
    })
}
