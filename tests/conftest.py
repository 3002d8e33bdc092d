"""What tests of all parts share: a running server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server_process import ServerProcess


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A real server with an empty database, for the tests of one module."""
    with ServerProcess(tmp_path_factory.mktemp("server")) as process:
        yield process
