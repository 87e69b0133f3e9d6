#!/usr/bin/python3
"""many.py PROGRAM — many reports in one run: shards together give the bytes of one run, a worker
killed in the middle costs its own file and nothing else, and of thousands of different reports
(bench/reports.py) every broken one is named, by the finding that it deserves, and no other; how
far it is stands on a terminal in one line, in a log in one a thousand."""
import csv
import filecmp
import json
import os
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT + '/tests/bench')
sys.dont_write_bytecode = True
import reports  # noqa: E402

COUNT = 60
CHECKED, CHECKED_BROKEN = 5000, 400
RENDERED, RENDERED_BROKEN = 500, 75
# Of any process of the run, in KiB; what grows with the number of reports would be above these.
CHECK_PEAK, RENDER_PEAK = 24 * 1024, 96 * 1024


def make_reports(folder):
    with open(ROOT + '/examples/linzi-2021/report.yaml', encoding='utf-8') as file:
        report = file.read()
    os.mkdir(folder)
    for number in range(COUNT):
        with open('%s/%03d.yaml' % (folder, number), 'w', encoding='utf-8') as file:
            file.write(report.replace('临淄区人民政府', '第%d镇人民政府' % number))


def render(program, *words):
    return subprocess.Popen([program, 'render', *words], stderr=subprocess.PIPE, encoding='utf-8')


def outputs(folder):
    return sorted(name for name in os.listdir(folder) if not name.startswith('.'))


def judge_shards(program, top):
    whole, parts = top + '/whole', top + '/parts'
    render(program, top + '/in', '--out-dir', whole, '-j2').communicate()
    for shard in '1/3', '2/3', '3/3':
        render(program, top + '/in', '--out-dir', parts, '--shard', shard).communicate()
    names = outputs(whole)
    if len(names) != COUNT:
        return '%d of %d were made' % (len(names), COUNT)
    same, differing, missing = filecmp.cmpfiles(whole, parts, names, shallow=False)
    return differing + missing and 'shards differ in ' + ', '.join(differing + missing)


def workers_of(parent):
    with open('/proc/%d/task/%d/children' % (parent, parent), encoding='ascii') as file:
        return [int(word) for word in file.read().split()]


def judge_killed(program, top):
    """Kills a worker as soon as the first outputs are there."""
    folder = top + '/killed'
    running = render(program, top + '/in', '--out-dir', folder, '-j2')
    while running.poll() is None and not (os.path.isdir(folder) and outputs(folder)):
        time.sleep(0.002)
    victims = workers_of(running.pid) if running.poll() is None else []
    if not victims:
        return 'it was over before a worker could be killed'
    os.kill(victims[0], signal.SIGKILL)
    said = running.communicate()[1]
    named = re.findall(r'(\d{3})\.yaml: .*IO-READ', said)
    names = outputs(folder)
    if running.returncode != 3 or not named:
        return 'exit %d, and it says: %s' % (running.returncode, said[-300:])
    torn = [name for name in names if not re.fullmatch(r'\d{3}\.pdf', name)]
    lost = COUNT - len(names) - len(named) - len(torn)
    for name in names:
        if not name in torn and not filecmp.cmp(top + '/whole/' + name, folder + '/' + name, False):
            return name + ' is not whole'
    return lost > 0 and '%d files are missing, %s named' % (lost, named)


def judge_interrupted(program, top):
    """On a terminal: what is said stands below the bar, and what is there is whole."""
    folder = top + '/interrupted'
    ours, theirs = pty.openpty()
    running = subprocess.Popen([program, 'render', top + '/in', '--out-dir', folder, '-j2',
                                '--lang', 'zh'], stderr=theirs)
    os.close(theirs)
    said = b''
    while '份'.encode() not in said:
        said += os.read(ours, 4096)
    running.send_signal(signal.SIGINT)
    running.wait()
    said = (said + os.read(ours, 1 << 20)).decode()
    os.close(ours)
    if running.returncode != -signal.SIGINT or not re.search(r'\r\nnianbao: 已中断.*\r\n$', said):
        return 'exit %d, and it says %r' % (running.returncode, said)
    for name in os.listdir(folder):
        if not filecmp.cmp(top + '/whole/' + name, folder + '/' + name, False):
            return name + ' is not whole'
    return None


def judge_too_much(program, top):
    """A sum that no number of the program can hold proves no total."""
    names = []
    with open(ROOT + '/examples/linzi-2021/report.yaml', encoding='utf-8') as file:
        report = re.sub('行政许可: .*', '行政许可: 9999999999', file.read())
    os.mkdir(top + '/much')
    for number in range(930):
        names.append('%s/much/%d.yaml' % (top, number))
        with open(names[-1], 'w', encoding='utf-8') as file:
            file.write(report.replace('临淄区人民政府', '第%d镇人民政府' % number))
    said = subprocess.run([program, 'sum', '--lang', 'zh', '--check', *names], encoding='utf-8',
                          stdout=subprocess.PIPE, check=False).stdout
    return '行政许可 · 本年处理决定数量」的 929 份报告之和太大' not in said and said


class Run:
    """One run over a list of reports: its exit code, summary, peak memory, and what it
    printed and said."""

    def __init__(self, top, command):
        summary = top + '/summary.csv'
        with open(top + '/printed', 'wb') as printed, open(top + '/said', 'wb') as said:
            running = subprocess.Popen(command + ['-j2', '--summary', summary], stdout=printed,
                                       stderr=said)
            _, status, used = os.wait4(running.pid, 0)
        self.code = running.returncode = os.waitstatus_to_exitcode(status)
        self.peak = used.ru_maxrss
        with open(summary, encoding='utf-8', newline='') as file:
            self.results = {row['file']: row['result'] for row in csv.DictReader(file)}
        with open(top + '/printed', 'rb') as file:
            self.printed = file.read()
        with open(top + '/said', 'rb') as file:
            self.said = file.read()


def judge_bar(program, top):
    """On a terminal one line is drawn again and again, and is gone in the end."""
    ours, theirs = pty.openpty()
    subprocess.run([program, 'check', top + '/in', '-j2', '--lang', 'zh'],
                   stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    said = os.read(ours, 1 << 20).decode()
    os.close(ours)
    bar = '\r%d/%d　每秒 ' % (COUNT, COUNT)
    return (bar not in said or '\r\x1b[K' not in said.split(bar)[1]) and 'it draws %r' % said


def result_wanted(way, strict):
    return way.result(strict) if way else 'passed'


def compare_results(run, paths, ways, strict):
    """A complaint unless every report has the result that it deserves, and the run the worst."""
    if list(run.results) != paths:
        return 'the summary names %d files, not %d' % (len(run.results), len(paths))
    for path in paths:
        wanted = result_wanted(ways.get(path), strict)
        if run.results[path] != wanted:
            return '%s (%s) is %s, not %s' % (
                path, ways[path].name if path in ways else 'right', run.results[path], wanted)
    return run.code != 3 and 'exit %d, though a file was missing' % run.code


def compare_findings(run, ways):
    """A complaint unless every broken report has its finding, and no other has any."""
    for file in json.loads(run.printed)['files']:
        rules = {one['rule'] for one in file['findings'] if one['severity'] != 'note'}
        way = ways.get(file['file'])
        if way is None and rules or way and way.rule not in rules:
            return '%s (%s) has %s' % (file['file'], way.name if way else 'right', rules)
    return None


def judge_checked(program, top):
    paths, ways = reports.make_reports(CHECKED, top + '/thousands', CHECKED_BROKEN)
    run = Run(top, [program, 'check', '@' + top + '/thousands/list', '--strict', '--format', 'json',
                    '--lang', 'zh'])
    print('check, %d reports, %d broken: peak of a process %d KiB' % (
        CHECKED, CHECKED_BROKEN, run.peak))
    lines = [line.split('　')[0] for line in run.said.decode().split('\n') if '每秒' in line]
    return compare_results(run, paths, ways, True) or compare_findings(run, ways) or (
        lines != ['%d/%d' % (done, CHECKED) for done in range(1000, CHECKED, 1000)] and
        'its log says how far it is by %s' % lines) or (
        run.peak > CHECK_PEAK and 'a process took %d KiB' % run.peak)


def judge_rendered(program, top):
    paths, ways = reports.make_reports(RENDERED, top + '/hundreds', RENDERED_BROKEN, seed=2)
    folder = top + '/pages'
    run = Run(top, [program, 'render', '@' + top + '/hundreds/list', '--out-dir', folder])
    print('render, %d reports, %d broken: peak of a process %d KiB' % (
        RENDERED, RENDERED_BROKEN, run.peak))
    wanted = [os.path.basename(path).replace('.yaml', '.pdf') for path in paths
              if result_wanted(ways.get(path), False) == 'passed']
    if os.path.isdir(folder) and sorted(os.listdir(folder)) != wanted:
        return 'it makes %d PDF, not %d' % (len(os.listdir(folder)), len(wanted))
    unnamed = [path for path in ways if path.encode() not in run.said]
    return compare_results(run, paths, ways, False) or (
        unnamed and 'it does not name ' + ', '.join(unnamed)) or (
        run.peak > RENDER_PEAK and 'a process took %d KiB' % run.peak)


def main(program):
    judges = (judge_shards, judge_killed, judge_interrupted, judge_bar, judge_too_much,
              judge_checked, judge_rendered)
    failed = 0
    with tempfile.TemporaryDirectory(prefix='many-') as top:
        make_reports(top + '/in')
        for judge in judges:
            complaint = judge(program, top)
            failed += bool(complaint)
            if complaint:
                print('FAILED %s: %s' % (judge.__name__, complaint))
    print('%d passed, %d failed' % (len(judges) - failed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(os.path.abspath(sys.argv[1])))
