"""What happens once, before anyone comes."""

import asyncio
import gc
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from ccio_skills import instance, library, settings, store
from ccio_skills.people import queries
from ccio_skills.server import starting
from tests.cast import sign_in
from tests.conftest import ROOT
from tests.test_shared_settings import SHARED

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("CCIO_DATA", str(tmp_path / "fresh"))
    monkeypatch.delenv("CCIO_DATABASE_URL", raising=False)
    yield settings.read()
    gc.unfreeze()


def start(warm_up=lambda: None):
    """Start and stop; return the objects that the collector no longer walks while it serves."""

    async def serve():
        async with starting.lifespan(warm_up)(None):
            return gc.get_freeze_count()

    return asyncio.run(serve())


def test_the_store_is_in_shape_before_anyone_comes(here):
    start()

    assert store.is_current(store.open_engine(here.database_url))


def test_what_is_loaded_is_taken_from_the_collector(here):
    assert start() > 100_000


def test_garbage_is_collected_while_it_serves_though_not_while_it_loads(here):
    seen = []
    gc.disable()

    async def serve():
        async with starting.lifespan(lambda: seen.append(gc.isenabled()))(None):
            seen.append(gc.isenabled())

    asyncio.run(serve())

    assert seen == [False, True]


def test_a_shared_installation_is_tidied_at_the_start(here, monkeypatch):
    for name, value in SHARED.items():
        monkeypatch.setenv(name, value)
    engine = store.open_engine(here.database_url)
    store.upgrade(engine)
    with Session(engine) as db:
        person = sign_in(db, "Ada", at=LONG_AGO)

    start_and_wait()

    with Session(engine) as db:
        assert queries.person(db, person.id) is None


def start_and_wait():
    async def serve():
        async with starting.lifespan(lambda: None)(None):
            await asyncio.sleep(1)

    asyncio.run(serve())


def test_no_full_collection_follows_every_run():
    """Streamlit reads its configuration from the folder it starts in."""
    ask = "import streamlit as st; print(st.get_option('runner.postScriptGC'))"
    said = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True)

    assert said.stdout.strip() == "False"


def loaded_by(script, folder):
    """Return the names of all modules that a process of its own has loaded in the end."""
    said = subprocess.run(
        [sys.executable, "-c", f"import sys\n{script}\nprint(*sys.modules)"],
        env=os.environ | {"CCIO_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(said.stdout.split())


def test_a_server_with_a_page_drawn_has_loaded_nothing_that_few_need(tmp_path):
    """What is loaded at the start, everyone waits for, and it stays in memory."""
    loaded = loaded_by(
        """
from ccio_skills import library, server, settings, shell, ui
from ccio_skills.home import charts
server.options(shell.warm_up)
shell.warm_up()
here = library.load(settings.read().content)
ui.draw(charts.board_figure({here.skills[0].slug: 2}, library=here), key="board")
""",
        tmp_path,
    )

    for_files, for_servers = {"pandas", "pyarrow"}, {"psycopg", "sqlalchemy.dialects.postgresql"}
    assert loaded & (for_files | for_servers | {"alembic", "rich", "pygments"}) == set()
    assert loaded >= {"altair", "sqlmodel"}, "what the first page needs"


def test_the_command_that_starts_the_server_loads_nothing_of_it(tmp_path):
    loaded = loaded_by("import ccio_skills.cli, ccio_skills.instance", tmp_path)

    assert loaded & {"asyncio", "pydantic", "sqlalchemy", "streamlit", "rich"} == set()
    assert "typer" in loaded


def test_the_store_is_held_while_it_is_served_and_free_afterwards(here):
    seen = []

    def look():
        with pytest.raises(instance.RunningError) as refused:
            instance.check_free(here.store_file)
        seen.append(refused.value.address)

    start(look)

    assert seen[0].startswith("http://")
    instance.check_free(here.store_file)


@pytest.mark.parametrize(
    "trouble",
    [
        store.StoreError("The store is damaged.", "Put a copy in its place."),
        library.BrokenContentError("1 error"),
        instance.RunningError("http://127.0.0.1:8501"),
    ],
)
def test_what_is_wrong_is_said_without_a_trace(here, trouble, capfd):
    def fail():
        raise trouble

    with pytest.raises(SystemExit):
        start(fail)

    assert capfd.readouterr().err == f"{trouble}\n"
