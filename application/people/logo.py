"""Logos: what an organiser's documents and pages are headed by; documents keep the one they were issued with."""

from __future__ import annotations

from dataclasses import dataclass

from application.kernel.actor import Actor, Role
from application.kernel.image import ImageShelf, Made
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from application.people.organiser import OrganiserRef
from domain.kernel.ids import OrganiserId
from domain.kernel.image import Image
from domain.people.logo import logo_of
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class ChooseLogo:
    """The picture (a PNG file) from now on; nothing: the name in letters again."""

    organiser_id: OrganiserId
    content: bytes


class LogoDesk(UseCases):
    """Choose."""

    def __init__(self, decisions: Decisions, shelf: ImageShelf) -> None:
        super().__init__(decisions)
        self._shelf = shelf

    def choose(self, actor: Actor, command: ChooseLogo, key: str | None = None) -> Committed[OrganiserRef]:
        """From now on. The picture is kept first, so that no event names one that is not there. Raises NotALogo."""
        actor.must_be(organiser_of(actor), Role.ADMIN, Role.FINANCE)
        logo = logo_of(command.content) if command.content else None
        if logo is not None:
            image = Image(logo.digest, logo.width, logo.height)
            self._shelf.keep(Made(image, {logo.width: logo.content}, "image/png"))
        digest = logo.digest if logo else ""

        def decide(work: UnitOfWork) -> OrganiserRef:
            load_for(work, Organiser, command.organiser_id).choose_logo(digest)
            return OrganiserRef(command.organiser_id)

        return self._record(actor, ("logo", command.organiser_id, digest), OrganiserRef, decide, key)

    def picture(self, digest: str) -> bytes | None:
        """The PNG of that name."""
        return self._shelf.find(digest)
