"""Figures of a made-up report: every one by chance, all of them by the arithmetic of the form.

Knows the rows of both forms (from the examples' own files); refuses to know any sentence.
"""
import os

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLES = {'2021-30': 'examples/linzi-2021', '2019-60': 'examples/gangcheng-2020-corrected'}
PUBLISHED, REQUESTS, REVIEW = ('主动公开政府信息情况', '收到和处理政府信息公开申请情况',
                               '政府信息公开行政复议、行政诉讼情况')
NEW, CARRIED = '本年新收政府信息公开申请数量', '上年结转政府信息公开申请数量'
RESULTS, REMAINING, TOTAL = '本年度办理结果', '结转下年度继续办理', '总计'
APPLICANTS = 6
# How often each kind of applicant asks, and each result comes up, roughly as published.
APPLICANT_SHARES = (80, 9, 1, 2, 6, 2)
RESULT_SHARES = {'予以公开': 40, '部分公开': 9, '本机关不掌握相关政府信息': 25, '其他处理': 2}


def rows_of(edition):
    """The paths of the result rows of an edition, the total apart, in the order of the form."""
    path = os.path.join(ROOT, EXAMPLES[edition], 'report.yaml')
    with open(path, encoding='utf-8') as file:
        results = yaml.safe_load(file)[REQUESTS][RESULTS]
    paths = []
    for name, value in results.items():
        paths += [(name, under) for under in value] if isinstance(value, dict) else [(name,)]
    return [path for path in paths if path != (TOTAL,)]


ROWS = {edition: rows_of(edition) for edition in EXAMPLES}


def with_total(parts):
    return parts + [sum(parts)]


def columns_sum(rows):
    return [sum(column) for column in zip(*rows)]


def about(random, mean):
    """A count that is often small, sometimes large, and `mean` in the mean."""
    return int(random.expovariate(1 / mean) + 0.5) if mean > 0 else 0


def requests(random, edition, scale):
    """Rows of the table of requests by their paths, totals included."""
    rows = {}
    mean = scale / 100 / sum(RESULT_SHARES.get(path[0], RESULT_SHARES.get(path[-1], 2))
                             for path in ROWS[edition])
    for path in ROWS[edition]:
        share = RESULT_SHARES.get(path[0], RESULT_SHARES.get(path[-1], 2))
        if path[-1] == '其他':  # more than a fifth of them is worth a warning
            share = 0
        rows[path] = with_total([about(random, part * share * mean) for part in APPLICANT_SHARES])
    handled = columns_sum(rows.values())
    remaining = with_total([about(random, part * scale / 1500) for part in APPLICANT_SHARES])
    carried = with_total([min(about(random, part * scale / 1500), handled[at] + remaining[at])
                          for at, part in enumerate(APPLICANT_SHARES)])
    new = [handled[at] + remaining[at] - carried[at] for at in range(APPLICANTS + 1)]
    return {'new': new, 'carried': carried, 'results': rows, 'total': handled,
            'remaining': remaining}


def review(random, scale):
    groups = []
    for share in (8, 5, 2):
        parts = [about(random, scale * share / 400) for _ in range(4)]
        groups.append(with_total(parts))
    return groups


def published_2021(random, scale, makes_rules):
    made, dropped = about(random, scale / 20), about(random, scale / 40)
    rules = [1, 0, 3 + about(random, 4)] if makes_rules else [0, 0, 0]
    return {'规章': rules, '行政规范性文件': [made, dropped, made + about(random, scale / 5)],
            '行政许可': about(random, scale * 50), '行政处罚': about(random, scale * 10),
            '行政强制': about(random, scale),
            '行政事业性收费': about(random, scale * 10000) / 10000}


def published_2020(random, scale, makes_rules):
    made = about(random, scale / 20)
    rules = [1, 1, 3 + about(random, 4)] if makes_rules else [0, 0, 0]
    found = {'规章': rules, '规范性文件': [made, made, made + about(random, scale / 5)]}
    for row, share in (('行政许可', 50), ('其他对外管理服务事项', 9), ('行政处罚', 10), ('行政强制', 1)):
        items, change = 200 + about(random, scale), random.randint(-9, 9)
        # Decisions, not items: never what items and their change come to.
        found[row] = [items, change, items + 10 + about(random, scale * share)]
    found['行政事业性收费'] = [about(random, 9), random.randint(0, 3)]
    found['政府集中采购'] = [about(random, scale), about(random, scale * 1000) / 10]
    return found


def make(random, edition, scale, makes_rules):
    """All three tables: {'published': …, 'requests': …, 'review': …}."""
    publish = published_2021 if edition == '2021-30' else published_2020
    return {'published': publish(random, scale, makes_rules),
            'requests': requests(random, edition, scale), 'review': review(random, scale)}


def figure(value):
    return ('%.4f' % value).rstrip('0').rstrip('.') if isinstance(value, float) else str(value)


def row(value):
    if isinstance(value, list):
        return '[' + ', '.join(figure(one) for one in value) + ']'
    return figure(value)


def published_yaml(published):
    return [PUBLISHED + ':'] + ['  %s: %s' % (name, row(value))
                                for name, value in published.items()]


def requests_yaml(table):
    lines = [REQUESTS + ':', '  %s: %s' % (NEW, row(table['new'])),
             '  %s: %s' % (CARRIED, row(table['carried'])), '  %s:' % RESULTS]
    group = None
    for path, value in table['results'].items():
        if len(path) == 2 and path[0] != group:
            lines.append('    %s:' % path[0])
        group = path[0]
        lines.append('%s%s: %s' % ('  ' * (len(path) + 1), path[-1], row(value)))
    return lines + ['    %s: %s' % (TOTAL, row(table['total'])),
                    '  %s: %s' % (REMAINING, row(table['remaining']))]


def review_yaml(groups):
    return [REVIEW + ':', '  行政复议: ' + row(groups[0]), '  行政诉讼:',
            '    未经复议直接起诉: ' + row(groups[1]), '    复议后起诉: ' + row(groups[2])]
