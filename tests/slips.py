"""Slips of fingers, editors, mergers and chat programs: each must be told, once, at its line.

`everything(reports)` yields Damage like damage.py, but stricter: none of these may pass, and none
may be followed by what only follows from it.
"""
import re

from damage import Damage

ROW = '  本年新收政府信息公开申请数量: '
FIRST, PARTED = '  本年新收', '1, 2, 3, 4, 5, 6, 21'


def told(name, lines, index, *instead, most=1, slack=0):
    text = '\n'.join(lines[:index] + list(instead) + lines[index + 1:]) + '\n'
    return Damage(name, text.encode(), index + 1, slack, most)


def false_bars(report, lines, text):
    for name, bar in (('wide', '｜'), ('stroke', '丨'), ('box', '│'), ('l', 'l'), ('I', 'I')):
        yield told('%s-bar-%s' % (report, name), lines, text, '总体情况: ' + bar)
    numbered = next(i for i in range(text + 1, len(lines)) if lines[i].startswith('  （一）'))
    without = lines[:text] + ['总体情况:'] + lines[text + 1:]
    yield told(report + '-bar-none', without, numbered, lines[numbered])
    yield told(report + '-bar-none-at-all', lines, text, '总体情况', most=2)


def indented_texts(report, lines, text):
    first = lines[text + 1]
    yield told(report + '-first-line-deeper', lines, text + 1, '    ' + first)
    yield told(report + '-blank-line-deeper', lines, text + 1, ' ' * 9, first)


def conflicts(report, lines, row):
    for name, index in (('row', row), ('text', next(
            i for i, line in enumerate(lines) if line.startswith('  （二）')))):
        ours, base, theirs = lines[index], lines[index] + '0', lines[index] + '1'
        yield told('%s-%s-conflict' % (report, name), lines, index,
                   '<<<<<<< ours', ours, '=======', theirs, '>>>>>>> theirs')
        yield told('%s-%s-conflict-of-three' % (report, name), lines, index,
                   '<<<<<<< ours', ours, '||||||| base', base, '=======', theirs, '>>>>>>> theirs')


def figures(report, lines, row):
    for name, sign in (('pause', '、'), ('space', ' '), ('semicolon', '; '), ('wide-semicolon', '；'),
                       ('stop', '. '), ('bar', ' / ')):
        yield told('%s-parted-by-%s' % (report, name), lines, row,
                   ROW + '[' + PARTED.replace(', ', sign) + ']')
    for name, value in (('first-empty', '[, ' + PARTED + ']'), ('comma-twice', '[1,, 2, 3, 4, 5, 6, 21]'),
                        ('wide-comma-once', '[1, 2，003, 3, 4, 5, 6, 21]')):
        yield told('%s-list-%s' % (report, name), lines, row, ROW + value)
    single = next(i for i, line in enumerate(lines) if line.startswith('  行政强制:'))
    for number in (1, 7, 27, 127, 0x85, 0x2028):
        yield told('%s-control-in-figure-%x' % (report, number), lines, row,
                   re.sub(r'\[[0-9]', lambda match: match[0] + chr(number), lines[row]))
    yield told(report + '-one-figure-a-map', lines, single, '  行政强制: {}')


def names(report, lines):
    agency = next(i for i, line in enumerate(lines) if line.startswith('机关:'))
    for name, value in (('number', '5'), ('day', '2022-01-28'), ('lost', '"????"'), ('dash', '"--"'),
                        ('bracket', '['), ('brace', '{'), ('tagged', '!!python/name:a [b]')):
        yield told('%s-agency-%s' % (report, name), lines, agency, '机关: ' + value)
    year = next(i for i, line in enumerate(lines) if line.startswith('年度:'))
    for name, value in (('list', '[2021]'), ('map', '{年: 2021}')):
        yield told('%s-year-%s' % (report, name), lines, year, '年度: ' + value, most=99)


def texts(report, lines):
    third = next(i for i, line in enumerate(lines) if line.startswith('  （二）'))
    for name, rest in (('reference-yuan', '￥{收到和处理政府信息公开申请情况/新收/总计}'),
                       ('reference-wide-brace', '$｛收到和处理政府信息公开申请情况/新收/总计｝'),
                       ('lost', '公开???条'), ('entity', '公开&nbsp;信息'), ('tag', '公开<br>信息'),
                       ('object', '公开\ufffc信息'), ('filler', '公开\u3164信息'), ('tags', '公开\U000e0041信息')):
        yield told('%s-text-%s' % (report, name), lines, third, lines[third] + rest)


def whole_files(report, lines):
    text = '\n'.join(lines) + '\n'
    yield Damage(report + '-fenced', ('```yaml\n' + text + '```\n').encode(), 1, 0, 2)
    yield Damage(report + '-directive-alone', ('%YAML 1.1\n' + text).encode(), 1, 0, 1)
    yield Damage(report + '-start-twice', ('---\n---\n' + text).encode(), 2, 0, 1)
    yield Damage(report + '-utf16-no-mark', (text + '一' * 20).encode('utf-16-le'), 1, 0, 1)
    yield Damage(report + '-cut-early', text.encode()[:len('机关: 某'.encode()) - 1], 1, 0, 1)
    yield Damage(report + '-dash-tight-at-key',
                 re.sub(r'\n  规章: .*', '\n  规章:\n  - 0\n  - 0\n  -0', text).encode(),
                 1 + text[:text.index('  规章')].count('\n') + 3, 0, 1)


def everything(reports):
    for report, content in reports:
        lines = content.decode().rstrip('\n').split('\n')
        text = lines.index('总体情况: |')
        row = next(i for i, line in enumerate(lines) if line.startswith(FIRST))
        yield from false_bars(report, lines, text)
        yield from indented_texts(report, lines, text)
        yield from conflicts(report, lines, row)
        yield from figures(report, lines, row)
        yield from names(report, lines)
        yield from texts(report, lines)
        yield from whole_files(report, lines)
