"""A season: a run of meetings in a network, sold as one, with prices, cancellation terms and material."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
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

    class MeetingHoldingUndone(Aggregate.Event):
        meeting_id: MeetingId
        held_on: date
        time: MeetingTime

    class MeetingRetitled(Aggregate.Event):
        meeting_id: MeetingId
        title: str
        was: str

    class MeetingRemoved(Aggregate.Event):
        meeting: Meeting

    class ProgrammePublished(Aggregate.Event):
        meeting_id: MeetingId
        items: tuple[ProgrammeItem, ...]
        were: tuple[ProgrammeItem, ...] = ()

    class LeadersNamed(Aggregate.Event):
        leaders: tuple[PersonId, ...]
        contacts: tuple[PersonId, ...]
        were_leaders: tuple[PersonId, ...] = ()
        were_contacts: tuple[PersonId, ...] = ()

    class Retitled(Aggregate.Event):
        title: str
        was: str

    class PromiseReworded(Aggregate.Event):
        promise: str
        was: str

    class NetworkCorrected(Aggregate.Event):
        network_id: NetworkId
        was: NetworkId

    class LanguageChosen(Aggregate.Event):
        language: str
        was: str

    class ZoneCorrected(Aggregate.Event):
        zone: str
        was: str

    class AdmissionAgreed(Aggregate.Event):
        admission: Admission
        was: Admission

    class PricesAgreed(Aggregate.Event):
        prices: PriceList

    class TermsAgreed(Aggregate.Event):
        terms: Terms

    class MaterialPublished(Aggregate.Event):
        material: Material

    class MaterialReplaced(Aggregate.Event):
        material: Material
        was: Material

    class MaterialReadersChosen(Aggregate.Event):
        material: Material
        was: Readers

    class MaterialRemoved(Aggregate.Event):
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
        self.held_on[meeting_id] = held_on

    def undo_holding(self, meeting_id: MeetingId) -> None:
        """It was recorded as held by mistake; it has its time again. One that is not held stays as it is."""
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        if meeting.is_held:
            self._undo_holding(meeting_id=meeting_id, held_on=self.held_on[meeting_id], time=meeting.time)

    @event(MeetingHoldingUndone)
    def _undo_holding(self, meeting_id: MeetingId, held_on: date, time: MeetingTime) -> None:
        self.meetings[meeting_id] = replace(self.meetings[meeting_id], is_held=False)
        del self.held_on[meeting_id]

    def retitle_meeting(self, meeting_id: MeetingId, title: str) -> None:
        """Its title spelt right, or another, also after it was held. Raises BadValue."""
        was, titled = self.meeting(meeting_id).title, title_of("title", title)
        if titled != was:
            self._retitle_meeting(meeting_id=meeting_id, title=titled, was=was)

    @event(MeetingRetitled)
    def _retitle_meeting(self, meeting_id: MeetingId, title: str, was: str) -> None:
        self.meetings[meeting_id] = replace(self.meetings[meeting_id], title=title)

    def remove_meeting(self, meeting_id: MeetingId) -> None:
        """It was planned by mistake; its material goes with it. Raises BookingHasOpened: then it is called off."""
        self.must_be_on()
        meeting = self.meeting(meeting_id)
        self._must_not_have_opened()
        self._remove_meeting(meeting=meeting)

    @event(MeetingRemoved)
    def _remove_meeting(self, meeting: Meeting) -> None:
        del self.meetings[meeting.meeting_id]
        self.held_on.pop(meeting.meeting_id, None)
        self.materials = {one: each for one, each in self.materials.items() if each.meeting_id != meeting.meeting_id}

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
            self._publish_programme(meeting_id=meeting_id, items=cleaned, were=meeting.programme)

    @event(ProgrammePublished)
    def _publish_programme(
        self, meeting_id: MeetingId, items: tuple[ProgrammeItem, ...], were: tuple[ProgrammeItem, ...]
    ) -> None:
        self.meetings[meeting_id] = replace(self.meetings[meeting_id], programme=items)

    def name_leaders(self, leaders: tuple[PersonId, ...], contacts: tuple[PersonId, ...]) -> None:
        """Say who leads the season through all meetings, and whom to ask; the same again changes nothing."""
        if (leaders, contacts) != (self.leaders, self.contacts):
            self._name_leaders(leaders, contacts, were_leaders=self.leaders, were_contacts=self.contacts)

    @event(LeadersNamed)
    def _name_leaders(
        self,
        leaders: tuple[PersonId, ...],
        contacts: tuple[PersonId, ...],
        were_leaders: tuple[PersonId, ...],
        were_contacts: tuple[PersonId, ...],
    ) -> None:
        self.leaders, self.contacts = leaders, contacts

    def retitle(self, title: str) -> None:
        """Its title spelt right, or another; what was booked keeps the words it was booked with. Raises BadValue."""
        titled = title_of("title", title)
        if titled != self.title:
            self._retitle(title=titled, was=self.title)

    @event(Retitled)
    def _retitle(self, title: str, was: str) -> None:
        self.title = title

    def reword_promise(self, promise: str) -> None:
        """What participants get, in other words. Raises BadValue."""
        worded = clean("promise", promise, 4000, may_be_empty=True)
        if worded != self.promise:
            self._reword_promise(promise=worded, was=self.promise)

    @event(PromiseReworded)
    def _reword_promise(self, promise: str, was: str) -> None:
        self.promise = promise

    def correct_network(self, network_id: NetworkId) -> None:
        """It was planned in another network than it belongs to. Raises BookingHasOpened."""
        if network_id != self.network_id:
            self._must_not_have_opened()
            self._correct_network(network_id=network_id, was=self.network_id)

    @event(NetworkCorrected)
    def _correct_network(self, network_id: NetworkId, was: NetworkId) -> None:
        self.network_id = network_id

    def choose_language(self, language: str) -> None:
        """In which language it is told and held. Raises BadValue."""
        if language not in LANGUAGES:
            raise BadValue(field="language", why=" or ".join(LANGUAGES))
        if language != self.language:
            self._choose_language(language=language, was=self.language)

    @event(LanguageChosen)
    def _choose_language(self, language: str, was: str) -> None:
        self.language = language

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
        self._correct_zone(zone=zone, was=was)
        for meeting in moved:
            known = self.meetings[meeting.meeting_id]
            if meeting.time != known.time:
                self._schedule_meeting(meeting_id=meeting.meeting_id, time=meeting.time, place=meeting.place)
            if meeting.programme != known.programme:
                self._publish_programme(meeting.meeting_id, items=meeting.programme, were=known.programme)

    @event(ZoneCorrected)
    def _correct_zone(self, zone: str, was: str) -> None:
        self.zone = zone
        self.prices = replace(self.prices, zone=zone) if self.prices else None
        self.terms = replace(self.terms, zone=zone) if self.terms else None

    def agree_admission(self, admission: Admission) -> None:
        """Who may book from now on; who has booked stays. Raises SeasonCalledOff."""
        self.must_be_on()
        if admission != self.admission:
            self._agree_admission(admission=admission, was=self.admission)

    @event(AdmissionAgreed)
    def _agree_admission(self, admission: Admission, was: Admission) -> None:
        self.admission = admission

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
        self._publish_material(material=self._checked(material))

    @event(MaterialPublished)
    def _publish_material(self, material: Material) -> None:
        self.materials[material.material_id] = material

    def replace_material(self, material: Material) -> None:
        """The same item under another title or address, for another meeting, moment or readers.

        Raises NotFound, BadValue.
        """
        was, material = self.material(material.material_id), self._checked(material)
        if replace(material, readers=was.readers) != was:
            self._replace_material(material=replace(material, readers=was.readers), was=was)
        if material.readers is not was.readers:
            self._choose_readers(material=material, was=was.readers)

    @event(MaterialReplaced)
    def _replace_material(self, material: Material, was: Material) -> None:
        self.materials[material.material_id] = material

    @event(MaterialReadersChosen)
    def _choose_readers(self, material: Material, was: Readers) -> None:
        self.materials[material.material_id] = material

    def remove_material(self, material_id: UUID) -> None:
        """It is not to be read any longer. Raises NotFound."""
        self._remove_material(material=self.material(material_id))

    @event(MaterialRemoved)
    def _remove_material(self, material: Material) -> None:
        del self.materials[material.material_id]

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
        self._open_booking(closes_on=closes_on)

    @event(BookingOpened)
    def _open_booking(self, closes_on: date | None) -> None:
        self.is_open, self.has_opened, self.closes_on = True, True, closes_on

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
