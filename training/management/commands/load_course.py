"""Load a course folder, as often as you like."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training import actions


class Command(BaseCommand):
    help = (
        "Load a course from its folder: what changed becomes its next version. What people have done is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", help="like training/courses/becoming-a-mentor")

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        try:
            course = actions.load_course(path)
        except actions.BadCourse as error:
            raise CommandError(str(error)) from error
        stands = f"version {course.version}" if course.version else "a draft"
        self.stdout.write(f"“{course.title}” is loaded: {course.modules.count()} modules, {stands}.")
