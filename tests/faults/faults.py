#!/usr/bin/python3
"""faults.py PROGRAM [GROUP...] — everything that can fail is made to fail, once at a time.

  FULL=1   every call and every allocation instead of a sample of them (hours)
  TIMES=n  n times as many samples
  -v       names each fault

Groups: calls memory limits disks paths ends fonts. What is judged is in scene.py. The last line
counts: faults injected, files lost, failures."""
import concurrent.futures
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import calls
import disks
import ends
import fonts
import memory
import paths
import scene as scenes_of

skipped = []
FULL = bool(os.environ.get('FULL'))


def every(samples):
    """Numbers from the first to the last: all of them in FULL, else the first and last and some between."""
    most_samples = samples * int(os.environ.get('TIMES', 1))

    def numbers(first, last):
        if FULL or last - first < most_samples:
            return range(first, last + 1)
        return sorted({first + round(i * (last - first) / (most_samples - 1)) for i in range(most_samples)})
    return numbers


def skip(why):
    print('SKIPPED ' + why)
    skipped.append(why)


def groups(program):
    scenes = scenes_of.scenes(program)
    judging(scenes['render'])
    traced = calls.can_trace()
    if not traced:
        skip('system calls: strace is missing or may not trace')
    return {
        'calls': lambda: calls.tasks(scenes, program, every(6)) if traced else (),
        'memory': lambda: memory.allocation_tasks(scenes, program, every(60)),
        'limits': lambda: memory.limit_tasks(scenes, program, every(12), skip),
        'disks': lambda: disks.tasks(scenes, program, every(6), skip),
        'paths': lambda: paths.tasks(scenes, program),
        'ends': lambda: ends.tasks(scenes, program, every(3), traced),
        'fonts': lambda: fonts.tasks(scenes, program, FULL, traced),
    }


def judging(scene):
    wrong = scenes_of.judge_the_judge(scene)
    if wrong:
        sys.exit('the test itself is broken: ' + ', '.join(wrong))


def run_all(tasks, verbose):
    """(how many, those that went wrong, files lost)"""
    count, failed, lost = 0, 0, 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        pending = [(name, pool.submit(task)) for name, task in tasks]
        for name, future in pending:
            wrong = future.result()
            if wrong is None:
                continue
            count += 1
            failed += bool(wrong)
            lost += sum(text.startswith(('LOST', 'INPUT')) for text in wrong)
            if wrong or verbose:
                print('%s %s%s' % ('FAILED' if wrong else 'ok', name, ''.join('\n    ' + text for text in wrong)), flush=True)
    return count, failed, lost


def main():
    words = [word for word in sys.argv[1:] if word != '-v']
    program = os.path.abspath(words[0])
    total = [0, 0, 0]
    for name, tasks in groups(program).items():
        if len(words) > 1 and name not in words[1:]:
            continue
        started = time.monotonic()
        counts = run_all(tasks(), '-v' in sys.argv)
        total = [sum(pair) for pair in zip(total, counts)]
        print('%s: %d faults, %d failed, %.0f s' % (name, counts[0], counts[1], time.monotonic() - started))
        sys.stdout.flush()
    print('%d faults injected, %d files lost, %d failed, %d skipped' % (total[0], total[2], total[1], len(skipped)))
    return 1 if total[1] else 0


if __name__ == '__main__':
    sys.exit(main())
