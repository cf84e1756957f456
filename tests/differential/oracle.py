"""Runs programs on this CPython under its virtual clock: one path a line on stdin, one JSON a line out.

Each program runs in a forked child. An answer has the lines of output as [time in ns, iteration of
the loop, text], and how the program ended. The iteration of a line of a worker is null.
"""
import importlib.util
import json
import os
import pathlib
import signal
import sys
import warnings

HOST = pathlib.Path(__file__).parents[2] / 'src' / 'verify' / 'virtual_time.py'
CORES = 4


def load_host():
    spec = importlib.util.spec_from_file_location('virtual_time', HOST)
    host = importlib.util.module_from_spec(spec)
    sys.modules['virtual_time'] = host
    spec.loader.exec_module(host)
    host.replace_time()
    host.replace_threads()
    host.replace_asyncio()
    # As many cores as a program has here that says nothing: the size of the usual pool.
    os.cpu_count = os.process_cpu_count = lambda: CORES
    return host


def count_iterations(host):
    import asyncio.base_events
    base = asyncio.base_events.BaseEventLoop
    run_once = base._run_once

    def counting(self):
        host.iteration += 1
        run_once(self)

    host.iteration = 0
    base._run_once = counting


def run(host, path, writing):
    lines = []

    def tell(text):
        lines.append([host.world.now, host.iteration if host.current is host.main else None, text])

    def finish(end):
        os.write(writing, json.dumps({'lines': lines, **end}).encode())
        os._exit(0)

    select = host.Selector.select

    def select_or_end(self, timeout=None):
        try:
            return select(self, timeout)
        except host.Deadlock:
            finish({'end': 'deadlock'})

    host.Selector.select = select_or_end
    host.main.ident = host._thread.get_ident()
    host.output = host.Output(None)
    host.output.tell = tell
    sys.stdout = host.output
    host.output.finish()
    end = host.run_program(path, [])
    host.output.finish()
    finish(end)


def answer(host, path):
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(20)
        # What asyncio logs is not compared.
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
        try:
            run(host, path, writing)
        finally:
            os._exit(3)
    os.close(writing)
    with os.fdopen(reading, 'rb') as file:
        told = file.read()
    os.waitpid(child, 0)
    return told.decode() or json.dumps({'lines': [], 'end': 'killed'})


def prepare():
    """Imports what programs import, so that no child does."""
    import concurrent.futures.thread
    import contextlib
    import contextvars
    import gc
    import linecache
    import traceback
    gc.freeze()


def main():
    out = sys.stdout
    host = load_host()
    count_iterations(host)
    prepare()
    for path in sys.stdin:
        out.write(answer(host, path.strip()) + '\n')
        out.flush()


main()
