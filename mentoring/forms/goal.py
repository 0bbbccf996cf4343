"""A goal and a step towards it, in their own words."""

from __future__ import annotations

from django import forms

from users.fields import InOurWords, PlainText


class GoalWords(InOurWords, forms.Form):
    """One goal, in their own words."""

    words = PlainText(
        label="What is the goal?",
        help_text="In your own words, like “Feel OK talking in an interview”.",
        max_length=200,
        error_messages={"required": "Write the goal in a few words"},
    )


class StepWords(InOurWords, forms.Form):
    """One step towards a goal."""

    words = PlainText(
        label="What is the next small step?",
        help_text="Something that could be done before you next meet.",
        max_length=200,
        error_messages={"required": "Write the step in a few words"},
    )
