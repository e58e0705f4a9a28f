"""Saying no to invitations: by the link of a mail without signing in, by a mail program, and on one's own page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infrastructure.keys.signed_links import InvitationLinks
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as there:
        yield there


def link_of(acted: Stage) -> str:
    return f"/{SLUG}/invitations/{InvitationLinks(acted.institute.house.store.keyring).token_for(acted.anna)}"


def wants(acted: Stage) -> bool:
    institute = acted.institute
    return institute.services.invitations.are_wanted(institute.acting(acted.anna), acted.anna)


def test_opening_the_link_changes_nothing_and_its_button_does(acted: Stage) -> None:
    stranger = acted.browser("")
    page = stranger.open(link_of(acted))
    assert page.says("Du får inbjudningar från Institutet", "Säg nej till inbjudningar") and wants(acted)
    page = stranger.send(page, "wants")
    assert page.says("Du får inga inbjudningar från Institutet", "inga fler", "Ja till inbjudningar")
    assert not wants(acted)
    stranger.send(page, "wants")
    assert wants(acted)


def test_a_mail_program_says_no_for_its_reader_without_cookies_and_is_led_nowhere(acted: Stage) -> None:
    """RFC 8058."""
    answer = acted.browser("").client.post(link_of(acted), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and not wants(acted)
    assert acted.browser("").client.post(f"/{SLUG}/invitations/x.y", data={}).status_code == 404


def test_my_own_page_says_what_i_have_answered_and_leads_to_where_it_is_changed(acted: Stage) -> None:
    anna = acted.browser("anna")
    assert anna.open(f"/{SLUG}/me").says("Inbjudningar per mejl", "Ja, om nya säsonger.")
    page = anna.open(f"/{SLUG}/people/{acted.anna}/invitations")
    assert anna.send(page, "wants").says("Sparat. Du får inga fler inbjudningar.")
    assert not wants(acted)
