"""Every refusal has a status and a sentence in both languages, and every value's fault is told in both."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest

import application
import domain
import infrastructure
from application.kernel.actor import Actor, Role
from domain.booking.seating import SeatsPromised, SeatsShort
from domain.kernel.errors import BadValue, NotAllowed, NotFound, PlatsError, RuleBroken
from domain.kernel.ids import OrganiserId
from web.kernel.errors import STATUSES, facts_of, name_of, sentence, status_of
from web.words.language import read_phrases

PHRASES = read_phrases().by_language
SENTENCES = {
    key.removeprefix("refusal.").partition("-")[0] for key in PHRASES["sv"] if re.match(r"refusal\.[A-Z]", key)
}
ROOT = Path(__file__).parents[2]
OF_STORAGE = {
    "Conflict",
    "ConnectionLost",
    "DatabaseUnreachable",
    "KeyDestroyed",
    "OutcomeUnknown",
    "NoSpace",
    "KeysMissing",
}
"""What storage may say to whoever asks; its other refusals are for operators, on the command line."""

FACTS = {
    "asked": 3, "left": 1, "waiting": 2, "includes": 2, "seat": 1, "may_book_fewer": True, "shown": 1, "now": 750_000,
    "closed_on": "2027-01-03", "reason": "sjukdom", "missing": "terms", "title": "Dag 1", "grounds": ["member"],
    "sectors": ["state"], "managers_only": True, "needs": "admin or finance", "what": "season", "status": "granted",
    "open": 100, "reference": "OCR", "name": "Chefer", "until": "2026-12-31", "day": "2027-01-01", "role": "admin",
    "ground": "member", "organisation": "Kommunen", "field": "name", "place": 4, "why": "may not be empty",
}  # fmt: skip


def walk(package: ModuleType) -> Iterator[str]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
        yield found.name


def refusals() -> list[type[PlatsError]]:
    for package in (domain, application, infrastructure):
        assert list(walk(package))

    def below(kind: type[PlatsError]) -> Iterator[type[PlatsError]]:
        yield kind
        for each in kind.__subclasses__():
            yield from below(each)

    def is_told(kind: type[PlatsError]) -> bool:
        return kind.__module__.startswith(("domain.", "application.")) or kind.__name__ in OF_STORAGE

    return [each for each in below(PlatsError) if is_told(each)]


def made(kind: type[PlatsError]) -> PlatsError:
    if issubclass(kind, RuleBroken):
        return kind(**FACTS)
    return kind("organisation", "x") if kind.__name__ == "UniqueKeyTaken" else kind()


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_refusal_has_a_sentence_of_its_own(kind: type[PlatsError], language: str) -> None:
    assert kind.__name__ in SENTENCES or issubclass(kind, BadValue)
    said = sentence(made(kind), language)
    assert said.endswith(".")
    assert said[0].isupper() or said[0] in "”“1"
    assert "None" not in said
    assert "_" not in said


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
def test_every_refusal_is_said_also_without_its_facts(kind: type[PlatsError]) -> None:
    bare = kind() if issubclass(kind, RuleBroken) else made(kind)
    assert sentence(bare, "sv")
    assert sentence(bare, "en")


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_below_500_or_asks_for_patience(kind: type[PlatsError]) -> None:
    assert status_of(made(kind)) in (401, 403, 404, 409, 410, 413, 422, 429, 503) or kind is PlatsError


TO_THE_ORGANISER = r"(Fråga|Be|Ask) (arrangören|the organiser)|(Arrangören|The organiser) (avgör|kan|decides|can|may)"
ADMIN = Actor("admin", OrganiserId(UUID(int=1)), frozenset({Role.ADMIN}))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_refusal_sends_an_admin_to_the_organiser(language: str) -> None:
    kinds = {each.__name__: each for each in refusals() if issubclass(each, RuleBroken)}
    names = (key.removeprefix("refusal.").split("-") for key in PHRASES[language])
    refused = [
        kinds[name](**{each: FACTS[each] for each in facts if each in FACTS}) for name, *facts in names if name in kinds
    ]
    assert len(refused) > 100
    told = {sentence(each, language, ADMIN) for each in refused}
    assert [each for each in told if re.search(TO_THE_ORGANISER, each)] == []
    assert [each for each in refused if re.search(TO_THE_ORGANISER, sentence(each, language))], "others are"


def test_no_sentence_is_left_over() -> None:
    names = {kind.__name__ for kind in refusals()}
    assert SENTENCES - names == set()
    assert set(STATUSES) - names == set()


def test_every_reason_and_field_of_a_bad_value_is_told_in_swedish() -> None:
    fields, reasons = collected()
    assert len(fields) > 25
    assert len(reasons) > 40
    assert [field for field in sorted(fields) if f"refusal.field_{field}" not in PHRASES["sv"]] == []
    told = {why: sentence(BadValue(field="name", why=why), "sv") for why in sorted(reasons)}
    assert [why for why, words in told.items() if "kan inte sparas" in words] == []


def test_what_is_anothers_is_told_as_what_is_not_there() -> None:
    unknown, foreign = NotFound(kind="Season", id="3f"), NotFound(what="season")
    assert facts_of(unknown) == facts_of(foreign) == {"what": "season"}
    assert sentence(unknown, "sv") == "Det finns ingen sådan säsong här. Se efter att adressen och numret stämmer."


def test_the_sentences_tell_what_can_be_done() -> None:
    short = SeatsShort(asked=2, left=1, waiting_list=True, may_book_fewer=True)
    assert sentence(short, "sv") == (
        "Du bad om 2 platser, men det finns 1 plats kvar. Du kan ställa dig i kö eller boka 1 plats till samma pris."
    )
    assert sentence(SeatsShort(asked=1, left=0), "en") == (
        "You asked for 1 seat, but the season is full. You can join the waiting list."
    )
    assert sentence(SeatsPromised(asked=1, left=2, waiting=1), "sv") == (
        "2 platser är lediga, men går först till 1 sällskap som väntar. Ställ dig i kö."
    )
    assert sentence(NotAllowed(needs="admin or finance"), "sv") == (
        "Det får bara administratörer eller ekonomer göra. Be någon som har rätt till det."
    )
    assert sentence(BadValue(field="title", why="at most 200 characters"), "sv") == "Titeln är högst 200 tecken."


def test_a_refusal_has_a_name_that_stays() -> None:
    assert name_of(SeatsShort()) == "seats-short"


def collected() -> tuple[set[str], set[str]]:
    """Every field and reason that a BadValue is made with anywhere in the rules and use cases."""
    fields: set[str] = set()
    reasons: set[str] = set()
    for folder in ("domain", "application"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    _collect(node, node.func.id, fields, reasons)
    return fields, reasons


def _collect(node: ast.Call, name: str, fields: set[str], reasons: set[str]) -> None:
    if name in ("clean", "clean_line") and isinstance(node.args[0], ast.Constant):
        fields.add(str(node.args[0].value))
    given = {word.arg: word.value for word in node.keywords}
    if "why" in given and "field" in given:
        if isinstance(given["field"], ast.Constant):
            fields.add(str(given["field"].value))
        why = given["why"]
        if isinstance(why, ast.Constant):
            reasons.add(str(why.value))
        elif isinstance(why, ast.JoinedStr):
            reasons.add(_shaped(why))


def _shaped(why: ast.JoinedStr) -> str:
    parts = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in why.values]
    text = "".join(parts)
    return text.replace("{}", "SEK") if re.search(r"add to", text) else text.replace("{}", "7")
