"""What tests of all parts share: a running server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.server_process import ServerProcess

# The same examples in every run, and no failure for a slow machine's sake.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A real server with an empty database, for the tests of one module."""
    with ServerProcess(tmp_path_factory.mktemp("server")) as process:
        yield process
