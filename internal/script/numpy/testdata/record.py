"""Records what Python, NumPy and Brian2 answer to the statements of the case files beside this script.

Run with the interpreter of Debian 12 (Python 3.11, NumPy 1.24.2, Brian2 2.5.1):

    python3 record.py *.txt

A case file holds lines ">>> statement" (continued by "... "), each followed by what it answers, "= line". A
line "## title" begins a new group with fresh variables. The answers are rewritten in place.
"""
import ast
import contextlib
import io
import os
import sys
import warnings

warnings.simplefilter("ignore")
import numpy as np
import brian2
import brian2.numpy_ as bnp

np.seterr(all="ignore")


def names():
    space = {"np": np, "bnp": bnp}
    for name in ("volt mV second ms Hz kHz amp pA nA siemens nS ohm Mohm farad pF metre um".split()):
        space[name] = getattr(brian2, name)
    return space


def answer(code, space):
    out = io.StringIO()
    try:
        tree = ast.parse(code)
        with contextlib.redirect_stdout(out):
            last = tree.body[-1]
            if isinstance(last, ast.Expr):
                exec(compile(ast.Module(tree.body[:-1], []), "case", "exec"), space)
                value = eval(compile(ast.Expression(last.value), "case", "eval"), space)
                if value is not None:
                    print(repr(value))
            else:
                exec(compile(tree, "case", "exec"), space)
    except Exception as error:
        name = type(error).__name__
        if name.startswith("_UFunc"):
            name = "UFuncTypeError"
        out.write("!! %s: %s\n" % (name, error))
    text = out.getvalue()
    return text[:-1].split("\n") if text else []


def main(path):
    with open(path) as file:
        lines = file.read().split("\n")
    kept, code, space = [], [], names()

    def flush():
        if code:
            kept.extend("= " + line for line in answer("\n".join(code), space))
            code.clear()

    for line in lines:
        if line.startswith("= ") or line == "=":
            continue
        if line.startswith("... "):
            code.append(line[4:])
            kept.append(line)
            continue
        flush()
        if line.startswith(">>> "):
            code.append(line[4:])
        elif line.startswith("## "):
            space = names()
        kept.append(line)
    flush()
    with open(path, "w") as file:
        file.write("\n".join(kept))


os.chdir(os.path.dirname(os.path.abspath(__file__)))
for name in sys.argv[1:]:
    main(name)
