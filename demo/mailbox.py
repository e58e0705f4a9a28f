"""The mailbox of the trials' strangers: the link in the newest letter to an address, as soon as it has been written."""

from __future__ import annotations

import re
import time
from uuid import UUID

from application.mail.letter_desk import LetterFilter, MailOutbox
from demo.checks.client import TIMEOUT, Unexpected
from demo.checks.counter import Mail

_LINK = re.compile(r"/((?:registrations|orders)/[0-9a-f-]{36})/(\S+)")
_PAUSE = 0.1


def reads_mail(box: MailOutbox) -> Mail:
    """Reads letters where they lie, so that it does not matter how they are sent."""
    seen: set[str] = set()

    def newest(organiser_id: UUID, email: str) -> tuple[str, str]:
        until = time.monotonic() + TIMEOUT
        while time.monotonic() < until:
            for row in box.list(organiser_id, LetterFilter(), 50):
                words = box.words(row.letter_id) if row.to == email else None
                link = _LINK.search(words[1]) if words else None
                if link is not None and link[1] not in seen:
                    seen.add(link[1])
                    return link[1], link[2]
            time.sleep(_PAUSE)
        raise Unexpected(f"no letter came to {email}")

    return newest
