"""Secrets that work once and for a while; only their digest is kept. And how often something may be tried."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Protocol

from domain.kernel.errors import PlatsError

_WITH_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([^\[\]]+)\](?::[0-9]+)?")
"""How proxies that tell the port as well write an address: 192.0.2.1:50123, [2001:db8::1]:50123."""


class TooManyAttempts(PlatsError):
    """It has been tried too often in a stretch of time (`minutes`, told with it); nothing was done."""

    def __init__(self, within: timedelta | None = None) -> None:
        super().__init__()
        self.facts = {} if within is None else {"minutes": within // timedelta(minutes=1)}


class OneTimeStore(Protocol):
    """Where they are kept. Facts are short texts without personal data."""

    def keep(self, digest: bytes, purpose: str, facts: Mapping[str, str], expires_at: datetime) -> None:
        """Keep one; those whose time is up are thrown away meanwhile."""

    def look(self, digest: bytes, purpose: str, now: datetime) -> dict[str, str] | None:
        """Its facts while it lives; nothing is used up."""

    def take(self, digest: bytes, purpose: str, now: datetime) -> dict[str, str] | None:
        """Its facts, once: whoever comes second gets nothing."""

    def discard(self, purpose: str) -> None:
        """Make all of a purpose worthless."""


class Limits(Protocol):
    """How often something may be tried, counted for all processes together."""

    def count(self, key: str, within: timedelta, by: int = 1) -> int:
        """Count one attempt, or as many as it is for (`by`; 0 looks); how many that makes in this stretch of time."""


def count_attempt(limits: Limits, key: str, most: int, within: timedelta, by: int = 1) -> None:
    """Count one attempt, or as many as it is for. Raises TooManyAttempts where that is more than may be in the time."""
    if limits.count(key, within, by) > most:
        raise TooManyAttempts(within)


def address_on_net(text: str) -> IPv4Address | IPv6Address | None:
    """An address as it is, or as some proxies write it: with the port, or in the dress of IPv6. None for no address."""
    bare = _WITH_PORT.fullmatch(text)
    try:
        address = ip_address((bare[1] or bare[2] if bare else text).partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def place_on_net(address: str) -> str:
    """What counts as one place on the net: an IPv4 address, or the /64 of IPv6 that one customer has to themselves.

    What is no address (a test's, a socket's) counts as it is.
    """
    found = address_on_net(address)
    if found is None:
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()
