"""A person's picture: shown where they speak or lead, when they have agreed to it, and not after."""

from __future__ import annotations

from domain.kernel.errors import BadValue
from domain.kernel.personal import Encrypted
from domain.people.person import Person

SELF, TOLD_US = "self", "told_us"
"""Who says that the person agrees: they themselves, or an admin whom they have told."""


def must_agree(*, is_agreed: bool) -> None:
    """Raises BadValue: nobody's picture is shown whom nobody has asked."""
    if not is_agreed:
        raise BadValue(field="is_agreed", why="must be agreed to")


def show_face(person: Person, digest: str, secret: Encrypted, agreed: str) -> None:
    """This picture from now on. `secret` is what it is kept under. Raises PersonErased."""
    person.must_exist()
    person.record(Person.FaceShown(digest=digest, secret=secret, agreed=agreed))


def hide_face(person: Person) -> None:
    """No picture from now on; none already: nothing changes."""
    if person.face is not None:
        person.record(Person.FaceHidden())
