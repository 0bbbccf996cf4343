"""Somebody with a browser of their own, who reads what is on the page and does what it says.

Each page they come to is looked at itself: barriers (axe), the console, sideways scrolling, one h1, a title.
What is wrong is noted and told at the end, so that one run shows all of it.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.loop.stage import Stage

SHAPE = """() => ({
  wide: document.documentElement.scrollWidth, room: window.innerWidth,
  h1: document.querySelectorAll('h1').length, title: document.title,
  language: document.documentElement.lang,
})"""
CODE = re.compile(r"\b\d{4}-\d{4}\b")


class Person:
    def __init__(self, stage: Stage, name: str, email: str = "") -> None:
        self.stage, self.name = stage, name
        self.email = email or f"{name.lower()}.story@people.example"
        width, height = stage.sizes[0]
        self.context = stage.browser.new_context(
            base_url=stage.url,
            viewport={"width": width, "height": height},
            has_touch=width < 600,
            java_script_enabled=stage.has_script,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(6_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._wrong(f"script fails: {error}"))
        self.page.on("response", self._answer)
        stage.people.append(self)

    # --- Getting about -------------------------------------------------------------------------

    def go(self, path: str) -> None:
        """Type an address, or open a link from a letter."""
        self.page.goto(path)
        self.look()

    def follow(self, name: str | re.Pattern[str], *, within: str = "body") -> None:
        """Click a link by its words."""
        link = self.page.locator(within).get_by_role("link", name=name, exact=isinstance(name, str)).first
        with self.page.expect_navigation():
            link.click()
        self.look()

    def press(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        """Press a button by its words, and read the page that comes."""
        button = self.page.locator(within).get_by_role("button", name=name, exact=isinstance(name, str)).first
        with self.page.expect_navigation():
            button.click()
        self.look()

    def open_menu(self) -> None:
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        if menu.is_visible():
            menu.click()

    def offered(self, role: Any, name: str | re.Pattern[str]) -> bool:
        return self.page.get_by_role(role, name=name, exact=isinstance(name, str)).first.is_visible()

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Make sure that the page says this."""
        expect(self.page.locator("body")).to_contain_text(words)

    def never_reads(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text().strip()

    # --- Filling in ----------------------------------------------------------------------------

    def fill(self, label: str, value: str, *, within: str = "main") -> None:
        box = self.page.locator(within).get_by_label(re.compile(rf"^{re.escape(label)}"))
        box.first.fill(value)

    def choose(self, question: str, *answers: str) -> None:
        """Choose among the answers to a question: radio buttons or boxes, by the words beside them."""
        group = self.page.locator("main").get_by_role("group", name=re.compile(rf"^{re.escape(question)}"))
        for answer in answers:
            words = re.compile(rf"^{re.escape(answer)}\b")
            one = group.get_by_role("radio", name=words).or_(group.get_by_role("checkbox", name=words))
            one.first.check()

    def pick(self, label: str, answer: str) -> None:
        """Choose from a list that drops down."""
        self.page.locator("main").get_by_label(re.compile(rf"^{re.escape(label)}")).select_option(answer)

    def tick(self, label: str) -> None:
        self.page.locator("main").get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)}")).check()

    def date(self, question: str, on: Any) -> None:
        group = self.page.locator("main").get_by_role("group", name=re.compile(rf"^{re.escape(question)}"))
        for word, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            group.get_by_label(word, exact=True).fill(str(value))

    # --- Coming in -----------------------------------------------------------------------------

    def sign_in_by_code(self) -> None:
        """As somebody without a password: from the front door, with a code from a letter."""
        if self.is_signed_in():
            return
        self.follow("Sign in")
        self.follow("Send me a code")
        self.fill("E-mail address", self.email)
        self.press("Send me a code")
        self.fill("Code", self.code("account/login_code"))
        self.press("Continue")

    def is_signed_in(self) -> bool:
        """Begin at the front page, and go home if it knows who is there."""
        self.go("/")
        self.open_menu()
        if known := self.offered("link", "My home"):
            self.follow("My home")
        return known

    def code(self, kind: str) -> str:
        found = CODE.search(self.stage.letter(self.email, kind))
        assert found, f"The letter {kind} has no code"
        return found.group()

    # --- Looking -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the page as somebody who may not see, hear or point would."""
        page, stage = self.page, self.stage
        stage.findings.pages += 1
        if not stage.has_script:
            if (count := page.locator("h1").count()) != 1:
                self._wrong(f"{count} h1")
            return
        for width, height in reversed(stage.sizes):
            if len(stage.sizes) > 1:
                page.set_viewport_size({"width": width, "height": height})
            self._measure()

    def _measure(self) -> None:
        page, stage = self.page, self.stage
        shape = page.evaluate(SHAPE)
        if shape["wide"] > shape["room"]:
            self._wrong(f"scrolls sideways: {shape['wide']} of {shape['room']} pixels")
        if shape["h1"] != 1:
            self._wrong(f"{shape['h1']} h1")
        if not shape["title"].strip() or not shape["language"]:
            self._wrong(f"title “{shape['title']}”, language “{shape['language']}”")
        if stage.has_axe:
            for barrier in stage.eye.barriers(page):
                self._wrong(barrier)

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self._wrong(f"console: {message.text.splitlines()[0]}")

    def _answer(self, response: Any) -> None:
        if response.status >= 400:
            self.stage.findings.note(response.url, f"answers {response.status}")

    def _wrong(self, what: str) -> None:
        self.stage.findings.note(self.page.url.removeprefix(self.stage.url), what)
