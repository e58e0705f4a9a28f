"""What goes with letters on paper: the document that a letter names, as PDF, printed when it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from application.billing.rendering import Papers
from application.kernel.actor import SYSTEM
from application.mail.letters import ENCLOSED, Attachment


@dataclass(frozen=True)
class PrintedEnclosures:
    """`application.mail.letters.Enclosures`."""

    papers: Papers

    def of(self, facts: Mapping[str, str]) -> tuple[Attachment, ...]:
        """What goes with a letter of these facts. Raises NotFound."""
        if ENCLOSED not in facts:
            return ()
        printed = self.papers.pdf(SYSTEM, UUID(facts[ENCLOSED]))
        return (Attachment(printed.name, "application/pdf", printed.content),)
