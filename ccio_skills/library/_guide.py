"""The author's field tables, written from the types themselves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from ccio_skills.library import _evidence, _framework, _module, _path

KINDS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "domains/": _framework.Domain,
        "skills/": _framework.Skill,
        "profiles/": _framework.Profile,
        "profiles/, targets": _framework.Target,
        "modules/": _module.Module,
        "modules/, checks": _module.Check,
        "modules/, checks, options": _module.Option,
        "paths/": _path.Path,
        "paths/, milestones": _path.Milestone,
        "actions/": _framework.Action,
        "actions/, steps": _framework.Step,
        "surveys/": _framework.Survey,
        "surveys/, findings": _framework.SurveyFinding,
        "pages/": _framework.Page,
        "planned.yml": _framework.Planned,
        "catalogue.yml": _framework.Agreed,
        "sources.yml": _evidence.Source,
        "facts.yml": _evidence.Fact,
        "glossary.yml": _evidence.Term,
    }
)
_FROM_THE_FILE = {"slug", "body"}


def field_tables() -> str:
    """Return one markdown table of fields for each kind of content."""
    return "\n\n".join(_table(name, model) for name, model in KINDS.items())


def _table(name: str, model: type[BaseModel]) -> str:
    schema = model.model_json_schema()
    needed = set(schema.get("required", ()))
    rows = [f"### `{name}`", "", "| field | needed | what |", "|---|---|---|"]
    for field, spec in schema["properties"].items():
        if field not in _FROM_THE_FILE:
            rows.append(f"| `{field}` | {'yes' if field in needed else ''} | {_text(spec)} |")
    return "\n".join(rows)


def _text(spec: dict[str, Any]) -> str:
    return " ".join(str(spec.get("description", "")).split()).replace("|", "\\|")
