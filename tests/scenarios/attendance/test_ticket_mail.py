"""The code for the door in letters: a picture that goes with them, and text; for the seat of their reader alone."""

from __future__ import annotations

import io

from PIL import Image

from application.booking.booking import MakeBooking
from application.booking.transfer_proposal import ProposeTransfer
from application.people.participant import Participant
from domain.attendance.ticket import aloud
from domain.kernel.ids import BookingId, PersonId
from tests.samples import Institute
from tests.scenarios.mailed import Mailed, deliver, mailed_to


def code_of(institute: Institute, booking: BookingId, person: PersonId) -> str:
    tickets = institute.services.tickets.of_booking(institute.admin, booking)
    return next(each.code for each in tickets if each.person_id == person)


def picture_in(letter: Mailed) -> list[bytes]:
    return [
        part.get_payload(decode=True)  # type: ignore[misc] # of a part that is no message
        for part in letter.message.walk()
        if part["Content-ID"] == "<qr@plats>"
    ]


def test_each_reader_gets_the_code_of_their_own_seat(institute: Institute) -> None:
    season, anna, bo = institute.conference(), institute.person("Anna", institute.acme), institute.member("Bo")
    command = MakeBooking(season, (Participant(anna), Participant(bo.person_id)), institute.acme)
    booking = institute.services.bookings.make(institute.acting(anna), command).answer.booking_id
    letters = deliver(institute)
    assert bo.person_id is not None
    codes = {"anna": code_of(institute, booking, anna), "bo": code_of(institute, booking, bo.person_id)}
    for name, code in codes.items():
        (letter, *_) = mailed_to(letters, name)
        assert aloud(code) in letter.text and f'alt="QR-kod, kod {code}"' in letter.html
        assert 'src="cid:qr@plats"' in letter.html and "data:" not in letter.html
        (png,) = picture_in(letter)
        assert Image.open(io.BytesIO(png)).size == (165, 165)
        others = next(each for each in codes.values() if each != code)
        assert others not in letter.html and aloud(others) not in letter.text


def test_a_new_holder_gets_a_new_code_and_the_old_ones_letter_says_none(institute: Institute) -> None:
    season, anna = institute.conference(), institute.person("Anna", institute.acme)
    booking = institute.services.bookings.make(
        institute.admin, MakeBooking(season, (Participant(anna),), institute.acme)
    ).answer.booking_id
    before = code_of(institute, booking, anna)
    bertil = institute.person("Bertil", institute.acme)
    institute.services.transfers.propose(institute.admin, ProposeTransfer(booking, 1, Participant(bertil)))
    letters = deliver(institute)  # all of them after the handing over: the first letter has no code any longer
    for letter in mailed_to(letters, "anna"):
        assert before not in letter.html and picture_in(letter) == []
    (letter, *_) = mailed_to(letters, "bertil")
    assert code_of(institute, booking, bertil) in letter.html and len(picture_in(letter)) == 1


def test_no_calendar_entry_carries_the_code(institute: Institute) -> None:
    season, anna = institute.conference(), institute.person("Anna", institute.acme)
    command = MakeBooking(season, (Participant(anna),), institute.acme)
    booking = institute.services.bookings.make(institute.admin, command).answer.booking_id
    code = code_of(institute, booking, anna)
    entries = [each.calendar for each in deliver(institute) if each.calendar]
    assert entries and not any(code.encode() in each or code[3:12].encode() in each for each in entries)
