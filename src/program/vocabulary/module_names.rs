//! The names of the modules.

pub(super) const BISECT: &[&str] =
    &["bisect", "bisect_left", "bisect_right", "insort", "insort_left", "insort_right"];

pub(super) const HEAPQ_NATIVE: &[&str] = &[
    "heapify", "heapify_max", "heappop", "heappop_max", "heappush", "heappush_max", "heappushpop",
    "heappushpop_max", "heapreplace", "heapreplace_max",
];

pub(super) const OPERATOR: &[&str] = &[
    "abs", "add", "and_", "attrgetter", "call", "concat", "contains", "countOf", "delitem", "eq",
    "floordiv", "ge", "getitem", "gt", "iadd", "iand", "iconcat", "ifloordiv", "ilshift", "imod",
    "imul", "index", "indexOf", "inv", "invert", "ior", "ipow", "irshift", "is_", "is_none",
    "is_not", "is_not_none", "isub", "itemgetter", "itruediv", "ixor", "le", "length_hint",
    "lshift", "lt", "matmul", "methodcaller", "mod", "mul", "ne", "neg", "not_", "or_", "pos",
    "pow", "rshift", "setitem", "sub", "truediv", "truth", "xor",
];

pub(super) const ITERTOOLS: &[&str] = &[
    "accumulate", "batched", "chain", "combinations", "combinations_with_replacement", "compress",
    "count", "cycle", "dropwhile", "filterfalse", "groupby", "islice", "pairwise", "permutations",
    "product", "repeat", "starmap", "takewhile", "tee", "zip_longest",
];

pub(super) const MATH: &[&str] = &[
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cbrt",
    "ceil",
    "comb",
    "copysign",
    "cos",
    "cosh",
    "degrees",
    "dist",
    "e",
    "erf",
    "erfc",
    "exp",
    "exp2",
    "expm1",
    "fabs",
    "factorial",
    "floor",
    "fma",
    "fmod",
    "frexp",
    "fsum",
    "gamma",
    "gcd",
    "hypot",
    "inf",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "isqrt",
    "lcm",
    "ldexp",
    "lgamma",
    "log",
    "log10",
    "log1p",
    "log2",
    "modf",
    "nan",
    "nextafter",
    "perm",
    "pi",
    "pow",
    "prod",
    "radians",
    "remainder",
    "sin",
    "sinh",
    "sqrt",
    "sumprod",
    "tan",
    "tanh",
    "tau",
    "trunc",
    "ulp",
];

pub(super) const RANDOM: &[&str] = &[
    "Random",
    "betavariate",
    "choice",
    "choices",
    "expovariate",
    "gammavariate",
    "gauss",
    "getrandbits",
    "getstate",
    "lognormvariate",
    "normalvariate",
    "paretovariate",
    "randbytes",
    "randint",
    "random",
    "randrange",
    "sample",
    "seed",
    "setstate",
    "shuffle",
    "triangular",
    "uniform",
    "vonmisesvariate",
    "weibullvariate",
];

pub(super) const RANDOM_REFUSED: &[(&str, &str)] = &[
    ("SystemRandom", "random numbers come from the run's seed; use `random.Random`"),
    ("binomialvariate", "it is not simulated; use `sum(random.random() < p for _ in range(n))`"),
];

pub(super) const TIME: &[&str] = &[
    "altzone",
    "ctime",
    "daylight",
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "sleep",
    "time",
    "time_ns",
    "timezone",
    "tzname",
];

const CPU_TIME: &str =
    "what a program computes takes no virtual time by itself; use `time.perf_counter`";
const OWN_CLOCK: &str = "there is one virtual clock; use `time.monotonic` or `time.time`";

pub(super) const TIME_REFUSED: &[(&str, &str)] = &[
    ("CLOCK_MONOTONIC", OWN_CLOCK),
    ("CLOCK_REALTIME", OWN_CLOCK),
    ("clock_gettime", OWN_CLOCK),
    ("clock_gettime_ns", OWN_CLOCK),
    ("clock_settime", "the virtual clock cannot be set; `--epoch` says when a run begins"),
    ("get_clock_info", OWN_CLOCK),
    ("process_time", CPU_TIME),
    ("process_time_ns", CPU_TIME),
    ("thread_time", CPU_TIME),
    ("thread_time_ns", CPU_TIME),
    ("tzset", "a simulated program sees UTC"),
];
