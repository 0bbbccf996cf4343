"""A course as one file, to keep, to send, or to write on with an editor of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training import content
from training.models import Course
from training.writer import zip_of


class Command(BaseCommand):
    help = "Write a course, as learners see it now, to a zip of its folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="like becoming-a-mentor")
        parser.add_argument("path", nargs="?", help="where to; like becoming-a-mentor.zip if nothing is said")

    def handle(self, *args: Any, slug: str, path: str | None, **options: Any) -> None:
        course = Course.objects.filter(slug=slug).first()
        if course is None:
            raise CommandError(f"There is no course “{slug}”.")
        target = Path(path or f"{slug}.zip")
        try:
            target.write_bytes(zip_of(content.of_course(course, with_pictures=True)))
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"“{course.title}” is in {target}.")
