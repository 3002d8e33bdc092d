"""Addresses of databases are SQLAlchemy URLs; what they ask of the driver is looked at before it is asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from server.store.errors import DatabaseUnusable

# Of asyncpg's, those that are texts; its others can't be told in an address.
_OF_ASYNCPG = frozenset(
    "host port user password database passfile service servicefile ssl target_session_attrs krbsrvname gsslib".split()
)
_OF_SQLALCHEMY = frozenset({"prepared_statement_cache_size"})


def read_connect_arguments(address: str) -> dict[str, Any]:
    """Return the arguments with which the driver connects to the database at this SQLAlchemy URL.

    `prepared_statement_cache_size=0` has the driver keep none either, and name none: behind a pooler, what one
    transaction has prepared another connection does not know, or knows another's by the same name.

    Raises DatabaseUnusable where the address's options are none that the driver knows, or can't be read.
    """
    url = make_url(address)
    try:
        _, arguments = url.get_dialect()().create_connect_args(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnusable(f"the database's address can't be used: {error}") from None
    if url.get_backend_name() != "postgresql":
        return dict(arguments)
    if unknown := sorted(arguments.keys() - _OF_ASYNCPG - _OF_SQLALCHEMY):
        hint = "; TLS is asked for by ssl=verify-full" if "sslmode" in unknown else ""
        raise DatabaseUnusable(
            f"the database's address has options that are not known: {', '.join(unknown)}{hint}"
        )
    of_asyncpg = {name: value for name, value in arguments.items() if name in _OF_ASYNCPG}
    if arguments.get("prepared_statement_cache_size") == 0:
        of_asyncpg["statement_cache_size"] = 0
    return of_asyncpg
