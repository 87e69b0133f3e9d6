#!/usr/bin/python3
"""judges.py PROGRAM [verapdf] — what others say of the PDFs of all examples (broken ones as drafts).

Each example is rendered in both profiles. qpdf, poppler, MuPDF and Ghostscript must read and draw
it without a word, no page may be blank, every font be embedded and subset, pdftotext give every
paragraph back in order, the PNG pages look like the PDF's; PDFBox Preflight must call the a1b
profile valid and, with `verapdf`, veraPDF the other one PDF/A-3a and PDF/UA-1.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
JARS = ('preflight', 'xmpbox', 'pdfbox2', 'fontbox2', 'commons-logging', 'commons-io',
        'javax.activation', 'jaxb-api')
TEXTS = ('前言', '总体情况', '存在的主要问题及改进情况', '其他需要报告的事项')
LARGEST_SHARE = 0.005
PAGE_NUMBER = re.compile('—\\s*\\d+\\s*—\\s*\f?')


class Skip(Exception):
    pass


def run(*words):
    if not shutil.which(words[0]):
        raise Skip('there is no %s here' % words[0])
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600,
                          check=False)


def silent(*words):
    """Complaint if the tool fails or says anything (of what it lacks itself, it may)."""
    done = run(*words)
    said = [line for line in done.stdout.decode(errors='replace').splitlines()
            if line.strip() and 'ICC support is not available' not in line]
    if done.returncode or said:
        return '%s: %s' % (words[0], '\n'.join(said)[:600])
    return None


def judge_structure(example):
    done = run('qpdf', '--check', example.pdf)
    return done.returncode and done.stdout.decode()


def judge_fonts(example):
    lines = run('pdffonts', example.pdf).stdout.decode().splitlines()[2:]
    bad = [line for line in lines if not re.search(r'\byes +yes +yes +\d+ +0$', line)]
    return '\n'.join(bad) if bad else not lines and 'no fonts at all'


def judge_drawing(example):
    pages = os.path.join(example.folder, 'drawn')
    complaint = silent('pdftoppm', '-r', '40', '-gray', example.pdf, pages)
    for page in sorted(glob.glob(pages + '*.pgm')):
        with open(page, 'rb') as file:
            pixels = file.read()[-300 * 400:]
        dark = sum(pixel < 160 for pixel in pixels) / len(pixels)
        if not 0.0001 < dark < 0.6:
            complaint = complaint or '%s: %.4f of it is dark' % (os.path.basename(page), dark)
    return complaint


def judge_mupdf(example):
    return silent('mutool', 'draw', '-q', '-F', 'ppm', '-r', '40', '-o', '/dev/null', example.pdf)


def judge_ghostscript(example):
    return silent('gs', '-q', '-dNOPAUSE', '-dBATCH', '-sDEVICE=ppmraw', '-r40',
                  '-sOutputFile=/dev/null', example.pdf)


def squeezed(text):
    return re.sub(r'\s', '', PAGE_NUMBER.sub('', text))


def judge_text(example):
    if example.draft:
        return None  # its watermark stands among the lines
    said = squeezed(run('pdftotext', '-enc', 'UTF-8', example.pdf, '-').stdout.decode())
    place = 0
    for paragraph in example.paragraphs():
        found = said.find(squeezed(paragraph), place)
        if found < 0:
            return 'lost or out of order: ' + paragraph[:60]
        place = found
    return None


def cells_of(said):
    """Texts of each table's data cells in reading order, from `pdfinfo -struct-text`."""
    tables, depth_of_table, in_cell = [], None, None
    for line in said.splitlines():
        depth, words = len(line) - len(line.lstrip()), line.strip()
        if words.startswith('Table'):
            tables.append([])
            depth_of_table = depth
        elif depth_of_table is not None and depth <= depth_of_table:
            depth_of_table = in_cell = None
        elif re.match(r'(TD|TH)\b', words):
            in_cell = words.startswith('TD')
            if in_cell:
                tables[-1].append('')
        elif in_cell and words.startswith('"') and depth_of_table is not None:
            tables[-1][-1] += words.strip('"')
    return tables


def figures_of(node):
    if isinstance(node, dict):
        return [figure for key, value in node.items() if key not in ('表前', '表后')
                for figure in figures_of(value)]
    if isinstance(node, list):
        return [figure for value in node for figure in figures_of(value)]
    return ['' if node == '~' else squeezed(node)]


def judge_grid(example):
    """The tagged tables hold the attached report's figures, cell by cell in the form's order."""
    attached = example.folder + '/attached.yaml'
    done = run('pdfdetach', '-save', '1', '-o', attached, example.pdf)
    if done.returncode:
        return 'no report is attached: ' + done.stdout.decode()
    with open(attached, encoding='utf-8') as file:
        report = yaml.load(file, yaml.BaseLoader)
    tables = [[squeezed(cell) for cell in table if squeezed(cell)] for table in
              cells_of(run('pdfinfo', '-struct-text', example.pdf).stdout.decode())]
    for key, section in report.items():
        if not isinstance(section, dict):
            continue
        figures = [figure for figure in figures_of(section) if figure]
        if figures not in tables:
            return '%s: no tagged table holds %s' % (key, ' '.join(figures)[:300])
    return None


def judge_preview(example):
    """PDF (by poppler) and PNG at 100 dpi: at most 0.5 % of a page's pixels differ by more than 64,
    and would if the page were moved by 1 pt. Both are drawn four times as fine and scaled down:
    poppler puts glyphs on quarters of a pixel and begins the page on a whole one."""
    from PIL import Image
    pages = ['-f', '1', '-l', '3'] if example.name != 'linzi-2021/report.yaml' else []
    run('pdftoppm', '-r', '400', '-gray', *pages, example.pdf, example.folder + '/theirs')
    example.render('--dpi', '400', '-o', example.folder + '/ours.png',
                   *(['--pages', '1-3'] if pages else []))
    theirs = numbered(example.folder + '/theirs-*.pgm')
    ours = numbered(example.folder + '/ours-*.png')
    if not ours or len(ours) != len(theirs):
        return '%d pages as PDF, %d as PNG' % (len(theirs), len(ours))
    for a, b in zip(theirs, ours):
        first, second = (Image.open(path).convert('L').reduce(4) for path in (a, b))
        if share_of_difference(first, second) > LARGEST_SHARE:
            return '%s: %.4f of the pixels differ' % (
                os.path.basename(b), share_of_difference(first, second))
        if b == ours[0] and share_of_difference(first, second, moved=1) <= LARGEST_SHARE:
            return 'this judge is blind: it does not see a shift of 1 pt'
    return None


def judge_agreement(example):
    """poppler, MuPDF and Ghostscript draw the first page alike: drawn fine and scaled down, at most
    3 % of the pixels differ by more than 64 (their own hairlines and weights), and more than 4 % do
    if the page is moved by 1 pt."""
    from PIL import Image
    drawn = [example.folder + name for name in ('/poppler.pgm', '/mupdf.pgm', '/gs.pgm')]
    run('pdftoppm', '-r', '400', '-gray', '-singlefile', '-l', '1', example.pdf, drawn[0][:-4])
    run('mutool', 'draw', '-q', '-F', 'pgm', '-r', '400', '-o', drawn[1], example.pdf, '1')
    run('gs', '-q', '-dNOPAUSE', '-dBATCH', '-sDEVICE=pgmraw', '-dTextAlphaBits=4',
        '-dGraphicsAlphaBits=4', '-r400', '-dLastPage=1', '-sOutputFile=' + drawn[2], example.pdf)
    first, *others = [Image.open(path).convert('L').reduce(4) for path in drawn]
    for path, other in zip(drawn[1:], others):
        if share_of_difference(first, other) > 0.03:
            return '%s: %.4f of the pixels differ from poppler\'s' % (
                os.path.basename(path), share_of_difference(first, other))
        if share_of_difference(first, other, moved=1) <= 0.04:
            return 'this judge is blind: it does not see a shift of 1 pt'
    return None


def numbered(pattern):
    return sorted(glob.glob(pattern), key=lambda path: int(re.search(r'(\d+)\.\w+$', path).group(1)))


def share_of_difference(first, second, moved=0):
    from PIL import ImageChops
    size = min(first.size[0], second.size[0]), min(first.size[1], second.size[1])
    other = ImageChops.offset(second.crop((0, 0, *size)), moved, moved)
    difference = ImageChops.difference(first.crop((0, 0, *size)), other)
    return sum(difference.histogram()[65:]) / (size[0] * size[1])


def judge_archive(example):
    paths = ['/usr/share/java/%s.jar' % jar for jar in JARS]
    if not all(map(os.path.exists, paths)):
        raise Skip('no PDFBox Preflight here')
    done = run('java', '-cp', ':'.join(paths),
               'org.apache.pdfbox.preflight.Validator_A1b', example.archived)
    return 'is a valid PDF/A-1b file' not in done.stdout.decode() and done.stdout.decode()


JUDGES = (judge_structure, judge_fonts, judge_drawing, judge_mupdf, judge_ghostscript, judge_text,
          judge_grid, judge_preview, judge_agreement, judge_archive)


class Example:
    def __init__(self, program, path, folder):
        self.program, self.path, self.folder = program, path, folder
        self.name = os.path.relpath(path, os.path.join(ROOT, 'examples'))
        self.pdf, self.archived = folder + '/a.pdf', folder + '/archive.pdf'
        self.draft = []

    def render(self, *words):
        done = subprocess.run([self.program, 'render', self.path, *self.draft, *words],
                              capture_output=True, timeout=600)
        return done.returncode

    def make(self):
        """False if it can't even be a draft: then there is nothing to judge."""
        if self.render('-o', self.pdf):
            self.draft = ['--draft']
            if self.render('-o', self.pdf):
                return False
        return self.render('--profile', 'a1b', '-o', self.archived) == 0

    def paragraphs(self):
        with open(self.path, encoding='utf-8') as file:
            report = yaml.safe_load(file)
        return [line for key in TEXTS for line in str(report.get(key) or '').splitlines()]


def report_paths():
    return sorted(glob.glob(ROOT + '/examples/*/report.yaml')) + \
        sorted(glob.glob(ROOT + '/examples/broken/*.yaml'))


def tell(name, judge, complaint, counts):
    counts['failed' if complaint else 'passed'] += 1
    if complaint:
        print('FAILED %s, %s: %s' % (name, judge, complaint))


def judge_all(example, counts):
    for judge in JUDGES[:-2] if 'broken' in example.name else JUDGES:
        try:
            tell(example.name, judge.__name__, judge(example), counts)
        except Skip as why:
            counts['skipped'] += 1
            print('SKIPPED %s: %s' % (judge.__name__, why))


def verapdf_path():
    folder = os.path.join(ROOT, 'build', 'verapdf')
    if not glob.glob(folder + '/*.jar'):
        done = run('mvn', '-q', '-B', '-f', os.path.dirname(os.path.abspath(__file__)) + '/pom.xml',
                   'dependency:copy-dependencies', '-DoutputDirectory=' + folder)
        if done.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            raise Skip('veraPDF cannot be fetched: ' + done.stdout.decode()[-300:])
    return folder + '/*'


def verapdf_all(examples, counts):
    try:
        jars = verapdf_path()
    except Skip as why:
        counts['skipped'] += 1
        print('SKIPPED %s' % why)
        return
    for flavour, kind in (('3a', 'pdf'), ('ua1', 'pdf'), ('1b', 'archived')):
        done = run('java', '-cp', jars, 'org.verapdf.apps.GreenfieldCliWrapper', '--flavour',
                   flavour, '--format', 'text', '-v', *[getattr(one, kind) for one in examples])
        said = done.stdout.decode()
        for example in examples:
            verdict = re.search(r'^(PASS|FAIL) %s.*?(?=^PASS|^FAIL|\Z)' %
                                re.escape(getattr(example, kind)), said, re.M | re.S)
            passed = verdict and verdict.group(1) == 'PASS'
            tell(example.name, 'veraPDF ' + flavour,
                 not passed and (verdict.group()[:900] if verdict else said[-600:]), counts)


def main(program, with_verapdf):
    counts = {'passed': 0, 'failed': 0, 'skipped': 0}
    examples = []
    with tempfile.TemporaryDirectory(prefix='judges-') as top:
        for number, path in enumerate(report_paths()):
            example = Example(program, path, '%s/%d' % (top, number))
            os.mkdir(example.folder)
            if example.make():
                examples.append(example)
            elif not path.startswith(ROOT + '/examples/broken'):
                tell(example.name, 'render', 'makes no PDF', counts)
        for example in examples:
            judge_all(example, counts)
        if with_verapdf and examples:
            verapdf_all(examples, counts)
    print('%(passed)d passed, %(failed)d failed, %(skipped)d skipped' % counts)
    return 1 if counts['failed'] or not counts['passed'] else 0


if __name__ == '__main__':
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2:] == ['verapdf']))
