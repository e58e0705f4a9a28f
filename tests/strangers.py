"""Strangers in stories: they register, order or wait, read their mail, and press the button."""

from __future__ import annotations

import re
from uuid import UUID

from application.automation.unconfirmed_jobs import UNCONFIRMED
from application.booking.order import OrderConfirmed
from application.booking.purchase import MakePurchase
from application.booking.registration import Register, RegistrationConfirmed
from application.booking.unconfirmed import MailedLink
from application.kernel.actor import stranger
from application.kernel.due_job import DueJob
from application.mail.letter_desk import LetterFilter
from tests.samples import Institute

_LINK = re.compile(r"/(registrations|orders|applications|queue-requests|opening-requests)/([0-9a-f-]{36})/(\S+)")


def links_of(institute: Institute, address: str) -> list[tuple[UUID, str]]:
    """What stands in the confirmation letters to an address, latest first: of what, and the code."""
    institute.catch_up()
    box = institute.house.box
    found = [
        box.words(row.letter_id) for row in box.list(institute.organiser, LetterFilter(), 500) if row.to == address
    ]
    links = [_LINK.search(words[1]) for words in found if words is not None]
    return [(UUID(link[2]), link[3]) for link in links if link is not None]


def tidy(institute: Institute) -> None:
    """What the worker does about registrations and orders whose time is over."""
    institute.catch_up()
    for each in institute.house.worker.jobs.jobs:
        if isinstance(each, DueJob) and each.name == UNCONFIRMED:
            while each.turn():
                institute.catch_up()


def mailed(institute: Institute, address: str) -> MailedLink:
    """The link of the latest registration with an address."""
    return MailedLink(*links_of(institute, address)[0])


def confirm(institute: Institute, address: str) -> RegistrationConfirmed:
    """Whoever reads that mailbox confirms the latest registration."""
    link = mailed(institute, address)
    return institute.services.registrations.confirm(stranger(institute.organiser), link).answer


def register(institute: Institute, command: Register) -> RegistrationConfirmed:
    """Somebody nobody knows registers and confirms."""
    institute.services.registrations.register(stranger(institute.organiser), command)
    return confirm(institute, command.email.strip().lower())


def order(institute: Institute, command: MakePurchase) -> OrderConfirmed:
    """Somebody nobody knows orders goods and confirms."""
    nobody, orders = stranger(institute.organiser), institute.services.orders
    orders.place(nobody, command)
    return orders.confirm(nobody, MailedLink(*links_of(institute, command.email)[0])).answer
