"""Who a booking on the pages is for: the reader, or somebody whom an admin has looked up to book for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request

from application.booking.queries.booking import BookingRow, SeatRow
from application.booking.queries.first_refusal import FirstRefusalRow
from application.booking.queries.roster import PlaceRow
from application.booking.queries.seat_offer import OfferRow
from application.kernel.page import MOST
from application.people.queries.people import OrganisationRow, PersonRow
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganisationId, PersonId, SeasonId
from domain.kernel.numbers import org_number_of
from web.pages.booking.booking_form import Booker
from web.pages.kernel.finding import people_meant
from web.pages.kernel.forms import search_words
from web.pages.kernel.spoken import my_name
from web.pages.kernel.visit import Visit, say, services, today

MOST_FOUND = 10
MOST_KNOWN = 8


@dataclass(frozen=True, kw_only=True)
class Buyer(Booker):
    """Who books as the form shows them: who may pay, their own bookings and place in the line.

    `kept`: the seat that is kept for them; `colleagues`: the seats kept for those they are the contact of; `known`:
    colleagues they have booked before, and may choose by name. `offer`: the seats that are offered to them.
    """

    name: str = ""
    organisations: tuple[OrganisationRow, ...] = ()
    place: PlaceRow | None = None
    is_seated: bool = False
    bookings: tuple[BookingRow, ...] = ()
    kept: FirstRefusalRow | None = None
    colleagues: tuple[FirstRefusalRow, ...] = ()
    known: tuple[SeatRow, ...] = ()
    offer: OfferRow | None = None


def buyer_of(visit: Visit, view: SeasonView, booker: Booker) -> Buyer:
    """Whom the form is shown for. Raises NotFound for nobody."""
    if booker.is_other and booker.person_id is not None:
        return _other(visit, view, booker.person_id)
    return _reader(visit, view)


def people_found(visit: Visit) -> tuple[str, tuple[PersonRow, ...]]:
    """What an admin searches for, and those whom it may be."""
    words = search_words(request.args.get("q", "")) if visit.is_admin else ""
    return words, people_meant(visit, words, MOST_FOUND)


def _reader(visit: Visit, view: SeasonView) -> Buyer:
    season_id, me = view.row.season_id, visit.actor.person_id
    organisations = services().people_questions.my_organisations(visit.actor, today(view.row.zone))
    place = next((each for each in services().rosters.my_places(visit.actor) if each.season_id == season_id), None)
    there = services().booking_questions.mine(visit.actor, limit=MOST, season_id=season_id).items
    here = tuple(each for each in there if not each.ended_for)
    is_seated = any(
        visit.actor.is_person(seat.person_id) and not seat.is_cancelled for each in here for seat in each.seats
    )
    kept = services().first_refusal_questions.kept_for(visit.actor, season_id, me) if me else None
    colleagues = services().first_refusal_questions.kept_for_colleagues(visit.actor, season_id)
    return Buyer(
        me,
        name=my_name() if me else "",
        organisations=organisations,
        place=place,
        is_seated=is_seated,
        bookings=here,
        kept=kept,
        colleagues=colleagues,
        offer=_offer(visit, season_id) if place else None,
        known=_booked_before(visit, there, {each.organisation_id for each in organisations}),
    )


def _offer(visit: Visit, season_id: SeasonId) -> OfferRow | None:
    """The seats of the season that are offered to the reader, who stands in line."""
    mine = services().seat_offer_questions.mine(visit.actor)
    return next((each for each in mine if each.season_id == season_id), None)


def _booked_before(visit: Visit, there: Iterable[BookingRow], own: set[OrganisationId]) -> tuple[SeatRow, ...]:
    """Whom the reader has booked themselves, for an organisation they act for; not those who sit `there` already."""
    mine = services().booking_questions.about(visit.actor).items
    theirs = [each for each in mine if visit.actor.is_person(each.booked_by) and each.organisation_id in own]
    here = {seat.person_id for each in there for seat in each.seats if _sits(seat)}
    seats = (seat for each in theirs for seat in each.seats if seat.name and seat.organisation_id in (None, *own))
    found = {each.person_id: each for each in seats if each.person_id not in here}
    return tuple(each for each in found.values() if not visit.actor.is_person(each.person_id))[:MOST_KNOWN]


def _sits(seat: SeatRow) -> bool:
    return not seat.is_cancelled and seat.person_id is not None


def _numbered(visit: Visit) -> tuple[OrganisationRow, ...]:
    """The organisation whose number an admin has typed. Members are not told which organisations are known here."""
    try:
        number = org_number_of(request.values.get("payer_number", ""))
    except BadValue:
        return ()
    found = services().people_questions.organisations(visit.actor, number, limit=1).items
    return tuple(each for each in found if each.org_number == number)


def _other(visit: Visit, view: SeasonView, chosen: PersonId) -> Buyer:
    person = services().people_questions.person(visit.actor, chosen)
    season_id, who, ids = view.row.season_id, person.person_id, {person.person_id, *person.also}
    organisations = services().people_questions.organisations_for(visit.actor, who, today(view.row.zone))
    organisations += tuple(each for each in _numbered(visit) if each not in organisations)
    waiting = services().rosters.waiting(visit.actor, season_id)
    place = next(
        (
            PlaceRow(season_id, view.row.title, view.row.network, each.place_id, each.place, len(waiting), each.seats)
            for each in waiting
            if each.person_id in ids
        ),
        None,
    )
    is_seated = any(line.person_id in ids for line in services().rosters.of(visit.actor, season_id))
    kept = services().first_refusal_questions.kept_for(visit.actor, season_id, who)
    name = person.name or say()("frame.erased")
    return Buyer(
        who, is_other=True, name=name, organisations=organisations, place=place, is_seated=is_seated, kept=kept
    )
