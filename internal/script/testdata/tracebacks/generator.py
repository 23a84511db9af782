def values():
    yield 1
    raise OSError('ä disk')
print(next(values()))
print(sum(v for v in values()))
