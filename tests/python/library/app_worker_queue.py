"""Producers, workers, statistics."""
import asyncio
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Optional


class Status(Enum):
    QUEUED = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()


@dataclass(order=True)
class Job:
    priority: int
    name: str = field(compare=False)
    cost: float = field(compare=False, default=0.01)
    status: Status = field(compare=False, default=Status.QUEUED)
    error: Optional[str] = field(compare=False, default=None, repr=False)


@dataclass
class Stats:
    done: list[str] = field(default_factory=list)
    by_worker: dict = field(default_factory=lambda: defaultdict(list))
    statuses: Counter = field(default_factory=Counter)


async def worker(name, queue, stats):
    while True:
        job = await queue.get()
        try:
            job.status = Status.RUNNING
            await asyncio.sleep(job.cost)
            if "bad" in job.name:
                raise ValueError(f"cannot do {job.name}")
            job.status = Status.DONE
            stats.done.append(job.name)
        except ValueError as error:
            job.status = Status.FAILED
            job.error = str(error)
        finally:
            stats.by_worker[name].append(job.name)
            stats.statuses[job.status.name] += 1
            queue.task_done()


async def main():
    queue = asyncio.PriorityQueue()
    stats = Stats()
    jobs = [Job(3, "low"), Job(1, "urgent"), Job(2, "bad one"), Job(2, "normal", 0.02), Job(1, "first", 0.015)]
    for job in jobs:
        queue.put_nowait(job)
    workers = [asyncio.create_task(worker(f"w{i}", queue, stats), name=f"worker-{i}") for i in range(1)]
    await queue.join()
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print(stats.done, dict(stats.by_worker), stats.statuses)
    print([job.status.name for job in jobs], [job.error for job in jobs if job.error])
    print(f"mean cost {statistics.mean(job.cost for job in jobs):.4f}, median {statistics.median(job.cost for job in jobs)}")
    print(jobs[1], sorted(jobs)[0].name, [t.get_name() for t in workers], all(t.cancelled() for t in workers))


asyncio.run(main())
