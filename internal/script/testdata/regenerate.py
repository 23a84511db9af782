"""Store what CPython prints for the snippets in python/*.py (run with Debian's python3, 3.11).

Each .out file holds the standard output and, if the snippet ends with an exception, its last line.
"""
import contextlib
import glob
import io
import os
import sys
import traceback

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'python')
os.chdir(here)
sys.path.insert(0, here)
for path in sorted(sys.argv[1:] or glob.glob('*.py')):
    if path.startswith('sibling'):
        continue
    out = io.StringIO()
    with open(path) as f, contextlib.redirect_stdout(out):
        try:
            exec(compile(f.read(), path, 'exec'), {'__name__': '__main__'})
        except BaseException:
            kind, value, _ = sys.exc_info()
            out.write(traceback.format_exception_only(kind, value)[-1])
    with open(path[:-3] + '.out', 'w') as f:
        f.write(out.getvalue())
