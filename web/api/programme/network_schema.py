"""What the API takes about networks and who may join."""

from __future__ import annotations

from marshmallow import fields, validate

from domain.kernel.eligibility import Ground, Sector
from domain.people.admission import OPEN, Admission
from domain.programme.network import NetworkKind
from web.api.kernel.common_schema import A_SENTENCE, A_TITLE, Body
from web.api.kernel.fields import Day, Flag, Id, Text

FEW = validate.Length(max=10)


class AdmissionBody(Body):
    """Who may join; `{}` is anyone. One of the grounds is enough, or the employer's sector, perhaps for managers."""

    makes = Admission
    grounds = fields.List(fields.Enum(Ground, by_value=True), load_default=list, validate=FEW)
    sectors = fields.List(fields.Enum(Sector, by_value=True), load_default=list, validate=FEW)
    decided_sectors = fields.List(fields.Enum(Sector, by_value=True), load_default=list, validate=FEW)
    managers_only = Flag(load_default=False)


class FoundNetworkBody(Body):
    """A new standing group."""

    name = Text(A_TITLE, 1, required=True, example="Chefer i offentlig sektor")
    kind = fields.Enum(NetworkKind, by_value=True, load_default=NetworkKind.NETWORK)
    promise = Text(2000, load_default="")
    admission = fields.Nested(AdmissionBody, load_default=OPEN)


class CorrectNetworkBody(Body):
    """What is to be another way; what is left out or null stays as it is."""

    name = Text(A_TITLE, 1, optional=True)
    kind = fields.Enum(NetworkKind, by_value=True, load_default=None, allow_none=True)
    promise = Text(2000, optional=True)
    admission = fields.Nested(AdmissionBody, load_default=None, allow_none=True)


class AskAdmissionBody(Body):
    """Whom it is about: oneself, or anyone for an admin."""

    person_id = Id(required=True)


class DecideAdmissionBody(Body):
    """An admin's decision about one person, with the reason."""

    person_id = Id(required=True)
    is_admitted = Flag(required=True)
    reason = Text(A_SENTENCE, 1, required=True)


class PartnerBody(Body):
    """An organisation that runs it too."""

    organisation_id = Id(required=True)


class CloseNetworkBody(Body):
    """Its last local day."""

    closed_on = Day(required=True)
