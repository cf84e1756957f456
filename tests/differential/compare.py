"""Compares sim with CPython on random programs, line by line, with virtual time and iteration.

    python3 compare.py SEEDS [--sim PATH] [--python PATH ...] [--features NAME,...] [--shrink N]
    python3 compare.py SEEDS --record random.txt            what each CPython printed, for the
    python3 compare.py --files rules/*.py --record rules.txt    test suite
    python3 compare.py --files FILE ...         programs that are there already

SEEDS is FIRST:LAST. Programs that differ are made smaller by leaving statements out, and shown.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import signal
import subprocess
import sys
import tempfile

import programs

# Where files cost little, if there is such a place.
MEMORY = '/dev/shm' if pathlib.Path('/dev/shm').is_dir() else None
HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]


class Oracle:
    """A CPython that answers what a program prints."""

    def __init__(self, python):
        self.process = subprocess.Popen(
            [python, '-B', str(HERE / 'oracle.py')], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        version = [python, '-c', 'import platform; print(platform.python_version())']
        self.version = subprocess.run(version, capture_output=True, text=True).stdout.strip()
        self.minor = self.version.rpartition('.')[0]

    def run(self, path):
        self.process.stdin.write(f'{path}\n')
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        end = told['end']
        if end == 'raised':
            end = raised(told['type'], told['message'])
        return [tuple(line) for line in told['lines']], end


def raised(name, message):
    # How deep it was is told in other words in each version.
    return f'raised {name}' if name == 'RecursionError' else f'raised {name}: {message}'


class Sim:
    def __init__(self, path):
        self.path = path

    def run(self, program, minor):
        with tempfile.NamedTemporaryFile(suffix='.jsonl', dir=MEMORY) as trace:
            ran = subprocess.run(
                [self.path, 'run', program, '--python-version', minor, '--trace', trace.name],
                capture_output=True, text=True)
            if ran.returncode not in (0, 1):
                return [], f'exit {ran.returncode}: {ran.stderr[:300]}'
            return self.read(pathlib.Path(trace.name))

    @staticmethod
    def read(trace):
        iteration, end, lines, kinds = 0, 'nothing', [], {}
        for line in trace.read_text().splitlines()[1:]:
            event = json.loads(line)
            kind = event['kind']
            if kind == 'lane':
                kinds[event['lane']] = event['lane_kind']
            elif kind == 'iteration_begin':
                iteration += 1
            elif kind == 'output':
                on_worker = kinds.get(event['lane']) in ('worker', 'thread')
                text = event.get('text', '')
                lines.append((event['at'], None if on_worker else iteration, text))
            elif kind == 'outcome':
                outcome = event['outcome']
                end = outcome['kind']
                if end == 'raised':
                    error = outcome['error']
                    name = error['type_name'].rpartition('.')[2]
                    # What it was meant to be is no part of the exception.
                    end = raised(name, error['message'].partition('. Did you mean: ')[0])
        return lines, end




def difference(expected, found):
    """The first line in which two answers differ; None if they do not."""
    (lines, end), (found_lines, found_end) = expected, found
    for at, (one, other) in enumerate(zip(lines, found_lines)):
        if one != other:
            return f'line {at + 1}: CPython {one}, sim {other}'
    if len(lines) != len(found_lines):
        at = min(len(lines), len(found_lines))
        side, line = ('CPython', lines[at]) if len(lines) > at else ('sim', found_lines[at])
        return f'line {at + 1}: only {side} has {line}'
    if end != found_end:
        return f'the end: CPython {end}, sim {found_end}'
    return None


class Comparison:
    def __init__(self, sim, pythons):
        self.sim, self.oracles = Sim(sim), [Oracle(python) for python in pythons]
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)

    def write(self, text, name='program.py'):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text)
        return str(path)

    def compare(self, text, name='program.py', oracles=None):
        """By version: None, or how the two differ."""
        path = self.write(text, name)
        result = {}
        for oracle in oracles or self.oracles:
            expected = oracle.run(path)
            found = self.sim.run(path, oracle.minor)
            result[oracle.version] = difference(expected, found)
        return result

    def shrink(self, program, version):
        """Leaves out what the difference does not need."""
        oracles = [oracle for oracle in self.oracles if oracle.version == version]
        kind = self.compare(program.text(), 'smaller.py', oracles)[version].partition(' ')[0]

        def differs():
            text = program.text()
            try:
                compile(text, 'program', 'exec')
            except SyntaxError:
                return False
            told = self.compare(text, 'smaller.py', oracles)[version]
            return told is not None and 'exit ' not in told and told.startswith(kind)

        again = True
        while again:
            again = False
            for body in program.bodies():
                at = len(body)
                while at > 0:
                    at -= 1
                    if at >= len(body):
                        continue
                    node = body.pop(at)
                    if differs():
                        again = True
                        continue
                    body.insert(at, node)
                    if node.parts:
                        inner = node.parts[0][1]
                        body[at:at + 1] = inner
                        if inner and differs():
                            again = True
                        else:
                            body[at:at + len(inner)] = [node]
            for listed in (program.functions, program.preamble):
                for one in list(listed):
                    at = listed.index(one)
                    listed.remove(one)
                    if differs():
                        again = True
                    else:
                        listed.insert(at, one)
        return program.text(), self.compare(program.text(), 'smaller.py', oracles)[version]


def record(pythons, named, target):
    """Writes programs and what they print; versions that print the same share a section."""
    oracles = [Oracle(python) for python in pythons]
    with tempfile.TemporaryDirectory() as folder, open(target, 'w') as out:
        for name, text in named:
            path = pathlib.Path(folder) / 'program.py'
            path.write_text(text)
            sections = {}
            for oracle in oracles:
                lines, end = oracle.run(str(path))
                told = [f"{at} {'-' if iteration is None else iteration} {line}"
                        for at, iteration, line in lines]
                sections.setdefault('\n'.join([*told, f'= {end}']), []).append(oracle.version)
            out.write(f'### {name}\n{text}')
            for told, versions in sections.items():
                out.write(f"## CPython {', '.join(versions)}\n{told}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('seeds', nargs='?', default='0:100')
    parser.add_argument('--files', nargs='*')
    parser.add_argument('--sim', default=str(ROOT / 'target/debug/sim'))
    parser.add_argument('--python', nargs='+', default=['python3'])
    parser.add_argument('--features', default=','.join(programs.ALL))
    parser.add_argument('--shrink', type=int, default=3)
    parser.add_argument('--only', type=int, nargs='+', help='these seeds')
    parser.add_argument('--record')
    options = parser.parse_args()
    features = options.features.split(',')
    first, _, last = options.seeds.partition(':')
    seeds = range(int(first), int(last or int(first) + 1))
    if options.record:
        if options.files:
            paths = map(pathlib.Path, options.files)
            named = [(path.stem, path.read_text()) for path in paths]
        else:
            named = [(seed, programs.make(seed, features).text()) for seed in seeds]
        return record(options.python, named, options.record)
    comparison = Comparison(options.sim, options.python)
    if options.files:
        for file in options.files:
            told = comparison.compare(pathlib.Path(file).read_text())
            print(file, {version: text for version, text in told.items() if text} or 'agrees')
        return
    agreed, differed, refused = (collections.Counter() for _ in range(3))
    failing = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for seed in options.only or seeds:
            program = programs.make(seed, features)
            for version, told in comparison.compare(program.text()).items():
                if told is None:
                    agreed[version] += 1
                elif 'exit ' in told:
                    refused[version] += 1
                    if refused[version] <= 3:
                        print(f'seed {seed}, {version}: {told}')
                else:
                    differed[version] += 1
                    failing.append((seed, version, told))
                    if differed[version] <= 40:
                        print(f'seed {seed}, {version}: {told}', flush=True)
    except KeyboardInterrupt:
        # What was compared so far is told.
        options.shrink = 0
    shown = set()
    for seed, version, _ in failing:
        if len(shown) < options.shrink and seed not in shown:
            shown.add(seed)
            text, told = comparison.shrink(programs.make(seed, features), version)
            print(f'--- seed {seed}, {version}: {told}\n{text}', flush=True)
    for version in sorted({*agreed, *differed, *refused}):
        print(f'{version}: {agreed[version]} agree, {differed[version]} differ, '
              f'{refused[version]} refused')
    sys.exit(bool(failing))


main()
