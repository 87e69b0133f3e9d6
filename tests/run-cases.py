#!/usr/bin/python3
"""Runs the cases: tests/cases/<group>/<name>/ is one case, found by listing the folders.

  run-cases.py PROGRAM [PATTERN...]     runs the cases whose group/name matches (shell patterns)
  run-cases.py PROGRAM --accept [PATTERN...]   rewrites what they expect; read the diff like code
  run-cases.py --groups                 the names of the groups

A case is run in a copy of its folder inside a copy of the tree's shape (../../../../examples/…
works), so it may write. Its files, all optional:
  args      the command line, split like a shell's; words like NAME=VALUE before it set the
            environment; `check report.yaml` by default. Every line is one run; their outputs
            are joined and the highest exit code counts. `#` begins a comment line.
  stdin     what the program reads
  stdout, stderr, exit   what it must say and return; absent: nothing, nothing, 0
  expect/   files that the run must have written, byte for byte
"""
import argparse
import concurrent.futures
import difflib
import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CASES = os.path.join(ROOT, 'tests', 'cases')
ENVIRONMENT = {'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', 'PATH': '/usr/bin:/bin', 'HOME': '/nonexistent',
               'SOURCE_DATE_EPOCH': '1767225600'}  # 2026-01-01
PASSED_ON = ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS')
TIMEOUT = 120


def folders(path):
    return sorted(entry.name for entry in os.scandir(path) if entry.is_dir()) \
        if os.path.isdir(path) else []


def find_cases(patterns, excepted):
    for group in folders(CASES):
        if group in excepted:
            continue
        for name in folders(os.path.join(CASES, group)):
            case = group + '/' + name
            if not patterns or any(fnmatch.fnmatch(case, p) or fnmatch.fnmatch(case, p + '/*')
                                   for p in patterns):
                yield case


def mirror_tree(sandbox):
    """The tree's shape in a temporary folder: everything linked, but the cases copied."""
    for name in os.listdir(ROOT):
        if name != 'tests' and name != '.git' and not name.startswith('build'):
            os.symlink(os.path.join(ROOT, name), os.path.join(sandbox, name))
    os.mkdir(os.path.join(sandbox, 'tests'))
    for name in os.listdir(os.path.join(ROOT, 'tests')):
        if name != 'cases':
            os.symlink(os.path.join(ROOT, 'tests', name), os.path.join(sandbox, 'tests', name))
    shutil.copytree(CASES, os.path.join(sandbox, 'tests', 'cases'), symlinks=True)


def read_bytes(path):
    if not os.path.isfile(path):
        return None
    with open(path, 'rb') as file:
        return file.read()


def command_lines(folder):
    text = (read_bytes(os.path.join(folder, 'args')) or b'check report.yaml').decode()
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith('#'):
            yield shlex.split(line)


def environment_of(words):
    """Takes leading NAME=VALUE words off the list."""
    environment = dict(ENVIRONMENT)
    environment.update({name: os.environ[name] for name in PASSED_ON if name in os.environ})
    while words and re.match(r'[A-Z][A-Z0-9_]*=', words[0]):
        name, value = words.pop(0).split('=', 1)
        environment[name] = value
    return environment


def run_case(program, folder):
    """What the case says now: {'stdout': bytes, 'stderr': bytes, 'exit': bytes, 'expect/…': …}."""
    stdout, stderr, code = b'', b'', 0
    stdin = read_bytes(os.path.join(folder, 'stdin')) or b''
    for words in command_lines(folder):
        environment = environment_of(words)
        try:
            run = subprocess.run(program + words, cwd=folder, env=environment, input=stdin,
                                 capture_output=True, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            stderr += b'run-cases: still running after %d s\n' % TIMEOUT
            code = 124
            break
        # --PID-- begins what valgrind says of itself: that it doesn't know Landlock's calls
        stdout, stderr = stdout + run.stdout, stderr + re.sub(rb'(?m)^--\d+-- .*\n', b'', run.stderr)
        code = max(code, run.returncode if run.returncode >= 0 else 128 - run.returncode)
    actual = {'stdout': stdout, 'stderr': stderr, 'exit': b'%d\n' % code}
    for name in written_files(folder):
        actual['expect/' + name] = read_bytes(os.path.join(folder, name))
    return actual


def written_files(folder):
    """Names of the files that the case expects, relative to expect/."""
    top = os.path.join(folder, 'expect')
    for path, _, names in os.walk(top):
        for name in sorted(names):
            yield os.path.relpath(os.path.join(path, name), top)


def expected_of(folder):
    expected = {'stdout': read_bytes(os.path.join(folder, 'stdout')) or b'',
                'stderr': read_bytes(os.path.join(folder, 'stderr')) or b'',
                'exit': b'%d\n' % int(read_bytes(os.path.join(folder, 'exit')) or b'0')}
    for name in written_files(folder):
        expected['expect/' + name] = read_bytes(os.path.join(folder, 'expect', name))
    return expected


def difference(case, name, expected, actual):
    path = 'tests/cases/%s/%s' % (case, name)
    if actual is None:
        return '%s: was not written\n' % path
    try:
        old, new = expected.decode().splitlines(True), actual.decode().splitlines(True)
    except UnicodeDecodeError:
        place = next((i for i, pair in enumerate(zip(expected, actual)) if pair[0] != pair[1]),
                     min(len(expected), len(actual)))
        return '%s: %d bytes expected, %d written; they differ from byte %d on\n' % (
            path, len(expected), len(actual), place)
    lines = difflib.unified_diff(old, new, path + ' (expected)', path + ' (now)')
    return ''.join(line if line.endswith('\n') else line + '\n\\ no newline at the end\n'
                   for line in lines)


def accept(case, name, content):
    path = os.path.join(CASES, case, name)
    empty = b'0\n' if name == 'exit' else b''
    if content is None or (content == empty and not name.startswith('expect/')):
        if os.path.exists(path):
            os.remove(path)
        return
    with open(path, 'wb') as file:
        file.write(content)


def judge(program, sandbox, case):
    """Text of what differs (empty: passed) and the names with their new contents."""
    folder = os.path.join(sandbox, 'tests', 'cases', case)
    expected, actual = expected_of(folder), run_case(program, folder)
    changed = [name for name in expected if expected[name] != actual.get(name)]
    text = ''.join(difference(case, name, expected[name], actual[name]) for name in changed)
    return text, {name: actual[name] for name in changed}


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('program', nargs='?')
    parser.add_argument('patterns', nargs='*')
    parser.add_argument('--accept', action='store_true')
    parser.add_argument('--groups', action='store_true')
    parser.add_argument('--except', dest='excepted', action='append', default=[])
    parser.add_argument('--wrapper', default='', help='words before the program: valgrind -q')
    parser.add_argument('--lacks', help='what a build without some parts says: cases that differ by it are left out')
    parser.add_argument('--jobs', type=int, default=2)
    return parser.parse_intermixed_args()


def main():
    wanted = options()
    if wanted.groups:
        print('\n'.join(folders(CASES)))
        return 0
    if not wanted.program:
        sys.exit('run-cases.py: which program?')
    program = shlex.split(wanted.wrapper) + [os.path.abspath(wanted.program)]
    cases = list(find_cases(wanted.patterns, wanted.excepted))
    failed = left_out = 0
    with tempfile.TemporaryDirectory(prefix='cases-') as sandbox, \
            concurrent.futures.ThreadPoolExecutor(wanted.jobs) as pool:
        mirror_tree(sandbox)
        for case, (text, changes) in zip(cases, pool.map(
                lambda case: judge(program, sandbox, case), cases)):
            if not changes:
                continue
            if wanted.accept:
                for name, content in changes.items():
                    accept(case, name, content)
                print('accepted %s: %s' % (case, ' '.join(changes)))
                continue
            if wanted.lacks and re.search(wanted.lacks.encode(), b''.join(filter(None, changes.values()))):
                left_out += 1
                continue
            failed += 1
            print('FAILED %s\n%s' % (case, text))
    print('%d passed, %d failed' % (len(cases) - failed - left_out, failed)
          + (', %d left out' % left_out if left_out else ''))
    return 1 if failed or (wanted.patterns and not cases) else 0


if __name__ == '__main__':
    sys.exit(main())
