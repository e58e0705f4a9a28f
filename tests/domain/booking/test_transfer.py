"""A transfer: proposed, then accepted or declined once, and overtaken when the seat goes elsewhere meanwhile."""

from __future__ import annotations

from uuid import UUID

from domain.booking.transfer import Transfer, TransferSettled
from domain.kernel.ids import SeasonId
from domain.kernel.personal import Encrypted
from tests.domain.agreements import BOOKING
from tests.domain.vocabulary import ANNA, BERTIL, BOLT, CECILIA, NOON, ORGANISER, fact, given

NO = Encrypted("person", CECILIA, "", "reason", b"...")


def proposed() -> Transfer:
    return Transfer(
        id=UUID(int=72),
        organiser_id=ORGANISER,
        booking_id=BOOKING,
        season_id=SeasonId(UUID(int=31)),
        seat=1,
        from_person_id=ANNA,
        to_person_id=CECILIA,
        to_organisation_id=BOLT,
        payer_organisation_id=BOLT,
        difference=(),
        reason=None,
        proposed_by="admin",
    )


def test_it_is_accepted() -> None:
    given(proposed()).when(Transfer.accept, ANNA, NOON, "cecilia").then(
        fact(Transfer.Accepted, accepted_at=NOON, accepted_by="cecilia", reference="")
    )
    assert proposed().reference == ""


def test_whoever_says_yes_says_what_stands_on_the_invoice() -> None:
    """S50."""
    transfer = proposed()
    given(transfer).when(Transfer.accept, ANNA, NOON, "cecilia", "Kst 4711").then(
        fact(Transfer.Accepted, accepted_at=NOON, accepted_by="cecilia", reference="Kst 4711")
    )
    assert transfer.reference == "Kst 4711"


def test_it_is_declined() -> None:
    given(proposed()).when(Transfer.decline, NO, "cecilia").then(
        fact(Transfer.Declined, reason=NO, declined_by="cecilia")
    )


def test_it_is_settled_once() -> None:
    accepted, declined = proposed(), proposed()
    accepted.accept(ANNA, NOON, "cecilia")
    declined.decline(NO, "cecilia")

    given(accepted).when(Transfer.accept, ANNA, NOON, "cecilia").refused(TransferSettled, status="accepted")
    given(accepted).when(Transfer.decline, NO, "cecilia").refused(TransferSettled, status="accepted")
    given(declined).when(Transfer.accept, ANNA, NOON, "cecilia").refused(TransferSettled, status="declined")


def test_it_is_overtaken_when_somebody_else_has_the_seat_by_now() -> None:
    given(proposed()).when(Transfer.accept, BERTIL, NOON, "cecilia").refused(TransferSettled, status="overtaken")
