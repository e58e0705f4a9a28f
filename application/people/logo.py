"""Logos: what an organiser's documents and pages are headed by; documents keep the one they were issued with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from application.kernel.actor import Actor, Role
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from application.people.organiser import OrganiserRef
from domain.kernel.ids import OrganiserId
from domain.people.logo import Logo, logo_of
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class ChooseLogo:
    """The picture (a PNG file) from now on; nothing: the name in letters again."""

    organiser_id: OrganiserId
    content: bytes


class Logos(Protocol):
    """Where pictures are kept, by their name."""

    def keep(self, logo: Logo) -> None:
        """Put a picture there; one that is there stays."""

    def find(self, digest: str) -> bytes | None:
        """The picture of that name."""


class LogoDesk(UseCases):
    """Choose."""

    def __init__(self, decisions: Decisions, logos: Logos) -> None:
        super().__init__(decisions)
        self._logos = logos

    def choose(self, actor: Actor, command: ChooseLogo, key: str | None = None) -> Committed[OrganiserRef]:
        """From now on. The picture is kept first, so that no event names one that is not there. Raises NotALogo."""
        actor.must_be(organiser_of(actor), Role.ADMIN, Role.FINANCE)
        logo = logo_of(command.content) if command.content else None
        if logo is not None:
            self._logos.keep(logo)
        digest = logo.digest if logo else ""

        def decide(work: UnitOfWork) -> OrganiserRef:
            load_for(work, Organiser, command.organiser_id).choose_logo(digest)
            return OrganiserRef(command.organiser_id)

        return self._record(actor, ("logo", command.organiser_id, digest), OrganiserRef, decide, key)

    def picture(self, digest: str) -> bytes | None:
        """The PNG of that name."""
        return self._logos.find(digest)
