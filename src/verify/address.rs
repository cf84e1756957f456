//! Addresses of objects in what a program prints.

/// What stands before an address in Python's `<object object at 0x7f12>`.
const BEFORE: &str = " at 0x";

/// Whether two texts are the same but for the addresses in them.
pub(super) fn is_same_text(mut a: &str, mut b: &str) -> bool {
    loop {
        let (Some(in_a), Some(in_b)) = (a.find(BEFORE), b.find(BEFORE)) else { return a == b };
        if in_a != in_b || a[..in_a] != b[..in_b] {
            return false;
        }
        (a, b) = (behind_address(&a[in_a..]), behind_address(&b[in_b..]));
    }
}

fn behind_address(text: &str) -> &str {
    let digits = &text[BEFORE.len()..];
    digits.trim_start_matches(|digit: char| digit.is_ascii_hexdigit())
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
}
