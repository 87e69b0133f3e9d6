#!/usr/bin/python3
"""determinism.py PROGRAM [COUNT] — one report rendered COUNT times (1,000), two at a time, each
under another locale, time zone, umask, HOME, size of the environment, working folder, name of the
program, stack limit, address layout and filling of fresh memory: one hash, and the mode that the
umask asks for. Fewer runs for the other formats. A failure prints what the odd run was given."""
import collections
import concurrent.futures
import ctypes
import hashlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLE = ROOT + '/examples/linzi-2021'
MADE = {'zh_CN.GB18030': ('zh_CN', 'GB18030'), 'tr_TR.UTF-8': ('tr_TR', 'UTF-8'),
        'de_DE.UTF-8': ('de_DE', 'UTF-8')}
ZONES = ['UTC', 'Asia/Shanghai', 'America/St_Johns', 'Pacific/Kiritimati', 'XYZ-14:30', '', ':/nowhere']
UMASKS = [0o022, 0o000, 0o077, 0o027, 0o002]
STACKS = [1 << 20, 8 << 20, 64 << 20, resource.RLIM_INFINITY]
NO_RANDOM_ADDRESSES = 0x0040000
OTHERS = {'html': 60, 'trace': 60, 'svg': 30, 'png': 15}
LIBC = ctypes.CDLL(None)


def make_locales(folder):
    """Beside the report, where the confined program can read them. Those that could be made."""
    os.mkdir(folder)
    for name, (source, charset) in MADE.items():
        if shutil.which('localedef'):
            subprocess.run(['localedef', '-c', '-i', source, '-f', charset, folder + '/' + name],
                           capture_output=True, check=False)
    return ['C', 'POSIX', 'C.UTF-8', 'xx_XX.nonsense', ''] + sorted(os.listdir(folder))


class Circumstances:
    """What one run is given; all of it by chance, and the same chances every time."""

    def __init__(self, chance, top, locales, number):
        self.umask = chance.choice(UMASKS)
        self.stack = chance.choice(STACKS)
        self.layout = chance.random() < 0.2
        self.stdin = chance.choice(['closed', 'null'])
        self.folder = chance.choice(['/', top, top + '/报告', 'deleted'])
        self.gone = '%s/gone-%d' % (top, number)
        self.name = chance.choice(['nianbao', '', '/nowhere/x', '-sh', '年报 %s%n'])
        self.environment = {
            'PATH': '/usr/bin:/bin', 'TZ': chance.choice(ZONES), 'LOCPATH': top + '/报告/locales',
            'HOME': chance.choice(['/nonexistent', '/proc', top, '']),
            'MALLOC_PERTURB_': str(chance.randrange(256)), 'COLUMNS': str(chance.randrange(1, 300)),
            'FILLING': 'x' * chance.choice([0, 1, 1000, 10007, 100000])}
        for variable in 'LC_ALL', 'LANG', 'LC_NUMERIC', 'LC_CTYPE', 'LANGUAGE':
            if chance.random() < 0.5:
                self.environment[variable] = chance.choice(locales)
        for variable, value in ('FONTCONFIG_FILE', '/nowhere'), ('XDG_DATA_DIRS', '/nowhere'), \
                ('XDG_CACHE_HOME', '/proc'), ('POSIXLY_CORRECT', '1'), ('G_SLICE', 'always-malloc'), \
                ('PANGO_LANGUAGE', 'tr'), ('NO_COLOR', '1'):
            if chance.random() < 0.2:
                self.environment[variable] = value
        if chance.random() < 0.1:
            del self.environment['HOME']

    def enter(self):
        """In the child, before the program."""
        os.umask(self.umask)
        resource.setrlimit(resource.RLIMIT_STACK, (self.stack, resource.getrlimit(resource.RLIMIT_STACK)[1]))
        if self.layout:
            LIBC.personality(NO_RANDOM_ADDRESSES)
        if self.stdin == 'closed':
            os.close(0)
        if self.folder == 'deleted':
            os.mkdir(self.gone)
            os.chdir(self.gone)
            os.rmdir(self.gone)
        else:
            os.chdir(self.folder)

    def __str__(self):
        shown = {name: value[:40] for name, value in self.environment.items()}
        return 'umask %03o, stack %d, layout %s, stdin %s, in %s, as %r, %s' % (
            self.umask, self.stack, self.layout, self.stdin, self.folder, self.name, shown)


def render(program, report, output, suffix, circumstances):
    """The hash of all that was written, or a complaint."""
    words = ['--lang', 'zh', 'render', report, '-o', '%s/a.%s' % (output, suffix), '--to', suffix]
    os.mkdir(output)
    run = subprocess.run([circumstances.name] + words, executable=program, env=circumstances.environment,
                         preexec_fn=circumstances.enter, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    total = hashlib.sha256(run.stdout + b'\0' + run.stderr)
    for name in sorted(os.listdir(output)):
        path = output + '/' + name
        mode = os.stat(path).st_mode & 0o777
        if mode != 0o666 & ~circumstances.umask:
            return 'mode %03o' % mode
        with open(path, 'rb') as file:
            total.update(name.encode() + b'\0' + file.read())
    made = len(os.listdir(output))
    shutil.rmtree(output)
    return total.hexdigest() if run.returncode == 0 and made else 'exit %d' % run.returncode


def judge(program, top, locales, suffix, count):
    """True if `count` runs have one hash."""
    chance = random.Random(suffix)
    given = [Circumstances(chance, top, locales, number) for number in range(count)]
    report = top + '/报告/report.yaml'
    with concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 1)) as pool:
        hashes = list(pool.map(lambda number: render(
            program, report, '%s/%s-%d' % (top, suffix, number), suffix, given[number]), range(count)))
    tally = collections.Counter(hashes).most_common()
    print('%s: %d runs, %d hashes, the first %s' % (suffix, count, len(tally), tally[0][0][:16]))
    for value, times in tally[1:4]:
        print('FAILED %s: %d times %s, for example with %s' % (suffix, times, value, given[hashes.index(value)]))
    return len(tally) == 1 and len(tally[0][0]) == 64


def main(program, count):
    with tempfile.TemporaryDirectory(prefix='determinism-') as top:
        top = os.path.realpath(top)
        shutil.copytree(EXAMPLE, top + '/报告')
        locales = make_locales(top + '/报告/locales')
        print('locales: ' + ' '.join(name or '(none)' for name in locales))
        wanted = {'pdf': count, **{suffix: max(2, most * count // 1000) for suffix, most in OTHERS.items()}}
        good = [judge(program, top, locales, suffix, runs) for suffix, runs in wanted.items()]
    print('%d passed, %d failed' % (sum(good), len(good) - sum(good)))
    return 0 if all(good) else 1


if __name__ == '__main__':
    sys.exit(main(os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000))
