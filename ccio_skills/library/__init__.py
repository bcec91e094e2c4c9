"""The content library: markdown files in, one frozen, checked ``Library`` out."""

from ccio_skills.library._base import Status
from ccio_skills.library._evidence import Fact, Source, Synonym, Term
from ccio_skills.library._findings import RULES, Finding
from ccio_skills.library._framework import (
    Action,
    Agreed,
    Domain,
    Page,
    Planned,
    Profile,
    Skill,
    Step,
    Target,
)
from ccio_skills.library._guide import KINDS, field_tables
from ccio_skills.library._instrument import (
    Chapter,
    Choice,
    Instrument,
    Question,
    QuestionKind,
    Trend,
)
from ccio_skills.library._library import QUICK_START, Library
from ccio_skills.library._load import BrokenContentError, check, load
from ccio_skills.library._lock import extend as extend_lock
from ccio_skills.library._module import Check, Module, Nation, Option, Volatility
from ccio_skills.library._parts import Part
from ccio_skills.library._path import Milestone, Path
from ccio_skills.library._scaffold import Draft, ScaffoldError, new_module
from ccio_skills.library._survey import (
    BaseStatus,
    FigureStatus,
    Survey,
    SurveyItem,
    SurveyKind,
    SurveyResult,
)

__all__ = [
    "KINDS",
    "QUICK_START",
    "RULES",
    "Action",
    "Agreed",
    "BaseStatus",
    "BrokenContentError",
    "Chapter",
    "Check",
    "Choice",
    "Domain",
    "Draft",
    "Fact",
    "FigureStatus",
    "Finding",
    "Instrument",
    "Library",
    "Milestone",
    "Module",
    "Nation",
    "Option",
    "Page",
    "Part",
    "Path",
    "Planned",
    "Profile",
    "Question",
    "QuestionKind",
    "ScaffoldError",
    "Skill",
    "Source",
    "Status",
    "Step",
    "Survey",
    "SurveyItem",
    "SurveyKind",
    "SurveyResult",
    "Synonym",
    "Target",
    "Term",
    "Trend",
    "Volatility",
    "check",
    "extend_lock",
    "field_tables",
    "load",
    "new_module",
]
