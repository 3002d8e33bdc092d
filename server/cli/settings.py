"""`quotemark settings`."""

from __future__ import annotations

import sys

from server.cli.options import DatabaseUrl
from server.settings import Settings, environment_name, find_misspelt, hide_password, read_settings


def list_settings(database: DatabaseUrl = None) -> None:
    settings = read_settings(database=database)
    for name, field in Settings.model_fields.items():
        print(f"# {field.description}.")
        print(f"{environment_name(name)}={hide_password(str(getattr(settings, name)))}")
    for misspelt in find_misspelt():
        print(misspelt, file=sys.stderr)
