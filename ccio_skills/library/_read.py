"""Pass one: read each file and check its shape, whatever its neighbours look like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from ccio_skills.library import _evidence, _framework, _instrument, _module, _path, _survey
from ccio_skills.library._files import RawFile, UnreadableError, read_markdown, read_yaml
from ccio_skills.library._findings import Finding
from ccio_skills.library._library import Library

_FOLDERS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "domains": _framework.Domain,
        "skills": _framework.Skill,
        "profiles": _framework.Profile,
        "modules": _module.Module,
        "paths": _path.Path,
        "actions": _framework.Action,
        "surveys": _survey.Survey,
        "instruments": _instrument.Instrument,
        "pages": _framework.Page,
    }
)
_LISTS: Mapping[str, tuple[str, type[BaseModel], str]] = MappingProxyType(
    {
        "sources.yml": ("sources", _evidence.Source, "key"),
        "facts.yml": ("facts", _evidence.Fact, "id"),
        "glossary.yml": ("terms", _evidence.Term, "term"),
        "synonyms.yml": ("synonyms", _evidence.Synonym, "word"),
        "planned.yml": ("planned", _framework.Planned, "slug"),
        "catalogue.yml": ("agreed", _framework.Agreed, "slug"),
    }
)


@dataclass
class Reading:
    """What pass one found: values, raw files by path, names of files, and findings."""

    library: Library = field(default_factory=Library)
    raw: dict[str, RawFile] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def knows(self, kind: str) -> bool:
        """False when a list could not be read, so that nothing may be said of its entries."""
        return kind in self.names


def read(root: Path) -> Reading:
    """Read everything below ``root`` that can be read."""
    reading = Reading()
    values: dict[str, Any] = {}
    for folder, model in _FOLDERS.items():
        values[folder] = tuple(_folder(root, folder, model, reading))
    for name, (kind, model, key) in _LISTS.items():
        values[kind] = tuple(_list(root, name, model, key, reading))
    values["framework_version"] = _version(root, reading)
    reading.library = Library(**_ordered(values))
    return reading


def _ordered(values: dict[str, Any]) -> dict[str, Any]:
    places = {domain.slug: domain.order for domain in values["domains"]}
    order = {
        "domains": lambda one: one.order,
        "profiles": lambda one: one.order,
        "skills": lambda one: (places.get(one.domain, 99), one.code),
        "modules": lambda one: one.code,
        "paths": lambda one: one.code,
    }
    return values | {kind: tuple(sorted(values[kind], key=key)) for kind, key in order.items()}


def _folder(root: Path, folder: str, model: type[BaseModel], reading: Reading) -> Iterator[Any]:
    files = sorted((root / folder).glob("*.md"))
    reading.names[folder] = {path.stem for path in files}
    for path in files:
        where = f"{folder}/{path.name}"
        try:
            raw = read_markdown(path)
        except UnreadableError as error:
            reading.findings.append(Finding(where, error.line, "unreadable", str(error)))
            continue
        reading.raw[where] = raw
        fields = {**raw.front, "slug": path.stem, "body": raw.body}
        yield from _value(where, model, fields, raw, (), reading)


def _list(
    root: Path, name: str, model: type[BaseModel], key: str, reading: Reading
) -> Iterator[Any]:
    try:
        raw = read_yaml(root / name)
    except UnreadableError as error:
        reading.findings.append(Finding(name, error.line, "unreadable", str(error)))
        return
    reading.raw[name] = raw
    reading.names[name] = {str(one) for one in raw.front}
    for label, fields in raw.front.items():
        if not isinstance(fields, dict):
            detail = f"{label}: expected fields below it"
            reading.findings.append(Finding(name, raw.line(label), "field", detail))
            continue
        yield from _value(name, model, {**fields, key: label}, raw, (label,), reading)


def _value(
    where: str,
    model: type[BaseModel],
    fields: dict[Any, Any],
    raw: RawFile,
    place: tuple[str | int, ...],
    reading: Reading,
) -> Iterator[Any]:
    try:
        yield model.model_validate(fields)
    except ValidationError as error:
        for one in error.errors():
            spot = (*place, *one["loc"])
            detail = f"{'.'.join(map(str, spot))}: {one['msg']}"
            reading.findings.append(Finding(where, raw.line(*spot), "field", detail))


def _version(root: Path, reading: Reading) -> str:
    try:
        raw = read_yaml(root / "framework.yml")
    except UnreadableError as error:
        reading.findings.append(Finding("framework.yml", error.line, "unreadable", str(error)))
        return "0"
    if not raw.front.get("version"):
        reading.findings.append(Finding("framework.yml", 1, "field", "version: needed"))
    return str(raw.front.get("version", "0"))
