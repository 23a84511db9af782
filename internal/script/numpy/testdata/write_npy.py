"""Writes the .npy files beside this script. Run with NumPy 1.24.2."""
import os

import numpy as np

os.chdir(os.path.dirname(os.path.abspath(__file__)))
np.save("int32", np.array([[1, 2], [3, 4]], dtype=np.int32))
np.save("float32", np.array([0.5, 1.5], dtype=np.float32))
np.save("fortran", np.asfortranarray(np.arange(6.0).reshape(2, 3)))
np.save("bigendian", np.array([1, 2, 3], dtype=">i8"))
np.save("bool", np.array([True, False]))
np.save("scalar", np.array(2.5))
np.save("empty", np.array([]))
