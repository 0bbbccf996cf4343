"""The pages of a pair, and everybody's home."""

from mentoring.views.goals import add_goal, add_step, finish_goal, finish_step
from mentoring.views.home import first_hour, home
from mentoring.views.meetings import calendar, cancel_meeting, log_meeting, move_meeting, plan_meeting
from mentoring.views.messages import edit_message, send_message, take_back
from mentoring.views.offer import ask_about_offer, decline_offer, offer, pause_after_no
from mentoring.views.relationship import relationship

__all__ = [
    "add_goal",
    "add_step",
    "ask_about_offer",
    "calendar",
    "cancel_meeting",
    "decline_offer",
    "edit_message",
    "finish_goal",
    "finish_step",
    "first_hour",
    "home",
    "log_meeting",
    "move_meeting",
    "offer",
    "pause_after_no",
    "plan_meeting",
    "relationship",
    "send_message",
    "take_back",
]
