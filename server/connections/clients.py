"""Who counts as one client."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

_IPV6_NETWORK = 64  # what one household or machine is given whole


@lru_cache(maxsize=1024)
def name_client(address: str) -> str | None:
    """Return what a client is counted as, or None for one of this machine.

    >>> name_client("2001:db8::1") == name_client("2001:db8::2")
    True
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is None:
            return None if parsed.is_loopback else f"{int(parsed) >> _IPV6_NETWORK:x}"
        parsed = parsed.ipv4_mapped
    return None if parsed.is_loopback else str(parsed)
