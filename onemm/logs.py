"""Logs: what happened, never to whom. In production one JSON object a line, elsewhere plain text."""

from __future__ import annotations

import re
import sys
import traceback
from typing import Any

import structlog

# What opens doors or points at people: signed tokens, and e-mail addresses that slipped into a message.
SIGNED = re.compile(r"[A-Za-z0-9_\-.]{8,}:[A-Za-z0-9_\-]{4,}:[A-Za-z0-9_\-]{20,}")
ADDRESS = re.compile(r"[^\s@<>\"'=]+@[^\s@<>\"',]+")
LEFT_OUT = ("ip", "user_agent")


def clean(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out addresses of machines and people, tokens, and whatever stood behind a question mark."""
    for name in LEFT_OUT:
        event.pop(name, None)
    for name, value in event.items():
        if isinstance(value, str):
            if name == "request":
                value = value.partition("?")[0]
            event[name] = ADDRESS.sub("…@…", SIGNED.sub("…", value))
    return event


def frames_only(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """An exception as its kind and its places in the code: its message may quote a row."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    elif isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0]:
        event["exception"] = info[0].__name__
        event["at"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(info[2])]
    return event


def configure(*, production: bool, level: str) -> dict[str, Any]:
    """Set structlog up and give Django its LOGGING, so that both speak through one formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = (
        [frames_only, clean, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if production
        else [
            clean,
            # Plain: the pretty one prints the variables of every frame, and with them people.
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    # Away from production a page that is not there is no news on the console.
    pages = level if production else "ERROR"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": pages},
            "django_structlog": {"level": pages},
        },
    }
