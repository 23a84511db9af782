# How the values of the cases are written: numbers in full, the unit behind them. Brian2 and Synfire both run this.
def show(x):
    if isinstance(x, str):
        return repr(x)
    if isinstance(x, dict):
        return '{' + ', '.join([show(k) + ': ' + show(x[k]) for k in sorted(x)]) + '}'
    if isinstance(x, (tuple, list)):
        return '(' + ', '.join([show(y) for y in x]) + ')'
    if x is None or isinstance(x, bool):
        return repr(x)
    if hasattr(x, 'get_item'):
        x = x[:]
    unit = '' if have_same_dimensions(x, 1) else ' ' + repr(get_dimensions(x))
    for name, known in [('volt', volt), ('amp', amp), ('siemens', siemens), ('second', second), ('Hz', Hz), ('farad', farad)]:
        if have_same_dimensions(x, known):
            unit = ' ' + name
    return repr(asarray(x).tolist()) + unit
