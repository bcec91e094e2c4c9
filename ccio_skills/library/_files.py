"""Read content files: YAML between ``---`` lines, then the body; and plain YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class RawFile:
    """A content file before it is understood."""

    path: Path
    front: dict[Any, Any]
    body: str = ""
    body_line: int = 1
    """Line number (from 1) at which the body starts; added to positions in messages."""

    lines: Mapping[Location, int] = field(default_factory=dict)
    """Line number of every field, by its place: ``("checks", 0, "stem")``."""

    def line(self, *location: str | int) -> int:
        """Return the line of a field, or of the nearest field that holds it."""
        for end in range(len(location), 0, -1):
            if location[:end] in self.lines:
                return self.lines[location[:end]]
        return 1


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
    text = _text(path)
    head, fence, rest = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not fence:
        raise UnreadableError("front matter must stand between two '---' lines")
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
        _collect(node, (), lines, first_line)
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise UnreadableError(
            str(error.problem), first_line + (mark.line if mark else 0)
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(str(error), first_line) from error
    finally:
        loader.dispose()


def _collect(node: yaml.Node, place: Location, lines: dict[Location, int], first_line: int) -> None:
    lines[place] = first_line + node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise UnreadableError(
                    f"the key '{key.value}' stands twice", first_line + key.start_mark.line
                )
            seen.add(key.value)
            _collect(value, (*place, key.value), lines, first_line)
            lines[(*place, key.value)] = first_line + key.start_mark.line
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _collect(value, (*place, index), lines, first_line)
