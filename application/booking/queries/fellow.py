"""Those who take part in a season with somebody, as far as each of them has chosen to be seen (S62)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_oneself


@dataclass(frozen=True)
class Fellow:
    """A participant who is shown to the others, with words of their own; address and telephone where they said so."""

    person_id: UUID
    name: str | None
    organisation: str | None
    words: str | None
    email: str | None
    phone: str | None
    face: str = ""


@dataclass(frozen=True)
class Introduction:
    """What I tell the others of a season; `is_shown`: whether I am shown to them at all."""

    is_shown: bool
    words: str = ""
    shows_email: bool = False
    shows_phone: bool = False


class FellowQuestions(Queries, Protocol):
    """Questions of a participant; whoever holds no seat of the season is told of nobody."""

    @for_oneself(())
    def of_season(self, actor: Actor, season_id: UUID) -> tuple[Fellow, ...]:
        """Who takes part there and has chosen to be seen, by organisation; none where the season does not show them."""

    @for_oneself(nothing=False)
    def sits(self, actor: Actor, season_id: UUID) -> bool:
        """Whether the actor holds a seat there."""

    @for_oneself(Introduction(is_shown=False))
    def mine(self, actor: Actor, season_id: UUID) -> Introduction:
        """What the actor has chosen to tell there."""
