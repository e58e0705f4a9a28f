"""What the API takes about applications."""

from __future__ import annotations

from marshmallow import fields

from domain.kernel.eligibility import Ground
from domain.people.admission import JobRole
from web.api.kernel.common_schema import A_SENTENCE, A_TITLE, AN_ADDRESS, Body
from web.api.kernel.fields import Day, Flag, Id, Text


class ApplyBody(Body):
    """Who applies (name and e-mail of somebody without a token), where they work, and which ground they claim."""

    employer = Text(A_TITLE, 1, required=True, example="Kommunen K")
    role = fields.Enum(JobRole, by_value=True, load_default=JobRole.SPECIALIST)
    ground = fields.Enum(Ground, by_value=True, load_default=None, allow_none=True)
    note = Text(A_SENTENCE, load_default="")
    name = Text(A_TITLE, load_default="", example="Anna Andersson")
    email = Text(254, load_default="", example="anna@example.org")
    org_number = Text(13, load_default="")
    address = Text(AN_ADDRESS, load_default="", example="Storgatan 1, 111 22 Stockholm")
    reference = Text(100, load_default="")
    organisation_id = Id(optional=True, about="Who pays, where the one with the token acts for it.")


class ApproveBody(Body):
    """Yes, and why. `with_ground`: the ground that is claimed is right, until a last local day or for good."""

    reason = Text(A_SENTENCE, 1, required=True)
    with_ground = Flag(load_default=True)
    until_on = Day(optional=True)


class RejectBody(Body):
    """No, and why; the reason is told."""

    reason = Text(A_SENTENCE, 1, required=True)
