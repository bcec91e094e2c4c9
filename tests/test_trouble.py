"""A store that cannot be used says what is wrong and what to do, and is as it was."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ccio_skills import store
from ccio_skills.people import commands, queries
from ccio_skills.vocabulary import PersonId
from tests.conftest import NOW

ME, NOBODY = PersonId(1), 65534


@pytest.fixture
def file(tmp_path) -> Path:
    """A store with something in it, closed."""
    return make_store(tmp_path)


def make_store(folder):
    file = folder / "store.db"
    engine = store.open_engine(f"sqlite:///{file}")
    store.upgrade(engine)
    settle(engine, 60)
    engine.dispose()
    return file


def settle(engine, minutes):
    with Session(engine) as db:
        commands.settle(db, ME, profile="new-ccio", minutes_a_week=minutes, at=NOW)


def minutes(file):
    engine = store.open_engine(f"sqlite:///{file}")
    with Session(engine) as db:
        found = queries.settings(db, ME).minutes_a_week
    engine.dispose()
    return found


def trouble_of(work: Callable[[], object], file) -> str:
    """Do something that must fail, and return what a person is told."""
    with pytest.raises((store.StoreError, SQLAlchemyError)) as failed:
        work()
    return str(store.explain(failed.value, where=store.name_of(f"sqlite:///{file}")))


def with_pragma(file, pragma):
    """Open a store under a condition that a test cannot wait for."""
    engine = store.open_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", lambda dbapi, _: dbapi.execute(f"PRAGMA {pragma}"))
    return engine


def as_another_user(work: Callable[[], str]) -> str:
    """Do it as somebody whom file modes stop; root they do not."""
    if os.geteuid() != 0:
        return work()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        try:
            said = work()
        except BaseException as error:
            said = f"failed: {error!r}"
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        said = told.read().decode()
    os.waitpid(child, 0)
    return said


class TestMissing:
    def test_a_file_that_vanishes_is_not_made_anew(self, file):
        engine = store.open_engine(f"sqlite:///{file}")
        settle(engine, 90)
        file.rename(file.with_name("moved.db"))

        said = trouble_of(lambda: settle(engine, 30), file)

        assert f"{file} is not there" in said
        assert "ccio-skills restore" in said
        assert not file.exists()

    def test_one_that_comes_back_goes_on(self, file):
        engine = store.open_engine(f"sqlite:///{file}")
        settle(engine, 90)
        file.rename(file.with_name("moved.db"))
        trouble_of(lambda: settle(engine, 30), file)
        file.with_name("moved.db").rename(file)

        settle(engine, 45)

        assert minutes(file) == 45

    def test_one_that_was_replaced_is_the_one_that_is_written(self, file, tmp_path):
        """A file that lost its name can still be written; what is saved there is lost."""
        engine = store.open_engine(f"sqlite:///{file}")
        settle(engine, 90)
        (tmp_path / "other").mkdir()
        other = make_store(tmp_path / "other")
        file.unlink()
        for left in tmp_path.glob("store.db-*"):
            left.unlink()
        shutil.copy(other, file)

        settle(engine, 30)

        assert minutes(file) == 30

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path):
        (tmp_path / "file").write_text("in the way")

        said = trouble_of(lambda: store.open_engine(f"sqlite:///{tmp_path}/file/a/store.db"), "")

        assert "cannot be made" in said
        assert "--data" in said


class TestReadOnly:
    @pytest.fixture
    def shared(self):
        """A folder that every account can reach, unlike the tests' own."""
        folder = Path(tempfile.mkdtemp(prefix="ccio-test-"))
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)
        shutil.rmtree(folder)

    @pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o444, 0o755)])
    def test_a_store_that_may_only_be_read_says_so(self, shared, file_mode, folder_mode):
        file = make_store(shared)
        before = file.read_bytes()
        file.chmod(file_mode)
        shared.chmod(folder_mode)

        said = as_another_user(
            lambda: trouble_of(lambda: settle(store.open_engine(f"sqlite:///{file}"), 30), file)
        )

        assert f"the store {file}" in said.replace("The store", "the store")
        assert "writable" in said
        assert file.read_bytes() == before

    def test_a_folder_that_may_not_be_written_takes_no_new_store(self, shared):
        shared.chmod(0o555)

        said = as_another_user(
            lambda: trouble_of(lambda: store.open_engine(f"sqlite:///{shared}/store.db"), "")
        )

        assert "cannot be made: Permission denied" in said

    def test_a_database_that_refuses_to_write_says_so(self, file):
        engine = with_pragma(file, "query_only=ON")

        said = trouble_of(lambda: settle(engine, 30), file)

        assert "read-only" in said
        assert minutes(file) == 60


class TestLocked:
    def test_a_store_that_another_program_holds_says_so_and_is_free_afterwards(self, file):
        engine = with_pragma(file, "busy_timeout=20")
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        said = trouble_of(lambda: settle(engine, 30), file)
        other.close()

        assert "Another program holds the store" in said
        assert minutes(file) == 60

        settle(engine, 30)

        assert minutes(file) == 30

    def test_it_can_be_read_meanwhile(self, file):
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        assert minutes(file) == 60
        other.close()


class TestFull:
    def test_a_full_store_says_so_and_keeps_what_it_has(self, file):
        engine = with_pragma(file, "max_page_count=1")

        said = trouble_of(lambda: fill(engine), file)

        assert "is full" in said
        assert minutes(file) == 60

    def test_a_full_disk_too_and_goes_on_when_there_is_room(self, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
        if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("this account may not mount a small disk")
        try:
            file = make_store(disk)
            engine = store.open_engine(f"sqlite:///{file}")
            settle(engine, 45)
            with pytest.raises(OSError, match="No space"):
                (disk / "filler").write_bytes(b"x" * 4 * 2**20)

            said = trouble_of(lambda: fill(engine), file)
            assert "is full" in said
            with Session(engine) as db:
                assert queries.settings(db, ME).minutes_a_week == 45

            (disk / "filler").unlink()
            settle(engine, 30)
            assert minutes(file) == 30
            engine.dispose()
        finally:
            subprocess.run(["umount", str(disk)], check=True)


def fill(engine):
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE much (words TEXT)"))
        for _ in range(200):
            connection.execute(text("INSERT INTO much VALUES (:words)"), {"words": "x" * 50_000})
        connection.commit()


class TestHalfCopied:
    @pytest.mark.parametrize("share", [0.001, 0.04, 0.5, 0.96])
    def test_a_part_of_a_store_is_refused_and_left_alone(self, file, share):
        whole = file.read_bytes()
        half = whole[: int(len(whole) * share)]
        file.write_bytes(half)

        said = trouble_of(lambda: store.upgrade(store.open_engine(f"sqlite:///{file}")), file)

        assert "damaged, or only a part of it" in said
        assert "ccio-skills restore" in said
        assert file.read_bytes() == half

    def test_another_kind_of_file_is_refused_and_left_alone(self, tmp_path):
        file = tmp_path / "store.db"
        file.write_text("My notes about ward 7. " * 400)

        said = trouble_of(lambda: store.upgrade(store.open_engine(f"sqlite:///{file}")), file)

        assert "damaged" in said
        assert file.read_text().startswith("My notes")

    def test_a_copy_is_put_in_its_place_and_the_damaged_file_is_kept(self, file, tmp_path):
        store.back_up(file, tmp_path / "copy.db")
        half = file.read_bytes()[:9000]
        file.write_bytes(half)

        kept = store.restore(tmp_path / "copy.db", file)

        assert minutes(file) == 60
        assert kept.read_bytes() == half


@pytest.mark.both_databases
class TestNewer:
    def test_a_store_of_a_newer_version_is_left_alone(self, address):
        engine = store.open_engine(address)
        store.upgrade(engine)
        settle(engine, 60)
        with engine.connect() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = 'from-2031'"))
            connection.commit()

        with pytest.raises(store.StoreError, match="newer version of CCIO Skills") as refused:
            store.upgrade(engine)

        assert "Nothing was changed" in refused.value.remedy
        with engine.connect() as connection:
            assert connection.execute(text("SELECT * FROM alembic_version")).scalar() == "from-2031"
        engine.dispose()


class TestAServer:
    def test_that_does_not_answer_is_named_without_its_password(self):
        engine = store.open_engine("postgresql://me:secret@127.0.0.1:1/ccio")

        with pytest.raises(store.StoreError, match="cannot be used") as refused:
            store.upgrade(engine)

        assert "127.0.0.1:1/ccio" in refused.value.what
        assert "CCIO_DATABASE_URL" in refused.value.remedy
        assert "secret" not in str(refused.value)

    def test_without_that_database_says_so(self, postgres):
        engine = store.open_engine(postgres.replace("/postgres?", "/nowhere?"))

        with pytest.raises(store.StoreError, match="does not exist"):
            store.upgrade(engine)

    @pytest.mark.parametrize("address", ["", "nonsense", "http://example.org"])
    def test_at_no_address_says_so(self, address):
        with pytest.raises(store.StoreError, match="that is no address"):
            store.open_engine(address)


def test_an_error_about_something_else_is_not_explained_away():
    assert store.explain(ValueError("a note"), where="here") is None
