"""How we reach them."""

from __future__ import annotations

from typing import Any

from django import forms

from mentees.forms.questions.question import Question
from users.fields import PlainEmail, PlainText


class Reach(Question):
    slug, title = "reach", "How do we reach you?"
    why = "We write to you when there is news. Your mentor never sees your address."
    email = PlainEmail(
        label="Your e-mail address",
        help_text="We send you one link to confirm it.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    school_name = PlainText(
        label="Your school, college, work or youth group",
        help_text="So that nobody who works there becomes your mentor.",
        max_length=120,
        required=False,
    )
    heard_of_us = PlainText(label="How did you hear about us?", max_length=120, required=False)

    def __init__(self, *args: Any, asks_email: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_email:
            del self.fields["email"]

    def said(self) -> list[tuple[str, str]]:
        data = self.cleaned_data
        said = [("School or group", data["school_name"]), ("Heard of us", data["heard_of_us"])]
        return [("E-mail", data["email"]), *said] if "email" in data else said
