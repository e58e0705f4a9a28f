"""Transfers: free and at once within the organisation; to another by an admin with a reason, charged once accepted."""

from __future__ import annotations

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.transfer import AcceptTransfer, DeclineTransfer, TransferOutcome
from application.booking.transfer_proposal import DifferencePaidBy, ProposeTransfer, SeatHasNoName
from application.people.organisation import AppointContact, GiveBillingDetails, VerifyDomain
from application.people.participant import Participant
from application.programme.price import AgreePrices
from domain.booking.agreement import PersonHasSeat
from domain.booking.booking import SeatGivenUp
from domain.booking.seat import AlreadySeated
from domain.booking.transfer import TransferNotAllowed, TransferSettled
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, PersonId, TransferId
from domain.people.organisation import ReferenceRequired
from domain.programme.price import Price
from tests.samples import Institute, conference_prices, kronor
from tests.scenarios.story import (
    amounts,
    book,
    cancel,
    credit_notes,
    documents,
    hand_over,
    invoices,
    seated,
    sitting,
    stockholm,
)

MEMBERS_INVOICE = (6_000_00, 1_500_00, 7_500_00)


def test_a_colleague_takes_the_seat_at_once_and_free(institute: Institute) -> None:
    """S35: asked for by Anna herself, after the cancellation deadline; the roster shows each on their days."""
    conference = institute.conference()
    anna, bertil = institute.member("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    institute.clock.instant = stockholm("2027-01-28 09:00")

    outcome = hand_over(institute, anna, made.booking_id, 1, bertil)

    assert (outcome.status, outcome.difference) == ("accepted", 0)
    assert invoices(institute) == [MEMBERS_INVOICE]
    assert sitting(institute, conference, stockholm("2027-01-27 12:00")) == ["Anna"]
    assert sitting(institute, conference, stockholm("2027-01-28 12:00")) == ["Bertil"]
    with pytest.raises(NotFound):
        cancel(institute, anna, made.booking_id)


def test_another_organisation_takes_it_only_when_an_admin_says_why(institute: Institute) -> None:
    """S36: refused by the rule, for the member and for an admin without a reason."""
    conference = institute.conference()
    anna, cecilia = institute.member("Anna", institute.acme), institute.person("Cecilia", institute.bolt)
    made = book(institute, conference, institute.acme, anna.person_id)

    for actor in (anna, institute.admin):
        with pytest.raises(TransferNotAllowed):
            hand_over(institute, actor, made.booking_id, 1, cecilia)

    assert sitting(institute, conference) == ["Anna"]


@pytest.mark.parametrize("paid_by", DifferencePaidBy)
def test_the_difference_is_invoiced_when_the_transfer_is_accepted(
    institute: Institute, paid_by: DifferencePaidBy
) -> None:
    """S36: 6 000 to 12 000: 7 500.00 incl. VAT, to Bolt or to Acme; nothing is charged before the yes."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    cecilia = institute.person("Cecilia", institute.bolt)

    proposed = _propose(institute, made.booking_id, cecilia, paid_by)

    assert (proposed.status, proposed.difference) == ("proposed", 7_500_00)
    assert invoices(institute) == [MEMBERS_INVOICE]
    assert sitting(institute, conference) == ["Anna"]

    institute.services.transfers.accept(institute.admin, AcceptTransfer(proposed.transfer_id))

    assert invoices(institute) == [MEMBERS_INVOICE, MEMBERS_INVOICE]
    payer = documents(institute)[1].organisation_id
    assert payer == (institute.bolt if paid_by is DifferencePaidBy.NEW_ORGANISATION else institute.acme)
    assert sitting(institute, conference) == ["Cecilia"]


def test_who_takes_the_seat_does_not_say_yes_for_who_pays(institute: Institute) -> None:
    """S36: Acme's contact accepts what Acme pays; Cecilia may only say no to it."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    cecilia, carin = institute.member("Cecilia", institute.bolt), institute.member("Carin", institute.acme)
    assert carin.person_id is not None
    assert cecilia.person_id is not None
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, carin.person_id))
    accept = AcceptTransfer(_propose(institute, made.booking_id, cecilia.person_id, DifferencePaidBy.PAYER).transfer_id)

    for actor in (cecilia, institute.member("Bo", institute.bolt)):
        with pytest.raises(NotFound):
            institute.services.transfers.accept(actor, accept)
    assert institute.services.transfers.accept(carin, accept).answer.status == "accepted"


def test_who_takes_the_seat_says_yes_for_their_own_organisation_or_no(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    cecilia = institute.member("Cecilia", institute.bolt)
    assert cecilia.person_id is not None
    first = _propose(institute, made.booking_id, cecilia.person_id)

    no = institute.services.transfers.decline(cecilia, DeclineTransfer(first.transfer_id, "Kan inte")).answer
    assert no.status == "declined"
    with pytest.raises(TransferSettled):
        institute.services.transfers.accept(cecilia, AcceptTransfer(first.transfer_id))

    second = _propose(institute, made.booking_id, cecilia.person_id)
    institute.services.transfers.accept(cecilia, AcceptTransfer(second.transfer_id))
    assert sitting(institute, conference) == ["Cecilia"]


def test_a_seat_of_no_organisation_goes_to_somebody_of_none_at_once(institute: Institute) -> None:
    """Whoever booked without an account, for an employer that is not known here, swaps a name as members do."""
    conference = institute.conference()
    nina = institute.person("Nina")
    made = institute.services.bookings.make(institute.acting(nina), MakeBooking(conference, seated(nina))).answer
    newcomer = ProposeTransfer(made.booking_id, 1, Participant(name="Pia", email="pia@example.org"))

    outcome = institute.services.transfers.propose(institute.acting(nina), newcomer).answer

    assert (outcome.status, outcome.difference) == ("accepted", 0)
    assert sitting(institute, conference) == ["Pia"]
    with pytest.raises(TransferNotAllowed):
        hand_over(institute, institute.admin, made.booking_id, 1, institute.person("Cecilia", institute.bolt))


def test_an_address_is_no_proof_of_an_employer(institute: Institute) -> None:
    """S37: an @acme.example address, but the verified employer is Bolt."""
    conference = institute.conference()
    institute.services.organisations.verify_domain(institute.admin, VerifyDomain(institute.acme, "acme.example"))
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    bertil = institute.person("Bertil", institute.bolt, email="bertil@acme.example")

    with pytest.raises(TransferNotAllowed):
        hand_over(institute, anna, made.booking_id, 1, bertil)
    with pytest.raises(TransferNotAllowed):
        unknown = ProposeTransfer(made.booking_id, 1, Participant(name="Bosse", email="bosse@acme.example"))
        institute.services.transfers.propose(anna, unknown)


def test_a_seat_transferred_and_then_cancelled_is_credited_on_both_invoices(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    proposed = _propose(institute, made.booking_id, institute.person("Cecilia", institute.bolt))
    institute.services.transfers.accept(institute.admin, AcceptTransfer(proposed.transfer_id))
    institute.catch_up()

    outcome = cancel(institute, institute.admin, made.booking_id)

    assert outcome.credit == 15_000_00
    invoiced = {row.number: row.organisation_id for row in documents(institute, "invoice")}
    notes = documents(institute, "credit_note")
    assert [amounts(note) for note in notes] == [(-6_000_00, -1_500_00, -7_500_00)] * 2
    assert {note.refers_to_number: note.organisation_id for note in notes} == invoiced
    assert all(row.balance == 0 for row in documents(institute, "invoice"))


def test_a_seat_cancelled_while_its_transfer_waits_is_not_handed_over(institute: Institute) -> None:
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme), None)
    proposed = _propose(institute, made.booking_id, institute.person("Cecilia", institute.bolt))
    cancel(institute, institute.admin, made.booking_id, 1)

    with pytest.raises(SeatGivenUp):
        institute.services.transfers.accept(institute.admin, AcceptTransfer(proposed.transfer_id))

    assert sitting(institute, conference) == ["Acme AB – to be named"]


def test_a_seat_handed_on_while_its_transfer_waits_is_not_taken_from_the_new_holder(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    proposed = _propose(institute, made.booking_id, institute.person("Cecilia", institute.bolt))
    hand_over(institute, anna, made.booking_id, 1, institute.person("Bertil", institute.acme))

    with pytest.raises(TransferSettled) as refused:
        institute.services.transfers.accept(institute.admin, AcceptTransfer(proposed.transfer_id))

    assert refused.value.facts == {"status": "overtaken"}
    assert sitting(institute, conference) == ["Bertil"]


def test_a_seat_is_not_paid_for_twice_when_it_is_handed_on(institute: Institute) -> None:
    """Anna's seat goes to Bolt for the difference; from Bolt to Delta's colleague nothing more is owed."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    first = _propose(institute, made.booking_id, institute.person("Cecilia", institute.bolt))
    institute.services.transfers.accept(institute.admin, AcceptTransfer(first.transfer_id))

    within = hand_over(institute, institute.admin, made.booking_id, 1, institute.person("Bo", institute.bolt))
    assert (within.status, within.difference) == ("accepted", 0)
    other = institute.organisation("Eta AB", "556999-8007")
    again = _propose(institute, made.booking_id, institute.person("Eva", other))

    assert again.difference == 0


def test_a_dearer_price_list_meanwhile_costs_a_colleague_nothing(institute: Institute) -> None:
    conference = institute.conference()
    anna = institute.member("Anna", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)
    dearer = (Price(kronor(14_000)), Price(kronor(8_000), Ground.MEMBER))
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(conference, dearer))

    assert hand_over(institute, anna, made.booking_id, 1, institute.person("Bertil", institute.acme)).difference == 0
    assert conference_prices().prices[1].amount == kronor(6_000)
    assert invoices(institute) == [MEMBERS_INVOICE]


def test_a_transfer_names_a_seat_with_a_person_and_a_person_without_a_seat(institute: Institute) -> None:
    conference = institute.conference()
    anna, bertil = institute.person("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna, None)
    other = book(institute, conference, institute.acme, bertil)
    carin = institute.person("Carin", institute.acme)

    with pytest.raises(SeatHasNoName):
        hand_over(institute, institute.admin, made.booking_id, 2, carin)
    with pytest.raises(AlreadySeated):
        hand_over(institute, institute.admin, made.booking_id, 1, anna)
    with pytest.raises(PersonHasSeat):
        hand_over(institute, institute.admin, made.booking_id, 1, bertil)

    hand_over(institute, institute.admin, other.booking_id, 1, carin)
    hand_over(institute, institute.admin, made.booking_id, 1, bertil)
    assert sitting(institute, conference) == ["Acme AB – to be named", "Bertil", "Carin"]


def test_a_preview_of_a_transfer_records_nothing(institute: Institute) -> None:
    conference = institute.conference()
    anna, bertil = institute.member("Anna", institute.acme), institute.person("Bertil", institute.acme)
    made = book(institute, conference, institute.acme, anna.person_id)

    preview = institute.services.transfers.preview(anna, ProposeTransfer(made.booking_id, 1, Participant(bertil)))

    assert (preview.status, preview.difference) == ("accepted", 0)
    assert sitting(institute, conference) == ["Anna"]
    assert credit_notes(institute) == []
    cancellation = institute.services.cancellations.preview(anna, RequestCancellation(made.booking_id))
    assert cancellation.credit == 7_500_00
    with pytest.raises(NotFound):
        institute.services.transfers.accept(anna, AcceptTransfer(TransferId(preview.transfer_id)))


def _propose(
    institute: Institute,
    booking: BookingId,
    to: PersonId,
    paid_by: DifferencePaidBy = DifferencePaidBy.NEW_ORGANISATION,
) -> TransferOutcome:
    """The admin proposes that the first seat goes to another organisation."""
    command = ProposeTransfer(booking, 1, Participant(to), "Anna har fått förhinder", paid_by)
    return institute.services.transfers.propose(institute.admin, command).answer


def test_prices_that_include_vat_since_are_compared_with_those_that_did_not(institute: Institute) -> None:
    """S36: 6 000 without VAT was agreed, 15 000 with VAT is the price now: 6 000 more, and VAT on it."""
    conference = institute.conference()
    anna, cecilia = institute.person("Anna", institute.acme), institute.person("Cecilia", institute.bolt)
    made = book(institute, conference, institute.acme, anna)
    gross = Price(kronor(15_000), includes_vat=True)
    institute.services.seasons.agree_prices(institute.admin, AgreePrices(conference, (gross,)))

    command = ProposeTransfer(made.booking_id, 1, Participant(cecilia), "Byter arbetsgivare")

    assert institute.services.transfers.preview(institute.admin, command).difference == 7_500_00


def test_a_payer_that_needs_a_reference_gives_it_with_the_yes(institute: Institute) -> None:
    """S50: stopped before anything is issued; then the invoice of the difference carries what its payer said."""
    conference = institute.conference()
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    details = GiveBillingDetails(institute.bolt, "Storgatan 1, 111 22 Stockholm", needs_reference=True)
    institute.services.organisations.give_billing_details(institute.admin, details)
    cecilia = institute.person("Cecilia", institute.bolt)
    proposed = _propose(institute, made.booking_id, cecilia, DifferencePaidBy.NEW_ORGANISATION)

    with pytest.raises(ReferenceRequired):
        institute.services.transfers.accept(institute.admin, AcceptTransfer(proposed.transfer_id))
    assert sitting(institute, conference) == ["Anna"]
    assert len(invoices(institute)) == 1

    institute.services.transfers.accept(institute.admin, AcceptTransfer(proposed.transfer_id, "Kst 4711"))

    assert [row.reference for row in documents(institute)] == ["", "Kst 4711"]
