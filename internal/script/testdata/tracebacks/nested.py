def outer(values):
    return [inner(v) for v in values]

def inner(v):
    total = 1 + v / (v - 2)
    return total

outer([1, 2])
