"""The timetable: everything that happens by itself, one line a sentence."""

import os
from datetime import date, datetime, time, timedelta

from celery import Celery
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onemm.settings")


def night_at(text: str) -> time:
    """When the nightly run begins, in London. Raises ImproperlyConfigured for what is no time of day."""
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured("TIMETABLE_NIGHT must be a time of day, like 03:40.") from error


# An operator moves it out of the way of a backup: TIMETABLE_NIGHT=03:40.
NIGHT = night_at(os.environ.get("TIMETABLE_NIGHT") or "02:15")
BEFORE = (datetime.combine(date.min + timedelta(days=1), NIGHT) - timedelta(minutes=25)).time()

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
    "compare the numbers that matching reads with what people told us, 25 minutes before the night": {
        "task": "matching.tasks.repair_profiles",
        "schedule": crontab(hour=BEFORE.hour, minute=BEFORE.minute),
    },
    "look for matches, each night: at a quarter past two unless the operator says otherwise": {
        "task": "matching.tasks.run_night",
        "schedule": crontab(hour=NIGHT.hour, minute=NIGHT.minute),
    },
    "recall offers to mind, each morning": {
        "task": "matching.tasks.remind_offers",
        "schedule": crontab(hour=9, minute=0),
    },
    "let offers go whose last day is over, just after midnight and again each hour": {
        "task": "matching.tasks.lapse_offers",
        "schedule": crontab(minute=5),
    },
    "nudge mentors who stopped half-way through their profile, each morning": {
        "task": "mentors.tasks.nudge",
        "schedule": crontab(hour=9, minute=10),
    },
    "remind referees who have not answered, each morning": {
        "task": "mentors.tasks.remind_referees",
        "schedule": crontab(hour=9, minute=20),
    },
    "watch DBS checks and safeguarding training run out: letters ahead, and matches paused on the day": {
        "task": "mentors.tasks.watch_checks",
        "schedule": crontab(hour=4, minute=0),
    },
    "tell the safeguarding lead of mentors who meet under-18s on four days in 30, each morning": {
        "task": "safeguarding.tasks.tell_of_contact_days",
        "schedule": crontab(hour=6, minute=30),
    },
    "tell mentors whose pause is over that we look again, each morning": {
        "task": "mentors.tasks.end_pauses",
        "schedule": crontab(hour=9, minute=0),
    },
    "tell people who wait for a programme near them that one has opened, each morning": {
        "task": "partners.tasks.tell_interested",
        "schedule": crontab(hour=9, minute=5),
    },
    "forget who joined that list and never confirmed, or waited two years, each night": {
        "task": "partners.tasks.forget_interest",
        "schedule": crontab(hour=3, minute=45),
    },
    "remind guardians who have not answered by day 5 and day 10, each morning": {
        "task": "mentees.tasks.remind_guardians",
        "schedule": crontab(hour=9, minute=50),
    },
    "close askings for permission whose last day is over, just after midnight and again each hour": {
        "task": "mentees.tasks.expire_permissions",
        "schedule": crontab(minute=10),
    },
    "forget half-finished requests after a fortnight, each night": {
        "task": "mentees.tasks.forget_drafts",
        "schedule": crontab(hour=3, minute=40),
    },
    "nudge people who stopped half-way through training, each morning": {
        "task": "training.tasks.nudge",
        "schedule": crontab(hour=9, minute=30),
    },
    "tell people whose safeguarding training runs out soon, each morning": {
        "task": "training.tasks.remind_lapsing",
        "schedule": crontab(hour=9, minute=40),
    },
    "remind people of tomorrow's workshop, at a quarter past ten in the morning": {
        "task": "training.tasks.remind_workshops",
        "schedule": crontab(hour=10, minute=15),
    },
    "tell those who still wait when a workshop begins, each hour": {
        "task": "training.tasks.close_waiting_lists",
        "schedule": crontab(minute=25),
    },
    "write to those who have waited 14, 30 or 60 days, each morning": {
        "task": "matching.tasks.tell_waiting",
        "schedule": crontab(hour=9, minute=50),
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
