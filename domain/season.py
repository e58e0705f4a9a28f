"""A season: a run of meetings in a network, sold as one, with prices, cancellation terms and material."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from domain.admission import Admission
from domain.aggregate import Aggregate, event
from domain.documents import Supply
from domain.errors import BadValue, NotFound, RuleBroken
from domain.ids import MeetingId, NetworkId, OrganiserId, PersonId, SeasonId
from domain.meeting import Material, Meeting, Place, ProgrammeItem
from domain.meeting_time import MeetingTime, TimeKind
from domain.price import PriceList, Quote
from domain.standing import Standing
from domain.terms import Terms, day_in, zone_named
from domain.text import clean, clean_line


class BookingNotOpen(RuleBroken):
    """Bookings are not taken yet, or no longer (`closed_on`)."""


class SeasonCalledOff(RuleBroken):
    """The organiser has called the season off (`reason`)."""


class NotReadyToOpen(RuleBroken):
    """The season lacks what a buyer must know before booking (`missing`)."""


class MeetingIsHeld(RuleBroken):
    """The meeting has been held; its time is history."""


class MeetingIsCalledOff(RuleBroken):
    """The meeting has been called off."""


class Season(Aggregate):
    """A run of meetings. Changing prices or terms touches later bookings only: each booking carries its own."""

    class Planned(Aggregate.Created):
        organiser_id: OrganiserId
        network_id: NetworkId
        title: str
        promise: str
        zone: str
        language: str
        admission: Admission

    class MeetingPlanned(Aggregate.Event):
        meeting: Meeting

    class MeetingScheduled(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime
        place: Place

    class MeetingPostponed(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime

    class MeetingCalledOff(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime

    class MeetingHeld(Aggregate.Event):
        meeting_id: MeetingId
        held_on: date

    class ProgrammePublished(Aggregate.Event):
        meeting_id: MeetingId
        items: tuple[ProgrammeItem, ...]

    class LeadersNamed(Aggregate.Event):
        leaders: tuple[PersonId, ...]
        contacts: tuple[PersonId, ...]

    class PricesAgreed(Aggregate.Event):
        prices: PriceList

    class TermsAgreed(Aggregate.Event):
        terms: Terms

    class MaterialPublished(Aggregate.Event):
        material: Material

    class BookingOpened(Aggregate.Event):
        closes_on: date | None

    class BookingClosed(Aggregate.Event):
        closed_on: date

    class CalledOff(Aggregate.Event):
        reason: str

    @event(Planned)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        network_id: NetworkId,
        title: str,
        promise: str,
        zone: str,
        language: str,
        admission: Admission,
    ) -> None:
        self.organiser_id, self.network_id = organiser_id, network_id
        self.title, self.promise, self.zone, self.language, self.admission = title, promise, zone, language, admission
        self.meetings: dict[MeetingId, Meeting] = {}
        self.prices: PriceList | None = None
        self.terms: Terms | None = None
        self.materials: list[Material] = []
        self.leaders: tuple[PersonId, ...] = ()
        self.contacts: tuple[PersonId, ...] = ()
        self.is_open, self.called_off_for = False, ""
        self.closes_on: date | None = None

    @property
    def season_id(self) -> SeasonId:
        """Its id, typed."""
        return SeasonId(self.id)

    def plan_meeting(self, meeting_id: MeetingId, title: str, time: MeetingTime, place: Place) -> None:
        """Add a meeting; its date may be a month or still to come (S43)."""
        self.must_be_on()
        if len(self.meetings) >= 100:
            raise BadValue(field="meetings", why="a season has at most 100 meetings")
        titled = clean_line("title", title, 300)
        self._plan_meeting(meeting=Meeting(meeting_id, titled, time, place))

    @event(MeetingPlanned)
    def _plan_meeting(self, meeting: Meeting) -> None:
        self.meetings[meeting.meeting_id] = meeting

    def schedule_meeting(self, meeting_id: MeetingId, time: MeetingTime, place: Place | None = None) -> None:
        """Set or move a meeting's time (a date, a month, to come) and place; the same again changes nothing."""
        meeting = self._coming(meeting_id)
        if time.kind in (TimeKind.POSTPONED, TimeKind.CALLED_OFF):
            raise BadValue(field="time", why="postponing and calling off are decisions of their own")
        if (time, place or meeting.place) != (meeting.time, meeting.place):
            self._schedule_meeting(meeting_id=meeting_id, time=time, place=place or meeting.place)

    @event(MeetingScheduled)
    def _schedule_meeting(self, meeting_id: MeetingId, time: MeetingTime, place: Place) -> None:
        self.meetings[meeting_id] = self.meetings[meeting_id].changed(time, place)

    def postpone_meeting(self, meeting_id: MeetingId, reason: str) -> None:
        """Postpone until further notice, with the reason and what the time was (S41)."""
        time = self._coming(meeting_id).time.postponed(clean("reason", reason, 500))
        self._postpone_meeting(meeting_id=meeting_id, time=time)

    @event(MeetingPostponed)
    def _postpone_meeting(self, meeting_id: MeetingId, time: MeetingTime) -> None:
        self.meetings[meeting_id] = self.meetings[meeting_id].changed(time)

    def call_off_meeting(self, meeting_id: MeetingId, reason: str) -> None:
        """Call one meeting off; the season goes on without it."""
        time = self._coming(meeting_id).time.called_off(clean("reason", reason, 500))
        self._call_off_meeting(meeting_id=meeting_id, time=time)

    @event(MeetingCalledOff)
    def _call_off_meeting(self, meeting_id: MeetingId, time: MeetingTime) -> None:
        self.meetings[meeting_id] = self.meetings[meeting_id].changed(time)

    def hold_meeting(self, meeting_id: MeetingId, held_on: date) -> None:
        """Record that a meeting was held on a local day; revenue is earned by it."""
        self._coming(meeting_id)
        self._hold_meeting(meeting_id=meeting_id, held_on=held_on)

    @event(MeetingHeld)
    def _hold_meeting(self, meeting_id: MeetingId, held_on: date) -> None:
        self.meetings[meeting_id] = replace(self.meetings[meeting_id], is_held=True)

    def publish_programme(self, meeting_id: MeetingId, items: tuple[ProgrammeItem, ...]) -> None:
        """The points of a meeting's programme, in order; a later one replaces it."""
        self._coming(meeting_id)
        for item in items:
            clean_line("title", item.title, 300)
        self._publish_programme(meeting_id=meeting_id, items=items)

    @event(ProgrammePublished)
    def _publish_programme(self, meeting_id: MeetingId, items: tuple[ProgrammeItem, ...]) -> None:
        self.meetings[meeting_id] = replace(self.meetings[meeting_id], programme=items)

    def name_leaders(self, leaders: tuple[PersonId, ...], contacts: tuple[PersonId, ...]) -> None:
        """Say who leads the season through all meetings, and whom to ask."""
        self._name_leaders(leaders=leaders, contacts=contacts)

    @event(LeadersNamed)
    def _name_leaders(self, leaders: tuple[PersonId, ...], contacts: tuple[PersonId, ...]) -> None:
        self.leaders, self.contacts = leaders, contacts

    def agree_prices(self, prices: PriceList) -> None:
        """Prices from now on; the version counts up, and bookings already made keep theirs. Raises NotReadyToOpen."""
        if self.is_open and self.terms is None and not prices.is_free:
            raise NotReadyToOpen(missing="terms")
        version = self.prices.version + 1 if self.prices else 1
        self._agree_prices(prices=replace(prices, version=version, zone=self.zone))

    @event(PricesAgreed)
    def _agree_prices(self, prices: PriceList) -> None:
        self.prices = prices

    def agree_terms(self, terms: Terms) -> None:
        """Cancellation terms from now on, in the season's zone; bookings already made keep theirs (S30)."""
        version = self.terms.version + 1 if self.terms else 1
        self._agree_terms(terms=replace(terms, version=version, zone=self.zone))

    @event(TermsAgreed)
    def _agree_terms(self, terms: Terms) -> None:
        self.terms = terms

    def publish_material(self, material: Material) -> None:
        """Something to read or watch, for participants or for everyone."""
        if material.meeting_id is not None:
            self.meeting(material.meeting_id)
        clean_line("title", material.title, 300)
        self._publish_material(material=material)

    @event(MaterialPublished)
    def _publish_material(self, material: Material) -> None:
        self.materials.append(material)

    def open_booking(self, closes_on: date | None, today: date) -> None:
        """Take bookings until a local day (included), or until closed. Raises NotReadyToOpen, BadValue for the past."""
        self.must_be_on()
        if closes_on is not None and closes_on < today:
            raise BadValue(field="closes_on", why="the day has passed")
        if not self.meetings:
            raise NotReadyToOpen(missing="meetings")
        if self.prices is None:
            raise NotReadyToOpen(missing="prices")
        if self.terms is None and not self.prices.is_free:
            raise NotReadyToOpen(missing="terms")
        self._open_booking(closes_on=closes_on)

    @event(BookingOpened)
    def _open_booking(self, closes_on: date | None) -> None:
        self.is_open, self.closes_on = True, closes_on

    def close_booking(self, closed_on: date) -> None:
        """Take no more bookings; twice is once."""
        if self.is_open:
            self._close_booking(closed_on=closed_on)

    @event(BookingClosed)
    def _close_booking(self, closed_on: date) -> None:
        self.is_open, self.closes_on = False, closed_on

    def call_off(self, reason: str) -> None:
        """The organiser calls the whole season off; every booking ends and is credited in full (S32)."""
        self.must_be_on()
        self._call_off(reason=clean("reason", reason, 500))

    @event(CalledOff)
    def _call_off(self, reason: str) -> None:
        self.is_open, self.called_off_for = False, reason

    def must_take_bookings(self, now: datetime) -> None:
        """Raises BookingNotOpen or SeasonCalledOff unless bookings are taken at an instant."""
        self.must_be_on()
        day = day_in(now, self.zone)
        if not self.is_open or (self.closes_on is not None and day > self.closes_on):
            raise BookingNotOpen(closed_on=self.closes_on.isoformat() if self.closes_on else "")

    def quote(self, seats: int, standing: Standing, now: datetime) -> Quote:
        """What a buyer pays for seats at an instant, and why. Raises NoPriceForBuyer, SeatsGoTogether."""
        if self.prices is None:
            raise BookingNotOpen(closed_on="")
        coming = [m for m in self.meetings.values() if m.time.kind is not TimeKind.CALLED_OFF]
        left = sum(not meeting.is_held and not meeting.time.is_over(now) for meeting in coming)
        return self.prices.quote(self.title, seats, standing, now, (left, len(coming)))

    @property
    def supply(self) -> tuple[Supply, ...]:
        """When it is supplied, as an invoice says it: dates, months, or to come (S43, S49)."""
        return tuple(
            Supply(meeting.title, _supplied_on(meeting.time, self.zone))
            for meeting in self.meetings.values()
            if meeting.time.kind is not TimeKind.CALLED_OFF
        )

    def meeting(self, meeting_id: MeetingId) -> Meeting:
        """One meeting. Raises NotFound."""
        try:
            return self.meetings[meeting_id]
        except KeyError:
            raise NotFound(what="meeting") from None

    def _coming(self, meeting_id: MeetingId) -> Meeting:
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        if meeting.is_held:
            raise MeetingIsHeld(title=meeting.title)
        if meeting.time.kind is TimeKind.CALLED_OFF:
            raise MeetingIsCalledOff(title=meeting.title)
        return meeting

    def must_be_on(self) -> None:
        """Raises SeasonCalledOff."""
        if self.called_off_for:
            raise SeasonCalledOff(reason=self.called_off_for)


def _supplied_on(time: MeetingTime, zone: str) -> str:
    if time.start_at is not None:
        return day_in(time.start_at, zone).isoformat()
    return time.month or ""


def plan(
    id: UUID,
    organiser_id: OrganiserId,
    network_id: NetworkId,
    title: str,
    promise: str,
    admission: Admission,
    *,
    zone: str = "Europe/Stockholm",
    language: str = "sv",
) -> Season:
    """A new season, not yet open."""
    zone_named(zone)
    return Season(
        id=id,
        organiser_id=organiser_id,
        network_id=network_id,
        title=clean_line("title", title, 300),
        promise=clean("promise", promise, 4000, may_be_empty=True),
        zone=zone,
        language=language,
        admission=admission,
    )
