import os

print(type(os.cpu_count()).__name__, type(os.getpid()).__name__, os.getpid() == os.getpid(), os.name, os.sep)
