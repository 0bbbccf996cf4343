"""What a learner may choose, and what a stranger may type."""

from __future__ import annotations

from typing import Any

from django import forms

from training import rules
from training.models import Choice, Question


class AnswerForm(forms.Form):
    """One question's choices, in the order of the try."""

    def __init__(self, *args: Any, question: Question, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options: dict[str, Any] = {
            "label": question.text,
            "choices": [(choice.pk, choice.text) for choice in choices],
            "error_messages": {
                "required": "Choose an answer, then check it.",
                "invalid_choice": "Choose one of the answers below.",
            },
        }
        self.fields["chosen"] = (
            forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple, **options)
            if question.takes_many
            else forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, **options)
        )

    @property
    def chosen(self) -> list[int]:
        chosen = self.cleaned_data["chosen"]
        return chosen if isinstance(chosen, list) else [chosen]


class VerifyForm(forms.Form):
    number = forms.CharField(
        label="Certificate number",
        max_length=40,
        help_text="It stands at the bottom of the certificate, like 1MM-26-0K4T-7QXM.",
        error_messages={"required": "Enter the number on the certificate."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "w-20 code"}),
    )

    def clean_number(self) -> str:
        return rules.tidy_number(self.cleaned_data["number"])
