"""An example of every body the API takes, for its description."""

from __future__ import annotations

from typing import Any

PERSON = "0b6f0c5e-8f3e-4d3c-9a51-0c6f6f1f7a01"
ORGANISATION = "0d6d1bd1-5c52-4f0c-8d3a-3b2a0a8f6d11"
SEASON = "6b2f7f0a-3a59-4c3c-9a35-7f6a5c0f3f10"
GOODS = "7c1a9d4e-2b6f-4a80-8b11-5e2d3c4b5a69"
INVOICE = "9f5c4b3e-2d1a-4f0e-b8c7-0a9f8e7d6c5b"
NETWORK = "8e4b3a2d-1c0f-4e9d-a7b6-9f8e7d6c5b4a"
LOGO = (
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAGUlEQVR4nGNQSFjwnxLMMGrAqAGjBgwXAwDOEx8fFguqUQAAAABJRU5ErkJggg=="
)
PHOTO = (
    "iVBORw0KGgoAAAANSUhEUgAAAHAAAABwAQMAAAD8LmYIAAAAA1BMVEUAAACnej3aAAAAFklEQVR42mNgGAWjYBSMglEwCgYeAAAGkAAB8Q2GVg"
    "AAAABJRU5ErkJggg=="
)

_GRETA = {"name": "Greta", "email": "greta@example.org"}
_REASON = {"reason": "Efter samtal med arbetsgivaren"}
_BOOKING = {
    "season_id": SEASON,
    "participants": [{"name": "Anna Andersson", "email": "anna@example.org"}, {}],
    "organisation_id": ORGANISATION,
    "reference": "Kst 4711",
}
_PURCHASE = {"goods_id": GOODS, "quantity": 1, "address": "Storgatan 1", **_GRETA}
_TRANSFER = {"seat": 1, "to": _GRETA, **_REASON}
_WAS = {"organisation_id": ORGANISATION, "role": "specialist", "from_on": "2020-01-01"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "found_organiser": {"name": "Nya", "slug": "nya", "org_number": "556999-0004"},
    "correct_organiser": {"name": "Institutet", "org_number": "556036-0793"},
    "give_payment_details": {"address": "Storgatan 1", "bankgiro": "991-2346"},
    "arrange_invoicing": {"is_f_tax": True, "contact": "Ekonomi", "email": "ekonomi@example.org"},
    "allow_sites": {"sites": ["https://www.example.org"]},
    "choose_accent": {"hue": 255},
    "choose_image": {"use": "season", "content": PHOTO, "alt": "Sju personer runt ett långt bord vid ett fönster."},
    "remove_image": {"use": "season"},
    "show_face": {"content": PHOTO, "is_agreed": True},
    "choose_logo": {"content": LOGO},
    "choose_guard": {"guard": "second_person"},
    "appoint_staff": {"person_id": PERSON, "role": "admin"},
    "register": {"name": "Greta", "email": "greta@example.org", "address": "Storgatan 1"},
    "confirm_email": {"person_id": PERSON, "code": "vXq1-7zPmT0s"},
    "confirm_registration": {"code": "vXq1-7zPmT0s"},
    "confirm_order": {"code": "vXq1-7zPmT0s"},
    "agree_registration_rules": {"hold_minutes": 60, "seats_of_address": 10, "seats_from_place": 100, "share": 50},
    "purchase_as_anyone": _PURCHASE,
    "register_person": {"name": "Greta", "email": "greta@example.org"},
    "correct_person": {"name": "Greta Garbo"},
    "merge_people": {"into_id": PERSON},
    "employ": {"organisation_id": ORGANISATION, "from_on": "2026-01-01"},
    "end_employment": {"organisation_id": ORGANISATION, "ended_on": "2026-08-31"},
    "correct_employment": {"was": _WAS, "role": "manager", "from_on": "2020-01-01"},
    "withdraw_employment": {"was": _WAS},
    "withdraw_affiliation": {"ground": "alumnus", "from_on": "2026-01-01"},
    "claim_affiliation": {"ground": "alumnus"},
    "tell_needs": {"needs": "Nötallergi"},
    "verify_affiliation": {"ground": "alumnus", "from_on": "2026-01-01"},
    "decline_affiliation": {"ground": "customer", "reason": "Efter samtal med arbetsgivaren"},
    "withdraw_claim": {"ground": "alumnus"},
    "register_organisation": {"name": "Ny AB", "org_number": "556036-0793"},
    "correct_organisation": {"name": "Acme Sverige AB", "renamed_on": "2026-08-01"},
    "give_billing_details": {"address": "Storgatan 1"},
    "verify_domain": {"domain": "acme.example"},
    "appoint_contact": {"person_id": PERSON},
    "grant_membership": {"holder_id": ORGANISATION, "from_on": "2029-01-01"},
    "renew_membership": {"from_on": "2028-01-01", "until_on": "2028-12-31"},
    "end_membership": {"ended_on": "2027-06-30"},
    "correct_period": {"was_from_on": "2026-01-01", "from_on": "2026-02-01", "reason": "Fel dag"},
    "withdraw_period": {"from_on": "2026-01-01", "reason": "Fel organisation"},
    "found_network": {"name": "Nätverket"},
    "correct_network": {"name": "Nätverket för chefer", "kind": "theme"},
    "ask_admission": {"person_id": PERSON},
    "decide_admission": {"person_id": PERSON, "is_admitted": True, "reason": "Efter samtal med arbetsgivaren"},
    "join_partner": {"organisation_id": ORGANISATION},
    "close_network": {"closed_on": "2027-12-31"},
    "plan_season": {"network_id": NETWORK, "title": "Nästa", "seats": 10},
    "copy_season": {"title": "Nästa igen", "days": 364},
    "preview_first_refusal": {"earlier_season_id": SEASON, "until_on": "2027-08-15"},
    "offer_first_refusal": {"earlier_season_id": SEASON, "until_on": "2027-08-15", "shown": 20},
    "decline_first_refusal": {"person_id": PERSON},
    "correct_season": {"title": "Säsongen", "promise": "Fem förmiddagar."},
    "name_leaders": {"leaders": [PERSON]},
    "agree_prices": {"prices": [{"amount": 1200000}]},
    "agree_terms": {"tiers": [{"kept": 10000}]},
    "publish_material": {"title": "Mer", "url": "https://example.org/mer"},
    "replace_material": {"title": "Mer", "url": "https://example.org/mer-igen", "readers": "everyone"},
    "open_booking": {},
    "add_seats": {"seats": 3},
    "call_off_season": _REASON,
    "plan_meeting": {
        "title": "Tredje",
        "time": {"kind": "scheduled", "start": "2027-04-20T09:00", "end": "2027-04-20T16:00"},
        "place": {"venue": "Salongen", "address": "Vindgränd 4", "town": "Stockholm"},
    },
    "schedule_meeting": {"time": {"kind": "scheduled", "start": "2027-04-20T09:00", "end": "2027-04-20T16:00"}},
    "postpone_meeting": _REASON,
    "call_off_meeting": _REASON,
    "hold_meeting": {"held_on": "2027-03-20"},
    "retitle_meeting": {"title": "Tredje träffen"},
    "publish_programme": {"items": [{"start": "2027-03-20T09:00", "end": "2027-03-20T10:00", "title": "Start"}]},
    "join_waiting_list": {"seats": 1, "person_id": PERSON},
    "make_booking": _BOOKING,
    "preview_booking": _BOOKING,
    "name_participant": {"seat": 2, "participant": {"name": "Greta", "email": "greta@example.org"}},
    "preview_cancellation": {"seats": [1]},
    "request_cancellation": {"seats": [1]},
    "waive_cancellation": _REASON,
    "decline_cancellation": _REASON,
    "preview_transfer": _TRANSFER,
    "propose_transfer": _TRANSFER,
    "accept_transfer": {"reference": "Kst 4711"},
    "decline_transfer": _REASON,
    "preview_bank_file": {"content": "RGF0dW07QmVsb3BwDQoyMDI2LTEyLTE1OzEwMCwwMA0K"},
    "take_in_bank_file": {"content": "RGF0dW07QmVsb3BwDQoyMDI2LTEyLTE1OzEwMCwwMA0K"},
    "allot_payment": {"parts": [{"invoice_id": INVOICE, "amount": 100}]},
    "return_payment": {"amount": 100, "reference": "UT 1", "returned_on": "2026-12-20"},
    "record_refund": {"amount": 100, "reference": "UT 1", "refunded_on": "2026-12-20"},
    "set_off": {"to_invoice_id": INVOICE},
    "write_off": {"reason": "Konkurs"},
    "hold_seats": {
        "participants": [{"name": "Greta", "email": "greta@example.org"}],
        "paid_url": "https://plats.example/holds/{hold}?paid=yes",
        "back_url": "https://plats.example/holds/{hold}",
    },
    "pay_for_hold": {"paid_url": "https://plats.example/paid", "back_url": "https://plats.example/back"},
    "pay_by_card": {"paid_url": "https://plats.example/paid", "back_url": "https://plats.example/back"},
    "agree_payment_rules": {"reminder_days": [3, 13], "reminder_fee": 6000},
    "preview_credit": {"parts": [{"line": 1, "net": 100}]},
    "credit_invoice": {"reason": "Prisavdrag", "parts": [{"line": 1, "net": 100}]},
    "record_payment": {"amount": 100, "reference": "BG 1", "received_on": "2026-10-01"},
    "choose_accounts": {"accounts": [{"key": "revenue_2500", "number": 3041}]},
    "export_period": {"from_on": "2026-09-01", "until_on": "2026-09-30"},
    "offer_goods": {"title": "Boken två", "price": {"amount": 100}, "postage": {"amount": 0}},
    "correct_goods": {"title": "Boken tre", "price": {"amount": 200}},
    "make_purchase": _PURCHASE,
    "correct_purchase_address": {"address": "Storgatan 11"},
    "dispatch_purchase": {"dispatched_on": "2026-10-01"},
    "make_token": {"name": "en till", "roles": ["admin"], "days": 90},
}
