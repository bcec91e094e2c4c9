"""Receipt codes: they prove that answers arrived, and let their owner take them back."""

from __future__ import annotations

import hashlib

# No I, L, O or U: none of these is taken for a digit or makes a word.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _PART = 16, 4
BITS = 5 * _LENGTH
"""Random bits in a code: nobody finds one by trying."""


def write_code(bits: int) -> str:
    """Return a code of random bits, in parts of four: ``7KQM-3F2D-9XWP-0ABC``."""
    letters = "".join(_LETTERS[bits >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(letters[at : at + _PART] for at in range(0, _LENGTH, _PART))


def fingerprint(code: str) -> str | None:
    """Return what is kept of a code, however it was typed, or ``None`` if it is no code."""
    letters = code.upper().translate(str.maketrans("ILO", "110", " -\t"))
    if len(letters) != _LENGTH or not {*letters} <= {*_LETTERS}:
        return None
    return hashlib.sha256(letters.encode()).hexdigest()
