"""OR-tools' SimpleMinCostFlow, an arc for each pair that may meet. python by_ortools.py FOLDER"""

import json
import sys
from pathlib import Path

import numpy as np
from clock import timed
from ortools.graph.python import min_cost_flow


def best_flow(rows: np.ndarray, columns: np.ndarray, gains: np.ndarray, n: int, m: int) -> np.ndarray:
    """Which of the pairs (rows[k], columns[k]) carry flow; bool (k,)."""
    # Requests are nodes 0 to n - 1 with a unit each, which goes to the sink through a mentor or straight.
    sink = n + m
    everyone, mentors = np.arange(n), np.arange(n, sink)
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate((rows, mentors, everyone)),
        np.concatenate((n + columns, np.full(m + n, sink))),
        np.ones(len(rows) + m + n, np.int64),
        np.concatenate((-gains, np.zeros(m + n, np.int64))),
    )
    flow.set_nodes_supplies(np.append(everyone, sink), np.append(np.ones(n, np.int64), -n))
    if flow.solve() != flow.OPTIMAL:
        raise AssertionError("OR-tools found no optimum")
    return flow.flows(np.arange(len(rows))) > 0


def main(folder: Path) -> None:
    values = np.load(folder / "values.npy")
    n, m = values.shape
    rows, columns = np.nonzero(values)
    gains = values[rows, columns].astype(np.int64)
    del values
    seconds, carries = timed(lambda: best_flow(rows, columns, gains, n, m))
    np.save(folder / "pairs.npy", np.column_stack((rows[carries], columns[carries])))
    print(json.dumps({"solving": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
