"""Whether time grows with size and no faster: one report with ever more paragraphs, one with an ever
longer plain table. CPU seconds of the least of a few runs, as it is the least disturbed.
"""
import os
import random
import re


import reports
import sentences
import texts
from measure import Job

PARAGRAPHS = (100, 250, 500, 1000, 2000)
ROWS = (100, 500, 1000, 2500, 5000)
RUNS = 3
OVERVIEW = re.compile(r'^总体情况: \|\n(?:  .*\n)+', re.M)


def report_with(items):
    """A made-up report whose first section is a list of these lines."""
    section = '总体情况:\n' + ''.join(line + '\n' for line in items)
    return OVERVIEW.sub(section, reports.Report(1, 7).text(), count=1)


def paragraphs(count):
    chance = random.Random(count)
    writer = sentences.Writer(chance, '某地', 2021, None)
    return ['- ' + writer.some(sentences.WORKS, 2, 4) for _ in range(count)]


def table(count):
    chance = random.Random(count)
    rows = ['- 下面是一张长表。', '- 表:', '    表头: [序号, 地点, 事项, 数量]', '    行:']
    return rows + ['      - [%d, %s, %s信息, %d]' % (
        number + 1, sentences.place(chance), chance.choice(sentences.SUBJECTS),
        chance.randint(1, 9999)) for number in range(count)]


def measure_one(place, kind, count, lines):
    path = place.write('growth/%s-%d.yaml' % (kind, count), report_with(lines))
    out = path.replace('.yaml', '.pdf')
    job = Job('%s %d' % (kind, count), [place.program, 'render', path, '-o', out], out)
    for _ in range(RUNS):
        job.once(place.launch)
    figures = job.figures()
    checking = Job('check', [place.program, 'check', path])
    for _ in range(RUNS):
        checking.once(place.launch)
    return figures | {'size': count, 'least_cpu': min(job.cpus), 'check_cpu': min(checking.cpus),
                      'pages': texts.kind(out)[1], 'input': os.path.getsize(path)}


def measure_all(place):
    return {'paragraphs': [measure_one(place, 'paragraphs', count, paragraphs(count))
                           for count in PARAGRAPHS],
            'rows': [measure_one(place, 'rows', count, table(count)) for count in ROWS]}
