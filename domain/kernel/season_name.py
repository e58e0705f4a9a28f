"""What a season is called wherever it is named: its network first."""

from __future__ import annotations


def season_name(network: str, title: str) -> str:
    """As "Digital förvaltning, Säsong 4"; the network alone where the season is called the same.

    A title that begins with its network's name has said it already.
    """
    if not title or title.casefold() == network.casefold():
        return network or title
    begins, after = title[: len(network)].casefold() == network.casefold(), title[len(network) : len(network) + 1]
    return title if not network or (begins and not after.isalnum()) else f"{network}, {title}"
