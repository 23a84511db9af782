# Writes the names that Python has without an import, for the list in docs/language.md:
#
#     python3 docs/testdata/builtins.py > docs/testdata/builtins.txt
#
# The stored list is that of CPython 3.11.
import builtins

for name in dir(builtins):
    if not name.startswith("_") and name not in ("copyright", "credits", "license", "exit", "quit"):
        print(name)
