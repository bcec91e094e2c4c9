"""The report and the picture of a chart, as the typesetter's source. Released values in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ccio_skills import paper
from ccio_skills.cohorts.charts import bars, places
from ccio_skills.cohorts.charts.places import Box, Placed
from ccio_skills.cohorts.rules import telling
from ccio_skills.cohorts.rules.cohort_chart import CohortChart
from ccio_skills.cohorts.rules.domains import domains
from ccio_skills.cohorts.rules.needs import Need
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.cohorts.rules.report import report
from ccio_skills.ui.figure import Figure

_FILLS = ("#FFFFFF", "#F7E4B5", "#E0AC58", "#5B9C92", "#216A73", "#0F3444")
"""Of what is not shown, and of levels 1 to 5: the light scheme of the screen."""
_INKS = ("#1D1721", "#1D1721", "#1D1721", "#1D1721", "#FFFFFF", "#FFFFFF")
_EDGE, _MUTE, _PANEL = "#6F6876", "#564D5C", "#F5F2F6"
_TALL = 15
_PAGE = '#set page(paper: "a4", margin: (x: 20mm, y: 18mm), numbering: "1 / 1")'
_PICTURE = "#set page(width: 640pt, height: auto, margin: 20pt)"
_LEVELS = (
    "Left of the line: up to level 2, with support. Right of it: level 3 and above. From pale sand "
    "to dark petrol: 1 or below, 2, 3, 4, 5. Dashed: 1 or 2, not told apart. Hatched: answered, "
    "not shown."
)


def report_document(chart: Released[CohortChart]) -> str:
    """Return a short report: whose answers, the domains as a picture, every question in words."""
    said = report(chart)
    body = [_heading(said.title, 1), *map(_paragraph, said.about)]
    hidden = telling.hidden(chart.value)
    body += [_paragraph(hidden)] if hidden else []
    if places.domain_lines(chart):
        body += [_heading("By domain", 2), _paragraph(telling.ANSWERS)]
        body += _pictures(places.place(places.domain_lines(chart)), bars.domain_figure(chart))
        members = chart.value.caption.members
        body += [_paragraph(telling.summary(one, members=members)) for one in domains(chart)]
    for name, entries in said.sections:
        body.append(_heading(name or "Questions", 2))
        body += [_entry(one.title, one.words) for one in entries]
    body += [_heading("The same numbers as a table", 2), _table(chart), _paragraph(said.source)]
    return _document(_PAGE, said.title, body)


def picture_document(chart: Released[CohortChart], section: str | None = None) -> str:
    """Return one picture: the domains, or the questions of one of them."""
    said = report(chart)
    if section is None and places.domain_lines(chart):
        lines, figure = places.domain_lines(chart), bars.domain_figure(chart)
    else:
        lines, figure = places.skill_lines(chart, section), bars.skill_figure(chart, section)
    title = f"{section}. {said.title}" if section else said.title
    body = [_heading(title, 1), *_pictures(places.place(lines), figure)]
    return _document(_PICTURE, title, [*body, _paragraph(said.about[0]), _paragraph(said.source)])


def needs_document(
    chart: Released[CohortChart], *, to_commission: Sequence[Need], every: Sequence[Need]
) -> str:
    """Return training needs as a page to print."""
    said = report(chart)
    title = f"Training needs. {said.title}"
    body = [_heading(title, 1), *map(_paragraph, said.about)]
    body.append(_heading("To commission or renew", 2))
    body.append(_paragraph(telling.ORDER))
    body.append(
        _numbered(f"{one.title}, {one.words}; {one.reached}." for one in to_commission)
        if to_commission
        else _paragraph("The library has a module in date for every gap.")
    )
    body.append(_heading("Every gap and what the library has", 2))
    body += [_paragraph(f"{one.title}, {one.words}; {one.reached}.") for one in every]
    return _document(_PAGE, title, [*body, _paragraph(said.source)])


def _document(page: str, title: str, body: Iterable[str]) -> str:
    head = (
        f"#set document(title: {paper.quote(title)})",
        page,
        f'#set text(font: "{paper.FONT}", size: 10pt, lang: "en", region: "gb")',
        "#set par(leading: 0.6em)",
        "#show figure: set block(breakable: true)",
    )
    return "\n".join([*head, *body])


def _heading(words: str, level: int) -> str:
    return f"#heading(level: {level}, {paper.quote(words)})"


def _paragraph(words: str) -> str:
    return f"#par(text({paper.quote(words)}))"


def _entry(title: str, words: str) -> str:
    return f'#par[#text(weight: "bold", {paper.quote(f"{title}. ")})#text({paper.quote(words)})]'


def _numbered(entries: Iterable[str]) -> str:
    return "#enum(" + ", ".join(f"text({paper.quote(one)})" for one in entries) + ")"


def _pictures(lines: Sequence[Placed], figure: Figure) -> list[str]:
    """Return a figure that a screen reader is told in a sentence, and how to read it."""
    if not lines:
        return []
    drawn = "".join(_line(one) for one in lines)
    levels = all(len(one.line.categories) == len(_FILLS) - 1 for one in lines)
    return [
        f"#figure(alt: {paper.quote(figure.sentence)}, align(left)[{drawn}])",
        *([_paragraph(_LEVELS)] if levels else []),
    ]


def _line(one: Placed) -> str:
    words = f"{one.line.title} "
    rule = (
        f"#place(dx: {_percent(one.middle)}, dy: -2pt, "
        f"line(angle: 90deg, length: {_TALL + 4}pt, stroke: 1pt))"
    )
    return (
        "#block(breakable: false, width: 100%, below: 9pt)["
        f'#text(weight: "bold", {paper.quote(words)})'
        f'#text(size: 9pt, fill: rgb("{_MUTE}"), {paper.quote(one.line.words)})'
        f"#block(above: 5pt, width: 100%, height: {_TALL}pt)"
        f"[{''.join(_box(box) for box in one.boxes)}{rule}]]"
    )


def _box(box: Box) -> str:
    fill = _PANEL if box.is_joint else _FILLS[box.level]
    dash = ', dash: "dashed"' if box.is_joint else ""
    ink = _INKS[0 if box.is_joint else box.level]
    label = f'align(center + horizon, text(size: 8.5pt, fill: rgb("{ink}"), "{box.label}"))'
    return (
        f"#place(dx: {_percent(box.left)}, rect(width: {_percent(box.right - box.left)}, "
        f'height: {_TALL}pt, inset: 0pt, fill: rgb("{fill}"), '
        f'stroke: (paint: rgb("{_EDGE}"), thickness: 0.6pt{dash}), {label}))'
        + ("" if box.level else _hatch(box))
    )


def _hatch(box: Box) -> str:
    number = max(2, round((box.right - box.left) * 40))
    step = (box.right - box.left) / number
    return "".join(
        f"#place(line(start: ({_percent(box.left + one * step)}, {_TALL}pt), "
        f'end: ({_percent(box.left + (one + 1) * step)}, 0pt), stroke: 0.5pt + rgb("{_EDGE}")))'
        for one in range(number)
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3f}%"


def _table(chart: Released[CohortChart]) -> str:
    figure = bars.skill_figure(chart)
    columns = [one for one in figure.columns if one != "Said of it"]
    # A question that is not shown says so in every cell; other empty cells do not apply.
    cells = [
        row[one] or ("" if row["Answered"] else "not shown")
        for row in figure.rows
        for one in columns
    ]
    rows = ", ".join(f"[#{paper.quote(one)}]" for one in cells)
    titles = ", ".join(f"text(size: 6.5pt, {paper.quote(one)})" for one in columns)
    widths = ", ".join(["2fr", *["1fr"] * (len(columns) - 1)])
    return (
        "#[#set text(size: 8pt)\n"
        f"#table(columns: ({widths}), stroke: 0.4pt, inset: 2.5pt, "
        f"table.header({titles}), {rows})]"
    )
