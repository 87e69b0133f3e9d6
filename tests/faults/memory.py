"""Memory that runs out: at the n-th allocation only, from the n-th on, and by a limit."""
import os
import resource
import subprocess
import tempfile

import scene as scenes_of
from disks import NOBODY, readable_program
from scene import ENVIRONMENT, Folder, execute

MEGABYTE = 1 << 20


def build_shim(folder):
    here = os.path.dirname(os.path.abspath(__file__))
    shim = os.path.join(folder, 'failing.so')
    subprocess.run(['cc', '-shared', '-fPIC', '-O1', '-o', shim, os.path.join(here, 'failing.c')], check=True)
    return shim


def preloaded(shim, **more):
    return dict(ENVIRONMENT, LD_PRELOAD=shim, **more)


def count_allocations(scene, program, shim):
    with Folder(scene) as folder:
        count = os.path.join(folder, 'count')
        execute(scene.command(program), folder, env=preloaded(shim, FAIL_COUNT=count))
        return int(scenes_of.read(count))


def fail_one(scene, program, environment):
    with Folder(scene) as folder:
        return scene.judge(folder, execute(scene.command(program), folder, env=environment))


def limit_one(scene, program, kind, value, user=None):
    def restrict():
        resource.setrlimit(kind, (value, value))
    with Folder(scene) as folder:
        more = {} if user is None else {'user': user, 'group': user}
        if user is not None:
            for path, _, names in os.walk(folder):
                for name in [path] + [os.path.join(path, name) for name in names]:
                    os.chown(name, user, user)
        return scene.judge(folder, execute(scene.command(program), folder, preexec_fn=restrict, **more))


def allocation_tasks(scenes, program, every):
    top = tempfile.mkdtemp(prefix='faults-shim-')
    shim = build_shim(top)
    for name in 'check', 'render', 'pages', 'out-dir', 'sum', 'diff', 'schema', 'extract':
        scene = scenes[name]
        count = count_allocations(scene, program, shim)
        for number in every(1, count):
            for how in 'FAIL_AT', 'FAIL_FROM':
                environment = preloaded(shim, **{how: str(number)})
                yield ('%s: %s=%d of %d allocations' % (name, how, number, count),
                       lambda s=scene, e=environment: fail_one(s, program, e))


def limit_tasks(scenes, program, every, skip):
    for name in 'check', 'render', 'pages', 'out-dir', 'sum', 'extract':
        scene = scenes[name]
        for megabytes in every(14, 140):
            yield ('%s: %d MB of address space' % (name, megabytes),
                   lambda s=scene, m=megabytes: limit_one(s, program, resource.RLIMIT_AS, m * MEGABYTE))
        for count in every(4, 24):
            yield ('%s: %d open files' % (name, count),
                   lambda s=scene, c=count: limit_one(s, program, resource.RLIMIT_NOFILE, c))
        for size in 0, 1, 40, 4096, 100000, 200000:
            yield ('%s: files of at most %d bytes' % (name, size),
                   lambda s=scene, z=size: limit_one(s, program, resource.RLIMIT_FSIZE, z))
        for kilobytes in 128, 256, 512:
            yield ('%s: a stack of %d KB' % (name, kilobytes),
                   lambda s=scene, k=kilobytes: limit_one(s, program, resource.RLIMIT_STACK, k * 1024))
    others = os.getuid() == 0 and readable_program(program)
    if not others:
        skip('too few processes: needs root, and a tree that others may read')
    for count in range(1, 4) if others else ():
        yield ('out-dir: %d processes' % count,
               lambda c=count: limit_one(scenes['out-dir'], program, resource.RLIMIT_NPROC, c, NOBODY))
