"""Concerns: one new, one that somebody looks into, one closed. Invented, and nobody in them is named."""

from __future__ import annotations

from typing import Any

from onemm.demo.stage import Stage
from safeguarding import actions as safeguarding
from safeguarding.models import Look
from users.models import User

STEPS = 1


def raise_some(stage: Stage) -> None:
    """Four concerns, each with its own clock."""
    stage.told("concerns")
    lead, deputy = stage.people["safeguarding"], stage.people["deputy"]
    mentor = User.objects.get(email="mentor@demo.example")
    _raise(
        stage,
        mentor,
        0,
        23,
        what_happened=(
            "At the end of our call they said that things at home had been loud this week, and that they "
            "had slept at a friend’s twice. They did not want to say more."
        ),
        when_and_where="Yesterday evening, on the video call",
    )
    _raise(
        stage,
        stage.people["colleague"],
        0,
        8,
        about="work",
        what_happened="The meeting room at our centre has no window in the door any more.",
    )
    looked = _raise(
        stage,
        stage.people["coordinator"],
        3,
        11,
        what_happened="A young person told me that an adult they met online keeps asking for photographs.",
        who="Somebody outside the programme",
    )
    _look(stage, looked, lead, 3, 11, 20)
    stage.do(safeguarding.acknowledge, looked, by=lead, at=stage.ago(3, 11, 24))
    _look(stage, looked, deputy, 2, 9, 5)
    over = _raise(
        stage,
        stage.people["coordinator-college"],
        30,
        14,
        what_happened="A mentor gave a young person a lift home after their meeting, because of the rain.",
    )
    _look(stage, over, lead, 30, 15, 2)
    stage.do(safeguarding.acknowledge, over, by=lead, at=stage.ago(30, 15, 10))
    decision = "Spoke to both. No harm came of it. The mentor has read the code of conduct again."
    stage.do(safeguarding.close, over, by=lead, at=stage.ago(27, 10), decision=decision)


def _raise(stage: Stage, by: User, days: int, hour: int, **words: Any) -> Any:
    return stage.do(
        safeguarding.raise_concern, by=by, at=stage.ago(days, hour), form_key=stage.key(), **words
    )


def _look(stage: Stage, concern: Any, by: User, days: int, hour: int, minute: int) -> None:
    Look.objects.create(concern=concern, by=by, at=stage.ago(days, hour, minute))
