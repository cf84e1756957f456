use super::Evaluator;
use crate::program::value::heap;

#[track_caller]
fn check(code: &str, expected: &str) {
    check_within(1 << 26, code, expected);
}

/// With so much memory, in bytes.
#[track_caller]
fn check_within(memory: u64, code: &str, expected: &str) {
    heap::begin(memory);
    assert_eq!(Evaluator::new().outcome(code), expected, "{code}");
    heap::begin(u64::MAX);
}

#[test]
fn what_would_fill_memory_is_stopped() {
    for code in [
        "10**10**10",
        "[0] * 10**12",
        "'x' * 10**12",
        "'xy' * 10**12",
        "(1, 2) * 10**12",
        "b'x' * 10**12",
        "list(range(10**9))",
        "set(range(10**9))",
        "tuple(range(10**9))",
        "sorted(range(10**9))",
        "1 << 10**12",
        "2 ** 10**12",
        "'x'.ljust(10**12)",
        "'x'.zfill(10**12)",
        "format(1, '1000000000000')",
        "'%1000000000d' % 1 * 1000",
        "f'{1.5:.1000000000f}' * 1000",
        "'a'.replace('', 'x' * 10**6 ) * 10**6",
        "('a' * 10**6).replace('a', 'b' * 10**6)",
        "bytes(10**12)",
        "(1).to_bytes(10**12)",
        "x = [0] * 1000000 ; [x.extend(x) for i in range(100)]",
        "x = 'ab' ; x = [x := x + x for i in range(100)]",
        "x = 3 ; [x := x * x for i in range(100)]",
        "x = [1] ; x *= 10**12",
        "', '.join(['x' * 10**6] * 10**6)",
        "pow(2, 10**30)",
        "getrandbits(10**12)",
        "[*range(10**9)]",
        "'\\t'.expandtabs(10**12)",
        "dict.fromkeys(range(10**9))",
    ] {
        // Little memory is soon full.
        check_within(1 << 20, code, "limit memory");
    }
}

#[test]
fn deep_nesting_is_a_recursion_error() {
    let error = "RecursionError: maximum recursion depth exceeded";
    check(
        "x = [] ; x = [x := [x] for i in range(5000)][-1] ; repr(x)",
        &format!("{error} while getting the repr of an object"),
    );
    check("x = () ; x = [x := (x,) for i in range(5000)][-1] ; hash(x)", error);
    check(
        "x = y = () ; x = [x := (x,) for i in range(5000)][-1] ; y = [y := (y,) for i in range(5000)][-1] ; x == y",
        &format!("{error} in comparison"),
    );
}

#[test]
fn long_chains_are_dropped() {
    check("x = [] ; x = [x := [x] for i in range(200000)][-1] ; len(x)", "1");
    check("x = () ; x = [x := (x,) for i in range(200000)][-1] ; len(x)", "1");
    check("x = {} ; x = [x := {1: x} for i in range(200000)][-1] ; len(x)", "1");
    check("x = iter([]) ; x = [x := enumerate(x) for i in range(200000)][-1] ; 1", "1");
    check("x = iter([]) ; x = [x := zip(x, x) for i in range(200000)][-1] ; 1", "1");
    check("x = None ; x = [x := ValueError(x) for i in range(200000)][-1] ; 1", "1");
}

#[test]
fn what_is_dropped_is_not_counted_any_more() {
    let before = heap::live();
    drop(Evaluator::new().outcome(
        "x = [str(i) * 5 for i in range(1000)] ; d = {i: (i, [i], {i}, 2**70) for i in x} if 0 \
         else dict.fromkeys(x, (1, 2, 3, 4)) ; x.append(d) ; d['y'] = x[:] ; s = set(x[:9]) ; \
         x.clear() ; d.clear() ; s |= {1, 2} ; b'abc' * 100",
    ));
    assert_eq!(heap::live(), before);
}
