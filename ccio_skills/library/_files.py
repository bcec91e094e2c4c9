"""Read content files: YAML between ``---`` lines, then the body; and plain YAML files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Location = tuple[str, ...]
"""Keys and places in lists on the way to a field, as text: ``("checks", "0", "stem")``."""

_TIME = "tag:yaml.org,2002:timestamp"


@dataclass(frozen=True)
class RawFile:
    """A content file before it is understood."""

    path: Path
    front: dict[Any, Any]
    body: str = ""
    body_line: int = 1
    """Line number (from 1) at which the body starts; added to positions in messages."""

    lines: Mapping[Location, int] = field(default_factory=dict)
    """Line number of every field, by its place."""

    def line(self, *location: str | int) -> int:
        """Return the line of a field, or of the nearest field that holds it."""
        place = tuple(map(str, location))
        for end in range(len(place), 0, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1

    @property
    def is_shown(self) -> bool:
        """True for a page that learners see."""
        return self.front.get("status") in ("beta", "active")

    def words(self, *fields: str) -> Iterator[tuple[int, str]]:
        """Yield the line and text of every piece of text in some fields, or in all of them."""
        for name in fields or self.front:
            yield from self._words(self.front.get(name), (str(name),))

    def _words(self, value: Any, place: Location) -> Iterator[tuple[int, str]]:  # noqa: ANN401
        if isinstance(value, str):
            yield self.line(*place), value
        elif isinstance(value, dict | list):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for key, one in pairs:
                yield from self._words(one, (*place, str(key)))


class UnreadableError(ValueError):
    """The file cannot be read as front matter or YAML."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


def read_markdown(path: Path) -> RawFile:
    """Split a file into front matter and body.

    Raises:
        UnreadableError: The ``---`` lines are missing, or what is between them is not a mapping.
    """
    # A file may end with its front matter, without a line break after it.
    text = f"{_text(path)}\n"
    head, fence, rest = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not fence:
        raise UnreadableError("front matter must stand between two '---' lines")
    rest = rest.removesuffix("\n")
    front, lines = _mapping(head, first_line=2)
    return RawFile(path, front, rest, body_line=head.count("\n") + 4, lines=lines)


def read_yaml(path: Path) -> RawFile:
    """Read a YAML file whose top level is a mapping.

    Raises:
        UnreadableError: The file is missing or not a mapping.
    """
    front, lines = _mapping(_text(path), first_line=1)
    return RawFile(path, front, lines=lines)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise UnreadableError("the file is missing") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"not readable as UTF-8 text: {error}") from error


def _mapping(text: str, *, first_line: int) -> tuple[dict[Any, Any], dict[Location, int]]:
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise UnreadableError("expected 'key: value' lines", first_line)
        lines: dict[Location, int] = {}
        _note_places(loader, node, (), first_line, lines=lines)
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = first_line + (mark.line if mark else 0)
        raise UnreadableError(str(error.problem), line) from error
    except UnreadableError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(str(error), first_line) from error
    finally:
        loader.dispose()


def _note_places(
    loader: yaml.CSafeLoader,
    node: yaml.Node,
    place: Location,
    first_line: int,
    *,
    lines: dict[Location, int],
    held_by: tuple[yaml.Node, ...] = (),
) -> None:
    """Note the line of a field and of all it holds; refuse what cannot be a field."""
    line = lines[place] = first_line + node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        _check_day(loader, node, line)
        return
    if any(node is one for one in held_by):
        raise UnreadableError("an alias stands for something that holds it", line)
    inside = (*held_by, node)
    if isinstance(node, yaml.MappingNode):
        for key, value in _fields(node, first_line):
            name = (*place, str(key.value))
            _note_places(loader, value, name, first_line, lines=lines, held_by=inside)
            # A field begins with its name.
            lines[name] = first_line + key.start_mark.line
        return
    for index, value in enumerate(node.value):
        inner = (*place, str(index))
        _note_places(loader, value, inner, first_line, lines=lines, held_by=inside)


def _check_day(loader: yaml.CSafeLoader, node: yaml.ScalarNode, line: int) -> None:
    if node.tag != _TIME:
        return
    try:
        loader.construct_object(node)
    except ValueError as error:
        raise UnreadableError(f"no such day: {node.value}", line) from error


def _fields(node: yaml.MappingNode, first_line: int) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    seen: set[str] = set()
    for key, value in node.value:
        line = first_line + key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            raise UnreadableError("a key must be a word; quote values that begin with {", line)
        if key.value in seen:
            raise UnreadableError(f"the key '{key.value}' stands twice", line)
        seen.add(key.value)
        yield key, value
