"""A season: a run of meetings in a network, sold as one, with prices, cancellation terms and material."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.documents import Supply
from domain.kernel.eligibility import Eligibility
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import MeetingId, NetworkId, OrganiserId, PersonId, SeasonId
from domain.kernel.terms import Terms, day_in, zone_named
from domain.kernel.text import clean, title_of
from domain.people.admission import Admission
from domain.programme.meeting import Material, Meeting, Place, ProgrammeItem, Readers, moved_to_zone
from domain.programme.meeting_time import MeetingTime, TimeKind
from domain.programme.price import PriceList, Quote

LANGUAGES = ("sv", "en")
"""What a season can be told in."""


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


class BookingHasOpened(RuleBroken):
    """Bookings have been taken for the season; what buyers have seen of it is not taken back."""


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

        def apply(self, season: Season) -> None:
            season.meetings[self.meeting.meeting_id] = self.meeting

    class MeetingScheduled(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime
        place: Place

        def apply(self, season: Season) -> None:
            season.meetings[self.meeting_id] = season.meetings[self.meeting_id].changed(self.time, self.place)

    class MeetingPostponed(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime

        def apply(self, season: Season) -> None:
            season.meetings[self.meeting_id] = season.meetings[self.meeting_id].changed(self.time)

    class MeetingCalledOff(Aggregate.Event):
        meeting_id: MeetingId
        time: MeetingTime

        def apply(self, season: Season) -> None:
            season.meetings[self.meeting_id] = season.meetings[self.meeting_id].changed(self.time)

    class MeetingHeld(Aggregate.Event):
        meeting_id: MeetingId
        held_on: date

        def apply(self, season: Season) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], is_held=True)
            season.held_on[self.meeting_id] = self.held_on

    class MeetingHoldingUndone(Aggregate.Event):
        meeting_id: MeetingId
        held_on: date
        time: MeetingTime

        def apply(self, season: Season) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], is_held=False)
            del season.held_on[self.meeting_id]

    class MeetingRetitled(Aggregate.Event):
        meeting_id: MeetingId
        title: str
        was: str

        def apply(self, season: Season) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], title=self.title)

    class MeetingRemoved(Aggregate.Event):
        meeting: Meeting

        def apply(self, season: Season) -> None:
            del season.meetings[self.meeting.meeting_id]
            season.held_on.pop(self.meeting.meeting_id, None)
            season.materials = {
                one: each for one, each in season.materials.items() if each.meeting_id != self.meeting.meeting_id
            }

    class ProgrammePublished(Aggregate.Event):
        meeting_id: MeetingId
        items: tuple[ProgrammeItem, ...]
        were: tuple[ProgrammeItem, ...] = ()

        def apply(self, season: Season) -> None:
            season.meetings[self.meeting_id] = replace(season.meetings[self.meeting_id], programme=self.items)

    class LeadersNamed(Change):
        leaders: tuple[PersonId, ...]
        contacts: tuple[PersonId, ...]
        were_leaders: tuple[PersonId, ...] = ()
        were_contacts: tuple[PersonId, ...] = ()

    class Retitled(Change):
        title: str
        was: str

    class PromiseReworded(Change):
        promise: str
        was: str

    class NetworkCorrected(Change):
        network_id: NetworkId
        was: NetworkId

    class LanguageChosen(Change):
        language: str
        was: str

    class ZoneCorrected(Aggregate.Event):
        zone: str
        was: str

        def apply(self, season: Season) -> None:
            season.zone = self.zone
            season.prices = replace(season.prices, zone=self.zone) if season.prices else None
            season.terms = replace(season.terms, zone=self.zone) if season.terms else None

    class AdmissionAgreed(Change):
        admission: Admission
        was: Admission

    class PricesAgreed(Change):
        prices: PriceList

    class TermsAgreed(Change):
        terms: Terms

    class MaterialPublished(Aggregate.Event):
        material: Material

        def apply(self, season: Season) -> None:
            season.materials[self.material.material_id] = self.material

    class MaterialReplaced(Aggregate.Event):
        material: Material
        was: Material

        def apply(self, season: Season) -> None:
            season.materials[self.material.material_id] = self.material

    class MaterialReadersChosen(Aggregate.Event):
        material: Material
        was: Readers

        def apply(self, season: Season) -> None:
            season.materials[self.material.material_id] = self.material

    class MaterialRemoved(Aggregate.Event):
        material: Material

        def apply(self, season: Season) -> None:
            del season.materials[self.material.material_id]

    class BookingOpened(Aggregate.Event):
        closes_on: date | None

        def apply(self, season: Season) -> None:
            season.is_open, season.has_opened, season.closes_on = True, True, self.closes_on

    class BookingClosed(Aggregate.Event):
        closed_on: date

        def apply(self, season: Season) -> None:
            season.is_open, season.closes_on = False, self.closed_on

    class CalledOff(Aggregate.Event):
        reason: str

        def apply(self, season: Season) -> None:
            season.is_open, season.called_off_for = False, self.reason

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
        self.materials: dict[UUID, Material] = {}
        self.held_on: dict[MeetingId, date] = {}
        self.leaders: tuple[PersonId, ...] = ()
        self.contacts: tuple[PersonId, ...] = ()
        self.is_open, self.has_opened, self.called_off_for = False, False, ""
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
        titled = title_of("title", title)
        self.record(Season.MeetingPlanned(meeting=Meeting(meeting_id, titled, time, place)))

    def schedule_meeting(self, meeting_id: MeetingId, time: MeetingTime, place: Place | None = None) -> None:
        """Set or move a meeting's time (a date, a month, to come) and place; the same again changes nothing."""
        meeting = self._coming(meeting_id)
        if time.kind in (TimeKind.POSTPONED, TimeKind.CALLED_OFF):
            raise BadValue(field="time", why="postponing and calling off are decisions of their own")
        if (time, place or meeting.place) != (meeting.time, meeting.place):
            self.record(Season.MeetingScheduled(meeting_id=meeting_id, time=time, place=place or meeting.place))

    def postpone_meeting(self, meeting_id: MeetingId, reason: str) -> None:
        """Postpone until further notice, with the reason and what the time was (S41)."""
        time = self._coming(meeting_id).time.postponed(clean("reason", reason, 500))
        self.record(Season.MeetingPostponed(meeting_id=meeting_id, time=time))

    def call_off_meeting(self, meeting_id: MeetingId, reason: str) -> None:
        """Call one meeting off; the season goes on without it."""
        time = self._coming(meeting_id).time.called_off(clean("reason", reason, 500))
        self.record(Season.MeetingCalledOff(meeting_id=meeting_id, time=time))

    def hold_meeting(self, meeting_id: MeetingId, held_on: date) -> None:
        """Record that a meeting was held on a local day; revenue is earned by it."""
        self._coming(meeting_id)
        self.record(Season.MeetingHeld(meeting_id=meeting_id, held_on=held_on))

    def undo_holding(self, meeting_id: MeetingId) -> None:
        """It was recorded as held by mistake; it has its time again. One that is not held stays as it is."""
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        if meeting.is_held:
            self.record(
                Season.MeetingHoldingUndone(meeting_id=meeting_id, held_on=self.held_on[meeting_id], time=meeting.time)
            )

    def retitle_meeting(self, meeting_id: MeetingId, title: str) -> None:
        """Its title spelt right, or another, also after it was held. Raises BadValue."""
        was, titled = self.meeting(meeting_id).title, title_of("title", title)
        if titled != was:
            self.record(Season.MeetingRetitled(meeting_id=meeting_id, title=titled, was=was))

    def remove_meeting(self, meeting_id: MeetingId) -> None:
        """It was planned by mistake; its material goes with it. Raises BookingHasOpened: then it is called off."""
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        self._must_not_have_opened()
        self.record(Season.MeetingRemoved(meeting=meeting))

    def publish_programme(self, meeting_id: MeetingId, items: tuple[ProgrammeItem, ...]) -> None:
        """The points of a meeting's programme, in order; a later one replaces it, the same again changes nothing.

        A misspelt point can be put right after the meeting was held. Raises MeetingIsCalledOff, BadValue.
        """
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        if meeting.time.kind is TimeKind.CALLED_OFF:
            raise MeetingIsCalledOff(title=meeting.title)
        cleaned = tuple(replace(item, title=title_of("title", item.title)) for item in items)
        if cleaned != meeting.programme:
            self.record(Season.ProgrammePublished(meeting_id=meeting_id, items=cleaned, were=meeting.programme))

    def name_leaders(self, leaders: tuple[PersonId, ...], contacts: tuple[PersonId, ...]) -> None:
        """Say who leads the season through all meetings, and whom to ask; the same again changes nothing."""
        if (leaders, contacts) != (self.leaders, self.contacts):
            self.record(
                Season.LeadersNamed(
                    leaders=leaders, contacts=contacts, were_leaders=self.leaders, were_contacts=self.contacts
                )
            )

    def retitle(self, title: str) -> None:
        """Its title spelt right, or another; what was booked keeps the words it was booked with. Raises BadValue."""
        titled = title_of("title", title)
        if titled != self.title:
            self.record(Season.Retitled(title=titled, was=self.title))

    def reword_promise(self, promise: str) -> None:
        """What participants get, in other words. Raises BadValue."""
        worded = clean("promise", promise, 4000, may_be_empty=True)
        if worded != self.promise:
            self.record(Season.PromiseReworded(promise=worded, was=self.promise))

    def correct_network(self, network_id: NetworkId) -> None:
        """It was planned in another network than it belongs to. Raises BookingHasOpened."""
        if network_id != self.network_id:
            self._must_not_have_opened()
            self.record(Season.NetworkCorrected(network_id=network_id, was=self.network_id))

    def choose_language(self, language: str) -> None:
        """In which language it is told and held. Raises BadValue."""
        if language not in LANGUAGES:
            raise BadValue(field="language", why=" or ".join(LANGUAGES))
        if language != self.language:
            self.record(Season.LanguageChosen(language=language, was=self.language))

    def correct_zone(self, zone: str) -> None:
        """It is held in another time zone: every meeting keeps the hours on its clock, so its instants move.

        Raises BookingHasOpened: what somebody has booked keeps its instants; NoSuchLocalTime, BadValue.
        """
        self.must_be_on()
        zone_named(zone)
        if zone == self.zone:
            return
        self._must_not_have_opened()
        was = self.zone
        moved = [moved_to_zone(each, was, zone) for each in self.meetings.values()]
        self.record(Season.ZoneCorrected(zone=zone, was=was))
        for meeting in moved:
            known = self.meetings[meeting.meeting_id]
            if meeting.time != known.time:
                self.record(
                    Season.MeetingScheduled(meeting_id=meeting.meeting_id, time=meeting.time, place=meeting.place)
                )
            if meeting.programme != known.programme:
                self.record(
                    Season.ProgrammePublished(
                        meeting_id=meeting.meeting_id, items=meeting.programme, were=known.programme
                    )
                )

    def agree_admission(self, admission: Admission) -> None:
        """Who may book from now on; who has booked stays. Raises SeasonCalledOff."""
        self.must_be_on()
        if admission != self.admission:
            self.record(Season.AdmissionAgreed(admission=admission, was=self.admission))

    def agree_prices(self, prices: PriceList) -> None:
        """Prices from now on; the version counts up, and bookings already made keep theirs. Raises NotReadyToOpen."""
        if self.is_open and self.terms is None and not prices.is_free:
            raise NotReadyToOpen(missing="terms")
        version = self.prices.version + 1 if self.prices else 1
        self.record(Season.PricesAgreed(prices=replace(prices, version=version, zone=self.zone)))

    def agree_terms(self, terms: Terms) -> None:
        """Cancellation terms from now on, in the season's zone; bookings already made keep theirs (S30)."""
        version = self.terms.version + 1 if self.terms else 1
        self.record(Season.TermsAgreed(terms=replace(terms, version=version, zone=self.zone)))

    def publish_material(self, material: Material) -> None:
        """Something to read or watch, for participants or for everyone."""
        self.record(Season.MaterialPublished(material=self._checked(material)))

    def replace_material(self, material: Material) -> None:
        """The same item under another title or address, for another meeting, moment or readers.

        Raises NotFound, BadValue.
        """
        was, material = self.material(material.material_id), self._checked(material)
        if replace(material, readers=was.readers) != was:
            self.record(Season.MaterialReplaced(material=replace(material, readers=was.readers), was=was))
        if material.readers is not was.readers:
            self.record(Season.MaterialReadersChosen(material=material, was=was.readers))

    def remove_material(self, material_id: UUID) -> None:
        """It is not to be read any longer. Raises NotFound."""
        self.record(Season.MaterialRemoved(material=self.material(material_id)))

    def material(self, material_id: UUID) -> Material:
        """One item. Raises NotFound."""
        try:
            return self.materials[material_id]
        except KeyError:
            raise NotFound(what="material") from None

    def _checked(self, material: Material) -> Material:
        if material.meeting_id is not None:
            self.meeting(material.meeting_id)
        return replace(material, title=title_of("title", material.title))

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
        self.record(Season.BookingOpened(closes_on=closes_on))

    def close_booking(self, closed_on: date) -> None:
        """Take no more bookings; twice is once."""
        if self.is_open:
            self.record(Season.BookingClosed(closed_on=closed_on))

    def call_off(self, reason: str) -> None:
        """The organiser calls the whole season off; every booking ends and is credited in full (S32)."""
        self.must_be_on()
        self.record(Season.CalledOff(reason=clean("reason", reason, 500)))

    def must_take_bookings(self, now: datetime) -> None:
        """Raises BookingNotOpen or SeasonCalledOff unless bookings are taken at an instant."""
        self.must_be_on()
        day = day_in(now, self.zone)
        if not self.is_open or (self.closes_on is not None and day > self.closes_on):
            raise BookingNotOpen(closed_on=self.closes_on.isoformat() if self.closes_on else "")

    def quote(self, seats: int, eligibility: Eligibility, now: datetime) -> Quote:
        """What a buyer pays for seats at an instant, and why. Raises NoPriceForBuyer, SeatsGoTogether."""
        if self.prices is None:
            raise BookingNotOpen(closed_on="")
        return self.prices.quote(self.title, seats, eligibility, now, self.meetings_left(now))

    def meetings_left(self, now: datetime) -> tuple[int, int]:
        """How many meetings of how many are still to come at an instant; those called off are no meetings."""
        coming = [m for m in self.meetings.values() if m.time.kind is not TimeKind.CALLED_OFF]
        left = sum(not meeting.is_held and not meeting.time.is_over(now) for meeting in coming)
        return left, len(coming)

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

    def _must_not_have_opened(self) -> None:
        if self.has_opened:
            raise BookingHasOpened

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
        title=title_of("title", title),
        promise=clean("promise", promise, 4000, may_be_empty=True),
        zone=zone,
        language=language,
        admission=admission,
    )
