"""What staff may type when they answer a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from mentees.rules import Guardian
from users.fields import BoxedDateField, InOurWords, PlainEmail, PlainText, PlainTextarea


class Decide(InOurWords, forms.Form):
    ACCEPT, MORE, DECLINE = "accept", "more", "decline"
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(ACCEPT, "Accept"), (MORE, "Ask for more"), (DECLINE, "Decline")],
        widget=forms.RadioSelect({"class": "choices"}),
    )
    words = PlainTextarea(
        label="Your words to them",
        help_text="They read this, and so does the partner. When you decline, say where else to turn.",
        max_length=500,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") in {self.MORE, self.DECLINE} and not data.get("words"):
            more = data["decision"] == self.MORE
            self.add_error(
                "words", "Write what you need to know" if more else "Write where they can turn instead"
            )
        return data


class Talked(InOurWords, forms.Form):
    NOBODY, LINK, PAPER = "nobody", "link", "paper"
    permission = forms.ChoiceField(
        label="What did you agree with them?",
        choices=[
            (NOBODY, "Nobody is asked for now"),
            (LINK, "We send a link to this adult"),
            (PAPER, "I have seen permission on paper"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
    )
    guardian_name = PlainText(label="First name of the adult", max_length=80, required=False)
    guardian_is = PlainText(label="Who they are", max_length=60, required=False)
    guardian_email = PlainEmail(label="Their e-mail address", required=False)
    paper_seen_on = BoxedDateField(
        label="When did you see the paper?", says="The day you saw it", example="3 5 2026", required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        way = data.get("permission")
        if way in {self.LINK, self.PAPER} and not data.get("guardian_name"):
            self.add_error("guardian_name", "Enter their first name")
        if way == self.LINK and not data.get("guardian_email"):
            self.add_error("guardian_email", "Enter their e-mail address, like name@example.org")
        if way == self.PAPER and not data.get("paper_seen_on"):
            self.add_error("paper_seen_on", "The day you saw it must be a real date, like 3 5 2026")
        elif way == self.PAPER and data["paper_seen_on"] > timezone.localdate():
            self.add_error("paper_seen_on", "The day you saw it must be in the past")
        return data

    @property
    def guardian(self) -> Guardian | None:
        data = self.cleaned_data
        if data["permission"] == self.NOBODY:
            return None
        email = data["guardian_email"] if data["permission"] == self.LINK else ""
        return Guardian(data["guardian_name"], email, data["guardian_is"])

    @property
    def seen_on(self) -> Any:
        return self.cleaned_data["paper_seen_on"] if self.cleaned_data["permission"] == self.PAPER else None
