"""Typeset a report or a picture. The typesetter is loaded when the first is asked for."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from ccio_skills import settings

FONT = "Atkinson Hyperlegible Next"
_DOTS_PER_INCH = 192.0


def quote(words: str) -> str:
    """Return words as a string of the typesetter's language, so that none can become markup."""
    plain = "".join(one if one.isprintable() else " " for one in words)
    return json.dumps(plain, ensure_ascii=False)


def as_pdf(source: str) -> bytes:
    """Typeset a document as an accessible PDF (PDF/UA-1): tagged, titled, with text for figures."""
    import typst

    made: bytes = typst.compile(
        source.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        # The same figures make the same file, whenever it is asked for.
        timestamp=0,
    )
    return made


def as_png(source: str) -> bytes:
    """Typeset a document of one page as a picture."""
    import typst

    made: bytes = typst.compile(
        source.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=_DOTS_PER_INCH,
    )
    return made


@cache
def _fonts() -> Any:  # noqa: ANN401 - the typesetter's own type, which is not loaded yet
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.root() / "static")])
