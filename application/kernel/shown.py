"""How things stand that a page or an answer shows, as the token that comes back with the act."""

from __future__ import annotations

from dataclasses import dataclass

from application.kernel.command import dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.seen import Facts, token_of
from application.kernel.use_case import UseCases


@dataclass(frozen=True)
class TokenNow:
    """A token, and how far the log had come in what it stands for."""

    token: str
    position: int


class Shown(UseCases):
    """Tell the token."""

    @dry_run
    def token(self, work: UnitOfWork, facts: Facts) -> TokenNow:
        """The token of facts as they are now. Raises NotFound where there is nothing to show."""
        token = token_of(facts(work))
        return TokenNow(token, work.position)
