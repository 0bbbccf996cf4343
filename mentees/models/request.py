"""A request for a mentor, and where it stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from mentees import rules
from mentees.models.mentee import Mentee, told_us
from mentees.models.permission import Permission
from mentees.models.readiness import kinds_of_programmes
from mentees.models.referral import Referral
from partners.models import Organisation, Programme

# A young person who has not opened our letter for so long needs a word from whoever referred them.
UNCONFIRMED_FOR = timedelta(days=7)


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

    def referred_by(self, organisation: Organisation) -> RequestQuerySet:
        """A partner's list, newest first, with all that a row shows. Pages still begin with `visible_to`."""
        return (
            self.filter(referral__organisation=organisation)
            .select_related("mentee__user", "programme", "referral__by", "referral__organisation")
            .prefetch_related("mentee__permissions")
            .order_by("-referral__sent_at", "-pk")
        )

    def to_triage(self) -> RequestQuerySet:
        """Waiting for our answer, the longest first."""
        return self.filter(status=Request.Status.ASKED).order_by("confirmed_at", "asked_at", "id")

    def to_talk_to(self) -> RequestQuerySet:
        """It is complicated at home: they asked that we talk to them before anything else."""
        return self.open().exclude(status=Request.Status.UNCONFIRMED).filter(wants_a_talk_first=True)

    def with_stage(self, at: datetime) -> Any:
        """Annotate `stage`: where it stands for the partner, and each request stands in exactly one."""
        on = timezone.localdate(at)
        kinds: dict[int, list[int]] = {}
        for pk, under in Programme.objects.values_list("pk", "permission_under"):
            kinds.setdefault(under, []).append(pk)
        under_age = Q(pk__in=[])
        for under, programmes in kinds.items():
            under_age |= Q(programme__in=programmes, mentee__born_on__gt=rules.born_by(on, under))
        permissions = Permission.objects.filter(mentee=OuterRef("mentee"))
        unpermitted = under_age & ~Q(Exists(permissions.filter(status=Permission.Status.GIVEN)))
        unasked = under_age & ~Q(Exists(permissions.living())) & Q(wants_a_talk_first=False)
        stage = Request.Stage
        return self.annotate(
            stage=Case(
                When(~Q(status__in=Request.OPEN), then=Value(stage.FINISHED)),
                When(status=Request.Status.MORE_NEEDED, then=Value(stage.NEEDS)),
                When(
                    status=Request.Status.UNCONFIRMED,
                    asked_at__lt=at - UNCONFIRMED_FOR,
                    then=Value(stage.NEEDS),
                ),
                When(unasked & ~Q(status=Request.Status.UNCONFIRMED), then=Value(stage.NEEDS)),
                When(status=Request.Status.UNCONFIRMED, then=Value(stage.YES)),
                When(unpermitted & Q(wants_a_talk_first=False), then=Value(stage.YES)),
                default=Value(stage.LOOKING),
                output_field=models.CharField(max_length=10),
            )
        )

    def ready(self, at: datetime) -> RequestQuerySet:
        """Ready to be matched at this moment: the same answer as `rules.what_is_missing`, for many at once.

        Says nothing about open matches.
        """
        on = timezone.localdate(at)
        here = Q(pk__in=[])
        for ages, programmes in kinds_of_programmes(on).items():
            here |= ages.born(on).condition("mentee__") & Q(programme__in=programmes)
        languages = Mentee.languages.through.objects.filter(mentee=OuterRef("mentee"))
        return self.taken_on().filter(
            here, told_us("mentee__"), Exists(languages), mentee__user__is_active=True
        )

    def taken_on(self) -> RequestQuerySet:
        """Accepted by us, and nobody waits for a talk first."""
        return self.filter(status=Request.Status.ACCEPTED, wants_a_talk_first=False)


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

    class Stage(models.TextChoices):
        """Where a request stands for the partner that made it."""

        NEEDS = "needs", "Need something"
        YES = "yes", "Waiting for a yes"
        LOOKING = "looking", "With our team"
        FINISHED = "finished", "Finished"

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
    their_answer = models.CharField("what they answered", max_length=1000, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(fields=["programme", "status", "asked_at"]),
            # The night reads it through, and no row of the table.
            models.Index(
                fields=["mentee", "programme", "asked_at", "id"],
                name="request_taken_on",
                condition=Q(status="accepted", wants_a_talk_first=False),
            ),
        ]
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

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def permission(self) -> Permission | None:
        """The latest asking of a guardian, answered or not."""
        return max(self.mentee.permissions.all(), key=lambda p: (p.asked_at, p.pk), default=None)

    @property
    def referred(self) -> Referral | None:
        return getattr(self, "referral", None)

    @property
    def has_spoken(self) -> bool:
        """Whether the young person told us that they know who referred them."""
        silent = (self.Status.UNCONFIRMED, self.Status.WITHDRAWN, self.Status.DECLINED)
        return self.confirmed_at is not None or self.status not in silent

    def was_written_by_its_partner(self, permission: Permission) -> bool:
        """Whether the colleague who referred them wrote this asking down, so that it tells them nothing."""
        by = self.referred.by_id if self.referred else None
        return by is not None and permission.recorded_by_id == by

    @property
    def partners_permission(self) -> Permission | None:
        """The latest asking that the partner may hear of: until the young person confirms, only its own."""
        if self.has_spoken:
            return self.permission
        own = [p for p in self.mentee.permissions.all() if self.was_written_by_its_partner(p)]
        return max(own, key=lambda p: (p.asked_at, p.pk), default=None)

    @property
    def triage_by(self) -> date | None:
        """The working day by which we owe an answer."""
        if self.status != self.Status.ASKED:
            return None
        since = timezone.localdate(self.confirmed_at or self.asked_at)
        return self.programme.working_day_after(since, self.programme.triage_working_days)

    def days_waited(self, at: datetime) -> int:
        return (timezone.localdate(at) - timezone.localdate(self.asked_at)).days

    def phrase(self, at: datetime) -> rules.Phrase:
        """Where it stands, in one plain phrase for the partner; matches are a floor above and say more."""
        permission = self.permission
        return rules.phrase(
            status=self.status,
            has_confirmed=self.confirmed_at is not None,
            needs_permission=self.needs_permission(timezone.localdate(at)),
            permission=permission.status if permission else "",
            wants_a_talk_first=self.wants_a_talk_first,
            words_to_them=self.words_to_them,
            permission_by=permission.expires_on if permission else None,
            triage_by=self.triage_by,
        )

    def journey(self, at: datetime) -> list[rules.Step]:
        """The young person's way from asking to the first hour, as far as this floor knows it."""
        permission = self.permission
        return rules.journey(
            status=self.status,
            asked_on=timezone.localdate(self.asked_at),
            has_confirmed=self.confirmed_at is not None,
            needs_permission=self.needs_permission(timezone.localdate(at)),
            permission=permission.status if permission else "",
            guardian=permission.guardian_name if permission else "",
            answered_on=timezone.localdate(permission.answered_at)
            if permission and permission.answered_at
            else None,
            wants_a_talk_first=self.wants_a_talk_first,
            triage_by=self.triage_by,
        )

    def needs_permission(self, on: date) -> bool:
        """Under the programme's age on that day; at the birthday the need ends by itself."""
        return rules.needs_permission(self.mentee.age(on), self.programme.permission_under)
