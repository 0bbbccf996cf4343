"""The verbs of learning: load a course, read, answer, certify, remind."""

from training.actions.certify import certify, forget, pass_all, reinstate, revoke
from training.actions.learn import answer, read, start_try
from training.actions.load import load_course
from training.actions.remind import nudge_stalled, remind_lapsing
from training.reader import BadCourse

__all__ = [
    "BadCourse",
    "answer",
    "certify",
    "forget",
    "load_course",
    "nudge_stalled",
    "pass_all",
    "read",
    "reinstate",
    "remind_lapsing",
    "revoke",
    "start_try",
]
