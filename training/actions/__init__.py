"""The verbs of learning: load a course, read, answer, certify, remind."""

from training.actions.certify import certify, forget, pass_all, reinstate, revoke
from training.actions.learn import answer, keep_note, read, start_try
from training.actions.load import import_course, load_course
from training.actions.publish import checked, close, difference, discard_draft, publish, reopen, start_draft
from training.actions.remind import nudge_stalled, remind_lapsing
from training.reader import BadCourse

__all__ = [
    "BadCourse",
    "answer",
    "certify",
    "checked",
    "close",
    "difference",
    "discard_draft",
    "forget",
    "import_course",
    "keep_note",
    "load_course",
    "nudge_stalled",
    "pass_all",
    "publish",
    "read",
    "reinstate",
    "remind_lapsing",
    "reopen",
    "revoke",
    "start_draft",
    "start_try",
]
