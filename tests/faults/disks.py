"""Disks: full at every size, read-only, without permission. Most of it needs root."""
import os
import shutil
import subprocess
import tempfile

from scene import Folder, execute

NOBODY = 65534


class Disk:
    """A tmpfs of its own."""

    def __init__(self, options):
        self.options = options

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix='faults-disk-')
        subprocess.run(['mount', '-t', 'tmpfs', '-o', self.options, 'none', self.path], check=True)
        return self.path

    def __exit__(self, *_):
        subprocess.run(['umount', '-l', self.path], check=True)
        os.rmdir(self.path)


def can_mount():
    if os.getuid() != 0:
        return False
    try:
        with Disk('size=64k'):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def fill_up(folder, room):
    """Leaves `room` bytes, more or less a page."""
    path = os.path.join(folder, 'ballast')
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_bsize
    with open(path, 'wb') as file:
        os.posix_fallocate(file.fileno(), 0, max(free - room, 1))


def full_disk(scene, program, room):
    with Disk('size=8m') as disk, Folder(scene, disk) as folder:
        fill_up(disk, room)
        return scene.judge(folder, execute(scene.command(program), folder))


def few_files(scene, program, files):
    """No room for another name, though there is for bytes."""
    with Disk('size=8m,nr_inodes=%d' % files) as disk:
        try:
            with Folder(scene, disk) as folder:
                return scene.judge(folder, execute(scene.command(program), folder))
        except OSError:
            return None # not even the scene itself fits


def read_only(scene, program):
    with Disk('size=8m') as disk, Folder(scene, disk) as folder:
        subprocess.run(['mount', '-o', 'remount,ro', disk], check=True)
        return must_fail(scene.judge, folder, execute(scene.command(program), folder), '只能读')


def must_fail(judge, folder, run, word):
    wrong = judge(folder, run)
    return wrong + ([] if run.code == 3 and word in run.words() else ['exit %s: %s' % (run.code, run.words()[-200:])])


def no_permission(scene, program, what):
    """As a user who may read everything and write nothing, or not even read."""
    with Folder(scene) as folder:
        os.chmod(folder, 0o755)
        for name in scene.inputs if what == 'reading' else ():
            os.chmod(os.path.join(folder, name), 0)
        command = ['setpriv', '--reuid=%d' % NOBODY, '--clear-groups'] + scene.command(program)
        return must_fail(scene.judge, folder, execute(command, folder), '没有权限')


def readable_program(program):
    """Where the tree itself is closed to others, as in a home folder, there is nothing to try."""
    try:
        return subprocess.run([program, '--version'], user=NOBODY, group=NOBODY, capture_output=True,
                              check=False).returncode == 0
    except PermissionError:
        return False


def tasks(scenes, program, every, skip):
    writing = [scene for scene in scenes.values() if scene.outputs]
    if can_mount():
        for scene in writing:
            size = sum(len(content) for content in scene.expected.values())
            for room in sorted({round(step * size * 1.5 / 40) for step in every(0, 40)}):
                yield ('%s: a disk with %d bytes left' % (scene.name, room),
                       lambda s=scene, r=room: full_disk(s, program, r))
            for files in range(3, 16):
                yield ('%s: a disk of %d files' % (scene.name, files),
                       lambda s=scene, f=files: few_files(s, program, f))
            yield ('%s: a read-only disk' % scene.name, lambda s=scene: read_only(s, program))
    else:
        skip('full and read-only disks: no tmpfs can be mounted (root is needed)')
    if os.getuid() == 0 and readable_program(program):
        for scene in writing:
            for what in 'writing', 'reading':
                yield ('%s: no permission for %s' % (scene.name, what),
                       lambda s=scene, w=what: no_permission(s, program, w))
    else:
        skip('permissions: neither root, nor a program that nobody may run')
