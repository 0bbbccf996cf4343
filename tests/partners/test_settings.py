"""Staff set up programmes and words; what makes no sense is said in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from partners.forms import ProgrammeForm
from partners.models import HelpTopic, Programme
from tests import factories
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def typed(**changes: Any) -> dict[str, Any]:
    fields = {
        f.name: f.get_default() for f in Programme._meta.fields if f.name not in {"id", "course", "ends_on"}
    }
    fields |= {"name": "Leeds", "slug": "leeds", "place": "Leeds", "starts_on": "2026-01-01", "weights": "{}"}
    return {**fields, **changes}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"min_age": 9}, "11 or over"),
        ({"max_age": 40}, "30 or under"),
        ({"min_age": 20, "max_age": 15}, "must not be below"),
        ({"ends_on": "2025-01-01"}, "end after it starts"),
        ({"max_capacity": 4}, "1, 2 or 3"),
        ({"permission_days": 0}, "1 or more"),
        ({"offer_reminder_day": 5}, "before the offer ends"),
        ({"weights": '{"topics": -1}'}, "whole numbers"),
        ({"weights": "[1]"}, "whole numbers"),
    ],
)
def test_it_says_which_setting_makes_no_sense(changes: dict[str, Any], says: str) -> None:
    form = ProgrammeForm(typed(**changes))
    assert not form.is_valid()
    assert says in str(form.errors)


def test_it_takes_the_defaults() -> None:
    form = ProgrammeForm(typed())
    assert form.is_valid(), form.errors


def test_staff_see_the_settings_of_their_programmes_only(client: Any) -> None:
    mine, other = factories.make_programme(), factories.make_programme("Cardiff")
    sign_in(client, factories.make_staff(programmes=[mine]))
    assert client.get(reverse("admin:partners_programme_change", args=[mine.pk])).status_code == 200
    assert client.get(reverse("admin:partners_programme_change", args=[other.pk])).status_code == 302


def test_a_new_word_takes_a_free_bit_and_none_is_deleted(client: Any) -> None:
    HelpTopic.objects.create(name="Interviews", bit=0)
    sign_in(client, factories.make_staff("Ada", is_superuser=True))
    client.post(reverse("admin:partners_helptopic_add"), {"name": "Money", "spoken": "", "is_offered": "on"})
    word = HelpTopic.objects.get(name="Money")
    assert word.bit == 1
    assert (
        client.post(reverse("admin:partners_helptopic_delete", args=[word.pk]), {"post": "yes"}).status_code
        == 403
    )
