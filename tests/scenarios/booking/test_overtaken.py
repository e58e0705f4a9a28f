"""What was asked about a seat is about the seat as it was: once it has changed hands, nobody else is touched by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from application.booking.booking import BookingRef, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.merging import MergePeople
from application.booking.reinstatement import UndoCancellation
from application.booking.settlement import GrantCancellation, WaiveCancellation
from application.booking.transfer import AcceptTransfer
from application.booking.transfer_proposal import ProposeTransfer
from application.kernel.ports import CommandContext, UnitOfWork
from application.people.participant import Participant
from application.people.person import ErasePerson
from application.programme.season import CallOffSeason
from domain.booking.cancellation import Cancellation, CancellationSettled
from domain.booking.transfer import TransferSettled
from domain.kernel.ids import CancellationId
from domain.programme.season_opening import SeasonCalledOff
from tests.samples import Institute
from tests.scenarios.story import book, cancel, documents, sitting


def test_a_plea_is_overtaken_once_the_seat_has_changed_hands(institute: Institute) -> None:
    conference = institute.conference()
    anna, bertil = institute.member("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    asked = institute.services.cancellations.request(anna, RequestCancellation(made.booking_id, plea="Sjuk")).answer
    institute.catch_up()
    institute.services.transfers.propose(anna, ProposeTransfer(made.booking_id, 1, Participant(bertil)))

    for act in decisions(institute, asked.cancellation_id):
        with pytest.raises(CancellationSettled):
            act()
    institute.catch_up()

    assert sitting(institute, conference) == ["Bertil"]
    [case] = institute.services.desk.list(institute.admin, "cancellation").items
    assert (case.status, case.needs_decision) == ("overtaken", False)
    assert ("cancellation_overtaken", anna.person_id) in letters(institute)
    for act in decisions(institute, asked.cancellation_id):
        with pytest.raises(CancellationSettled):
            act()


def test_a_plea_that_comes_in_beside_a_hand_over_is_closed_as_well(institute: Institute) -> None:
    """It was decided on the seat as it was, and recorded after the seat had changed hands."""
    conference = institute.conference()
    anna, bertil = institute.member("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    institute.services.transfers.propose(anna, ProposeTransfer(made.booking_id, 1, Participant(bertil)))
    institute.catch_up()

    def come_late(work: UnitOfWork) -> BookingRef:
        late = Cancellation(
            id=work.new_id(),
            organiser_id=institute.organiser,
            booking_id=made.booking_id,
            season_id=conference,
            seats=(1,),
            received_at=work.now,
            plea=work.encrypt(bertil, "plea", "Sjuk"),
            turns=(0,),
        )
        work.add(late)
        return BookingRef(made.booking_id)

    institute.house.store.decisions.execute(CommandContext(institute.admin), BookingRef, come_late)
    institute.catch_up()

    [case] = institute.services.desk.list(institute.admin, "cancellation").items
    assert (case.status, case.needs_decision) == ("overtaken", False)


def test_a_plea_about_a_seat_that_nobody_else_got_is_granted(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    bertil, carin = institute.person("Bertil", institute.acme), institute.person("Carin", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id, bertil)
    asked = institute.services.cancellations.request(
        anna, RequestCancellation(made.booking_id, (1,), plea="Sjuk")
    ).answer
    institute.services.transfers.propose(institute.admin, ProposeTransfer(made.booking_id, 2, Participant(carin)))
    institute.catch_up()

    institute.services.settlements.grant(institute.admin, GrantCancellation(asked.cancellation_id))

    assert sitting(institute, conference) == ["Carin"]


def test_of_two_proposals_for_one_seat_the_second_is_void_once_the_seat_has_changed_hands(
    institute: Institute,
) -> None:
    conference = institute.conference()
    anna, cecilia, david = (
        institute.person(name, where)
        for name, where in (("Anna", institute.acme), ("Cecilia", institute.bolt), ("David", institute.bolt))
    )
    made = book(institute, conference, institute.acme, anna)
    first, second = (
        institute.services.transfers.propose(
            institute.admin, ProposeTransfer(made.booking_id, 1, Participant(each), "Byter jobb.")
        ).answer.transfer_id
        for each in (cecilia, david)
    )
    institute.services.transfers.accept(institute.admin, AcceptTransfer(first))
    back = ProposeTransfer(made.booking_id, 1, Participant(anna), "Kom tillbaka.")
    returned = institute.services.transfers.propose(institute.admin, back).answer
    if returned.status == "proposed":
        institute.services.transfers.accept(institute.admin, AcceptTransfer(returned.transfer_id))

    with pytest.raises(TransferSettled):
        institute.services.transfers.accept(institute.admin, AcceptTransfer(second))
    institute.catch_up()

    assert sitting(institute, conference) == ["Anna"]
    assert sum(each.gross for each in documents(institute, "invoice")) == 15_000_00
    statuses = [each.status for each in institute.services.desk.list(institute.admin, "transfer").items]
    assert sorted(statuses) == ["accepted", "accepted", "overtaken"]


def test_no_case_is_left_when_a_season_is_called_off(institute: Institute) -> None:
    conference = institute.conference()
    anna, cecilia = institute.member("Anna", institute.acme), institute.person("Cecilia", institute.bolt)
    made = book(institute, conference, institute.acme, anna.person_id, institute.person("Bertil", institute.acme))
    plea = RequestCancellation(made.booking_id, (2,), plea="Sjuk")
    institute.services.cancellations.request(institute.admin, plea)
    institute.services.transfers.propose(
        institute.admin, ProposeTransfer(made.booking_id, 1, Participant(cecilia), "Byter jobb.")
    )
    institute.services.seasons.call_off(institute.admin, CallOffSeason(conference, "Lokalen brann."))
    institute.catch_up()

    cases = institute.services.desk.list(institute.admin).items
    assert {(each.status, each.needs_decision) for each in cases} == {("overtaken", False)} and len(cases) == 2
    assert "cancellation_overtaken" not in [kind for kind, _ in letters(institute)]


def test_nothing_is_done_to_a_booking_between_the_calling_off_and_the_worker(institute: Institute) -> None:
    conference, services, admin = institute.conference(), institute.services, institute.admin
    anna, bertil = institute.member("Anna", institute.acme), institute.person("Bertil", institute.acme)
    cecilia = institute.person("Cecilia", institute.bolt)
    made = book(institute, conference, institute.acme, anna.person_id, None, bertil)
    undone = cancel(institute, admin, made.booking_id, 3).cancellation_id
    proposed = services.transfers.propose(
        admin, ProposeTransfer(made.booking_id, 1, Participant(cecilia), "Byter jobb.")
    ).answer.transfer_id
    plea = services.cancellations.request(anna, RequestCancellation(made.booking_id, (1,), plea="Sjuk")).answer
    services.seasons.call_off(admin, CallOffSeason(conference, "Lokalen brann."))

    acts: tuple[Callable[[], object], ...] = (
        lambda: services.transfers.accept(admin, AcceptTransfer(proposed)),
        lambda: services.transfers.propose(anna, ProposeTransfer(made.booking_id, 1, Participant(bertil))),
        lambda: services.bookings.name_participant(admin, NameParticipant(made.booking_id, 2, Participant(bertil))),
        lambda: services.cancellations.request(admin, RequestCancellation(made.booking_id)),
        lambda: services.settlements.grant(admin, GrantCancellation(plea.cancellation_id)),
        lambda: services.settlements.waive(admin, WaiveCancellation(plea.cancellation_id, "Sjuk")),
        lambda: services.reinstatements.undo(admin, UndoCancellation(undone)),
    )
    for act in acts:
        with pytest.raises(SeasonCalledOff):
            act()
    institute.clock.instant += timedelta(minutes=1)
    institute.catch_up()
    assert sitting(institute, conference) == []


def letters(institute: Institute) -> list[tuple[str, UUID | None]]:
    """Kind and recipient of everything that was mailed."""
    institute.catch_up()
    return [(each.kind, each.person_id) for each in institute.services.letters.list(institute.admin)]


def decisions(institute: Institute, cancellation: CancellationId) -> list[Callable[[], object]]:
    """What the desk may say to a plea."""
    desk, admin = institute.services.settlements, institute.admin
    return [
        lambda: desk.grant(admin, GrantCancellation(cancellation)),
        lambda: desk.waive(admin, WaiveCancellation(cancellation, "Läkarintyg")),
    ]


def test_a_proposal_is_closed_once_whoever_was_to_have_the_seat_has_been_erased(institute: Institute) -> None:
    """Also one that was made to another entry of theirs; nobody could say yes or no to it any longer."""
    conference = institute.conference()
    anna, bo = (institute.person(name, institute.acme) for name in ("Anna", "Bo"))
    carl, twin = institute.person("Carl", institute.bolt), institute.person("Karl", institute.bolt)
    made = book(institute, conference, institute.acme, anna, bo)
    first, second = (
        institute.services.transfers.propose(
            institute.admin, ProposeTransfer(made.booking_id, seat, Participant(who), "Byter jobb.")
        ).answer.transfer_id
        for seat, who in ((1, carl), (2, twin))
    )
    institute.services.merging.merge(institute.admin, MergePeople(twin, carl))
    institute.catch_up()
    assert [case.status for case in institute.services.desk.list(institute.admin, "transfer").items] == ["proposed"] * 2

    institute.services.people.erase(institute.admin, ErasePerson(carl))
    institute.catch_up()

    cases = institute.services.desk.list(institute.admin, "transfer").items
    assert [(case.status, case.needs_decision) for case in cases] == [("overtaken", False)] * 2
    for each in (first, second):
        with pytest.raises(TransferSettled):
            institute.services.transfers.accept(institute.admin, AcceptTransfer(each))
    assert sitting(institute, conference) == ["Anna", "Bo"]
