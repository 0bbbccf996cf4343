"""What a page shows of a form: the boxes with what is in them, and the mistakes, at the top and beside."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser
from typing import Any

ONE_LINE = ("text", "email", "number", "password", "search", "tel", "url")


class Shown(HTMLParser):
    """The form on a page. `boxes`: name → text. `ticked`, `offered`: name → values of radios and chips."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.boxes: dict[str, str] = {}
        self.secret: set[str] = set()
        self.ticked: dict[str, set[str]] = defaultdict(set)
        self.offered: dict[str, set[str]] = defaultdict(set)
        self.wrong: set[str] = set()
        """Boxes that say of themselves that something is wrong."""
        self.summary: list[str] = []
        self.beside: list[str] = []
        self.leads: set[str] = set()
        """Of the sentences at the top, those that lead to a box. The others concern the whole form."""
        self._into: list[str] | None = None
        self._until = self._box = ""
        self._in_summary = self._leads = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        at = {key: value or "" for key, value in attrs}
        name, kind, css = at.get("name", ""), at.get("type", "text"), at.get("class", "").split()
        if at.get("aria-invalid") == "true":
            self.wrong.add(name)
        if tag == "textarea":
            self._box, self.boxes[name] = name, ""
        elif tag == "input" and kind in ("radio", "checkbox"):
            self.offered[name].add(at.get("value", "on"))
            if "checked" in at:
                self.ticked[name].add(at.get("value", "on"))
        elif tag == "input" and kind in ONE_LINE:
            self.boxes[name] = at.get("value", "")
            if kind == "password":
                self.secret.add(name)
        elif "error-summary" in css:
            self._in_summary = True
        elif tag == "li" and self._in_summary:
            self._begin(self.summary, "li")
        elif tag == "a" and self._into is self.summary:
            self._leads = True
        elif "errorlist" in css:
            self._begin(self.beside, tag)

    def _begin(self, into: list[str], until: str) -> None:
        into.append("")
        self._into, self._until = into, until

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # What a browser leaves out at the beginning of a box of many lines.
            self.boxes[self._box] = self.boxes[self._box].removeprefix("\r").removeprefix("\n")
            self._box = ""
        if self._into is not None and tag == self._until:
            if self._leads:
                self.leads.add(self._into[-1])
            self._into, self._leads = None, False
        if tag == "div":
            self._in_summary = False

    def handle_data(self, data: str) -> None:
        if self._box:
            self.boxes[self._box] += data
        elif self._into is not None:
            self._into[-1] += data

    def lost(self, typed: dict[str, Any]) -> list[str]:
        """Names of what was typed and is not there any more. A password is never sent back."""
        gone = []
        for name, value in typed.items():
            values = {str(one) for one in (value if isinstance(value, list) else [value])}
            if name in self.secret:
                if self.boxes[name]:
                    gone.append(name)
            elif name in self.boxes:
                if {self.boxes[name]} != values:
                    gone.append(name)
            elif self.ticked[name] != values & self.offered[name]:
                gone.append(name)
        return gone
