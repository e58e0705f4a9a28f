"""Tables of people, organisations with their contacts and earlier names, memberships, and the order of names."""

from __future__ import annotations

from infrastructure.read_models.kernel.table import Table

HAS_CLAIMED = """affiliations @> '[["claimed"]]'"""
"""Somebody says to be what nobody has verified yet."""

PERSON = Table(
    "people",
    "person",
    {
        "person_id": "uuid",
        "organiser_id": "uuid",
        "name": "bytea",
        "email": "bytea",
        "is_email_confirmed": "boolean",
        "is_erased": "boolean",
        "employments": "jsonb",
        "affiliations": "jsonb",
        "erasure_requested_at": "timestamptz",
        "position": "bigint",
        "needs": "bytea",
        "phone": "bytea",
        "asked_email": "bytea",
        "merged_into": "uuid",
        "face": "text",
        "face_secret": "bytea",
    },
    key=("person_id",),
    indexes=(
        "using gin (employments jsonb_path_ops)",
        "(organiser_id, position)",
        "(organiser_id) where erasure_requested_at is not null",
        f"(organiser_id) where {HAS_CLAIMED}",
        "(organiser_id, face) where face <> ''",
    ),
)
ORGANISATION = Table(
    "people",
    "organisation",
    {
        "organisation_id": "uuid",
        "organiser_id": "uuid",
        "name": "text",
        "sort_key": 'text collate "C"',
        "org_number": "text",
        "sector": "text",
        "address": "text",
        "vat_number": "text",
        "peppol_id": "text",
        "needs_reference": "boolean",
        "domains": "jsonb",
        "country": "text",
        "language": "text",
        "is_collective": "boolean",
        "invoice_email": "bytea",
    },
    key=("organisation_id",),
    indexes=("(organiser_id, sort_key, organisation_id)",),
)
CONTACT = Table(
    "people",
    "contact",
    {"organisation_id": "uuid", "person_id": "uuid", "position": "bigint"},
    key=("organisation_id", "person_id"),
    indexes=("(person_id)",),
)
MEMBERSHIP = Table(
    "people",
    "membership",
    {
        "membership_id": "uuid",
        "organiser_id": "uuid",
        "holder_id": "uuid",
        "ground": "text",
        "persons": "bigint",
        "above": "jsonb",
        "periods": "jsonb",
        "position": "bigint",
    },
    key=("membership_id",),
    indexes=("(organiser_id, position)", "(holder_id)"),
)
EARLIER_NAME = Table(
    "people",
    "earlier_name",
    {"organisation_id": "uuid", "before": "date", "name": "text", "sort_key": 'text collate "C"'},
    key=("organisation_id", "before"),
)
"""What an organisation was called before a local day on which it took another name."""

KNOWN_AS = Table(
    "people",
    "known_as",
    {"person_id": "uuid", "same_id": "uuid"},
    key=("person_id", "same_id"),
)
"""All ids that a person goes by, under each of them: their own, and those of entries that have been merged."""

SHELF = Table(
    "people",
    "shelf",
    {"organiser_id": "uuid", "shelf_id": "uuid", "epoch": "bigint", "people": "bytea storage external"},
    key=("organiser_id", "shelf_id"),
)
"""Some of an organiser's people in the order of their names, sealed (`shelf`)."""

SHELF_LIST = Table(
    "people", "shelf_list", {"organiser_id": "uuid", "epoch": "bigint", "shelves": "bytea"}, key=("organiser_id",)
)
"""Which shelves an organiser has, in order, sealed."""
