def f():
    return 1
x = 5
def g(x):
    global x
