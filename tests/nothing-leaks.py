#!/usr/bin/python3
"""Nothing of the author but the report: comments, folders, user and machine reach no output.

  nothing-leaks.py PROGRAM

A report full of comments, with pictures that carry the names of their makers, is checked, rendered,
added up and compared from a folder with a telling name, by a user with a telling name. Every
output is opened as far as it goes (PDF streams by qpdf, chunks of PNG, pictures inside of web
pages) and searched for the marks. A plain report that does hold a mark proves the search.
"""
import base64
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MARKS = ['CANARY%s7Q' % name for name in (
    'COMMENT', 'FOLDER', 'HOME', 'USER', 'HOST', 'TMP', 'FONTS', 'PICTURE', 'FILE')]
REPORT = os.path.join(TOP, 'examples', 'linzi-2021', 'report.yaml')


def png_with_names(file):
    with open(os.path.join(TOP, 'tests', 'pages', 'trend.png'), 'rb') as source:
        data = source.read()
    chunk = b'tEXtAuthor\0CANARYPICTURE7Q'
    chunk = struct.pack('>I', len(chunk) - 4) + chunk + struct.pack('>I', zlib.crc32(chunk))
    with open(file, 'wb') as out:
        out.write(data[:33] + chunk + data[33:] + b'CANARYPICTURE7Q behind the end')


def jpeg_with_names(file):
    with open(os.path.join(TOP, 'tests', 'pages', 'steps.jpg'), 'rb') as source:
        data = source.read()
    exif = b'Exif\0\0CANARYPICTURE7Q of a camera'
    comment = b'CANARYPICTURE7Q'
    segments = b'\xFF\xE1' + struct.pack('>H', len(exif) + 2) + exif \
        + b'\xFF\xFE' + struct.pack('>H', len(comment) + 2) + comment
    with open(file, 'wb') as out:
        out.write(data[:2] + segments + data[2:] + b'CANARYPICTURE7Q behind the end')


def svg_with_names(file):
    with open(file, 'w', encoding='utf-8') as out:
        out.write('<?xml version="1.0"?>\n<!-- CANARYPICTURE7Q -->\n'
                  '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
                  'width="40" height="20" inkscape:docname="/home/CANARYPICTURE7Q/a.svg">'
                  '<metadata><who>CANARYPICTURE7Q</who></metadata><!-- CANARYPICTURE7Q -->'
                  '<rect width="40" height="20" fill="#ccc"/><text x="2" y="12">5 &lt; 7</text></svg>\n')


def write_report(file):
    """The example with a comment on every line that can bear one, and pictures."""
    with open(REPORT, encoding='utf-8') as source:
        lines = source.read().split('\n')
    out, block = ['# CANARYCOMMENT7Q'], False
    for line in lines:
        if block and line.strip() and not line.startswith(' '):
            block = False
        if not block and line.endswith(']'):
            line += ' # CANARYCOMMENT7Q'
        block = block or line.endswith('|')
        out.append(line)
    out.append('# CANARYCOMMENT7Q at the end')
    text = '\n'.join(out)
    text = re.sub(r'(?m)^总体情况: \|\n((?:  .*\n|\n)+)', lambda found: '总体情况:\n'
                  + ''.join('  - >-\n    %s\n' % line.strip() for line in found.group(1).split('\n') if line.strip())
                  + ''.join('  - 图: {文件: %s, 说明: 图}  # CANARYCOMMENT7Q\n' % name
                            for name in ('a.png', 'b.jpg', 'c.svg')), text, count=1)
    with open(file, 'w', encoding='utf-8') as target:
        target.write(text)


def openings(path):
    """The bytes of an output, and of whatever is packed in it."""
    with open(path, 'rb') as file:
        data = file.read()
    yield data
    if data.startswith(b'%PDF'):
        plain = path + '.qdf'
        subprocess.run(['qpdf', '--qdf', '--object-streams=disable', '--stream-data=uncompress', path, plain], check=True)
        with open(plain, 'rb') as file:
            yield file.read()
        listed = subprocess.run(['qpdf', '--list-attachments', path], capture_output=True, text=True, check=True).stdout
        for name in re.findall(r'(?m)^(\S+) -> ', listed):
            yield subprocess.run(['qpdf', '--show-attachment=' + name, path], capture_output=True, check=True).stdout
    if data.startswith(b'\x89PNG'):
        at = 8
        while at < len(data):
            length, kind = struct.unpack('>I4s', data[at:at + 8])
            assert kind in (b'IHDR', b'PLTE', b'IDAT', b'pHYs', b'sRGB', b'tRNS', b'IEND'), kind
            at += length + 12
    for packed in re.findall(rb'base64,([A-Za-z0-9+/=\s]+)', data):
        yield base64.b64decode(packed)


def forms(mark):
    """A mark as outputs may spell it: UTF-8, UTF-16, the hexadecimal of either."""
    for encoding in ('utf-8', 'utf-16-be', 'utf-16-le'):
        word = mark.encode(encoding)
        yield word
        yield word.hex().encode()
        yield word.hex().upper().encode()


def found_in(path, but=()):
    return sorted({mark for data in openings(path) for mark in MARKS if mark not in but
                   for form in forms(mark) if form in data})


class House:
    """The folder with the telling name, and runs of the program in it."""

    def __init__(self, program, base):
        self.program = program
        self.folder = os.path.join(base, 'CANARYFOLDER7Q')
        self.temporary = os.path.join(base, 'CANARYTMP7Q')
        self.fonts = os.path.join(base, 'CANARYFONTS7Q')
        for folder in (self.folder, self.temporary, self.fonts):
            os.mkdir(folder)
        face = os.path.join(TOP, 'fonts', 'free', 'LXGWWenKai-Regular.ttf')
        shutil.copy(face, os.path.join(self.fonts, 'a.ttf'))
        self.environment = {
            'PATH': '/usr/bin:/bin', 'LC_ALL': 'C.UTF-8', 'HOME': '/home/CANARYHOME7Q', 'USER': 'CANARYUSER7Q',
            'LOGNAME': 'CANARYUSER7Q', 'HOSTNAME': 'CANARYHOST7Q', 'TMPDIR': self.temporary, 'PWD': self.folder}
        for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS'):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def run(self, words, into=None):
        """The files that a run made or, under the name `into`, what it printed."""
        before = set(os.listdir(self.folder))
        ran = subprocess.run([self.program] + words, cwd=self.folder, env=self.environment,
                             stdin=subprocess.DEVNULL, capture_output=True, check=False)
        assert ran.returncode in (0, 1), (words, ran.returncode, ran.stderr.decode(errors='replace'))
        if into:
            with open(os.path.join(self.folder, into), 'wb') as file:
                file.write(ran.stdout)
        made = sorted(set(os.listdir(self.folder)) - before)
        assert made, (words, 'made nothing', ran.stderr.decode(errors='replace'))
        return [os.path.join(self.folder, name) for name in made]


def rendered(house):
    whole = os.path.join(house.folder, 'a.yaml')
    runs = [(name, ['a.yaml', '-o', name]) for name in ('a.pdf', 'a.html', 'a.svg', 'a.png', 'a.trace')]
    runs += [('b.pdf', ['a.yaml', '--profile', 'a1b', '-o', 'b.pdf']),
             ('c.pdf', ['a.yaml', '--fonts', house.fonts, '-o', 'c.pdf']),
             ('d.pdf', [whole, '-o', os.path.join(house.folder, 'd.pdf')]),
             ('e.pdf', ['--draft', 'wrong.yaml', '-o', 'e.pdf']),
             ('e.html', ['--draft', 'wrong.yaml', '-o', 'e.html']),
             ('g.pdf', ['unnamed.yaml', '--no-source', '-o', 'g.pdf']),
             ('g.html', ['unnamed.yaml', '-o', 'g.html']),
             ('g.svg', ['unnamed.yaml', '-o', 'g.svg']),
             ('f.html', [whole, '-o', os.path.join(house.folder, 'f.html')])]
    for _, words in runs:
        for path in house.run(['render'] + words):
            yield path, ()


def printed(house):
    for form in ('json', 'sarif', 'github', 'junit'):
        for path in house.run(['check', '--format', form, '--notes', 'wrong.yaml'], into='check.' + form):
            yield path, ()
    # Its comments name the parts by path, for whoever completes it; `wrong` has the name alone.
    for path in house.run(['sum', 'a.yaml', '-o', 'sum.yaml']):
        yield path, ()
    for form in ('text', 'csv', 'html'):
        for path in house.run(['diff', '--format', form, 'last.yaml', 'a.yaml'], into='diff.' + form):
            yield path, ()
    for path in house.run(['extract', 'a.pdf', '-o', 'out.yaml']):
        yield path, ()


def prepare(house):
    write_report(os.path.join(house.folder, 'a.yaml'))
    png_with_names(os.path.join(house.folder, 'a.png.in'))
    os.rename(os.path.join(house.folder, 'a.png.in'), os.path.join(house.folder, 'a.png'))
    jpeg_with_names(os.path.join(house.folder, 'b.jpg'))
    svg_with_names(os.path.join(house.folder, 'c.svg'))
    with open(os.path.join(house.folder, 'a.yaml'), encoding='utf-8') as file:
        text = file.read()
    with open(os.path.join(house.folder, 'wrong.yaml'), 'w', encoding='utf-8') as file:
        file.write(re.sub(r'(?m)(总计: \[)(\d+)', r'\g<1>9\2', text, count=1))
    with open(os.path.join(house.folder, 'last.yaml'), 'w', encoding='utf-8') as file:
        file.write(text.replace('年度: 2021', '年度: 2022', 1))
    # a picture's file, which is not its 说明
    shutil.copy(os.path.join(house.folder, 'c.svg'), os.path.join(house.folder, 'CANARYFILE7Q.svg'))
    with open(os.path.join(house.folder, 'unnamed.yaml'), 'w', encoding='utf-8') as file:
        file.write(text.replace('{文件: c.svg, 说明: 图}', '{文件: CANARYFILE7Q.svg}', 1))
    with open(REPORT, encoding='utf-8') as source, \
            open(os.path.join(house.folder, 'proof.yaml'), 'w', encoding='utf-8') as file:
        file.write(source.read().replace('总体情况: |\n', '总体情况: |\n  CANARYCOMMENT7Q\n', 1))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not shutil.which('qpdf'):
        print('SKIPPED: QPDF OPENS THE FILES')
        return 77
    leaks, searched = [], 0
    with tempfile.TemporaryDirectory() as base:
        house = House(os.path.abspath(sys.argv[1]), base)
        prepare(house)
        for form in ('pdf', 'html'):
            (proof,) = house.run(['render', 'proof.yaml', '-o', 'proof.' + form])
            if not found_in(proof):
                leaks.append('the search finds nothing in a %s that holds a mark' % form)
        for step in (rendered, printed):
            for path, but in step(house):
                searched += 1
                marks = found_in(path, but)
                if marks:
                    leaks.append('%s: %s' % (os.path.basename(path), ', '.join(marks)))
        if os.listdir(house.temporary):
            leaks.append('left behind: %s' % os.listdir(house.temporary))
    print('\n'.join(leaks + ['%d outputs searched, %d leaks' % (searched, len(leaks))]))
    return 1 if leaks else 0


sys.exit(main())
