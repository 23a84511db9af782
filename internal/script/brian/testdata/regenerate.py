"""Stores what Brian2 prints for the snippets in brian2/. Written with Brian2 2.5.1, NumPy 1.24.

Blocks are separated by blank lines; the value of a block's last expression is shown, as a notebook does, and
an exception as its last line.
"""
import ast
import contextlib
import glob
import io
import logging
import subprocess
import sys

import brian2

logging.disable(logging.CRITICAL)
brian2.prefs.codegen.target = 'numpy'


def run(block, names):
    tree = ast.parse(block)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    try:
        exec(compile(tree, 'snippet', 'exec'), names)
        if last is not None:
            value = eval(compile(last, 'snippet', 'eval'), names)
            if value is not None:
                print(repr(value))
    except Exception as e:
        print(f'{type(e).__name__}: {e}')


if len(sys.argv) == 1:  # a process for each file, so that default names begin anew
    for file in sorted(glob.glob('brian2/*.py')):
        subprocess.run([sys.executable, __file__, file], check=True)

for file in sys.argv[1:]:
    names = {'__name__': '__main__'}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        for block in open(file).read().split('\n\n'):
            if block.strip():
                run(block.strip('\n') + '\n', names)
                print('--')
    open(file[:-3] + '.out', 'w').write(out.getvalue())
