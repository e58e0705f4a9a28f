"""Events in, rows out: people, organisations, memberships and goods, found by parts of names in Swedish order."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking.purchase import DispatchPurchase, MakePurchase
from application.people.affiliation import ClaimAffiliation, DeclineAffiliation, VerifyAffiliation
from application.people.membership import EndMembership, RenewMembership
from application.people.organisation import AppointContact, DismissContact, VerifyDomain
from application.people.person import Employ, EndEmployment, ErasePerson
from application.programme.goods import OfferGoods, WithdrawGoods
from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue
from domain.kernel.ids import MembershipId
from domain.kernel.vat import VAT_6
from domain.people.admission import JobRole
from tests.samples import Institute, kronor


def test_people_stand_by_name_page_by_page(institute: Institute) -> None:
    for name in ("Örjan", "adam", "Ärla", "Åsa", "Zelda"):
        institute.person(name)
    institute.catch_up()
    people, seen, cursor = institute.services.people_questions, [], None
    for _ in range(3):
        page = people.people(institute.admin, after=cursor, limit=2)
        seen += [row.name for row in page.items]
        cursor = page.next_cursor

    assert (seen, cursor) == (["adam", "Zelda", "Åsa", "Ärla", "Örjan"], None)


def test_people_are_found_by_part_of_a_name_or_an_address(institute: Institute) -> None:
    institute.person("Åsa Ek", email="asa@x.example")
    institute.person("Bo Ekman", email="chefen@x.example")
    institute.catch_up()

    def found(search: str) -> list[str | None]:
        return [row.name for row in institute.services.people_questions.people(institute.admin, search).items]

    assert [found("EK"), found("åsa"), found("chefen@"), found("nobody")] == [
        ["Bo Ekman", "Åsa Ek"],
        ["Åsa Ek"],
        ["Bo Ekman"],
        [],
    ]


def test_the_next_page_is_found_although_somebody_has_been_erased_meanwhile(institute: Institute) -> None:
    people = [institute.person(name) for name in ("Anna", "Bo", "Carin", "David")]
    institute.catch_up()
    questions = institute.services.people_questions
    first = questions.people(institute.admin, limit=2)
    institute.services.people.erase(institute.admin, ErasePerson(people[0]))
    institute.catch_up()

    second = questions.people(institute.admin, after=first.next_cursor, limit=2)

    assert [row.name for row in (*first.items, *second.items)] == ["Anna", "Bo", "Carin", "David"]


def test_an_erased_person_has_no_name_and_cannot_be_found(institute: Institute) -> None:
    anna = institute.person("Anna")
    institute.catch_up()
    institute.services.people.erase(institute.admin, ErasePerson(anna))
    institute.catch_up()
    questions = institute.services.people_questions

    row = questions.person(institute.admin, anna)

    assert (row.name, row.email, row.is_erased) == (None, None, True)
    assert questions.people(institute.admin, "anna").items == ()
    with institute.house.store.connections.borrow() as connection:
        stored = connection.execute("select name, email from people.person where person_id = %s", [anna]).fetchall()
    assert stored == [(None, None)]


def test_employments_follow_each_other(institute: Institute) -> None:
    """S17."""
    anna = institute.person("Anna", institute.acme, JobRole.MANAGER)
    people, admin = institute.services.people, institute.admin
    people.end_employment(admin, EndEmployment(anna, institute.acme, date(2026, 9, 30)))
    people.employ(admin, Employ(anna, institute.bolt, JobRole.SPECIALIST, date(2026, 10, 1)))
    institute.catch_up()

    row = institute.services.people_questions.person(admin, anna)

    assert [(each.organisation, each.role, each.from_on, each.until_on) for each in row.employments] == [
        ("Acme AB", "manager", date(2020, 1, 1), date(2026, 9, 30)),
        ("Bolt AB", "specialist", date(2026, 10, 1), None),
    ]


def test_affiliations_are_claimed_verified_and_declined(institute: Institute) -> None:
    anna = institute.person("Anna")
    affiliations, admin = institute.services.affiliations, institute.admin
    for ground in (Ground.ALUMNUS, Ground.CUSTOMER, Ground.PARTNER):
        affiliations.claim(admin, ClaimAffiliation(anna, ground))
    affiliations.verify(admin, VerifyAffiliation(anna, Ground.ALUMNUS, date(2026, 1, 1)))
    affiliations.decline(admin, DeclineAffiliation(anna, Ground.CUSTOMER, "Finns inte"))
    institute.catch_up()

    row = institute.services.people_questions.person(admin, anna)

    assert {(each.ground, each.status, each.from_on) for each in row.affiliations} == {
        ("partner", "claimed", None),
        ("alumnus", "verified", date(2026, 1, 1)),
        ("customer", "declined", None),
    }


def test_organisations_are_found_by_part_of_a_name_or_a_number(institute: Institute) -> None:
    institute.organisation("Åkeri & Söner AB", "556036-0793")
    institute.catch_up()

    def found(search: str) -> list[str]:
        return [row.name for row in institute.services.people_questions.organisations(institute.admin, search).items]

    assert found("") == ["Acme AB", "Bolt AB", "Delta AB", "Åkeri & Söner AB"]
    assert [found("söner"), found("556999-1"), found("0793"), found("%")] == [
        ["Åkeri & Söner AB"],
        ["Bolt AB"],
        ["Åkeri & Söner AB"],
        [],
    ]


def test_pages_of_organisations_follow_each_other(institute: Institute) -> None:
    institute.catch_up()
    questions = institute.services.people_questions
    first = questions.organisations(institute.admin, limit=2)
    second = questions.organisations(institute.admin, after=first.next_cursor, limit=2)

    assert [row.name for row in (*first.items, *second.items)] == ["Acme AB", "Bolt AB", "Delta AB"]
    assert second.next_cursor is None


def test_an_organisation_has_contacts_domains_and_memberships(institute: Institute) -> None:
    services, admin = institute.services, institute.admin
    anna, bo = institute.member("Anna"), institute.member("Bo", institute.bolt)
    assert anna.person_id is not None
    assert bo.person_id is not None
    services.organisations.appoint_contact(admin, AppointContact(institute.acme, anna.person_id))
    services.organisations.appoint_contact(admin, AppointContact(institute.acme, bo.person_id))
    services.organisations.verify_domain(admin, VerifyDomain(institute.acme, "acme.example"))
    institute.catch_up()
    row = services.people_questions.organisation(admin, institute.acme)
    assert ([each.name for each in row.contacts], row.domains) == (["Anna", "Bo"], ("acme.example",))
    assert [each.periods for each in row.memberships] == [((date(2026, 1, 1), date(2027, 12, 31)),)]

    services.organisations.dismiss_contact(admin, DismissContact(institute.acme, anna.person_id))
    institute.catch_up()
    day = date(2026, 9, 1)
    mine = [[row.name for row in services.people_questions.my_organisations(who, day)] for who in (anna, bo)]
    assert mine == [[], ["Acme AB", "Bolt AB"]]


def test_memberships_are_renewed_and_ended(institute: Institute) -> None:
    memberships, admin = institute.services.memberships, institute.admin
    institute.catch_up()
    questions = institute.services.people_questions
    [delta] = questions.memberships(admin, holder_id=institute.delta).items
    membership_id = MembershipId(delta.membership_id)
    memberships.renew(admin, RenewMembership(membership_id, date(2027, 2, 1), None))
    memberships.end(admin, EndMembership(membership_id, date(2027, 6, 30), "Utträde"))
    person = institute.person("Åsa")
    institute.make_member(person, date(2026, 1, 1), None)
    institute.catch_up()

    assert questions.membership(admin, membership_id).periods == (
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 2, 1), date(2027, 6, 30)),
    )
    assert [row.holder for row in questions.memberships(admin).items] == ["Acme AB", "Delta AB", "Åsa"]


def test_goods_and_purchases(institute: Institute) -> None:
    services, admin = institute.services, institute.admin
    titles = ("Öppna frågor", "Arbete", "Ångest")
    offered = [
        services.goods.offer(admin, OfferGoods(title, kronor(125), kronor(49), VAT_6)).answer.goods_id
        for title in titles
    ]
    services.goods.withdraw(admin, WithdrawGoods(offered[1]))
    asa = institute.member("Åsa")
    first = services.purchases.make(asa, MakePurchase(offered[0], 3, "Gatan 1")).answer
    services.purchases.make(asa, MakePurchase(offered[2], 1, "Gatan 2"))
    services.purchases.dispatch(admin, DispatchPurchase(first.purchase_id, date(2026, 9, 2)))
    institute.catch_up()
    questions = services.goods_questions

    assert [(row.title, row.price, row.vat, row.is_withdrawn) for row in questions.goods(institute.organiser)] == [
        ("Arbete", 125_00, 600, True),
        ("Ångest", 125_00, 600, False),
        ("Öppna frågor", 125_00, 600, False),
    ]
    assert [
        (row.title, row.quantity, row.name, row.address, row.gross, row.dispatched_on)
        for row in questions.purchases(admin).items
    ] == [
        ("Ångest", 1, "Åsa", "Gatan 2", 174_00, None),
        ("Öppna frågor", 3, "Åsa", "Gatan 1", 424_00, date(2026, 9, 2)),
    ]


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_page_has_a_bounded_number_of_rows(institute: Institute, limit: int) -> None:
    with pytest.raises(BadValue):
        institute.services.people_questions.people(institute.admin, limit=limit)
