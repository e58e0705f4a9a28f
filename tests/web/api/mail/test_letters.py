"""The logo, the letters and one's own sign-ins through the API, as the pages have them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from application.access.session import Browser, Whose
from application.access.token import NotSignedIn
from application.kernel.actor import Role
from application.mail.letter_desk import LetterState
from application.mail.letters import Letter
from domain.kernel.ids import PersonId
from infrastructure.mail.outbox import PostgresLetterBox
from tests.pictures import png
from tests.scenarios.story import book
from tests.web.calling import Api, api
from web.letters.letter_words import LetterFile


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def encoded(content: bytes) -> dict[str, str]:
    return {"content": base64.b64encode(content).decode()}


def delivered(calls: Api) -> None:
    calls.institute.catch_up()
    calls.institute.house.worker.jobs.finish()


def test_a_logo_is_put_there_read_by_anyone_and_taken_away(calls: Api) -> None:
    path = f"/organisers/{calls.institute.organiser}/logo"
    assert calls.refused("GET", path, who="")["status"] == 404

    calls.put(path, encoded(png()), who="finance")
    calls.institute.catch_up()
    picture = calls.call("GET", path, who="")
    assert (picture.status_code, picture.content_type) == (200, "image/png")
    assert picture.data.startswith(b"\x89PNG")
    tag = picture.headers["ETag"]
    assert calls.call("GET", path, who="", If_None_Match=tag).status_code == 304

    calls.delete(path)
    calls.institute.catch_up()
    assert calls.refused("GET", path, who="")["status"] == 404


@pytest.mark.parametrize(
    "content", ["inte base64", base64.b64encode(b"GIF89a").decode(), base64.b64encode(png()[:-9]).decode()]
)
def test_what_is_no_picture_is_refused_and_the_logo_stays(calls: Api, content: str) -> None:
    path = f"/organisers/{calls.institute.organiser}/logo"
    calls.put(path, encoded(png()))
    assert calls.refused("PUT", path, {"content": content})["status"] == 422
    calls.institute.catch_up()
    assert calls.call("GET", path, who="").status_code == 200


def test_another_organisers_logo_is_nobody_elses_to_choose(calls: Api) -> None:
    path = f"/organisers/{calls.institute.organiser}/logo"
    assert calls.refused("PUT", path, encoded(png()), who="neighbour")["status"] == 404
    assert calls.refused("DELETE", path, who="neighbour")["status"] == 404
    assert calls.refused("PUT", path, encoded(png()), who="member")["status"] == 403


def test_staff_sees_what_was_mailed_and_sends_it_again(calls: Api) -> None:
    made = calls.institute
    anna = made.person("Anna", made.acme)
    book(made, made.conference(), made.acme, anna)
    delivered(calls)

    [letter] = calls.get(f"/letters?person_id={anna}&kind=seated")
    assert (letter["to"], letter["state"], letter["person_id"]) == ("anna@example.org", "sent", str(anna))
    assert calls.get("/letters?state=failed") == []
    whole = calls.get(f"/letters/{letter['letter_id']}")
    assert whole["letter"] == letter
    assert "Lära och förändra tillsammans" in whole["subject"] + whole["text"]

    assert calls.call("POST", f"/letters/{letter['letter_id']}/delivery").status_code == 204
    assert calls.get(f"/letters/{letter['letter_id']}")["letter"]["state"] == "waiting"
    delivered(calls)
    assert calls.get(f"/letters/{letter['letter_id']}")["letter"]["state"] == "sent"


def test_what_lets_somebody_in_is_shown_to_nobody(calls: Api) -> None:
    made = calls.institute
    anna = made.person("Anna")
    box = PostgresLetterBox(made.house.store, LetterFile(), "http://localhost")
    box.post(Letter("k", made.organiser, "sign_in", anna, facts={"path": "/sign-in/hemligt", "until": "2026-09-02"}))
    [letter] = calls.get("/letters")
    answer = calls.call("GET", f"/letters/{letter['letter_id']}")
    assert answer.json is not None
    assert (answer.json["subject"], answer.json["text"]) == (None, None)
    assert "hemligt" not in answer.text


def test_letters_are_for_the_organisers_admins_alone(calls: Api) -> None:
    made = calls.institute
    book(made, made.conference(), made.acme, made.person("Anna", made.acme))
    delivered(calls)
    [letter, *_] = calls.get("/letters")
    for path in (f"/letters/{letter['letter_id']}", f"/letters/{uuid4()}"):
        assert calls.refused("GET", path, who="neighbour")["status"] == 404
        assert calls.refused("POST", f"{path}/delivery", who="neighbour")["status"] == 404
    assert calls.get("/letters", who="neighbour") == []
    for who in ("member", "finance"):
        assert calls.refused("GET", "/letters", who=who)["status"] == 403


def signed_in(calls: Api, person: UUID, browser: str) -> str:
    whose = Whose(calls.institute.organiser, PersonId(person))
    return calls.institute.services.sessions.begin(whose, "link", Browser(browser))


def is_in(calls: Api, secret: str) -> bool:
    try:
        calls.institute.services.sessions.recognise(secret)
    except NotSignedIn:
        return False
    return True


def test_somebody_sees_where_they_are_signed_in_and_ends_it(calls: Api) -> None:
    anna, bertil = calls.institute.person("Anna"), calls.institute.person("Bertil")
    calls.token("anna", Role.MEMBER, person=anna)
    phone, desk = signed_in(calls, anna, "Telefonen"), signed_in(calls, anna, "Datorn")
    other = signed_in(calls, bertil, "Bertils")

    seen = calls.get("/me/sessions", who="anna")
    assert sorted(each["browser"] for each in seen) == ["Datorn", "Telefonen"]
    assert all(secret.partition("_")[2] not in str(seen) for secret in (phone, desk))
    [at_phone] = [each["session_id"] for each in seen if each["browser"] == "Telefonen"]

    assert calls.call("DELETE", f"/me/sessions/{at_phone}", who="anna").status_code == 204
    assert (is_in(calls, phone), is_in(calls, desk), is_in(calls, other)) == (False, True, True)
    assert calls.refused("DELETE", f"/me/sessions/{at_phone}", who="anna")["status"] == 404

    [bertils] = [row.session_id for row in calls.institute.services.sessions.mine(calls.institute.acting(bertil))]
    assert calls.refused("DELETE", f"/me/sessions/{bertils}", who="anna")["status"] == 404
    assert calls.call("DELETE", "/me/sessions", who="anna").status_code == 204
    assert (is_in(calls, desk), is_in(calls, other)) == (False, True)
    assert calls.get("/me/sessions", who="anna") == []


def test_a_program_is_signed_in_nowhere(calls: Api) -> None:
    for method, path in (("GET", "/me/sessions"), ("DELETE", "/me/sessions"), ("DELETE", f"/me/sessions/{uuid4()}")):
        assert calls.refused(method, path, who="admin")["status"] == 404


def test_a_letter_that_is_known_no_more_is_not_sent(calls: Api) -> None:
    made = calls.institute
    anna = made.person("Anna", made.acme)
    book(made, made.conference(), made.acme, anna)
    delivered(calls)
    [letter] = calls.get(f"/letters?person_id={anna}&kind=seated")
    calls.post(f"/people/{anna}/erasure")
    calls.call("POST", f"/letters/{letter['letter_id']}/delivery")
    delivered(calls)
    [again] = calls.get(f"/letters?person_id={anna}&kind=seated")
    assert (again["to"], again["state"]) == (None, LetterState.UNREADABLE.value)
