"""The server of a shared store stops while somebody rates: what they chose is kept."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from benchmarks.serving import Server
from ccio_skills import store
from tests.browser.test_kept import begin, choose
from tests.stoppable import stoppable


@pytest.mark.browser
def test_an_answer_given_while_the_server_is_away_is_saved_when_it_is_back(tmp_path, open_tab):
    with stoppable() as postgres:
        server = Server(tmp_path, environment={"CCIO_DATABASE_URL": postgres.url})
        server.start()
        try:
            tab = open_tab(server.url)
            begin(tab)
            choose(tab, 0, 3)
            tab.locator(".cc-saved").first.wait_for()
            postgres.crash()

            choose(tab, 1, 4)

            expect(tab.get_by_text("Trying again")).to_be_visible(timeout=20_000)
            postgres.start()
            expect(tab.locator(".cc-saved")).to_have_count(2, timeout=30_000)
            engine = store.open_engine(postgres.url)
            with engine.connect() as connection:
                found = connection.execute(text("SELECT level FROM assess_rating ORDER BY id"))
                assert found.scalars().all() == [3, 4]
            engine.dispose()
        finally:
            server.kill()
