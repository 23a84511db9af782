try:
    {}['key']
except KeyError as error:
    raise ValueError('bad key') from error
