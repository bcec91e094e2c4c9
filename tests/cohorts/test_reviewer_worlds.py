"""On 20 worlds: a reviewer's pages, tables, pictures and files hold what was released, no more.

Each world has its own sizes, absences and answers. Everything sent to the browser is read back, and
every number in it must be one that the value objects say; then people of a block swap all their
answers, which changes no release, and not one byte of what is sent may change.
"""

import io
import random
import re

import pypdf
import pytest
from sqlmodel import Session

from ccio_skills import paper, schema, store
from ccio_skills.cohorts import charts, commands, queries
from ccio_skills.cohorts.rules import desk, export, measures, telling
from ccio_skills.cohorts.rules import wording as say
from ccio_skills.cohorts.rules.domains import domains, tiers
from ccio_skills.cohorts.rules.items import Item, level_item
from ccio_skills.people import queries as people_queries
from ccio_skills.vocabulary import Level
from tests.cohorts.college import DAY, College
from tests.cohorts.made import Fixed
from tests.cohorts.test_reviewer import PLACE, drawn, words
from tests.conftest import NOW

ITEMS = (
    level_item("vision", "Vision", section="Lead", target=Level.PRACTISING),
    level_item("teams", "Teams", section="Lead", target=Level.CONTRIBUTING),
    level_item("data", "Data", section="Data", target=Level.PRACTISING),
    Item("tried", "Tried it?", ("Yes", "No"), section="Data two"),
)
_NUMBER = re.compile(r"\d+")


class World:
    """A college with one closed collection, made from a seed."""

    def __init__(self, db, seed, *, swapped=False):
        chance = random.Random(seed)
        self.college = College(db)
        self.cohort = self.college.cohort(name="Secret society")
        people = self.college.members(self.cohort, chance.randint(6, 14))
        number = self.college.opened(self.cohort, items=ITEMS)
        there = people[chance.randint(0, 2) :]
        alike = chance.random() < 0.5
        answers = [self._answers(chance, alike) for _ in there]
        if swapped:
            answers = [*answers[1:], answers[0]]
        for one, given in zip(there, answers, strict=True):
            commands.contribute(db, one, number, given, at=NOW)
        self.college.close(number, at=NOW + 31 * DAY, rng=Fixed())

    @staticmethod
    def _answers(chance, alike):
        return {
            one.key: 1 if alike and chance.random() < 0.85
            else chance.randrange(len(one.categories))
            for one in ITEMS
        }  # fmt: skip

    @property
    def reviewer(self):
        return self.college.cast.reviewer.id

    @property
    def sheet(self):
        [one] = queries.published(self.college.db, self.reviewer, self.cohort)
        return desk.sheet(one, f"cohort:{self.cohort}")


@pytest.fixture
def world(request):
    """Make worlds, each in a store of its own."""
    opened = []

    def make(seed, **detail):
        engine = store.open_engine("sqlite://")
        schema.metadata.create_all(engine)
        opened.append((Session(engine), engine))
        return World(opened[-1][0], seed, **detail)

    yield make
    for session, engine in opened:
        session.close()
        engine.dispose()


@pytest.fixture
def look(open_page):
    def look(world, path="charts"):
        db = world.college.db
        who = people_queries.person(db, world.reviewer)
        return open_page(path, db=db, person=who, place=PLACE, now=NOW + 32 * DAY)

    return look


def tables(page):
    """The cells of every table on a page."""
    return [one.value.astype(str).to_numpy().tolist() for one in page.table]


def files(sheet):
    """Every file that the pages offer of a sheet."""
    if sheet.chart is None:
        return ()
    return (
        sheet.csv_of_chart(),
        charts.report_document(sheet.chart).encode(),
        charts.picture_document(sheet.chart).encode(),
        *(charts.picture_document(sheet.chart, one).encode() for one in ("Lead", "Data")),
    )


def said_by(sheet, told):
    """Every word that the value objects stand for, and the numbers they say."""
    lines = [sheet.title, sheet.words, str(told)]
    if sheet.chart is not None:
        chart = sheet.chart.value
        members = chart.caption.members
        lines += [say.rules(chart.caption.thresholds), telling.hidden(chart)]
        lines += [telling.not_in_chart(told.contributed, chart)]
        lines += [say.bar(one, members=members) for one in chart.bars]
        lines += [telling.short(one, members=members) for one in chart.bars]
        lines += [telling.short_domain(one) for one in domains(sheet.chart)]
        lines += [str(row) for row in export.table(sheet.chart)]
        lines += [str(one.parts) + str(one.hidden) for one in domains(sheet.chart)]
        lines += [str(_most(one)) for one in domains(sheet.chart)]
        lines += [str(len(each)) for each in tiers(chart.bars, members=members).values()]
    return "\n".join(lines)


def _most(domain):
    """What a level may hold at most: its own, with those it cannot be told from or not at all."""
    counts = [domain.hidden, *domain.parts.values()]
    return {one + other for one in counts for other in counts}


def numbers(text):
    return {*_NUMBER.findall(text)}


FIXED = numbers("level 1 2 3 4 5 2026 at 1 or 2")
"""Numbers in words that are the same whatever was answered: levels, and the year."""


@pytest.mark.parametrize("seed", range(20))
def test_holds_what_was_released_and_nothing_else(world, look, seed):
    one = world(seed)
    sheet = one.sheet
    collection = queries.collections_of(
        one.college.db, one.college.runner, one.cohort, now=NOW + 32 * DAY
    )[0]
    told = queries.participation(one.college.db, one.reviewer, one.cohort, collection.id)

    page = look(one)

    assert not page.exception
    known = numbers(said_by(sheet, told)) | FIXED
    covered = {str(sheet.chart.value.people if sheet.chart else 0)}
    alts = " ".join(each.proto.alt for each in page.get("vega_lite_chart"))
    sent = f"{words(page)} {tables(page)} {alts}"
    constant = numbers(telling.NO_CHART_MEANS) | numbers(sent.split("Go on")[-1])
    assert numbers(sent) <= known | covered | constant
    for text in (sent, *(each.decode("utf-8", "replace") for each in files(sheet))):
        assert not re.search(r"\bM\d+\b|@example", text)

    pictures = drawn(page)
    if sheet.chart is None:
        assert pictures == []
        assert not page.get("download_button")
        return
    _pictures_hold_the_counts(pictures, sheet)
    _files_say_the_same(sheet)


def _pictures_hold_the_counts(pictures, sheet):
    """Counts in the boxes of a picture are those of the domains, or of one domain's bars."""
    whole = [one for one in domains(sheet.chart) if one.categories]
    first = sheet.chart.value.bars[0].item.section
    bars = [one for one in sheet.chart.value.bars if one.item.section == first]
    for picture, lines in zip(pictures, (whole, bars), strict=True):
        boxes = [each["people"] for name in ("boxes", "joint") for each in picture.get(name, ())]
        assert sorted(boxes) == sorted(
            people for line in lines for people in line.parts.values() if people
        )
        held = [each["people"] for each in picture.get("held", ())]
        assert sorted(held) == sorted(line.hidden for line in lines if line.hidden)


def _files_say_the_same(sheet):
    """What the report's source and the CSV say of a question is what the rules say."""
    report = charts.report_document(sheet.chart)
    csv = sheet.csv_of_chart().decode("utf-8-sig")
    for bar in sheet.chart.value.bars:
        said = say.bar(bar, members=sheet.chart.value.caption.members)
        assert paper.quote(said) in report
        assert said.replace('"', '""') in csv


@pytest.mark.parametrize("seed", range(0, 20, 4))
def test_does_not_change_by_a_byte_when_people_of_a_block_swap_their_answers(world, look, seed):
    one, other = world(seed), world(seed, swapped=True)

    pages = [look(each, path) for path in ("charts", "training-needs") for each in (one, other)]

    for first, second in (pages[:2], pages[2:]):
        assert words(first) == words(second)
        assert tables(first) == tables(second)
        assert drawn(first) == drawn(second)
    stripped = [[_without_hash(each) for each in files(every.sheet)] for every in (one, other)]
    assert stripped[0] == stripped[1]


def _without_hash(content):
    """The hash of a ledger row is one of a time and random keys besides."""
    return re.sub(rb"hash [0-9a-f]+", b"hash", content)


class TestTheReport:
    @pytest.fixture
    def sheet(self, world):
        return next(one.sheet for one in map(world, range(20)) if one.sheet.chart)

    def test_is_tagged_and_says_every_number_of_the_table(self, sheet):
        assert sheet.chart is not None
        read = pypdf.PdfReader(io.BytesIO(paper.as_pdf(charts.report_document(sheet.chart))))
        root = read.trailer["/Root"]
        text = " ".join(" ".join(page.extract_text() for page in read.pages).split())

        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en-GB"
        assert root["/StructTreeRoot"]
        assert sheet.title in text
        for bar in sheet.chart.value.bars:
            bounds = [" to ".join(map(str, dict.fromkeys(one))) for one in measures.bounds(bar)]
            rest = [str(bar.hidden), str(bar.answered), str(bar.not_answered)]
            if bar.is_shown and len(bar.item.categories) == 5:
                assert " ".join([bar.item.title, *bounds]) in text
                assert text.count(f"{bar.answered} answered") >= 1
                assert rest[0].isdigit()

    def test_tells_a_screen_reader_what_the_picture_says(self, sheet):
        source = charts.report_document(sheet.chart)

        assert paper.quote(charts.domain_figure(sheet.chart).sentence) in source

    def test_is_the_same_file_each_time(self, sheet):
        source = charts.report_document(sheet.chart)

        assert paper.as_pdf(source) == paper.as_pdf(source)

    def test_takes_no_word_for_markup(self):
        words = 'A "name" #let x = 1 \\ [*] $y$'

        made = paper.as_pdf(f'#set document(title: "T")\n#text({paper.quote(words)})')

        assert words in pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()

    def test_is_also_a_picture(self, sheet):
        assert paper.as_png(charts.picture_document(sheet.chart)).startswith(b"\x89PNG")
        assert paper.as_png(charts.picture_document(sheet.chart, "Lead")).startswith(b"\x89PNG")
