"""What they would like help with."""

from __future__ import annotations

from typing import Any

from django import forms

from mentees.forms.questions.question import Question, listed, vocabulary
from partners.models import HelpTopic

MOST_TOPICS = 3


class Help(Question):
    slug, title, asks_one = "help", "What would you like help with?", True
    why = (
        "We use this to suggest mentors who know about the things you picked. "
        "Only our team and your mentor will see it."
    )
    topics = vocabulary(
        HelpTopic,
        label="What would you like help with?",
        help_text="Pick up to three. You can change your mind later.",
        required=False,
    )
    unsure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].label_from_instance = lambda topic: topic.spoken or topic.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        topics = data.get("topics")
        if topics is not None and len(topics) > MOST_TOPICS:
            self.add_error("topics", "Pick three at most")
        if topics is not None and not topics and not data.get("unsure"):
            self.add_error("topics", "Pick at least one, or choose “I’m not sure yet”")
        return data

    def said(self) -> list[tuple[str, str]]:
        topics = [topic.spoken or topic.name for topic in self.cleaned_data["topics"]]
        return [("Help with", listed(topics) or "Not sure yet")]
