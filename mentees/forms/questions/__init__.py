"""The questions, one form a page. What is typed is kept as typed; these forms read it again when needed."""

from __future__ import annotations

from mentees.forms.questions.adult import Adult
from mentees.forms.questions.goals import Goals
from mentees.forms.questions.help import Help
from mentees.forms.questions.people import People
from mentees.forms.questions.place import Where
from mentees.forms.questions.question import Question
from mentees.forms.questions.reach import Reach
from mentees.forms.questions.times import Times
from mentees.forms.questions.you import AboutYou

QUESTIONS: list[type[Question]] = [AboutYou, Where, Help, Goals, Times, People, Reach, Adult]
OF_SLUG = {question.slug: question for question in QUESTIONS}

__all__ = [
    "OF_SLUG",
    "QUESTIONS",
    "AboutYou",
    "Adult",
    "Goals",
    "Help",
    "People",
    "Question",
    "Reach",
    "Times",
    "Where",
]
