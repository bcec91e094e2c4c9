"""Every module and every path that ships, walked from the first part to the last."""

import re

import pytest

from ccio_skills import library
from tests.conftest import CONTENT

SHIPPED = library.load(CONTENT)
_FACT = re.compile(r"\[F\d+\]")


@pytest.fixture
def walk(open_page):
    """Open a page once and turn it to other query strings: cheaper than opening it each time."""

    def walk(path, *places):
        params = dict(places[0])
        page = open_page(path, params=params)
        yield page
        for place in places[1:]:
            params.update(place)
            yield page.run()

    return walk


def cites_by_number(page):
    return not any(_FACT.search(one.value) for one in page.markdown)


@pytest.mark.parametrize("slug", SHIPPED.module)
def test_a_module_is_read_from_its_first_part_to_its_ending(walk, slug):
    module = SHIPPED.module[slug]
    titles = [*(part.title for part in module.parts), "Check yourself", "Finish and reflect"]
    places = [{"module": slug, "part": str(part)} for part in range(1, len(titles) + 1)]

    for title, page in zip(titles, walk("module", *places), strict=True):
        assert not page.exception
        assert not page.error
        assert page.title[0].value == module.title
        assert title in [one.value for one in page.header]
        assert cites_by_number(page)
    assert len(page.get("form_submit_button")) == 1


@pytest.mark.parametrize("slug", SHIPPED.path)
def test_a_path_shows_every_module_and_ends_with_its_task(walk, slug):
    path = SHIPPED.path[slug]

    [page] = walk("path", {"path": slug})

    assert not page.exception
    assert not page.error
    assert page.title[0].value == path.title
    links = [one.proto.query_string for one in page.get("page_link")]
    assert [one.removeprefix("module=") for one in links if "module=" in one] == list(path.modules)
    assert page.code[0].value.strip()
    assert cites_by_number(page)
