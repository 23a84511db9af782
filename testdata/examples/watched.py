"""The text that compare.py puts around an example, so that both simulators run the same script.

A script is changed in these ways, each of which works in Brian2 and in Synfire:

* `_watch(...)` around the names of groups, synapses and monitors keeps what the script makes, also within functions;
* `_cut(...)` around the duration of each run shortens it, and where that is not enough, constants get other values;
* what a script gives to seed(...) gets the number of the seed added, and without such a call the seed is set;
* the script stands in `try`, so that what it recorded is written out even if it cannot plot.
"""

import ast
import textwrap

WATCHED = ('SpikeMonitor', 'EventMonitor', 'StateMonitor', 'PopulationRateMonitor', 'NeuronGroup', 'Synapses')

HEAD = '''\
import brian2 as _brian2
_made = []
def _watch(kind, name):
    def make(*arguments, **keywords):
        made = kind(*arguments, **keywords)
        _made.append((name, made))
        return made
    return make
def _cut(duration):
    return duration if duration < {cap!r}*_brian2.second else {cap!r}*_brian2.second
_brian2.seed({seed})
_failure = ''
try:
'''

# What is written for each object: its recordings, and for groups and synapses all variables as they are in the end.
# Arrays go into the file as they are if they are wanted and not too large, and always as number, mean and deviation.
FOOT = '''
except Exception as _error:
    _failure = type(_error).__name__ + ': ' + str(_error)
import numpy as _np
_dump = {{'failure': _np.array([ord(c) for c in _failure] + [0])}}
_names = {{}}
for _name, _value in list(globals().items()):
    for _k in range(len(_made)):
        if not _name.startswith('_') and _value is _made[_k][1]:
            _names[_k] = _name
def _put(name, values):
    values = _np.atleast_1d(_np.asarray(values))
    values = values.astype(float)
    if values.size == 0:
        return
    finite = _np.isfinite(values)
    if not finite.all():
        _dump['rest.' + name] = _np.array([(~finite).sum()/values.size])
        if {whole} and values.size <= {largest}:
            _dump['whole.' + name] = values
        values = values[finite]
    elif {whole} and values.size <= {largest}:
        _dump['whole.' + name] = values
    if values.size:
        _dump['mean.' + name] = _np.array([values.mean()])
        _dump['sd.' + name] = _np.array([values.std()])
for _k in range(len(_made)):
    _kind, _object = _made[_k]
    _name = _names.get(_k, _kind + ' ' + str(_k))
    if _kind in ('SpikeMonitor', 'EventMonitor'):
        _dump['number.' + _name] = _np.array([_object.num_events])
        if _object.record:
            _put(_name + '.t', _np.array(_object.t))
            _put(_name + '.i', _np.array(_object.i))
            for _variable in _object.record_variables:
                if _variable not in ('i', 't'):
                    _put(_name + '.' + _variable, getattr(_object, _variable + '_'))
    elif _kind == 'StateMonitor':
        for _variable in _object.record_variables:
            _put(_name + '.' + _variable, getattr(_object, _variable + '_'))
    elif _kind == 'PopulationRateMonitor':
        _put(_name + '.rate', _object.rate_)
    else:
        if _kind == 'Synapses':
            _dump['number.' + _name] = _np.array([len(_object)])
            if len(_object) == 0:
                continue
        _states = _object.get_states(units=False)
        for _variable in sorted(_states):
            if _variable not in ('i', 'j', 't', 'dt', 't_in_timesteps', 'N', 'N_pre', 'N_post', 'N_incoming', 'N_outgoing') \
               and not _variable.endswith(('_pre', '_post')):
                _put(_name + '.' + _variable + ' at the end', _states[_variable])
for _name, _value in list(globals().items()):
    if not _name.startswith('_') and isinstance(_value, _np.ndarray) and _np.ndim(_value) > 0 and _np.asarray(_value).dtype.kind == 'f':
        _put('array ' + _name, _value)
_np.savez({path!r}, **_dump)
'''


def watched(text, path, seed, cap, constants, whole, largest=4_000_000):
    """Returns the changed text of a script, which writes what it recorded to path.

    constants are texts by name: whatever is assigned to such a name in the script is replaced.
    """
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    data = text.encode()

    def place(line, column):
        return starts[line - 1] + column

    def span(node):
        return place(node.lineno, node.col_offset), place(node.end_lineno, node.end_col_offset)

    edits = []
    unused = set(constants)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], 'id', '') in constants:
            name = node.targets[0].id
            unused.discard(name)
            edits.append((*span(node.value), constants[name].encode()))
            continue
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, 'attr', '')
        start, end = span(node.func)
        if name in WATCHED:
            edits.append((start, end, b'_watch(' + data[start:end] + b', ' + repr(name).encode() + b')'))
        elif name == 'run':
            duration = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == 'duration'), None)
            if duration is not None:
                start, end = span(duration)
                edits.append((start, end, b'_cut(' + data[start:end] + b')'))
        elif name == 'seed' and len(node.args) == 1 and isinstance(getattr(node.args[0], 'value', node.args[0]), (int, ast.Name)):
            start, end = span(node.args[0])
            edits.append((start, end, data[start:end] + b' + %d' % seed))
    if unused:
        raise ValueError('nothing is assigned to ' + ', '.join(sorted(unused)))
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new + data[end:]
    body = textwrap.indent(data.decode(), '    ')
    fields = dict(seed=seed, cap=cap, path=path, whole=whole, largest=largest)
    return HEAD.format(**fields) + body + FOOT.format(**fields)
