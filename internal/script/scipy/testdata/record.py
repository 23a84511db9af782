"""Store what SciPy answers to the snippets in answers.txt (run with Debian's python3-scipy 1.10).

Snippets and answers alternate, with lines of dashes and equals signs between them; numbers are printed with 12 digits.
"""
import os

import numpy as np
import scipy.optimize
import scipy.stats

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'answers.txt')
cases = []
for case in open(path).read().strip().split('\n====\n'):
    code = case.split('\n----\n')[0]
    names = {'np': np, 'scipy': scipy, 'optimize': scipy.optimize, 'stats': scipy.stats}
    try:
        *lines, last = code.split('\n')
        exec('\n'.join(lines), names)
        numbers = np.ravel(eval(last, names))
        answer = ' '.join('%.12g' % x for x in numbers)
    except Exception as error:
        answer = type(error).__name__ + ': ' + str(error)
    cases.append(code + '\n----\n' + answer)
with open(path, 'w') as f:
    f.write('\n====\n'.join(cases) + '\n')
