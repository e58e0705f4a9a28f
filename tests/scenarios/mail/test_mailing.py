"""Mailings: to whom they go, in which words, once to each; and what one may say no to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from application.kernel.seen import ChangedSinceShown
from application.notifications.mailing import ReworkMailing, SendMailing, WriteMailing
from application.people.invitations import ChooseInvitations
from application.people.person import RegisterPerson
from domain.kernel.errors import BadValue, NotAllowed, NotFound
from domain.kernel.ids import SeasonId
from domain.mail.mailing import Audience, AudienceKind, MailingSent, NobodyToWriteTo
from domain.mail.placeholders import UnknownPlaceholder
from tests.samples import Institute
from tests.scenarios.mailed import deliver, mailed_to
from tests.scenarios.story import book, cancel

PARTICIPANTS, NETWORK = AudienceKind.PARTICIPANTS, AudienceKind.NETWORK


def written(
    institute: Institute,
    kind: AudienceKind,
    about: UUID,
    text: str = "Vi ses i ett annat rum.",
    subject: str = "Nytt rum",
) -> UUID:
    institute.catch_up()
    command = WriteMailing(Audience(kind, about), subject, text)
    mailing_id: UUID = institute.services.mailings.write(institute.admin, command).answer.mailing_id
    institute.catch_up()
    return mailing_id


def send(institute: Institute, mailing_id: UUID) -> None:
    services = institute.services
    shown = services.mailings.preview(institute.admin, mailing_id).shown
    services.mailings.send(institute.admin, SendMailing(mailing_id, shown))


def network_of(institute: Institute, season: SeasonId) -> UUID:
    institute.catch_up()
    return institute.services.programme.season(institute.admin, season).row.network_id


@pytest.fixture
def season(institute: Institute) -> SeasonId:
    """Anna and Bertil sit there; Cecilia has left."""
    conference = institute.conference()
    for name in ("Anna", "Bertil"):
        book(institute, conference, institute.acme, institute.person(name, institute.acme))
    gone = book(institute, conference, institute.acme, institute.person("Cecilia", institute.acme))
    cancel(institute, institute.admin, gone.booking_id)
    deliver(institute)
    return conference


def test_it_goes_to_those_who_sit_there_once_and_is_counted(institute: Institute, season: SeasonId) -> None:
    text = "# Rummet\n\nHej {name}, vi ses i {season}: {next_meeting}.\n\nVälkommen till {organiser}."
    mailing = written(institute, PARTICIPANTS, season, text)
    example = institute.services.mailings.example(institute.admin, mailing)
    assert example is not None and "Dag 1, onsdag" in example.text.replace("\N{NO-BREAK SPACE}", " ")
    assert deliver(institute) == []
    send(institute, mailing)
    sent = deliver(institute)
    assert sorted(each.to for each in sent) == ["anna@example.org", "bertil@example.org"]
    [letter] = mailed_to(sent, "anna")
    assert "Hej Anna, vi ses i Lära och förändra tillsammans" in letter.text and "RUMMET" in letter.text
    assert letter.message["List-Unsubscribe"] is None
    with pytest.raises(MailingSent):
        send(institute, mailing)
    assert deliver(institute) == []
    row = institute.services.mailings.one(institute.admin, mailing)
    assert row is not None and (row.people, row.delivered, row.failed, row.unwanted) == (2, 2, 0, 0)


def test_what_is_not_about_a_seat_can_be_said_no_to_with_one_click(institute: Institute, season: SeasonId) -> None:
    network = network_of(institute, season)
    bertil = next(
        line.person_id
        for line in institute.services.rosters.of(institute.admin, season)
        if line.name == "Bertil" and line.person_id
    )
    institute.services.invitations.choose(institute.admin, ChooseInvitations(bertil, wants=False))
    mailing = written(institute, NETWORK, network)
    preview = institute.services.mailings.preview(institute.admin, mailing)
    assert (preview.people, preview.unwanted) == (1, 1)
    send(institute, mailing)
    [letter] = deliver(institute)
    raw = letter.raw.decode("ascii")
    assert letter.to == "anna@example.org" and "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    [header] = [line for line in raw.split("\r\n") if line.startswith("List-Unsubscribe: ")]
    assert header.startswith("List-Unsubscribe: <https://") and header.endswith(">")


def test_who_says_no_after_it_was_sent_and_before_it_is_delivered_gets_none(
    institute: Institute, season: SeasonId
) -> None:
    mailing = written(institute, NETWORK, network_of(institute, season))
    send(institute, mailing)
    institute.catch_up()
    for line in institute.services.rosters.of(institute.admin, season):
        assert line.person_id
        institute.services.invitations.choose(institute.admin, ChooseInvitations(line.person_id, wants=False))
    assert deliver(institute) == []
    row = institute.services.mailings.one(institute.admin, mailing)
    assert row is not None and row.unwanted == 2


def test_one_address_gets_it_once(institute: Institute, season: SeasonId) -> None:
    command = RegisterPerson(
        "Anna Bis", "ANNA@example.org", institute.acme, from_on=date(2020, 1, 1), shares_address=True
    )
    again = institute.services.people.register(institute.admin, command).answer.person_id
    book(institute, season, institute.acme, again)
    deliver(institute)
    mailing = written(institute, PARTICIPANTS, season)
    preview = institute.services.mailings.preview(institute.admin, mailing)
    assert (preview.people, preview.same_address) == (2, 1)
    send(institute, mailing)
    assert len(deliver(institute)) == 2


def test_other_people_than_were_shown_are_not_written_to(institute: Institute, season: SeasonId) -> None:
    mailing = written(institute, PARTICIPANTS, season)
    shown = institute.services.mailings.preview(institute.admin, mailing).shown
    book(institute, season, institute.acme, institute.person("Doris", institute.acme))
    institute.catch_up()
    with pytest.raises(ChangedSinceShown):
        institute.services.mailings.send(institute.admin, SendMailing(mailing, shown))
    shown = institute.services.mailings.preview(institute.admin, mailing).shown
    audience = Audience(PARTICIPANTS, season)
    institute.services.mailings.rework(institute.admin, ReworkMailing(mailing, audience, "Annat", "Annat rum."))
    with pytest.raises(ChangedSinceShown):
        institute.services.mailings.send(institute.admin, SendMailing(mailing, shown))


def test_only_facts_that_are_known_may_be_named(institute: Institute, season: SeasonId) -> None:
    wrong = ("{email}", "{name.__class__}", "{0}", "{name!r}", "{{name}}", "{name", "name}", "{}", "{season:own}")
    for text in wrong:
        with pytest.raises(UnknownPlaceholder):
            written(institute, PARTICIPANTS, season, f"Hej {text}")
    with pytest.raises(UnknownPlaceholder):
        written(institute, NETWORK, network_of(institute, season), "Vi ses i {season}")
    with pytest.raises(BadValue):
        written(institute, PARTICIPANTS, season, subject="Två\r\nBcc: alla@example.org")
    for text in ("", " ", "x" * 5001):
        with pytest.raises(BadValue):
            written(institute, PARTICIPANTS, season, text)


def test_somebody_whose_name_cannot_be_said_gets_the_letter_all_the_same(institute: Institute) -> None:
    season = institute.conference()
    book(institute, season, institute.acme, institute.person("R2 D2", institute.acme, email="r2@example.org"))
    deliver(institute)
    send(institute, written(institute, PARTICIPANTS, season, "Vi ses, {name}."))
    send(institute, written(institute, AudienceKind.ORGANISATION, institute.acme, "{name}"))
    said, empty = deliver(institute)
    assert "\n\nVi ses.\n" in said.text and empty.to == "r2@example.org"


def test_hostile_words_are_words(institute: Institute, season: SeasonId) -> None:
    mailing = written(institute, PARTICIPANTS, season, "<script>alert(1)</script>\n\nhttps://example.org/x")
    example = institute.services.mailings.example(institute.admin, mailing)
    assert example is not None and "<script>" not in example.html and "&lt;script&gt;" in example.html


def test_only_an_admin_of_the_organiser_writes_and_of_its_own(institute: Institute, season: SeasonId) -> None:
    mailing = written(institute, PARTICIPANTS, season)
    for actor in (institute.finance, institute.member("Eva")):
        for act in (
            lambda by: institute.services.mailings.write(by, WriteMailing(Audience(PARTICIPANTS, season), "A", "B")),
            lambda by: institute.services.mailings.preview(by, mailing),
            institute.services.mailings.list,
            lambda by: institute.services.mailings.send(by, SendMailing(mailing, "x")),
        ):
            with pytest.raises(NotAllowed):
                act(actor)
    for kind in AudienceKind:
        with pytest.raises(NotFound):
            written(institute, kind, UUID(int=5))


def test_nobody_is_written_to_in_an_empty_season(institute: Institute) -> None:
    mailing = written(institute, AudienceKind.WAITING, institute.conference())
    assert institute.services.mailings.example(institute.admin, mailing) is None
    with pytest.raises(NobodyToWriteTo):
        send(institute, mailing)


def test_people_of_an_organisation(institute: Institute, season: SeasonId) -> None:
    mailing = written(institute, AudienceKind.ORGANISATION, institute.acme)
    assert institute.services.mailings.preview(institute.admin, mailing).people == 3
