"""Our own people: checks by one, approval by another, a match by both, and the safeguarding lead."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from tests.browser.loop.person import Person
from tests.browser.loop.stage import PASSWORD, Stage


class Staff(Person):
    def __init__(self, stage: Stage, user: Any) -> None:
        super().__init__(stage, user.first_name, user.email)
        self.user = user

    def sign_in(self) -> None:
        """A password, then the six digits that an app on the phone shows."""
        if self.is_signed_in():
            return
        self.follow("Sign in")
        self.fill("E-mail address", self.email)
        self.fill("Password", PASSWORD)
        self.press("Sign in")
        assert self.heading == "Your second step", self.heading
        self.fill("Code", self.digits())
        self.press("Sign in")

    def digits(self) -> str:
        secret = decrypt(Authenticator.objects.get(user=self.user, type="totp").data["secret"])
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    def desk(self, queue: str) -> None:
        self.go("/admin/")
        self.follow(queue)

    # --- Mentors ---------------------------------------------------------------------------------

    def record_checks(self, mentor: str) -> None:
        self.desk("Checks to record")
        self.follow(re.compile(rf"^{mentor} "))
        self.follow("Record identity")
        self.tick("I have seen an original identity document")
        self.choose("Does anything stand in the way?", "No, nothing")
        self.press("Record")
        self.follow("Record referees heard")
        self.tick("I have spoken to both referees")
        self.choose("Does anything stand in the way?", "No, nothing")
        self.press("Record")
        self.follow("Record DBS check")
        self.choose("Level", "Enhanced with barred list")
        self.choose("Workforce", "Child")
        self.choose("Why the barred list was asked for", "Alone with under-18s once a week or more")
        self.fill("Certificate number", "0012 3456 7890")
        self.date("Issue date", self.stage.today - timedelta(days=9))
        self.tick("I have seen the original certificate")
        self.choose("Does anything stand in the way?", "No, nothing")
        self.press("Record")

    def approve_mentor(self, mentor: str) -> None:
        self.desk("Mentors ready for approval")
        self.follow(re.compile(rf"^{mentor} "))
        self.follow("Approve")
        self.reads("Patient and reliable")
        self.tick("I have read replies, checks and disclosure")
        self.press("Approve")
        self.reads(f"{mentor} is approved")

    # --- Young people ----------------------------------------------------------------------------

    def accept_request(self, young_person: str) -> None:
        self.desk("Requests to answer")
        self.follow(re.compile(rf"^{young_person}\b"))
        self.follow("Answer this request")
        self.choose("What do you decide?", "Accept")
        self.press("Save the decision")
        self.reads("Accepted")

    def decide_match(self, young_person: str, mentor: str, *, queue: str, answer: str) -> None:
        self.desk(queue)
        self.follow(re.compile(rf"^{young_person},"))
        self.reads(f"Who should {young_person} meet?")
        self.choose("Your decision", "Suggest this match")
        self.press("Save decision")
        self.reads(answer)

    # --- The safeguarding lead ---------------------------------------------------------------------

    def read_concern(self, reference: str, words: str) -> None:
        self.desk("Concerns")
        self.follow(reference)
        self.reads(words)
        self.press("I’m on it")
        self.reads("The clock has stopped")
