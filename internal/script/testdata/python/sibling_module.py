"""A module beside the script."""
VALUE = 42
_private = 1
def double(x): return x * 2
def get(): return VALUE
class Thing:
    def __repr__(self): return 'Thing()'
