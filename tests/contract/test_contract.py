"""Every route keeps to its description, whatever is sent: schemathesis makes it up from the document."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from server.samples import sample_quotes
from tests.server_process import ServerProcess

CONFIG = Path(__file__).with_name("contract.toml")
ALL_PHASES = "examples,coverage,fuzzing,stateful"


@pytest.mark.parametrize(("with_token", "phases", "examples"), [(True, ALL_PHASES, 3), (False, "fuzzing", 2)])
def test_every_route_keeps_its_contract(
    server: ServerProcess, tmp_path: Path, *, with_token: bool, phases: str, examples: int
) -> None:
    for quote in sample_quotes():
        server.publish(quote.model_dump(mode="json"))
    credentials = ["--header", f"Authorization: Bearer {server.token}"] if with_token else []
    done = subprocess.run(
        [
            *[sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"],
            *[f"{server.url}/openapi.json", "--max-examples", str(examples), "--continue-on-failure"],
            *["--phases", phases, *credentials],
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "event=failure" not in server.log.read_text()
