"""A body that each operation takes, of ids of one organiser: what a call needs to get as far as the use case."""

from __future__ import annotations

from typing import Any

DAY = {"kind": "scheduled", "start": "2027-04-20T09:00", "end": "2027-04-20T16:00"}
PRICES = [{"amount": 1_200_000}]
SOMEBODY = {"name": "Greta", "email": "greta@example.org"}
WHY = {"reason": "Det räcker"}


def body_for(operation: str, ids: dict[str, str]) -> Any:
    """The body of an operation; None for one without. Raises KeyError for an operation that nobody has thought of."""
    person = {"person_id": ids["person_id"]}
    work = {"organisation_id": ids["organisation_id"]}
    booking = {"season_id": ids["season_id"], "participants": [SOMEBODY], **work}
    purchase = {"goods_id": ids["goods_id"], "quantity": 1, "address": "Storgatan 1", **SOMEBODY}
    bodies: dict[str, Any] = {
        "found_organiser": {"name": "Nya", "slug": "nya", "org_number": "556999-0004"},
        "give_payment_details": {"address": "Storgatan 1", "bankgiro": "991-2346"},
        "appoint_staff": {**person, "role": "admin"},
        "register": {**SOMEBODY, "address": "Storgatan 1"},
        "confirm_email": {**person, "code": "fel kod"},
        "purchase_as_anyone": purchase,
        "register_person": SOMEBODY,
        "employ": {**work, "from_on": "2026-01-01"},
        "end_employment": {**work, "ended_on": "2026-08-31"},
        "claim_affiliation": {"ground": "alumnus"},
        "verify_affiliation": {"ground": "alumnus", "from_on": "2026-01-01"},
        "decline_affiliation": {"ground": "customer", **WHY},
        "register_organisation": {"name": "Ny AB", "org_number": "556036-0793"},
        "give_billing_details": {"address": "Storgatan 1"},
        "verify_domain": {"domain": "acme.example"},
        "appoint_contact": person,
        "grant_membership": {"holder_id": ids["organisation_id"], "from_on": "2029-01-01"},
        "renew_membership": {"from_on": "2028-01-01", "until_on": "2028-12-31"},
        "end_membership": {"ended_on": "2027-06-30"},
        "found_network": {"name": "Nätverket"},
        "decide_admission": {**person, "is_admitted": True, **WHY},
        "join_partner": work,
        "close_network": {"closed_on": "2027-12-31"},
        "plan_season": {"network_id": ids["network_id"], "title": "Nästa", "seats": 10},
        "plan_meeting": {"title": "Tredje", "time": DAY},
        "schedule_meeting": {"time": DAY},
        "postpone_meeting": WHY,
        "call_off_meeting": WHY,
        "hold_meeting": {"held_on": "2027-03-20"},
        "publish_programme": {"items": [{"start": "2027-03-20T09:00", "end": "2027-03-20T10:00", "title": "Start"}]},
        "name_leaders": {"leaders": [ids["person_id"]]},
        "agree_prices": {"prices": PRICES},
        "agree_terms": {"tiers": [{"kept": 10_000}]},
        "publish_material": {"title": "Mer", "url": "https://example.org/mer"},
        "open_booking": {},
        "add_seats": {"seats": 3},
        "call_off_season": WHY,
        "join_waiting_list": {"seats": 1, **person},
        "make_booking": booking,
        "preview_booking": booking,
        "name_participant": {"seat": 2, "participant": SOMEBODY},
        "preview_cancellation": {"seats": [1]},
        "request_cancellation": {"seats": [1]},
        "waive_cancellation": WHY,
        "decline_cancellation": WHY,
        "preview_transfer": {"seat": 1, "to": SOMEBODY, **WHY},
        "propose_transfer": {"seat": 1, "to": SOMEBODY, **WHY},
        "decline_transfer": WHY,
        "record_payment": {"amount": 100, "reference": "BG 1", "received_on": "2026-10-01"},
        "offer_goods": {"title": "Boken två", "price": {"amount": 100}, "postage": {"amount": 0}},
        "make_purchase": purchase,
        "dispatch_purchase": {"dispatched_on": "2026-10-01"},
        "make_token": {"name": "en till", "roles": ["finance"]},
    }
    without = {
        "dismiss_staff", "erase_person", "dismiss_contact", "close_booking", "leave_waiting_list", "grant_cancellation",
        "withdraw_cancellation", "accept_transfer", "withdraw_goods", "revoke_token",
    }  # fmt: skip
    return None if operation in without else bodies[operation]
