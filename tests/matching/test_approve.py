"""Staff say yes: to a match, or, for somebody under age, to a proposal."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from django.utils import timezone

from audit.transitions import NotAllowed
from matching.actions import approve, run_night
from matching.models import Match, Proposal
from mentees.models import Permission
from mentors.models import Check
from notifications.models import Letter
from tests import factories

NOW = timezone.now


@pytest.fixture
def grown(cast: SimpleNamespace) -> SimpleNamespace:
    """The cast with a mentee of 20, for whom one yes is enough."""
    cast.mentee.born_on = date(NOW().year - 20, 1, 2)
    cast.mentee.save()
    return cast


def test_it_offers_the_match_to_the_mentor(grown: SimpleNamespace) -> None:
    match = approve(grown.request, grown.mentor, by=grown.staff, at=NOW())
    assert isinstance(match, Match)
    assert match.status == Match.Status.OFFERED_TO_MENTOR
    assert match.score == sum(match.components.values()) > 0
    assert match.answer_by > timezone.localdate()
    letter = Letter.objects.get(kind="matching/offered")
    assert letter.to_user == grown.mentor.user
    assert "Kayden" in letter.subject


def test_it_needs_two_people_for_somebody_under_18(cast: SimpleNamespace) -> None:
    proposal = approve(cast.request, cast.mentor, by=cast.staff, at=NOW())
    assert isinstance(proposal, Proposal)
    assert not Match.objects.exists()
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        approve(cast.request, cast.mentor, by=cast.staff, at=NOW())
    match = approve(cast.request, cast.mentor, by=cast.second, at=NOW())
    assert isinstance(match, Match)
    assert (match.proposed_by, match.approved_by) == (cast.staff, cast.second)


def test_it_holds_the_mentors_capacity(grown: SimpleNamespace) -> None:
    approve(grown.request, grown.mentor, by=grown.staff, at=NOW())
    other = factories.make_request(factories.make_mentee("Zed", born_on=date(2004, 1, 1)))
    with pytest.raises(NotAllowed, match="no free place"):
        approve(other, grown.mentor, by=grown.staff, at=NOW())
    with pytest.raises(IntegrityError):  # and the database would not have it either
        factories.make_match(grown.mentor, other, status="offered_to_mentor")


def test_it_allows_one_open_match_a_programme(grown: SimpleNamespace) -> None:
    approve(grown.request, grown.mentor, by=grown.staff, at=NOW())
    second_mentor = factories.make_ready_mentor("Tomos", programme=grown.programme)
    with pytest.raises(NotAllowed, match="open match"):
        approve(grown.request, second_mentor, by=grown.staff, at=NOW())


def test_it_says_what_changed_since_the_page_was_opened(grown: SimpleNamespace) -> None:
    Check.objects.filter(kind="dbs").update(expires_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed, match=r"Changed since you opened it: Amara.*Nothing was saved"):
        approve(grown.request, grown.mentor, by=grown.staff, at=NOW())
    assert not Match.objects.exists()
    assert not Letter.objects.filter(kind="matching/offered").exists()


def test_it_refuses_without_a_guardians_permission(cast: SimpleNamespace) -> None:
    Permission.objects.all().delete()
    with pytest.raises(NotAllowed, match="Changed since"):
        approve(cast.request, cast.mentor, by=cast.staff, at=NOW())


def test_it_refuses_staff_of_another_programme(grown: SimpleNamespace) -> None:
    elsewhere = factories.make_staff("Elsie", programmes=[factories.make_programme("Cardiff 2026")])
    with pytest.raises(NotAllowed, match="don’t look after"):
        approve(grown.request, grown.mentor, by=elsewhere, at=NOW())


def test_it_ends_competing_proposals(cast: SimpleNamespace) -> None:
    other = factories.make_request(factories.make_mentee("Zed"), programme=cast.programme)
    approve(other, cast.mentor, by=cast.staff, at=NOW())
    approve(cast.request, cast.mentor, by=cast.staff, at=NOW())
    approve(cast.request, cast.mentor, by=cast.second, at=NOW())
    assert set(Proposal.objects.values_list("request_id", "status")) == {
        (other.pk, "lapsed"),
        (cast.request.pk, "approved"),
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"free_slots": 1}, "no free time in common"),
        ({"way": "in_person", "outcode": "CF10"}, "no way of meeting"),
        ({"accepted_ages": 1}, "of this age"),
    ],
)
def test_it_checks_every_hard_rule_again(grown: SimpleNamespace, change: dict, sentence: str) -> None:
    factories.make_outcode("CF10", "Cardiff", 3180, 1760)
    type(grown.mentor).objects.filter(pk=grown.mentor.pk).update(**change)
    with pytest.raises(NotAllowed, match=sentence):
        approve(grown.request, grown.mentor, by=grown.staff, at=NOW())


def test_an_adult_workforce_check_does_not_cover_a_child(cast: SimpleNamespace) -> None:
    Check.objects.filter(mentor=cast.mentor, kind="dbs").update(workforce="adult")
    with pytest.raises(NotAllowed, match="DBS check doesn’t cover this age"):
        approve(cast.request, cast.mentor, by=cast.staff, at=NOW())
    assert run_night(at=NOW()).counts["suggestions"] == 0


def test_nobody_is_matched_with_themselves(grown: SimpleNamespace) -> None:
    type(grown.mentor).objects.filter(pk=grown.mentor.pk).update(user=grown.mentee.user)
    assert run_night(at=NOW()).counts["suggestions"] == 0
    with pytest.raises(NotAllowed, match="same person"):
        approve(grown.request, grown.mentor, by=grown.staff, at=NOW())


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_nobody_decides_on_their_own_match(grown: SimpleNamespace, side: str) -> None:
    type(grown.mentor).objects.filter(pk=grown.mentor.pk).update(
        **({"user": grown.staff} if side == "mentor" else {})
    )
    if side == "mentee":
        grown.mentee.user = grown.staff
        grown.mentee.save()
    with pytest.raises(NotAllowed, match="Somebody else has to decide"):
        approve(grown.request, grown.mentor, by=grown.staff, at=NOW())


def test_it_is_not_held_up_by_a_proposal_that_can_no_longer_be(cast: SimpleNamespace) -> None:
    approve(cast.request, cast.mentor, by=cast.staff, at=NOW())
    other = factories.make_ready_mentor("Tomos", programme=cast.programme)
    with pytest.raises(NotAllowed, match="already proposed"):
        approve(cast.request, other, by=cast.staff, at=NOW())
    type(cast.mentor).objects.filter(pk=cast.mentor.pk).update(status="suspended")
    proposal = approve(cast.request, other, by=cast.staff, at=NOW())
    assert isinstance(proposal, Proposal)
    assert set(Proposal.objects.values_list("mentor_id", "status")) == {
        (cast.mentor.pk, "lapsed"),
        (other.pk, "open"),
    }
