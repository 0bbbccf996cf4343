"""Messages: written on the platform, screened before an under-18 gets them, and kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.models import Match


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> MessageQuerySet:
        """Own messages whatever became of them; the other's once delivered. Staff read only the held ones.

        Staff who are one of the two read what anybody else in their place would.
        """
        mine = self.filter(match__in=Match.objects.visible_to(user))
        in_own_pair = Q(match__mentor__user=user) | Q(match__mentee__user=user)
        as_one_of_two = (Q(author=user) & ~Q(status=Message.Status.TAKEN_BACK)) | Q(
            status=Message.Status.DELIVERED
        )
        if user.is_staff:
            return mine.filter((in_own_pair & as_one_of_two) | (~in_own_pair & Q(status=Message.Status.HELD)))
        return mine.filter(as_one_of_two)

    def held(self) -> MessageQuerySet:
        return self.filter(status=Message.Status.HELD)

    def delivered(self) -> MessageQuerySet:
        return self.filter(status=Message.Status.DELIVERED)


class Message(models.Model):
    """One message from one of a pair to the other."""

    class Status(models.TextChoices):
        HELD = "held", "Held"
        DELIVERED = "delivered", "Delivered"
        REFUSED = "refused", "Not sent on"
        TAKEN_BACK = "taken_back", "Taken back"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.HELD: (Status.DELIVERED, Status.REFUSED, Status.TAKEN_BACK),
        Status.DELIVERED: (),
        Status.REFUSED: (),
        Status.TAKEN_BACK: (),
    }

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000)
    status = models.CharField(max_length=10, choices=Status, default=Status.HELD, editable=False)
    held_because = models.JSONField(default=list, editable=False)
    written_at = models.DateTimeField()
    screened_at = models.DateTimeField(null=True, blank=True, editable=False)
    delivered_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    words_to_author = models.CharField("why it was not sent on", max_length=300, blank=True, editable=False)
    form_key = models.UUIDField(
        unique=True, help_text="Made with the form, so that sending it twice is one message."
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [
            models.Index(fields=["match", "written_at"]),
            models.Index(fields=["status", "written_at"]),
        ]
        constraints = [
            # Nothing reaches a young person that no rule and no person has read.
            models.CheckConstraint(
                condition=~Q(status="delivered") | Q(screened_at__isnull=False, delivered_at__isnull=False),
                name="a_delivered_message_was_screened",
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"

    @property
    def why_held(self) -> str:
        """The reason in a few words, for its author and for staff."""
        return " and ".join(self.held_because)
