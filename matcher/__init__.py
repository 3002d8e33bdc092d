"""Finds quotes in text: word for word, altered, cut, elided, interrupted. Knows no server and no database."""

from matcher.evidence import Lack
from matcher.explain import Shortfall, explain
from matcher.file import BadIndexFile
from matcher.find import Match, QuoteIndex, Search
from matcher.live import LiveIndex, Moment
from matcher.passage_filter import BadFilter, FilterParts, PassageFilter
from matcher.reading import Change

__all__ = [
    "BadFilter",
    "BadIndexFile",
    "Change",
    "FilterParts",
    "Lack",
    "LiveIndex",
    "Match",
    "Moment",
    "PassageFilter",
    "QuoteIndex",
    "Search",
    "Shortfall",
    "explain",
]
