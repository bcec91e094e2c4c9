"""The author's field tables, written from the types themselves."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from pydantic import BaseModel

from ccio_skills.library import _evidence, _framework, _instrument, _module, _path, _survey
from ccio_skills.library._base import Frozen

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
        "surveys/": _survey.Survey,
        "surveys/, items": _survey.SurveyItem,
        "surveys/, items, results": _survey.SurveyResult,
        "instruments/": _instrument.Instrument,
        "instruments/, chapters": _instrument.Chapter,
        "instruments/, chapters, questions": _instrument.Question,
        "instruments/, questions, choices": _instrument.Choice,
        "instruments/, questions, when": _instrument.Condition,
        "instruments/, questions, trends": _instrument.Trend,
        "instruments/, workload": _instrument.Workload,
        "pages/": _framework.Page,
        "planned.yml": _framework.Planned,
        "catalogue.yml": _framework.Agreed,
        "sources.yml": _evidence.Source,
        "facts.yml": _evidence.Fact,
        "glossary.yml": _evidence.Term,
        "synonyms.yml": _evidence.Synonym,
    }
)
_FROM_THE_FILE = {"slug", "body"}


def field_tables() -> str:
    """Return one markdown table of fields for each kind of content."""
    return "\n\n".join(_table(name, model) for name, model in KINDS.items())


def _table(name: str, model: type[BaseModel]) -> str:
    said = dict(_docstrings(model))
    rows = [f"### `{name}`", "", "| field | needed | what |", "|---|---|---|"]
    for field, spec in model.model_fields.items():
        if field not in _FROM_THE_FILE:
            what = " ".join(said.get(field, "").split()).replace("|", "\\|")
            rows.append(f"| `{field}` | {'yes' if spec.is_required() else ''} | {what} |")
    return "\n".join(rows)


def _docstrings(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Yield (field, docstring below it) of a type and of the types it is built on.

    Pydantic can do this, but does it whenever the types are loaded: at every start.
    """
    for kind in reversed(model.__mro__[: model.__mro__.index(Frozen)]):
        [defined] = ast.parse(inspect.getsource(kind)).body
        assert isinstance(defined, ast.ClassDef)
        for field, below in pairwise(defined.body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(words))):
                    yield name, words
