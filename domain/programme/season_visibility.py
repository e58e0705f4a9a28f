"""Who may see a season: a draft is staff's, a hidden one is for whoever has its address, a public one for anyone."""

from __future__ import annotations

from datetime import date, datetime

from domain.kernel.aggregate import Aggregate, Change
from domain.kernel.errors import BadValue
from domain.programme.season_opening import SeasonWasOpen, Visibility
from domain.programme.season_sale import NotReadyToOpen, SeasonSale


class SeasonVisibility(SeasonSale):
    """Of a season: who sees it, and when it goes public and opens by itself."""

    goes_public_at: datetime | None
    shows_participants: bool
    stays_in_room: bool
    opens_at: datetime | None

    class VisibilityChosen(Aggregate.Event):
        visibility: Visibility
        was: Visibility

        def apply(self, season: SeasonVisibility) -> None:
            season.visibility = self.visibility
            if self.visibility is Visibility.PUBLIC:
                season.goes_public_at = None

    class OpennessAgreed(Change):
        shows_participants: bool
        stays_in_room: bool

    class PublicationPlanned(Change):
        goes_public_at: datetime | None
        was: datetime | None = None

    class OpeningPlanned(Change):
        opens_at: datetime | None
        was: datetime | None = None

    def choose_visibility(self, visibility: Visibility) -> None:
        """Who sees it from now on; the same again changes nothing.

        Raises SeasonWasOpen for a draft of what buyers have seen, SeasonCalledOff.
        """
        if visibility is self.visibility:
            return
        self.must_be_on()
        if visibility is Visibility.DRAFT:
            self._must_be_new()
        self.record(self.VisibilityChosen(visibility=visibility, was=self.visibility))

    def agree_openness(self, *, shows_participants: bool, stays_in_room: bool) -> None:
        """Whether participants may see each other, and whether what is said stays in the room; the same: nothing."""
        if (shows_participants, stays_in_room) != (self.shows_participants, self.stays_in_room):
            self.record(self.OpennessAgreed(shows_participants=shows_participants, stays_in_room=stays_in_room))

    def plan_publication(self, at: datetime | None, now: datetime) -> None:
        """It goes public by itself at an instant; None: not by itself. Raises SeasonCalledOff, BadValue."""
        self.must_be_on()
        if at == self.goes_public_at:
            return
        if at is not None and at <= now:
            raise BadValue(field="goes_public_at", why="has passed")
        if at is not None and self.visibility is Visibility.PUBLIC:
            raise BadValue(field="goes_public_at", why="is public already")
        self.record(self.PublicationPlanned(goes_public_at=at, was=self.goes_public_at))

    def plan_opening(self, at: datetime | None, now: datetime) -> None:
        """Booking opens by itself at an instant, when the season is shown by then; None: not by itself.

        Raises SeasonCalledOff, BadValue, NotReadyToOpen.
        """
        self.must_be_on()
        if at == self.opens_at:
            return
        if at is not None:
            if at <= now:
                raise BadValue(field="opens_at", why="has passed")
            if self.is_open:
                raise BadValue(field="opens_at", why="is open already")
            self._must_be_shown_by(at)
            self.must_be_ready()
        self.record(self.OpeningPlanned(opens_at=at, was=self.opens_at))

    def go_public(self, now: datetime) -> None:
        """What was planned for an instant that has come, once; what was planned otherwise meanwhile stays undone."""
        if self.goes_public_at is not None and self.goes_public_at <= now and not self.called_off_for:
            self.choose_visibility(Visibility.PUBLIC)

    def open_by_itself(self, now: datetime, today: date) -> None:
        """As `go_public`, for booking. Raises NotReadyToOpen where something that buyers must know has gone since."""
        is_due = self.opens_at is not None and self.opens_at <= now
        if is_due and not self.called_off_for and not self.is_open:
            self.open_booking(None, today)

    def _must_be_new(self) -> None:
        if self.has_opened:
            raise SeasonWasOpen

    def _must_be_shown_by(self, at: datetime) -> None:
        is_shown = self.visibility is not Visibility.DRAFT
        if not is_shown and (self.goes_public_at is None or self.goes_public_at > at):
            raise NotReadyToOpen(missing="publication")
