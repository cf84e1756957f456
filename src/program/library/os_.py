"""os: the little of it that is no way to the machine."""
from _loopsim import cores as _cores

name = 'posix'
sep = '/'
linesep = '\n'
pathsep = ':'
curdir = '.'
devnull = '/dev/null'


def cpu_count():
    """The cores of the simulated machine."""
    return _cores


def process_cpu_count():
    return _cores


def getpid():
    """The number of the simulated process."""
    return 1


def getppid():
    return 0
