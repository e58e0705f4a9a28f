"""Nothing that anybody types ends a line of a letter's head: no letter goes to somebody whom the typist has chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from application.notifications.mailing import WriteMailing
from application.people.person import RegisterPerson
from application.programme.meeting import PostponeMeeting
from application.programme.network import FoundNetwork
from application.programme.season import PlanSeason
from domain.kernel.errors import BadValue
from domain.mail.mailing import Audience, AudienceKind
from domain.programme.network import NetworkKind
from tests.samples import Institute
from tests.scenarios.mailed import deliver
from tests.scenarios.story import book

STOLEN = "alla@example.org"
LINE_ENDS = ("\n", "\r", "\r\n", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}", "\N{NEXT LINE}", "\v", "\f", "\x00")


def register(institute: Institute, words: str) -> object:
    return institute.services.people.register(institute.admin, RegisterPerson(words, "eva@example.org"))


def register_at(institute: Institute, words: str) -> object:
    return institute.services.people.register(institute.admin, RegisterPerson("Eva", f"eva@example.org{words}"))


def found(institute: Institute, words: str) -> object:
    command = FoundNetwork(words, NetworkKind.NETWORK, "Ett löfte.")
    return institute.services.networks.found(institute.admin, command)


def plan(institute: Institute, words: str) -> object:
    network = institute.network("Nätverket")
    return institute.services.seasons.plan(institute.admin, PlanSeason(network, words, 10))


def write(institute: Institute, words: str) -> object:
    season = institute.conference()
    command = WriteMailing(Audience(AudienceKind.PARTICIPANTS, season), words, "Vi ses.")
    return institute.services.mailings.write(institute.admin, command)


@pytest.mark.parametrize("type_in", [register, register_at, found, plan, write])
@pytest.mark.parametrize("end", LINE_ENDS, ids=[f"{ord(end[0]):04x}x{len(end)}" for end in LINE_ENDS])
def test_what_stands_in_a_letters_head_is_one_line_where_it_is_typed(
    institute: Institute, type_in: Callable[[Institute, str], object], end: str
) -> None:
    with pytest.raises(BadValue):
        type_in(institute, f"Eva{end}Bcc: {STOLEN}")


def test_words_of_many_lines_stay_in_the_letter(institute: Institute) -> None:
    season = institute.conference()
    book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    deliver(institute)
    meeting = institute.services.programme.season(institute.admin, season).meetings[0].meeting_id
    reason = f"Talaren är sjuk.\r\nBcc: {STOLEN}\r\n\r\nHej."
    institute.services.meetings.postpone(institute.admin, PostponeMeeting(season, meeting, reason))
    sent = deliver(institute)
    assert sent
    for each in sent:
        head, _, rest = each.raw.partition(b"\r\n\r\n")
        assert (STOLEN.encode() in head, b"Talaren" in rest) == (False, True)
        assert each.message.get_all("To") == ["anna@example.org"]
