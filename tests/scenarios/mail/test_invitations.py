"""Invitations: what nobody has asked for has a way to say no in its head and foot; nothing else can be stopped."""

from __future__ import annotations

from datetime import date

import pytest

from application.booking.first_refusal import OfferFirstRefusal
from application.booking.merging import MergePeople
from application.mail.letter_desk import LetterState
from application.mail.letters import OPTIONAL_KINDS
from application.people.invitations import ChooseInvitations
from application.programme.roll_over import CopySeason
from application.programme.season import OpenBooking
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import PersonId
from infrastructure.keys.signed_links import InvitationLinks
from tests.samples import Institute
from tests.scenarios.mailed import Mailed, deliver
from tests.scenarios.story import FREE, book

UNSUBSCRIBE = ("List-Unsubscribe", "List-Unsubscribe-Post")


def invited(institute: Institute) -> PersonId:
    """Anna sits in a season, and a seat of the next is kept for her."""
    season, anna = institute.season("Höst", 5, FREE), institute.person("Anna", institute.acme)
    book(institute, season, institute.acme, anna)
    deliver(institute)
    again = institute.services.roll_overs.copy(institute.admin, CopySeason(season, "Höst igen")).answer.season_id
    institute.services.first_refusals.offer(institute.admin, OfferFirstRefusal(again, season, date(2026, 12, 1)))
    institute.services.seasons.open_booking(institute.admin, OpenBooking(again))
    return anna


def states(institute: Institute) -> list[LetterState]:
    rows = institute.services.letters.list(institute.admin)
    return [row.state for row in rows if row.kind in OPTIONAL_KINDS]


def token_in(mailed: Mailed) -> str:
    return str(mailed.message["List-Unsubscribe"]).strip("<>").rpartition("/")[2]


def test_an_invitation_says_how_to_say_no_and_what_somebody_has_booked_does_not(institute: Institute) -> None:
    season, bertil = institute.conference(), institute.person("Bertil", institute.acme)
    book(institute, season, institute.acme, bertil)
    anna = invited(institute)
    book(institute, season, institute.acme, institute.person("Cecilia", institute.acme))
    mailed = deliver(institute)
    [invitation] = [each for each in mailed if each.to == "anna@example.org" and "plats hålls" in each.subject]
    link = str(invitation.message["List-Unsubscribe"]).strip("<>")
    assert link.startswith("https://plats.example.org/institutet/invitations/")
    assert invitation.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Säg nej till fler inbjudningar:\n{link}\n" in invitation.text and link in invitation.html
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in invitation.raw
    assert str(anna) not in link and "anna" not in link
    others = [each for each in mailed if each is not invitation]
    assert others and not [each for each in others for name in UNSUBSCRIBE if name in each.message]


def test_who_has_said_no_gets_no_invitation_and_staff_see_why(institute: Institute) -> None:
    anna = invited(institute)
    institute.services.invitations.choose(institute.acting(anna), ChooseInvitations(anna, wants=False))
    assert [each for each in deliver(institute) if "plats hålls" in each.subject] == []
    assert states(institute) == [LetterState.UNWANTED]
    [row] = [row for row in institute.services.letters.list(institute.admin) if row.state is LetterState.UNWANTED]
    assert institute.services.letters.list(institute.admin, "unwanted") == (row,) and row.error == ""
    assert institute.services.letters.list(institute.admin, "failed") == ()
    institute.services.letters.send_again(institute.admin, row.letter_id)
    assert deliver(institute) == [] and states(institute) == [LetterState.UNWANTED]
    institute.services.invitations.choose(institute.admin, ChooseInvitations(anna, wants=True))
    institute.services.letters.send_again(institute.admin, row.letter_id)
    assert len(deliver(institute)) == 1


def test_the_link_in_the_mail_is_enough_and_does_what_it_is_for_alone(institute: Institute) -> None:
    anna = invited(institute)
    [invitation] = [each for each in deliver(institute) if "plats hålls" in each.subject]
    invitations, token = institute.services.invitations, token_in(invitation)
    assert invitations.by_link(institute.organiser, token)
    invitations.choose_by_link(institute.organiser, token, wants=False)
    assert not invitations.by_link(institute.organiser, token)
    assert not invitations.are_wanted(institute.acting(anna), anna)
    for wrong in (token[:-1], "", f"{token}x", "x.y"):
        with pytest.raises(NotFound):
            invitations.choose_by_link(institute.organiser, wrong, wants=True)


def test_nobody_answers_for_another(institute: Institute) -> None:
    anna, bertil = institute.person("Anna"), institute.member("Bertil")
    with pytest.raises(NotAllowed):
        institute.services.invitations.choose(bertil, ChooseInvitations(anna, wants=False))
    with pytest.raises(NotAllowed):
        institute.services.invitations.are_wanted(bertil, anna)


def test_a_no_holds_for_both_when_two_entries_become_one(institute: Institute) -> None:
    lesser, greater = institute.person("Lisa"), institute.person("Lisa", email="lisa.l@example.org")
    institute.services.invitations.choose(institute.acting(lesser), ChooseInvitations(lesser, wants=False))
    institute.services.merging.merge(institute.admin, MergePeople(lesser, greater))
    assert not institute.services.invitations.are_wanted(institute.acting(greater), greater)
    token = InvitationLinks(institute.house.store.keyring).token_for(lesser)
    institute.services.invitations.choose_by_link(institute.organiser, token, wants=True)
    assert institute.services.invitations.are_wanted(institute.acting(greater), greater)
