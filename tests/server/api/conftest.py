"""The whole HTTP interface is tested on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import KINDS, make_database
from tests.server_process import ServerProcess


@pytest.fixture(scope="module", params=KINDS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """A real server with an empty database, for the tests of one module."""
    folder = tmp_path_factory.mktemp("server")
    with make_database(request.param, folder) as database, ServerProcess(folder, database) as process:
        yield process
