"""The desk: what waits for a person stands first, with the rule, the price and the effect; what is settled says how."""

from __future__ import annotations

import pytest

from application.booking.cancellation import RequestCancellation
from application.booking.queries.desk import CaseRow
from application.booking.settlement import WaiveCancellation
from application.booking.transfer import AcceptTransfer
from application.booking.transfer_proposal import ProposeTransfer
from application.people.participant import Participant
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import CancellationId, TransferId
from tests.samples import Institute
from tests.scenarios.story import book, cancel, stockholm


def cases(institute: Institute) -> list[CaseRow]:
    institute.catch_up()
    return list(institute.services.desk.list(institute.admin).items)


def waiting(institute: Institute) -> tuple[CancellationId, TransferId]:
    """Anna pleads after the deadline, Bertil's seat is to go to Bolt; Bo's cancellation has been settled."""
    conference, services = institute.conference(), institute.services
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id, institute.person("Bertil", institute.acme))
    institute.clock.instant = stockholm("2027-01-10 09:00")
    plea = RequestCancellation(made.booking_id, (1,), plea="Jag är sjuk")
    asked = services.cancellations.request(anna, plea).answer
    to = Participant(institute.person("Cecilia", institute.bolt))
    transfer = services.transfers.propose(institute.admin, ProposeTransfer(made.booking_id, 2, to, "Förhinder")).answer
    other = book(institute, conference, institute.bolt, institute.person("Bo", institute.bolt))
    cancel(institute, institute.admin, other.booking_id)
    return asked.cancellation_id, transfer.transfer_id


def test_what_waits_for_a_decision_stands_first_with_its_effect(institute: Institute) -> None:
    plea, transfer = waiting(institute)

    rows = cases(institute)

    assert [row.needs_decision for row in rows] == [True, True, False]
    [asked] = [row for row in rows if row.case_id == plea]
    assert (asked.kind, asked.status, asked.name, asked.plea) == ("cancellation", "requested", "Anna", "Jag är sjuk")
    assert asked.assessment is not None
    assert (asked.price, asked.credit, asked.assessment.kept) == (7_500_00, 0, 10_000)
    [proposed] = [row for row in rows if row.case_id == transfer]
    assert (proposed.kind, proposed.name, proposed.to_name) == ("transfer", "Bertil", "Cecilia")
    assert (proposed.difference, proposed.reason) == (7_500_00, "Förhinder")


def test_what_is_settled_says_how_and_by_whom(institute: Institute) -> None:
    plea, transfer = waiting(institute)
    institute.services.settlements.waive(institute.admin, WaiveCancellation(plea, "Läkarintyg"))
    institute.services.transfers.accept(institute.admin, AcceptTransfer(transfer))

    rows = cases(institute)

    assert not any(row.needs_decision for row in rows)
    [waived] = [row for row in rows if row.case_id == plea]
    assert (waived.status, waived.credit) == ("waived", 7_500_00)
    assert (waived.reason, waived.decided_by) == ("Läkarintyg", "admin")
    assert [row.status for row in rows if row.case_id == transfer] == ["accepted"]


def test_the_desk_is_the_admins(institute: Institute) -> None:
    for actor in (institute.finance, institute.member("Anna", institute.acme)):
        with pytest.raises(NotAllowed):
            institute.services.desk.list(actor)
