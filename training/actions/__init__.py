"""The verbs of learning: load a course, read, answer, certify, remind."""

from training.actions.certify import certify, forget, pass_all, reinstate, revoke
from training.actions.learn import answer, keep_note, read, start_try
from training.actions.load import import_course, load_course
from training.actions.places import (
    book,
    close_waiting_lists,
    find_place,
    forget_bookings,
    give_back,
    remind_workshops,
)
from training.actions.publish import checked, close, difference, discard_draft, publish, reopen, start_draft
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
    "checked",
    "close",
    "close_waiting_lists",
    "difference",
    "discard_draft",
    "find_place",
    "forget",
    "forget_bookings",
    "give_back",
    "import_course",
    "keep_note",
    "load_course",
    "mark_attendance",
    "nudge_stalled",
    "pass_all",
    "plan_session",
    "publish",
    "read",
    "reinstate",
    "remind_lapsing",
    "remind_workshops",
    "reopen",
    "revoke",
    "start_draft",
    "start_try",
]
