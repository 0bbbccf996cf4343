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
    "remind both of tomorrow's meeting, at 10 in the morning": {
        "task": "mentoring.tasks.remind_meetings",
        "schedule": crontab(hour=10, minute=0),
    },
    "ask how yesterday's meeting went, each hour": {
        "task": "mentoring.tasks.ask_for_logs",
        "schedule": crontab(minute=20),
    },
    "take concerns that nobody answered in time to the deputy, each minute": {
        "task": "safeguarding.tasks.escalate",
        "schedule": crontab(),
    },
    "forget sessions and sign-in limits that are over, each night": {
        "task": "users.tasks.forget_what_is_over",
        "schedule": crontab(hour=3, minute=15),
    },
    "forget the words of letters that left a week ago, each night": {
        "task": "notifications.tasks.forget_bodies",
        "schedule": crontab(hour=3, minute=30),
    },
    "note that the timetable is kept, each minute": {
        "task": "onemm.tasks.tick",
        "schedule": crontab(),
    },
}

app = Celery("onemm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
