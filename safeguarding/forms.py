"""What somebody who is worried may type, and what a lead writes down."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from users.fields import InOurWords
from users.widgets import Detailed

ABOUT = [
    ("mentor", "Something my mentor or mentee said or did"),
    ("message", "Something in a message"),
    ("outside", Detailed("Something outside mentoring", "Home, school, work or online")),
    ("someone", "I’m worried about someone else"),
    ("work", Detailed("Something about how we do things", "A meeting place, a letter, a rule")),
    ("unsaid", Detailed("I’d rather not say yet", "You can just ask us to get in touch")),
]
REPLY = [
    ("account", "E-mail me"),
    ("call", "Call me"),
    ("none", "Please don’t contact me"),
]
LONGEST = 20_000
TOO_LONG = (
    "This is longer than we can take at once: %(show_value)s characters of 20,000. "
    "Send the first part, then come back with the rest. Nothing is lost."
)


class Tell(InOurWords, forms.Form):
    """A concern. Only what happened is required, and nothing is refused for how it is written."""

    what_happened = forms.CharField(
        label="Tell us what happened",
        help_text="Your own words are fine. Don’t worry about spelling.",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={
            "required": "Write a few words, even “Please call me”",
            "max_length": TOO_LONG,
        },
    )
    in_danger = forms.BooleanField(label="Somebody is in danger right now", required=False)
    about = forms.ChoiceField(
        label="What’s it about?",
        choices=ABOUT,
        required=False,
        widget=forms.RadioSelect({"class": "choices"}),
    )
    who = forms.CharField(
        label="Who is it about?", max_length=300, required=False, widget=forms.TextInput({"class": "w-20"})
    )
    when_and_where = forms.CharField(label="When and where?", max_length=300, required=False)
    how_to_reply = forms.ChoiceField(
        label="How should we get back to you?",
        choices=REPLY,
        required=False,
        widget=forms.RadioSelect({"class": "choices chips"}),
    )
    reply_to = forms.CharField(
        label="Your phone number or e-mail address",
        help_text="Only if you want us to get in touch.",
        max_length=254,
        required=False,
        widget=forms.TextInput({"class": "w-20"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("form_key", uuid.uuid4())
        for name in ("what_happened", "who", "when_and_where", "reply_to"):
            # Characters that a database cannot keep are taken out later; they are no reason to refuse.
            self.fields[name].validators = [
                v
                for v in self.fields[name].validators
                if type(v).__name__ != "ProhibitNullCharactersValidator"
            ]

    def clean_form_key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()


class Decide(InOurWords, forms.Form):
    """How a concern ends, and why."""

    decision = forms.CharField(
        label="What did you decide, and why?",
        help_text="It stays with the concern for good.",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write what you decided, and why"},
    )
