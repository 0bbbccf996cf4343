"""Staff's desk for matching: the review queue, matches, questions, and the nights."""

from matching.admin import desk, match, question, review, run

__all__ = ["desk", "match", "question", "review", "run"]
