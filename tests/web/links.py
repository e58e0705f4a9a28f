"""The links that stand in mails, as somebody reads their mailbox: what each opens, and the codes beside them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from infrastructure.mail.sender import MailSender
from tests.samples import Institute
from tests.scenarios.mailed import SENDER, Mailed, Pigeonhole
from web.wiring.jobs import ways_in

_LINK = re.compile(r"https?://\S+/bookings/[0-9a-f-]{36}/link/\S+")
_PLACE = re.compile(r"https?://\S+/waiting/\S+")
_CODE = re.compile(r"^(\d{3} \d{3})$", re.MULTILINE)


def delivered(institute: Institute) -> list[Mailed]:
    """Every mail that waits, taken to its mailbox."""
    institute.catch_up()
    hole, house = Pigeonhole(), institute.house
    sender = MailSender(house.store, house.box, hole, SENDER, path_for=ways_in(institute.services))
    while sender.turn():
        pass
    return hole.kept


def link_in(mail: Mailed) -> str:
    """The way that a mail opens, without the address of the installation."""
    found = _LINK.search(mail.text)
    assert found is not None, mail.text
    return urlsplit(found[0]).path


def links_to(mails: list[Mailed], address: str) -> list[str]:
    """The ways in that somebody's mails open, in the order of the mails."""
    return [link_in(each) for each in mails if each.to == address and _LINK.search(each.text)]


def places_in(mails: list[Mailed], address: str) -> list[str]:
    """The ways to places on waiting lists and to offers that somebody's mails open, in the order of the mails."""
    found = [way for each in mails if each.to == address for way in _PLACE.findall(each.text)]
    return [urlsplit(each).path for each in found]


def code_in(mail: Mailed) -> str:
    """The code that stands in a mail on a line of its own."""
    found = _CODE.search(mail.text)
    assert found is not None, mail.text
    return found[1]
