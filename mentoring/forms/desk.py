"""What staff may type at their desk."""

from __future__ import annotations

from django import forms

from users.fields import InOurWords, PlainText


class NotSentOn(InOurWords, forms.Form):
    """What staff tell the author of a message they do not send on."""

    words = PlainText(
        label="A word to whoever wrote it",
        help_text="They see this on their page, like “We leave phone numbers out”.",
        max_length=300,
        error_messages={"required": "Write a word to whoever wrote it"},
    )


class Settle(InOurWords, forms.Form):
    """What staff found out about a meeting."""

    status = forms.ChoiceField(
        label="What happened?",
        choices=[
            ("held", "They met"),
            ("cancelled", "It was called off"),
            ("missed", "Somebody didn’t come"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
    )
    minutes = forms.IntegerField(
        label="How many minutes, if they met?",
        min_value=5,
        max_value=240,
        required=False,
        widget=forms.TextInput({"class": "w-4", "inputmode": "numeric"}),
    )
