"""What is in a mentor's past."""

from __future__ import annotations

from typing import Any

from django import forms

from mentors.models import Disclosure
from users.fields import InOurWords, PlainTextarea


class Disclose(InOurWords, forms.ModelForm):
    title = "Your past"
    lead = "A yes does not rule you out. Only the people who approve mentors can read your answer."

    has_something = forms.TypedChoiceField(
        label="Is there anything in your past that we should know before you work with young people?",
        help_text="Convictions or cautions that are not protected, investigations by an employer or a "
        "council, being barred or dismissed from work with children. A DBS check will show some of these.",
        choices=[("True", "Yes"), ("False", "No")],
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Answer yes or no"},
    )
    words = PlainTextarea(
        label="If yes, what happened and when?",
        required=False,
        max_length=2000,
        rows=6,
        help_text="What you did about it, and how things are now.",
    )

    class Meta:
        model = Disclosure
        fields = ("has_something", "words")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("has_something") and not data.get("words") and "words" not in self.errors:
            self.add_error("words", "Tell us in a few sentences what happened and when")
        return data
