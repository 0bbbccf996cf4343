"""The verbs of mentoring: plan and log meetings, set goals, write messages, remind."""

from mentoring.actions.goals import add_goal, add_step, finish_goal, finish_step
from mentoring.actions.logs import answer_log, log_meeting, settle_meeting
from mentoring.actions.meetings import cancel_meeting, move_meeting, plan_meeting
from mentoring.actions.messages import (
    refuse_message,
    release_message,
    rewrite_message,
    send_message,
    take_back,
)
from mentoring.actions.remind import ask_for_logs, remind_meetings

__all__ = [
    "add_goal",
    "add_step",
    "answer_log",
    "ask_for_logs",
    "cancel_meeting",
    "finish_goal",
    "finish_step",
    "log_meeting",
    "move_meeting",
    "plan_meeting",
    "refuse_message",
    "release_message",
    "remind_meetings",
    "rewrite_message",
    "send_message",
    "settle_meeting",
    "take_back",
]
