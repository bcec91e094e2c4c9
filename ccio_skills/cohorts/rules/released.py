"""Group figures on their way to screen or file. Charts and exports accept nothing else."""

from __future__ import annotations

from typing import Generic, TypeVar, final

from ccio_skills.cohorts.rules._seal import SEAL, Seal

T_co = TypeVar("T_co", covariant=True)


@final
class Released(Generic[T_co]):
    """A value made from ledger rows alone, by the engine.

    A function that draws or writes takes ``Released[CohortChart]``; the type checker refuses a
    table, a dictionary, or the same values from elsewhere.
    """

    __slots__ = ("_value",)

    def __init__(self, value: T_co, seal: Seal) -> None:
        if seal is not SEAL:
            raise TypeError("Only the engine makes released values.")
        self._value = value

    @property
    def value(self) -> T_co:
        """Return what is inside; it came from the ledger."""
        return self._value
