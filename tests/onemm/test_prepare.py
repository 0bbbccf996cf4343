"""A new database is made ready by one command, and a used one is left as people made it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from partners.models import HelpTopic, Outcode
from training.models import Course, Lesson


@pytest.mark.django_db
def test_it_brings_in_what_is_missing_and_keeps_what_is_there() -> None:
    call_command("prepare", verbosity=0, stdout=StringIO())
    assert HelpTopic.objects.exists()
    assert Outcode.objects.filter(code="M14").exists()
    assert Course.objects.get(slug="becoming-a-mentor").is_published
    Lesson.objects.update(title="As staff wrote it")
    HelpTopic.objects.filter(bit=0).update(name="As staff named it")
    call_command("prepare", verbosity=0, stdout=StringIO())
    assert set(Lesson.objects.values_list("title", flat=True)) == {"As staff wrote it"}
    assert HelpTopic.objects.filter(name="As staff named it").exists()
