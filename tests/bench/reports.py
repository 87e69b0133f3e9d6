#!/usr/bin/python3
"""reports.py N DIR [--broken K] [--seed S] — N different made-up reports, the same for the same seed.

Writes DIR/00001.yaml …, both forms in turn, figures right and texts in agreement with them; K of
them broken, each in one way (breaks.py). DIR/list names every path, one a line, and
DIR/broken.csv the broken ones: path, rule, severity, way.
"""
import argparse
import csv
import os
import random

import breaks
import figures
import sentences

KINDS = (  # level, scale of the figures, what follows a place in the agency's name, who makes rules
    ('政府', 60, ('县人民政府', '区人民政府'), False),
    ('政府', 900, ('市人民政府',), True),
    ('部门', 25, ('市财政局', '县教育局', '区卫生健康局', '市生态环境局', '县农业农村局'), False),
    ('乡镇', 4, ('镇人民政府', '乡人民政府', '街道办事处'), False),
)
YEARS = {'2021-30': (2021, 2022, 2023, 2024), '2019-60': (2019, 2020)}


def indented(lines):
    return ''.join('  %s\n' % line for line in lines)


class Report:
    def __init__(self, number, seed):
        chance = random.Random('%d/%d' % (seed, number))  # a report depends on no other
        self.edition = ('2021-30', '2021-30', '2019-60')[number % 3]
        self.year = chance.choice(YEARS[self.edition])
        self.level, scale, suffixes, makes_rules = chance.choice(KINDS)
        self.agency = sentences.name_of(chance, 2) + chance.choice(suffixes)
        self.figures = figures.make(chance, self.edition, scale, makes_rules)
        self.writer = sentences.Writer(chance, self.agency, self.year, self.figures)
        self.day = chance.randint(4, 30)

    def text(self):
        writer = self.writer
        head = ['格式: ' + self.edition, '机关: ' + self.agency, '年度: %d' % self.year,
                '层级: ' + self.level]
        tables = (figures.published_yaml(self.figures['published']),
                  figures.requests_yaml(self.figures['requests']),
                  figures.review_yaml(self.figures['review']))
        parts = ['\n'.join(head) + '\n',
                 '前言: |\n' + indented(writer.preface(self.edition)),
                 '总体情况: |\n' + indented(writer.overview())]
        parts += ['\n'.join(lines) + '\n' for lines in tables]
        parts += ['存在的主要问题及改进情况: |\n' + indented(writer.problems()),
                  '其他需要报告的事项: |\n' + indented(writer.other()),
                  '署名: %s\n日期: %d-01-%02d\n' % (self.agency, self.year + 1, self.day)]
        return '\n'.join(parts)


def broken_numbers(count, broken, seed):
    return dict(zip(sorted(random.Random(seed).sample(range(count), broken)), range(broken)))


def write(path, content):
    if content is breaks.MISSING:
        return
    with open(path, 'wb') as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def make_reports(count, folder, broken=0, seed=1):
    """The paths, and {path: way to break} of the broken ones."""
    os.makedirs(folder, exist_ok=True)
    turns, paths, ways = broken_numbers(count, broken, seed), [], {}
    for number in range(count):
        path = os.path.join(folder, '%05d.yaml' % (number + 1))
        report = Report(number, seed)
        content = report.text()
        if number in turns:
            possible = breaks.ways_for(report.edition)
            ways[path] = possible[turns[number] % len(possible)]
            content = ways[path].edit(content)
        write(path, content)
        paths.append(path)
    with open(os.path.join(folder, 'list'), 'w', encoding='utf-8') as file:
        file.writelines(path + '\n' for path in paths)
    with open(os.path.join(folder, 'broken.csv'), 'w', encoding='utf-8', newline='') as file:
        csv.writer(file).writerows([path, way.rule, way.severity, way.name]
                                   for path, way in sorted(ways.items()))
    return paths, ways


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('count', type=int)
    parser.add_argument('folder')
    parser.add_argument('--broken', type=int, default=0)
    parser.add_argument('--seed', type=int, default=1)
    words = parser.parse_args()
    make_reports(words.count, words.folder, words.broken, words.seed)
