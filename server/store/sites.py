"""Sites: by what publishers are told apart whatever the address says before and behind it."""

from __future__ import annotations


def name_site(host: str) -> str:
    """Return a host's name without case and "www.".

    >>> name_site("www.Snopes.com")
    'snopes.com'
    """
    return host.strip().lower().removeprefix("www.")
