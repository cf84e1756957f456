#!/usr/bin/env python3
"""Records what real CPythons print for the programs below this folder.

    tests/python/record.py [PYTHON…] [--only TEXT]

Each PYTHON is an interpreter; without any, those of PATH are taken (python3.11 … python3.15). For
`x.py` it writes `x.out`: a line that names the versions whose output it is, what they print, and,
if the program fails, that it did and the last line of standard error. Where versions differ, the
modelled one is recorded (3.14, or else the newest), and only those that agree with it are named.

For programs below `errors` it also writes `x.err`: all that the modelled version says on standard
error, without the frames of its library, which are not the same here, and without folders.
"""
import pathlib
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

MODELLED = "3.14"
HERE = pathlib.Path(__file__).parent
ENVIRONMENT = {"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1",
               "PYTHONIOENCODING": "utf-8", "PYTHON_COLORS": "0"}


def version_of(python):
    shown = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2], sep='.')"],
                           capture_output=True, text=True, check=True)
    return shown.stdout.strip()


def run(python, program):
    ended = subprocess.run([python, "-W", "ignore", program.name], cwd=program.parent, env=ENVIRONMENT,
                           capture_output=True, timeout=60)
    text = ended.stdout.decode()
    if text and not text.endswith("\n"):
        text += "\n# no newline\n"
    if ended.returncode:
        error = ended.stderr.decode().strip().splitlines()
        text += "# failed\n"
        if error:
            text += f"# {error[-1]}\n"
    return text


def errors(python, program):
    """What a program says on standard error, as far as it is the same here."""
    ended = subprocess.run([python, "-W", "ignore", program.name], cwd=program.parent, env=ENVIRONMENT,
                           capture_output=True, timeout=60)
    lines = []
    left_out = False
    for line in ended.stderr.decode().splitlines():
        place = re.match(r'[ |+]*File "([^"]*)"', line)
        if place:
            name = place.group(1)
            left_out = name.startswith("<") or "/lib/python" in name
            line = line.replace(name, name.rsplit("/", 1)[-1])
        elif not re.match(r"[ |+]*    ", line):
            left_out = False
        if not left_out:
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def record(pythons, program):
    outputs = {version: run(python, program) for version, python in pythons}
    chosen = MODELLED if MODELLED in outputs else pythons[-1][0]
    agreeing = [version for version, _ in pythons if outputs[version] == outputs[chosen]]
    program.with_suffix(".out").write_text(f"# CPython {' '.join(agreeing)}\n{outputs[chosen]}")
    if program.parent.name == "errors":
        python = dict(pythons)[chosen]
        program.with_suffix(".err").write_text(errors(python, program))
    return agreeing


def main():
    arguments = sys.argv[1:]
    only = None
    if "--only" in arguments:
        at = arguments.index("--only")
        only = arguments[at + 1]
        del arguments[at:at + 2]
    found = arguments or [shutil.which(f"python3.{minor}") for minor in range(11, 16)]
    pythons = [(version_of(python), python) for python in found if python]
    pythons.sort(key=lambda pair: [int(part) for part in pair[0].split(".")])
    programs = [program for program in sorted(HERE.rglob("*.py"))
                if program.parent != HERE and (only is None or only in str(program))]
    with ThreadPoolExecutor(2) as pool:
        for program, agreeing in zip(programs, pool.map(lambda p: record(pythons, p), programs)):
            print(program.relative_to(HERE), *agreeing)


if __name__ == "__main__":
    main()
