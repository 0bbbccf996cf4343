"""An employer's link: it marks who came by it, can be closed, and names nobody who did not say so."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors.models import Mentor
from partners import actions as partners
from tests import factories
from tests.signing_in import sign_in


@pytest.fixture
def employer(staff, at):
    made = factories.make_organisation("Bridge Works", kind="employer")
    return partners.renew_invitation(made, by=staff, at=at)


@pytest.fixture
def url(employer):
    return reverse("mentors:join", args=[employer.invitation])


@pytest.fixture
def answers(programme):
    return {
        "first_name": "Amara",
        "last_name": "Okafor",
        "email": "amara@people.example",
        "programme": programme.pk,
        "years": "6",
        "has_degree": "no",
        "is_adult": "yes",
        "password": "",
        "may_be_named": "no",
    }


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_who_comes_by_it_is_marked_as_theirs(client, url, answers, employer, answer):
    assert "Invited by Bridge Works" in client.get(url).text
    assert client.post(url, answers | {"may_be_named": answer}).status_code == 302
    mentor = Mentor.objects.get()
    assert (mentor.invited_by, mentor.employed_by, mentor.employer) == (employer, employer, "Bridge Works")
    assert mentor.may_be_named is (answer == "yes")
    assert mentor.profile.employer == employer.pk, "so that matching keeps two of one workplace apart"
    assert Entry.objects.about(mentor).get(verb="signed up").facts["invited_by"] == employer.pk


def test_whether_they_may_be_named_is_asked_and_never_assumed(client, url, answers):
    page = client.post(url, {k: v for k, v in answers.items() if k != "may_be_named"})
    assert page.text.count("Say whether Bridge Works may know") >= 2
    assert not Mentor.objects.exists()
    assert "may_be_named" not in client.get(reverse("mentors:sign_up")).text


def test_somebody_with_an_account_can_come_by_it_too(client, url, answers, employer):
    sign_in(client, factories.make_user("Dee"))
    client.post(url, answers)
    assert Mentor.objects.get().invited_by == employer
    assert client.get(url).url == reverse("mentors:profile")


@pytest.mark.parametrize("how", ["closed", "renewed", "left"])
def test_a_link_that_is_closed_says_so_and_loses_nothing(client, url, answers, employer, staff, at, how):
    if how == "closed":
        partners.close_invitation(employer, by=staff, at=at)
        partners.close_invitation(employer, by=staff, at=at)
    elif how == "renewed":
        partners.renew_invitation(employer, by=staff, at=at)
    else:
        partners.part(employer, by=staff)
    page = client.post(url, answers)
    assert page.status_code == 404
    assert "This invitation is closed" in page.text
    assert 'value="Amara"' in page.text
    assert f'action="{reverse("mentors:sign_up")}"' in page.text
    assert not Mentor.objects.exists()


def test_nobody_guesses_one(client, employer):
    assert len(employer.invitation) >= 20
    for token in ("x", "None", employer.invitation[:-1], "a" * 400):
        assert client.get(reverse("mentors:join", args=[token])).status_code == 404


def test_only_a_verified_partner_has_one_and_only_staff_make_it(staff, at):
    new = factories.make_organisation("New", status="applied")
    with pytest.raises(NotAllowed, match="Verify"):
        partners.renew_invitation(new, by=staff, at=at)
    with pytest.raises(NotAllowed, match="Only our staff"):
        partners.renew_invitation(new, by=factories.make_user("X"), at=at)


def test_staff_see_the_link_and_only_the_names_they_may_tell(client, employer, programme, staff):
    named = {"programme": programme, "invited_by": employer, "last_name": "Named"}
    factories.make_mentor("Amara", may_be_named=True, **named)
    factories.make_mentor("Bola", may_be_named=False, **named)
    sign_in(client, staff)
    page = client.get(reverse("admin:partners_organisation_change", args=[employer.pk])).text
    assert f"/mentors/join/{employer.invitation}/" in page
    assert "2 people have signed up by it" in page
    assert "Amara Named" in page
    assert "Bola Named" not in page
    elsewhere = factories.make_staff("Elin", programmes=[factories.make_programme("Cardiff 2026")])
    sign_in(client, elsewhere)
    page = client.get(reverse("admin:partners_organisation_change", args=[employer.pk])).text
    assert "Amara Named" not in page, "mentors of other programmes are not theirs to see"


def test_staff_renew_and_close_it_on_its_page(client, employer, staff):
    sign_in(client, staff)
    first = employer.invitation
    for name in ("link", "close_link"):
        url = reverse(f"admin:partners_{name}", args=[employer.pk])
        assert client.get(url).status_code == 200
        employer.refresh_from_db()
        assert employer.invitation == first if name == "link" else employer.invitation
        assert client.post(url).status_code == 302
        employer.refresh_from_db()
        assert employer.invitation != first
    assert employer.invitation is None


def test_a_mentor_changes_their_mind_in_the_profile(client, employer, programme):
    mentor = factories.make_mentor("Amara", programme=programme, invited_by=employer)
    sign_in(client, mentor.user)
    url = reverse("mentors:work")
    form = {
        "job_title": "Engineer",
        "employer": "Elsewhere",
        "sectors": [mentor.sectors.get().pk],
        "years_of_work": "9",
        "has_degree": "False",
    }
    assert "May Bridge Works know" in client.get(url).text
    client.post(url, form | {"may_be_named": "yes"})
    client.post(url, form | {"may_be_named": "yes"})
    mentor.refresh_from_db()
    assert (mentor.may_be_named, mentor.invited_by, mentor.employed_by) == (True, employer, None)
    assert Entry.objects.about(mentor).filter(verb="may be named").count() == 1
    client.post(url, form | {"may_be_named": "no"})
    mentor.refresh_from_db()
    assert not mentor.may_be_named
    assert timezone.now() > mentor.signed_up_at
