"""Adversary (ii): does a single answer, or a single person, lie in the row space of what was seen?

Source: Chin and Ozsoyoglu (1982), Auditing and inference control in statistical databases, IEEE
Trans. Softw. Eng. 8(6):574-582.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np

from benchmarks.redteam.adversaries.cells import cells


def count_exposed(sets: Iterable[frozenset[Hashable]]) -> int:
    """Count members whose own answer is a linear combination of the sums over these sets.

    Members of one cell have equal columns, so only a cell of one can be exposed.
    """
    distinct = [*{*sets}]
    found = cells(distinct)
    alone = [at for at, cell in enumerate(found.values()) if len(cell) == 1]
    if not alone:
        return 0
    matrix = np.zeros((len(distinct), len(found)))
    for column, places in enumerate(found):
        matrix[list(places), column] = 1
    rank = np.linalg.matrix_rank(matrix)
    units = np.eye(len(found))[alone]
    return sum(bool(np.linalg.matrix_rank(np.vstack([matrix, one])) == rank) for one in units)
