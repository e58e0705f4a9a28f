"""What the API takes about people."""

from __future__ import annotations

from marshmallow import fields

from domain.kernel.eligibility import Ground
from domain.people.admission import JobRole
from domain.people.person_employment import Employment
from web.api.kernel.common_schema import A_SENTENCE, A_TITLE, Body
from web.api.kernel.fields import Choice, Day, Flag, Id, Text


class RegisterPersonBody(Body):
    """Somebody new, or somebody known by the same name and address; with an employer where that is verified."""

    name = Text(A_TITLE, 1, required=True, example="Anna Andersson")
    email = Text(254, load_default="", example="anna@example.org")
    shares_address = Flag(load_default=False)
    organisation_id = Id(optional=True)
    role = fields.Enum(JobRole, by_value=True, load_default=JobRole.SPECIALIST)
    from_on = Day(optional=True)


class CorrectPersonBody(Body):
    """What was written down wrongly or has changed; what is left out or null stays as it is, "" takes it away."""

    name = Text(A_TITLE, 1, optional=True)
    email = Text(254, optional=True, example="anna@example.org")
    phone = Text(40, optional=True, example="070-123 45 67")
    shares_address = Flag(load_default=False)


class MergeBody(Body):
    """The entry that stays."""

    into_id = Id(required=True)


class NeedsBody(Body):
    """What somebody needs to take part; empty: nothing."""

    needs = Text(500, required=True, example="Nötallergi")


class EmployBody(Body):
    """A verified employment from a local day."""

    organisation_id = Id(required=True)
    role = fields.Enum(JobRole, by_value=True, load_default=JobRole.SPECIALIST)
    from_on = Day(required=True)


class EndEmploymentBody(Body):
    """The last local day of an employment."""

    organisation_id = Id(required=True)
    ended_on = Day(required=True)


class EmploymentBody(Body):
    """An employment as it was recorded."""

    makes = Employment
    organisation_id = Id(required=True)
    role = fields.Enum(JobRole, by_value=True, required=True)
    from_on = Day(required=True)
    until_on = Day(optional=True)


class CorrectEmploymentBody(Body):
    """What it was recorded as, and what it was in truth."""

    was = fields.Nested(EmploymentBody, required=True)
    role = fields.Enum(JobRole, by_value=True, required=True)
    from_on = Day(required=True)
    until_on = Day(optional=True)


class WithdrawEmploymentBody(Body):
    """Which employment never was."""

    was = fields.Nested(EmploymentBody, required=True)


class WithdrawAffiliationBody(Body):
    """Which ground, by the day from which it was said to hold."""

    ground = fields.Enum(Ground, by_value=True, required=True)
    from_on = Day(required=True)


class ClaimAffiliationBody(Body):
    """Say to be an alumnus, a customer, a partner."""

    ground = fields.Enum(Ground, by_value=True, required=True)
    note = Text(A_SENTENCE, load_default="")


class VerifyAffiliationBody(Body):
    """From a local day until another (included), or for good."""

    ground = fields.Enum(Ground, by_value=True, required=True)
    from_on = Day(required=True)
    until_on = Day(optional=True)


class DeclineAffiliationBody(Body):
    """No, and why."""

    ground = fields.Enum(Ground, by_value=True, required=True)
    reason = Text(A_SENTENCE, 1, required=True)


class ConfirmEmailBody(Body):
    """The code that was sent, brought back."""

    person_id = Id(required=True)
    code = Text(200, 1, required=True)


class CodeBody(Body):
    """The code of a mailed link."""

    code = Text(200, 1, required=True, example="vXq1-7zPmT0s")


class WithdrawClaimBody(Body):
    """Which claim is taken back."""

    ground = fields.Enum(Ground, by_value=True, required=True)


class ExportQuery(Body):
    """In which language the history is told."""

    language = Choice("sv", "en", load_default="sv")
