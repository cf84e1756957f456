import asyncio
import os
import socket
import subprocess
from pathlib import Path


async def main():
    with open("data.txt") as f:
        print(f.read())
    print(os.environ["HOME"])
    proc = await asyncio.create_subprocess_exec("ls")
    name = input("name? ")
    eval("1 + 1")
    exec("x = 1")


asyncio.run(main())
