def f():
    try:
        raise ValueError('first')
    except ValueError:
        print('cleaning')
        raise
f()
