"""Ways to break a right report, each with the finding that must name it.

A way takes the report's text and its figures and returns bytes (None: the file isn't there). The
list is the contract of the test of many reports: nothing but these may be found, and all of them.
"""
import re

import figures

MISSING = None


class Break:
    def __init__(self, name, rule, edit, editions=('2021-30', '2019-60'), severity='error'):
        self.name, self.rule, self.edit = name, rule, edit
        self.editions, self.severity = editions, severity

    def result(self, strict):
        """What becomes of such a report, in a summary's word."""
        if self.rule == 'IO-READ':
            return 'failed'
        return 'rejected' if strict or self.severity == 'error' else 'passed'


def replaced(text, old, new):
    """One place, which must be there: a break that breaks nothing would test nothing."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def row_changed(name, change):
    """The list of a row, as change(list of words) makes it."""
    def edit(text):
        line = re.search(r'^ *%s: \[(.*)\]$' % re.escape(name), text, re.M)
        words = line.group(1).split(', ')
        change(words)
        return text[:line.start(1)] + ', '.join(words) + text[line.end(1):]
    return edit


def more(at, by):
    def change(words):
        words[at] = str(int(words[at]) + by)
    return change


def without_total(words):
    words[0], words[6] = str(int(words[0]) + 1), '~'  # of nothing but 0 it may be blank


def become(at, word):
    def change(words):
        words[at] = word
    return change


def fees_in_yuan(text):
    return re.sub(r'(行政事业性收费: ).*', r'\g<1>29979350', text)


def without_section(text):
    return re.sub(r'(?m)^存在的主要问题及改进情况: \|\n(?: .*\n)+\n?', '', text)


def said_otherwise(text):
    found = re.search(r'新收政府信息公开申请(\d+)件，上年结转(\d+)件', text)
    wrong = '新收政府信息公开申请%d件，上年结转%s件' % (int(found.group(1)) + 1377, found.group(2))
    return text.replace(found.group(), wrong)


BREAKS = [
    Break('total of a column', 'T3-BAL', row_changed(figures.TOTAL, more(0, 1))),
    Break('one result', 'T3-SUM', row_changed('部分公开', more(1, 3))),
    Break('total of a row', 'T3-ROW', row_changed('重复申请', more(6, 2))),
    Break('carried over', 'T3-BAL', row_changed(figures.REMAINING, more(0, 7))),
    Break('total of review', 'T4-SUM', row_changed('行政复议', more(4, 1))),
    Break('blank total', 'T3-TOTAL-BLANK', row_changed(figures.NEW, without_total)),
    Break('half a case', 'T3-INT', row_changed('重复申请', become(0, '0.5'))),
    Break('huge figure', 'CELL-BAD', row_changed(figures.NEW, become(0, '9' * 40))),
    Break('a word for a figure', 'CELL-BAD', row_changed(figures.CARRIED, become(2, '若干'))),
    Break('a figure too many', 'FORM-COUNT', row_changed(figures.NEW, lambda w: w.append('0'))),
    Break('元 for 万元', 'T2-FEE-UNIT', fees_in_yuan, editions=('2021-30',), severity='warning'),
    Break('form of another year', 'FORM-EDITION',
          lambda text: re.sub(r'格式: .*', '格式: 2019-60', text), editions=('2021-30',)),
    Break('unclosed bracket', 'YAML-SYNTAX',
          lambda text: re.sub(r'(行政复议: \[[^]]*)\]', r'\1', text)),
    Break('empty file', 'YAML-SYNTAX', lambda text: ''),
    Break('GB 18030', 'YAML-ENCODING', lambda text: text.encode('gb18030')),
    Break('full-width colon', 'YAML-FULLWIDTH', lambda text: replaced(text, '年度: ', '年度：')),
    Break('twice the same key', 'YAML-DUPLICATE', lambda text: text + '\n年度: 2021\n'),
    Break('unknown key', 'FORM-UNKNOWN',
          lambda text: replaced(text, '\n主动公开', '\n主要领导: 某某\n\n主动公开')),
    Break('a section missing', 'FORM-MISSING', without_section),
    Break('text cut by #', 'TEXT-HASH',
          lambda text: re.sub(r'其他需要报告的事项: \|\n(?: .*\n)+',
                              '其他需要报告的事项: 未收取信息处理费 # 另见附件\n', text)),
    Break('a section within a text', 'TEXT-SECTION',
          lambda text: replaced(text, '\n  主要问题：', '\n  七、其他\n  主要问题：')),
    Break('a private sign', 'TEXT-CHAR', lambda text: replaced(text, '改进措施', '改进\ue0a1措施')),
    Break('text against the table', 'PROSE-CELL', said_otherwise, severity='warning'),
    Break('period of another year', 'DOC-YEAR',
          lambda text: re.sub(r'自(\d+)年1月1日起，至\d+年', r'自2012年1月1日起，至2012年', text),
          severity='warning'),
    Break('no such file', 'IO-READ', lambda text: MISSING),
]


def ways_for(edition):
    return [way for way in BREAKS if edition in way.editions]
