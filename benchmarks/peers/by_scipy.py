"""scipy's linear_sum_assignment (Jonker and Volgenant, dense). python by_scipy.py FOLDER"""

import json
import sys
from pathlib import Path

import numpy as np
from clock import timed
from scipy.optimize import linear_sum_assignment


def main(folder: Path) -> None:
    values = np.load(folder / "values.npy")
    seconds, (rows, columns) = timed(lambda: linear_sum_assignment(values, maximize=True))
    found = values[rows, columns] > 0
    np.save(folder / "pairs.npy", np.column_stack((rows[found], columns[found])))
    print(json.dumps({"solving": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
