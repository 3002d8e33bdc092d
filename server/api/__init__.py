"""The HTTP interface for clients."""

from server.api.answer_cache import AnswerCache
from server.api.kept_filter import KeptFilter
from server.api.metrics import SHARED_FOLDER as METRICS_FOLDER
from server.api.metrics import count_refused
from server.api.problems import HANDLERS
from server.api.routes import ROUTES, stack_middleware
from server.api.searches import Searches
from server.api.services import Services

__all__ = [
    "HANDLERS",
    "METRICS_FOLDER",
    "ROUTES",
    "AnswerCache",
    "KeptFilter",
    "Searches",
    "Services",
    "count_refused",
    "stack_middleware",
]
