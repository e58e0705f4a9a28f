"""Mailings: written, looked at, sent once to those who were shown."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.kernel.page import found
from application.notifications.mailing import (
    MailingPreview,
    MailingRef,
    MailingRow,
    ReworkMailing,
    SendMailing,
    WriteMailing,
)
from domain.mail.mailing import Audience
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.mail.mailing_schema import MailingBody, SendMailingBody

mailings = ApiBlueprint("mailings", "Letters in an organiser's own words to many, each sent once.")
ONE = "/mailings/<uuid:mailing_id>"


@dataclass(frozen=True)
class MailingLooked:
    """To whom it would go, and the first of those letters; null where it would go to nobody."""

    preview: MailingPreview
    subject: str | None
    text: str | None
    html: str | None


@mailings.read("/mailings", Who.ADMIN, tuple[MailingRow, ...])
def list_mailings(call: Call) -> tuple[MailingRow, ...]:
    """The organiser's, latest first, with how many letters have arrived."""
    return call.services.mailings.list(call.actor)


@mailings.write("POST", "/mailings", Who.ADMIN, MailingRef, body=MailingBody, status=201)
def write_mailing(call: Call) -> Written:
    """A new one; nothing is sent."""
    command = WriteMailing(_audience(call), call.body["subject"], call.body["text"])
    return call.execute(call.services.mailings.write, command, "/mailings/{mailing_id}")


@mailings.read(ONE, Who.ADMIN, MailingRow)
def read_mailing(call: Call, mailing_id: UUID) -> MailingRow:
    """One of them."""
    return found(call.services.mailings.one(call.actor, mailing_id), "mailing")


@mailings.write("PUT", ONE, Who.ADMIN, MailingRef, body=MailingBody)
def rework_mailing(call: Call, mailing_id: UUID) -> Written:
    """Other words or other people, before it is sent."""
    command = ReworkMailing(mailing_id, _audience(call), call.body["subject"], call.body["text"])
    return call.execute(call.services.mailings.rework, command)


@mailings.read(f"{ONE}/preview", Who.ADMIN, MailingLooked)
def preview_mailing(call: Call, mailing_id: UUID) -> MailingLooked:
    """To whom it would go now, and one real example."""
    preview = call.services.mailings.preview(call.actor, mailing_id)
    sample = call.services.mailings.example(call.actor, mailing_id)
    if sample is None:
        return MailingLooked(preview, None, None, None)
    return MailingLooked(preview, sample.subject, sample.text, sample.html)


@mailings.write("POST", f"{ONE}/sending", Who.ADMIN, MailingRef, body=SendMailingBody)
def send_mailing(call: Call, mailing_id: UUID) -> Written:
    """To those who were shown and nobody else; `shown` is the token of the preview."""
    return call.execute(call.services.mailings.send, SendMailing(mailing_id, call.body["shown"]))


def _audience(call: Call) -> Audience:
    return Audience(call.body["kind"], call.body["about"])
