"""Young people, one who comes by herself and one who is sent by a partner; and the adult who says yes."""

from __future__ import annotations

import re
from datetime import date

from tests.browser.loop.person import Person


class Guardian(Person):
    def say_yes(self, young_person: str) -> None:
        self.go(self.stage.link(self.email, "mentees/permission_request", "/permission/"))
        assert self.heading == f"May {young_person} have a mentor?"
        self.press("Yes, I agree")
        self.reads("You said yes. Thank you")


class YoungPerson(Person):
    age = 16

    @property
    def born_on(self) -> date:
        return date(self.stage.today.year - self.age - 1, 12, 27)

    def ask(self, guardian: Guardian) -> None:
        """Every question, one back button, one slip of the pen."""
        self.go("/")
        self.follow("Find a mentor")
        self.follow("Start")
        self.fill("First name", self.name)
        self.date("Date of birth", date(2009, 2, 28))
        group = self.page.get_by_role("group", name=re.compile("^Date of birth"))
        group.get_by_label("Day", exact=True).fill("31")
        self.press("Continue")
        self.reads("Date of birth must be a real date")
        assert group.get_by_label("Day", exact=True).input_value() == "31", "A bad answer is kept"
        assert self.page.get_by_label("First name").input_value() == self.name
        self.date("Date of birth", self.born_on)
        self.press("Continue")
        self.fill("Where do you live?", "M14")
        self.press("Continue")
        self.answer_questions(came_back=False)
        self.fill("Your e-mail address", self.email)
        self.fill("Your school, college", "Northside College")
        self.press("Continue")
        assert self.heading == f"You’re {self.age}, so we need an adult to say yes", self.heading
        self.choose("Who should we ask?", "My parent or carer")
        self.fill("Their first name", guardian.name)
        self.fill("Their e-mail address", guardian.email)
        self.tick("I’m happy for you to contact them")
        self.press("Continue")
        self.check_and_send()
        assert self.heading == f"One more tap, {self.name}", self.heading

    def answer_questions(self, *, came_back: bool = True) -> None:
        """What they like help with, hope for, and when; with one step back to look again."""
        self.choose("What would you like help with?", *self.topics())
        self.press("Continue")
        assert self.heading == "What are you hoping for?", self.heading
        if not came_back:
            self.follow("Back", within="main")
            boxes = self.page.locator("main input[type=checkbox]:checked")
            assert boxes.count() == len(self.topics()), "Answers are kept on the way back"
            self.press("Continue")
        self.fill("Say it in your own words", "I want to know how people start in engineering.")
        self.choose("Which kinds of work", "Engineering")
        self.press("Continue")
        self.choose("When are you usually free?", "Thursday evening", "Monday evening")
        self.choose("How would you like to meet?", "Either is fine")
        self.pick("How far could you travel?", "Half an hour")
        self.press("Continue")
        self.choose("Which languages could you meet in?", "English")
        self.fill("Is there anything your mentor should know?", "I need a minute to answer.")
        self.press("Continue")

    def topics(self) -> list[str]:
        from partners.models import HelpTopic

        words = {topic.name: topic.spoken or topic.name for topic in HelpTopic.objects.all()}
        return [words["Interviews"], words["Confidence"]]

    def check_and_send(self) -> None:
        assert self.heading == "Check your answers", self.heading
        self.reads("I want to know how people start in engineering.")
        self.tick("I would like a mentor")
        self.press("Send my answers")

    def confirm(self) -> None:
        self.go(self.stage.link(self.email, "mentees/confirm", "/confirm/"))
        self.press("Yes, this is me")
        self.reads("Where you are")

    # --- A match ---------------------------------------------------------------------------------

    def say_yes(self, mentor: str) -> None:
        self.stage.letter(self.email, "matching/meet_your_mentor")
        self.sign_in_by_code()
        self.reads("We think we’ve found someone")
        self.reads("Civil engineer")
        self.never_reads("Storyson")
        self.press(f"Yes, I’d like to meet {mentor}")
        self.reads(f"You and {mentor} are matched")

    def read_about_meeting(self) -> None:
        self.sign_in_by_code()
        self.follow("Open our page")
        self.reads("We drew a map of who builds a bridge.")
        self.reads("Look at two apprenticeships.")

    def tell_us(self, words: str) -> str:
        """Two clicks: the button that is on every page, and Send."""
        self.follow(re.compile("^Something doesn’t feel right"), within="header")
        self.fill("Tell us what happened", words)
        self.press("Send to the safeguarding team")
        return self.page.locator("main .code").first.inner_text()


class Referred(YoungPerson):
    """Sent by a partner; the partner has seen permission on paper."""

    age = 17

    def confirm_and_finish(self) -> None:
        self.go(self.stage.link(self.email, "mentees/referred", "/confirm/"))
        self.press("Yes, carry on")
        self.follow(re.compile("^(Start|Carry on)"), within="main")
        while "/ask/help" not in self.path:
            self.press("Continue")
        self.answer_questions()
        self.fill("Your school, college", "Northside College")
        self.press("Continue")
        self.check_and_send()
        self.reads("Where you are")
