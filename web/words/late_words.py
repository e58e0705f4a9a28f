"""What an invoice says of paying it late: the interest and the reminder fee that may be asked, and no others."""

from __future__ import annotations

from domain.kernel.documents import LateTerms
from web.words.formats import money, share
from web.words.language import Say


def late_sentences(late: LateTerms, currency: str, say: Say) -> list[str]:
    """One sentence each; none where nothing was agreed."""
    if not late.warns:
        return []
    by_law = late.interest is None
    told = [
        say("paper.late_by_law") if by_law else say("paper.late_agreed", rate=share(late.interest or 0, say.language))
    ]
    if late.reminder_fee:
        told.append(say("paper.late_fee", fee=money(late.reminder_fee, currency, say.language)))
    return told
