"""How we speak: every e-mail is a row first, and stays as it was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Any) -> LetterQuerySet:
        """Letters that this person may find: staff only, and never those kept private from them."""
        from notifications import gates

        if not (user.is_authenticated and user.is_active and user.is_staff):
            return self.none()
        letters = self
        for prefix in gates.closed_to(user):
            letters = letters.exclude(kind__startswith=prefix)
        narrowed: LetterQuerySet = gates.narrowed(letters, user)
        return narrowed

    def due(self, at: datetime) -> LetterQuerySet:
        """Queued letters whose next try has come, urgent ones first, then the oldest."""
        return self.filter(status=Letter.Status.QUEUED, next_try_at__lte=at).order_by(
            "-urgent", "next_try_at", "id"
        )

    def abandoned(self, at: datetime) -> LetterQuerySet:
        """Letters claimed by a sender that never said how it ended."""
        return self.filter(status=Letter.Status.SENDING, lease_until__lte=at)

    def waiting(self) -> LetterQuerySet:
        return self.filter(status__in=(Letter.Status.QUEUED, Letter.Status.SENDING))

    def for_a_person(self) -> LetterQuerySet:
        """Letters that only a person can decide about."""
        return self.filter(status__in=(Letter.Status.UNSURE, Letter.Status.DEAD))


class Letter(models.Model):
    """One e-mail to one person about one event, rendered when the event happened and kept as sent."""

    class Status(models.TextChoices):
        QUEUED = "queued", "waiting to leave"
        SENDING = "sending", "leaving"
        SENT = "sent", "sent"
        UNSURE = "unsure", "not sure it left"
        DEAD = "dead", "could not be sent"
        CANCELLED = "cancelled", "cancelled"

    # "sending" goes back to "queued" only when we know that nothing left. A sender that died says nothing:
    # its letter becomes "unsure", and only a person moves it on.
    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "queued": ("sending", "cancelled"),
        "sending": ("sent", "queued", "unsure", "dead", "cancelled"),
        "unsure": ("queued", "sent"),
        "dead": ("queued",),
        "sent": (),
        "cancelled": (),
    }

    key = models.CharField(max_length=200, unique=True, help_text="kind:object:recipient:due-date")
    kind = models.CharField(max_length=100, help_text="The template's name, like mentors/approved.")
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="letters",
        verbose_name="to",
    )
    to_email = models.CharField("e-mail address", max_length=254)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    about = models.CharField(max_length=100, blank=True, help_text="app.model:pk")
    due_on = models.DateField(null=True, blank=True)
    urgent = models.BooleanField(default=False)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, help_text="Fixed when written, the same on each try.")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    on_the_wire = models.BooleanField(
        default=False, help_text="Handed to a mail server; otherwise kept, not posted."
    )
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="When the words were forgotten.")
    last_error = models.CharField(max_length=200, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            # The sweep asks these two questions each minute; the parts keep them small for ever.
            models.Index(
                fields=["-urgent", "next_try_at", "id"],
                name="letter_due",
                condition=models.Q(status="queued"),
            ),
            models.Index(fields=["lease_until"], name="letter_lease", condition=models.Q(status="sending")),
            models.Index(fields=["status", "-id"], name="letter_by_status"),
            models.Index(fields=["about"], name="letter_about"),
            models.Index(
                fields=["sent_at"],
                name="letter_to_forget",
                condition=models.Q(forgotten_at__isnull=True, sent_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["queued", "sending", "sent", "unsure", "dead", "cancelled"]),
                name="letter_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="sent") | models.Q(sent_at__isnull=False),
                name="sent_letter_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def outcome(self) -> str:
        """What became of it, in words; a letter that no mail server saw says so."""
        if self.status == self.Status.SENT and not self.on_the_wire:
            return "kept, not posted"
        return str(self.get_status_display())
