//! Modules that a simulated program cannot import, and what it can do instead.

const FILES: &str = "a simulated program cannot reach files; model the wait with `time.sleep` (blocking) or \
     `asyncio.sleep`, and keep the data in the program";
const NETWORK: &str = "a simulated program cannot reach the network; model a request with `await asyncio.sleep(delay)`, \
     or use asyncio's streams, which are simulated";
const PROCESSES: &str = "a simulated program cannot start other programs; model the wait with \
     `await asyncio.sleep(delay)`";
const DATABASE: &str =
    "a simulated program cannot reach a database; model a query with `await asyncio.sleep(delay)`";
const EVENT_LOOPS: &str = "only asyncio is simulated; write the program with asyncio's functions";
const LOOP_ITSELF: &str =
    "the event loop is simulated itself; leave this out, `asyncio.run(main())` is enough";
const MACHINE: &str =
    "a simulated program does not see the machine it runs on; keep such values in the program";
const ARRAYS: &str = "only the standard library is simulated; use lists, `math` and `statistics`";
const TESTING: &str =
    "tests are not run here; write `assert` in the program, or `[expect]` in a scenario";
const CODE: &str = "a simulated program cannot look at or make code while it runs";
const SERVERS: &str = "a simulated program cannot serve the network; model a server with asyncio's streams \
     (`asyncio.start_server`), which are simulated, or with a queue";
const OUTPUT: &str = "the output of a program is plain lines; use `print`";

/// The modules, with the reason.
pub(super) const REFUSED_MODULES: &[(&str, &str)] = &[
    ("aiofiles", FILES),
    ("aiohttp", NETWORK),
    ("aiomysql", DATABASE),
    ("aiopg", DATABASE),
    ("aioredis", DATABASE),
    ("aiosqlite", DATABASE),
    ("anyio", EVENT_LOOPS),
    ("argparse", "a simulated program has no command line to parse; set the values in the program"),
    ("ast", CODE),
    ("asyncpg", DATABASE),
    ("builtins", "the builtins are there without an import"),
    ("code", CODE),
    ("configparser", FILES),
    ("cProfile", "real time is not measured here; look at the timeline with `sim view`"),
    ("csv", "a simulated program cannot reach files; use `str.split` and `str.join`"),
    ("ctypes", MACHINE),
    ("curio", EVENT_LOOPS),
    ("curses", OUTPUT),
    ("decimal", "decimal numbers are not simulated; use `fractions.Fraction` or whole numbers"),
    ("dis", CODE),
    ("django", SERVERS),
    ("doctest", TESTING),
    ("email", NETWORK),
    ("faulthandler", "a report of a simulated program shows where every task is; use `sim why`"),
    ("fastapi", SERVERS),
    ("fcntl", FILES),
    ("fileinput", FILES),
    ("flask", SERVERS),
    ("ftplib", NETWORK),
    ("getpass", "a simulated program cannot read from the terminal"),
    ("gevent", EVENT_LOOPS),
    ("glob", FILES),
    ("greenlet", EVENT_LOOPS),
    ("grequests", NETWORK),
    ("gzip", FILES),
    ("http", NETWORK),
    ("httpx", NETWORK),
    ("imaplib", NETWORK),
    ("imp", CODE),
    ("importlib", CODE),
    ("linecache", FILES),
    ("locale", MACHINE),
    ("marshal", CODE),
    ("matplotlib", OUTPUT),
    ("mmap", FILES),
    ("motor", DATABASE),
    (
        "multiprocessing",
        "processes are simulated through `concurrent.futures.ProcessPoolExecutor`; use that with \
         `loop.run_in_executor`",
    ),
    ("nest_asyncio", LOOP_ITSELF),
    ("numpy", ARRAYS),
    ("os.path", FILES),
    ("pandas", ARRAYS),
    ("pathlib", FILES),
    ("pdb", "a simulated program has no debugger; step through its trace with `sim view`"),
    ("pickle", FILES),
    ("platform", MACHINE),
    ("poplib", NETWORK),
    ("pprofile", "real time is not measured here; look at the timeline with `sim view`"),
    ("profile", "real time is not measured here; look at the timeline with `sim view`"),
    ("psutil", MACHINE),
    ("psycopg", DATABASE),
    ("psycopg2", DATABASE),
    ("pymongo", DATABASE),
    ("pytest", TESTING),
    ("redis", DATABASE),
    ("requests", NETWORK),
    ("resource", MACHINE),
    ("rich", OUTPUT),
    ("runpy", CODE),
    ("sched", "use the event loop's `call_later` and `call_at`"),
    (
        "secrets",
        "random numbers come from the run's seed, so that a run can be repeated; use `random`",
    ),
    ("select", NETWORK),
    ("selectors", NETWORK),
    ("shelve", FILES),
    ("shlex", PROCESSES),
    ("shutil", FILES),
    (
        "signal",
        "a simulated program gets no signals; cancel its tasks instead, for instance with `call_later`",
    ),
    ("smtplib", NETWORK),
    ("socket", NETWORK),
    ("socketserver", SERVERS),
    ("sqlalchemy", DATABASE),
    ("sqlite3", DATABASE),
    ("ssl", NETWORK),
    ("subprocess", PROCESSES),
    ("sysconfig", MACHINE),
    ("syslog", MACHINE),
    ("tarfile", FILES),
    ("telnetlib", NETWORK),
    ("tempfile", FILES),
    ("termios", MACHINE),
    (
        "timeit",
        "real time is not measured here; the virtual clock is read with `time.perf_counter`",
    ),
    ("tkinter", OUTPUT),
    ("tornado", EVENT_LOOPS),
    ("tqdm", OUTPUT),
    ("tracemalloc", MACHINE),
    ("trio", EVENT_LOOPS),
    ("tty", MACHINE),
    ("twisted", EVENT_LOOPS),
    ("unittest", TESTING),
    ("urllib", NETWORK),
    ("urllib3", NETWORK),
    ("uvicorn", SERVERS),
    ("uvloop", LOOP_ITSELF),
    ("websockets", NETWORK),
    ("winloop", LOOP_ITSELF),
    ("xml", FILES),
    ("xmlrpc", NETWORK),
    ("zipfile", FILES),
    ("zlib", FILES),
    ("zmq", NETWORK),
    ("zoneinfo", "a simulated program knows no time zones; use `datetime.timezone`"),
];
