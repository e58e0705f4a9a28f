"""Trying the whole demo out through the API: each programme by its own rules, as member, admin and finance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from http.client import HTTPException
from uuid import UUID

from application.actor import Role
from application.token import Tokens
from domain.ids import OrganiserId
from web.demo import check_cluster, check_free, check_network, check_open, check_paid
from web.demo.client import Client, Log, Unexpected
from web.demo.counter import Counter
from web.demo.outcome import Outcome
from web.demo.rules import Rule
from web.demo.trial import NotAsPromised, Trial

FREE = Rule(0, 0)
CHECKS: dict[str, tuple[str, Rule, Callable[[Trial], None]]] = {
    "A1": ("lyhort", Rule(32_000_00, 25_000_00, includes=2), check_cluster.cluster),
    "A2": ("lyhort", Rule(12_000_00, 6_000_00), check_paid.conference),
    "A3": ("lyhort", FREE, check_free.seminars),
    "A4": ("lyhort", Rule(3_500_00, 2_100_00), check_paid.workshops),
    "A5": ("lyhort", Rule(9_600_00, 4_800_00), check_paid.series),
    "A6": ("lyhort", FREE, check_open.festival),
    "A7": ("lyhort", FREE, check_open.book),
    "B1": ("vidoppet", FREE, check_free.theme),
    "C1": ("lindehamn", FREE, check_free.partnership),
    "D1": ("torgdag", Rule(15_000_00, 15_000_00), check_network.network),
}


def check_all(url: str, tokens: Tokens, today: date) -> Iterator[Outcome]:
    """Try each programme on an installation that serves the freshly loaded demo at that address."""
    counters: dict[str, Counter] = {}
    for programme, (slug, rule, check) in CHECKS.items():
        if slug not in counters:
            counters[slug] = _counter(url, tokens, slug, today)
        yield _outcome(programme, Trial(counters[slug], rule), check)


def _outcome(programme: str, trial: Trial, check: Callable[[Trial], None]) -> Outcome:
    why = ""
    try:
        check(trial)
    except (NotAsPromised, Unexpected) as trouble:
        why = str(trouble)
    except (LookupError, TypeError, ValueError, OSError, HTTPException) as trouble:
        why = f"the answer cannot be used: {trouble!r}"
    left = sum(trial.left.values()) if trial.left else None
    return Outcome(programme, not why, tuple(trial.did), left, trial.invoiced, trial.credited, why)


def _counter(url: str, tokens: Tokens, slug: str, today: date) -> Counter:
    """Tokens for an admin and a finance clerk of the organiser, as its staff would have them."""
    log = Log()
    nobody = Client(url, "", "", log)
    found = next(row["organiser_id"] for row in nobody.every("/organisers") if row["slug"] == slug)
    stranger = Client(url, "", found, log)
    organiser = OrganiserId(UUID(found))
    admin, finance = (
        Client(url, tokens.make(f"demo check {role.value}", organiser, frozenset({role})), found, log)
        for role in (Role.ADMIN, Role.FINANCE)
    )
    return Counter(found, today, tokens, admin, finance, stranger)
