"""What may be said to an offer besides yes."""

from __future__ import annotations

from typing import Any

from django import forms

from users.fields import InOurWords, PlainText, PlainTextarea


class Question(InOurWords, forms.Form):
    """Something to know before saying yes or no."""

    words = PlainTextarea(
        label="What would you like to know?",
        help_text="Our team answers, and you get an e-mail when they have.",
        rows=3,
        max_length=500,
        error_messages={"required": "Write your question"},
    )


class SayNo(InOurWords, forms.Form):
    """Why not, in one tap."""

    why = forms.ChoiceField(
        label="Why not?",
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose a reason"},
    )
    words = PlainText(
        label="Anything else?", help_text="Only our team sees this.", max_length=200, required=False
    )

    MENTOR = [
        ("times", "The times don’t work for me"),
        ("far", "It’s too far to travel"),
        ("busy", "I’m too busy at the moment"),
        ("fit", "I don’t think I’m the right person"),
        ("known", "I may know them already"),
        ("other", "Something else"),
    ]
    MENTEE = [
        ("fit", "Not what I’m looking for"),
        ("times", "The times don’t work for me"),
        ("far", "It’s too far"),
        ("known", "I may know them already"),
        ("changed", "I’ve changed my mind about a mentor"),
        ("other", "I’d rather not say"),
    ]

    def __init__(self, *args: Any, is_mentor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = self.MENTOR if is_mentor else self.MENTEE  # type: ignore[attr-defined]

    def sentence(self) -> str:
        """What they said, for staff."""
        label = dict(self.MENTOR + self.MENTEE)[self.cleaned_data["why"]]
        return f"{label}. {self.cleaned_data['words']}".strip()
