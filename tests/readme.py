#!/usr/bin/python3
"""readme.py PROGRAM [--accept] DOCUMENT... — runs every command that a document shows.

A `sh` block is run by bash, in the order of the document, in a folder with the tree's shape, and
must exit with 0. A `text` block right after it is what it must print; --accept writes it. In a `yaml` block that is a
CI recipe every command under run, script and entry is run, but for those that install. Comments
that no reader sees say the rest, each before the block it is about:
  <!-- exit 1 -->         the block exits with 1
  <!-- not run: why -->   it isn't run here; why
  <!-- run: command -->   something to prepare
"""
import os
import re
import subprocess
import sys
import tempfile
import textwrap

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PIECES = re.compile(r'^ *<!-- (exit|not run:|run:) ?(.*?) -->$|^ *```(\w*)\n(.*?)^ *```$',
                    re.M | re.S)
INSTALLS = re.compile(r'setup\.sh|apt-get|^git clone')


def sandbox_of(program, folder):
    for name in os.listdir(ROOT):
        if not name.startswith(('build', '.git')):
            os.symlink(os.path.join(ROOT, name), os.path.join(folder, name))
    os.mkdir(os.path.join(folder, 'build'))
    os.symlink(os.path.abspath(program), os.path.join(folder, 'build', 'nianbao'))


def run(folder, script):
    environment = {'PATH': os.path.join(folder, 'build') + ':/usr/bin:/bin', 'HOME': folder,
                   'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', 'SOURCE_DATE_EPOCH': '1767225600'}
    done = subprocess.run(['bash', '-ec', script], cwd=folder, env=environment, timeout=120,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode()


def commands_of(recipe):
    """Every command of a CI recipe, wherever the service wants it to stand."""
    if isinstance(recipe, list):
        return [command for part in recipe for command in commands_of(part)]
    if not isinstance(recipe, dict):
        return []
    found = []
    for key, value in recipe.items():
        if key == 'entry':  # of a hook: the names of files come after it
            found.append(value + ' reports/*/report.yaml')
        elif key in ('run', 'script', 'before_script'):
            found += [value] if isinstance(value, str) else value
        else:
            found += commands_of(value)
    return found


class Document:
    def __init__(self, path, folder):
        self.path, self.folder = path, folder
        self.passed = self.failed = 0
        self.wanted, self.skip, self.printed = 0, False, None
        self.shown = []  # (text shown, text printed) where they differ

    def tell(self, line, wrong):
        self.passed, self.failed = self.passed + (not wrong), self.failed + bool(wrong)
        if wrong:
            print('FAILED %s:%d: %s' % (self.path, line, wrong))

    def execute(self, line, script):
        code, self.printed = run(self.folder, script)
        wrong = code != self.wanted and 'exits with %d, not %d\n%s\n%s' % (
            code, self.wanted, script, self.printed)
        self.tell(line, wrong)

    def comment(self, kind, words):
        if kind == 'exit':
            self.wanted = int(words)
        elif kind == 'not run:':
            self.skip = True
        else:
            code, printed = run(self.folder, words)
            if code:
                sys.exit('%s: `%s` exits with %d\n%s' % (self.path, words, code, printed))

    def block(self, line, kind, text):
        if self.skip:
            self.printed = None
        elif kind == 'sh':
            self.execute(line, text)
        elif kind == 'text' and self.printed is not None:
            self.tell(line, text != self.printed and 'the block before prints\n' + self.printed)
            self.shown += [(text, self.printed)] if text != self.printed else []
        elif kind == 'yaml':
            for command in commands_of(yaml.safe_load(text)):
                if not INSTALLS.search(command):
                    self.execute(line, command)
        if kind != 'sh':
            self.printed = None
        self.wanted, self.skip = 0, False

    def accept(self):
        path = os.path.join(ROOT, self.path)
        with open(path, encoding='utf-8') as file:
            source = file.read()
        for shown, printed in self.shown:
            source = source.replace('```text\n' + shown + '```', '```text\n' + printed + '```')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(source)

    def read(self):
        with open(os.path.join(ROOT, self.path), encoding='utf-8') as file:
            source = file.read()
        for piece in PIECES.finditer(source):
            line = source.count('\n', 0, piece.start()) + 1
            if piece.group(1):
                self.comment(piece.group(1), piece.group(2))
            else:
                self.block(line, piece.group(3), textwrap.dedent(piece.group(4)))


def measured(path):
    """The ratios that tests/bench writes into a document, as lines."""
    with open(os.path.join(ROOT, path), encoding='utf-8') as file:
        found = re.search(r'^<!-- bench: summary -->\n(.*?)^<!-- bench end -->', file.read(),
                          re.M | re.S)
    return found.group(1).splitlines() if found else None


def ratios_differ():
    """What README says of speed is what docs/performance.md says, and in English the same figures."""
    said, english = measured('README.md'), measured('README.en.md')
    if not said or said != measured('docs/performance.md'):
        return 'README.md and docs/performance.md give other ratios; run tests/bench/run.sh'
    figures = [[sorted(re.findall(r'\d+(?:\.\d+)?', line)) for line in lines]
               for lines in (said, english or [])]
    return figures[0] != figures[1] and 'README.en.md gives other ratios than README.md'


def main(program, paths):
    accept = '--accept' in paths
    paths = [path for path in paths if path != '--accept']
    passed = failed = 0
    for path in paths:
        with tempfile.TemporaryDirectory(prefix='readme-') as folder:
            sandbox_of(program, folder)
            document = Document(path, folder)
            document.read()
        if accept:
            document.accept()
        passed, failed = passed + document.passed, failed + document.failed
    if 'README.md' in paths:
        wrong = ratios_differ()
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print('FAILED ' + wrong)
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2:]))
