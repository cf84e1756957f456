from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor, Future, InvalidStateError
import concurrent.futures


def attempt(label, function, *args, **kwargs):
    try:
        print(label, function(*args, **kwargs))
    except BaseException as error:
        print(label, type(error).__name__, error)


if __name__ == "__main__":
    attempt("zero", ThreadPoolExecutor, 0)
    attempt("negative", ThreadPoolExecutor, -1)
    attempt("process zero", ProcessPoolExecutor, 0)
    attempt("text", ThreadPoolExecutor, "x")
    attempt("initializer", ThreadPoolExecutor, 1, initializer=3)
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    attempt("after shutdown", pool.submit, print)
    attempt("map after shutdown", pool.map, print, [1])
    pool.shutdown()
    attempt("wait for", concurrent.futures.wait, [Future()], 0.01, "SOMETIME")
    pool = ThreadPoolExecutor(1)
    attempt("no function", pool.submit)
    attempt("not callable", pool.submit(3).result)
    pool.shutdown()
    attempt("context", concurrent.futures.Executor().submit, print)
    f = Future()
    attempt("running", f.set_running_or_notify_cancel)
    attempt("set", f.set_result, 1)
    try:
        f.set_result(2)
    except InvalidStateError as error:
        print(str(error).split(":")[0], type(error).__mro__[1].__name__)
    attempt("cancelled", f.cancel)
    attempt("result", f.result)
    attempt("exception", f.exception)
    g = Future()
    attempt("cancel", g.cancel)
    attempt("cancel again", g.cancel)
    attempt("cancelled result", g.result)
    attempt("notify", g.set_running_or_notify_cancel)
    attempt("timeout", Future().result, 0.01)
    attempt("timeout", Future().exception, 0)
    print(concurrent.futures.TimeoutError is TimeoutError)
    print(concurrent.futures.CancelledError.__mro__[1:3])
    print(concurrent.futures.BrokenExecutor.__mro__[1].__name__)
