"""A match is paused at once when something it stands on falls."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from audit.transitions import NotAllowed
from matching.actions import resume
from matching.models import Match
from mentees.actions import withdraw
from mentees.signals import permission_withdrawn
from mentors.actions import suspend
from mentors.models import Check
from mentors.signals import no_longer_ready
from notifications.models import Letter
from tests import factories
from users.actions import close

NOW = timezone.now


@pytest.fixture
def match(cast: SimpleNamespace) -> Match:
    return factories.make_match(cast.mentor, cast.request)


def test_it_pauses_when_permission_is_withdrawn(cast: SimpleNamespace, match: Match) -> None:
    permission_withdrawn.send(sender=None, mentee=cast.mentee, at=NOW())
    match.refresh_from_db()
    assert match.status == Match.Status.PAUSED
    assert Letter.objects.filter(kind="matching/paused").count() == 2


@pytest.mark.parametrize(
    ("status", "after", "kind"),
    [("active", "paused", "matching/paused"), ("offered_to_mentee", "withdrawn", "matching/offer_withdrawn")],
)
def test_a_suspended_mentor_is_spoken_to_and_gets_no_letter(
    cast: SimpleNamespace, status: str, after: str, kind: str
) -> None:
    match = factories.make_match(cast.mentor, cast.request, status=status)
    suspend(cast.mentor, by=cast.staff, reason="A concern", at=NOW())
    match.refresh_from_db()
    assert match.status == after
    assert not Letter.objects.filter(to_user=cast.mentor.user).exists()
    assert Letter.objects.filter(to_user=cast.mentee.user, kind=kind).count() == 1


def test_it_pauses_when_a_check_lapses(cast: SimpleNamespace, match: Match) -> None:
    no_longer_ready.send(sender=None, mentor=cast.mentor, why="dbs", at=NOW())
    match.refresh_from_db()
    assert match.status == Match.Status.PAUSED


def test_it_takes_back_an_offer_instead(cast: SimpleNamespace) -> None:
    match = factories.make_match(cast.mentor, cast.request, status="offered_to_mentee")
    no_longer_ready.send(sender=None, mentor=cast.mentor, why="dbs", at=NOW())
    match.refresh_from_db()
    assert match.status == Match.Status.WITHDRAWN
    assert Letter.objects.filter(kind="matching/offer_withdrawn").count() == 1


def test_it_starts_again_by_hand_and_only_when_all_is_well(cast: SimpleNamespace, match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(status="paused")
    Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed, match="can’t start again yet"):
        resume(match, by=cast.staff, at=NOW())
    Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate() + timedelta(days=100))
    resume(match, by=cast.staff, at=NOW())
    match.refresh_from_db()
    assert match.status == Match.Status.ACTIVE


def test_it_takes_back_the_offer_of_a_closed_request(cast: SimpleNamespace) -> None:
    match = factories.make_match(cast.mentor, cast.request, status="offered_to_mentor")
    withdraw(cast.request, by=cast.mentee.user, at=NOW())
    match.refresh_from_db()
    assert match.status == Match.Status.WITHDRAWN


def test_it_pauses_the_match_of_a_closed_request(cast: SimpleNamespace, match: Match) -> None:
    withdraw(cast.request, by=cast.mentee.user, at=NOW())
    match.refresh_from_db()
    assert match.status == Match.Status.PAUSED


def test_it_tells_them_each_time_even_twice_on_one_day(cast: SimpleNamespace, match: Match) -> None:
    for _ in range(2):
        permission_withdrawn.send(sender=None, mentee=cast.mentee, at=NOW())
        match.refresh_from_db()
        resume(match, by=cast.staff, at=NOW())
    assert Letter.objects.filter(kind="matching/paused").count() == 4
    assert Letter.objects.filter(kind="matching/resumed").count() == 4


def test_it_pauses_a_match_that_is_finishing_too(cast: SimpleNamespace) -> None:
    match = factories.make_match(cast.mentor, cast.request, status="closing")
    no_longer_ready.send(sender=None, mentor=cast.mentor, why="dbs", at=NOW())
    match.refresh_from_db()
    assert match.status == Match.Status.PAUSED


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_nobody_starts_their_own_match_again(cast: SimpleNamespace, match: Match, who: str) -> None:
    Match.objects.filter(pk=match.pk).update(status="paused")
    with pytest.raises(NotAllowed, match="your own match"):
        resume(match, by=getattr(cast, who).user, at=NOW())


@pytest.mark.parametrize("who", ["mentor", "mentee"])
@pytest.mark.parametrize(("was", "becomes"), [("active", "paused"), ("offered_to_mentee", "withdrawn")])
def test_it_pauses_when_an_account_is_closed(cast: SimpleNamespace, who: str, was: str, becomes: str) -> None:
    match = factories.make_match(cast.mentor, cast.request, status=was)
    close(getattr(cast, who).user, by=cast.admin, at=NOW())
    match.refresh_from_db()
    assert match.status == becomes
