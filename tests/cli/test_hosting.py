"""What a shared installation is set up with, printed by a command."""

import subprocess

import pytest
from typer.testing import CliRunner

from ccio_skills import settings
from ccio_skills.cli import app

NAME = "skills.example.org"


def run(*words, env=None):
    return CliRunner().invoke(app, [str(word) for word in words], env=env)


def hosting(*words):
    result = run("hosting", *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def lines(text):
    """The lines that mean something."""
    return [one.strip() for one in text.splitlines() if one.strip() and one.strip()[0] != "#"]


class TestNginx:
    def test_names_the_host_its_certificate_and_two_processes(self):
        said = lines(hosting("nginx", "--name", NAME))

        assert said.count(f"server_name {NAME};") == 2
        assert f"ssl_certificate /etc/letsencrypt/live/{NAME}/fullchain.pem;" in said
        assert [one for one in said if one.startswith("server 127")] == [
            "server 127.0.0.1:8501;",
            "server 127.0.0.1:8502;",
        ]

    def test_names_as_many_processes_as_there_are_ports(self):
        said = lines(hosting("nginx", "--name", NAME, "--port", 9001))

        assert [one for one in said if one.startswith("server 127")] == ["server 127.0.0.1:9001;"]

    @pytest.mark.parametrize(
        "name", ["https://skills.example.org", "skills", "a b.example.org", "x.org;", "-a.org", ""]
    )
    def test_refuses_what_is_no_host_name(self, name):
        result = run("hosting", "nginx", "--name", name)

        assert result.exit_code == 2
        assert "give a host name" in result.stderr

    @pytest.mark.parametrize("path", ["cert.pem", "/a b/cert.pem", "/etc/x;evil"])
    def test_refuses_a_path_that_means_something_else(self, path):
        result = run("hosting", "nginx", "--name", NAME, "--certificate", path)

        assert result.exit_code == 2
        assert "whole path" in result.stderr


class TestSystemd:
    def test_starts_one_process_for_each_port(self):
        text = hosting("systemd", "--program", "/srv/ccio/bin/ccio-skills", "--user", "ccio")

        assert "ExecStart=/srv/ccio/bin/ccio-skills run --port %i" in lines(text)
        assert "User=ccio" in lines(text)
        assert "ccio-skills@8501 ccio-skills@8502" in text

    def test_refuses_a_user_that_cannot_be(self):
        assert run("hosting", "systemd", "--user", "root; rm").exit_code == 2


class TestCommand:
    def test_runs_as_the_user_with_the_settings(self, tmp_path):
        """A shell takes the file apart as systemd does: quotes, dollars and spaces stay words."""
        (tmp_path / "environment").write_text("CCIO_OPERATOR='A $B \\`c` \"d\"'\n")
        script = hosting("command", "--environment", tmp_path / "environment")
        assert "exec runuser -u ccio-skills -- /opt/ccio-skills/.venv/bin/ccio-skills" in script

        script = script.replace("exec runuser -u ccio-skills -- ", "exec ")
        script = script.replace("/opt/ccio-skills/.venv/bin/ccio-skills", "printenv")
        done = subprocess.run(
            ["sh", "-s", "CCIO_OPERATOR"], input=script, capture_output=True, text=True, check=True
        )

        assert done.stdout == 'A $B \\`c` "d"\n'


class TestEnvironment:
    def read(self, text, **changes):
        """Read the file as systemd and a shell do: a name, and a value in single quotes."""
        pairs = dict(one.split("=", 1) for one in lines(text))
        assert all(value[0] == value[-1] == "'" for value in pairs.values())
        return {name: value.strip("'") for name, value in pairs.items()} | changes

    def test_is_complete_once_sign_in_is_filled_in(self):
        filled = self.read(
            hosting("environment", "--name", NAME),
            CCIO_SIGN_IN="https://login.example.org",
            CCIO_SIGN_IN_CLIENT_ID="app",
            CCIO_SIGN_IN_CLIENT_SECRET="secret",
        )

        here = settings.read(filled)

        assert here.sign_in.address == f"https://{NAME}"
        assert here.store_file is None

    def test_makes_a_new_secret_each_time(self):
        name = "CCIO_SIGN_IN_COOKIE_SECRET"
        first, second = (self.read(hosting("environment", "--name", NAME)) for _ in range(2))

        assert len(first[name]) >= 64
        assert first[name] != second[name]

    def test_names_only_settings_that_are_read(self):
        text = hosting("environment", "--name", NAME).replace("#CCIO", "CCIO")
        asked = []

        class Watched(dict):
            def get(self, name, default=None):
                asked.append(name)
                return super().get(name, default)

        given = self.read(text, CCIO_SIGN_IN="https://login.example.org", CCIO_MISTAKES="mailto:x")
        given |= {"CCIO_SIGN_IN_CLIENT_ID": "app", "CCIO_SIGN_IN_CLIENT_SECRET": "secret"}
        settings.read(Watched(given))

        assert given.keys() <= set(asked)


class TestCopiesOfPostgresql:
    ENV = {"CCIO_DATABASE_URL": "postgresql://me:secret@db.example.org/skills"}  # noqa: RUF012

    def test_backup_says_which_line_to_run_without_the_password(self):
        result = run("backup", "a b.dump", env=self.ENV)

        assert result.exit_code == 1
        assert (
            "pg_dump --format=custom --file='a b.dump' postgresql://me@db.example.org/skills\n"
            in result.stderr
        )
        assert "may go on running" in result.stderr
        assert "secret" not in result.stderr

    def test_restore_too(self):
        result = run("restore", "a.dump", env=self.ENV)

        assert result.exit_code == 1
        assert "Stop every process of the app" in result.stderr
        assert "--dbname=postgresql://me@db.example.org/skills a.dump\n" in result.stderr

    def test_move_from_it_is_refused(self):
        result = run("move", "--to", "postgresql:///x", env=self.ENV)

        assert result.exit_code == 1
        assert "in a database server already" in result.stderr
