from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_COUNT = """
import gc
from server.app import create_app_from_environment
create_app_from_environment()
print(len(gc.get_objects()), gc.get_freeze_count())
"""


def test_looking_for_garbage_passes_by_what_stays_to_the_end(tmp_path: Path) -> None:
    environment = os.environ | {"QUOTEMARK_DATABASE": f"sqlite+aiosqlite:///{tmp_path / 'quotes.db'}"}
    done = subprocess.run(
        [sys.executable, "-c", _COUNT], env=environment, capture_output=True, text=True, check=True
    )
    looked_at, passed_by = map(int, done.stdout.split())
    assert looked_at < passed_by / 20
