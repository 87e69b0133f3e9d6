#!/usr/bin/python3
"""Holds docs/rules.md and docs/rules.en.md to the program's own list of rules and to the cases.

  rules-docs.py PROGRAM

Each rule has a page in both; its first line is what the program says of it. A page names a case
that fires the rule (its words stand there as printed), one that is right, and one close by that
doesn't fire it; what it shows of a report stands in that case. Rules that no file of a report
can break are the exceptions below.
"""
import glob
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WITHOUT_CASE = {'IO-READ', 'IO-WRITE', 'FONT-CHAR', 'FONT-FILE', 'TEMPLATE-STYLE'}
NEAR = re.compile(r'^<!-- near: (\S+) -->$', re.M)
EXAMPLE = re.compile(r'^<!-- (tests/cases/\S+) -->\n(?:```yaml\n(.*?)```\n)?'
                     r'(?:<!-- (?:stdout|stderr) -->\n```text\n(.*?)```\n)?', re.M | re.S)


def run(program, *words):
    return subprocess.run([program, *words], stdout=subprocess.PIPE, check=True,
                          encoding='utf-8').stdout


def read(*names):
    path = os.path.join(ROOT, *names)
    if not os.path.exists(path):
        return ''
    with open(path, encoding='utf-8', errors='replace') as file:
        return file.read()


def pages_of(name):
    parts = re.split(r'^## (\S+)\n', read('docs', name), flags=re.M)
    return parts[1::2], dict(zip(parts[1::2], parts[2::2]))


def judge_example(rule, example, number, faults):
    case, shown, printed = example
    said = read(case, 'stdout') + read(case, 'stderr')
    inputs = ''.join(read(path) for path in glob.glob(
        os.path.join(glob.escape(os.path.join(ROOT, case)), '**', '*.yaml'), recursive=True))
    if not os.path.isdir(os.path.join(ROOT, case)):
        faults.append('%s: there is no %s' % (rule, case))
    if (number == 0) != ('[%s]' % rule in said):
        faults.append('%s: %s %s it' % (rule, case, 'fires' if number else 'does not fire'))
    if printed and printed not in (read(case, 'stdout'), read(case, 'stderr')):
        faults.append('%s: what it quotes is not what %s prints' % (rule, case))
    faults += ['%s: not in %s: %s' % (rule, case, line) for line in shown.splitlines()
               if line not in inputs.splitlines()]


def judge_page(rule, page, heading, faults):
    if page.strip().splitlines()[0] != heading:
        faults.append('%s: begins %r, but the program says %r' % (
            rule, page.strip().splitlines()[0], heading))
    if rule in WITHOUT_CASE:
        return
    examples, near = EXAMPLE.findall(page), NEAR.findall(page)
    if len(examples) < 2 or not near:
        faults.append('%s: no wrong, right and close example' % rule)
    for number, example in enumerate(examples):
        judge_example(rule, example, number, faults)
    for case in near:
        if not os.path.isdir(os.path.join(ROOT, case)) or '[%s]' % rule in read(case, 'stdout'):
            faults.append('%s: %s is no case that does not fire it' % (rule, case))


def heading_of(program, rule, language):
    """**错误** · 2019-60、2021-30 · what holds · where it comes from"""
    lines = run(program, 'explain', rule, '--lang', language).split('\n\n')[0].splitlines()
    _, severity, *editions = lines[0].split('  ')
    between = '、' if language == 'zh' else ', '
    return ' · '.join(['**%s**' % severity] + [between.join(e.split()) for e in editions] +
                      lines[1:])


def main():
    program, faults = os.path.abspath(sys.argv[1]), []
    for language, name in (('zh', 'rules.md'), ('en', 'rules.en.md')):
        rules = [line.split()[0] for line in run(program, 'rules', '--lang', language).splitlines()]
        order, pages = pages_of(name)
        faults += ['%s: %s is not a rule' % (name, rule) for rule in order if rule not in rules]
        faults += ['%s: no page on %s' % (name, rule) for rule in rules if rule not in order]
        faults += ['%s: two pages on %s' % (name, rule) for rule in set(order)
                   if order.count(rule) > 1]
        for rule in rules:
            if rule in pages:
                judge_page(rule, pages[rule], heading_of(program, rule, language), faults)
    print('\n'.join(faults + ['%d rules, %d faults' % (len(rules), len(faults))]))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
