import math
math.isclose(1, 2, rel_tolerance=0.1)
