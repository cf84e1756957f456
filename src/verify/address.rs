//! What of a printed text depends on the machine: addresses of objects, and where asyncio's own
//! files lie.

/// What stands before an address in Python's `<object object at 0x7f12>`.
const ADDRESS: &str = " at 0x";
/// What stands before a place in a coroutine's or a task's text.
const PLACES: [&str; 2] = [" running at ", " defined at "];
/// How a place in asyncio is shown here.
const ASYNCIO: &str = "<asyncio>";

/// Whether two texts are the same but for what depends on the machine.
pub(super) fn is_same_text(a: &str, b: &str) -> bool {
    a == b || without_machine(a) == without_machine(b)
}

fn without_machine(text: &str) -> String {
    PLACES.iter().fold(without_addresses(text), |text, before| without_places(&text, before))
}

fn without_addresses(text: &str) -> String {
    let mut parts = text.split(ADDRESS);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(ADDRESS);
        kept.push_str(part.trim_start_matches(|digit: char| digit.is_ascii_hexdigit()));
    }
    kept
}

/// `/usr/lib/python3.14/asyncio/tasks.py:716` is a place in asyncio, wherever it is installed.
fn without_places(text: &str, before: &str) -> String {
    let mut parts = text.split(before);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(before);
        let end = part.find([' ', '>', ',']).unwrap_or(part.len());
        let is_asyncio = part[..end].contains("/asyncio/") && part[..end].contains(".py:");
        if is_asyncio {
            kept.push_str(ASYNCIO);
        }
        kept.push_str(if is_asyncio { &part[end..] } else { part });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::is_same_text;

    #[test]
    fn only_addresses_may_differ() {
        assert!(is_same_text("<a at 0x7f10> <b at 0x1>", "<a at 0x12> <b at 0xffff>"));
        assert!(is_same_text("plain", "plain"));
        assert!(!is_same_text("<a at 0x10>", "<b at 0x10>"));
        assert!(!is_same_text("<a at 0x10> x", "<a at 0x20> y"));
        assert!(!is_same_text("<a at 0x10>", "<a>"));
        assert!(!is_same_text("0x10", "0x11"), "a number that is printed is no address");
    }

    #[test]
    fn asyncio_may_lie_anywhere() {
        let here = "<Task pending name='n' coro=<sleep() running at <asyncio>> cb=[x()]>";
        let there = "<Task pending name='n' coro=<sleep() running at \
                     /usr/lib/python3.14/asyncio/tasks.py:716> cb=[x()]>";
        assert!(is_same_text(here, there));
        assert!(!is_same_text(here, &there.replace("/asyncio/", "/own/")));
        assert!(!is_same_text("f() running at a.py:3", "f() running at a.py:4"));
    }
}
