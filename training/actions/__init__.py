"""The verbs of learning: load a course, read, answer, certify, remind."""

from training.actions.certify import certify, forget, pass_all, reinstate, revoke
from training.actions.learn import answer, read, start_try
from training.actions.load import load_course
from training.actions.places import (
    book,
    close_waiting_lists,
    find_place,
    forget_bookings,
    give_back,
    remind_workshops,
)
from training.actions.remind import nudge_stalled, remind_lapsing
from training.actions.workshops import cancel_session, change_session, mark_attendance, plan_session
from training.reader import BadCourse

__all__ = [
    "BadCourse",
    "answer",
    "book",
    "cancel_session",
    "certify",
    "change_session",
    "close_waiting_lists",
    "find_place",
    "forget",
    "forget_bookings",
    "give_back",
    "load_course",
    "mark_attendance",
    "nudge_stalled",
    "pass_all",
    "plan_session",
    "read",
    "reinstate",
    "remind_lapsing",
    "remind_workshops",
    "revoke",
    "start_try",
]
