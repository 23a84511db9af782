def close():
    undefined_thing
try:
    1 / 0
finally:
    close()
