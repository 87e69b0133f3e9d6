#!/usr/bin/python3
"""sums.py FILE... — PyYAML (its C loader) and the arithmetic of the tables of requests and review.

What somebody would write in an afternoon: rows, columns, balance, review; no places, no texts, no
other rule. @LIST names a file a line.
"""
import sys

import yaml


def rows_under(value):
    if isinstance(value, list):
        return [value]
    return [row for under in value.values() for row in rows_under(under)]


def faults(report):
    table = report['收到和处理政府信息公开申请情况']
    results = dict(table['本年度办理结果'])
    total = results.pop('总计')
    new, carried, remaining = (table['本年新收政府信息公开申请数量'],
                               table['上年结转政府信息公开申请数量'], table['结转下年度继续办理'])
    rows = rows_under(results)
    for row in rows + [total, new, carried, remaining]:
        if sum(row[:6]) != row[6]:
            yield 'row', row
    for column in range(7):
        if sum(row[column] for row in rows) != total[column]:
            yield 'column', column
        if new[column] + carried[column] != total[column] + remaining[column]:
            yield 'balance', column
    for group in rows_under(report['政府信息公开行政复议、行政诉讼情况']):
        if sum(group[:4]) != group[4]:
            yield 'review', group


def paths_of(words):
    for word in words:
        if word.startswith('@'):
            with open(word[1:], encoding='utf-8') as file:
                yield from file.read().split()
        else:
            yield word


if __name__ == '__main__':
    wrong = 0
    for path in paths_of(sys.argv[1:]):
        with open(path, 'rb') as file:
            for fault in faults(yaml.load(file.read(), yaml.CSafeLoader)):
                wrong += 1
                print(path, *fault)
    sys.exit(wrong > 0)
