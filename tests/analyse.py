#!/usr/bin/python3
"""Three static analysers over src/: gcc -fanalyzer, clang-tidy, cppcheck.

  analyse.py BUILD     BUILD/compile_commands.json says how each file is compiled

Whatever one of them says fails the test, unless tests/analyse.exceptions excuses it: there each
exception stands once, with its reason. An exception that excuses nothing fails too.
"""
import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXCEPTIONS = os.path.join(ROOT, 'tests', 'analyse.exceptions')
TIDY = 'clang-tidy-14'
CHECKS = '-*,bugprone-*,cert-*,clang-analyzer-*,misc-*,performance-*,portability-*'
SAID = re.compile(r'^(?P<file>[^:\s][^:]*):(?P<line>\d+)(:\d+)?: (warning|error|style|performance|portability): '
                  r'(?P<words>.*) \[(?P<check>[-\w.,=]+)\]$')
# cppcheck doesn't read GLib's headers.
MACROS = ['-DG_N_ELEMENTS(a)=(sizeof(a)/sizeof((a)[0]))', '-DMIN(a,b)=((a)<(b)?(a):(b))',
          '-DMAX(a,b)=((a)>(b)?(a):(b))', '-DTRUE=1', '-DFALSE=0', '-D_GNU_SOURCE', '-DNIANBAO_VERSION=""',
          '-DNIANBAO_MODULES=""', '-DG_GINT64_FORMAT="ld"', '-DG_GSIZE_FORMAT="lu"']


class Exception_:
    def __init__(self, line):
        self.check, self.where, self.reason = [part.strip() for part in line.split('|')]
        self.used = False

    def excuses(self, finding):
        return self.check == finding['check'] and self.where in ('*', finding['file'])


def read_exceptions():
    with open(EXCEPTIONS, encoding='utf-8') as lines:
        return [Exception_(line) for line in lines if line.strip() and not line.startswith('#')]


def compiled(build):
    """(file, arguments of its compiler) of every source of the program; generated ones aside."""
    with open(os.path.join(build, 'compile_commands.json')) as file:
        for entry in json.load(file):
            path = os.path.relpath(os.path.join(entry['directory'], entry['file']), ROOT)
            if path.startswith('src/'):
                yield path, shlex.split(entry['command'])


def run(words, folder):
    return subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, text=True, check=False).stdout


def run_gcc(path, words, build):
    kept = [word for word in words if word != '-Werror' and not word.startswith('-M')
            and not word.startswith('-fdiagnostics')]
    kept = [word for i, word in enumerate(kept)
            if not (i and words[words.index(word) - 1] in ('-MQ', '-MF')) and word != '-o'
            and not word.endswith('.o') and not word.endswith('.o.d')]
    return run(['gcc'] + kept[1:] + ['-fanalyzer', '-fdiagnostics-plain-output', '-o', os.devnull], build)


def run_tidy(path, checks, build):
    return run([TIDY, '-p', build, '--quiet', '--checks=' + checks, os.path.join(ROOT, path)], ROOT)


def run_cppcheck(unwanted):
    return run(['cppcheck', '--quiet', '--std=c11', '--enable=warning,style,performance,portability',
                '--template={file}:{line}: {severity}: {message} [{id}]', '--inconclusive', '--library=posix',
                '-Isrc', '-isrc/diag/codes.def'] + MACROS
               + ['--suppress=' + check for check in unwanted] + ['src'], ROOT)


def findings_of(text, build):
    for line in text.splitlines():
        said = SAID.match(line)
        if not said:
            continue
        path = said['file']
        for base in (ROOT, build):
            candidate = os.path.relpath(os.path.join(base, path), ROOT)
            if os.path.exists(os.path.join(ROOT, candidate)):
                path = candidate
                break
        for check in said['check'].split(','):
            yield {'file': path, 'line': int(said['line']), 'check': check, 'words': said['words']}
            break


def jobs_of(build, exceptions):
    everywhere = [exception.check for exception in exceptions if exception.where == '*']
    checks = CHECKS + ''.join(',-' + check for check in everywhere if '-' in check)
    sources = dict(compiled(build))
    yield run_cppcheck, ([check for check in everywhere if '-' not in check],)
    for path in sorted(sources, key=lambda path: -os.path.getsize(os.path.join(ROOT, path))):
        yield run_tidy, (path, checks, build)
        yield run_gcc, (path, sources[path], build)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lacking = [tool for tool in ('gcc', TIDY, 'cppcheck') if not shutil.which(tool)]
    if lacking:
        print('SKIPPED: THE ANALYSERS NEED ' + ' '.join(lacking))
        return 77
    build, started = os.path.abspath(sys.argv[1]), time.monotonic()
    exceptions, seen = read_exceptions(), {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [pool.submit(job, *words) for job, words in jobs_of(build, exceptions)]
        for job in running:
            for finding in findings_of(job.result(), build):
                seen[finding['file'], finding['line'], finding['check']] = finding
    left = []
    for key in sorted(seen):
        excusing = [exception for exception in exceptions if exception.excuses(seen[key])]
        for exception in excusing:
            exception.used = True
        if not excusing:
            left.append('%(file)s:%(line)d: %(words)s [%(check)s]' % seen[key])
    left += ['tests/analyse.exceptions: %s in %s excuses nothing' % (exception.check, exception.where)
             for exception in exceptions if exception.where != '*' and not exception.used]
    print('\n'.join(left + ['%d runs in %d s, %d findings' % (len(running), time.monotonic() - started, len(left))]))
    return 1 if left else 0


sys.exit(main())
