"""concurrent.futures.process: where its names are said to be."""

from concurrent.futures import BrokenProcessPool, ProcessPoolExecutor
