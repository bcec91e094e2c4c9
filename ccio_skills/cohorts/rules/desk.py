"""Everything that a reviewer is given: pages and downloads are made of this and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ccio_skills.cohorts.rules import export, wording
from ccio_skills.cohorts.rules.cohort_chart import CohortChart, NoChart, against, cohort_chart
from ccio_skills.cohorts.rules.collection import Collection
from ccio_skills.cohorts.rules.export import TableRow
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.cohorts.rules.report import Report, report


@dataclass(frozen=True, slots=True)
class Sheet:
    """A cohort, or a breakdown of one, in one collection.

    Attributes:
        chart: What is drawn; ``None`` where there is none.
        words: Whose answers it holds, or why there is no chart.
    """

    collection: str
    cohort: str
    group: str | None
    title: str
    chart: Released[CohortChart] | None
    words: str

    def table(self) -> tuple[TableRow, ...]:
        """Return the chart as a table."""
        return export.table(self.chart) if self.chart else ()

    def csv(self) -> bytes | None:
        """Return the chart as a file, if there is one."""
        return export.as_csv(self.chart) if self.chart else None

    def csv_of_chart(self) -> bytes:
        """Return the chart as a file.

        Raises:
            ValueError: There is no chart.
        """
        if self.chart is None:
            raise ValueError(self.words)
        return export.as_csv(self.chart)

    def report(self) -> Report | None:
        """Return the chart as a report, if there is one."""
        return report(self.chart) if self.chart else None

    def against(self, targets: Mapping[str, int | None], *, name: str) -> Sheet:
        """Return the same sheet beside other targets."""
        if self.chart is None:
            return self
        chart = against(self.chart, targets, name=name)
        return replace(self, chart=chart, title=wording.occasion(chart.value.caption))


def sheet(
    collection: Released[Collection],
    cohort: str,
    *,
    group: str | None = None,
    for_public: bool = False,
) -> Sheet:
    """Lay out one cohort.

    Raises:
        KeyError: The collection knows no such cohort or breakdown.
    """
    found = cohort_chart(collection, cohort, group=group, for_public=for_public)
    key = collection.value.header.key
    if isinstance(found, NoChart):
        title = wording.occasion(found.caption)
        return Sheet(key, cohort, group, title, None, wording.no_chart(found))
    title = wording.occasion(found.value.caption)
    return Sheet(key, cohort, group, title, found, wording.coverage(found.value))


def desk(collections: Iterable[Released[Collection]]) -> tuple[Sheet, ...]:
    """Lay out every cohort and breakdown of every collection: all that can be asked for."""
    return tuple(
        sheet(one, cohort.key, group=group)
        for one in collections
        for cohort in one.value.header.cohorts
        for group in (None, *(each.key for each in cohort.groups))
    )
