"""How long is kept what is no part of the record of the business, and the job that forgets it, a little at a time.

Events are never touched. The buyers on documents are ciphertext under a key of the organiser's financial year, named by
the calendar year in which that ends; the key is destroyed once the law lets go of the year (bokföringslagen 7:2), and
then they read as erased: in older backups too, once the keys have been wrapped anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.accounting.queries.bookkeeping import YearsKnown
from application.automation.daily_jobs import INSTALLATION, Days
from application.kernel.ports import Clock
from application.programme.queries.programme import OrganiserRow
from domain.accounting.bookkeeping import YEARS_KEPT
from domain.kernel.terms import day_in

ANSWERS_KEPT = timedelta(days=35)
"""How long the same idempotency key gives the same answer."""

LETTERS_KEPT = timedelta(days=396)
"""How long it can be read what stood in a letter: thirteen months, so that a year's season can be looked back on."""

SECRETS_KEPT = timedelta(days=1)
"""How long after its time a secret that works once is kept, and the count of attempts."""

SESSIONS_KEPT = timedelta(days=30)
"""How long after its end a session is kept."""

KEEPING = "keeping"
FIRST, NOWHERE = "(0,0)", ""
"""Where the answers begin, and what is said when there are no more."""

_log = logging.getLogger(__name__)


class OrganisersKnown(Protocol):
    """Tells which organisers there are."""

    def organisers(self) -> Iterable[OrganiserRow]:
        """All of them."""


class Kept(Protocol):
    """What is kept for a while. Each call forgets a small number of things."""

    def forget_answers(self, place: str, before: datetime) -> str:
        """Answers given before to idempotency keys of people and programs; where to go on, "": none are left.

        Those that the house has given itself stay: they make its own work exactly once.
        """

    def forget_letters(self, before: datetime) -> int:
        """What stood in letters that were written and last sent before; how many."""

    def forget_secrets(self, before: datetime) -> int:
        """Secrets whose time was up before, links asked for before, attempts counted before; how many."""

    def forget_sessions(self, before: datetime) -> int:
        """Sessions that ended before; how many."""

    def forget_trail(self, before: datetime) -> int:
        """Lines of the trail from before; how many."""

    def ledger_years(self, organiser_id: UUID, last_year: int) -> tuple[int, ...]:
        """The bookkeeping years up to one (included) of which there is a key."""

    def destroy_ledger_keys(self, organiser_id: UUID, years: tuple[int, ...], now: datetime) -> None:
        """The keys of bookkeeping years, which nobody can read any longer."""


class Retention:
    """A job of the leading worker, once a day. Broken off, it is begun again.

    `is_sure`: whether an instant may be believed; nothing is forgotten or destroyed by a clock that nobody agrees with.
    """

    name = "retention"

    def __init__(
        self,
        kept: Kept,
        organisers: OrganisersKnown,
        years: YearsKnown,
        days: Days,
        clock: Clock,
        trail_kept: timedelta,
        is_sure: Callable[[datetime], bool] = lambda _: True,
    ) -> None:
        self._is_sure = is_sure
        self._kept, self._organisers, self._years = kept, organisers, years
        self._days, self._clock, self._trail_kept = days, clock, trail_kept
        self._done: date | None = None
        self._place: str | None = None

    def turn(self) -> bool:
        """Forget a little of what is due; False when nothing is."""
        now = self._clock.now()
        today = day_in(now, "UTC")
        if self._is_done(today) or not self._is_sure(now):
            return False
        if self._forget_answers(now) or any(forget() for forget in self._due(now)):
            return True
        self._destroy_ledger_keys(now)
        self._days.done(KEEPING, INSTALLATION, today)
        self._done, self._place = today, None
        return True

    def _is_done(self, today: date) -> bool:
        if self._done is None:
            self._done = self._days.last(KEEPING, INSTALLATION)
        return self._done is not None and self._done >= today

    def _due(self, now: datetime) -> tuple[Callable[[], int], ...]:
        return (
            lambda: self._kept.forget_letters(now - LETTERS_KEPT),
            lambda: self._kept.forget_secrets(now - SECRETS_KEPT),
            lambda: self._kept.forget_sessions(now - SESSIONS_KEPT),
            lambda: self._kept.forget_trail(now - self._trail_kept),
        )

    def _forget_answers(self, now: datetime) -> bool:
        if self._place == NOWHERE:
            return False
        self._place = self._kept.forget_answers(self._place or FIRST, now - ANSWERS_KEPT)
        return True

    def _destroy_ledger_keys(self, now: datetime) -> None:
        for row in self._organisers.organisers():
            last = day_in(now, row.zone).year - YEARS_KEPT - 1
            financial = self._years.of(row.organiser_id)
            known = self._kept.ledger_years(row.organiser_id, last)
            over = tuple(year for year in known if financial.closes_with_key(year) <= last)
            self._kept.destroy_ledger_keys(row.organiser_id, over, now)
            for year in over:
                _log.info("the buyers of %d of organiser %s need not be kept any longer", year, row.slug)
