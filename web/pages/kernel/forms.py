"""What people typed in a form, and what is wrong with it, in words at the field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar, TypeVarTuple
from uuid import UUID

from flask import g, render_template, request
from werkzeug.datastructures import MultiDict

from application.kernel.actor import Actor
from domain.kernel.errors import BadValue, OutcomeChanged, PlatsError
from domain.kernel.text import visible
from web.kernel.errors import status_of
from web.kernel.trail import note_refusal
from web.kernel.typed_days import day_of, local_time_of
from web.pages.kernel.typed_figures import sum_of, whole_of
from web.pages.kernel.visit import Answer, refusal, say
from web.words.language import Say

Typed = MultiDict[str, str]
Fields = Mapping[str, str] | Callable[[PlatsError], Mapping[str, str]]
"""From what a rule calls a value, or from the name of a refusal, to the field where it is said."""
Cs = TypeVarTuple("Cs")
R = TypeVar("R")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
D = TypeVar("D", bound="StrEnum | None")
OK, UNREADABLE = 200, 422
MOST_SEARCHED = 200


class FormRefused(Exception):
    """A form was not carried out: its page says why, at the fields, with what was typed."""

    def __init__(self, form: Form, status: int) -> None:
        super().__init__(status)
        self._form, self._status = form, status

    def answer(self) -> Answer:
        """The page of the form, as the form says it is shown."""
        again = self._form.again(self._form)
        page = again[0] if isinstance(again, tuple) else again
        if isinstance(page, str):
            return page, self._status
        if page.status_code == OK:  # or else it leads elsewhere
            page.status_code = self._status
        return page


@dataclass
class Problems:
    """What is wrong: a sentence for each field; "" stands for the form as a whole."""

    say: Say = field(default_factory=say)
    by_field: dict[str, str] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    """Fields with an address that stands under another name: whoever filled them in may say that it is shared."""
    refusal: PlatsError | None = None
    """Why the last command was refused, where it was."""

    def __bool__(self) -> bool:
        return bool(self.by_field)

    def note(self, name: str, phrase: str, **facts: object) -> None:
        """Say a phrase of our own at a field, unless something is said there already."""
        self.by_field.setdefault(name, self.say(phrase, **facts))

    def missing(self, name: str) -> None:
        """What is to be filled in, by what the field is called where it is refused; rows are numbered after a dash."""
        self.note(name, "form.fill_in", field=self.say(f"refusal.field_{name.split('-', maxsplit=1)[0]}"))

    def refused(self, error: PlatsError, fields: Mapping[str, str]) -> None:
        """Say a refusal at the field it is about (`fields`: the rule's name of it → the form's), or at the top."""
        note_refusal(error, g.get("by_link") or g.get("actor"))
        about = str(error.facts.get("field", "")) if isinstance(error, BadValue) else type(error).__name__
        named = fields.get(about, "")
        self.refusal = error
        self.by_field.setdefault(named, refusal(error))
        if about == "AddressUnderAnotherName":
            self.shared.add(named)


@dataclass(frozen=True)
class Form:
    """A form as it came in. What cannot be read is noted as a problem and read as nothing.

    `again` shows the page of the form once more; `fields` says where a refusal stands (the rule's name → the field's).
    """

    typed: Typed = field(default_factory=MultiDict)
    problems: Problems = field(default_factory=Problems)
    again: Callable[[Form], Answer] = field(default=lambda _: "", repr=False)
    fields: Fields = field(default_factory=dict)
    changed: str = ""
    """The phrase that stands above all where what would come of it is no longer what was shown."""

    @classmethod
    def sent(
        cls,
        again: Callable[[Form], Answer],
        fields: Fields = MappingProxyType({}),
        known: Mapping[str, str] = MappingProxyType({}),
        changed: str = "",
    ) -> Form:
        """The form that this request brings, laid over what is `known` and was not asked for in it."""
        typed: Typed = MultiDict(known)
        for name, values in request.form.lists():
            typed.setlist(name, values)
        return cls(typed, Problems(), again, fields, changed)

    def submit(self, act: Callable[[Actor, *Cs, str | None], R], actor: Actor, *commands: *Cs) -> R:
        """Carry out what was asked, once however often the form is sent. Raises FormRefused."""
        with self.attempt():
            return act(actor, *commands, self.key)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is refused in here is said at its field. Raises FormRefused, at once where something cannot be read."""
        self.must_be_right()
        try:
            yield
        except PlatsError as error:
            raise self.refused(error) from error

    def must_be_right(self) -> None:
        """Raises FormRefused where something could not be read."""
        if self.problems:
            raise FormRefused(self, UNREADABLE)

    def needed(self, value: T | None) -> T:
        """A value without which nothing can be done. Raises FormRefused where it could not be read."""
        self.must_be_right()
        if value is None:
            raise FormRefused(self, UNREADABLE)
        return value

    def refused(self, error: PlatsError) -> FormRefused:
        """Note why the form is not carried out, to be raised."""
        if isinstance(error, OutcomeChanged) and self.changed:
            self.problems.note("", self.changed)
        self.problems.refused(error, self.fields(error) if callable(self.fields) else self.fields)
        return FormRefused(self, status_of(error))

    def page(self, template: str, **shown: object) -> str:
        """A page with this form on it."""
        return render_template(template, form=self, problems=self.problems.by_field, **shown)

    @property
    def key(self) -> str | None:
        """What tells a second click from a second wish."""
        return self.text("key") or None

    def text(self, name: str) -> str:
        """What can be seen in a field, without surrounding space."""
        return visible(self.typed.get(name, "")).strip()

    def required(self, name: str, phrase: str = "") -> str:
        """As `text`; an empty field is a problem, said by its name, or by a phrase of its own."""
        text = self.text(name)
        if not text and phrase:
            self.problems.note(name, phrase)
        elif not text:
            self.problems.missing(name)
        return text

    def choice(self, name: str) -> UUID | None:
        """An id that was chosen."""
        try:
            return UUID(self.text(name)) if self.text(name) else None
        except ValueError:
            self.problems.note(name, "form.choose")
            return None

    def choices(self, name: str) -> list[UUID]:
        """The ids that were chosen of several."""
        try:
            return [UUID(each) for each in self.typed.getlist(name)]
        except ValueError:
            self.problems.note(name, "form.choose")
            return []

    def chosen(self, name: str) -> UUID:
        """An id without which nothing can be done. Raises FormRefused."""
        chosen = self.choice(name)
        if chosen is None:
            self.problems.note(name, "form.choose")
        return self.needed(chosen)

    def one_of(self, name: str, kind: type[E], otherwise: D) -> E | D:
        """One of a few named choices; another word is `otherwise`."""
        return kind(self.text(name)) if self.text(name) in [each.value for each in kind] else otherwise

    def must_be_one_of(self, name: str, kind: type[E]) -> E:
        """As `one_of`; another word is a problem. Raises FormRefused."""
        if self.text(name) not in list(kind):
            self.problems.note(name, "form.choose")
        self.must_be_right()
        return kind(self.text(name))

    def whole(self, name: str) -> int | None:
        """A whole number."""
        number = whole_of(self.text(name))
        if number is None:
            self.problems.note(name, "form.number")
        return number

    def sum(self, name: str) -> int | None:
        """An amount in kronor as people write it ("7 500,50"), in öre."""
        amount = sum_of(self.text(name))
        if amount is None:
            self.problems.note(name, "form.sum")
        return amount

    def day(self, name: str) -> date | None:
        """A day; an empty field is none."""
        return self._read(name, day_of, "form.day")

    def moment(self, name: str) -> datetime | None:
        """A local day and time without an offset; an empty field is none."""
        return self._read(name, local_time_of, "form.moment")

    def shown(self, name: str = "shown") -> int | None:
        """The sum in öre that the page showed beside its button; below zero for what goes back."""
        digits = (text := self.text(name)).removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else None

    def _read(self, name: str, read: Callable[[str], T], problem: str) -> T | None:
        if not self.text(name):
            return None
        try:
            return read(self.text(name))
        except ValueError:
            self.problems.note(name, problem)
            return None


def search_words(typed: str) -> str:
    """What somebody searches for: one line of text that can be read."""
    return "".join(mark for mark in visible(typed[:MOST_SEARCHED]) if mark.isprintable()).strip()
