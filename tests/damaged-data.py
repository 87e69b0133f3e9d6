#!/usr/bin/python3
"""damaged-data.py PROGRAM — what the program itself lives by, damaged: fonts/roles.yaml, a page style, a form,
the patterns for texts. Cut short, with bits flipped, lines lost, names and values that make no sense: no
crash, no hang, and a message that names the file and the line; silent only where the file may well be so.

  TIMES=n   n times as many places to cut at and bits to flip
  -v        names each"""
import concurrent.futures
import os
import random
import re
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT + '/tests/faults')
import fonts
from scene import BAD_WORDS, execute, read, write

TIMES = int(os.environ.get('TIMES', 1))
REPORT = ROOT + '/examples/linzi-2021/report.yaml'

# Wrong whatever the file is: to be told, and by the file's name.
WHOLE = {
    'gone': None, 'a folder': 'folder', 'empty': b'', 'a comment': b'# \n', 'a scalar': '某某\n'.encode(), 'a list': b'- 1\n- 2\n',
    'null': b'~\n', 'an empty map': b'{}\n', 'another map': b'a: 1\n', 'NUL': b'\0' * 100, 'UTF-16': 'a: 1\n'.encode('utf-16'),
    'GB 18030': '某某: 甲乙丙丁戊己庚辛\n'.encode('gb18030'), 'a picture': b'\x89PNG\r\n\x1a\n' + b'\0' * 50,
    'deep': b'[' * 100 + b']' * 100, 'wide': b'a: [' + b'1, ' * 600000 + b'1]\n', 'large': b'# ' + b'x' * (9 << 20) + b'\n',
    'an alias': b'a: &a [1]\nb: *a\n', 'a tag': b'!x {a: 1}\n', 'documents': b'---\na: 1\n---\nb: 2\n', 'random': random.Random(1).randbytes(4000)}

# A value of a line in another's place. What can't be so for any key is to be told.
VALUES = {
    'nothing': '', 'null': '~', 'a text': '某某', 'a list': '[1, 2]', 'lists': '[[[1]], {a: [b]}]', 'a map': '{a: 1}', 'an empty map': '{}',
    'an empty list': '[]', 'huge': '9' * 25, 'huge power': '1e400', 'negative': '-1', 'zero': '0', 'a fraction': '0.000001',
    'not a number': '.nan', 'above int': '2147483648', 'a path': '../../../etc/passwd', 'a long text': '某' * 5000, 'a sign': '"\\e[31m"',
    'a pattern': "'(((a*)*)*)*$'", 'an open pattern': "'(['"}
KEYS = {'another key': '某某', 'a long key': 'x' * 3000, 'a number': '1', 'null': '~', 'an empty key': '""', 'a list as key': '[a]'}
LINE = re.compile(r'^( *(?:- )?)([^ #{\[\'"][^:#{\[]*|"[^"]*"):( +)(\S.*)?$')


def flipped(content, seed):
    chance, changed = random.Random(seed), bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 10))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def damages(content, step):
    """(name, content, whether it is wrong for sure)"""
    yield from ((name, whole, True) for name, whole in WHOLE.items())
    places = range(len(content)) if len(content) <= 100 * TIMES else sorted(
        {round(i * len(content) / (100 * TIMES)) for i in range(100 * TIMES)})
    yield from (('cut at %d' % at, content[:at], False) for at in places)
    yield from (('flipped %d' % seed, flipped(content, seed), False) for seed in range(100 * TIMES))
    lines = content.decode().split('\n')
    for i in range(0, len(lines), step):
        def with_line(*instead, i=i):
            return '\n'.join(lines[:i] + list(instead) + lines[i + 1:]).encode()
        yield 'line %d gone' % (i + 1), with_line(), False
        yield 'line %d twice' % (i + 1), with_line(lines[i], lines[i]), False
        found = LINE.match(lines[i])
        if not found:
            continue
        for name, value in VALUES.items():
            yield 'line %d: %s' % (i + 1, name), with_line(found[1] + found[2] + ': ' + value), False
        for name, key in KEYS.items():
            yield 'line %d: %s' % (i + 1, name), with_line(found[1] + key + ':' + found[3] + (found[4] or '')), False


class House:
    """A copy of the program, and a folder, with one of these files to be spoilt."""

    def __init__(self, tree, folder, name):
        self.name, self.folder, self.program = name, folder, tree.nianbao()
        self.path = tree.path + '/fonts/' + name if name == 'roles.yaml' else folder + '/templates/' + name
        os.mkdir(folder + '/templates')
        for other in os.listdir(ROOT + '/templates'):
            if other.endswith('.yaml'):
                write(folder + '/templates/' + other, read(ROOT + '/templates/' + other))
        write(folder + '/report.yaml', read(REPORT))
        self.content = read(self.path)
        given = [] if name == 'roles.yaml' else ['--templates', 'templates']
        self.commands = [['render', 'report.yaml', '-o', 'report.trace'] + given]
        if name in ('2021-30.yaml', 'prose.yaml'): # which paper knows nothing of
            self.commands = [['check', 'report.yaml'] + given, ['new', '--edition', '2021-30'] + given][:1 if name[0] == 'p' else 2]

    def spoil(self, content):
        if os.path.isdir(self.path):
            os.rmdir(self.path)
        elif os.path.exists(self.path):
            os.remove(self.path)
        if content == 'folder':
            os.mkdir(self.path)
        elif content is not None:
            write(self.path, content)

    def complaint(self, words, sure):
        run = execute([self.program] + words, self.folder)
        said = run.words()
        if run.code is None:
            return 'it hangs'
        if run.code not in (0, 1, 3) and not (words[0] == 'new' and '--edition' in said): # another name for it
            return 'exit %d: %s' % (run.code, said[-300:])
        bad = [word for word in BAD_WORDS if word in said]
        if bad:
            return 'it says “%s”: %s' % (bad[0], said[-300:])
        if sure and (run.code != 3 or self.name not in said):
            return 'exit %d, and not a word of the file: %s' % (run.code, said[-300:])
        # A form that is another one finds other mistakes in the report.
        if run.code and not sure and not re.search(r'(%s|report\.yaml):\d+:\d+: ' % re.escape(self.name), said):
            return 'exit %d without a place: %s' % (run.code, said[-300:])
        return None

    def failures(self, step):
        for name, content, sure in damages(self.content, step):
            self.spoil(content)
            if content is None and self.name != 'roles.yaml':
                continue # what isn't in the folder of templates is built in, or no form for this year
            for words in self.commands:
                wrong = self.complaint(words, sure)
                yield '%s, %s: %s' % (self.name, name, words[0]), wrong


def run_house(program, name, step):
    with fonts.Tree(program) as tree, tempfile.TemporaryDirectory(prefix='damaged-data-') as folder:
        return list(House(tree, folder, name).failures(step))


def main():
    program, verbose = os.path.abspath(sys.argv[1]), '-v' in sys.argv
    if not os.path.exists(ROOT + '/fonts/free/' + fonts.BODY):
        print('SKIPPED: THE FONTS OF ./setup.sh ARE NOT HERE')
        return 77
    count = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        pending = [pool.submit(run_house, program, name, max(1, step // TIMES))
                   for name, step in (('2021-30.yaml', 9), ('roles.yaml', 1), ('prose.yaml', 9), ('gbt9704.yaml', 1))]
        for future in pending:
            for name, wrong in future.result():
                count += 1
                failed += wrong is not None
                if wrong or verbose:
                    print('%s %s%s' % ('FAILED' if wrong else 'ok', name, '\n    ' + wrong if wrong else ''))
    print('%d runs over damaged files, %d failed' % (count, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
