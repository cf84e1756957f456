import asyncio
import time
from asyncio import create_tsk
from math import squareroot

asyncio.slep(1)
time.sleeep(1)
