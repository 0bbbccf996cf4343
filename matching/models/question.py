"""Questions people ask before they answer an offer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.models.match import Match
from partners.models import Programme


class OfferQuestionQuerySet(models.QuerySet["OfferQuestion"]):
    def visible_to(self, user: Any) -> OfferQuestionQuerySet:
        """Staff of the programme, and whoever asked."""
        return self.filter(Q(match__programme__in=Programme.objects.managed_by(user)) | Q(by=user))

    def unanswered(self) -> OfferQuestionQuerySet:
        return self.filter(answered_at__isnull=True)


class OfferQuestion(models.Model):
    """One thing that somebody wants to know before saying yes or no."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="questions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.CharField("question", max_length=500)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question about an offer"
        verbose_name_plural = "questions about offers"
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["match", "by", "words"], name="the_same_question_is_asked_once")
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"
