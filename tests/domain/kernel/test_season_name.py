"""What a season is called: its network first, and the network once."""

from __future__ import annotations

import pytest

from domain.kernel.season_name import season_name


@pytest.mark.parametrize(
    ("network", "title", "called"),
    [
        ("Digital förvaltning", "Säsong 4", "Digital förvaltning, Säsong 4"),
        ("Årets konferens", "Årets konferens", "Årets konferens"),
        ("Årets konferens", "ÅRETS KONFERENS", "Årets konferens"),
        ("Årets konferens", "Årets konferens 2027", "Årets konferens 2027"),
        ("Led", "Ledarskap i motvind", "Led, Ledarskap i motvind"),
        ("", "Säsong 4", "Säsong 4"),
        ("Digital förvaltning", "", "Digital förvaltning"),
    ],
)
def test_a_season_is_named_by_its_network_and_then_itself(network: str, title: str, called: str) -> None:
    assert season_name(network, title) == called
