"""Organisations, networks and sellers: registered with what they must be, and what happens twice happens once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.booking.agreement import must_have_reference
from domain.kernel.eligibility import Sector
from domain.kernel.errors import BadValue
from domain.kernel.personal import Encrypted
from domain.people.admission import OPEN
from domain.people.organisation import Organisation, ReferenceRequired, register
from domain.people.organiser import RESERVED, NotYetStaff, Organiser
from domain.people.organiser import found as found_organiser
from domain.people.selling import Accounts
from domain.programme.network import Network, NetworkClosed, NetworkKind
from domain.programme.network import found as found_network
from tests.domain.vocabulary import ACME, ANNA, ORGANISER, fact, given

REASON = Encrypted("person", ANNA, "", "reason", b"...")


def municipality() -> Organisation:
    return register(UUID(int=7), ORGANISER, "Kommunen K", "212000-9903", Sector.MUNICIPALITY)


def network() -> Network:
    return found_network(UUID(int=61), ORGANISER, "Ledning", NetworkKind.NETWORK, "", OPEN)


def institute(currency: str = "SEK", zone: str = "Europe/Stockholm", slug: str = "institutet") -> Organiser:
    return found_organiser(
        UUID(int=1),
        name="Institutet",
        slug=slug,
        org_number="556036-0793",
        vat_number="SE556036079301",
        currency=currency,
        zone=zone,
    )


def test_a_payer_that_needs_a_reference_gets_one() -> None:
    """S50."""
    k = municipality()
    given(k).when(Organisation.give_billing_details, "Rådhuset", "", " 0007:2120009903 ", needs_reference=True).then(
        fact(
            Organisation.BillingDetailsGiven,
            address="Rådhuset",
            vat_number="",
            peppol_id="0007:2120009903",
            needs_reference=True,
            language="sv",
            is_collective=False,
            invoice_email=None,
        )
    )
    with pytest.raises(ReferenceRequired) as refused:
        must_have_reference(k, "")
    assert refused.value.facts == {"organisation": "Kommunen K"}
    must_have_reference(k, "ZZ 1")


def test_a_contact_is_appointed_and_dismissed_once() -> None:
    k = municipality()

    given(k).when(Organisation.appoint_contact, ANNA).then(fact(Organisation.ContactAppointed, person_id=ANNA))
    given(k).when(Organisation.appoint_contact, ANNA).then()
    given(k).when(Organisation.dismiss_contact, ANNA).then(fact(Organisation.ContactDismissed, person_id=ANNA))
    given(k).when(Organisation.dismiss_contact, ANNA).then()


def test_a_domain_is_verified_once_whatever_its_case() -> None:
    k = municipality()

    given(k).when(Organisation.verify_domain, "K.example").then(fact(Organisation.DomainVerified, domain="k.example"))
    given(k).when(Organisation.verify_domain, "k.EXAMPLE").then()


def test_a_network_is_closed_once() -> None:
    closing, day = network(), date(2027, 6, 30)

    given(closing).when(Network.join_partner, ACME).then(fact(Network.PartnerJoined, organisation_id=ACME))
    given(closing).when(Network.join_partner, ACME).then()
    given(closing).when(Network.close, day).then(fact(Network.Closed, closed_on=day))
    given(closing).when(Network.close, day).refused(NetworkClosed, name="Ledning")
    given(closing).when(Network.join_partner, ACME).refused(NetworkClosed)


def test_the_last_decision_about_a_person_counts() -> None:
    deciding = network()
    deciding.decide_admission(ANNA, REASON, "admin", is_admitted=True)
    given(deciding).when(Network.decide_admission, ANNA, REASON, "admin", is_admitted=False).then(
        fact(
            Network.AdmissionDecided,
            person_id=ANNA,
            is_admitted=False,
            reason=REASON,
            decided_by="admin",
            application_id=None,
        )
    )
    assert deciding.decided == {ANNA: False}


def test_staff_is_appointed_once_and_dismissed_when_it_is_staff() -> None:
    seller = institute()

    given(seller).when(Organiser.appoint, ANNA, "admin").then(
        fact(Organiser.StaffAppointed, person_id=ANNA, role="admin", appointed_by=None)
    )
    given(seller).when(Organiser.appoint, ANNA, "admin").then()
    given(seller).when(Organiser.dismiss, ANNA, "finance").refused(NotYetStaff, role="finance")


@pytest.mark.parametrize("days", [-1, 366])
def test_invoices_are_paid_within_a_year(days: int) -> None:
    given(institute()).when(Organiser.give_payment_details, "Gatan 1", Accounts("991-2346"), days).refused(
        BadValue, field="payment_days"
    )


def test_a_seller_has_a_currency_and_a_zone_that_exist() -> None:
    with pytest.raises(BadValue):
        institute(currency="kronor")
    with pytest.raises(BadValue):
        institute(zone="Europe/Nowhere")


@pytest.mark.parametrize("slug", ["institutet", "institutet-2", "42", " institutet "])
def test_a_sellers_word_in_addresses_is_letters_digits_and_hyphens(slug: str) -> None:
    assert institute(slug=slug).slug == slug.strip()


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_words_with_a_meaning_of_their_own_are_nobodys_address(slug: str) -> None:
    with pytest.raises(BadValue, match="installation's own"):
        institute(slug=slug)


@pytest.mark.parametrize("slug", ["", "a", "Institutet", "åsa", "a b", "a/b", "a.b", "-a", "a" * 41, "a\nb", "\u0663a"])
def test_a_word_that_no_address_has_room_for_is_refused(slug: str) -> None:
    with pytest.raises(BadValue) as refused:
        institute(slug=slug)
    assert refused.value.facts["field"] == "slug"
