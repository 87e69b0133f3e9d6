#!/usr/bin/python3
"""web.py PROGRAM — what others say of the web pages of all examples (broken ones as drafts).

The Nu Html Checker (npm vnu-jar, fetched into build/web once) must find nothing to say; every
paragraph must be there to be read, and nothing may be fetched from anywhere. A report whose texts
try to inject a script is opened in headless Chromium: its texts must be seen and not run.
"""
import glob
import html.parser
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FOLDER = os.path.join(ROOT, 'build', 'web')
CHECKER = FOLDER + '/node_modules/vnu-jar/build/dist/vnu.jar'
CHROMIUM = ['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
            '--no-first-run', '--disable-background-networking', '--disable-component-update',
            '--disable-sync', '--virtual-time-budget=3000', '--dump-dom']
TEXTS = ('前言', '总体情况', '存在的主要问题及改进情况', '其他需要报告的事项')


class Reader(html.parser.HTMLParser):
    """The text that a reader sees, and what the page would fetch or run."""

    def __init__(self):
        super().__init__()
        self.text, self.fetched, self.hidden = [], [], None

    def handle_starttag(self, tag, attrs):
        if tag in ('script', 'link', 'iframe', 'object', 'embed', 'base', 'form'):
            self.fetched.append('<%s>' % tag)
        for name, value in attrs:
            if name.startswith('on') or (
                    name in ('src', 'href') and not str(value).startswith(('data:image/', '#'))):
                self.fetched.append('%s="%s"' % (name, value))
        self.hidden = tag if tag in ('style', 'title') else self.hidden

    def handle_endtag(self, tag):
        self.hidden = None if tag == self.hidden else self.hidden

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def squeezed(text):
    return re.sub(r'\s', '', text)


def paragraphs(path):
    with open(path, encoding='utf-8') as file:
        try:
            report = yaml.safe_load(file)
        except yaml.YAMLError:
            return []
    return [line for key in TEXTS for line in str(report.get(key) or '').splitlines()]


def judge_page(page, path):
    with open(page, encoding='utf-8') as file:
        content = file.read()
    reader = Reader()
    reader.feed(content)
    said = squeezed(''.join(reader.text))
    lost = [line for line in paragraphs(path) if squeezed(line) not in said]
    fetched = reader.fetched + re.findall(r'url\([^)]*\)|@import[^;]*', content)
    return lost and 'lost: ' + lost[0][:60] or fetched and 'not self-contained: ' + fetched[0]


def fetch_checker():
    if not os.path.exists(CHECKER) and shutil.which('npm'):
        subprocess.run(['npm', 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts',
                        '--prefix', FOLDER, 'vnu-jar@26.9.27'], check=False)
    return os.path.exists(CHECKER) and shutil.which('java')


def judge_markup(pages, counts):
    if not fetch_checker():
        counts['skipped'] += 1
        print('SKIPPED the Nu Html Checker: it cannot be fetched by npm, or there is no java')
        return
    done = subprocess.run(['java', '-jar', CHECKER, '--format', 'gnu', *pages],
                          capture_output=True, check=False)
    for page, path in pages.items():
        lines = [line for line in done.stderr.decode().splitlines() if page in line]
        tell(counts, path, 'Nu Html Checker', lines and lines[0][:500])


def injected(folder):
    """The Linzi report with each injection as a paragraph."""
    with open(HERE + '/injections.txt', encoding='utf-8') as file:
        tries = [line for line in file.read().splitlines() if line]
    with open(ROOT + '/examples/linzi-2021/report.yaml', encoding='utf-8') as file:
        report = file.read()
    report = report.replace('\n总体情况: |\n', '\n总体情况: |\n' +
                            ''.join('  %s\n' % line for line in tries), 1)
    path = folder + '/injected.yaml'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(report)
    return path, tries


def judge_injections(program, folder, counts):
    path, tries = injected(folder)
    page = folder + '/injected.html'
    subprocess.run([program, 'render', '--draft', path, '-o', page], capture_output=True,
                   check=False)
    tell(counts, 'injections', 'page', judge_page(page, path))
    if not shutil.which('chromium'):
        counts['skipped'] += 1
        print('SKIPPED injections: there is no chromium here')
        return
    done = subprocess.run([*CHROMIUM, '--user-data-dir=' + folder + '/chromium', 'file://' + page],
                          capture_output=True, timeout=300, check=False)
    said = done.stdout.decode()
    complaint = 'CANARY-SANG' in said and 'a script ran' or 'CANARY' not in said and 'no page'
    tell(counts, 'injections', '%d tries in Chromium' % len(tries), complaint)


def tell(counts, path, judge, complaint):
    counts['failed' if complaint else 'passed'] += 1
    if complaint:
        print('FAILED %s, %s: %s' % (os.path.relpath(path, ROOT), judge, complaint))


def main(program):
    counts = {'passed': 0, 'failed': 0, 'skipped': 0}
    paths = sorted(glob.glob(ROOT + '/examples/*/report.yaml')) + \
        sorted(glob.glob(ROOT + '/examples/broken/*.yaml'))
    with tempfile.TemporaryDirectory(prefix='web-') as folder:
        pages = {}
        for number, path in enumerate(paths):
            page = '%s/%d.html' % (folder, number)
            subprocess.run([program, 'render', '--draft', path, '-o', page], capture_output=True,
                           check=False)
            if os.path.exists(page):
                pages[page] = path
                tell(counts, path, 'page', judge_page(page, path))
            elif 'broken' not in path:
                tell(counts, path, 'page', 'there is none')
        judge_markup(pages, counts)
        judge_injections(program, folder, counts)
    print('%(passed)d passed, %(failed)d failed, %(skipped)d skipped' % counts)
    return 1 if counts['failed'] or not counts['passed'] else 0


if __name__ == '__main__':
    sys.exit(main(os.path.abspath(sys.argv[1])))
