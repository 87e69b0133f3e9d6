#!/usr/bin/python3
"""confined.py PROGRAM — confinement seen from outside: by strace, every command gives up network,
new programs and other files before it opens what others wrote, and never asks for them again;
by its outputs, what a report, a picture or an option names elsewhere stays out of reach.
The attempts from inside are in unit/test_confine.c."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLE = ROOT + '/examples/linzi-2021/report.yaml'
SECRET = 'canary-5f2c'
NEVER = re.compile(r'\b(socket|connect|bind|listen|execve|execveat|ptrace|vfork|mount|chmod|symlink)\(')
SVG = '''<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY stolen SYSTEM "file://%(secret)s">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">
<style>@import url("file://%(secret)s"); @import url("http://127.0.0.1:9/x.css");</style>
<image xlink:href="file://%(picture)s" width="9" height="9"/>
<image xlink:href="http://127.0.0.1:9/x.png" width="9" height="9"/>
<use xlink:href="file://%(picture)s#a"/>
<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://%(secret)s" parse="text"/>
<rect width="40" height="20" fill="#135"/><text y="9">&stolen;</text>
</svg>
'''


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


class Place:
    """A folder `in` with a report and pictures, `out`, and `away`, where nobody has business."""

    def __init__(self, program, top):
        self.program, self.top = program, top
        self.secret = top + '/away/secret.txt'
        write(self.secret, SECRET)
        write(top + '/away/style.yaml', SECRET + ':\n')
        write(top + '/in/a.svg', SVG % {'secret': self.secret, 'picture': top + '/away/b.png'})
        write(top + '/in/plain.yaml', read(EXAMPLE))
        write(top + '/in/report.yaml', self.with_picture('a.svg'))
        shutil.copytree(ROOT + '/templates', top + '/templates')
        os.mkdir(top + '/out')

    @staticmethod
    def with_picture(file):
        picture = '\n存在的主要问题及改进情况:\n  - 图: {文件: "%s", 说明: 一张图}\n  - 有问题。\n' % file
        report, count = re.subn(r'\n存在的主要问题及改进情况:.*?\n(?=\S)', picture, read(EXAMPLE), flags=re.S)
        assert count == 1
        return report

    def run(self, *words, before=()):
        return subprocess.run([*before, self.program, '--lang', 'en', *words], cwd=self.top,
                              capture_output=True, encoding='utf-8', errors='replace', check=False)

    def trace(self, *words):
        path = self.top + '/trace'
        run = self.run(*words, before=('strace', '-f', '-o', path, '-s', '300'))
        return run, [line.split(None, 1)[1] for line in read(path).splitlines()]


def commands(place):
    place.run('render', 'in/plain.yaml', '-o', 'out/first.pdf')
    return [['check', 'in/report.yaml'], ['check', '-j2', 'in', '--summary', 'out/s.csv'],
            ['render', 'in/report.yaml', '-o', 'out/a.pdf'], ['render', 'in/report.yaml', '-o', 'out/a.png'],
            ['render', 'in/report.yaml', '-o', 'out/a.html'], ['render', 'in/report.yaml', '-o', 'out/a.svg'],
            ['render', 'in', '--out-dir', 'out/all', '-j2', '--incremental'],
            ['extract', 'out/first.pdf', '-o', 'out/first.yaml'],
            ['sum', 'in/report.yaml', 'in/plain.yaml', '-o', 'out/sum.yaml', '--allow-errors'],
            ['diff', 'in/report.yaml', 'in/plain.yaml'], ['new'], ['schema'], ['editions'], ['rules'],
            ['explain', 'T3-BAL'], ['fonts'], ['--version']]


def complaint_of_trace(place, words):
    """A command runs as ever, confined before it opens what is in the folder `in`."""
    run, calls = place.trace(*words)
    if run.returncode not in (0, 1):
        return 'exit %d: %s' % (run.returncode, run.stderr[-300:])
    gave_up = [i for i, call in enumerate(calls) if 'PR_SET_SECCOMP' in call and call.endswith('= 0')]
    if not gave_up:
        return 'never confines itself'
    if not any('landlock_restrict_self' in call and call.endswith('= 0') for call in calls[:gave_up[0] + 1]):
        return 'no Landlock before the filter'
    for call in calls[:gave_up[0]]:
        if 'O_PATH' not in call and re.search(r'open(at)?\(.*"(in/|out/first|in/\.)[^"]*"', call):
            return 'opens an input too early: ' + call
    for call in calls[gave_up[0]:]:
        if NEVER.search(call):
            return 'asks for what it gave up: ' + call
        if re.search(r'"[^"]*/away/', call) and re.match(r'open', call):
            return 'opens what a picture refers to: ' + call
    return None


def judge_commands(place):
    complaints = []
    for words in commands(place):
        complaint = complaint_of_trace(place, words)
        if complaint:
            complaints.append('%s: %s' % (' '.join(words), complaint))
    return '\n  '.join(complaints)


def judge_pictures(place):
    """Nothing of an SVG's outside reaches an output; pictures that lead out are refused."""
    for suffix in 'html', 'svg', 'pdf':
        path = '%s/out/b.%s' % (place.top, suffix)
        place.run('render', 'in/report.yaml', '-o', path, '--no-source')
        for name in os.listdir(place.top + '/out'):
            with open(place.top + '/out/' + name, 'rb') as file:
                if name.startswith('b.') and SECRET.encode() in file.read():
                    return '%s holds what the picture refers to' % name
    os.symlink('../away/secret.txt', place.top + '/in/link.svg')
    for file in '../away/secret.txt', place.secret, 'link.svg':
        write(place.top + '/in/out.yaml', place.with_picture(file))
        run = place.run('render', 'in/out.yaml', '-o', 'out/c.html', '--draft')
        if 'TEXT-PICTURE' not in run.stdout + run.stderr:
            return 'the picture %s is not refused: %s' % (file, run.stderr[-300:])
    return None


def judge_style(place):
    """A name that leads out of the templates: no check of ours is in the way, Landlock is."""
    run = place.run('render', 'in/plain.yaml', '-o', 'out/d.pdf', '--templates', 'templates', '--style', '../away/style')
    if run.returncode == 0 or SECRET in run.stderr or 'permission denied' not in run.stderr:
        return 'exit %d: %s' % (run.returncode, run.stderr[-300:])
    return None


def main(program):
    failed = 0
    version = subprocess.run([program, '--version', '--lang', 'en'], capture_output=True, encoding='utf-8', check=True)
    if 'Landlock, ABI' not in version.stdout or not shutil.which('strace'):
        print('skipped: ' + version.stdout)
        return 77
    judges = judge_commands, judge_pictures, judge_style
    for judge in judges:
        with tempfile.TemporaryDirectory(prefix='confined-') as top:
            complaint = judge(Place(program, os.path.realpath(top)))
        failed += bool(complaint)
        if complaint:
            print('FAILED %s: %s' % (judge.__name__, complaint))
    print('%d passed, %d failed' % (len(judges) - failed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(os.path.abspath(sys.argv[1])))
