"""A chart as the words of a short report. Whatever prints it adds no figure of its own."""

from __future__ import annotations

from dataclasses import dataclass

from ccio_skills.cohorts.rules import wording
from ccio_skills.cohorts.rules.cohort_chart import CohortChart
from ccio_skills.cohorts.rules.released import Released


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a report."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a printed report says.

    Attributes:
        about: Whose answers, and under which rules.
        sections: Section names to their entries, in the order of the items.
        source: Where in the ledger it all stands.
    """

    title: str
    about: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Entry, ...]], ...]
    source: str

    @property
    def text(self) -> str:
        """Return everything that is printed, in order."""
        lines = [self.title, *self.about]
        for name, entries in self.sections:
            lines += [name, *(line for one in entries for line in (one.title, one.words))]
        return "\n".join([*lines, self.source])


def report(chart: Released[CohortChart]) -> Report:
    """Return the words of a report about a chart."""
    value, caption = chart.value, chart.value.caption
    sections: dict[str, list[Entry]] = {}
    for one in value.bars:
        entry = Entry(one.item.title, wording.bar(one, members=caption.members))
        sections.setdefault(one.item.section, []).append(entry)
    return Report(
        title=wording.occasion(caption),
        about=(wording.coverage(value), wording.rules(caption.thresholds)),
        sections=tuple((name, tuple(entries)) for name, entries in sections.items()),
        source=f"Ledger rows {caption.entries[0]} to {caption.entries[-1]}; hash {caption.hash}",
    )
