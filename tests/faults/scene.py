"""One command in a folder of its own, before and after a fault: what must be true of either.

A run that says 0 must have written all that it was asked for; any other must say why; and in
every case each output has its old bytes or its new ones, the inputs are as they were, and no
temporary file is left."""
import os
import re
import shutil
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ENVIRONMENT = {'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', 'PATH': '/usr/bin:/bin', 'HOME': '/nonexistent',
               'SOURCE_DATE_EPOCH': '1767225600'}
ENVIRONMENT.update({name: os.environ[name] for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS') if name in os.environ})
OLD = b'what was there before\n'
TEMPORARY = re.compile(r'\.nianbao-.{6}')
TIMEOUT = 60
# Of a crash that our own handler caught, and of GLib and C speaking for themselves.
BAD_WORDS = ('程序内部出错', 'GLib-', 'Sanitizer', 'terminate called', 'assertion', 'Assertion')
WHOLE = {'.pdf': re.compile(rb'%PDF.*%%EOF\n', re.S), '.json': re.compile(rb'\[.*\]\n', re.S),
         '.csv': re.compile(rb'(.*\r?\n){2,}'), '.html': re.compile(rb'<!.*</html>\n', re.S),
         '.stamp': re.compile(rb'[0-9a-f]{64}\n(\d+ .*\n)+'), '.png': re.compile(rb'\x89PNG.*IEND....', re.S),
         '.yaml': re.compile(rb'(?!)')}


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def write(path, content):
    with open(path, 'wb') as file:
        file.write(content)


class Run:
    def __init__(self, code, stdout, stderr):
        self.code, self.stdout, self.stderr = code, stdout, stderr

    def words(self):
        return (self.stdout + self.stderr).decode('utf-8', 'replace')


def execute(command, folder, **more):
    """A Run; code None where it had to be stopped."""
    more.setdefault('env', ENVIRONMENT)
    more.setdefault('stdin', subprocess.DEVNULL)
    more.setdefault('stdout', subprocess.PIPE)
    more.setdefault('stderr', subprocess.PIPE)
    process = subprocess.Popen(command, cwd=folder, start_new_session=True, **more)
    try:
        out, err = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.communicate()
        return Run(None, b'', b'')
    return Run(process.returncode, out or b'', err or b'')


class Scene:
    """`outputs` are names that the command writes; of a folder (name/) all that is in it."""

    def __init__(self, name, words, outputs, inputs):
        self.name, self.words, self.outputs, self.inputs = name, words, outputs, inputs
        self.expected, self.said = {}, b''

    def lay_out(self, folder, old=True):
        for name, content in self.inputs.items():
            os.makedirs(os.path.dirname(os.path.join(folder, name)) or folder, exist_ok=True)
            write(os.path.join(folder, name), content)
        for name in self.expected if old else ():
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            write(os.path.join(folder, name), OLD)

    def command(self, program):
        return [program] + self.words

    def rehearse(self, program):
        """The run without a fault: what it writes and says is what counts as new."""
        with tempfile.TemporaryDirectory(prefix='faults-') as folder:
            self.lay_out(folder)
            run = execute(self.command(program), folder)
            if run.code != 0:
                raise SystemExit('%s fails without a fault: %s' % (self.name, run.words()))
            self.said = run.stdout
            for path, _, names in os.walk(folder):
                for name in names:
                    whole = os.path.join(path, name)
                    short = os.path.relpath(whole, folder)
                    if short not in self.inputs:
                        self.expected[short] = read(whole)

    def judge(self, folder, run, killed=False, may=(3,)):
        """What is wrong, as texts. `may`: exit codes that a failure may have."""
        words = run.words()
        # Pages in another face, where a font can't be read, are another whole file; and so is a
        # list of results that says so.
        other = 'FONT-FILE' in words or run.code != 0
        states = {name: self.state(folder, name, other) for name in self.expected}
        wrong = ['LOST %s is %s' % (name, state) for name, state in states.items()
                 if state not in ('old', 'new', 'whole')]
        wrong += ['INPUT %s was changed' % name for name, content in self.inputs.items()
                  if read(os.path.join(folder, name)) != content]
        if killed:
            return wrong
        wrong += ['left %s' % name for _, _, names in os.walk(folder) for name in names
                  if TEMPORARY.fullmatch(name)]
        if run.code is None:
            wrong.append('still ran after %d s' % TIMEOUT)
        elif run.code == 0:
            wrong += ['exit 0, but %s is %s' % (name, state) for name, state in states.items()
                      if state == 'old' and '.stamp' not in name]
            if run.stdout != self.said:
                wrong.append('exit 0, but it said something else')
        elif run.code not in may and not (run.code == 127 and b'shared' in run.stderr):
            wrong.append('exit %d' % run.code)
        if run.code and not self.names_something(words):
            wrong.append('exit %d without a word: %r' % (run.code, words[-200:]))
        wrong += ['it says “%s”: %s' % (word, words[-400:]) for word in BAD_WORDS if word in words]
        return wrong

    def state(self, folder, name, other=True):
        """old, new, whole (other bytes, where these may be, but complete), or what else."""
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            return 'absent' if '.stamp' not in name else 'whole'
        content = read(path)
        if content in (OLD, self.expected[name]):
            return 'old' if content == OLD else 'new'
        whole = (other or '.stamp' in name) and WHOLE[os.path.splitext(name)[1]].fullmatch(content)
        return 'whole' if whole else 'neither (%d bytes)' % len(content)

    def names_something(self, words):
        """A sentence that names a file or standard output, whichever it is."""
        own = [part for word in self.words + list(self.inputs) for part in word.split('/')]
        return any(name in words for name in own + ['标准输出', '这次任务', '.so', '/'])


class Folder:
    """A temporary folder with the scene's files laid out."""

    def __init__(self, scene, top=None, old=True):
        self.scene, self.top, self.old = scene, top, old

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix='faults-', dir=self.top)
        self.scene.lay_out(self.path, self.old)
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def judge_the_judge(scene):
    """What is wrong on purpose must be found, or nothing below means anything."""
    def spoil(what):
        with Folder(scene) as folder:
            run = Run(3, b'', b'a.yaml')
            if what == 'torn':
                write(os.path.join(folder, scene.outputs[0]), scene.expected[scene.outputs[0]][:-1])
            elif what == 'removed':
                os.remove(os.path.join(folder, scene.outputs[0]))
            elif what == 'input':
                write(os.path.join(folder, next(iter(scene.inputs))), b'')
            elif what == 'left':
                write(os.path.join(folder, '.nianbao-a1b2c3'), b'')
            elif what == 'silent':
                run = Run(3, b'', b'')
            elif what == 'old':
                run = Run(0, scene.said, b'')
            else:
                run = Run({'signal': -11, 'rejected': 1}.get(what), b'', b'a.yaml')
            return scene.judge(folder, run)
    kinds = 'torn', 'removed', 'input', 'left', 'silent', 'old', 'signal', 'rejected', 'hangs'
    return ['%s is not noticed' % what for what in kinds if not spoil(what)]


def scenes(program):
    report = read(ROOT + '/examples/linzi-2021/report.yaml')
    other = report.replace('临淄区人民政府'.encode(), '某某区人民政府'.encode())
    two = {'in/a.yaml': report, 'in/b.yaml': other}
    made = [
        Scene('check', ['check', 'a.yaml', '--summary', 's.csv'], ['s.csv'], {'a.yaml': report}),
        Scene('render', ['render', 'a.yaml', '-o', 'a.pdf'], ['a.pdf'], {'a.yaml': report}),
        Scene('pages', ['render', 'a.yaml', '--pages', '1-2', '--dpi', '30', '-o', 'a.png'],
              ['a-1.png', 'a-2.png'], {'a.yaml': report}),
        Scene('out-dir', ['render', 'in', '--out-dir', 'out', '--to', 'pdf,html', '-j2',
                          '--incremental', '--summary', 's.json'], ['out/'], two),
        Scene('sum', ['sum', 'in/a.yaml', 'in/b.yaml', '-o', 'total.yaml'], ['total.yaml'], two),
        Scene('diff', ['diff', 'in/a.yaml', 'in/b.yaml', '--format', 'csv', '-o', 'd.csv'],
              ['d.csv'], two),
        Scene('new', ['new', '--year', '2021'], [], {}),
        Scene('schema', ['schema'], [], {}),
    ]
    with tempfile.TemporaryDirectory(prefix='faults-') as folder:
        write(folder + '/a.yaml', report)
        execute([program, 'render', 'a.yaml', '-o', 'a.pdf'], folder)
        pdf = read(folder + '/a.pdf')
    made.append(Scene('extract', ['extract', 'in.pdf', '-o', 'out.yaml'], ['out.yaml'], {'in.pdf': pdf}))
    for scene in made:
        scene.rehearse(program)
    return {scene.name: scene for scene in made}
