//! The module `asyncio`: what of it is there, and what is refused and why.

/// What of `asyncio` is in modules of their own, written in Python: these, with what is in each.
pub const PARTS: &[(&str, &[&str])] =
    &[("_asyncio_streams", STREAMS), ("_asyncio_threads", THREADS)];

/// The module, written in Python, of the primitives that a program can derive classes from.
pub const SUBCLASSED: (&str, &[&str]) = (
    "_asyncio_subclassed",
    &[
        "Barrier",
        "BoundedSemaphore",
        "Condition",
        "Event",
        "LifoQueue",
        "Lock",
        "PriorityQueue",
        "Queue",
        "Semaphore",
    ],
);

/// What `asyncio` shares with threads.
pub const THREADS: &[&str] = &["run_coroutine_threadsafe", "wrap_future"];

/// Streams.
pub const STREAMS: &[&str] =
    &["Server", "StreamReader", "StreamWriter", "open_connection", "start_server"];

/// What a program can use of `asyncio`. The last ones are the modules that it is made of.
pub const NAMES: &[&str] = &[
    "ALL_COMPLETED",
    "AbstractEventLoop",
    "Barrier",
    "BaseEventLoop",
    "BoundedSemaphore",
    "BrokenBarrierError",
    "CancelledError",
    "Condition",
    "Event",
    "EventLoop",
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "Future",
    "Handle",
    "IncompleteReadError",
    "InvalidStateError",
    "LifoQueue",
    "LimitOverrunError",
    "Lock",
    "PriorityQueue",
    "Queue",
    "QueueEmpty",
    "QueueFull",
    "QueueShutDown",
    "Runner",
    "SelectorEventLoop",
    "Semaphore",
    "SendfileNotAvailableError",
    "Server",
    "StreamReader",
    "StreamWriter",
    "Task",
    "TaskGroup",
    "Timeout",
    "TimeoutError",
    "TimerHandle",
    "_get_running_loop",
    "all_tasks",
    "as_completed",
    "base_events",
    "coroutines",
    "create_task",
    "current_task",
    "eager_task_factory",
    "ensure_future",
    "events",
    "exceptions",
    "futures",
    "gather",
    "get_event_loop",
    "get_running_loop",
    "iscoroutine",
    "iscoroutinefunction",
    "isfuture",
    "locks",
    "new_event_loop",
    "open_connection",
    "queues",
    "run",
    "run_coroutine_threadsafe",
    "runners",
    "set_event_loop",
    "shield",
    "sleep",
    "start_server",
    "streams",
    "taskgroups",
    "tasks",
    "threads",
    "timeout",
    "timeout_at",
    "timeouts",
    "to_thread",
    "wait",
    "wait_for",
    "wrap_future",
];

const SOCKETS: &str = "a simulated program has no sockets; model the wait with `await \
                       asyncio.sleep(…)`, or connect its coroutines with `asyncio.start_server` and \
                       `asyncio.open_connection`, which are simulated";
const PROCESSES: &str = "a simulated program starts no processes of the machine; model one with a \
                         coroutine, or its work with a ProcessPoolExecutor";
const SIGNALS: &str = "no signal reaches a simulated program; call what the handler would do with \
                       `loop.call_later(…)`";
const FILES: &str = "a simulated program has no file descriptors; a `loop.call_later(…)` can stand \
                     for the moment when one is ready";
const PROTOCOLS: &str = "transports and protocols are not simulated; use streams";
const POLICIES: &str = "there is one loop, and it is simulated; `asyncio.run` needs no policy";
const GRAPH: &str = "the trace has who waits for whom; see `sim view` and `sim why`";
const INTERNAL: &str = "tasks are registered by the simulated loop itself";

/// What is refused of `asyncio`: the name, and what to use instead.
pub const REFUSED: &[(&str, &str)] = &[
    ("AbstractServer", SOCKETS),
    ("BaseProtocol", PROTOCOLS),
    ("BaseTransport", PROTOCOLS),
    ("BufferedProtocol", PROTOCOLS),
    ("DatagramProtocol", PROTOCOLS),
    ("DatagramTransport", PROTOCOLS),
    ("DefaultEventLoopPolicy", POLICIES),
    ("FrameCallGraphEntry", GRAPH),
    ("FutureCallGraph", GRAPH),
    ("Protocol", PROTOCOLS),
    ("ReadTransport", PROTOCOLS),
    ("StreamReaderProtocol", PROTOCOLS),
    ("SubprocessProtocol", PROCESSES),
    ("SubprocessTransport", PROCESSES),
    ("Transport", PROTOCOLS),
    ("WindowsSelectorEventLoopPolicy", POLICIES),
    ("WriteTransport", PROTOCOLS),
    ("_enter_task", INTERNAL),
    ("_leave_task", INTERNAL),
    ("_register_task", INTERNAL),
    ("_set_running_loop", INTERNAL),
    ("_unregister_task", INTERNAL),
    ("capture_call_graph", GRAPH),
    ("create_eager_task_factory", "use `asyncio.eager_task_factory`"),
    ("create_subprocess_exec", PROCESSES),
    ("create_subprocess_shell", PROCESSES),
    ("format_call_graph", GRAPH),
    ("future_add_to_awaited_by", GRAPH),
    ("future_discard_from_awaited_by", GRAPH),
    ("get_event_loop_policy", POLICIES),
    ("open_unix_connection", SOCKETS),
    ("print_call_graph", GRAPH),
    ("set_event_loop_policy", POLICIES),
    ("start_unix_server", SOCKETS),
    ("subprocess", PROCESSES),
];

/// What is refused of a loop: the method, and what to use instead.
const REFUSED_OF_LOOP: &[(&str, &str)] = &[
    ("add_reader", FILES),
    ("add_signal_handler", SIGNALS),
    ("add_writer", FILES),
    ("connect_accepted_socket", SOCKETS),
    ("connect_read_pipe", FILES),
    ("connect_write_pipe", FILES),
    ("create_connection", SOCKETS),
    ("create_datagram_endpoint", SOCKETS),
    ("create_server", SOCKETS),
    ("create_unix_connection", SOCKETS),
    ("create_unix_server", SOCKETS),
    ("getaddrinfo", SOCKETS),
    ("getnameinfo", SOCKETS),
    ("remove_reader", FILES),
    ("remove_signal_handler", SIGNALS),
    ("remove_writer", FILES),
    ("sendfile", SOCKETS),
    ("sock_accept", SOCKETS),
    ("sock_connect", SOCKETS),
    ("sock_recv", SOCKETS),
    ("sock_recv_into", SOCKETS),
    ("sock_recvfrom", SOCKETS),
    ("sock_recvfrom_into", SOCKETS),
    ("sock_sendall", SOCKETS),
    ("sock_sendfile", SOCKETS),
    ("sock_sendto", SOCKETS),
    ("start_tls", SOCKETS),
    ("subprocess_exec", PROCESSES),
    ("subprocess_shell", PROCESSES),
];

/// Why a loop does not have that method, if CPython's has it.
pub fn refused_of_loop(name: &str) -> Option<&'static str> {
    REFUSED_OF_LOOP.iter().find(|(refused, _)| *refused == name).map(|(_, why)| *why)
}
