"""Invented people and organisation numbers: nobody and nothing that exists, with check digits that add up."""

from __future__ import annotations

import unicodedata

from stdnum import luhn

FIRST = (
    *("Alva", "Birger", "Cilla", "Dag", "Edla", "Folke", "Greta", "Helmer", "Idun", "Jarl", "Karna", "Loke"),
    *("Magda", "Njord", "Olga", "Pontus", "Ragna", "Sixten", "Tora", "Ulf", "Vendela", "Wilmer", "Ylva", "Åke"),
    *("Ärla", "Östen", "Amina", "Björn", "Chloé", "Dalia", "Elvira", "Farid", "Gun", "Hanna", "Ismael", "Jonna"),
    *("Kerstin", "Leif", "Mirjam", "Nadja", "Ove", "Petra", "Rasmus", "Siv", "Tuva", "Viggo", "Yusuf", "Zelda"),
)
LAST = (
    *("Almvide", "Björkros", "Dalskär", "Ekmåne", "Fjällvind", "Granlycke", "Havsöra", "Isbrink", "Järnlind"),
    *("Kornvik", "Ljungstig", "Myrvall", "Nordrosen", "Oxelbäck", "Pilåker", "Rönnskog", "Sjöhult", "Tallblom"),
    *("Ullvass", "Vargklint", "Ymerdal", "Åkerstjerna", "Älgvret", "Öberga", "Askerud", "Blåkulle", "Dimfors"),
    *("Enekulla", "Falkhage", "Gäddvik", "Humlestad", "Ivarsholt", "Kråkmo", "Lövstig", "Månviken", "Näckholm"),
    *("Ormlund", "Päronsäng", "Rådjursmo", "Solhamra", "Trastevik", "Uddfjäll", "Vintermark", "Åsbrunn", "Älvsten"),
    *("Ögårda", "Stenfrö"),
)


class Names:
    """Names that no two people of the demo share. Organisers draw from different places of the same list."""

    def __init__(self, start: int) -> None:
        self._next = start

    def draw(self) -> str:
        """A first name and a surname."""
        name = f"{FIRST[self._next % len(FIRST)]} {LAST[self._next * 29 % len(LAST)]}"
        self._next += 1
        return name


def in_address(text: str) -> str:
    """The text as a part of an e-mail address: small letters without accents, dots for spaces."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return ".".join("".join(mark if mark.isalnum() else " " for mark in plain).split())


def org_number(body: str) -> str:
    """An organisation number from its first nine digits, with its check digit (Luhn)."""
    return f"{body[:6]}-{body[6:]}{luhn.calc_check_digit(body)}"


def vat_number(number: str) -> str:
    """The VAT number of a Swedish organisation number."""
    return f"SE{number.replace('-', '')}01"
