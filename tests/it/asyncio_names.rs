//! What `asyncio` has, as `CPython` lists it, is here or is refused with a reason. So are the
//! methods of its objects.
//!
//! The fixture is what `dir()` said on the versions that it names.

use std::fs;

use loopsim::program::vocabulary::asyncio::{NAMES, REFUSED, refused_of_loop};

use crate::sim;

/// The names of an object, by version and object.
fn recorded() -> Vec<(String, String, Vec<String>)> {
    let text = fs::read_to_string(sim::root().join("tests/fixtures/asyncio_names.txt")).unwrap();
    let (mut version, mut found) = (String::new(), Vec::new());
    for line in text.lines() {
        if let Some(full) = line.strip_prefix("# ") {
            let (minor, _) = full.rsplit_once('.').unwrap();
            minor.clone_into(&mut version);
        } else if let Some((object, names)) = line.split_once(": ") {
            let names = names.split(' ').map(str::to_owned).collect();
            found.push((version.clone(), object.to_owned(), names));
        }
    }
    found
}

#[test]
fn every_public_name_is_there_or_refused_with_a_reason() {
    for (version, _, names) in recorded().iter().filter(|(_, object, _)| object == "asyncio") {
        assert!(names.len() > 90, "{version}");
        for name in names {
            let refused = REFUSED.iter().find(|(refused, _)| refused == name);
            let is_there = NAMES.contains(&name.as_str());
            assert!(is_there != refused.is_some(), "{version}: {name} must be one of the two");
            assert!(refused.is_none_or(|(_, why)| !why.is_empty()), "{name}");
        }
    }
}

/// How a program gets an object whose methods are asked for.
const OBJECTS: &[(&str, &str)] = &[
    ("AbstractEventLoop", "asyncio.get_running_loop()"),
    ("Barrier", "asyncio.Barrier(1)"),
    ("BoundedSemaphore", "asyncio.BoundedSemaphore()"),
    ("Condition", "asyncio.Condition()"),
    ("Event", "asyncio.Event()"),
    ("Future", "asyncio.Future()"),
    ("Handle", "asyncio.get_running_loop().call_soon(print)"),
    ("LifoQueue", "asyncio.LifoQueue()"),
    ("Lock", "asyncio.Lock()"),
    ("PriorityQueue", "asyncio.PriorityQueue()"),
    ("Queue", "asyncio.Queue()"),
    ("Runner", "asyncio.Runner()"),
    ("Semaphore", "asyncio.Semaphore()"),
    ("Server", "await asyncio.start_server(print)"),
    ("StreamReader", "asyncio.StreamReader()"),
    ("StreamWriter", "asyncio.StreamWriter(None, None, None, None)"),
    ("Task", "asyncio.current_task()"),
    ("TaskGroup", "asyncio.TaskGroup()"),
    ("TimerHandle", "asyncio.get_running_loop().call_later(0, print)"),
    ("Timeout", "asyncio.timeout(None)"),
];

#[test]
fn every_method_is_there_or_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut asked = 0;
    for version in ["3.14", "3.15"] {
        let mut program = String::from("import asyncio\n\nasync def main():\n");
        for (_, object, names) in recorded().iter().filter(|(of, ..)| of == version) {
            if object == "asyncio" {
                continue;
            }
            let made = OBJECTS.iter().find(|(name, _)| name == object);
            let (_, made) = made.unwrap_or_else(|| panic!("how is {object} made?"));
            program.push_str(&format!("    it = {made}\n"));
            let is_loop = object == "AbstractEventLoop";
            for name in names.iter().filter(|name| !is_loop || refused_of_loop(name).is_none()) {
                asked += 1;
                program.push_str(&format!("    assert hasattr(it, '{name}'), '{object}.{name}'\n"));
            }
        }
        program.push_str("    print('all there')\n\nasyncio.run(main())\n");
        fs::write(folder.path().join("names.py"), program).unwrap();
        let ran = sim::run(folder.path(), &["run", "--python-version", version, "names.py"]);
        assert!(ran.stdout.contains("all there"), "{version}: {}{}", ran.stdout, ran.stderr);
    }
    assert!(asked > 250, "{asked}");
}
