"""Small pictures of levels and tiers, as images: ``st.html`` lets no inline drawing through.

An image cannot see the page's scheme, so each is drawn in a colour that reaches 3:1 on both.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from typing import Any

from ccio_skills import wording

_CLEAR, _SOME, _MET, _UNRATED, _AIM, _SAND, _PETROL = (
    "#B5471F",
    "#B9791A",
    "#3C8C88",
    "#8A8290",
    "#8C4D98",
    "#E0AC58",
    "#3A7F86",
)


def _image(drawing: str, size: int = 18) -> str:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="{size}" '
        f'height="{size}">{drawing}</svg>'
    )
    encoded = base64.b64encode(svg.encode()).decode()
    return f'<img alt="" width="{size}" height="{size}" src="data:image/svg+xml;base64,{encoded}">'


TIERS = {
    "clear": _image(f'<path d="M10 2 18.5 17.5h-17z" fill="{_CLEAR}"/>'),
    "some": _image(
        f'<path d="M10 3.5 17 16.5H3z" fill="none" stroke="{_SOME}" stroke-width="2.2"/>'
    ),
    "met": _image(
        f'<circle cx="10" cy="10" r="8.5" fill="{_MET}"/>'
        '<path d="m6 10.2 2.8 2.9L14 7.4" fill="none" stroke="#fff" stroke-width="2"/>'
    ),
    "unrated": _image(
        f'<circle cx="10" cy="10" r="7.5" fill="none" stroke="{_UNRATED}" stroke-width="2" '
        'stroke-dasharray="3 2.2"/>'
    ),
}
_DIAMOND = f'fill="none" stroke="{_AIM}" stroke-width="2.4"'
KEY = {
    "now": _image(f'<circle cx="10" cy="10" r="8" fill="{_SAND}" stroke="{_UNRATED}"/>'),
    "target": _image(f'<path d="M10 2.5 17.5 10 10 17.5 2.5 10z" {_DIAMOND}/>'),
    "met": _image(
        f'<path d="M10 1 19 10 10 19 1 10z" {_DIAMOND}/>'
        f'<circle cx="10" cy="10" r="4.6" fill="{_SAND}"/>'
    ),
}


_BAR = (
    '<rect x="1" y="{top}" width="18" height="{height}" fill="{fill}" fill-opacity="{strength}" '
    f'stroke="{_UNRATED}" stroke-dasharray="{{dash}}"/>'
)


def _bar(height: int, *, strength: float = 1, fill: str = _PETROL, dash: str = "none") -> str:
    """Draw a piece of a bar; what is see-through takes the page's colour in both schemes."""
    top = 10 - height / 2
    return _image(_BAR.format(top=top, height=height, fill=fill, strength=strength, dash=dash))


RESTING = {
    "rests on questions answered": _bar(18),
    "on a rating with evidence": _bar(12, strength=0.62),
    "on a rating alone": _bar(7, strength=0.3),
    "still open": _bar(7, fill="none"),
    "not rated": _bar(7, fill="none", dash="3 2"),
}
"""What a met level rests on, and what is not met or not known."""


def resting() -> str:
    """Return the key of the distance chart, as HTML."""
    cells = "".join(f"<span>{image}{words}</span>" for words, image in RESTING.items())
    return f'<div class="cc-key">{cells}</div>'


def tiers(counts: Mapping[Any, int]) -> str:
    """Return the four tiers with their counts, as HTML."""
    cells = "".join(
        f'{TIERS[tier]}<span class="n">{number}</span>'
        f"<span>{html.escape(wording.TIER_WORDS[tier])}</span>"
        for tier, number in counts.items()
    )
    return f'<div class="cc-tiers">{cells}</div>'


def steps(level: int) -> str:
    """Return five rising steps, ``level`` of them filled: the glyph of a level."""
    bars = "".join(
        f'<rect x="{1 + 3.8 * n}" y="{15 - 3 * n}" width="3" height="{4 + 3 * n}" rx=".6" '
        f'fill="{_MET if n < level else "none"}" stroke="{_MET}" stroke-width=".9"/>'
        for n in range(5)
    )
    return _image(bars)
