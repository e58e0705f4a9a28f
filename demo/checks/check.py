"""Trying the whole demo out through the API: each programme by its own rules, as member, admin and finance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from http.client import HTTPException
from uuid import UUID

from application.access.token import Tokens
from application.kernel.actor import Role
from demo.checks import cluster, coming, free, learning, network, open_to_all, paid
from demo.checks.client import Client, Log, Unexpected
from demo.checks.counter import Counter, Mail
from demo.checks.outcome import Outcome
from demo.checks.rules import Rule
from demo.checks.trial import NotAsPromised, Trial
from domain.kernel.ids import OrganiserId

FREE = Rule(0, 0)
NETWORK = Rule(15_000_00, 15_000_00)
CHECKS: dict[str, tuple[str, Rule, Callable[[Trial], None]]] = {
    "A1": ("lyhort", Rule(32_000_00, 25_000_00, includes=2), cluster.cluster),
    "A2": ("lyhort", Rule(12_000_00, 6_000_00), paid.conference),
    "A3": ("lyhort", FREE, free.seminars),
    "A4": ("lyhort", Rule(3_500_00, 2_100_00), paid.workshops),
    "A5": ("lyhort", Rule(9_600_00, 4_800_00), paid.series),
    "A6": ("lyhort", FREE, open_to_all.festival),
    "A7": ("lyhort", FREE, open_to_all.book),
    "A8": ("lyhort", FREE, coming.coming),
    "B1": ("vidoppet", FREE, free.theme),
    "C1": ("lindehamn", FREE, free.partnership),
    "C2": ("lindehamn", FREE, learning.hopes_and_fears),
    "C3": ("lindehamn", FREE, learning.self_assessment),
    "C4": ("lindehamn", FREE, learning.given_back),
    "D1": ("torgdag", NETWORK, network.network),
    "D2": ("torgdag", NETWORK, network.days_to_come),
    "D3": ("torgdag", NETWORK, network.managers_in_confidence),
}


def check_all(url: str, tokens: Tokens, mail: Mail, today: date) -> Iterator[Outcome]:
    """Try each programme on an installation that serves the freshly loaded demo at that address."""
    counters: dict[str, Counter] = {}
    for programme, (slug, rule, check) in CHECKS.items():
        if slug not in counters:
            counters[slug] = counter_of(url, tokens, mail, slug, today)
        yield try_out(programme, Trial(counters[slug], rule), check)


def try_out(programme: str, trial: Trial, check: Callable[[Trial], None]) -> Outcome:
    """Try one programme; whatever is not as its rules say is told as `why`."""
    why = ""
    try:
        check(trial)
    except (NotAsPromised, Unexpected) as trouble:
        why = str(trouble)
    except (LookupError, TypeError, ValueError, OSError, HTTPException) as trouble:
        why = f"the answer cannot be used: {trouble!r}"
    left = sum(trial.left.values()) if trial.left else None
    return Outcome(programme, not why, tuple(trial.did), left, trial.invoiced, trial.credited, why)


def counter_of(url: str, tokens: Tokens, mail: Mail, slug: str, today: date) -> Counter:
    """Tokens for an admin and a finance clerk of the organiser, and for another organiser's admin."""
    log = Log()
    organisers = {row["slug"]: row["organiser_id"] for row in Client(url, "", log).every("/organisers")}
    found, other = organisers[slug], next(one for word, one in organisers.items() if word != slug)

    def signed_in(organiser: str, role: Role) -> Client:
        token = tokens.make(f"demo check {role.value}", OrganiserId(UUID(organiser)), frozenset({role}))
        return Client(url, token, log)

    admin, finance, outsider = (
        signed_in(found, Role.ADMIN),
        signed_in(found, Role.FINANCE),
        signed_in(other, Role.ADMIN),
    )
    return Counter(found, today, tokens, admin, finance, Client(url, "", log), outsider, mail)
