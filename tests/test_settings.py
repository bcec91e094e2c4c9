"""The environment in, one frozen value out."""

import dataclasses
from pathlib import Path

import pytest
from sqlalchemy import make_url

from ccio_skills import settings
from ccio_skills.vocabulary import Pool
from tests.conftest import ROOT


def file_of(here):
    """Return the file that SQLite opens for these settings."""
    return Path(make_url(here.database_url).database)


class TestThePool:
    def test_is_five_and_five_unless_told(self):
        assert settings.read({}).pool == Pool(size=5, overflow=5)

    def test_is_what_the_environment_says(self):
        told = {
            "CCIO_DATABASE_POOL": "8",
            "CCIO_DATABASE_OVERFLOW": "0",
            "CCIO_DATABASE_WAIT_SECONDS": "2",
            "CCIO_DATABASE_RECYCLE_MINUTES": "10",
            "CCIO_DATABASE_CONNECT_SECONDS": "3",
            "CCIO_DATABASE_KEEPALIVE_SECONDS": "20",
        }

        assert settings.read(told).pool == Pool(8, 0, 2, 10, 3, 20)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("CCIO_DATABASE_POOL", "0"),
            ("CCIO_DATABASE_POOL", "many"),
            ("CCIO_DATABASE_OVERFLOW", "-1"),
            # The driver takes 1 for 2.
            ("CCIO_DATABASE_CONNECT_SECONDS", "1"),
            ("CCIO_DATABASE_WAIT_SECONDS", "61"),
        ],
    )
    def test_refuses_numbers_that_mean_nothing(self, name, value):
        with pytest.raises(settings.SettingsError, match=name):
            settings.read({name: value})


class TestTheStore:
    def test_lies_in_the_data_folder_of_the_person_by_default(self, tmp_path, monkeypatch):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

        here = settings.read({})

        assert here.store_file.name == "ccio-skills.db"
        assert here.store_file.parent.name == "ccio-skills"
        assert here.store_file.is_absolute()
        assert file_of(here) == here.store_file

    def test_lies_in_the_folder_that_was_named(self, tmp_path):
        here = settings.read({"CCIO_DATA": str(tmp_path)})

        assert here.store_file == tmp_path / "ccio-skills.db"
        assert file_of(here) == tmp_path / "ccio-skills.db"

    def test_lies_where_an_address_says_before_any_folder(self, tmp_path):
        url = f"sqlite:///{tmp_path / 'other.db'}"

        here = settings.read({"CCIO_DATABASE_URL": url, "CCIO_DATA": "/elsewhere"})

        assert here.database_url == url
        assert here.store_file == tmp_path / "other.db"

    def test_on_a_server_has_no_file(self):
        here = settings.read({"CCIO_DATABASE_URL": "postgresql://ccio@db.example.org/skills"})

        assert here.store_file is None

    @pytest.mark.parametrize("name", ["CCIO_DATA", "CCIO_DATABASE_URL"])
    def test_is_where_it_would_be_anyway_for_an_empty_word(self, name):
        assert settings.read({name: ""}) == settings.read({})

    @pytest.mark.parametrize("name", ["with spaces", "ünïcödé", "a#b", "it's", "a&b=c"])
    def test_lies_in_folders_with_unusual_names(self, tmp_path, name):
        here = settings.read({"CCIO_DATA": str(tmp_path / name)})

        assert file_of(here) == here.store_file == tmp_path / name / "ccio-skills.db"

    @pytest.mark.parametrize("name", ["what?", "a%20b"])
    def test_lies_in_folders_whose_names_mean_something_in_an_address(self, tmp_path, name):
        here = settings.read({"CCIO_DATA": str(tmp_path / name)})

        assert file_of(here) == tmp_path / name / "ccio-skills.db"

    def test_lies_in_the_same_place_whatever_folder_the_server_starts_in(self, monkeypatch):
        monkeypatch.chdir("/")

        assert settings.read({"CCIO_DATA": "my-data"}).store_file.is_absolute()


class TestTheRest:
    def test_is_what_ships_unless_said_otherwise(self):
        here = settings.read({})

        assert here.content == ROOT / "content"
        assert not here.is_demo
        assert here.mistakes_address.startswith("https://")

    def test_is_what_the_environment_says(self, tmp_path):
        here = settings.read(
            {
                "CCIO_CONTENT": str(tmp_path),
                "CCIO_DEMO": "1",
                "CCIO_MISTAKES": "mailto:library@example.org",
            }
        )

        assert here.content == tmp_path
        assert here.is_demo
        assert here.mistakes_address == "mailto:library@example.org"

    @pytest.mark.parametrize("word", ["", "0", "no"])
    def test_is_no_demonstration_for_any_other_word(self, word):
        assert not settings.read({"CCIO_DEMO": word}).is_demo

    def test_is_read_from_the_process_by_default(self, tmp_path, monkeypatch):
        monkeypatch.setenv("CCIO_CONTENT", str(tmp_path))

        assert settings.read().content == tmp_path

    def test_cannot_be_changed(self):
        with pytest.raises(dataclasses.FrozenInstanceError):
            settings.read({}).is_demo = True

    @pytest.mark.parametrize("name", ["app.py", "content", "static", ".streamlit/config.toml"])
    def test_finds_what_the_app_needs_beside_the_package(self, name):
        assert (settings.root() / name).exists()
