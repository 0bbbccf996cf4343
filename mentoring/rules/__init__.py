"""Judgement about mentoring: what is held, when to meet, how long people wait. No database, no clock."""

from mentoring.rules.screening import (
    PHONE,
    RISK,
    completes_a_number,
    fit_to_show,
    is_empty,
    is_risk,
    why_hold,
)
from mentoring.rules.stories import agree, count, greeting, in_days, next_free_days, strip_of_months
from mentoring.rules.times import (
    ASK_AFTER,
    MAX_MINUTES,
    STOP_ASKING_AFTER,
    check_meeting_time,
    evening_before,
    is_worth_reminding,
)
from mentoring.rules.waiting import waiting_words, weeks_waited
from users.clock import LONDON, in_london

__all__ = [
    "ASK_AFTER",
    "LONDON",
    "MAX_MINUTES",
    "PHONE",
    "RISK",
    "STOP_ASKING_AFTER",
    "agree",
    "check_meeting_time",
    "completes_a_number",
    "count",
    "evening_before",
    "fit_to_show",
    "greeting",
    "in_days",
    "in_london",
    "is_empty",
    "is_risk",
    "is_worth_reminding",
    "next_free_days",
    "strip_of_months",
    "waiting_words",
    "weeks_waited",
    "why_hold",
]
