import threading
from concurrent.futures import ThreadPoolExecutor, CancelledError

gate = threading.Event()
pool = ThreadPoolExecutor(1)
running = pool.submit(gate.wait)
queued = [pool.submit(print, "job", n) for n in range(3)]
print(running.cancel(), queued[1].cancel(), queued[1].cancelled(), queued[1].done())
gate.set()
pool.shutdown(wait=True)
print([f.cancelled() for f in queued])
try:
    queued[1].result()
except CancelledError as error:
    print("cancelled", repr(error))
gate = threading.Event()
pool = ThreadPoolExecutor(1)
running = pool.submit(gate.wait)
queued = [pool.submit(print, "never", n) for n in range(3)]
pool.shutdown(wait=False, cancel_futures=True)
print([f.cancelled() for f in queued], running.running())
gate.set()
print(running.result())
