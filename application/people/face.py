"""Pictures of people: shown and hidden by themselves or by an admin, and unreadable once they are hidden or erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.command import self_or_admin
from application.kernel.image import ImageMaker, ImageShelf, Made
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from domain.kernel.ids import PersonId
from domain.people.face import SELF, TOLD_US, hide_face, must_agree, show_face
from domain.people.person import Person


@dataclass(frozen=True)
class ShowFace:
    """A picture (a JPEG, PNG or WebP file) that the person has agreed to."""

    person_id: PersonId
    content: bytes
    is_agreed: bool


@dataclass(frozen=True)
class HideFace:
    """No picture any longer."""

    person_id: PersonId


@dataclass(frozen=True)
class FaceRef:
    """Whose it is, and the name of the picture that is shown ("": none)."""

    person_id: PersonId
    face: str = ""


class FacesKnown(Protocol):
    """Knows under which secret a picture is kept."""

    def face_secret(self, organiser_id: UUID, digest: str) -> str | None:
        """Of a picture that somebody of the organiser shows now; None where nobody does."""


class Faces(UseCases):
    """Show, hide."""

    def __init__(
        self,
        decisions: Decisions,
        maker: ImageMaker,
        shelf: ImageShelf,
        known: FacesKnown,
        new_secret: Callable[[], str],
    ) -> None:
        super().__init__(decisions)
        self._maker, self._shelf, self._known, self._new_secret = maker, shelf, known, new_secret

    def show(self, actor: Actor, command: ShowFace, key: str | None = None) -> Committed[FaceRef]:
        """From now on. Raises NotAllowed, NotAnImage, ImageTooLarge, PersonErased, BadValue where nobody has agreed."""
        self_or_admin(actor, command)
        must_agree(is_agreed=command.is_agreed)
        self._decisions.dry_run(actor, lambda work: load_for(work, Person, command.person_id).must_exist())
        secret = self._new_secret()
        made = _named_apart(self._maker.face(command.content), secret)
        self._shelf.keep(made, command.person_id, secret)
        agreed = SELF if actor.person_id == command.person_id else TOLD_US

        def decide(work: UnitOfWork) -> FaceRef:
            person = load_for(work, Person, command.person_id)
            drop_face(work, person)
            show_face(person, made.image.digest, work.encrypt(work.new_id(), "face", secret), agreed)
            return FaceRef(command.person_id, made.image.digest)

        named = ("face", command.person_id, sha256(command.content).hexdigest())
        return self._tidied(self._record(actor, named, FaceRef, decide, key))

    def hide(self, actor: Actor, command: HideFace, key: str | None = None) -> Committed[FaceRef]:
        """Nobody can read it any longer, in no backup either once keys have been changed."""
        self_or_admin(actor, command)

        def decide(work: UnitOfWork) -> FaceRef:
            person = load_for(work, Person, command.person_id)
            drop_face(work, person)
            hide_face(person)
            return FaceRef(command.person_id)

        return self._tidied(self._record(actor, command, FaceRef, decide, key))

    def forget(self, person_id: PersonId) -> None:
        """Throw away what is kept of somebody erased; nobody can read it any longer as it is."""
        self._shelf.drop(person_id)

    def picture(self, organiser_id: UUID, digest: str, width: int) -> bytes | None:
        """A copy of a picture that somebody of the organiser shows now."""
        secret = self._known.face_secret(organiser_id, digest)
        return self._shelf.find(digest, width, secret) if secret else None

    def _tidied(self, recorded: Committed[FaceRef]) -> Committed[FaceRef]:
        self._shelf.drop(recorded.answer.person_id, but=recorded.answer.face)
        return recorded


def drop_face(work: UnitOfWork, person: Person) -> None:
    """Destroy the key to the picture that is shown now, if there is one."""
    if person.face is not None:
        work.destroy_key(person.face.subject)


def _named_apart(made: Made, secret: str) -> Made:
    """Under a name of its own: the same file of two people is kept twice, and each goes with its person."""
    name = sha256(f"{made.image.digest}/{secret}".encode()).hexdigest()
    return replace(made, image=replace(made.image, digest=name))
