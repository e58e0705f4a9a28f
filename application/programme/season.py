"""Seasons: planned, priced, opened, moved and called off by admins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from application.kernel.command import admin, command, seats
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from application.programme.effect import SeasonEffect, must_be_as_many, must_be_credit, no_bookings
from application.programme.meeting import PlannedMeeting, must_be_known, season_to_change
from application.programme.own_rules import copy_own_rules
from application.programme.price import AgreePrices, AgreeTerms, agree_prices, must_charge, terms_of
from domain.booking.seating import Seating, open_seating
from domain.kernel.ids import MeetingId, NetworkId, OrganiserId, PersonId, SeasonId, seating_of
from domain.kernel.terms import Terms, day_in
from domain.people.admission import Admission
from domain.people.person import Person
from domain.programme.network import Network
from domain.programme.price import PriceList
from domain.programme.season import Particulars, Season, plan
from domain.programme.season_images import SeasonImage
from domain.programme.season_opening import Visibility


@dataclass(frozen=True)
class PlanSeason(Particulars):
    """A new season: meetings, seats, and prices and terms where they are known. Admission: the network's, or own.

    `like`: the season it is planned after, whose own rules for its line, doors and reminders it has as well.
    """

    network_id: NetworkId
    title: str
    seats: int
    meetings: tuple[PlannedMeeting, ...] = ()
    prices: PriceList | None = None
    terms: Terms | None = None
    admission: Admission | None = None
    leaders: tuple[PersonId, ...] = ()
    contacts: tuple[PersonId, ...] = ()
    images: tuple[SeasonImage, ...] = ()
    goods: tuple[UUID, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    shows_participants: bool = False
    stays_in_room: bool = False
    like: SeasonId | None = None


@dataclass(frozen=True)
class NameLeaders:
    """Who leads, and whom to ask."""

    season_id: SeasonId
    leaders: tuple[PersonId, ...] = ()
    contacts: tuple[PersonId, ...] = ()


@dataclass(frozen=True)
class CorrectSeason:
    """What was misspelt or is to be another way; None stays as it is.

    `particulars`: by name; the zone, like `network_id`, only before booking has opened.
    """

    season_id: SeasonId
    title: str | None = None
    particulars: Mapping[str, str | None] = field(default_factory=dict)
    admission: Admission | None = None
    network_id: NetworkId | None = None


@dataclass(frozen=True)
class OpenBooking:
    """Take bookings, until a local day (included) where one is set. `visibility`: to whom a draft is shown with it."""

    season_id: SeasonId
    closes_on: date | None = None
    visibility: Visibility | None = None


@dataclass(frozen=True)
class CloseBooking:
    """Take no more."""

    season_id: SeasonId


@dataclass(frozen=True)
class AddSeats:
    """More seats, or fewer (below zero)."""

    season_id: SeasonId
    seats: int


@dataclass(frozen=True)
class CallOffSeason:
    """The whole season will not be held. `shown`, `seats`: the credit (öre incl. VAT) and the seats as was shown."""

    season_id: SeasonId
    reason: str
    shown: int | None = None
    seats: int | None = None


@dataclass(frozen=True)
class SeasonRef:
    """Which season it was about."""

    season_id: SeasonId


class Seasons(UseCases):
    """Plan, correct, price, open, move, call off. `effect`: what calling off comes to."""

    def __init__(self, decisions: Decisions, effect: SeasonEffect = no_bookings) -> None:
        super().__init__(decisions)
        self._effect = effect

    @command(by=admin)
    def plan(self, work: UnitOfWork, command: PlanSeason) -> SeasonRef:
        """A new season in a network. Raises NetworkClosed."""
        organiser = organiser_of(work.actor)
        return plan_season(work, organiser, command)

    @command
    def correct(self, work: UnitOfWork, command: CorrectSeason) -> SeasonRef:
        """Only what differs is recorded. Raises BadValue, BookingHasOpened, SeasonCalledOff, NetworkClosed."""
        season = season_to_change(work, command.season_id)
        if command.title is not None:
            season.retitle(command.title)
        if command.network_id is not None and command.network_id != season.network_id:
            load_for(work, Network, command.network_id).must_be_open()
            season.correct_network(command.network_id)
        season.correct({name: value for name, value in command.particulars.items() if value is not None})
        if command.admission is not None and command.admission != season.admission:
            season.agree_admission(command.admission)
        return SeasonRef(command.season_id)

    @command
    def name_leaders(self, work: UnitOfWork, command: NameLeaders) -> SeasonRef:
        """Who leads it, and whom to ask."""
        for person in (*command.leaders, *command.contacts):
            load_for(work, Person, person)
        season_to_change(work, command.season_id).name_leaders(command.leaders, command.contacts)
        return SeasonRef(command.season_id)

    @command
    def agree_prices(self, work: UnitOfWork, command: AgreePrices) -> SeasonRef:
        """Prices for later bookings. Raises OtherCurrency, NoVatNumber, BadValue."""
        season = season_to_change(work, command.season_id)
        if command.terms is not None:
            season.agree_terms(terms_of(season, command.terms))
        prices = PriceList(0, command.prices, command.pro_rata, command.may_book_fewer)
        agree_prices(work, season, prices)
        return SeasonRef(command.season_id)

    @command
    def agree_terms(self, work: UnitOfWork, command: AgreeTerms) -> SeasonRef:
        """Cancellation terms for later bookings (S30)."""
        season = season_to_change(work, command.season_id)
        season.agree_terms(terms_of(season, command))
        return SeasonRef(command.season_id)

    @command
    def open_booking(self, work: UnitOfWork, command: OpenBooking) -> SeasonRef:
        """Take bookings. Raises NotReadyToOpen, SeasonIsDraft, NoVatNumber, BadValue for a last day that has passed."""
        season = season_to_change(work, command.season_id)
        if command.visibility is not None:
            season.choose_visibility(command.visibility)
        if season.prices is not None:
            must_charge(work, season, season.prices)
        season.open_booking(command.closes_on, day_in(work.now, season.zone))
        return SeasonRef(command.season_id)

    @command
    def close_booking(self, work: UnitOfWork, command: CloseBooking) -> SeasonRef:
        """Take no more bookings."""
        season = season_to_change(work, command.season_id)
        season.close_booking(day_in(work.now, season.zone))
        return SeasonRef(command.season_id)

    @command(serial=seats)
    def add_seats(self, work: UnitOfWork, command: AddSeats) -> SeasonRef:
        """More or fewer seats, never fewer than are taken. Raises SeatingClosed."""
        season_to_change(work, command.season_id)
        load_for(work, Seating, seating_of(command.season_id)).add_seats(command.seats, work.now)
        return SeasonRef(command.season_id)

    @command(serial=seats)
    def call_off(self, work: UnitOfWork, command: CallOffSeason) -> SeasonRef:
        """Call it off; policies end and credit every booking (S32). Raises OutcomeChanged, ChangedSinceShown."""
        season_id, seating = command.season_id, load_for(work, Seating, seating_of(command.season_id))
        season_to_change(work, season_id).call_off(command.reason)
        must_be_as_many(command.seats, seating.taken)
        must_be_credit(command.shown, lambda: self._effect(work, season_id).credit)
        seating.close()
        return SeasonRef(command.season_id)


def plan_season(work: UnitOfWork, organiser: OrganiserId, command: PlanSeason) -> SeasonRef:
    """Plan a season within a decision, with its seats. Raises NetworkClosed."""
    network = load_for(work, Network, command.network_id)
    network.must_be_open()
    season = plan(
        work.new_id(),
        organiser,
        command.network_id,
        command.title,
        command.admission or network.admission,
        command,
        command.visibility,
    )
    _furnish(work, season, command)
    work.add(season)
    work.add(open_seating(organiser, season.season_id, command.seats))
    if command.like is not None:
        copy_own_rules(work, organiser, load_for(work, Season, command.like).season_id, season.season_id)
    return SeasonRef(season.season_id)


def _furnish(work: UnitOfWork, season: Season, command: PlanSeason) -> None:
    for meeting in command.meetings:
        meeting_id = MeetingId(work.new_id())
        season.plan_meeting(meeting_id, meeting.title, meeting.time, meeting.place)
        season.agree_meeting_seats(meeting_id, meeting.seats)
        if meeting.programme:
            must_be_known(work, meeting.programme)
            season.publish_programme(meeting_id, meeting.programme)
    if command.leaders or command.contacts:
        for person in (*command.leaders, *command.contacts):
            load_for(work, Person, person)
        season.name_leaders(command.leaders, command.contacts)
    if command.prices is not None:
        agree_prices(work, season, command.prices)
    if command.terms is not None:
        season.agree_terms(command.terms)
    season.agree_openness(shows_participants=command.shows_participants, stays_in_room=command.stays_in_room)
    season.choose_goods(command.goods)
    for image in command.images:
        if image.is_shown(season.venues):
            season.choose_image(image)
