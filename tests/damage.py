"""Damaged report files, the same ones every time: each is a true report with one thing wrong.

`everything(reports)` yields Damage; `line` is where a clerk would look for the mistake (None where
no line is to blame), `slack` how many lines above or below it serve as well, `most` how many errors
may be told at most: one mistake is one finding, not what follows from it.
"""
import gzip
import re
import zlib
from dataclasses import dataclass


@dataclass
class Damage:
    name: str
    content: bytes
    line: int = None
    slack: int = 0
    most: int = 2
    may_pass: bool = False


# What stands on a line; `{}` is the place of the text before the colon or the dash's rest.
def replaced(old, new, count=1):
    return lambda line: line.replace(old, new, count) if old in line else None


def behind_colon(value):
    """`名称: whatever` with another value."""
    return lambda line: re.sub(r':( .*)?$', ': ' + value.replace('\\', '\\\\'), line) \
        if re.match(r' *[^ #\[]+:( |$)', line) else None


def before_value(sign):
    return lambda line: re.sub(r'^( *[^ #\[]+: )(?=\S)', lambda m: m[1] + sign, line) \
        if re.match(r'^ *[^ #\[]+: \S', line) else None


def first_key(change):
    def changed(line):
        found = re.match(r'( *)([^ :#]+)(:.*)', line)
        return found and found[1] + change(found[2]) + found[3]
    return changed


def figures(change):
    """A list of figures, as texts, with some of them changed."""
    def changed(line):
        found = re.match(r'( *[^ :#]+: \[)(.*)(\].*)', line)
        if not found:
            return None
        return found[1] + ', '.join(change(found[2].split(', '))) + found[3]
    return changed


def second_figure(value):
    return figures(lambda list: [list[0], value] + list[2:])


BROKEN_LINES = {
    'colon-gone': replaced(':', ''),
    'colon-wide': replaced(': ', '：'),
    'colon-wide-space': replaced(': ', '： '),
    'colon-tight': replaced(': ', ':'),
    'colon-twice': replaced(':', '::'),
    'colon-semicolon': replaced(':', ';'),
    'colon-wide-semicolon': replaced(':', '；'),
    'colon-equals': replaced(':', ' ='),
    'colon-tab': replaced(': ', ':\t'),
    'colon-nbsp': replaced(': ', ':\u00a0'),
    'colon-ideographic-space': replaced(': ', ':\u3000'),
    'colon-small': replaced(':', '﹕'),
    'colon-ratio': replaced(':', '∶'),
    'colon-doubled-value': replaced(': ', ': 甲: '),
    'indent-tab': lambda line: '\t' + line.lstrip(' '),
    'indent-one-more': lambda line: ' ' + line,
    'indent-three-more': lambda line: '   ' + line,
    'indent-one-less': lambda line: line[1:] if line[0] == ' ' else None,
    'indent-gone': lambda line: line.lstrip(' ') if line[0] == ' ' else None,
    'indent-wide': lambda line: '\u3000' + line.lstrip(' '),
    'indent-nbsp': lambda line: '\u00a0' + line,
    'dash-before': lambda line: re.sub(r'^( *)', r'\1- ', line),
    'dash-tight-before': lambda line: re.sub(r'^( *)', r'\1-', line),
    'star-before': lambda line: re.sub(r'^( *)', r'\1* ', line),
    'hash-heading': lambda line: '## ' + line,
    'question-before': lambda line: re.sub(r'^( *)', r'\1? ', line),
    'bar-before': lambda line: re.sub(r'^( *)', r'\1| ', line),
    'percent-before': lambda line: '%' + line,
    'at-before': lambda line: re.sub(r'^( *)', r'\1@', line),
    'tick-before': lambda line: re.sub(r'^( *)', r'\1`', line),
    'bang-before': lambda line: re.sub(r'^( *)', r'\1!', line),
    'brace-before': lambda line: re.sub(r'^( *)', r'\1{', line),
    'brace-behind': lambda line: line + '}',
    'bracket-before': lambda line: re.sub(r'^( *)', r'\1[', line),
    'quote-before-key': lambda line: re.sub(r'^( *)', r'\1"', line),
    'quote-curly-key': first_key(lambda key: '“' + key + '”'),
    'quote-open': before_value('"'),
    'quote-open-single': before_value("'"),
    'quote-behind': lambda line: line + '"',
    'anchor': before_value('&a '),
    'alias': before_value('*a '),
    'alias-only': behind_colon('*a'),
    'alias-empty': behind_colon('*'),
    'anchor-empty': behind_colon('& '),
    'tag': before_value('!foo '),
    'tag-binary': before_value('!!binary '),
    'tag-object': before_value('!!python/object:os.system '),
    'tag-verbatim': before_value('!<tag:x,2020:y> '),
    'tag-broken': before_value('!<broken '),
    'tag-handle': before_value('!e!x '),
    'merge': lambda line: re.sub(r'^( *).*', r'\1<<: *a', line),
    'value-tick': before_value('`'),
    'value-at': before_value('@'),
    'value-percent': before_value('%'),
    'value-bar': before_value('| '),
    'value-greater': before_value('>'),
    'value-open-brace': before_value('{'),
    'value-open-bracket': before_value('['),
    'value-dash': before_value('- '),
    'value-comma': before_value(', '),
    'value-escape': behind_colon('"\\q"'),
    'value-escape-short': behind_colon('"\\u12"'),
    'value-surrogate': behind_colon('"\\ud800"'),
    'value-escaped-nul': behind_colon('"\\0"'),
    'value-nothing': behind_colon(''),
    'value-tilde': behind_colon('~'),
    'value-null': behind_colon('null'),
    'value-true': behind_colon('true'),
    'value-empty-list': behind_colon('[]'),
    'value-empty-map': behind_colon('{}'),
    'value-list-of-list': behind_colon('[[1, 2, 3, 4, 5, 6, 7]]'),
    'value-map': behind_colon('{a: 1}'),
    'value-map-of-map': behind_colon('{a: {b: {c: 1}}}'),
    'value-list': behind_colon('[1, 2]'),
    'value-text': behind_colon('某某'),
    'value-quoted-empty': behind_colon('""'),
    'value-date': behind_colon('2021-12-31'),
    'value-float': behind_colon('1.5'),
    'value-huge': behind_colon('1e400'),
    'value-hex': behind_colon('0x1F'),
    'value-octal': behind_colon('0o17'),
    'value-underscore': behind_colon('1_000'),
    'value-nan': behind_colon('.nan'),
    'value-infinite': behind_colon('-.inf'),
    'value-thirty-digits': behind_colon('9' * 30),
    'value-hanzi': behind_colon('一百二十'),
    'value-wide': behind_colon('１２'),
    'value-negative': behind_colon('-5'),
    'value-fraction': behind_colon('1/2'),
    'value-minutes': behind_colon('12:30'),
    'value-office-list': behind_colon('- 1'),
    'nul': lambda line: line[:3] + '\0' + line[3:],
    'bell': lambda line: line[:3] + '\a' + line[3:],
    'escape-sequence': lambda line: line + ' \x1b[31mred',
    'delete': lambda line: line[:3] + '\x7f' + line[3:],
    'c1-control': lambda line: line[:3] + '\x9b' + line[3:],
    'noncharacter': lambda line: line[:3] + '\ufffe' + line[3:],
    'private-use': lambda line: line[:3] + '\ue000' + line[3:],
    'bidi-override': lambda line: line[:3] + '\u202e' + line[3:],
    'zero-width': lambda line: line[:3] + '\u200b' + line[3:],
    'replacement': lambda line: line[:3] + '\ufffd' + line[3:],
    'form-feed': lambda line: line + '\f',
    'vertical-tab': lambda line: line[:3] + '\v' + line[3:],
    'key-short-of-one': first_key(lambda key: key[:-1]),
    'key-doubled': first_key(lambda key: key + key[-1]),
    'key-swapped': first_key(lambda key: key[1] + key[0] + key[2:]),
    'key-other-sign': first_key(lambda key: key[:-1] + '某'),
    'key-latin': first_key(lambda key: 'total'),
    'key-spaced': first_key(lambda key: key[0] + ' ' + key[1:]),
    'key-quoted-open': first_key(lambda key: '"' + key),
    'key-list': first_key(lambda key: '[' + key + ']'),
    'key-null': first_key(lambda key: '~'),
    'key-empty': first_key(lambda key: ''),
    'key-long': first_key(lambda key: key * 300),
    'key-with-remark': first_key(lambda key: key + '（件）'),
    'key-bold': first_key(lambda key: '**' + key + '**'),
    'list-bracket-open': replaced(']', ''),
    'list-bracket-close': replaced('[', ''),
    'list-round': lambda line: line.replace('[', '(').replace(']', ')') if '[' in line else None,
    'list-wide-round': lambda line: line.replace('[', '（').replace(']', '）') if '[' in line else None,
    'list-wide-square': lambda line: line.replace('[', '［').replace(']', '］') if '[' in line else None,
    'list-lenticular': lambda line: line.replace('[', '【').replace(']', '】') if '[' in line else None,
    'list-brace': lambda line: line.replace('[', '{').replace(']', '}') if '[' in line else None,
    'list-closed-round': replaced(']', ')'),
    'list-closed-brace': replaced(']', '}'),
    'list-closed-wide': replaced(']', '］'),
    'list-closed-twice': replaced(']', ']]'),
    'list-opened-twice': replaced('[', '[['),
    'list-comma-wide': replaced(', ', '，'),
    'list-commas-wide': replaced(', ', '，', 99),
    'list-comma-enumeration': replaced(', ', '、'),
    'list-commas-enumeration': replaced(', ', '、', 99),
    'list-comma-semicolon': replaced(', ', '; '),
    'list-comma-gone': replaced(',', ''),
    'list-commas-gone': replaced(',', '', 99),
    'list-comma-point': replaced(', ', '. '),
    'list-comma-doubled': replaced(',', ',,'),
    'list-comma-first': replaced('[', '[, '),
    'list-comma-last': replaced(']', ', 7]'),
    'list-without-brackets': lambda line: line.replace('[', '').replace(']', '') if '[' in line else None,
    'list-then-text': lambda line: line + ' 件' if '[' in line else None,
    'list-then-comma': lambda line: line + ',' if '[' in line else None,
    'list-one-less': figures(lambda list: list[:-1]),
    'list-one-more': figures(lambda list: list + ['0']),
    'list-of-one': figures(lambda list: list[:1]),
    'list-many': figures(lambda list: list * 100),
    'list-inner-list': second_figure('[0]'),
    'list-inner-map': second_figure('{a: 0}'),
    'list-inner-pair': second_figure('a: 0'),
    'list-inner-quote': second_figure('"0'),
    'list-inner-text': second_figure('无记录'),
    'list-inner-dash': second_figure('-'),
    'list-inner-slash': second_figure('\\'),
    'list-inner-hanzi': second_figure('零'),
    'list-inner-circle': second_figure('〇'),
    'list-inner-letter-o': second_figure('O'),
    'list-inner-letter-l': second_figure('l'),
    'list-inner-unit': second_figure('0件'),
    'list-inner-wide': second_figure('０'),
    'list-inner-huge': second_figure('1e400'),
    'list-inner-negative': second_figure('-1'),
    'list-inner-half': second_figure('0.5'),
    'list-inner-null': second_figure('~'),
    'list-inner-percent': second_figure('5%'),
    'list-inner-formula': second_figure('=SUM(A1:A3)'),
    'list-inner-error': second_figure('#REF!'),
    'list-inner-digits': second_figure('1' * 30),
    'list-inner-two-points': second_figure('1.2.3'),
    'list-inner-spaces': second_figure('1 2'),
    'list-inner-reference': second_figure('${新收/总计}'),
    'list-inner-date': second_figure('2021-01-01'),
}

# What a line of text inside a block can suffer.
BROKEN_TEXTS = {name: BROKEN_LINES[name] for name in (
    'indent-tab', 'indent-gone', 'indent-wide', 'indent-one-less', 'nul', 'bell',
    'escape-sequence', 'delete', 'c1-control', 'noncharacter', 'private-use', 'bidi-override',
    'vertical-tab', 'replacement')}
BROKEN_TEXTS.update({
    'picture-markup': lambda line: line + '![](a.png)',
    'open-reference': lambda line: line + '${新收/总计',
    'reference-nowhere': lambda line: line + '${没有这一项/总计}',
    'reference-empty': lambda line: line + '${}',
    'reference-section': lambda line: line + '${收到和处理政府信息公开申请情况}',
    'line-separator': lambda line: line[:5] + '\u2028' + line[5:],
    'next-line': lambda line: line[:5] + '\u0085' + line[5:],
    'section-heading': lambda line: '  二、主动公开政府信息情况',
})

# Between two lines, whatever they are.
INSERTED = {
    'documents': '---', 'document-end': '...', 'directive': '%YAML 1.1', 'directive-tag': '%TAG ! x',
    'bare-word': '某某', 'bare-figure': '123', 'html': '<table><tr><td>1</td></tr></table>',
    'conflict': '<<<<<<< HEAD', 'conflict-middle': '=======', 'fence': '```yaml',
    'bullet': '• 一项', 'ideographic': '　　正文', 'unknown-key': '备注: 没有', 'dash': '-',
    'comma': ',', 'open': '[', 'closed': ']', 'quote': '"', 'colon': ':', 'equals-sign': '=',
    'star': '*', 'tab': '\t甲: 1', 'json': '{"机关": "甲"}', 'xml': '<?xml version="1.0"?>',
}


# What may be told elsewhere, where the form wants it: a row that is gone is missing in its table,
# a blank or odd figure unbalances its column. (slack, most)
CONSEQUENCES = {
    'hash-heading': (99, 5), 'value-nothing': (99, 6), 'value-tilde': (99, 6), 'value-null': (99, 6),
    'list-inner-half': (0, 4), 'list-inner-negative': (0, 4), 'list-inner-unit': (0, 4),
    'list-inner-wide': (0, 4), 'merge': (99, 3),
}


def targets(lines):
    """(kind, index) of lines of each kind, a few of each."""
    kinds = (('agency', '机关:', 1), ('year', '年度:', 1), ('level', '层级:', 1),
             ('block', '总体情况:', 1), ('section', '收到和处理政府信息公开申请情况:', 1),
             ('row', '  规章:', 1), ('single', '  行政强制:', 1), ('wide-row', '  本年新收', 1),
             ('group', '    不予公开:', 1), ('leaf', '      属于国家秘密:', 1),
             ('total', '    总计:', 1), ('suit', '    复议后起诉:', 1))
    for kind, start, _ in kinds:
        yield kind, next(i for i, line in enumerate(lines) if line.startswith(start))


def with_line(lines, index, *instead):
    return '\n'.join(lines[:index] + list(instead) + lines[index + 1:]).encode('utf-8', 'surrogatepass') + b'\n'


def broken_lines(report, lines):
    for kind, index in targets(lines):
        for name, change in BROKEN_LINES.items():
            line = change(lines[index])
            if line is not None and line != lines[index]:
                slack, most = CONSEQUENCES.get(name, (0, 3))
                if kind == 'block': # the text below has lost its `|`
                    slack = max(slack, 2)
                yield Damage('%s-%s-%s' % (report, kind, name), with_line(lines, index, line),
                             index + 1, slack, most, True)
    texts = [i for i, line in enumerate(lines) if line.startswith('  ') and len(line) > 100]
    for number, index in (('first', texts[0]), ('third', texts[2]), ('last', texts[-1])):
        for name, change in BROKEN_TEXTS.items():
            yield Damage('%s-text-%s-%s' % (report, number, name),
                         with_line(lines, index, change(lines[index])), index + 1, 0, 1, True)


def moved_lines(report, lines):
    for kind, index in targets(lines):
        line, after = lines[index], lines[index + 1]
        yield Damage('%s-%s-gone' % (report, kind), with_line(lines, index), index + 1, 99, 5, True)
        yield Damage('%s-%s-twice' % (report, kind), with_line(lines, index, line, line), index + 2, 0, 1)
        yield Damage('%s-%s-swapped' % (report, kind),
                     '\n'.join(lines[:index] + [after, line] + lines[index + 2:]).encode(), index + 1, 2, 3, True)
        yield Damage('%s-%s-joined' % (report, kind),
                     '\n'.join(lines[:index] + [line + after] + lines[index + 2:]).encode(), index + 1, 0, 3, True)
        cut = len(line) // 2
        yield Damage('%s-%s-parted' % (report, kind), with_line(lines, index, line[:cut], line[cut:]), index + 1, 1, 3, True)
        yield Damage('%s-%s-at-end' % (report, kind),
                     '\n'.join(lines[:index] + lines[index + 1:] + [line, '']).encode(), len(lines), 99, 5, True)
        for name, inserted in INSERTED.items():
            yield Damage('%s-%s-then-%s' % (report, kind, name), with_line(lines, index, line, inserted),
                         index + 2, 0, 10 if name == 'documents' else 3, True)
            if name in ('bare-word', 'documents', 'quote', 'open', 'unknown-key'):
                indented = re.match(' *', after)[0] + inserted
                yield Damage('%s-%s-then-indented-%s' % (report, kind, name),
                             with_line(lines, index, line, indented), index + 2, 0, 3, True)


def cut_short(report, text):
    """Truncated within every part of the file, and within a sign of several bytes."""
    step = len(text) // 37
    for at in range(step, len(text), step):
        for odd in range(0, 3):
            yield Damage('%s-cut-%d' % (report, at + odd), text[:at + odd], None, 0, 30, True)


def recoded(report, text):
    words = text.decode()
    for encoding in 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'gbk', 'gb18030', 'big5', 'hz', 'shift_jis':
        yield Damage('%s-in-%s' % (report, encoding), words.encode(encoding, 'replace'), 1, 99, 30 if encoding == 'hz' else 1)
    for name, end in (('crlf', '\r\n'), ('cr', '\r'), ('nel', '\u0085'), ('ls', '\u2028'),
                      ('ps', '\u2029'), ('crcrlf', '\r\r\n'), ('lfcr', '\n\r')):
        yield Damage('%s-line-ends-%s' % (report, name), words.replace('\n', end).encode(), 1, 99, 100, True)
    yield Damage(report + '-bom-twice', b'\xef\xbb\xbf' * 2 + text, 1, 1, 1, True)
    yield Damage(report + '-bom-within', text[:200] + b'\n\xef\xbb\xbf' + text[200:], None, 0, 40, True)
    for name, bad in (('lone', b'\x80'), ('overlong', b'\xc0\xaf'), ('overlong-nul', b'\xc0\x80'),
                      ('surrogate', b'\xed\xa0\x80'), ('beyond', b'\xf4\x90\x80\x80'), ('ff', b'\xff'),
                      ('gb', '临淄'.encode('gbk')), ('latin', b'caf\xe9 '), ('cesu', b'\xed\xa0\xbd\xed\xb8\x80')):
        for part in 1, 2, 3:
            at = text.index(b'\n', len(text) * part // 4)
            yield Damage('%s-bytes-%s-%d' % (report, name, part), text[:at] + bad + text[at:],
                         text[:at].count(b'\n') + 1, 0, 1)
    for part in range(1, 8):
        at = len(text) * part // 8
        yield Damage('%s-nul-%d' % (report, part), text[:at] + b'\0' + text[at:], None, 0, 3)
        yield Damage('%s-zeroed-%d' % (report, part), text[:at] + bytes(200) + text[at + 200:], None, 0, 9)


def settings(report, text):
    words = text.decode()
    lines = words.split('\n')
    other = '2019-60' if '2021-30' in words else '2021-30'
    year, form = (next(i for i, line in enumerate(lines) if line.startswith(key)) for key in ('年度:', '格式:'))
    for name, index, value in (
            ('form-other', form, '格式: ' + other), ('form-none', form, '格式: 2035-1'),
            ('form-path', form, '格式: ../../etc/passwd'), ('form-list', form, '格式: [a]'),
            ('form-year', form, '格式: 2021'), ('form-empty', form, '格式:'),
            ('year-early', year, '年度: 1999'), ('year-two-digits', year, '年度: 21'),
            ('year-word', year, '年度: 二〇二一'), ('year-suffix', year, '年度: 2021年'),
            ('year-late', year, '年度: 9999'), ('year-list', year, '年度: [2021]'),
            ('year-point', year, '年度: 2021.0'), ('year-wide', year, '年度: ２０２１')):
        yield Damage('%s-%s' % (report, name), with_line(lines, index, value), None, 0, 3, True)
    for date in ('2022-13-01', '2022-02-30', '2022/1/28', '2022年1月28日', '20220128', '[2022]', '今天',
                 '2022-1-28', '0000-00-00', '2022-01-28T00:00:00Z'):
        yield Damage('%s-date-%s' % (report, re.sub(r'\W', '-', date)), with_line(lines, year, lines[year], '日期: ' + date),
                     year + 2, 0, 1, True)
    for name, level in (('word', '国家'), ('list', '[政府]'), ('figure', '3'), ('empty', '')):
        yield Damage('%s-level-%s' % (report, name),
                     with_line([line for line in lines if not line.startswith('层级')], year, lines[year], '层级: ' + level),
                     year + 2, 0, 1, True)


def bombs():
    laughs = ['甲0: &a0 [哈, 哈, 哈]'] + ['甲%d: &a%d [%s]' % (i, i, ', '.join(['*a%d' % (i - 1)] * 9)) for i in range(1, 12)]
    yield Damage('billion-laughs', '\n'.join(laughs).encode(), 1, 0, 200)
    yield Damage('alias-of-itself', '甲: &a [*a]\n'.encode(), 1, 0, 20)
    yield Damage('alias-cycle', '甲: &a {乙: &b {丙: *a, 丁: *b}}\n'.encode(), 1, 0, 20)
    yield Damage('merge-cycle', '甲: &a\n  <<: *a\n'.encode(), 1, 1, 20)
    for depth in 31, 33, 1000, 100000:
        yield Damage('deep-list-%d' % depth, '机关: '.encode() + b'[' * depth + b']' * depth + b'\n', 1, 0, 20)
        yield Damage('deep-open-%d' % depth, '机关: '.encode() + b'[' * depth, 1, 0, 20)
        yield Damage('deep-map-%d' % depth, b'{a: ' * depth + b'1' + b'}' * depth, 1, 0, 20)
        yield Damage('deep-dashes-%d' % depth, b'- ' * depth + b'1', 1, 0, 20)
        yield Damage('deep-questions-%d' % depth, b'? ' * depth + b'1', 1, 0, 50)
    for depth in 31, 33, 200:
        yield Damage('deep-block-%d' % depth, b''.join(b' ' * i + b'a:\n' for i in range(depth)), None, 0, 20)
    yield Damage('giant-key', '长'.encode() * 200000 + b': 1\n', 1, 0, 20)
    yield Damage('giant-key-quoted', b'"' + b'k' * 200000 + b'": 1\n', 1, 0, 20)
    yield Damage('giant-scalar', '机关: '.encode() + '甲'.encode() * 300000 + b'\n', 1, 0, 20)
    yield Damage('many-keys', b''.join(b'k%d: 1\n' % i for i in range(30000)), 1, 0, 40000)
    yield Damage('many-same-keys', '机关: 甲\n'.encode() * 30000, 2, 0, 40000)
    yield Damage('many-documents', '---\n机关: 甲\n'.encode() * 10000, 3, 0, 20)
    yield Damage('many-colons', b':' * 100000, 1, 0, 20)
    yield Damage('many-brackets', b'][' * 50000, 1, 0, 20)
    yield Damage('many-quotes', b'"\'' * 50000, 1, 0, 20)
    yield Damage('many-tabs', b'\t' * 100000 + b'a: 1', 1, 0, 20)
    yield Damage('many-commas', '机关: ['.encode() + b',' * 100000 + b']', 1, 0, 100000)
    yield Damage('many-references', ('总体情况: |\n  ' + '${' * 50000).encode(), 2, 0, 50000)


PNG = b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89' + bytes(range(256))
ELSEWHERE = {
    'png': PNG, 'jpeg': b'\xff\xd8\xff\xe0\0\x10JFIF\0' + bytes(range(256)) * 4,
    'gif': b'GIF89a\1\0\1\0\x80\0\0' + bytes(range(200)),
    'pdf': b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n', 'zip': b'PK\3\4\x14\0\6\0' + bytes(300),
    'doc': b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(800), 'elf': b'\x7fELF\2\1\1' + bytes(range(256)) * 3,
    'gzip': gzip.compress(b'x' * 5000, mtime=0), 'zlib': zlib.compress(b'report' * 400),
    'bzip2': b'BZh91AY&SY' + bytes(range(90)), 'xz': b'\xfd7zXZ\0\0\4' + bytes(range(99)),
    '7z': b'7z\xbc\xaf\x27\x1c\0\4' + bytes(range(99)), 'rar': b'Rar!\x1a\7\1\0' + bytes(range(99)),
    'sqlite': b'SQLite format 3\0' + bytes(300), 'class': b'\xca\xfe\xba\xbe' + bytes(range(200)),
    'rtf': b'{\\rtf1\\ansi\\ansicpg936 {\\fonttbl\\f0 Arial;} \\b text\\par}',
    'html': '<!DOCTYPE html>\n<html><head><title>年报</title></head><body>x</body></html>\n'.encode(),
    'xml': b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<a>&b;</a>\n',
    'csv': '机关,年度\n甲,2021\n'.encode(), 'tsv': '机关\t年度\n甲\t2021\n'.encode(),
    'json': '{"机关": "甲", "年度": 2021}\n'.encode(), 'json-broken': '{"机关": "甲", "年度": 2021\n'.encode(),
    'ini': '[年报]\n机关=甲\n年度=2021\n'.encode(), 'toml': '机关 = "甲"\n[表]\na = 1\n'.encode(),
    'markdown': '# 年报\n\n- 机关：甲\n\n| 项目 | 数 |\n|---|---|\n| 规章 | 0 |\n'.encode(),
    'python': b'#!/usr/bin/python3\nimport os\nprint("x")\n', 'shell': b'#!/bin/sh\nrm -rf x\n',
    'letter': '某某区人民政府\n关于年报的说明\n\n各位同志：\n现将有关情况说明如下。\n'.encode(),
    'log': b'2022-01-01 12:00:00 ERROR: [x] failed\n' * 30,
    'empty': b'', 'newline': b'\n', 'newlines': b'\n' * 500, 'spaces': b'   ', 'tabs': b'\t\t\n\t',
    'bom-only': b'\xef\xbb\xbf', 'utf16-bom-only': b'\xff\xfe', 'comments': '# 只有\n# 注释\n'.encode(),
    'start-only': b'---', 'start-end': b'---\n...\n', 'end-only': b'...\n', 'starts': b'---\n---\n---\n',
    'directive-only': b'%YAML 1.2\n', 'directive-three': b'%YAML 3.0\n---\na: 1\n',
    'null': b'~\n', 'scalar': b'1\n', 'text': '年报\n'.encode(), 'list': '- 机关\n- 年度\n'.encode(),
    'flow': b'[]\n', 'map': b'{}\n', 'quote': b'"', 'bracket': b'[', 'brace': b'{', 'colon': b':',
    'dash': b'-', 'question': b'?', 'bar': b'|', 'star': b'*', 'bang': b'!', 'percent': b'%', 'hash': b'#',
    'ampersand': b'&', 'tick': b'`', 'at': b'@', 'comma': b',', 'nul-only': b'\0', 'nuls': bytes(5000),
    'ff': b'\xff' * 500, 'random': bytes((i * i * 31 + i // 7) % 256 for i in range(3000)),
    'control': bytes(range(1, 32)), 'quote-end': '机关: "甲'.encode(), 'one-key': '机关: 甲'.encode(),
    'escape': b'\x1b]0;title\x07\x1b[2J', 'bidi': '\u202e\u2066机关: 甲\n'.encode(),
    'key-only': '机关\n'.encode(), 'wide-everything': '机关：甲\n年度：２０２１\n总体情况：｜\n　　正文\n'.encode(),
}


def elsewhere():
    for name, content in ELSEWHERE.items():
        yield Damage('file-' + name, content, 1, 999, 80)


def everything(reports):
    for report, text in reports:
        lines = text.decode().rstrip('\n').split('\n')
        yield from broken_lines(report, lines)
        yield from moved_lines(report, lines)
        yield from cut_short(report, text)
        yield from recoded(report, text)
        yield from settings(report, text)
    yield from bombs()
    yield from elsewhere()
