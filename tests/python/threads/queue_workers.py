import queue, threading

jobs = queue.Queue()
results = queue.Queue()


def worker():
    while True:
        item = jobs.get()
        if item is None:
            jobs.task_done()
            break
        results.put(item * item)
        jobs.task_done()


threads = [threading.Thread(target=worker) for _ in range(3)]
for t in threads:
    t.start()
for n in range(10):
    jobs.put(n)
jobs.join()
print(sorted(results.queue))
for _ in threads:
    jobs.put(None)
for t in threads:
    t.join()
print(jobs.unfinished_tasks, jobs.empty())
