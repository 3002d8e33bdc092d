"""The forms in which quotes leave: each can be imported again, and then gives the same quotes."""

from server.exporting.export import FORMATS, Format, export_quotes
from server.exporting.table import defuse

__all__ = ["FORMATS", "Format", "defuse", "export_quotes"]
