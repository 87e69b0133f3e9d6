"""How a run ends from outside: signals in bulk and alone, closed pipes and descriptors."""
import glob
import os
import signal
import subprocess
import time

import scene as scenes_of
from scene import BAD_WORDS, ENVIRONMENT, Folder, Run, execute

COUNT = 30


def bulk(scenes):
    """More reports than can be done before the signal comes."""
    report = scenes['check'].inputs['a.yaml']
    return {'in/%02d.yaml' % i: report.replace('临淄区'.encode(), ('第%d' % i).encode()) for i in range(COUNT)}


def start(command, folder):
    return subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def session_members(session):
    """Processes that are still there, the dead that nobody has waited for apart."""
    members = []
    for path in glob.glob('/proc/[0-9]*/stat'):
        try:
            state, _, _, own = scenes_of.read(path).rpartition(b')')[2].split()[:4]
        except OSError:
            continue # it has just ended
        if int(own) == session and state != b'Z':
            members.append(path)
    return members


def interrupt_bulk(program, inputs, number, delay, whole_group):
    scene = scenes_of.Scene('bulk', ['render', 'in', '--out-dir', 'out', '-j2'], [], inputs)
    with Folder(scene) as folder:
        process = start(scene.command(program), folder)
        while process.poll() is None and not glob.glob(folder + '/out/*.pdf'):
            time.sleep(0.001)
        time.sleep(delay)
        if process.poll() is None:
            (os.killpg if whole_group else os.kill)(process.pid, number)
        out, err = process.communicate(timeout=scenes_of.TIMEOUT)
        wrong = scene.judge(folder, Run(0, b'', b''))
        for path in glob.glob(folder + '/out/*'):
            if not scenes_of.WHOLE['.pdf'].fullmatch(scenes_of.read(path)):
                wrong.append('LOST %s is not whole' % path)
        if process.returncode not in (-number, 0):
            wrong.append('ended by %s' % process.returncode)
        if process.returncode and '已中断' not in err.decode():
            wrong.append('interrupted without a word: %s' % err.decode()[-200:])
        left = session_members(process.pid)
        return wrong + (['still running: %s' % left] if left else [])


def interrupt_at(scene, program, number, call):
    """Strace delivers the signal at a call of its own choice, so it comes at a known moment."""
    with Folder(scene) as folder:
        inject = 'inject=%s:signal=%d:when=1' % (call, number)
        run = execute(['strace', '-qq', '-o', '/dev/null', '-e', inject] + scene.command(program), folder)
        wrong = scene.judge(folder, run, may=(3, -number))
        return wrong + ([] if run.code == -number else ['ended by %s' % run.code])


def fault_at(scene, program, number):
    """A fault of the program's own: it says so, and leaves nothing half done."""
    with Folder(scene) as folder:
        inject = 'inject=fsync:signal=%d:when=1' % number
        run = execute(['strace', '-f', '-qq', '-o', '/dev/null', '-e', inject] + scene.command(program), folder)
        wrong = [text for text in scene.judge(folder, run) if BAD_WORDS[0] not in text]
        # SIGTRAP is how GLib says that there is no memory.
        word = '内存不够' if number == signal.SIGTRAP else BAD_WORDS[0] if '-j2' not in scene.words else '信号 %d' % number
        return wrong + ([] if run.code == 3 and word in run.words() else ['exit %s: %s' % (run.code, run.words()[-200:])])


def stdout_gone(scene, program, how):
    with Folder(scene) as folder:
        words = ' '.join(scene.command(program))
        if how == 'closed pipe': # by `true`, which may be gone before or after we write
            script = '{ sleep 0.1; %s; echo $? >code; } | true' % words
        else:
            script = '%s %s; echo $? >code' % (words, how)
        run = execute(['sh', '-c', script], folder)
        code = int(scenes_of.read(folder + '/code'))
        wrong = [] if code == 3 else ['exit %d' % code]
        return wrong + ([] if '写不了 标准输出' in run.words() else ['it says: %s' % run.words()[-200:]])


def descriptors_gone(scene, program, how):
    """No file of ours may get the number of a standard descriptor."""
    with Folder(scene) as folder:
        script = '%s %s; echo $? >code' % (' '.join(scene.command(program)), how)
        run = execute(['sh', '-c', script], folder)
        code = int(scenes_of.read(folder + '/code'))
        os.remove(folder + '/code')
        if code == 0 and '>&-' in how:
            run = Run(0, scene.said, run.stderr)
        return [text for text in scene.judge(folder, Run(code, run.stdout, run.stderr)) if 'without a word' not in text]


def slow_reader(scene, program):
    """Standard output that isn't ready to take more, as a terminal or node leaves it."""
    with Folder(scene) as folder:
        receive, send = os.pipe()
        os.set_blocking(send, False)
        process = subprocess.Popen(scene.command(program), cwd=folder, env=ENVIRONMENT, stdout=send,
                                   stderr=subprocess.PIPE)
        os.close(send)
        time.sleep(0.3)
        got = b''.join(iter(lambda: os.read(receive, 4096), b''))
        os.close(receive)
        process.communicate()
        return [] if process.returncode == 0 and got == scene.said else ['exit %s, %d of %d bytes' % (
            process.returncode, len(got), len(scene.said))]


def tasks(scenes, program, every, traced):
    inputs = bulk(scenes)
    for step in every(0, 60):
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            for group in False, True:
                yield ('bulk: signal %d after %d ms, group %s' % (number, 3 * step, group),
                       lambda n=number, d=0.003 * step, g=group: interrupt_bulk(program, inputs, n, d, g))
    for name in ('render', 'pages', 'sum', 'extract', 'diff', 'check') if traced else ():
        for number in signal.SIGINT, signal.SIGTERM:
            for call in 'fsync', 'fchmod', 'rename':
                yield ('%s: signal %d at %s' % (name, number, call),
                       lambda s=scenes[name], n=number, c=call: interrupt_at(s, program, n, c))
    for name in ('render', 'sum', 'out-dir') if traced else ():
        for number in signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL, signal.SIGTRAP:
            if name == 'out-dir' and number == signal.SIGTRAP:
                continue
            yield ('%s: fault %d' % (name, number), lambda s=scenes[name], n=number: fault_at(s, program, n))
    for name in 'check', 'new', 'schema':
        for how in '>/dev/full', '>&-', 'closed pipe':
            yield ('%s %s' % (name, how), lambda s=scenes[name], h=how: stdout_gone(s, program, h))
    for words in (['rules'], ['editions'], ['explain', 'T3-BAL'], ['--version'], ['--help'], ['fonts']):
        scene = scenes_of.Scene(words[0], words, [], {})
        for how in '>/dev/full', '>&-':
            yield ('%s %s' % (words[0], how), lambda s=scene, h=how: stdout_gone(s, program, h))
    for name in scenes:
        for how in '<&-', '2>&-', '<&- 2>&-', '2>/dev/full':
            yield ('%s %s' % (name, how), lambda s=scenes[name], h=how: descriptors_gone(s, program, h))
    for name in 'render', 'pages', 'sum', 'out-dir':
        yield ('%s >&-' % name, lambda s=scenes[name]: descriptors_gone(s, program, '>&-'))
    for name in 'schema', 'new':
        yield ('%s to a slow reader' % name, lambda s=scenes[name]: slow_reader(s, program))
