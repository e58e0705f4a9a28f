"""A season: a run of meetings in a network, sold as one, with prices, cancellation terms and material."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, Rewording, event
from domain.kernel.errors import BadValue
from domain.kernel.ids import MeetingId, NetworkId, OrganiserId, PersonId, SeasonId
from domain.kernel.terms import Terms, zone_named
from domain.kernel.text import LANGUAGES, clean, title_of
from domain.people.admission import Admission
from domain.programme.meeting import Material, Meeting, moved_to_zone
from domain.programme.price import PriceList
from domain.programme.season_content import SeasonContent, SecondSeat, content_of, second_seat_of
from domain.programme.season_goods import SeasonGoods
from domain.programme.season_images import SeasonImage, SeasonImages
from domain.programme.season_material import SeasonMaterial
from domain.programme.season_opening import Visibility
from domain.programme.season_visibility import SeasonVisibility
from domain.programme.season_ways import SeasonWays


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What a season says of itself beside its title.

    What is declared here is planned, corrected and copied with the season, a column of its read model, in the rows
    of the programme and in the API's answers.
    """

    promise: str = ""
    zone: str = "Europe/Stockholm"
    language: str = "sv"
    content: str = ""
    second_seat: str = SecondSeat.ASK.value

    @property
    def by_name(self) -> dict[str, Any]:
        """To be carried on into another of them."""
        return {each.name: getattr(self, each.name) for each in fields(Particulars)}

    def cleaned(self) -> Particulars:
        """As it is stored. Raises BadValue."""
        zone_named(self.zone)
        _must_be_language(self.language)
        content, rule = content_of(self.content), second_seat_of(self.second_seat)
        said = _promise(self.promise), self.zone, self.language, content, rule
        return Particulars(**dict(zip(NOTHING_SAID.by_name, said, strict=True)))


NOTHING_SAID = Particulars()


class Fate(StrEnum):
    """What becomes of a fact of a season when the season is planned again."""

    COPIED = "as it is"
    MOVED = "with its days moved"
    ANEW = "decided anew, or not true of the new one"


PLANNED_AGAIN: Mapping[str, Fate] = {
    **dict.fromkeys(("organiser_id", "network_id", "title", "admission", "leaders", "contacts", "images"), Fate.COPIED),
    **dict.fromkeys(NOTHING_SAID.by_name, Fate.COPIED),
    **dict.fromkeys(("shows_participants", "stays_in_room", "goods"), Fate.COPIED),
    **dict.fromkeys(("meetings", "prices", "terms"), Fate.MOVED),
    **dict.fromkeys(("materials", "held_on", "is_open", "has_opened", "called_off_for", "closes_on"), Fate.ANEW),
    **dict.fromkeys(("visibility", "goes_public_at", "opens_at"), Fate.ANEW),
}
"""Every fact of a season; a test holds it against `Season`, so that a new fact is not left out unseen.

Whoever has been erased leads nothing and gives nothing: people are copied while they are there.
"""


class Season(Aggregate, SeasonContent, SeasonVisibility, SeasonMaterial, SeasonWays, SeasonImages, SeasonGoods):
    """A run of meetings. Changing prices or terms touches later bookings only: each booking carries its own."""

    class Planned(Aggregate.Created):
        organiser_id: OrganiserId
        network_id: NetworkId
        title: str
        promise: str
        zone: str
        language: str
        admission: Admission
        visibility: Visibility = Visibility.PUBLIC
        content: str = ""
        second_seat: str = SecondSeat.ASK.value

    class LeadersNamed(Change):
        leaders: tuple[PersonId, ...]
        contacts: tuple[PersonId, ...]
        were_leaders: tuple[PersonId, ...] = ()
        were_contacts: tuple[PersonId, ...] = ()

    class Retitled(Rewording):
        title: str
        was: str

    class PromiseReworded(Rewording):
        promise: str
        was: str

    class LanguageChosen(Rewording):
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
        visibility: Visibility = Visibility.PUBLIC,
        content: str = "",
        second_seat: str = SecondSeat.ASK.value,
    ) -> None:
        self.organiser_id, self.network_id = organiser_id, network_id
        self.title, self.promise, self.zone, self.language, self.admission = title, promise, zone, language, admission
        self.content, self.second_seat = content, second_seat
        self.meetings: dict[MeetingId, Meeting] = {}
        self.prices: PriceList | None = None
        self.terms: Terms | None = None
        self.materials: dict[UUID, Material] = {}
        self.images: tuple[SeasonImage, ...] = ()
        self.goods: tuple[UUID, ...] = ()
        self.held_on: dict[MeetingId, date] = {}
        self.leaders: tuple[PersonId, ...] = ()
        self.contacts: tuple[PersonId, ...] = ()
        self.is_open, self.has_opened, self.called_off_for = False, False, ""
        self.closes_on: date | None = None
        self.visibility = visibility
        self.goes_public_at: datetime | None = None
        self.shows_participants = self.stays_in_room = False
        self.opens_at: datetime | None = None

    @property
    def season_id(self) -> SeasonId:
        """Its id, typed."""
        return SeasonId(self.id)

    def name_leaders(self, leaders: tuple[PersonId, ...], contacts: tuple[PersonId, ...]) -> None:
        """Say who leads the season through all meetings, and whom to ask; the same again changes nothing."""
        were = {"were_leaders": self.leaders, "were_contacts": self.contacts}
        self.record_change(Season.LeadersNamed(leaders=leaders, contacts=contacts, **were))

    def retitle(self, title: str) -> None:
        """Its title spelt right, or another; what was booked keeps the words it was booked with. Raises BadValue."""
        self.record_change(Season.Retitled(title=title_of("title", title), was=self.title))

    @property
    def particulars(self) -> Particulars:
        """What it says of itself now."""
        return Particulars(**{each.name: getattr(self, each.name) for each in fields(Particulars)})

    def correct(self, particulars: Mapping[str, str]) -> None:
        """Some of them, by name; what differs is recorded. Raises BadValue, BookingHasOpened, NoSuchLocalTime."""
        wanted = replace(self.particulars, **particulars)
        self.reword_promise(wanted.promise)
        self.choose_language(wanted.language)
        self.agree_content(wanted.content, wanted.second_seat)
        if wanted.zone != self.zone:
            self.correct_zone(wanted.zone)

    def reword_promise(self, promise: str) -> None:
        """What participants get, in other words. Raises BadValue."""
        self.record_change(Season.PromiseReworded(promise=_promise(promise), was=self.promise))

    def choose_language(self, language: str) -> None:
        """In which language it is told and held. Raises BadValue."""
        _must_be_language(language)
        self.record_change(Season.LanguageChosen(language=language, was=self.language))

    def correct_zone(self, zone: str) -> None:
        """It is held in another time zone: every meeting keeps the hours on its clock, so its instants move.

        Raises BookingHasOpened: what somebody has booked keeps its instants; NoSuchLocalTime, BadValue.
        """
        self.must_be_on()
        zone_named(zone)
        if zone == self.zone:
            return
        self.must_not_have_opened()
        moved = [moved_to_zone(each, self.zone, zone) for each in self.meetings.values()]
        self.record(Season.ZoneCorrected(zone=zone, was=self.zone))
        self.move_meetings(moved)

    def agree_admission(self, admission: Admission) -> None:
        """Who may book from now on; who has booked stays. Raises SeasonCalledOff."""
        self.must_be_on()
        self.record_change(Season.AdmissionAgreed(admission=admission, was=self.admission))


def plan(
    id: UUID,
    organiser_id: OrganiserId,
    network_id: NetworkId,
    title: str,
    admission: Admission,
    particulars: Particulars = NOTHING_SAID,
    visibility: Visibility = Visibility.PUBLIC,
) -> Season:
    """A new season, not yet open. Raises BadValue."""
    zone_named(particulars.zone)
    return Season(
        id=id,
        organiser_id=organiser_id,
        network_id=network_id,
        title=title_of("title", title),
        admission=admission,
        visibility=visibility,
        **particulars.cleaned().by_name,
    )


def _promise(text: str) -> str:
    return clean("promise", text, 4000, may_be_empty=True)


def _must_be_language(language: str) -> None:
    if language not in LANGUAGES:
        raise BadValue(field="language", why=" or ".join(LANGUAGES))
