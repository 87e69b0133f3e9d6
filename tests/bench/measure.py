"""Commands timed in turn (A B C A B C …), each a whole process from start to exit.

Knows processes; refuses to know what they make. Wall seconds, CPU seconds (user + system of the
process and of all it waited for), and KiB of the largest process.
"""
import os
import statistics
import subprocess
import threading


class Job:
    """A command to be timed; `output` is what it makes, `most` the most runs that it gets."""

    def __init__(self, name, command, output=None, **more):
        self.name, self.command, self.output = name, command, output
        self.environment = {**os.environ, **more.get('environment', {})}
        self.folder = more.get('folder')
        self.most = more.get('most', 1000)
        self.allowed = more.get('allowed', (0,))
        self.note = more.get('note', '')
        self.walls, self.cpus, self.peaks = [], [], []

    def run(self, launch):
        done = subprocess.run([launch] + self.command, env=self.environment, cwd=self.folder,
                              stdout=subprocess.PIPE, check=True, timeout=1200)
        wall, user, system, peak, code = done.stdout.split()
        if int(code) not in self.allowed:
            raise RuntimeError('%s: exit %s: %s' % (self.name, int(code), ' '.join(self.command)))
        return float(wall), float(user) + float(system), int(peak)

    def once(self, launch):
        wall, cpu, peak = self.run(launch)
        self.walls.append(wall)
        self.cpus.append(cpu)
        self.peaks.append(peak)

    def figures(self):
        size = os.path.getsize(self.output) if self.output and os.path.isfile(self.output) else None
        return {'name': self.name, 'note': self.note, 'runs': len(self.walls),
                'wall': statistics.median(self.walls), 'least': min(self.walls),
                'most': max(self.walls), 'cpu': statistics.median(self.cpus),
                'peak': statistics.median(self.peaks) / 1024, 'bytes': size}


def tried(job, run, tell):
    """Whether the job ran; one that fails is left out loudly, the others go on."""
    try:
        run()
        return True
    except (RuntimeError, subprocess.SubprocessError) as error:
        tell('SKIPPED %s: %s' % (job.name, error))
        return False


def in_turn(launch, jobs, runs, tell, warm=True):
    """Their figures, in order; if warm, one run of each before the first counts for nothing."""
    alive = [job for job in jobs
             if not warm or tried(job, lambda job=job: job.run(launch), tell)]
    for turn in range(runs):
        alive = [job for job in alive
                 if turn >= job.most or tried(job, lambda job=job: job.once(launch), tell)]
        tell('  turn %d of %d' % (turn + 1, runs))
    return [job.figures() for job in alive if job.walls]


def memory_of_tree(root):
    """KiB of a process and all below it, what they share counted once (Pss)."""
    whole, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        try:
            with open('/proc/%d/smaps_rollup' % process, encoding='ascii') as file:
                whole += sum(int(line.split()[1]) for line in file if line.startswith('Pss:'))
            with open('/proc/%d/task/%d/children' % (process, process), encoding='ascii') as file:
                waiting += [int(word) for word in file.read().split()]
        except (OSError, ValueError):
            continue
    return whole


def watch(launch, job):
    """Runs the job once more: the largest sum of its processes' memory, in MiB, looked at ten
    times a second (which disturbs its times a little)."""
    seen, over = [0], threading.Event()
    running = threading.Thread(target=lambda: (job.once(launch), over.set()))

    def look():
        own = '/proc/%d/task' % os.getpid()
        for task in os.listdir(own):
            with open('%s/%s/children' % (own, task), encoding='ascii') as file:
                for word in file.read().split():
                    seen[0] = max(seen[0], memory_of_tree(int(word)))
    running.start()
    while running.is_alive():
        look()
        over.wait(0.1)
    return seen[0] / 1024
