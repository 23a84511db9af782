"""Writes the reference tables of this folder from matplotlib (3.6.3 made the stored ones): ticks.txt, formats.txt,
colormaps.txt. Run it in this folder; arguments, if any, are the
colormaps to write instead of those in colormaps.txt."""
import sys
import matplotlib
matplotlib.use("Agg")
import numpy as np
from matplotlib.axes._base import _process_plot_format
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, ScalarFormatter

rng = np.random.RandomState(20)
ranges = [(0, 1), (0, 10), (-0.5, 10.5), (0, 2000), (-100, 2100), (0, 9), (-80, 40), (1e-9, 5e-9), (0, 1e6), (0, 3e7), (999.5, 1000.5),
          (100000, 100001), (0.123456, 0.123457), (-1e-7, 1e-7), (4.725, 5.275), (-1, 1), (0, 0.3), (12345678, 12345690), (-3.15, 66.15),
          (0.0, 1e-5), (1e5, 9e5), (-1234567, -1234500), (2.0, 2.0000001), (0, 6.3)]
for _ in range(120):
    centre = rng.normal() * 10 ** rng.uniform(-6, 6)
    width = 10 ** rng.uniform(-6, 6)
    if width > 1e-9 * abs(centre):  # narrower ones need more digits than its offsets have
        ranges.append((centre, centre + width))
with open("ticks.txt", "w") as out:
    for low, high in ranges:
        n = int(rng.randint(2, 10))
        axes = Figure().add_subplot()
        axes.set_xlim(low, high)
        low, high = map(float, axes.get_xlim())
        locator = MaxNLocator(nbins=n, steps=[1, 2, 2.5, 5, 10], min_n_ticks=2)
        axes.xaxis.set_major_locator(locator)
        ticks = [t for t in axes.xaxis.get_majorticklocs() if low - 1e-9 * (high - low) <= t <= high + 1e-9 * (high - low)]
        formatter = ScalarFormatter()
        axes.xaxis.set_major_formatter(formatter)
        formatter.set_locs(ticks)
        labels = [formatter(t) for t in ticks]
        fields = [repr(low), repr(high), str(n), " ".join(repr(float(t)) for t in ticks), " ".join(labels), formatter.get_offset().replace("$", "")]
        out.write("\t".join(fields) + "\n")

formats = ["k,", "b.", "r--", "C0", "o-", "-o", "ro", "r.-", "g^:", "--", "-.", ":", "x", "C3s--", "k-.d", "bo-", "1", "2", "8", "red", "steelblue", "#ff0000",
           "0.5", "tab:green", "rr", "o.", "--:", "z", "r q", "-g", "g-", "mD-.", "y1", "|", "_", "k|", "C10", "C12-", ",k", "*", "kP", ".5", "-C1", "c+", "wX"]
with open("formats.txt", "w") as out:
    for text in formats:
        try:
            style, marker, color = _process_plot_format(text)
            fields = [to_hex(color) if color is not None and color != "none" else str(color), str(marker), str(style)]
        except ValueError:
            fields = ["error"]
        out.write("\t".join([text] + fields) + "\n")

names = sys.argv[1:] or [line.split()[0] for line in open("colormaps.txt") if not line.split()[0].endswith("_r")]
with open("colormaps.txt", "w") as out:
    for name in names:
        for key in (name, name + "_r"):
            colors = [to_hex(matplotlib.colormaps[key](v)) for v in np.linspace(0, 1, 9)]
            out.write(key + " " + " ".join(colors) + "\n")
