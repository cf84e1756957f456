"""Records what CPython prints for the programs of this folder: python3 record.py PYTHON...

Writes NAME.out for each NAME.py. Versions that print the same share one section.
"""
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).parent
HELPERS = ('record.py', 'virtual_loop.py')
VERSION = 'import platform; print(platform.python_version())'


def output(*command):
    ran = subprocess.run(command, capture_output=True, text=True, cwd=FOLDER, timeout=60)
    if ran.returncode:
        sys.exit(f'{command}: {ran.stderr}')
    return ran.stdout


def main(pythons):
    versions = {python: output(python, '-c', VERSION).strip() for python in pythons}
    for program in sorted(FOLDER.glob('*.py')):
        if program.name in HELPERS:
            continue
        sections = {}
        for python, version in versions.items():
            sections.setdefault(output(python, '-B', program.name), []).append(version)
        text = ''.join(f'# CPython {", ".join(of)}\n{lines}' for lines, of in sections.items())
        program.with_suffix('.out').write_text(text)


main(sys.argv[1:])
