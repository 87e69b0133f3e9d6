"""Fonts that are missing, damaged, or cut short while they are in use."""
import os
import random
import re
import shutil
import subprocess
import tempfile
import time

import scene as scenes_of
from scene import Folder, execute, read, write

BODY = 'FandolFang-Regular.ttf' # the face of most of the text
PARTS = 'nianbao', 'nianbao-typeset.so', 'nianbao-preview.so', 'nianbao-extract.so'


class Tree:
    """A copy of the program whose fonts can be spoiled one by one."""

    def __init__(self, program):
        self.program, self.top = program, os.path.dirname(os.path.dirname(program))

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix='faults-tree-')
        os.makedirs(self.path + '/build')
        os.makedirs(self.path + '/fonts/free')
        for name in PARTS:
            shutil.copy(os.path.join(os.path.dirname(self.program), name), self.path + '/build/')
        for name in os.listdir(self.top + '/fonts'):
            if name != 'free': # not as a link: the program doesn't follow one out of its folder
                shutil.copy(self.top + '/fonts/' + name, self.path + '/fonts/' + name)
        for name in os.listdir(self.top + '/fonts/free'):
            os.symlink(os.path.realpath(self.top + '/fonts/free/' + name), self.font(name))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def font(self, name):
        return self.path + '/fonts/free/' + name

    def nianbao(self):
        return self.path + '/build/nianbao'


def spoil(path, how):
    content = read(path)
    os.remove(path)
    if how == 'a folder':
        os.mkdir(path)
    elif how == 'a pipe':
        os.mkfifo(path)
    elif how == 'endless':
        os.symlink('/dev/zero', path)
    elif how == 'a link to itself':
        os.symlink(path, path)
    elif how == 'unreadable':
        write(path, content)
        os.chmod(path, 0)
    elif how == 'empty':
        write(path, b'')
    elif how != 'gone':
        write(path, content[:how] if isinstance(how, int) else how(content))


def one_spoilt(scene, program, name, how):
    """The file is named, and another face stands in."""
    with Tree(program) as tree, Folder(scene) as folder:
        spoil(tree.font(name), how)
        run = execute(scene.command(tree.nianbao()), folder)
        wrong = scene.judge(folder, run)
        named = 'FONT-FILE' in run.words() and name in run.words()
        if not named or (run.code and 'FONT-CHAR' not in run.words() and '没有一个能用' not in run.words()):
            wrong.append('exit %s: %s' % (run.code, run.words()[-300:]))
        return [text for text in wrong if text != 'exit 1'] # a character that no other face has


def all_spoilt(scene, program, how):
    with Tree(program) as tree, Folder(scene) as folder:
        for name in os.listdir(tree.path + '/fonts/free'):
            if name.endswith(('.ttf', '.ttc', '.otf')):
                spoil(tree.font(name), how)
        run = execute(scene.command(tree.nianbao()), folder)
        return scene.judge(folder, run) + ([] if run.code == 3 and BODY in run.words() else [
            'exit %s: %s' % (run.code, run.words()[-300:])])


def flip(content, seed):
    """A few bits: half of the times among the tables' heads, else anywhere."""
    chance, bytes_ = random.Random(seed), bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(min(len(bytes_), chance.choice((300, 4000, len(bytes_)))))
        bytes_[at] ^= 1 << chance.randrange(8)
    return bytes(bytes_)


def flipped(scene, program, name, seed):
    """Whatever comes of it is a whole file or a message, never a crash."""
    with Tree(program) as tree, Folder(scene) as folder:
        spoil(tree.font(name), lambda content: flip(content, seed))
        run = execute(scene.command(tree.nianbao()), folder)
        wrong = scene.judge(folder, run, may=(1, 3))
        return [text for text in wrong if not re.match(r'(LOST|exit 0, but) \S+ is (neither|whole)', text)
                or not all(scenes_of.WHOLE[os.path.splitext(output)[1]].fullmatch(read(os.path.join(folder, output)))
                           or read(os.path.join(folder, output)) == scenes_of.OLD for output in scene.expected)]


def wait_until_mapped(strace):
    """Until strace's child has the font in its memory."""
    children = '/proc/%d/task/%d/children' % (strace.pid, strace.pid)
    while strace.poll() is None:
        for child in read(children).split() if os.path.exists(children) else ():
            try:
                if BODY.encode() in read('/proc/%s/maps' % child.decode()):
                    return
            except OSError:
                pass # it has just ended
        time.sleep(0.01)


def cut_in_use(scene, program):
    """The run waits, after its fonts are mapped, while one of them loses its second half."""
    with Tree(program) as tree, Folder(scene) as folder:
        content = read(tree.font(BODY))
        os.remove(tree.font(BODY))
        write(tree.font(BODY), content)
        command = ['strace', '-f', '-qq', '-o', folder + '/log', '-e', 'trace=openat'] + scene.command(tree.nianbao())
        execute(command, folder)
        opened = [line for line in read(folder + '/log').decode().splitlines() if 'openat(' in line]
        last = max(i for i, line in enumerate(opened) if '/fonts/free/' in line) + 1
        os.remove(folder + '/log')
        scene.lay_out(folder)
        command[command.index('-e') + 1] = 'inject=openat:delay_enter=1500000:when=%d' % last
        process = subprocess.Popen(command, cwd=folder, env=scenes_of.ENVIRONMENT, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        wait_until_mapped(process)
        os.truncate(tree.font(BODY), len(content) // 8)
        out, err = process.communicate(timeout=scenes_of.TIMEOUT)
        if os.path.exists(folder + '/log'):
            os.remove(folder + '/log')
        run = scenes_of.Run(process.returncode, out, err)
        return scene.judge(folder, run) + ([] if run.code == 3 and BODY in run.words() else [
            'exit %s: %s' % (run.code, run.words()[-300:])])


def mended(scene, program):
    """--incremental sets a report again once a font is there that was missing."""
    with Tree(program) as tree, Folder(scene, old=False) as folder:
        content = read(tree.font(BODY))
        os.remove(tree.font(BODY))
        execute(scene.command(tree.nianbao()), folder)
        write(tree.font(BODY), content)
        return scene.judge(folder, execute(scene.command(tree.nianbao()), folder))


def tasks(scenes, program, full, traced):
    render = scenes['render']
    roles = read(os.path.dirname(os.path.dirname(program)) + '/fonts/roles.yaml').decode()
    names = sorted(set(re.findall(r'file: ([\w.-]+)', roles)))
    hows = ['gone', 'empty', 'a folder', 'a pipe', 'endless', 'a link to itself', 3, 11, 12, 40, 300, 5000, 100000]
    if os.getuid() != 0:
        hows.append('unreadable')
    for how in hows:
        for name in names if full else [BODY, names[-1]]:
            yield '%s: %s' % (name, how), lambda n=name, h=how: one_spoilt(render, program, n, h)
        yield 'all fonts: %s' % how, lambda h=how: all_spoilt(render, program, h)
    for seed in range(600 if full else 40):
        scene = scenes['pages'] if seed % 3 == 0 else render
        name = BODY if seed % 2 else 'LXGWWenKai-Regular.ttf'
        yield '%s: flip %d' % (name, seed), lambda s=scene, n=name, i=seed: flipped(s, program, n, i)
    yield 'a font is there again', lambda: mended(scenes['out-dir'], program)
    if traced:
        yield 'a font cut short in use', lambda: cut_in_use(render, program)
