"""A Slurm of one node on this machine, in a folder of its own, for as long as a test needs it.

Its own key, sockets and ports: a Slurm that this machine may have is left alone. Root only, as
slurmd is.
"""
import os
import secrets
import shutil
import socket
import subprocess
import time

PROGRAMS = 'munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'sinfo'
PATIENCE = 60  # seconds for a node to come up
CONF = '''ClusterName=nianbao
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=1024 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
'''


def missing():
    """Why there can be no Slurm here, or None."""
    if os.geteuid():
        return 'only root can run slurmd'
    absent = [name for name in PROGRAMS if not shutil.which(name)]
    return absent and 'not installed: ' + ' '.join(absent) or None


def free_ports(count):
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(('127.0.0.1', 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Cluster:
    def __init__(self, folder):
        self.folder, self.running = folder, []
        os.makedirs(folder + '/state')
        os.makedirs(folder + '/spool')
        os.chmod(folder, 0o755)
        with open(folder + '/munge.key', 'wb') as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(secrets.token_bytes(128))
        with open(folder + '/slurm.conf', 'w', encoding='utf-8') as file:
            file.write(CONF.format(folder=folder, host=socket.gethostname().split('.')[0],
                                   ports=free_ports(2), cpus=os.cpu_count()))
        self.environment = {**os.environ, 'SLURM_CONF': folder + '/slurm.conf'}

    def start(self, *command):
        self.running.append(subprocess.Popen(command, env=self.environment,
                                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                             stderr=subprocess.DEVNULL))

    def __enter__(self):
        at = self.folder
        self.start('munged', '--foreground', '--force', '--key-file=' + at + '/munge.key',
                   '--socket=' + at + '/munge.socket', '--pid-file=' + at + '/munge.pid',
                   '--log-file=' + at + '/munge.log', '--seed-file=' + at + '/munge.seed')
        self.start('slurmctld', '-D')
        self.start('slurmd', '-D')
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            process.terminate()
        for process in self.running:
            process.wait()

    def say(self, *command):
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=60, check=False)
        return done.stdout.decode().strip()

    def is_up(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.say('sinfo', '-h', '-o', '%T') == 'idle':
                return True
            time.sleep(0.5)
        return False

    def run(self, script, environment, folder):
        """Submits, waits for all tasks of the array; what sbatch says, and its exit code."""
        done = subprocess.run(['sbatch', '--wait', script], cwd=folder, stdout=subprocess.PIPE,
                              env={**self.environment, **environment}, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, timeout=300, check=False)
        return done.returncode, done.stdout.decode()
