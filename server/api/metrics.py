"""/metrics: what Prometheus is told. Never a text, an address or an id of anybody.

Where several processes serve, each keeps its numbers in a file of a folder that all share, and whichever is
asked tells those of all together; what is told of each process alone carries its number as `pid`.
"""

from __future__ import annotations

import hmac
import os
import re
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from pathlib import Path

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from starlette.requests import Request
from starlette.responses import Response

from server.api.problem import Problem
from server.api.services import services
from server.live_index import Found, LiveIndex

# Set before this module is imported, by whoever starts several processes.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_CHARACTERS = (300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)

_requests = Counter("quotemark_requests", "Requests answered.", ["method", "route", "status"])
_request_seconds = Histogram(
    "quotemark_request_seconds", "From a whole request to its answer.", ["route"], buckets=_SECONDS
)
_match_seconds = Histogram("quotemark_match_seconds", "Searching one text.", buckets=_SECONDS)
_text_characters = Histogram("quotemark_text_characters", "Lengths of texts.", buckets=_CHARACTERS)
_matches = Counter("quotemark_matches", "Matches told, by the first check's rating.", ["kind", "rating"])
_known_texts = Counter("quotemark_known_texts", "Texts answered from memory, as they were asked for before.")
_incomplete = Counter("quotemark_incomplete_searches", "Searches that a budget cut short.")
_refused = Counter("quotemark_refused", "Requests that were refused, and connections closed.", ["reason"])
_index_revision = Gauge(
    "quotemark_index_revision", "Last change that is taken in.", multiprocess_mode="liveall"
)
_index_wordings = Gauge("quotemark_index_wordings", "Wordings indexed.", multiprocess_mode="liveall")
_index_changes = Gauge(
    "quotemark_index_changes", "Quotes changed since the snapshot in use.", multiprocess_mode="liveall"
)
_index_in_step = Gauge(
    "quotemark_index_in_step_timestamp_seconds",
    "When the index was last known to lag behind no change.",
    multiprocess_mode="liveall",
)


@cache
def _of_request(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    return _requests.labels(method, route, str(status)), _request_seconds.labels(route)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    number, duration = _of_request(method, route, status)
    number.inc()
    duration.observe(seconds)


def count_search(characters: int, seconds: float) -> None:
    _text_characters.observe(characters)
    _match_seconds.observe(seconds)


def count_found(found: Found) -> None:
    if not found.complete:
        _incomplete.inc()
    for match in found.matches:
        _of_match(match.kind, found.facts[match.quote_id].rating or "none").inc()


@cache
def _of_match(kind: str, rating: str) -> Counter:
    return _matches.labels(kind, rating)


def count_known_text() -> None:
    _known_texts.inc()


def count_refused(reason: str) -> None:
    _refused.labels(reason).inc()


def tell_index(index: LiveIndex) -> None:
    """Tell where the index of this process stands."""
    _index_revision.set(index.revision)
    _index_wordings.set(len(index))
    _index_changes.set(index.changes)
    _index_in_step.set(index.in_step_at)


async def tell_metrics(request: Request) -> Response:
    wanted = services(request).settings.metrics_token.get_secret_value()
    given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if not hmac.compare_digest(given.encode() if wanted else b"", wanted.encode()):
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "token-needed",
            "Send the token of the setting metrics_token: Authorization: Bearer <token>.",
            headers={"WWW-Authenticate": 'Bearer realm="quotemark metrics"'},
        )
    tell_index(services(request).live_index)
    return Response(generate_latest(_registry()), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _registry() -> CollectorRegistry:
    folder = os.environ.get(SHARED_FOLDER)
    if folder is None:
        return REGISTRY
    _forget_the_dead(Path(folder))
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    return registry


def _forget_the_dead(folder: Path) -> None:
    """Leave out where the indexes of ended processes stood; what they counted goes on counting."""
    for pid in {
        found[1] for path in folder.glob("gauge_live*.db") if (found := re.search(r"_(\d+)\.db$", path.name))
    }:
        with suppress(PermissionError):
            try:
                os.kill(int(pid), 0)
            except ProcessLookupError:
                mark_process_dead(int(pid), folder)  # type: ignore[no-untyped-call]
