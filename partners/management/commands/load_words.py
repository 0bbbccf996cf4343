"""Bring the lists of words people choose from into the database."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from partners.models import Experience, HelpTopic, Language, Sector

WORDS = Path(__file__).resolve().parents[2] / "words.toml"
LISTS = {"help_topic": HelpTopic, "sector": Sector, "language": Language, "experience": Experience}


class Command(BaseCommand):
    help = "Bring the words of partners/words.toml into the database. May run again at any time."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
        for key, model in LISTS.items():
            manager: Any = model._default_manager
            known = {word.name: word for word in manager.all()}
            taken = {word.bit: word.name for word in known.values()}
            for word in words[key]:
                values = {"is_offered": word.get("offered", True)}
                if "spoken" in word:
                    values["spoken"] = word["spoken"]
                # A word that staff added first keeps its bit; a bit that staff gave away is not taken back.
                if word["name"] in known:
                    manager.filter(pk=known[word["name"]].pk).update(**values)
                elif word["bit"] in taken:
                    free = next(bit for bit in range(model.WIDTH) if bit not in taken)
                    taken[free] = word["name"]
                    manager.create(name=word["name"], bit=free, **values)
                else:
                    taken[word["bit"]] = word["name"]
                    manager.create(name=word["name"], bit=word["bit"], **values)
            self.stdout.write(f"{model._meta.verbose_name_plural}: {manager.count()}")
