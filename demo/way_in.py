"""How to look around in the demo: a link to press for a member, an admin and the finance staff of each organiser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from application.services import Services
from demo.loading import Loaded

_NAME = "demo"


def ways_in(services: Services, loaded: Iterable[Loaded], address: str) -> Iterator[str]:
    """The lines to print. Links of an earlier run stop working, so that old ones do not lie about."""
    yield f"Everything starts at {address}/ and this is how to sign in:"
    for one in loaded:
        for old in services.tokens.list(one.organiser_id):
            if old.name.startswith(f"{_NAME} "):
                services.tokens.revoke(old.id)
        yield f"\n{one.sketch.name}: {address}/{one.sketch.slug}"
        for role, person_id in one.people.items():
            roles = frozenset({role})
            token = services.tokens.make(f"{_NAME} {role.value}", one.organiser_id, roles, person_id)
            yield f"  {role.value:8}{address}/sign-in/{token}"
