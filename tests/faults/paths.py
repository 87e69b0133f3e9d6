"""Odd inputs and outputs: pipes, devices, folders, links; templates, parts of the program and
stamps that are missing or damaged."""
import os
import shutil
import socket
import subprocess
import tempfile

import scene as scenes_of
from scene import ENVIRONMENT, OLD, Folder, Run, execute, read, write

HUGE = b'# ' + b'x' * (8 << 20)


def check_odd(program, make, words, codes, word):
    """`make` lays something odd into a folder; the command must end with one of the codes."""
    with tempfile.TemporaryDirectory(prefix='faults-') as folder:
        kept = make(folder)
        run = execute([program] + words, folder)
        wrong = ['it says “%s”' % bad for bad in scenes_of.BAD_WORDS if bad in run.words()]
        if run.code not in codes or word not in run.words():
            wrong.append('exit %s: %s' % (run.code, run.words()[-300:]))
        for name, content in (kept or {}).items():
            path = os.path.join(folder, name)
            if (read(path) if os.path.exists(path) else None) != content:
                wrong.append('LOST %s' % name)
        left = [name for name in os.listdir(folder) if scenes_of.TEMPORARY.fullmatch(name)]
        return wrong + ['left %s' % name for name in left]


def makers(report):
    """(what, words, makes it, exit codes, what is said)"""
    def put(name, content=report):
        return lambda folder: write(os.path.join(folder, name), content)

    def both(*makes):
        def make(folder):
            kept = {}
            for one in makes:
                kept.update(one(folder) or {})
            return kept
        return make

    def keeps(name, content):
        return lambda folder: {name: content}

    def listen(folder):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(os.path.join(folder, 'x.yaml'))
        listener.close()

    fifo = lambda folder: os.mkfifo(folder + '/x.yaml')
    folder_at = lambda name: lambda folder: os.mkdir(os.path.join(folder, name))
    link = lambda target, name: lambda folder: os.symlink(target, os.path.join(folder, name))
    hard = lambda old, name: lambda folder: os.link(os.path.join(folder, old), os.path.join(folder, name))
    for name, command in ('check', ['check', 'x.yaml']), ('render', ['render', 'x.yaml', '-o', 'o.pdf']), \
            ('sum', ['sum', 'x.yaml', '-o', 'o.yaml']), ('diff', ['diff', 'x.yaml', 'x.yaml']), \
            ('extract', ['extract', 'x.yaml']), ('previous', ['check', 'a.yaml', '--previous', 'x.yaml']), \
            ('list', ['check', '@x.yaml']):
        a = put('a.yaml')
        yield name + ': a pipe without a writer', command, both(a, fifo), (3,), '不是普通文件'
        yield name + ': a socket', command, both(a, listen), (3,), '不是普通文件'
        yield name + ': nothing', command, a, (3,), 'x.yaml'
        yield name + ': a link to nothing', command, both(a, link('gone', 'x.yaml')), (3,), 'x.yaml'
        yield name + ': a link to itself', command, both(a, link('x.yaml', 'x.yaml')), (3,), '链接'
        if name != 'list':
            yield name + ': /dev/zero', command, both(a, link('/dev/zero', 'x.yaml')), (1, 3), 'x.yaml'
            yield name + ': more than 8 MiB', command, both(a, put('x.yaml', HUGE)), (1, 3), 'x.yaml'
        if name in ('render', 'diff', 'extract', 'previous'):
            yield name + ': a folder', command, both(a, folder_at('x.yaml')), (1, 2, 3), ''
    render = ['render', 'a.yaml', '-o']
    a = put('a.yaml')
    for path, word in ('./a.yaml', '盖掉'), ('d/../a.yaml', '盖掉'), ('h.pdf', '盖掉'), ('l.pdf', '盖掉'):
        def spelt(folder, path=path):
            return {path: report} if '/' not in path else {'a.yaml': report}
        yield 'over its input as ' + path, render + [path, '--to', 'pdf'], \
            both(a, folder_at('d'), hard('a.yaml', 'h.pdf'), link('a.yaml', 'l.pdf'), spelt), (2,), \
            word
    yield 'onto a folder', render + ['o.pdf'], both(a, folder_at('o.pdf')), (3,), '这是文件夹'
    yield 'onto a pipe without a reader', render + ['o.pdf'], \
        both(a, lambda folder: os.mkfifo(folder + '/o.pdf')), (3,), '不是普通文件'
    yield 'onto a full device', render + ['/dev/full', '--to', 'pdf'], a, (3,), '磁盘空间不足'
    yield 'onto /dev/null', render + ['/dev/null', '--to', 'pdf'], a, (0,), ''
    yield 'through a link to a file', render + ['o.pdf'], \
        both(a, put('target', OLD), link('target', 'o.pdf'), keeps('target', OLD)), (0,), ''
    yield 'through a link to nothing', render + ['o.pdf'], \
        both(a, link('target', 'o.pdf'), keeps('target', None)), (0,), ''
    yield 'through a link to a folder', render + ['o.pdf'], \
        both(a, folder_at('d'), link('d', 'o.pdf')), (3,), '这是文件夹'
    yield 'into a folder that is none', render + ['a.yaml/o.pdf'], both(a, keeps('a.yaml', report)), (3,), 'o.pdf'
    yield 'under a name that is too long', render + ['o' * 300 + '.pdf'], a, (3,), '文件名太长'
    yield 'under the longest name', render + ['o' * 251 + '.pdf'], a, (0,), ''
    yield '--out-dir is a file', ['render', 'a.yaml', '--out-dir', 'd'], \
        both(a, put('d', OLD), keeps('d', OLD)), (3,), 'd'
    for words, word in (['--templates', 'nowhere'], 'nowhere'), (['--templates', 'empty'], 'empty'), \
            (['--templates', 'pipes'], '不是普通文件'), (['--templates', 'torn'], 'torn'), (['--style', 'nowhere'], ''):
        templates = both(a, folder_at('empty'), folder_at('pipes'), folder_at('torn'), put('torn/a.yaml', b'edition: {'),
                         lambda folder: os.mkfifo(folder + '/pipes/a.yaml'))
        yield 'templates ' + words[-1], render + ['o.pdf'] + words, templates, (1, 2, 3), word
        if words[0] == '--templates':
            for command in ['check', 'a.yaml'], ['schema'], ['new'], ['rules'], ['diff', 'a.yaml', 'a.yaml']:
                yield 'templates %s for %s' % (words[-1], command[0]), command + words, templates, (1, 3), word


def endless_input(program, command):
    with tempfile.TemporaryDirectory(prefix='faults-') as folder:
        with subprocess.Popen(['yes'], stdout=subprocess.PIPE) as source:
            run = execute([program] + command, folder, stdin=source.stdout)
            source.kill()
        return [] if run.code in (1, 3) and run.words() else ['exit %s: %s' % (run.code, run.words()[-200:])]


def piped_input(scene, program):
    """What a shell's <(…) gives is read to its end, however slowly it comes."""
    with Folder(scene) as folder:
        script = '%s check <(head -c 3000 a.yaml; sleep 0.2; tail -c +3001 a.yaml)' % program
        run = execute(['bash', '-c', script], folder)
        return [] if run.code == 0 and b'SEC-LENGTH' in run.stdout else ['exit %s: %s' % (run.code, run.words()[-200:])]


def damaged_part(scene, program, part, damage):
    """A program whose parts are missing or torn says which."""
    top = os.path.dirname(os.path.dirname(program))
    with tempfile.TemporaryDirectory(prefix='faults-') as tree, Folder(scene) as folder:
        os.mkdir(tree + '/build')
        for name in 'nianbao', 'nianbao-typeset.so', 'nianbao-preview.so', 'nianbao-extract.so':
            shutil.copy(os.path.join(os.path.dirname(program), name), tree + '/build/')
        os.symlink(top + '/fonts', tree + '/fonts')
        path = tree + '/build/nianbao-%s.so' % part
        content = read(path)
        os.remove(path)
        if damage is not None:
            write(path, damage(content))
        run = execute(scene.command(tree + '/build/nianbao'), folder)
        wrong = scene.judge(folder, run)
        return wrong + ([] if run.code == 3 and part + '.so' in run.words() else [
            'exit %s: %s' % (run.code, run.words()[-200:])])


def loaded(content):
    """Where the part of an ELF file ends that is loaded at all; behind it are only names."""
    start, size, count = (int.from_bytes(content[at:at + length], 'little')
                          for at, length in ((32, 8), (54, 2), (56, 2)))
    heads = [content[start + i * size:start + (i + 1) * size] for i in range(count)]
    return max(int.from_bytes(head[8:16], 'little') + int.from_bytes(head[32:40], 'little')
               for head in heads if head[:4] == b'\1\0\0\0')


DAMAGES = {'gone': None, 'empty': lambda content: b'', 'cut to 100 bytes': lambda content: content[:100],
           'cut to a half': lambda content: content[:loaded(content) // 2],
           'cut by a page': lambda content: content[:loaded(content) - 4096], 'text': lambda content: b'text' * 1000}


def odd_stamps(scene, program, how):
    """Stamps are a hint: whatever is wrong with them, the outputs come out right."""
    with Folder(scene, old=False) as folder:
        execute(scene.command(program), folder)
        if how == 'output lost':
            os.remove(folder + '/out/a.pdf')
        elif how == 'output cut':
            os.truncate(folder + '/out/a.pdf', 100)
        elif how == 'stamp cut':
            os.truncate(folder + '/out/.nianbao/a.pdf.stamp', 64)
        else:
            shutil.rmtree(folder + '/out/.nianbao')
            write(folder + '/out/.nianbao', b'')
        run = execute(scene.command(program), folder)
        wrong = [name for name, content in scene.expected.items() if name.endswith(('.pdf', '.html'))
                 and read(os.path.join(folder, name)) != content]
        return wrong + ([] if run.code == 0 else ['exit %s: %s' % (run.code, run.words()[-200:])])


def tasks(scenes, program):
    report = scenes['check'].inputs['a.yaml']
    for what, words, make, codes, word in makers(report):
        yield what, lambda w=words, m=make, c=codes, s=word: check_odd(program, m, w, c, s)
    for command in ['check', '-'], ['render', '-', '-o', 'o.pdf'], ['extract', '-']:
        yield command[0] + ': endless input', lambda c=command: endless_input(program, c)
    yield 'check <(…)', lambda: piped_input(scenes['check'], program)
    for name, part in ('render', 'typeset'), ('pages', 'preview'), ('extract', 'extract'):
        for how, damage in DAMAGES.items():
            yield ('nianbao-%s.so: %s' % (part, how),
                   lambda s=scenes[name], p=part, d=damage: damaged_part(s, program, p, d))
    for how in 'output lost', 'output cut', 'stamp cut', 'no folder for stamps':
        yield 'incremental: ' + how, lambda h=how: odd_stamps(scenes['out-dir'], program, h)
