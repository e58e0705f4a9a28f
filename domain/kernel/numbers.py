"""Numbers that others have given, normalised or refused at their field: of organisations, VAT, accounts, addresses.

The rule of each country's numbers is python-stdnum's; where it knows none, the number is kept as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from stdnum import bic, ean, iban, luhn
from stdnum.de import leitweg
from stdnum.dk import cvr
from stdnum.ee import registrikood
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus
from stdnum.gb import vat as gb_vat
from stdnum.no import orgnr
from stdnum.util import get_cc_module

from domain.kernel.errors import BadValue
from domain.kernel.text import clean_line, country_of

_PEPPOL = re.compile(r"[0-9]{4}:[A-Za-z0-9][A-Za-z0-9.:\-]{0,49}")
_MARKS = re.compile(r"[\s./\-\u2010-\u2015\u2212]")
"""What people set between figures: also the dashes and spaces of what is copied from a document."""
_EU = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"
"""Prefixes of VAT numbers within the Union's VAT area: Greece writes EL, Northern Ireland XI."""


class _Rule(Protocol):
    def validate(self, number: str) -> str: ...


_ORGANISATIONS: Mapping[str, _Rule] = {"NO": orgnr, "DK": cvr, "FI": ytunnus, "EE": registrikood}
"""Countries with one number for every organisation. Germany has none: its register's numbers are local (HRB 12345)."""


def org_number_of(value: str) -> str:
    """A Swedish organisation number as ten digits. Raises BadValue unless its check digit is right (Luhn)."""
    digits = _MARKS.sub("", value)
    if not _is_of_digits(digits, 10):
        raise BadValue(field="org_number", why="an organisation number has ten digits")
    if not luhn.is_valid(digits):
        raise BadValue(field="org_number", why="the check digit is wrong")
    return digits


def org_number_in(country: str, value: str) -> str:
    """A number of an organisation as its country writes it, checked where its country has one rule. Raises BadValue."""
    if country_of(country) == "SE":
        return org_number_of(value)
    text = clean_line("org_number", value, 30)
    rule = _ORGANISATIONS.get(country)
    if rule is None:
        return text
    try:
        return rule.validate(_MARKS.sub("", text).upper().removeprefix(country).removesuffix("MVA"))
    except ValidationError:
        raise BadValue(field="org_number", why="is no organisation number of that country") from None


def vat_number_in(country: str, value: str) -> str:
    """A VAT number with its country before it (BR-CO-09); none is none. Raises BadValue where it cannot be one.

    A number without a prefix is one of the country; a Swedish one has 14 characters (SE-R-001), a Norwegian one ends
    with MVA (NO-R-001). Somebody may be registered for VAT in another country than their own.
    """
    text = _MARKS.sub("", clean_line("vat_number", value, 30, may_be_empty=True)).upper()
    if not text:
        return ""
    prefix = text[:2] if text[:2].isalpha() else ""
    if prefix and prefix not in (*_EU.split(), "GR", "NO", "GB", "CH", country):
        prefix = ""
    own = prefix or country
    return _vat_number("EL" if own == "GR" else own, text.removeprefix(prefix))


def _vat_number(prefix: str, rest: str) -> str:
    if prefix == "NO":
        rest = rest.removesuffix("MVA") + "MVA"
    if prefix == "SE" and not (_is_of_digits(rest, 12) and rest.endswith("01")):
        raise BadValue(field="vat_number", why="a Swedish VAT number is SE, ten digits and 01")
    rule = gb_vat if prefix == "XI" else get_cc_module(prefix.lower(), "vat")
    if rule is not None and not (rule.is_valid(rest) or rule.is_valid(prefix + rest)):
        raise BadValue(field="vat_number", why="is no VAT number of that country")
    return prefix + rest


def is_in_eu(vat_number: str) -> bool:
    """Whether a VAT number is one of a country in the Union's VAT area."""
    return vat_number[:2] in _EU.split()


def bankgiro_of(value: str) -> str:
    """A bankgiro number as it is written (991-2346, 5050-1055); none is none. Raises BadValue."""
    digits = _giro("bankgiro", value, 7, "a bankgiro number has 7 or 8 digits")
    return f"{digits[:-4]}-{digits[-4:]}" if digits else ""


def plusgiro_of(value: str) -> str:
    """A plusgiro number with its check digit apart (902003-3); none is none. Raises BadValue."""
    digits = _giro("plusgiro", value, 2, "a plusgiro number has 2 to 8 digits")
    return f"{digits[:-1]}-{digits[-1]}" if digits else ""


def _giro(field: str, value: str, shortest: int, why: str) -> str:
    digits = _MARKS.sub("", clean_line(field, value, 15, may_be_empty=True))
    if not digits:
        return ""
    if not any(_is_of_digits(digits, length) for length in range(shortest, 9)):
        raise BadValue(field=field, why=why)
    if not luhn.is_valid(digits):
        raise BadValue(field=field, why="the check digit is wrong")
    return digits


def iban_of(value: str) -> str:
    """An account as IBAN without spaces; none is none. Raises BadValue for a wrong length or check digits."""
    text = _MARKS.sub("", clean_line("iban", value, 50, may_be_empty=True)).upper()
    if text and not iban.is_valid(text):
        raise BadValue(field="iban", why="is no IBAN")
    return text


def bic_of(value: str) -> str:
    """A bank's BIC, 8 or 11 characters; none is none. Raises BadValue."""
    text = _MARKS.sub("", clean_line("bic", value, 20, may_be_empty=True)).upper()
    if text and not bic.is_valid(text):
        raise BadValue(field="bic", why="is no BIC")
    return text


def peppol_id_of(value: str) -> str:
    """An address for e-invoices as scheme:number, in a scheme that is in use and with its check digit.

    Schemes of the EAS list: 0007 SE, 0088 GLN, 0184 DK, 0192 NO, 0204 DE, 0216 FI. Raises BadValue.
    """
    text = clean_line("peppol_id", value, 60).replace(" ", "")
    if not _PEPPOL.fullmatch(text):
        raise BadValue(field="peppol_id", why="is four digits, a colon and a number")
    scheme, number = text.split(":", 1)
    if scheme == "0007":
        return f"0007:{org_number_of(number)}"
    if scheme == "0088" and not (_is_of_digits(number, 13) and ean.is_valid(number)):
        raise BadValue(field="peppol_id", why="a GLN has 13 digits, the last one a check digit")
    if scheme == "9955":
        raise BadValue(field="peppol_id", why="scheme 9955 is no longer in use: write 0007 and the organisation number")
    if not _fits_scheme(scheme, number):
        raise BadValue(field="peppol_id", why="is no number of its scheme")
    return f"0184:DK{number.upper().removeprefix('DK')}" if scheme == "0184" else text


def _fits_scheme(scheme: str, number: str) -> bool:
    if scheme == "0192":
        return orgnr.is_valid(number)
    if scheme == "0184":
        return cvr.is_valid(number.upper().removeprefix("DK"))
    if scheme == "0216":
        return bool(re.fullmatch(r"0037[0-9]{8}[A-Za-z0-9]{0,5}", number)) and ytunnus.is_valid(number[4:12])
    return scheme != "0204" or leitweg.is_valid(number)


def _is_of_digits(number: str, length: int) -> bool:
    return len(number) == length and number.isascii() and number.isdigit()
