"""What is done once a day for each organiser, by its own local date: reminders; and the comparison with the cards."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from application.automation.card_jobs import CardJobs
from application.kernel.aside import Aside
from application.kernel.ports import Clock
from application.payments.card import CardDifference, CardsUnavailable
from application.payments.checkout import Checkouts
from application.payments.reminder import Reminded, Reminders
from application.programme.queries.programme import OrganiserRow
from domain.kernel.ids import OrganiserId
from domain.kernel.terms import day_in

_log = logging.getLogger(__name__)
REMINDERS, COMPARISON = "reminders", "cards"
INSTALLATION = UUID(int=0)


class OrganisersKnown(Protocol):
    """Tells which organisers there are."""

    def organisers(self) -> Iterable[OrganiserRow]:
        """All of them."""
        ...


class Days(Protocol):
    """On which local day something was last done."""

    def last(self, name: str, organiser_id: UUID) -> date | None:
        """The day; None: never."""
        ...

    def done(self, name: str, organiser_id: UUID, day: date) -> None:
        """It has been done for that day."""
        ...


class DailyJobs:
    """An errand of the leader. A day's work that was broken off is done again, and reminds nobody twice."""

    def __init__(
        self,
        organisers: OrganisersKnown,
        reminders: Reminders,
        checkouts: Checkouts,
        cards: CardJobs,
        days: Days,
        clock: Clock,
    ) -> None:
        self._organisers, self._reminders, self._checkouts, self._cards = organisers, reminders, checkouts, cards
        self._days, self._clock = days, clock
        self._known: dict[tuple[str, UUID], date] = {}
        self._aside = Aside(clock, "the day's work")

    def turn(self) -> bool:
        """Do one day's work that is due; False when nothing is."""
        now = self._clock.now()
        for row in self._organisers.organisers():
            today = day_in(now, row.zone)
            if not self._aside.holds(row.organiser_id) and not self._is_done(REMINDERS, row.organiser_id, today):
                with self._aside.trying(row.organiser_id):
                    self.remind(OrganiserId(row.organiser_id), today)
                return True
        day = day_in(now, "UTC")
        if self._checkouts.takes_cards and not self._is_done(COMPARISON, INSTALLATION, day):
            return self._compare(day)
        return False

    def remind(self, organiser: OrganiserId, today: date) -> tuple[Reminded, ...]:
        """Remind of what is late, now; those that were reminded today are not again."""
        sent = self._reminders.run(organiser, today)
        self._done(REMINDERS, organiser, today)
        return sent

    def compare(self) -> tuple[CardDifference, ...]:
        """Compare with the card company, now; nothing where no cards are taken. Raises CardsUnavailable."""
        return self._cards.compare() if self._checkouts.takes_cards else ()

    def _compare(self, day: date) -> bool:
        try:
            self._cards.compare()
        except CardsUnavailable as error:
            _log.warning("the comparison with the card company waits: %s", error)
            return False
        return self._done(COMPARISON, INSTALLATION, day)

    def _is_done(self, name: str, organiser_id: UUID, day: date) -> bool:
        known = self._known.get((name, organiser_id)) or self._days.last(name, organiser_id)
        if known is not None:
            self._known[name, organiser_id] = known
        return known is not None and known >= day

    def _done(self, name: str, organiser_id: UUID, day: date) -> bool:
        self._days.done(name, organiser_id, day)
        self._known[name, organiser_id] = day
        return True
