"""What a mentor can help with."""

from __future__ import annotations

from mentors.forms.section import Section, Words
from mentors.models import Mentor
from partners.models import Experience, HelpTopic, Language
from users.fields import PlainText


class Help(Section):
    title = "What you can help with"
    lead = "This is what we match on first. Choose what you would enjoy."

    topics = Words(
        HelpTopic,
        label="What could you help someone with?",
        help_text="Choose as many as you like.",
        error_messages={"required": "Choose at least one thing you can help with"},
    )
    languages = Words(
        Language,
        label="Which languages could you meet in?",
        error_messages={"required": "Choose at least one language"},
    )
    experiences = Words(
        Experience,
        label="Anything you have been through yourself",
        required=False,
        help_text="Only if you are happy for a young person to know. Sharing it helps some of them.",
    )
    interests = PlainText(label="What do you do when you are not working?", required=False, max_length=300)

    class Meta:
        model = Mentor
        fields = ("topics", "languages", "experiences", "interests")
