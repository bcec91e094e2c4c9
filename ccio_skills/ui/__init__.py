"""What pages are made of: the visit, the page card, parts, figures and words."""

from ccio_skills.ui.figure import Figure, config, fill
from ccio_skills.ui.parts import (
    bullets,
    draw,
    empty,
    error,
    go,
    heading,
    link,
    links,
    meta,
    note,
    page,
    picked,
    rows,
    saved,
    user_text,
    write,
)
from ccio_skills.ui.visit import Page, Place, Visit

__all__ = [
    "Figure",
    "Page",
    "Place",
    "Visit",
    "bullets",
    "config",
    "draw",
    "empty",
    "error",
    "fill",
    "go",
    "heading",
    "link",
    "links",
    "meta",
    "note",
    "page",
    "picked",
    "rows",
    "saved",
    "user_text",
    "write",
]
