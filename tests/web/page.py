"""A page as a person sees it: its words, its forms and its links, read from the HTML that was answered."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from werkzeug.test import TestResponse

_NAMES_OTHERS = ("for", "form", "list", "aria-labelledby", "aria-describedby", "aria-controls")
"""What names other elements of its page by their ids."""


class Elements(HTMLParser):
    """What a page consists of, as far as stories ask."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.ids = Counter[str]()
        self.named: set[str] = set()
        self._textarea = ""
        self._is_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        name, value = found.get("name") or "", found.get("value") or ""
        self._is_data = tag == "script"
        self.ids.update(filter(None, [found.get("id")]))
        self.named.update(*((found.get(each) or "").split() for each in _NAMES_OTHERS))
        if tag == "form":
            self.forms.append({"action": [found.get("action") or ""], "method": [found.get("method") or "get"]})
        elif tag == "a":
            self.links.append(found.get("href") or "")
        elif tag == "textarea":
            self._textarea = name
            self.forms[-1].setdefault(name, [""])
        elif tag == "input" and name and self.forms and _is_sent(found):
            self.forms[-1].setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1][self._textarea] = [data]
        if not self._is_data:
            self.words.append(data)


def _is_sent(field: dict[str, str | None]) -> bool:
    return field.get("type") not in ("radio", "checkbox") or "checked" in field


class Page:
    """A page as a person sees it: its words, its forms, its links."""

    def __init__(self, answer: TestResponse) -> None:
        self.status, self.headers, self.html = answer.status_code, answer.headers, answer.text
        self.address = answer.request.path
        self.elements = Elements(answer.text)
        self._must_be_sound()

    def _must_be_sound(self) -> None:
        """Whoever hears a page instead of seeing it is led by ids: each is there, and once."""
        twice = [each for each, times in self.elements.ids.items() if times > 1]
        assert not twice, f"{self.address} has several of {twice}"
        missing = self.elements.named - self.elements.ids.keys()
        assert not missing, f"{self.address} names {missing}, which it has not"

    @property
    def words(self) -> str:
        """Everything that is to be read, with single spaces."""
        return re.sub(r"\s+", " ", " ".join(self.elements.words)).replace("\N{NO-BREAK SPACE}", " ")

    def says(self, *sentences: str) -> bool:
        """Whether all of these can be read."""
        missing = [each for each in sentences if each not in self.words]
        assert not missing, f"{missing} not in: {self.words}"
        return True

    def form(self, with_field: str) -> dict[str, list[str]]:
        """The form that has a field of that name, as it would be sent."""
        return next(form for form in self.elements.forms if with_field in form)
