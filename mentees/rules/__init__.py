"""Judgement about young people: how old, what is missing, where they stand. No database, no clock."""

from mentees.rules.answers import Answers, Guardian, is_same_mailbox
from mentees.rules.readiness import Facts, Missing, age, birthday, born_by, needs_permission, what_is_missing
from mentees.rules.standing import Phrase, Step, journey, phrase, referral_journey

__all__ = [
    "Answers",
    "Facts",
    "Guardian",
    "Missing",
    "Phrase",
    "Step",
    "age",
    "birthday",
    "born_by",
    "is_same_mailbox",
    "journey",
    "needs_permission",
    "phrase",
    "referral_journey",
    "what_is_missing",
]
