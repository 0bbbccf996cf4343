import pytest

from audit.transitions import NotAllowed
from mentoring import actions
from mentoring.models import Goal, Step


def test_it_keeps_three_goals_at_most_and_each_once(pair):
    for words in ("Apply for three apprenticeships", "Feel OK talking", "Find a bus pass", "Feel OK talking"):
        actions.add_goal(pair.match, by=pair.mentee, at=pair.now, words=words)
    assert Goal.objects.count() == 3
    with pytest.raises(NotAllowed, match="Three goals are plenty"):
        actions.add_goal(pair.match, by=pair.mentor, at=pair.now, words="A fourth")


def test_both_add_and_finish_steps_once(pair):
    goal = actions.add_goal(pair.match, by=pair.mentee, at=pair.now, words="Apply")
    step = actions.add_step(goal, by=pair.mentor, at=pair.now, words="Draft my CV")
    assert actions.add_step(goal, by=pair.mentor, at=pair.now, words="Draft my CV") == step
    actions.finish_step(step, by=pair.mentee, at=pair.now)
    actions.finish_step(step, by=pair.mentor, at=pair.now)
    assert Step.objects.get().done_at == pair.now
    actions.finish_goal(goal, by=pair.mentee, at=pair.now)
    assert Goal.objects.get().done_at == pair.now


def test_it_takes_no_contact_details(pair):
    with pytest.raises(NotAllowed, match="phone number"):
        actions.add_goal(pair.match, by=pair.mentor, at=pair.now, words="Ring 07700 900123")


def test_it_is_only_for_the_two(pair):
    with pytest.raises(NotAllowed):
        actions.add_goal(pair.match, by=pair.stranger, at=pair.now, words="Mine")
