"""Events in, rows out: cancellations and transfers as cases, those that wait for a person first."""

from __future__ import annotations

from application.booking.cancellation import RequestCancellation, WithdrawCancellation
from application.booking.queries.desk import CaseRow
from application.booking.settlement import DeclineCancellation, GrantCancellation, WaiveCancellation
from application.booking.transfer import AcceptTransfer, DeclineTransfer
from application.booking.transfer_proposal import ProposeTransfer
from application.people.participant import Participant
from application.people.person import ErasePerson
from domain.kernel.ids import BookingId, CancellationId
from tests.samples import Institute
from tests.scenarios.story import book, cancel, hand_over, stockholm

TICKET = 7_500_00


def cases(institute: Institute, kind: str = "", status: str = "") -> list[CaseRow]:
    institute.catch_up()
    return list(institute.services.desk.list(institute.admin, kind, status).items)


def pleading(institute: Institute, booking: BookingId, seat: int, plea: str = "Sjukdom") -> CancellationId:
    command = RequestCancellation(booking, (seat,), plea=plea)
    return institute.services.cancellations.request(institute.admin, command).answer.cancellation_id


def test_a_cancellation_by_the_terms_is_settled_at_once(institute: Institute) -> None:
    anna = institute.person("Anna", institute.acme)
    made = book(institute, institute.conference(), institute.acme, anna)
    cancel(institute, institute.admin, made.booking_id)

    [case] = cases(institute)

    assert (case.kind, case.status, case.needs_decision) == ("cancellation", "granted", False)
    assert (case.person_id, case.name, case.organisation, case.seats) == (anna, "Anna", "Acme AB", (1,))
    assert (case.price, case.credit, case.difference) == (TICKET, TICKET, 0)
    assert (case.decided_by, case.decided_at) == ("admin", institute.clock.now())
    assert case.assessment is not None
    assert (case.assessment.kept, case.assessment.until) == (0, stockholm("2027-01-03 00:00"))


def test_pleas_wait_for_a_person_and_end_in_every_way(institute: Institute) -> None:
    season = institute.conference()
    people = [institute.person(f"Person{no}", institute.acme) for no in range(4)]
    made = book(institute, season, institute.acme, *people)
    institute.clock.instant = stockholm("2027-01-10 09:00")
    first, second, third, fourth = [pleading(institute, made.booking_id, seat) for seat in (1, 2, 3, 4)]
    waiting = cases(institute, status="requested")
    assert [(case.needs_decision, case.plea, case.price, case.credit) for case in waiting] == [
        (True, "Sjukdom", TICKET, 0)
    ] * 4

    desk = institute.services.settlements
    desk.grant(institute.admin, GrantCancellation(first))
    desk.waive(institute.admin, WaiveCancellation(second, "Läkarintyg"))
    desk.decline(institute.admin, DeclineCancellation(third, "För sent"))
    institute.services.cancellations.withdraw(institute.admin, WithdrawCancellation(fourth))

    ended = {case.case_id: (case.status, case.credit, case.reason) for case in cases(institute)}
    assert ended == {
        first: ("granted", 0, None),
        second: ("waived", TICKET, "Läkarintyg"),
        third: ("declined", 0, "För sent"),
        fourth: ("withdrawn", 0, None),
    }
    assert not any(case.needs_decision for case in cases(institute))


def test_what_is_waived_comes_on_top_of_what_was_granted(institute: Institute) -> None:
    made = book(institute, institute.conference(), institute.acme, institute.person("Anna", institute.acme))
    institute.clock.instant = stockholm("2027-01-10 09:00")
    granted = cancel(institute, institute.admin, made.booking_id)
    assert cases(institute)[0].credit == 0

    waiver = WaiveCancellation(granted.cancellation_id, "Läkarintyg")
    institute.services.settlements.waive(institute.admin, waiver)

    assert [(case.status, case.credit) for case in cases(institute)] == [("waived", TICKET)]


def test_cases_that_need_a_decision_stand_first_the_oldest_on_top_then_the_latest_settled(institute: Institute) -> None:
    season = institute.conference()
    people = [institute.person(f"Person{no}", institute.acme) for no in range(4)]
    made = book(institute, season, institute.acme, *people)
    first = pleading(institute, made.booking_id, 1)
    second = cancel(institute, institute.admin, made.booking_id, 2).cancellation_id
    third = pleading(institute, made.booking_id, 3)
    fourth = cancel(institute, institute.admin, made.booking_id, 4).cancellation_id
    institute.catch_up()
    desk = institute.services.desk

    seen, cursor = [], None
    for _ in range(2):
        page = desk.list(institute.admin, after=cursor, limit=2)
        seen += [case.case_id for case in page.items]
        cursor = page.next_cursor

    assert (seen, cursor) == ([first, third, fourth, second], None)


def test_a_transfer_is_a_case_with_both_names(institute: Institute) -> None:
    """S35 and S36."""
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    cecilia = institute.person("Cecilia", institute.bolt)
    made = book(institute, institute.conference(), institute.acme, anna)
    hand_over(institute, institute.admin, made.booking_id, 1, bertil)
    proposal = ProposeTransfer(made.booking_id, 1, Participant(cecilia), "Byter jobb")
    dear = institute.services.transfers.propose(institute.admin, proposal).answer

    waiting, done = cases(institute, "transfer")

    assert (done.status, done.name, done.to_name, done.difference) == ("accepted", "Anna", "Bertil", 0)
    assert (waiting.status, waiting.needs_decision, waiting.reason) == ("proposed", True, "Byter jobb")
    assert (waiting.name, waiting.to_name, waiting.organisation) == ("Bertil", "Cecilia", "Bolt AB")
    assert waiting.difference == 7_500_00

    institute.services.transfers.accept(institute.admin, AcceptTransfer(dear.transfer_id))
    assert institute.services.desk.one(institute.admin, dear.transfer_id).status == "proposed"
    institute.catch_up()
    assert institute.services.desk.one(institute.admin, dear.transfer_id).status == "accepted"


def test_a_transfer_that_is_declined_says_why(institute: Institute) -> None:
    anna, cecilia = institute.person("Anna", institute.acme), institute.person("Cecilia", institute.bolt)
    made = book(institute, institute.conference(), institute.acme, anna)
    proposal = ProposeTransfer(made.booking_id, 1, Participant(cecilia), "Byter jobb")
    dear = institute.services.transfers.propose(institute.admin, proposal).answer
    institute.services.transfers.decline(institute.admin, DeclineTransfer(dear.transfer_id, "För dyrt"))

    assert [(case.status, case.reason, case.needs_decision) for case in cases(institute)] == [
        ("declined", "För dyrt", False)
    ]


def test_an_erased_persons_case_stays_without_name_and_plea(institute: Institute) -> None:
    anna = institute.member("Anna", institute.acme)
    made = book(institute, institute.conference(), institute.acme, anna.person_id)
    pleading(institute, made.booking_id, 1, "Jag är sjuk")
    assert anna.person_id is not None
    assert [(case.name, case.plea) for case in cases(institute)] == [("Anna", "Jag är sjuk")]

    institute.services.people.erase(institute.admin, ErasePerson(anna.person_id))

    assert [(case.person_id, case.name, case.plea) for case in cases(institute)] == [(anna.person_id, None, None)]
