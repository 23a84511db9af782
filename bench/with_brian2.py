"""Run a workload with Brian2 and print what came of it as one line of JSON.

    python3 with_brian2.py SCRIPT [--device numpy|cython|cpp_standalone] [--threads N] [--folder FOLDER]

BENCH_SECONDS, BENCH_SCENARIO and BENCH_RECORD go to the script. With C++ standalone the program and its results stay in
FOLDER, where ./main can run again; "run" is the simulation alone (with one thread the processor time that it took,
which is what Brian2 measures), "build" everything before it: Python, code generation, the compiler. At run time Brian2 compiles when run() is called, and "run" is what is left after the time
until the first step.
"""
import argparse
import contextlib
import io
import json
import os
import resource
import runpy
import time
import zlib

parser = argparse.ArgumentParser()
parser.add_argument('script')
parser.add_argument('--device', default='numpy', choices=['numpy', 'cython', 'cpp_standalone'])
parser.add_argument('--threads', type=int, default=1)
parser.add_argument('--folder')
options = parser.parse_args()

begun = time.time()
import brian2
import numpy as np

BrianLogger = brian2.BrianLogger
BrianLogger.suppress_name('method_choice')
if options.device == 'cpp_standalone':
    brian2.prefs.devices.cpp_standalone.openmp_threads = options.threads if options.threads > 1 else 0
    brian2.set_device('cpp_standalone', directory=options.folder)
else:
    brian2.prefs.codegen.target = options.device

first_step = []
original_run = brian2.Network.run


def timed_run(self, duration, report=None, report_period=10*brian2.second, **more):
    """Network.run, which notes when the first step begins."""
    def note(elapsed, done, start, length):
        if done == 0:
            first_step.append(time.time())
    if options.device != 'cpp_standalone':
        report, report_period = note, 1e6*brian2.second
    more['level'] = more.get('level', 0) + 1
    return original_run(self, duration, report=report, report_period=report_period, **more)


brian2.Network.run = timed_run
with contextlib.redirect_stdout(io.StringIO()):
    names = runpy.run_path(options.script)
ended = time.time()

spikes = names['spikes']
steps = np.rint(np.asarray(spikes.t_)/float(names['defaultclock'].dt_)).astype('<i4')
pairs = np.stack([steps, np.asarray(spikes.i).astype('<i4')], axis=1)
run = brian2.device._last_run_time if options.device == 'cpp_standalone' else ended - first_step[-1]
print(json.dumps({
    'workload': os.path.splitext(os.path.basename(options.script))[0],
    'simulator': 'Brian2 %s, %s' % (brian2.__version__, options.device), 'threads': options.threads,
    'run': run, 'build': ended - begun - run, 'spikes': len(steps), 'checksum': '%08x' % zlib.crc32(pairs.tobytes()),
    'user': resource.getrusage(resource.RUSAGE_SELF).ru_utime + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime,
}))
