"""What only the engine holds: with it, and not without it, a ``Released`` can be made.

An import contract lets ``released``, ``reading`` and ``cohort_chart`` in, and nobody else.
"""

from __future__ import annotations

from typing import Final, final


@final
class Seal:
    """There is one."""


SEAL: Final = Seal()
