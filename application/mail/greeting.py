"""By which name a letter speaks of somebody."""

from __future__ import annotations

import re

from application.kernel.ports import UnitOfWork
from domain.people.person import Person

_NAME = re.compile(r"(?=.{1,60}$)[^\W\d_]+(?:(?:[ '’-]|\. ?)[^\W\d_]+){0,5}\.?")
"""What names somebody whose address is not confirmed: up to six words of letters, so no address or number."""


def greeted(work: UnitOfWork, person: Person) -> str:
    """The name of a person; none, as long as a stranger may have typed something else for it."""
    name = work.decrypt(person.name) or ""
    return name if person.is_email_confirmed or _NAME.fullmatch(name) else ""
