"""concurrent.futures.thread: where its names are said to be."""

from concurrent.futures import BrokenThreadPool, ThreadPoolExecutor
