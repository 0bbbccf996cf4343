"""Judgement about mentors. No database, no clock."""

from mentors.rules.eligibility import (
    ADULT,
    Eligibility,
    adult_if_born_by,
    eligibility,
    years_between,
)
from mentors.rules.people import REFEREES, is_a_relative, is_somebody_else, reference_code
from mentors.rules.readiness import (
    AFTER_APPROVAL,
    FACTS,
    PROFILE,
    Facts,
    Missing,
    Who,
    in_the_way_of_approval,
    in_the_way_of_sending,
    is_ready,
    next_thing,
    what_is_missing,
)
from mentors.rules.task_list import SECTIONS, Details, Task, sections, summary, task_list
from mentors.rules.timing import (
    CHECK_REMINDERS,
    NUDGES,
    PAUSES,
    REFERENCE_REMINDERS,
    months_after,
    reminder_after,
    reminder_before,
)

__all__ = [
    "ADULT",
    "AFTER_APPROVAL",
    "CHECK_REMINDERS",
    "FACTS",
    "NUDGES",
    "PAUSES",
    "PROFILE",
    "REFEREES",
    "REFERENCE_REMINDERS",
    "SECTIONS",
    "Details",
    "Eligibility",
    "Facts",
    "Missing",
    "Task",
    "Who",
    "adult_if_born_by",
    "eligibility",
    "in_the_way_of_approval",
    "in_the_way_of_sending",
    "is_a_relative",
    "is_ready",
    "is_somebody_else",
    "months_after",
    "next_thing",
    "reference_code",
    "reminder_after",
    "reminder_before",
    "sections",
    "summary",
    "task_list",
    "what_is_missing",
    "years_between",
]
