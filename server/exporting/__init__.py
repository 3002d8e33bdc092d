"""The forms in which quotes leave: each can be imported again, and then gives the same quotes."""

from server.exporting.export import FORMATS, Format, export_quotes

__all__ = ["FORMATS", "Format", "export_quotes"]
