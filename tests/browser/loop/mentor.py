"""A volunteer, from the home page by profile, course and offer to a logged hour; two who vouch for her."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.browser.loop.person import Person
from training.models import Question

REFEREES = {"first": ("Rhona Placeholder", "Manager"), "second": ("Ivor Specimen", "Colleague")}


class Referee(Person):
    def answer(self, about: str) -> None:
        """Open the link in the letter and vouch for somebody."""
        self.go(self.stage.link(self.email, "mentors/reference_requested", "/mentors/reference/"))
        self.reads(about)
        self.fill("How do you know them", "We have worked together for six years.")
        self.fill("What are they like", "Patient and reliable. She taught our apprentices.")
        self.choose("Would you trust them", "Yes")
        self.choose("Do you know of anything", "No")
        self.tick("I am the person this letter was sent to")
        self.press("Send my answers")
        self.reads("Thank you")


class Mentor(Person):
    def sign_up(self) -> None:
        """A visitor finds the door, learns that she may, and confirms her address with a code."""
        self.go("/")
        self.follow("Become a mentor")
        self.fill("First name", self.name)
        self.fill("Last name", "Storyson")
        self.fill("E-mail address", self.email)
        self.choose("Where would you like to mentor?", "Manchester")
        self.fill("How many years have you worked?", "9")
        self.choose("Were these years after a degree?", "No")
        self.choose("Are you 18 or over?", "Yes")
        self.press("Start")
        self.fill("Code", self.code("account/confirm_email"))
        self.press("Continue")
        assert self.heading == "Your profile", self.heading

    def fill_in_profile(self) -> None:
        """Every section in turn; each saves by itself and leads to the next."""
        self.follow("About you")
        self.choose("You are", "A woman")
        self.date("Date of birth", date(self.stage.today.year - 38, 5, 14))
        self.fill("Where are you based?", "M14 5RQ")
        self.press("Save and continue")
        assert self.heading == "Your work", self.heading
        self.fill("What do you do for work?", "Civil engineer")
        self.fill("Who do you work for?", "Bridge Works")
        self.choose("Which kinds of work do you know?", "Engineering")
        self.press("Save and continue")
        self.choose("What could you help someone with?", "Interviews", "Confidence")
        self.choose("Which languages could you meet in?", "English")
        self.press("Save and continue")
        self.choose("When are you usually free?", "Monday evening", "Thursday evening", "Saturday morning")
        self.choose("How would you like to meet?", "Either is fine")
        self.choose("How long would you travel", "30 minutes")
        self.choose("Which ages are you happy to meet?", "16 and 17", "18 to 21")
        self.choose("How many young people", "One")
        self.press("Save and continue")
        self.tick("No, none of this")
        self.press("Save and continue")
        self.fill("Why do you want to mentor?", "Somebody once gave me an hour. It changed my year.")
        self.press("Save and continue")
        for n, (who, (name, knows_as)) in enumerate(REFEREES.items()):
            part = f"section:nth-of-type({n + 1})"
            self.fill("Their full name", name, within=f"form > {part}")
            self.fill("Their e-mail address", self.referee(who), within=f"form > {part}")
            self.fill("How do they know you?", knows_as, within=f"form > {part}")
            self.fill("For how many years?", "6", within=f"form > {part}")
        self.press("Save and continue")
        self.choose("Is there anything in your past", "No")
        self.press("Save and continue")
        self.tick("I have read the code of conduct")
        self.press("Save and continue")

    def referee(self, which: str) -> str:
        return f"{which}.referee.{self.email}"

    def send_application(self) -> None:
        assert self.heading == "Check your answers", self.heading
        self.reads("Rhona Placeholder")
        self.tick("These answers are true")
        self.press("Send my application")
        self.reads(f"Thank you, {self.name}")
        self.follow("Start my training")

    # --- Training --------------------------------------------------------------------------------

    def take_course(self) -> None:
        """Read everything, answer everything; the first quiz goes wrong once, and may be taken again."""
        self.follow(re.compile("^Start"), within="main")
        failed = False
        while not self.offered("link", "See your certificate"):
            if self.offered("button", "Check my answer"):
                self.answer_question(right=failed)
                ahead = "Next question" if self.offered("link", "Next question") else "See how you did"
                self.follow(ahead)
            elif self.offered("button", "Try again"):
                assert self.heading == "Not there yet"
                assert not failed
                failed = True
                self.press("Try again")
            elif self.offered("button", "Start the questions"):
                self.press("Start the questions")
            elif self.offered("link", re.compile("^Go on to module")):
                self.follow(re.compile("^Go on to module"))
            else:
                self.press(re.compile("^Continue"))
        assert failed
        self.follow("See your certificate")
        self.reads(self.name)

    def answer_question(self, *, right: bool) -> None:
        shown = self.page.locator("input[name=chosen]").first.get_attribute("value")
        question = Question.objects.get(choices=shown)
        for choice in question.choices.all():
            box = self.page.locator(f"input[name=chosen][value='{choice.pk}']")
            if choice.is_right == right and not (box.get_attribute("type") == "radio" and self.has_chosen()):
                box.check()
        self.press("Check my answer")
        self.reads("Yes, that’s it" if right else "Not quite")

    def has_chosen(self) -> bool:
        return self.page.locator("input[name=chosen]:checked").count() > 0

    # --- A match ---------------------------------------------------------------------------------

    def accept_offer(self, mentee: str) -> None:
        self.stage.letter(self.email, "matching/offered")
        self.sign_in_by_code()
        self.reads(f"Would you like to meet {mentee}?")
        self.follow(re.compile("^See why we thought of you"))
        self.press(f"Yes, I’d like to meet {mentee}")
        self.reads(f"We’ve asked {mentee} now")

    def plan_meeting(self, mentee: str) -> None:
        """An hour tomorrow evening, in a public place."""
        self.stage.letter(self.email, "matching/match_live_mentor")
        self.sign_in_by_code()
        self.follow(f"Plan your first hour with {mentee}")
        self.follow(re.compile(r"^(Thursday|Monday) \d+ \w+, evening$"), within="main")
        assert self.page.get_by_label("What time does it start?").input_value() == "18:00", (
            "One tap fills it in"
        )
        self.date("Which day?", self.stage.today + timedelta(days=1))
        self.fill("What time does it start?", "6pm")
        self.choose("How long for?", "1 hour")
        self.choose("How will you meet?", "In person")
        self.fill("Where, if you meet in person?", "Central Library, ground floor")
        self.fill("What would you like to talk about?", "A first hello")
        self.press("Plan it")
        self.reads(f"We’ve told {mentee}")
        self.reads("Central Library, ground floor")

    def log_meeting(self, mentee: str) -> None:
        self.sign_in_by_code()
        self.follow(f"Say how your meeting with {mentee} went")
        self.choose("Did you meet?", "Yes, we met")
        self.choose("How long for?", "1 hour")
        self.fill("What did you do?", "We drew a map of who builds a bridge.")
        self.fill("What is the next step?", "Look at two apprenticeships.")
        self.choose("How did it feel?", "Great")
        self.press("Save meeting")
        self.reads("We drew a map of who builds a bridge.")
        self.never_reads("Say how it went")
