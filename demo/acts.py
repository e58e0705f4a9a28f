"""What members and strangers do in the demo: book, hand over, give up, pay; each recorded once."""

from __future__ import annotations

from application.booking.booking import BookingMade, MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.registration import Register
from application.booking.transfer_proposal import ProposeTransfer
from application.booking.waiting_list import JoinWaitingList
from application.people.participant import TO_BE_NAMED, Participant
from demo.bank import Transfer, take_in, transfer_for
from demo.desk import Desk, Employer
from demo.people import in_address
from domain.kernel.ids import PersonId, SeasonId


def book(desk: Desk, season_id: SeasonId, employer: Employer, *who: int | None, paid: bool = False) -> BookingMade:
    """An organisation's contact books for some of its people by number (None: to be named later)."""
    seats = tuple(TO_BE_NAMED if no is None else Participant(employer.people[no]) for no in who)
    command = MakeBooking(season_id, seats, employer.organisation_id, employer.reference)
    key = desk.key("booking", season_id, employer.name, who)
    made = desk.services.bookings.make(desk.person_as_actor(employer.people[0]), command, key).answer
    if paid and made.gross:
        desk.to_pay.append((made.booking_id, made.gross))
    return made


def book_oneself(desk: Desk, season_id: SeasonId, person_id: PersonId) -> BookingMade:
    """Somebody books for themselves and pays, if anything is to be paid."""
    command = MakeBooking(season_id, (Participant(person_id),))
    key = desk.key("booking", season_id, person_id)
    return desk.services.bookings.make(desk.person_as_actor(person_id), command, key).answer


def book_as_stranger(desk: Desk, *seasons: SeasonId) -> None:
    """Somebody nobody knows calls, and is written down for some seasons."""
    name = desk.names.draw()
    email = f"{in_address(name)}@example.org"
    for season_id in seasons:
        key = desk.key("stranger", season_id, email)
        desk.services.registrations.register(desk.admin, Register(season_id, name, email), key)


def wait(desk: Desk, season_id: SeasonId, employer: Employer, who: int) -> None:
    """One of an organisation's people joins the waiting list."""
    command = JoinWaitingList(season_id, 1)
    person = desk.person_as_actor(employer.people[who])
    desk.services.waiting_lists.join(person, command, desk.key("waiting", season_id, employer.people[who]))


def hand_over(desk: Desk, employer: Employer, made: BookingMade, seat: int, to: int) -> None:
    """A seat goes to a colleague, at once and free."""
    command = ProposeTransfer(made.booking_id, seat, Participant(employer.people[to]))
    key = desk.key("transfer", made.booking_id, seat)
    desk.services.transfers.propose(desk.person_as_actor(employer.people[0]), command, key)


def offer_to_other(desk: Desk, made: BookingMade, seat: int, to: PersonId, reason: str) -> None:
    """An admin proposes that somebody of another organisation takes the seat; it waits for a yes."""
    command = ProposeTransfer(made.booking_id, seat, Participant(to), reason)
    desk.services.transfers.propose(desk.admin, command, desk.key("transfer", made.booking_id, seat, to))


def give_up(desk: Desk, employer: Employer, made: BookingMade, *seats: int, plea: str = "") -> None:
    """Seats are cancelled (none named: all); with a plea it waits at the desk."""
    command = RequestCancellation(made.booking_id, seats or None, plea=plea)
    key = desk.key("cancellation", made.booking_id, seats)
    desk.services.cancellations.request(desk.person_as_actor(employer.people[0]), command, key)


def receive_payments(desk: Desk) -> None:
    """A bank file pays what is marked as paid; every fourth payer has sent only half, and one forgot the OCR."""
    if not desk.to_pay:
        return
    sent = [
        transfer_for(desk, source, gross if no % 4 else gross // 2)
        for no, (source, gross) in enumerate(desk.to_pay, start=1)
    ]
    take_in(desk, desk.today, (*sent, Transfer(1_250_00, "", "Okänd avsändare", "Tack för senast")))
