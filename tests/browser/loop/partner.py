"""A coordinator at a youth club, who refers somebody and watches what becomes of it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.loop.person import Person
from tests.browser.loop.young import Referred


class Coordinator(Person):
    def refer(self, young_person: Referred) -> None:
        self.sign_in_by_code()
        self.follow("Refer someone", within="main")
        self.fill("First name", young_person.name)
        self.fill("Last name", "Storychild")
        self.date("Date of birth", young_person.born_on)
        self.fill("Their own e-mail address", young_person.email)
        self.fill("Where they live", "M14")
        self.fill("Why would a mentor help?", "She would fly with somebody in her corner.")
        self.choose("If they are under 18", "I have seen permission on paper")
        self.fill("First name of the parent or carer", "Denise")
        self.date("When did you see it?", self.stage.today)
        self.press("Send the referral")
        self.reads(f"We have written to {young_person.name}")

    def see(self, young_person: Referred, status: str) -> None:
        self.sign_in_by_code()
        row = self.page.get_by_role("row").filter(has_text=young_person.name)
        expect(row).to_contain_text(status)
        self.follow(re.compile(rf"^{young_person.name} Storychild"))
        self.reads("Where it stands")
