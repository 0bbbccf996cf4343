"""Which adult has to say yes."""

from __future__ import annotations

from typing import Any

from django import forms

from mentees import rules
from mentees.forms.questions.question import Question
from mentees.rules import Guardian
from users.fields import PlainEmail, PlainText
from users.widgets import Detailed


class Adult(Question):
    slug, title = "permission", "An adult has to say yes"
    PARENT, WORKER, COMPLICATED = "parent", "worker", "complicated"
    WHO = {PARENT: "My parent or carer", WORKER: "My social worker or key worker"}
    who = forms.ChoiceField(
        label="Who should we ask?",
        choices=[
            *WHO.items(),
            (
                COMPLICATED,
                Detailed(
                    "It’s complicated",
                    "Choose this and our team will talk to you first. We won’t contact anyone at home.",
                ),
            ),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose who we should ask, or “It’s complicated”"},
    )
    guardian_name = PlainText(
        label="Their first name",
        max_length=80,
        required=False,
        widget=forms.TextInput({"class": "w-20", "autocomplete": "off"}),
    )
    guardian_email = PlainEmail(
        label="Their e-mail address",
        help_text="We only use it for this.",
        required=False,
        widget=forms.EmailInput({"class": "w-20", "autocomplete": "off"}),
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    is_happy = forms.BooleanField(label="I’m happy for you to contact them", required=False)
    marks_optional = False

    def __init__(self, *args: Any, own_email: str = "", **kwargs: Any) -> None:
        self.own_email = own_email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("who") not in self.WHO:
            return data
        if not data.get("guardian_name"):
            self.add_error("guardian_name", "Enter their first name")
        if not data.get("guardian_email") and "guardian_email" not in self.errors:
            self.add_error("guardian_email", "Enter their e-mail address, like name@example.org")
        elif self.own_email and rules.is_same_mailbox(data.get("guardian_email", ""), self.own_email):
            self.add_error("guardian_email", "Use a parent or carer’s e-mail, not the young person’s")
        if not data.get("is_happy"):
            self.add_error("is_happy", "Tick the box if we may contact them, or choose “It’s complicated”")
        return data

    @property
    def is_complicated(self) -> bool:
        return self.cleaned_data["who"] == self.COMPLICATED

    @property
    def guardian(self) -> Guardian | None:
        if self.is_complicated:
            return None
        data = self.cleaned_data
        return Guardian(data["guardian_name"], data["guardian_email"], self.WHO[data["who"]][3:])

    def said(self) -> list[tuple[str, str]]:
        if self.is_complicated:
            return [("An adult’s yes", "It’s complicated. You talk to me first.")]
        return [("We ask", f"{self.cleaned_data['guardian_name']}, {self.cleaned_data['guardian_email']}")]
