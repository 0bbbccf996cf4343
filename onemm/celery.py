"""The timetable: everything that happens by itself, one line a sentence."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onemm.settings")

TIMETABLE: dict[str, dict[str, object]] = {
    "send every letter that is due, each minute": {
        "task": "notifications.tasks.send_due",
        "schedule": crontab(),
    },
}

app = Celery("onemm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
