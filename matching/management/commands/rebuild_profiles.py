"""`manage.py rebuild_profiles`: make the packed profiles anew, or see whether they need it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from matching.actions.profiles import MODELS, ranges, rebuild_profiles, stale_profiles

SHOWN = 20  # ids printed, of however many


class Command(BaseCommand):
    help = "Write the numbers that matching reads of everybody’s profile anew, from what they told us."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--verify", action="store_true", help="Write nothing: say how many differ, and fail if any does."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Straight to the terminal: Django's wrapper would end each picture of the bar with a new line.
        with tqdm(total=len(ranges()), file=sys.stderr, disable=None, leave=False) as bar:
            if not options["verify"]:
                rebuild_profiles(told=lambda done: bar.update())
                self.stdout.write("Everybody’s numbers are what they told us.")
                return
            differ: dict[Any, list[int]] = {model: [] for model in MODELS}
            for model, ids in stale_profiles(told=lambda done: bar.update()):
                differ[model] += ids
        for model, ids in differ.items():
            some = f": {', '.join(map(str, ids[:SHOWN]))}{' …' if len(ids) > SHOWN else ''}" if ids else ""
            self.stdout.write(f"{model.owner()._meta.verbose_name_plural}: {len(ids)} differ{some}")
        if any(differ.values()):
            raise CommandError("Some differ. Without --verify they are written anew.")
