#!/usr/bin/python3
"""round-trip.py PROGRAM — the report that a PDF carries is the report that it was made from: extracted,
it is checked with the same findings and rendered to the same bytes. Every example that has no errors,
and one whose texts are as odd as YAML allows."""
import glob
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ODD = ['"引号" 和 \'撇号\'', '- 像一个列表', '# 像一条注释', 'a: 像一个键', '结尾有冒号:', '$${不是引用}', '王\U0002CB4E和䶮',
       '&锚 *别名 !标签 %指令 @ ` | >', '[1, 2]', '{a: b}', '~', 'null', '2021', '100%；', '一\\n二', '？：，。“”', '---', '...',
       '价格 $5', '<b>&amp;</b>', "it''s"]


def run(program, *words):
    done = subprocess.run([program, *words], capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


def rules_of(program, path):
    import json
    said = json.loads(run(program, 'check', '--format', 'json', path)[1])
    return sorted(finding['rule'] for finding in said['files'][0]['findings'])


def odd_report(folder):
    with open(ROOT + '/examples/linzi-2021/report.yaml', encoding='utf-8') as file:
        text = file.read()
    place = text.index('其他需要报告的事项: |\n') + len('其他需要报告的事项: |\n')
    lines = ''.join('  %s\n' % line for line in ODD)
    path = folder + '/odd.yaml'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text[:place] + lines + text[place:])
    return path


def complaint_about(program, path, folder):
    first, second = folder + '/1.pdf', folder + '/2.pdf'
    code, _, said = run(program, 'render', path, '-o', first)
    if code:
        return None if b'odd' not in path.encode() else said.decode()
    code, _, said = run(program, 'extract', first, '-o', folder + '/extracted.yaml')
    if code:
        return said.decode()
    code, _, said = run(program, 'render', folder + '/extracted.yaml', '-o', second)
    if code:
        return 'what was extracted is refused: ' + said.decode()
    if rules_of(program, path) != rules_of(program, folder + '/extracted.yaml'):
        return 'other findings: %s, then %s' % (
            rules_of(program, path), rules_of(program, folder + '/extracted.yaml'))
    with open(first, 'rb') as one, open(second, 'rb') as other:
        return None if one.read() == other.read() else 'other pages, or another report'


def main(program):
    failed = 0
    with tempfile.TemporaryDirectory(prefix='round-trip-') as folder:
        paths = sorted(glob.glob(ROOT + '/examples/*/report.yaml')) + [odd_report(folder)]
        for path in paths:
            complaint = complaint_about(program, path, folder)
            failed += bool(complaint)
            if complaint:
                print('%s: %s' % (path, complaint))
    print('%d passed, %d failed' % (len(paths) - failed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(os.path.abspath(sys.argv[1])))
