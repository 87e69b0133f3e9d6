"""System calls that fail, or at which the process is killed: every n-th call of every kind."""
import collections
import os
import re
import shutil
import subprocess

import scene as scenes_of
from scene import Folder, execute

STRACE = ['strace', '-f', '-qq', '-e', 'signal=none']
ERRORS = {
    'openat': ['EMFILE', 'EIO', 'EACCES'], 'read': ['EIO', 'EINTR'], 'pread64': ['EIO'],
    'write': ['ENOSPC', 'EIO', 'EINTR', 'EPIPE'], 'fsync': ['EIO', 'EINTR', 'ENOSPC'],
    'rename': ['EIO', 'EACCES'], 'close': ['EIO', 'EINTR'], 'mmap': ['ENOMEM'],
    'munmap': ['EINVAL'], 'fchmod': ['EIO', 'EPERM'], 'newfstatat': ['EACCES', 'EIO'],
    'clone': ['EAGAIN', 'ENOMEM'], 'socketpair': ['EMFILE', 'ENFILE'], 'poll': ['EINTR', 'ENOMEM'],
    'recvfrom': ['EINTR', 'EIO'], 'sendto': ['EINTR', 'EIO', 'EPIPE'], 'wait4': ['EINTR'],
    'getdents64': ['EIO'], 'mkdir': ['EACCES', 'ENOSPC'], 'readlink': ['EACCES'], 'lseek': ['EIO'],
    'fcntl': ['EINVAL'], 'access': ['EIO'], 'statfs': ['EIO'], 'sigaltstack': ['ENOMEM'],
    'mprotect': ['ENOMEM'], 'ioctl': ['EIO'], 'getrandom': ['EINTR'],
    'prlimit64': ['EPERM'], 'rt_sigaction': ['EINVAL'],
}
# At the call that ends the process there is nothing left to fail.
KILLED_AT = ['openat', 'read', 'write', 'fsync', 'fchmod', 'rename', 'close', 'mmap', 'poll',
             'recvfrom', 'sendto', 'clone', 'wait4', 'mkdir', 'newfstatat']


def can_trace():
    return shutil.which('strace') is not None and \
        subprocess.run(['strace', '-o', '/dev/null', 'true'], capture_output=True).returncode == 0


def count_calls(scene, program):
    """Of each kind: how many the loader made before main, and the most that one process makes,
    which is what strace's when= counts by."""
    with Folder(scene) as folder:
        log = os.path.join(folder, 'strace.log')
        execute(STRACE + ['-o', log] + scene.command(program), folder)
        counts, before, started = collections.Counter(), collections.Counter(), False
        for line in scenes_of.read(log).decode('utf-8', 'replace').splitlines():
            found = re.match(r'(\d+) +(\w+)\(', line)
            if found:
                started = started or 'rt_sigaction(SIGPIPE' in line # the first thing that main does
                counts[found.group(1), found.group(2)] += 1
                before[found.group(2)] += not started
    most = collections.Counter()
    for (_, name), count in counts.items():
        most[name] = max(most[name], count)
    return {name: (before[name], most[name]) for name in most}


def in_loader(run):
    """The loader doesn't try again, but says which library it couldn't read."""
    return '.so' in run.words()


def fail_one(scene, program, name, error, number):
    with Folder(scene) as folder:
        inject = 'inject=%s:error=%s:when=%d' % (name, error, number)
        run = execute(STRACE + ['-o', '/dev/null', '-e', inject] + scene.command(program), folder)
        if error == 'EINTR' and run.code != 0 and name in ('read', 'write', 'fsync', 'poll', 'recvfrom',
                                                           'sendto', 'wait4') and not in_loader(run):
            return ['EINTR was not tried again: %s' % run.words()[-200:]]
        return scene.judge(folder, run)


def kill_one(scene, program, name, number):
    """The next run of the same command must find nothing in its way."""
    with Folder(scene) as folder:
        inject = 'inject=%s:signal=KILL:when=%d' % (name, number)
        run = execute(STRACE + ['-o', '/dev/null', '-e', inject] + scene.command(program), folder)
        wrong = scene.judge(folder, run, killed=True)
        again = execute(scene.command(program), folder)
        states = [scene.state(folder, name) for name in scene.expected]
        if again.code != 0 or not set(states) <= {'new', 'whole'}:
            wrong.append('after the kill: exit %s: %s' % (again.code, again.words()[-200:]))
        return wrong


def tasks(scenes, program, every):
    for scene in scenes.values():
        for name, (before, count) in sorted(count_calls(scene, program).items()):
            for number in every(before + 1, count):
                for error in ERRORS.get(name, []):
                    yield ('%s: %s number %d says %s' % (scene.name, name, number, error),
                           lambda s=scene, n=name, e=error, i=number: fail_one(s, program, n, e, i))
                if name in KILLED_AT:
                    yield ('%s: killed at %s number %d' % (scene.name, name, number),
                           lambda s=scene, n=name, i=number: kill_one(s, program, n, i))
