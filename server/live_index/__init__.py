"""The matcher's index of all published wordings, kept in step with the store.

snapshots   immutable files, written by one process of a machine and mapped by all of them
generation  a snapshot, and over it what has changed since
following   which generation is searched, and what it has taken in
"""

from server.live_index.building import write_snapshot
from server.live_index.following import LiveIndex, Stamp
from server.live_index.generation import Found, WithQuote, publish_alone, texts_of
from server.live_index.snapshots import Snapshots

__all__ = [
    "Found",
    "LiveIndex",
    "Snapshots",
    "Stamp",
    "WithQuote",
    "publish_alone",
    "texts_of",
    "write_snapshot",
]
