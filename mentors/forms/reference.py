"""What a referee is asked."""

from __future__ import annotations

from typing import Any

from django import forms

from users.fields import InOurWords, PlainTextarea

YES_NO = [("True", "Yes"), ("False", "No")]


class Answer(InOurWords, forms.Form):
    """The safer-recruitment questions, in plain words."""

    knows_well = PlainTextarea(
        label="How do you know them, and for how long?",
        max_length=1000,
        rows=3,
        error_messages={"required": "Say in a sentence how you know them, and for how long"},
    )
    words = PlainTextarea(
        label="What are they like with other people, and with young people if you have seen it?",
        help_text="Reliable? Patient? Honest? An example helps.",
        max_length=3000,
        rows=6,
        error_messages={"required": "Write a few sentences about what they are like"},
    )
    is_suitable = forms.TypedChoiceField(
        label="Would you trust them to meet a young person one to one?",
        choices=YES_NO,
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Answer yes or no"},
    )
    has_worries = forms.TypedChoiceField(
        label="Do you know of anything that worries you about them working with young people?",
        help_text="Anything at all: something you saw, heard or were told. If yes, we phone you.",
        choices=YES_NO,
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Answer yes or no"},
    )
    is_true = forms.BooleanField(
        label="I am the person this letter was sent to, not a relative, and my answers are true",
        error_messages={
            "required": "Tick the box if this is right. If you are a relative, choose “I cannot answer”"
        },
    )

    def answers(self) -> dict[str, Any]:
        return {n: self.cleaned_data[n] for n in ("knows_well", "words", "is_suitable", "has_worries")}
