#!/usr/bin/python3
"""Changes one figure at a time and compares `check` with a calculation of its own.

  mutate.py PROGRAM

Every cell of the tables of applications and of reviews of one report in each form is made 1
more, 1 less, ten times, 0 and blank, and pairs of cells are changed by chance. What the program
finds must be what this script finds by adding up: the equations that fail, their cells, and the
one cell, if there is one, that mends all of them. Nothing here comes from the program or its
templates; PyYAML only reads the report.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
APPLICATIONS = '收到和处理政府信息公开申请情况'
REVIEWS = '政府信息公开行政复议、行政诉讼情况'
COLUMNS = ['自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计']
OUTCOMES = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计']
RESULTS = '本年度办理结果'
NEW, BEFORE, AFTER = '本年新收政府信息公开申请数量', '上年结转政府信息公开申请数量', '结转下年度继续办理'
EXAMPLES = [('linzi-2021', 25), ('shangjie-2019', 23)]
JUDGED = {'T3-BAL', 'T3-SUM', 'T3-ROW', 'T3-INT', 'T3-TOTAL-BLANK',
          'T4-SUM', 'T4-INT', 'T4-TOTAL-BLANK'}
BLANK = None


def leaves(node, path=()):
    """(path, list of figures) of every row, in order."""
    for key, value in node.items():
        if isinstance(value, dict):
            yield from leaves(value, path + (key,))
        else:
            yield path + (key,), value


class Table:
    """Figures by the names of their cells, and equations: (rule, total, whether it is a sum,
    {cell: sign}), whose signed figures add up to 0."""

    def __init__(self, section, columns, rows, equations):
        self.cells = {'/'.join((section,) + path + (column,)): figure
                      for path, figures in rows for column, figure in zip(columns, figures)}
        self.equations = equations


def applications(report):
    rows = list(leaves(report[APPLICATIONS]))
    name = lambda path, column: '/'.join((APPLICATIONS,) + path + (column,))
    total = (RESULTS, '总计')
    equations = []
    for column in COLUMNS:
        equations.append(('T3-BAL', name(total, column), False, {
            name((NEW,), column): 1, name((BEFORE,), column): 1,
            name(total, column): -1, name((AFTER,), column): -1}))
        terms = {name(path, column): 1 for path, _ in rows
                 if path[0] == RESULTS and path != total}
        terms[name(total, column)] = -1
        equations.append(('T3-SUM', name(total, column), True, terms))
    for path, _ in rows:
        terms = {name(path, column): 1 for column in COLUMNS[:-1]}
        terms[name(path, '总计')] = -1
        equations.append(('T3-ROW', name(path, '总计'), True, terms))
    return Table(APPLICATIONS, COLUMNS, rows, equations)


def reviews(report):
    rows = list(leaves(report[REVIEWS]))
    equations = []
    for path, _ in rows:
        name = lambda outcome: '/'.join((REVIEWS,) + path + (outcome,))
        terms = {name(outcome): 1 for outcome in OUTCOMES[:-1]}
        terms[name('总计')] = -1
        equations.append(('T4-SUM', name('总计'), True, terms))
    return Table(REVIEWS, OUTCOMES, rows, equations)


def blank_totals(table, cells):
    """Totals that are blank over something: they leave their equations undecided."""
    found = set()
    while True:
        more = {total for _, total, sums, terms in table.equations
                if sums and cells[total] is BLANK and total not in found
                and any(cells[cell] or cell in found for cell in terms if cell != total)}
        if not more:
            return found
        found |= more


def rest(terms, cells):
    return sum(sign * Fraction(cells[cell] or 0) for cell, sign in terms.items())


def only_cure(decided, failing, cells):
    """The one cell, with its value, whose change makes every decided equation hold."""
    cures = []
    for cell in sorted(set.intersection(*(set(terms) for _, _, _, terms in failing))):
        first = failing[0][3]
        value = Fraction(cells[cell] or 0) - rest(first, cells) / first[cell]
        changed = {**cells, cell: value}
        if value >= 0 and value.denominator == 1 and \
                all(rest(terms, changed) == 0 for _, _, _, terms in decided):
            cures.append((cell, str(value)))
    return cures[0] if len(cures) == 1 else None


def expected(table, cells):
    kind = table.equations[0][0][:2]
    blanks = blank_totals(table, cells)
    found = [(kind + '-TOTAL-BLANK', cell, None) for cell in blanks]
    found += [(kind + '-INT', cell, None) for cell, value in cells.items()
              if value is not BLANK and value < 0]
    decided = [e for e in table.equations if not blanks & set(e[3])]
    failing = [e for e in decided if rest(e[3], cells) != 0]
    cure = only_cure(decided, failing, cells) if failing and kind == 'T3' else None
    found += [(rule, total, cure) for rule, total, _, _ in failing]
    return sorted(found, key=str)


def found(verdict):
    def cure(finding):
        fix = finding.get('fix')
        return (fix['cell'], fix['value']) if fix else None
    return sorted(((f['rule'], f['cell'], cure(f)) for f in verdict['findings']
                   if f['rule'] in JUDGED), key=str)


def changes(value):
    return dict.fromkeys(v for v in (value + 1, value - 1, value * 10, 0, BLANK) if v != value)


def rewrite(text, changed):
    """The report's text with other figures in its rows, which are lists on a line each."""
    lines = text.split('\n')
    for cell, value in changed.items():
        section, *path, column = cell.split('/')
        columns = COLUMNS if section == APPLICATIONS else OUTCOMES
        at = lines.index(section + ':')
        for depth, label in enumerate(path, 1):
            start = '  ' * depth + label + ':'
            at = next(i for i in range(at + 1, len(lines)) if lines[i].startswith(start))
        head, _, figures = lines[at].partition('[')
        figures = figures.rstrip(']').split(', ')
        figures[columns.index(column)] = '~' if value is BLANK else str(value)
        lines[at] = head + '[' + ', '.join(figures) + ']'
    return '\n'.join(lines)


def mutations(table, chance):
    for cell, value in table.cells.items():
        for other in changes(value):
            yield {cell: other}
    names = list(table.cells)
    for _ in range(150):
        pair = chance.sample(names, 2)
        yield {cell: chance.choice([0, 1, 2, 5, BLANK]) for cell in pair}


def write_mutants(folder, chance):
    for example, rows in EXAMPLES:
        with open(os.path.join(ROOT, 'examples', example, 'report.yaml'), encoding='utf-8') as file:
            text = file.read()
        report = yaml.safe_load(text)
        tables = applications(report), reviews(report)
        assert len(tables[0].cells) == rows * 7 and len(tables[1].cells) == 15
        for table in tables:
            assert not expected(table, table.cells), 'the example itself must add up'
            for number, changed in enumerate(mutations(table, chance)):
                path = '%s/%s-%s-%d.yaml' % (folder, example, table.equations[0][0], number)
                mutant = rewrite(text, changed)
                with open(path, 'w', encoding='utf-8') as file:
                    file.write(mutant)
                yield path, changed, expected(table, {**table.cells, **changed})


def main():
    program, wrong = os.path.abspath(sys.argv[1]), 0
    with tempfile.TemporaryDirectory() as folder:
        mutants = list(write_mutants(folder, random.Random(20211231)))
        done = subprocess.run([program, 'check', '--format', 'json', *(m[0] for m in mutants)],
                              stdout=subprocess.PIPE, check=False)
        verdicts = json.loads(done.stdout)['files']
        assert len(verdicts) == len(mutants)
        for (path, changed, wanted), verdict in zip(mutants, verdicts):
            if found(verdict) == wanted:
                continue
            wrong += 1
            if wrong <= 5:
                print('%s: %s\n  wanted %s\n  found  %s' % (
                    os.path.basename(path), changed, wanted, found(verdict)))
    print('%d changed reports, %d judged otherwise' % (len(mutants), wrong))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
