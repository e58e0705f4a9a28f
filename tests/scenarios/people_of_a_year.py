"""People over a year: put right, two entries made one, seated elsewhere than they waited, asked for and overtaken."""

from __future__ import annotations

from datetime import date

from application.booking.booking import NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.first_refusal import OfferFirstRefusal
from application.booking.merging import MergePeople
from application.booking.transfer_proposal import ProposeTransfer
from application.booking.waiting_list import JoinWaitingList
from application.people.invitations import ChooseInvitations
from application.people.membership import GrantMembership
from application.people.participant import Participant
from application.people.person_correction import CorrectPerson
from application.programme.roll_over import CopySeason
from application.programme.season import OpenBooking
from domain.kernel.eligibility import Ground
from domain.kernel.ids import PersonId
from domain.kernel.terms import free_before
from domain.programme.price import Price, PriceList
from tests.samples import Institute, conference_prices, kronor
from tests.scenarios.story import FREE, book, cancel, hand_over

NEW_YEAR = date(2027, 1, 1)


def everything_about_people(institute: Institute) -> None:
    """Each of them once."""
    _particulars_are_put_right(institute)
    _two_entries_become_one(institute)
    _whoever_gets_a_seat_needs_no_other(institute)
    _what_is_asked_is_overtaken(institute)
    _a_membership_covers_so_many(institute)


def _particulars_are_put_right(institute: Institute) -> None:
    services, person = institute.services, institute.person("Katrin", email="katrin.fel@example.org")
    services.people.read_in(institute.acting(person), "en")
    correct = services.person_corrections.correct
    correct(institute.admin, CorrectPerson(person, "Katarina", "katarina@example.org", "+46 70 174 06 05"))
    correct(institute.acting(person), CorrectPerson(person, email="kata@example.org"))
    services.invitations.choose(institute.acting(person), ChooseInvitations(person, wants=False))


def _two_entries_become_one(institute: Institute) -> None:
    season = institute.season("Fullt", 1, FREE)
    lesser, greater = institute.person("Lisa"), institute.person("Lisa", email="lisa.l@example.org")
    book(institute, season, institute.bolt, institute.person("Loke", institute.bolt))
    institute.services.waiting_lists.join(institute.acting(lesser), JoinWaitingList(season, 1))
    institute.catch_up()
    institute.services.merging.merge(institute.admin, MergePeople(lesser, greater))


def _whoever_gets_a_seat_needs_no_other(institute: Institute) -> None:
    services, admin, season = institute.services, institute.admin, institute.season("Vår", 2, FREE)
    made, waiting = book(institute, season, institute.bolt, None, None), institute.person("Måns", institute.bolt)
    services.waiting_lists.join(institute.acting(waiting), JoinWaitingList(season, 2))
    name = NameParticipant(made.booking_id, 1, Participant(waiting))
    services.bookings.name_participant(admin, name)
    institute.catch_up()
    again = services.roll_overs.copy(admin, CopySeason(season, "Vår igen")).answer.season_id
    offer = OfferFirstRefusal(again, season, institute.clock.instant.date(), shown=1)
    services.first_refusals.offer(admin, offer)
    services.seasons.open_booking(admin, OpenBooking(again))
    other = book(institute, again, institute.bolt, None)
    services.bookings.name_participant(admin, NameParticipant(other.booking_id, 1, Participant(waiting)))


def _what_is_asked_is_overtaken(institute: Institute) -> None:
    services, admin = institute.services, institute.admin
    season = institute.season("Höst", 2, conference_prices(), free_before(date(2026, 1, 1)))
    person = institute.person("Nora", institute.bolt)
    made = book(institute, season, institute.bolt, person)
    services.cancellations.request(admin, RequestCancellation(made.booking_id, (1,), plea="Snälla"))
    to = Participant(institute.person("Olle", institute.delta))
    services.transfers.propose(admin, ProposeTransfer(made.booking_id, 1, to, "Förhinder"))
    hand_over(institute, admin, made.booking_id, 1, institute.person("Petra", institute.bolt))
    institute.catch_up()


def _a_membership_covers_so_many(institute: Institute) -> None:
    company = institute.organisation("Qvist AB", "556999-9005")
    grant = GrantMembership(company, Ground.MEMBER, date(2026, 1, 1), None, persons=1)
    institute.services.memberships.grant(institute.admin, grant)
    prices = PriceList(0, (Price(kronor(100)), Price(kronor(50), Ground.MEMBER)))
    season = institute.season("Medlemmar", 2, prices, free_before(NEW_YEAR.replace(year=2028)))
    made = book(institute, season, company, PersonId(institute.person("Rut", company)))
    cancel(institute, institute.admin, made.booking_id)
