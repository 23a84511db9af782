"""Records what pandas prints for the cases of cases.txt, in recorded.txt.

Run with the Python whose pandas is the reference (1.5.3 with NumPy 1.24, as in Debian 12):
    cd testdata && python3 record.py
The display options are those of a notebook. Warnings are left out.
"""
import contextlib
import io
import warnings

import numpy as np
import pandas as pd

warnings.simplefilter('ignore')
pd.set_option('display.max_columns', 20)

blocks = []
for code in open('cases.txt').read().rstrip('\n').split('\n====\n'):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(code, {'pd': pd, 'np': np})
        except Exception as error:
            print(f'{type(error).__name__}: {error}')
    blocks.append(code + '\n----\n' + out.getvalue().rstrip('\n'))
with open('recorded.txt', 'w') as file:
    file.write(f'# pandas {pd.__version__}, numpy {np.__version__}; written by record.py\n' + '\n====\n'.join(blocks) + '\n')
