//! How a primitive is called: after what the line that makes it assigns it to. Only for those who
//! look at a run; nothing depends on it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::interpreter::world::World;

/// How many primitives each line has made, by file and line.
#[derive(Debug, Default)]
pub(in crate::interpreter) struct Names(RefCell<BTreeMap<(u32, u32), usize>>);

/// The name of an object of type `kind` that is made now; empty if the line does not tell.
pub(super) fn name_of(world: &World, kind: &str) -> String {
    let Some(site) = world.site(world.cx.current_site()) else { return String::new() };
    let Some(source) = world.source(site.source) else { return String::new() };
    let mut counts = world.primitive_names.0.borrow_mut();
    let count = counts.entry((site.source, site.line)).or_default();
    let before = *count;
    *count += 1;
    drop(counts);
    named(source.line(site.line), kind, before)
}

/// The name that a line gives to the object of type `kind` that it makes when it has made so many
/// before.
fn named(line: &str, kind: &str, before: usize) -> String {
    let call = format!("{kind}(");
    let Some(at) = line.find(&call) else { return String::new() };
    let left = line[..at].trim_end_matches("asyncio.").trim_end();
    let left = left.trim_end_matches(['"', '\'']).trim_end();
    let (left, in_list) = match left.strip_suffix(['[', '(']) {
        Some(left) => (left.trim_end().trim_end_matches(['"', '\'']).trim_end(), true),
        None => (left, false),
    };
    let Some(target) = left.strip_suffix('=') else { return String::new() };
    let target = target.trim_end();
    // `name: type = …`, or a step of a scenario: `do = "name = …"`.
    let target = target.split_once(": ").map_or(target, |(name, _)| name).trim_end();
    let several: Vec<&str> = target.split(',').collect();
    let (one, before) = match several.get(before) {
        Some(one) if several.len() > 1 => (*one, 0),
        _ => (target, before),
    };
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let start = one.rfind(|c: char| !is_part(c)).map_or(0, |end| end + 1);
    let name = one.get(start..).unwrap_or_default();
    match (name, in_list, before) {
        ("", ..) => String::new(),
        (_, true, _) => format!("{name}[{before}]"),
        (_, false, 0) => name.to_owned(),
        (_, false, _) => format!("{name} #{}", before + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_primitive_is_called_what_it_is_assigned_to() {
        let cases = [
            ("lock = \"Lock()\"", "Lock", 0, "lock"),
            ("    lock = asyncio.Lock()", "Lock", 0, "lock"),
            ("    lock = asyncio.Lock()", "Lock", 1, "lock #2"),
            ("        self.lock = asyncio.Lock()", "Lock", 0, "self.lock"),
            ("jobs: asyncio.Queue[int] = asyncio.Queue(maxsize=2)", "Queue", 0, "jobs"),
            ("  { do = \"e = Event()\" },", "Event", 0, "e"),
            ("a, b = Lock(), Lock()", "Lock", 1, "b"),
            ("forks = [asyncio.Lock() for _ in range(5)]", "Lock", 3, "forks[3]"),
            ("forks = \"[Lock() for _ in range(5)]\"", "Lock", 1, "forks[1]"),
            ("await work(asyncio.Lock())", "Lock", 0, ""),
            ("return Lock()", "Lock", 0, ""),
        ];
        for (line, kind, before, wanted) in cases {
            assert_eq!(named(line, kind, before), wanted, "{line}");
        }
    }
}
