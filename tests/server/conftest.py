"""A server as a person starts it, shared by tests that only ask."""

from collections.abc import Iterator

import pytest

from benchmarks.serving import Server


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[Server]:
    one = Server(tmp_path_factory.mktemp("served"))
    one.start()
    yield one
    one.kill()


@pytest.fixture
def own(tmp_path) -> Iterator[Server]:
    """A server of a test's own, to be broken."""
    one = Server(tmp_path / "own")
    one.start()
    yield one
    one.kill()
