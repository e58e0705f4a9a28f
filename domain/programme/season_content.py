"""Where a season belongs: its network, and the content that is given in other seasons there too (A3, A4, S15)."""

from __future__ import annotations

from enum import StrEnum

from domain.kernel.aggregate import Change
from domain.kernel.errors import BadValue
from domain.kernel.ids import NetworkId
from domain.kernel.text import clean_line, plain
from domain.programme.season_opening import SeasonOpening


class SecondSeat(StrEnum):
    """What becomes of somebody's wish for a second seat for the same content."""

    ASK = "ask"
    """They are offered to move the seat they have, and may book all the same."""
    REFUSE = "refuse"
    ALLOW = "allow"


class SeasonContent(SeasonOpening):
    """Of a season: in which network it stands, and what of it is the same as in others."""

    network_id: NetworkId
    content: str
    second_seat: str

    class NetworkCorrected(Change):
        network_id: NetworkId
        was: NetworkId

    class ContentAgreed(Change):
        content: str
        second_seat: str
        was: str

    def correct_network(self, network_id: NetworkId) -> None:
        """It was planned in another network than it belongs to. Raises BookingHasOpened."""
        if network_id != self.network_id:
            self.must_not_have_opened()
            self.record(self.NetworkCorrected(network_id=network_id, was=self.network_id))

    def agree_content(self, content: str, second_seat: str) -> None:
        """By which words it is one thing with others of its network ("": with none). Raises BadValue."""
        named, rule = content_of(content), second_seat_of(second_seat)
        if (named, rule) != (self.content, self.second_seat):
            self.record(self.ContentAgreed(content=named, second_seat=rule, was=self.content))

    @property
    def shared(self) -> str:
        """What it is one thing with others by, however that is written; empty for one that stands alone."""
        return f"{self.network_id}/{plain(self.content)}" if self.content else ""


def content_of(text: str) -> str:
    """As it is stored. Raises BadValue."""
    return clean_line("content", text, 100, may_be_empty=True)


def second_seat_of(text: str) -> str:
    """As it is stored. Raises BadValue."""
    if text not in list(SecondSeat):
        raise BadValue(field="second_seat", why="ask, refuse or allow")
    return SecondSeat(text).value
