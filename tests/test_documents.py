"""What is written for people holds: cited numbers have their rule, links lead somewhere, recipes name what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = "domain", "application", "infrastructure", "web", "demo", "bench", "tests"
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "domain/README.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))
SCENARIOS = ROOT / "docs" / "scenarios.md"
DECISIONS = ROOT / "docs" / "decisions"


def cited() -> set[str]:
    """Every rule number that code or test names: S26 anywhere, 3.7 where a docstring begins with it."""
    found: set[str] = set()
    for file in (file for folder in CODE for file in (ROOT / folder).rglob("*.py")):
        text = file.read_text()
        found |= set(re.findall(r"\bS\d\d\b", text))
        for lead in re.findall(r'"""((?:(?:S\d\d|\d\.\d{1,2})(?:, | and )?)+)[:,.]', text):
            found |= set(re.findall(r"\d\.\d{1,2}", lead))
    return found


def ruled() -> set[str]:
    """Every number that has a rule; a row may have a range or several."""
    found: set[str] = set()
    for cell, rule in re.findall(r"^\| ([S\d][\w.,– ]*) \| (.+) \|$", SCENARIOS.read_text(), re.MULTILINE):
        assert rule.endswith("."), cell
        for part in cell.split(", "):
            first, _, last = part.partition("–")
            found |= {first} if not last else set(_between(first, last))
    return found


def _between(first: str, last: str) -> list[str]:
    section, low = first.split(".")
    return [f"{section}.{number}" for number in range(int(low), int(last.split(".")[1]) + 1)]


def test_every_number_that_is_cited_has_its_rule() -> None:
    assert len(cited()) > 70
    assert cited() - ruled() == set()


def test_every_scenario_has_its_rule() -> None:
    assert {f"S{number:02}" for number in range(1, 80)} <= ruled()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_paths_lead_somewhere(document: Path) -> None:
    text = document.read_text()
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (document.parent / link).exists()] == []
    paths = re.findall(rf"`((?:{'|'.join(CODE)}|docs|docker)/[\w./-]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def test_every_decision_stands_in_the_list_and_says_why() -> None:
    index = (DECISIONS / "README.md").read_text()
    files = sorted(DECISIONS.glob("*/*.md"))
    assert len(files) > 90
    assert set(re.findall(r"\]\((\w+/[\w-]+\.md)\)", index)) == {str(file.relative_to(DECISIONS)) for file in files}
    for file in files:
        title, blank, why = file.read_text().split("\n", 2)
        assert title.startswith("# "), file
        assert f"[{title[2:]}]" in index, file
        assert not blank, file
        assert len(why) > 20, file


@pytest.mark.parametrize(("recipe", "most"), [("A field", 8), ("An event with its button", 9), ("A report", 4)])
def test_a_recipe_names_files_that_are_there_and_no_more_than_it_may(recipe: str, most: int) -> None:
    """The files of the product that a recipe touches stand in its table, one a row."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    section = text.split(f"## {recipe}", 1)[1].split("\n## ", 1)[0]
    files = re.findall(r"^\| `([\w./-]+)` \|", section, re.MULTILINE)
    assert 2 <= len(files) <= most
    assert [file for file in files if not (ROOT / file).exists()] == []
