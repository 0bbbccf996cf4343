"""A request for a mentor, and the referral it may have come by."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mentees import rules
from mentees.models.mentee import Mentee
from mentees.models.permission import Permission
from partners.models import Organisation, Programme


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, user: Any) -> RequestQuerySet:
        """Staff: requests in their programmes. Coordinators: those they referred. Others: their own."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            return self.filter(programme__in=Programme.objects.managed_by(user))
        return self.filter(
            Q(mentee__user=user)
            | Q(
                referral__organisation__coordinators__user=user,
                referral__organisation__status=Organisation.Status.VERIFIED,
            )
        )

    def open(self) -> RequestQuerySet:
        return self.filter(status__in=Request.OPEN)

    def ready(self, at: datetime) -> RequestQuerySet:
        """Ready to be matched at this moment: the same answer as `rules.what_is_missing`, for many at once.

        Says nothing about open matches. Ages become birth dates here, one pair a kind of programme, so that
        the database compares dates; programmes are few, and reading them costs one small query.
        """
        on = timezone.localdate(at)
        kinds: dict[tuple[int, int, int], list[int]] = {}
        for pk, *ages in Programme.objects.running(on).values_list(
            "pk", "min_age", "max_age", "permission_under"
        ):
            kinds.setdefault((ages[0], ages[1], ages[2]), []).append(pk)
        if not kinds:
            return self.none()
        permitted = Exists(
            Permission.objects.filter(mentee=OuterRef("mentee"), status=Permission.Status.GIVEN)
        )
        of_age = Q()
        for (least, most, under), programmes in kinds.items():
            of_age |= Q(
                Q(mentee__born_on__lte=rules.born_by(on, under)) | permitted,
                programme__in=programmes,
                mentee__born_on__lte=rules.born_by(on, least),
                mentee__born_on__gt=rules.born_by(on, most + 1),
            )
        languages = Mentee.languages.through.objects.filter(mentee=OuterRef("mentee"))
        return self.filter(
            of_age,
            ~Q(mentee__outcode="") | Q(mentee__way=Mentee.Way.ONLINE),
            Exists(languages),
            status=Request.Status.ACCEPTED,
            wants_a_talk_first=False,
            mentee__agreed_at__isnull=False,
            mentee__free_slots__gt=0,
            mentee__user__is_active=True,
        )


class Request(models.Model):
    """One young person asking for a mentor in one programme, whoever wrote it down."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "Waiting for the young person to confirm"
        ASKED = "asked", "With our team"
        MORE_NEEDED = "more_needed", "More needed"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Not taken on"
        WITHDRAWN = "withdrawn", "Withdrawn"
        FULFILLED = "fulfilled", "Mentoring finished"

    OPEN: ClassVar[tuple[str, ...]] = ("unconfirmed", "asked", "more_needed", "accepted")
    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.UNCONFIRMED: (Status.ASKED, Status.DECLINED, Status.WITHDRAWN),
        Status.ASKED: (Status.ACCEPTED, Status.MORE_NEEDED, Status.DECLINED, Status.WITHDRAWN),
        Status.MORE_NEEDED: (Status.ASKED, Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN),
        Status.ACCEPTED: (Status.FULFILLED, Status.WITHDRAWN, Status.DECLINED),
        Status.DECLINED: (),
        Status.WITHDRAWN: (),
        Status.FULFILLED: (),
    }

    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="requests")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="requests")
    status = models.CharField(max_length=12, choices=Status, default=Status.UNCONFIRMED, editable=False)
    asked_at = models.DateTimeField(
        help_text="Keeps their place in the queue; a decline or a re-match never moves it."
    )
    confirmed_at = models.DateTimeField(
        "confirmed by the young person", null=True, blank=True, editable=False
    )
    wants_a_talk_first = models.BooleanField("it’s complicated at home: talk to them first", default=False)
    triaged_at = models.DateTimeField(null=True, blank=True, editable=False)
    triaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    words_to_them = models.CharField("what we told them", max_length=500, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["programme", "status", "asked_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "programme"],
                # Not "unconfirmed": two partners may refer one person without learning of each other;
                # the young person decides when they confirm.
                condition=Q(status__in=("asked", "more_needed", "accepted")),
                name="one_open_request_per_programme",
            )
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"

    def facts(self, at: datetime) -> rules.Facts:
        """What readiness is judged on at this moment."""
        on = timezone.localdate(at)
        mentee, programme = self.mentee, self.programme
        return rules.Facts(
            status=self.status,
            age=mentee.age(on),
            min_age=programme.min_age,
            max_age=programme.max_age,
            permission_under=programme.permission_under,
            has_agreed=mentee.agreed_at is not None,
            has_permission=any(p.status == Permission.Status.GIVEN for p in mentee.permissions.all()),
            wants_a_talk_first=self.wants_a_talk_first,
            has_times=mentee.free_slots > 0,
            has_language=bool(mentee.languages.all()),
            has_place=bool(mentee.outcode) or mentee.way == Mentee.Way.ONLINE,
            account_is_open=mentee.user.is_active,
            programme_is_running=programme.is_running(on),
        )

    def what_is_missing(self, at: datetime) -> list[rules.Missing]:
        """What keeps it from being ready to be matched, in words and with who has to act; empty: ready."""
        return rules.what_is_missing(self.facts(at))

    def needs_permission(self, on: date) -> bool:
        """Under the programme's age on that day; at the birthday the need ends by itself."""
        return rules.needs_permission(self.mentee.age(on), self.programme.permission_under)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: Any) -> ReferralQuerySet:
        """Staff: referrals to their programmes. Coordinators: their organisation's. Nobody else."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            return self.filter(request__programme__in=Programme.objects.managed_by(user))
        return self.filter(
            organisation__coordinators__user=user, organisation__status=Organisation.Status.VERIFIED
        )


class Referral(models.Model):
    """One way a request came to us: a partner that knows the young person wrote it."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="referral")
    organisation = models.ForeignKey(
        "partners.Organisation", on_delete=models.PROTECT, related_name="referrals"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    note = models.CharField("why a mentor would help", max_length=1000, blank=True)
    # As the partner wrote them, and all the partner is shown: the address they typed may belong to somebody
    # whom we know by another name, and they must not learn that from us.
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    form_key = models.UUIDField(
        unique=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Made with the form, so that sending it twice is one referral.",
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["organisation", "-sent_at"]),
            models.Index(fields=["organisation", "born_on"]),
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk}"
