"""Writes statements on random arrays to generated.txt, for record.py to answer. Seeded: always the same."""
import os
import random

r = random.Random(20240601)
out = ["Statements by generate.py, answers recorded by record.py from NumPy 1.24.2.", "", "## indexing",
       ">>> a = np.arange(60).reshape(3, 4, 5); f = a / 7; m = a % 3 == 0; z = np.arange(12)"]
SHAPE = (3, 4, 5)


def item(n):
    kind = r.randrange(8)
    if kind == 0:
        return str(r.randrange(-n, n))
    if kind <= 2:
        parts = [r.choice(["", str(r.randrange(-n - 1, n + 2))]) for _ in range(2)]
        step = r.choice(["", "", ":1", ":2", ":-1", ":-2"])
        return parts[0] + ":" + parts[1] + step
    if kind == 3:
        return ":"
    if kind == 4:
        return str([r.randrange(-n, n) for _ in range(2)])
    if kind == 5:
        return str([r.random() < 0.5 for _ in range(n)])
    if kind == 6:
        return str([[r.randrange(n)], [r.randrange(n)]])
    return "None"


def index():
    items, axis = [], 0
    for _ in range(r.randrange(1, 4)):
        if axis >= 3:
            break
        i = item(SHAPE[axis])
        items.append(i)
        if i != "None":
            axis += 1
    if r.random() < 0.25:
        items.insert(r.randrange(len(items) + 1), "...")
    return ", ".join(items)


for _ in range(150):
    out.append(">>> a[%s]" % index())
for _ in range(60):
    out.append(">>> b = a.copy(); b[%s] = %s; b.ravel()" % (index(), r.choice(["-1", "0.5", "np.array([[7]])", "np.arange(5)", "[1, 2]"])))
out += ["", "## reductions",
        ">>> a = np.arange(60).reshape(3, 4, 5); f = np.sin(a) * 10; m = f > 0"]
for _ in range(120):
    name = r.choice("sum mean std var min max argmax argmin prod any all cumsum ptp".split())
    x = r.choice(["a", "f", "m", "f.T", "f[::2]", "f[:, ::-1]", "a[1]", "f[..., 1]"])
    if name in ("std", "var", "ptp", "mean") and x == "m":
        x = "f"
    if name == "prod":
        x = "f[0]"
    axis = r.choice(["", "axis=0", "axis=-1", "axis=1", "axis=(0, 1)", "axis=0, keepdims=True"])
    if name in ("argmax", "argmin", "cumsum") and ("(" in axis or "keepdims" in axis):
        axis = "axis=0"
    out.append(">>> %s.%s(%s)   # ~" % (x, name, axis))
out += ["", "## broadcasting",
        ">>> a = np.arange(12).reshape(3, 4); f = a / 3 - 2; c = np.array([[1.5], [-2.0], [0.0]]); v = np.array([1, -2, 3, 0]); m = a > 5"]
for _ in range(100):
    x, y = (r.choice(["a", "f", "c", "v", "m", "2", "-1.5", "True", "v[None, :]", "f[:, 1:2]", "a[1]", "f.T"]) for _ in range(2))
    op = r.choice("+ - * / // % ** == < >= != & |".split())
    if op in ("==", "!=") and "f.T" in (x, y):
        op = "<"  # NumPy 1.24 still answers the first two for shapes that do not fit; later versions refuse
    out.append(">>> %s %s %s" % (x, op, y))
out += ["", "## printing"]
for _ in range(80):
    n = r.choice([1, 2, 3, 7, 20])
    scale = 10.0 ** r.randrange(-6, 9)
    values = [round(r.uniform(-1, 1) * scale * 10.0 ** r.choice([0, 0, 0, 1, -1, 2, 4]), r.randrange(0, 12)) for _ in range(n)]
    if r.random() < 0.15:
        values[r.randrange(n)] = "np.nan"
    if r.random() < 0.1:
        values[r.randrange(n)] = "-np.inf"
    text = "np.array([%s])" % ", ".join(str(v) for v in values)
    out.append(r.choice([">>> %s", ">>> print(%s)", ">>> %s * mV", ">>> print(%s * nS)"]) % text)
os.chdir(os.path.dirname(os.path.abspath(__file__)))
with open("generated.txt", "w") as file:
    file.write("\n".join(out) + "\n")
