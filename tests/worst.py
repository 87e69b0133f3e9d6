#!/usr/bin/python3
"""worst.py PROGRAM [-v] [NAME...] — inputs of up to 8 MiB made to be slow or large: keys without
end, nesting, paragraphs at the limit, texts that a careless regular expression would go back over
for ever. `check` and `render --draft` must end by themselves, within 512 MiB and a guard of CPU
time that is no measurement (quadratic work takes minutes), and with an exit code of theirs."""
import os
import resource
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LARGEST = 8 * 1024 * 1024
MEMORY_MIB, GUARD_SECONDS = 512, 60
HEAD = '机关: 某某区人民政府\n年度: 2021\n'
with open(ROOT + '/examples/linzi-2021/report.yaml', encoding='utf-8') as example:
    REPORT = example.read()
BEFORE, TEXT, BEHIND = (REPORT[:REPORT.index('总体情况:')], '总体情况: |\n',
                        REPORT[REPORT.index('主动公开政府信息情况:'):])
LAST = REPORT[:REPORT.index('其他需要报告的事项:')] + '其他需要报告的事项:\n'


def fill(piece, head='', tail=''):
    """As many pieces as go in; %d is their number."""
    room = LARGEST - len((head + tail).encode())
    count = room // (len(piece.encode()) + (6 if '%d' in piece else 0))
    return head + (''.join(piece % i for i in range(count)) if '%d' in piece else piece * count) + tail


def paragraphs(text, most=80):
    """The example with its first text replaced by this paragraph, `most` times or to the limit."""
    room = LARGEST - len((BEFORE + TEXT + BEHIND).encode())
    line = '  ' + text + '\n'
    return BEFORE + TEXT + line * min(most, room // len(line.encode())) + BEHIND


def long(piece, most=80):
    return paragraphs(piece * (98000 // len(piece.encode())), most)


# Read, bound and judged.
CHECKED = {
    'keys': lambda: fill('k%d: 1\n', HEAD),
    'keys like labels': lambda: fill('申请%d: 1\n', HEAD),
    'keys in a table': lambda: fill('  申请%d: 1\n', HEAD + '收到和处理政府信息公开申请情况:\n'),
    'keys given twice': lambda: fill('k: 1\n', HEAD),
    'long keys': lambda: REPORT + ''.join('键' * 300 + '%d: 1\n' % i for i in range(8000)),
    'brackets': lambda: fill('[', HEAD + 'a: '),
    'braces': lambda: fill('{a: ', HEAD + 'a: '),
    'dashes': lambda: fill('- ', HEAD + 'a:\n'),
    'figures': lambda: fill('1, ', HEAD + '收到和处理政府信息公开申请情况: [', '1]\n'),
    'anchors': lambda: fill('k%d: &a 1\n', HEAD),
    'aliases': lambda: fill('*a, ', HEAD + 'b: &a 1\na: [', '1]\n'),
    'tags': lambda: fill('!!x%d 1, ', HEAD + 'a: [', '1]\n'),
    'documents': lambda: fill('---\na: 1\n', HEAD),
    'tabs': lambda: fill('\tk%d: 1\n', HEAD),
    'wide colons': lambda: fill('k%d：1\n', HEAD),
    'colons': lambda: fill('a: ', HEAD + 'x: '),
    'open quotes': lambda: fill('k%d: "x\n', HEAD),
    'controls': lambda: fill('k%d: \x01\n', HEAD),
    'byte order marks': lambda: fill('甲\ufeff', HEAD + '总体情况: '),
    'waivers': lambda: fill('# nianbao: allow X%d because\n', '', REPORT),
    'conflicts': lambda: fill('<<<<<<< a\n', HEAD),
    'a conflict in conflicts': lambda: fill('<<<<<<< a\n=======\n', HEAD, '>>>>>>> b\n'),
    'blank lines': lambda: fill('   \n', HEAD + '前言: |\n', '  甲\n'),
    'blank lines in a text': lambda: fill('   \n', HEAD + '前言: |\n  甲\n', '  甲\n'),
    'line ends of old Macs': lambda: fill('\r', '', REPORT),
    'escapes': lambda: fill('\\u7532\\n', HEAD + '总体情况: "', '"\n'),
    'folded lines': lambda: fill('  甲\n', HEAD + '总体情况: >\n'),
    'title': lambda: fill('题2020年', '标题: ', '\n' + REPORT),
    'agency': lambda: fill('人民政府办公室委员会市', '机关: ', REPORT[REPORT.index('\n年度:'):]),
    'references': lambda: long('${收到和处理政府信息公开申请情况/新收/总计}件1件', 30),
    'open references': lambda: long('${甲'),
    'false references': lambda: long('￥{甲/'),
    'false references, closed': lambda: long('￥{甲/}'),
    'tiny paragraphs': lambda: paragraphs('甲', LARGEST),
    'tiny numbered paragraphs': lambda: paragraphs('1.', LARGEST),
    'tiny marks': lambda: paragraphs('XX', LARGEST),
    'counts': lambda: long('收到申请12件，其中3件，占25%；'),
    'bare counts': lambda: long('1件'),
    'shares': lambda: long('占1%，'),
    'parts': lambda: long('甲1件、'),
    'parentheses': lambda: long('（1件'),
    'laws without an end': lambda: paragraphs('1件，' + '《' * 32000),
    'laws and figures': lambda: long('1,《'),
    'numbers of notices without an end': lambda: paragraphs('1件，' + '〔' * 32000),
    'placeholders': lambda: long('（此处'),
    'marks': lambda: long('XX甲'),
    'punctuation': lambda: long('，，甲'),
    'bookmarks': lambda: long('[bookmark:'),
    'words of time': lambda: long('本年度全年今年年度年内一年来' * 13 + '申请1件，'),
    'clauses': lambda: long('申请，'),
    'sentences': lambda: long('申请1。'),
    'ranges': lambda: long('1-'),
    'digits': lambda: long('1'),
    'numbers and spaces': lambda: long('1 '),
    'a gap': lambda: paragraphs('1' + ' ' * 97000 + '件'),
    'invisible characters': lambda: long('甲\u200b'),
    'notices': lambda: '前言: |\n' + '  国办公开办函〔2021〕30号格式' * 2000 + '\n' + REPORT,
    'periods': lambda: '前言: |\n' + ('  ' + '统计2020年1月1日' * 4000 + '\n') * 79 + REPORT,
    'fees': lambda: LAST.replace('事项:\n', '事项: |\n') + ('  ' + '收取费 ' * 8000 + '\n') * 80,
    'many tables': lambda: fill('  - 表:\n      - [1, 2]\n', LAST),
    'a wide table': lambda: fill('      - [' + '1, ' * 199 + '1]\n', LAST + '  - 表:\n'),
    'a long table': lambda: fill('      - [1, 2]\n', LAST + '  - 表:\n'),
    'pictures': lambda: fill('  - 图: a%d.png\n', LAST),
}
# Typeset too; the page has limits of its own, and many of the above are no report.
RENDERED = ['tiny paragraphs', 'tiny numbered paragraphs', 'escapes', 'keys',
            'brackets', 'anchors', 'title', 'agency', 'folded lines', 'placeholders']


def run(*command):
    """Exit status (negative: a signal), CPU seconds, MiB at the peak."""
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (GUARD_SECONDS, GUARD_SECONDS))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        os.execv(command[0], command)
    status, use = os.wait4(process, 0)[1:]
    return os.waitstatus_to_exitcode(status), use.ru_utime + use.ru_stime, use.ru_maxrss / 1024


def edge_is_kept(program, path):
    """The largest file passes; one byte more is refused."""
    wrong = 0
    for size, wanted in (LARGEST, 0), (LARGEST + 1, 1):
        with open(path, 'wb') as file:
            file.write((REPORT + '# ').encode().ljust(size, b'x'))
        code = run(program, 'check', path)[0]
        if code != wanted:
            print('a file of %d bytes: check ended with %d' % (size, code))
            wrong += 1
    return wrong


def main():
    words = sys.argv[2:]
    verbose, names = '-v' in words, [word for word in words if word != '-v']
    program, wrong, seen = os.path.abspath(sys.argv[1]), 0, []
    with tempfile.TemporaryDirectory() as folder:
        path = folder + '/report.yaml'
        wrong += edge_is_kept(program, path)
        for name in names or CHECKED:
            with open(path, 'wb') as file:
                file.write(CHECKED[name]().encode()[:LARGEST])
            for command in (['check'], ['render', '--draft', '-o', folder + '/report.pdf']):
                if command[0] == 'render' and name not in RENDERED + names:
                    continue
                code, seconds, peak = run(program, *command, path)
                seen.append((seconds, peak, command[0], name))
                if verbose or code not in (0, 1, 2, 3) or peak > MEMORY_MIB:
                    print('%s: %s ended with %d, %.2f s, %d MiB' % (name, command[0], code, seconds, peak),
                          flush=True)
                wrong += code not in (0, 1, 2, 3) or peak > MEMORY_MIB
    print('%d runs; the slowest %.1f s (%s: %s), the largest %d MiB (%s: %s); %d wrong' % (
        len(seen), max(seen)[0], *max(seen)[2:], max(row[1] for row in seen),
        *max(seen, key=lambda row: row[1])[2:], wrong))
    return wrong > 0


sys.exit(main())
