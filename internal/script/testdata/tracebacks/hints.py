import math
weight = 1
print(weigth)
