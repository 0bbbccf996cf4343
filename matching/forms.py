"""What staff may decide on a review page."""

from __future__ import annotations

from typing import Any

from django import forms

from matching.models import Block
from users.fields import InOurWords, PlainText, PlainTextarea
from users.widgets import Detailed


class Decision(InOurWords, forms.Form):
    """Yes to a suggested pair, or no with a reason."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("approve", "Suggest this match"), ("turn_down", "Not this time")],
        widget=forms.RadioSelect(attrs={"class": "choices choices--row"}),
        error_messages={"required": "Choose whether to suggest this match"},
    )
    why = forms.ChoiceField(
        label="Why not?",
        help_text="Only staff see this. It helps us tune the suggestions.",
        choices=Block.Why.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "choices chips"}),
    )
    note = PlainTextarea(label="Add a note", rows=2, max_length=500, required=False)
    mentor = forms.IntegerField(widget=forms.HiddenInput)

    def say(self, name: str) -> None:
        """Name the mentor in what the choices mean."""
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            ("approve", Detailed("Suggest this match", f"{name} is asked first")),
            ("turn_down", Detailed("Not this time", "Tell us why below")),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "turn_down" and not data.get("why"):
            self.add_error("why", "Choose why this isn’t the right match")
        return data


class WhyNot(InOurWords, forms.Form):
    """A mentor whom staff miss among those who suit."""

    marks_optional = False
    q = PlainText(
        label="A mentor’s name or reference",
        help_text="For example, 1MM-40K7Q",
        max_length=80,
        error_messages={"required": "Write a mentor’s name or reference"},
    )


class Answer(InOurWords, forms.Form):
    """Our answer to a question about an offer."""

    words = PlainTextarea(
        label="Your answer",
        rows=4,
        max_length=1000,
        help_text="They read this on their page. Leave out the other person’s details.",
        error_messages={"required": "Write an answer before you send it"},
    )


class Withdrawal(InOurWords, forms.Form):
    """Why an offer is taken back."""

    why = PlainText(
        label="Why take it back?",
        max_length=300,
        help_text="Only staff see this.",
        error_messages={"required": "Say why, in a few words"},
    )
