"""A second start on the same store leads to the first."""

import subprocess

import pytest

from ccio_skills import instance


def run_again(server, *more):
    return subprocess.run(
        [*server.program, "run", "--data", str(server.folder), *more],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_says_where_the_first_one_is(served):
    said = run_again(served)

    assert said.returncode == 0
    assert said.stdout == f"CCIO Skills is running already: open {served.url} in your browser.\n"
    assert said.stderr == ""


def test_a_server_that_was_killed_stands_in_nobodys_way(own):
    own.kill()

    own.start()

    assert own.is_ready()


def test_the_lock_is_given_back(tmp_path):
    with (
        instance.hold(tmp_path / "store.db", address="http://127.0.0.1:1"),
        pytest.raises(instance.RunningError, match=r"http://127\.0\.0\.1:1"),
    ):
        instance.check_free(tmp_path / "store.db")

    instance.check_free(tmp_path / "store.db")


def test_a_folder_that_nobody_can_write_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OSError, match="file"):
        instance.check_free(tmp_path / "file" / "store.db")
