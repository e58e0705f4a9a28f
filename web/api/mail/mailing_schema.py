"""What the API takes about mailings."""

from __future__ import annotations

from marshmallow import fields

from domain.mail.mailing import AudienceKind
from domain.mail.placeholders import LONGEST
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Id, Text


class MailingBody(Body):
    """To whom (of which season, network or organisation), and in which words."""

    kind = fields.Enum(AudienceKind, by_value=True, required=True)
    about = Id(required=True)
    subject = Text(120, 1, required=True)
    text = Text(LONGEST, 1, required=True, about="Paragraphs; {name}, {organiser}, {season}, {next_meeting}.")


class SendMailingBody(Body):
    """What was shown."""

    shown = Text(60, 1, required=True)
