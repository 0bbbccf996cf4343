"""The pages of mentors and of their referees."""

from mentors.views.apply import check_answers, sent
from mentors.views.profile import checks, pause, preview, profile, programmes, section
from mentors.views.referees import ask_again, references, replace_referee
from mentors.views.reference import new_link, reference, reference_sent
from mentors.views.sign_up import join, sign_up

__all__ = [
    "ask_again",
    "check_answers",
    "checks",
    "join",
    "new_link",
    "pause",
    "preview",
    "profile",
    "programmes",
    "reference",
    "reference_sent",
    "references",
    "replace_referee",
    "section",
    "sent",
    "sign_up",
]
