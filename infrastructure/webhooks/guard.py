"""Where an address leads, asked once: only to the public net, so that nobody sends us into our own house (SSRF)."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from domain.access.webhook import HERE
from domain.kernel.errors import PlatsError

Resolve = Callable[[str, int], Sequence[str]]
"""The numbers of a host by its name."""

_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""Where an IPv4 address stands in the last bytes of an IPv6 one."""
_COMPATIBLE = IPv6Network("::/96")
HTTPS, HTTP = 443, 80


class AddressRefused(PlatsError):
    """The address leads somewhere that nothing is sent to."""


@dataclass(frozen=True)
class Way:
    """Where to connect (`ip`, `port`) and whom to ask for there (`host`); `target` is what is asked for."""

    is_https: bool
    host: str
    ip: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        """The host as HTTP says it, with its port where that is not the usual one."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        return named if self.port == (HTTPS if self.is_https else HTTP) else f"{named}:{self.port}"


def by_name(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def way_to(address: str, *, may_be_here: bool, resolve: Resolve = by_name) -> Way:
    """The way to an address: its name is resolved once, and that very number is connected to.

    Every number it has must be on the public net; with `may_be_here` this computer's own names lead here. Raises
    AddressRefused, OSError.
    """
    try:
        parts = urlsplit(address)
        host, is_https = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (HTTPS if is_https else HTTP)
    except ValueError:
        raise AddressRefused("no address that can be read") from None
    is_here = may_be_here and (f"[{host}]" if ":" in host else host) in HERE
    if not host or not (is_https or (is_here and parts.scheme == "http")):
        raise AddressRefused("not an address that begins with https://")
    try:
        found = resolve(host, port)
    except UnicodeError:
        raise AddressRefused("no name that can be looked up") from None
    if not found:
        raise AddressRefused("the name leads nowhere")
    for number in found:
        must_be_public(number, may_be_here=is_here)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Way(is_https, host, found[0].partition("%")[0], port, target)


def must_be_public(number: str, *, may_be_here: bool = False) -> None:
    """Raises AddressRefused for what is private, shared, local, reserved or of many, in whatever dress it comes."""
    for each in _meant(ip_address(number.partition("%")[0])):
        if may_be_here and each.is_loopback:
            continue
        is_site = isinstance(each, IPv6Address) and each.is_site_local
        if is_site or not each.is_global or each.is_multicast or each.is_reserved or each.is_unspecified:
            raise AddressRefused("the address is not on the public net")


def _meant(number: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """The number, and the IPv4 addresses that may be meant by it; one that is only mapped counts as that alone."""
    if isinstance(number, IPv4Address):
        return (number,)
    if number.ipv4_mapped is not None:
        return (number.ipv4_mapped,)
    if number == IPv6Address("::1"):
        return (number,)
    last = IPv4Address(int(number) & 0xFFFF_FFFF)
    if number in _COMPATIBLE or any(number in net for net in _TRANSLATED):
        return (last,) if number in _TRANSLATED[0] else (number, last)
    carried = [number.sixtofour, *(number.teredo or ())]
    return (number, *(each for each in carried if each is not None))
