"""Whether a season is on, and takes bookings: opened, closed, called off."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.errors import NotFound, RuleBroken
from domain.kernel.terms import day_in
from domain.kernel.text import clean


class BookingNotOpen(RuleBroken):
    """Bookings are not taken yet, or no longer (`closed_on`)."""


class SeasonCalledOff(RuleBroken):
    """The organiser has called the season off (`reason`)."""


class BookingHasOpened(RuleBroken):
    """Bookings have been taken for the season; what buyers have seen of it is not taken back."""


class SeasonWasOpen(RuleBroken):
    """Bookings have been taken for the season; it can be hidden, but is no draft again."""


class SeasonIsDraft(RuleBroken):
    """Only staff sees the season yet; whoever is to be written to about it could not read its page."""


class Visibility(StrEnum):
    """Who sees a season."""

    DRAFT = "draft"
    HIDDEN = "hidden"
    PUBLIC = "public"


class SeasonOpening(Part):
    """Of a season: from its first day on sale to its last, unless the organiser calls it off."""

    zone: str
    is_open: bool
    has_opened: bool
    called_off_for: str
    closes_on: date | None
    visibility: Visibility
    opens_at: datetime | None

    class BookingOpened(Aggregate.Event):
        closes_on: date | None

        def apply(self, season: SeasonOpening) -> None:
            season.is_open, season.has_opened, season.closes_on = True, True, self.closes_on
            season.opens_at = None

    class BookingClosed(Aggregate.Event):
        closed_on: date

        def apply(self, season: SeasonOpening) -> None:
            season.is_open, season.closes_on = False, self.closed_on

    class CalledOff(Aggregate.Event):
        reason: str

        def apply(self, season: SeasonOpening) -> None:
            season.is_open, season.called_off_for = False, self.reason

    def close_booking(self, closed_on: date) -> None:
        """Take no more bookings; twice is once."""
        if self.is_open:
            self.record(self.BookingClosed(closed_on=closed_on))

    def call_off(self, reason: str) -> None:
        """The organiser calls the whole season off; every booking ends and is credited in full (S32)."""
        self.must_be_on()
        self.record(self.CalledOff(reason=clean("reason", reason, 500)))

    def must_take_bookings(self, now: datetime) -> None:
        """Raises BookingNotOpen or SeasonCalledOff unless bookings are taken at an instant; NotFound for a draft."""
        self.must_be_on()
        day = day_in(now, self.zone)
        if not self.is_open or (self.closes_on is not None and day > self.closes_on):
            self.must_be_there()
            raise BookingNotOpen(closed_on=self.closes_on.isoformat() if self.closes_on else "")

    def must_be_on(self) -> None:
        """Raises SeasonCalledOff."""
        if self.called_off_for:
            raise SeasonCalledOff(reason=self.called_off_for)

    def must_be_there(self) -> None:
        """A draft is not there for those who book or ask to. Raises NotFound."""
        if self.visibility is Visibility.DRAFT:
            raise NotFound(what="season")

    def must_be_shown(self) -> None:
        """Raises SeasonIsDraft."""
        if self.visibility is Visibility.DRAFT:
            raise SeasonIsDraft

    def must_not_have_opened(self) -> None:
        """Raises BookingHasOpened."""
        if self.has_opened:
            raise BookingHasOpened
