"""Everything a database needs before people come: tables, words, places and the first course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from partners.models import HelpTopic, Outcode
from training.models import Course

COURSES = Path(settings.BASE_DIR) / "training" / "courses"


class Command(BaseCommand):
    help = "Migrate, and bring in words, places and courses that are not there yet. Run it at each release."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
        # What is there stays as staff left it: their lists, their postcodes, their courses.
        with transaction.atomic():
            if not HelpTopic.objects.exists():
                call_command("load_words", stdout=self.stdout)
            if not Outcode.objects.exists():
                call_command("load_outcodes", stdout=self.stdout)
            for folder in sorted(path.parent for path in COURSES.glob("*/course.toml")):
                if not Course.objects.filter(slug=folder.name).exists():
                    call_command("load_course", str(folder), stdout=self.stdout)
        if not quiet:
            self.stdout.write("Everything is prepared.")
