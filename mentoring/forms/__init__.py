"""What the two of a pair may type, and staff at their desk."""

from mentoring.forms.desk import NotSentOn, Settle
from mentoring.forms.goal import GoalWords, StepWords
from mentoring.forms.meeting import CallOff, Log, Plan
from mentoring.forms.message import Write
from mentoring.forms.offer import Question, SayNo

__all__ = [
    "CallOff",
    "GoalWords",
    "Log",
    "NotSentOn",
    "Plan",
    "Question",
    "SayNo",
    "Settle",
    "StepWords",
    "Write",
]
