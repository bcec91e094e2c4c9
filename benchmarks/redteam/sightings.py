"""What an adversary reads off the desk: sets of answers, and what is said of their histogram."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.redteam.office import Office, Record
from ccio_skills.cohorts.rules import measures, wording
from ccio_skills.cohorts.rules.coding import AtLeast, Coded, Exact
from ccio_skills.cohorts.rules.collection import Collection
from ccio_skills.cohorts.rules.desk import Sheet
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.released import Released


@dataclass(frozen=True, slots=True)
class Rule:
    """So many people are in these categories; "not answered" is the one after the item's own."""

    categories: frozenset[int]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one channel says of one set of answers.

    Attributes:
        rules: All that the output lets pass, given the source code.
    """

    records: frozenset[Record]
    rules: frozenset[Rule]
    channel: str

    def without(self, known: Mapping[Record, int]) -> Sighting:
        """Return what it says of all others, for who knows the categories of some answers."""
        given = [known[one] for one in self.records if one in known]
        if not given:
            return self
        rules = set()
        for rule in self.rules:
            inside = sum(one in rule.categories for one in given)
            rules.add(Rule(rule.categories, max(0, rule.low - inside), rule.high - inside))
        return Sighting(frozenset(self.records - known.keys()), frozenset(rules), self.channel)


def look(
    office: Office,
    collections: Sequence[Released[Collection]],
    *,
    channels: Sequence[str] = ("leaf", "chart", "csv"),
) -> tuple[Sighting, ...]:
    """Read the first item of everything on the desk, through each of these channels."""
    found: list[Sighting] = []
    if "leaf" in channels:
        for one in collections:
            item = one.value.header.items[0]
            for leaf in one.value.leaves:
                key, block = office.blocks[leaf.entry]
                records = frozenset((person, key) for person in block.members)
                rules = frozenset(_of_coded(leaf.coded[0], item))
                found.append(Sighting(records, rules, "leaf"))
    for sheet in office.sheets(collections):
        if sheet.chart is None:
            continue
        records = office.behind(sheet)
        for channel in channels:
            if channel in _READERS:
                rules = frozenset(_READERS[channel](office, sheet))
                found.append(Sighting(records, rules, channel))
    return tuple(one for one in found if one.rules)


def exact_counts(rules: frozenset[Rule], width: int) -> tuple[int, ...] | None:
    """Return the histogram of the first categories if it is known in full."""
    single = {min(one.categories): one for one in rules if len(one.categories) == 1}
    found = [single.get(one) for one in range(width)]
    if any(one is None or one.low != one.high for one in found):
        return None
    return tuple(one.low for one in found if one)


def outline(sheets: Iterable[Sheet], csv_of: Callable[[Sheet], bytes | None]) -> tuple[object, ...]:
    """Return everything on the desk but the figures: elements, words around them, sizes."""
    return tuple(
        (
            one.title,
            one.words,
            tuple((row.question, row.answer) for row in one.table()),
            len(csv_of(one) or b""),
        )
        for one in sheets
    )


def _fixed(category: int, people: int) -> Rule:
    return Rule(frozenset({category}), people, people)


def _of_coded(coded: Coded, item: Item) -> Iterator[Rule]:
    """Yield what the guard lets pass: that no earlier set was as full is known as well."""
    skipped = len(item.categories)
    match coded:
        case Exact(counts, not_answered):
            yield from (_fixed(one, people) for one, people in enumerate(counts))
            yield _fixed(skipped, not_answered)
        case AtLeast(categories, least, answered, not_answered):
            for earlier in item.guarded[: item.guarded.index(categories)]:
                yield Rule(frozenset(earlier), 0, least - 1)
            yield Rule(frozenset(categories), max(0, least), answered)
            yield _fixed(skipped, not_answered)
        case _:
            pass


def _of_chart(office: Office, sheet: Sheet) -> Iterator[Rule]:
    if sheet.chart is None:
        return
    bar = sheet.chart.value.bars[0]
    if not bar.is_shown or bar.people < sheet.chart.value.people:
        return
    for category, (low, high) in enumerate(measures.bounds(bar)):
        yield Rule(frozenset({category}), low, high)
    yield Rule(frozenset({0, 1}), *measures.lowest_two(bar))
    yield _fixed(len(bar.item.categories), bar.not_answered)


def _of_csv(office: Office, sheet: Sheet) -> Iterator[Rule]:
    content, chart = office.csv(sheet), sheet.chart
    if content is None or chart is None:
        return
    item = chart.value.bars[0].item
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    said = {row["answer"]: row for row in rows if row["question"] == item.title}
    if not said[wording.NOT_ANSWERED]["at_least"]:
        return
    names = {name: frozenset({at}) for at, name in enumerate(item.categories)}
    names[wording.categories((0, 1), item)] = frozenset({0, 1})
    names[wording.NOT_ANSWERED] = frozenset({len(item.categories)})
    everybody = int(said["All who answered"]["at_least"]) + int(
        said[wording.NOT_ANSWERED]["at_least"]
    )
    if everybody < chart.value.people:
        return
    for name, categories in names.items():
        if name in said:
            yield Rule(categories, int(said[name]["at_least"]), int(said[name]["at_most"]))


def _of_report(office: Office, sheet: Sheet) -> Iterator[Rule]:
    """Read the sentences; what they do not mention is nobody, or hidden."""
    found = sheet.report()
    if found is None or sheet.chart is None:
        return
    item = sheet.chart.value.bars[0].item
    words = found.sections[0][1][0].words
    told = re.match(r"(\d+) answered, (\d+) did not\.", words)
    if told is None or int(told[1]) + int(told[2]) < sheet.chart.value.people:
        return
    hidden = re.search(r"other (\d+) are not shown|(\d+) answers? not shown", words)
    more = int(hidden[1] or hidden[2]) if hidden else 0
    pair = re.search(rf"{re.escape(wording.categories((0, 1), item))}: (\d+)", words)
    together = re.search(rf"At least (\d+) of \d+: {wording.categories((0, 1), item)};", words)
    both = int((pair or together or {1: 0})[1])
    yield _fixed(len(item.categories), int(told[2]))
    for at, name in enumerate(item.categories):
        known = re.search(rf"(?:^|[.;] ){re.escape(name)}: (\d+)", words)
        alone = re.search(rf"At least (\d+) of \d+: {re.escape(name)};", words)
        low = int((known or alone or {1: 0})[1])
        yield Rule(frozenset({at}), low, low + more + (both if at < 2 else 0))


_READERS = {"chart": _of_chart, "csv": _of_csv, "report": _of_report}
