"""The queue of the desk: all that needs a decision by a person, whatever it is about, in the order it came in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from application.booking.queries.application import ApplicationRow
from application.booking.queries.desk import AdmissionRow, CaseRow
from application.booking.queries.vouch import VouchRow
from application.booking.vouch import Refuted, RefuteVouch
from application.people.queries.people import AffiliationRow, PersonRow
from domain.kernel.terms import day_in
from domain.people.vouch import NothingVouched
from web.pages.kernel.cases import Settling, settling
from web.pages.kernel.visit import Visit, say, services
from web.words.terms import rule_sentence

KINDS = ("cancellation", "transfer", "application", "admission", "claim", "vouch")


NOTHING_TO_SETTLE = Settling()


@dataclass(frozen=True)
class Item:
    """One thing to decide. `about` names it in what is sent; `days`: how long it has waited."""

    kind: str
    about: str
    at: datetime
    days: int
    row: CaseRow | ApplicationRow | AdmissionRow | AffiliationRow | VouchRow
    person: PersonRow | None = None
    rule: str = ""
    settling: Settling = NOTHING_TO_SETTLE
    refuted: Refuted | None = None


@dataclass(frozen=True)
class Queue:
    """What waits, oldest first: all of it counted by kind, and those of it that were asked for."""

    items: Sequence[Item]
    counts: Mapping[str, int]
    total: int
    oldest: Item | None


def queue(visit: Visit, cases: Iterable[CaseRow], on: date, only: str) -> Queue:
    """What waits at the desk on a day; `only` one kind of it, where that is a kind."""
    waiting = tuple(each for each in cases if each.needs_decision)
    asked = (*_applications(visit, on), *_admissions(visit, on), *_claims(visit, on), *_vouches(visit, on))
    items = sorted((*_cases(visit, waiting, on), *asked), key=lambda each: each.at)
    counts = Counter(each.kind for each in items)
    shown = [each for each in items if only not in KINDS or each.kind == only]
    return Queue(shown, counts, len(items), items[0] if items else None)


def _cases(visit: Visit, cases: tuple[CaseRow, ...], on: date) -> Iterable[Item]:
    for each in cases:
        rule, days = rule_sentence(each.assessment, visit.zone, say()), _days(visit, each.received_at, on)
        about, comes_to = str(each.case_id), settling(visit, each)
        yield Item(each.kind, about, each.received_at, days, each, None, rule, comes_to)


def _applications(visit: Visit, on: date) -> Iterable[Item]:
    for each in services().application_questions.waiting(visit.actor):
        yield Item("application", str(each.application_id), each.made_at, _days(visit, each.made_at, on), each)


def _admissions(visit: Visit, on: date) -> Iterable[Item]:
    one = services().people_questions.person
    for each in services().desk.admissions(visit.actor):
        person, about = one(visit.actor, each.person_id), f"{each.network_id}/{each.person_id}"
        yield Item("admission", about, each.asked_at, _days(visit, each.asked_at, on), each, person)


def _vouches(visit: Visit, on: date) -> Iterable[Item]:
    for each in services().vouch_questions.waiting(visit.actor):
        at, about = each.vouched_at, f"{each.person_id}/{each.organisation_id}"
        wrong = RefuteVouch(each.person_id, each.organisation_id, "-")
        with suppress(NothingVouched):
            effect = services().vouches.preview(visit.actor, wrong)
            yield Item("vouch", about, at, _days(visit, at, on), each, refuted=effect)


def _claims(visit: Visit, on: date) -> Iterable[Item]:
    for person in services().people_questions.people(visit.actor, only="claimed").items:
        for each in person.affiliations:
            if each.status == "claimed":
                about = f"{person.person_id}/{each.ground}"
                yield Item("claim", about, each.since, _days(visit, each.since, on), each, person)


def _days(visit: Visit, at: datetime, on: date) -> int:
    return max((on - day_in(at, visit.zone)).days, 0)


def is_about(about: UUID | str | None, item: Item) -> bool:
    """Whether what was sent is about this."""
    return str(about) == item.about
