"""What pages are made of: the visit, the page card, parts, figures and words."""

from ccio_skills.ui.cited import cite, list_sources, prose, sources
from ccio_skills.ui.explained import explained, opening, without_tags
from ccio_skills.ui.figure import Figure, config, fill
from ccio_skills.ui.matrix import Cell, matrix
from ccio_skills.ui.parts import (
    bullets,
    definitions,
    download,
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
from ccio_skills.ui.visit import Page, Place, Visit, again

__all__ = [
    "Cell",
    "Figure",
    "Page",
    "Place",
    "Visit",
    "again",
    "bullets",
    "cite",
    "config",
    "definitions",
    "download",
    "draw",
    "empty",
    "error",
    "explained",
    "fill",
    "go",
    "heading",
    "link",
    "links",
    "list_sources",
    "matrix",
    "meta",
    "note",
    "opening",
    "page",
    "picked",
    "prose",
    "rows",
    "saved",
    "sources",
    "user_text",
    "without_tags",
    "write",
]
