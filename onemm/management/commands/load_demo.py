"""The demonstration's people, for `manage.py demo` and for whoever wants to look round."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from onemm.demo import load


class Command(BaseCommand):
    help = "Fill an empty database with invented people in every state of every journey. Twice is once."

    def handle(self, *args: Any, **options: Any) -> None:
        # Straight to the terminal: Django's wrapper would end each picture of the bar with a new line.
        with tqdm(total=load.STEPS, file=sys.stderr, disable=None, leave=False) as bar:

            def told(what: str) -> None:
                bar.update()
                bar.set_description(what)

            try:
                is_new = load.load(now=timezone.now(), told=told)
            except load.NotHere as reason:
                raise CommandError(str(reason)) from None
        self.stdout.write(
            "The demonstration’s people are here."
            if is_new
            else "They are here already; nothing was changed."
        )
