#!/usr/bin/python3
"""many.py PROGRAM — many reports in one run: shards together give the bytes of one run, and a
worker killed in the middle costs its own file and nothing else."""
import filecmp
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COUNT = 60


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


def main(program):
    failed = 0
    with tempfile.TemporaryDirectory(prefix='many-') as top:
        make_reports(top + '/in')
        for judge in judge_shards, judge_killed:
            complaint = judge(program, top)
            failed += bool(complaint)
            if complaint:
                print('FAILED %s: %s' % (judge.__name__, complaint))
    print('%d passed, %d failed' % (2 - failed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(os.path.abspath(sys.argv[1])))
