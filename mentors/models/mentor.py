"""The mentor: one volunteer, and the profile that young people are matched with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from mentors import rules
from mentors.models.check import Check
from mentors.models.readiness import IMPLIED, SAID, conditions, places, prepared_places
from partners.models import Gender, Programme
from training.models import Booking


class MentorQuerySet(models.QuerySet["Mentor"]):
    def visible_to(self, user: Any) -> MentorQuerySet:
        """Staff: mentors of their programmes. Mentors, staff among them: themselves."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            mine = Programme.objects.managed_by(user)
            return self.filter(Exists(mine.filter(mentors=OuterRef("pk"))) | Q(user=user))
        return self.filter(user=user)

    def called(self, words: str) -> MentorQuerySet:
        """Those in whose name every one of these words stands, or whose reference it is."""
        name = Q()
        for word in words.split():
            name &= Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
        return self.filter(name | Q(pk=rules.row_of_code(words) or 0))

    def ready(self, at: datetime) -> MentorQuerySet:
        """Ready to be matched in at least one programme. Free capacity is not asked: matching knows it."""
        here = prepared_places(Mentor, at).filter(mentor=OuterRef("pk"))
        asked = (c for key, c in conditions(Mentor, at).items() if key not in IMPLIED)
        return self.filter(*asked, Exists(here))

    def ready_in(self, programme: Programme, at: datetime) -> MentorQuerySet:
        """Ready to be matched in this programme: as `ready`, with its own course and workshop done."""
        here = prepared_places(Mentor, at).filter(programme=programme, mentor=OuterRef("pk"))
        return self.ready(at).filter(Exists(here))

    def ready_places(self, at: datetime) -> models.QuerySet[Any]:
        """Rows `mentor_id, programme_id` for every pair of a mentor of this queryset and a programme they are
        ready in; `.values_list("mentor_id", "programme_id")` streams them."""
        return prepared_places(Mentor, at).filter(mentor__in=self.ready(at))

    def with_facts(self, at: datetime) -> MentorQuerySet:
        """Annotate every fact of `rules.Facts`, as `fact_…`, so that `readiness` asks nothing more."""
        facts = {f"fact_{name}": _as_boolean(c) for name, c in conditions(Mentor, at).items()}
        return self.annotate(**facts)

    def lacking(self, key: str, at: datetime) -> MentorQuerySet:
        """Mentors for whom this fact of `rules.Facts` does not hold."""
        return self.exclude(pk__in=Mentor.objects.filter(conditions(Mentor, at)[key]).values("pk"))

    def with_dbs(self, at: datetime) -> MentorQuerySet:
        """Annotate `dbs_level`, `dbs_counts`, `dbs_expires_on` of the check that stands, else None."""
        dbs = (
            Check.objects.latest_of_its_kind()
            .standing(timezone.localdate(at))
            .filter(kind=Check.Kind.DBS, mentor=OuterRef("pk"))
            .with_counts()
        )
        return self.annotate(
            **{f"dbs_{f}": Subquery(dbs.values(f)[:1]) for f in ("level", "counts", "expires_on")}
        )

    def with_task_list(self, at: datetime) -> MentorQuerySet:
        """Annotate whatever `task_list` reads."""
        asks = Programme.objects.running(timezone.localdate(at)).filter(course__isnull=False)
        answers = {s: Count("references", filter=Q(references__status=s)) for s in ("given", "declined")}
        has_course = Exists(asks.filter(mentors=OuterRef("pk")))
        lapsed = (
            Check.objects.latest_of_its_kind()
            .filter(kind=Check.Kind.DBS, expires_on__lte=timezone.localdate(at), mentor=OuterRef("pk"))
            .values("expires_on")[:1]
        )
        return (
            self.with_facts(at)
            .with_dbs(at)
            .with_workshop(at)
            .annotate(has_course=has_course, dbs_lapsed_on=Subquery(lapsed), **answers)
        )

    def with_workshop(self, at: datetime) -> MentorQuerySet:
        """Annotate `has_workshop`, and of their last booking of one that is asked for `workshop_status` and
        `workshop_at`."""
        asked = places(Mentor, timezone.localdate(at)).filter(programme__workshop__isnull=False)
        asks = asked.filter(mentor=OuterRef("user__mentor"), programme__workshop=OuterRef("workshop"))
        last = Booking.objects.filter(Exists(asks), user=OuterRef("user")).order_by("-changed_at", "-pk")
        return self.annotate(
            has_workshop=Exists(asked.filter(mentor=OuterRef("pk"))),
            workshop_status=Subquery(last.values("status")[:1]),
            workshop_at=Subquery(last.values("session__starts_at")[:1]),
        )

    def unfinished(self) -> MentorQuerySet:
        """Signed up, and the application not yet sent."""
        return self.filter(status=Mentor.Status.APPLYING, applied_at__isnull=True, user__is_active=True)

    def to_check(self, at: datetime) -> MentorQuerySet:
        """With us: applied or approved, and a check that we do is missing or has run out."""
        facts = conditions(Mentor, at)
        ours = (
            ~Q(facts["identity"]) | ~Q(facts["dbs"]) | (facts["references"] & ~Q(facts["references_heard"]))
        )
        here = (Mentor.Status.APPLYING, Mentor.Status.APPROVED)
        return self.filter(ours, facts["application"], status__in=here, user__is_active=True)

    def with_dbs_due(self, after: date, until: date) -> MentorQuerySet:
        """Those in force whose DBS check, still good, is to be repeated within these days."""
        due = (
            Check.objects.latest_of_its_kind()
            .standing(after)
            .filter(kind=Check.Kind.DBS, expires_on__lte=until, mentor=OuterRef("pk"))
        )
        return self.filter(Exists(due), status__in=(Mentor.Status.APPLYING, Mentor.Status.APPROVED))

    def to_approve(self, at: datetime) -> MentorQuerySet:
        """Applied, and nothing is missing but a second person's yes."""
        rest = {k: c for k, c in conditions(Mentor, at).items() if k not in rules.AFTER_APPROVAL}
        return self.filter(*rest.values(), status=Mentor.Status.APPLYING)


def _as_boolean(condition: Any) -> Any:
    if isinstance(condition, Q):
        # A Q alone may be NULL where a column is; a fact is yes or no.
        return models.Case(
            models.When(condition, then=True), default=False, output_field=models.BooleanField()
        )
    return condition


class Mentor(models.Model):
    """One volunteer who mentors or is getting ready to. Whether they are ready is derived, never stored."""

    class Status(models.TextChoices):
        APPLYING = "applying", "Getting ready"
        APPROVED = "approved", "Approved"
        SUSPENDED = "suspended", "Suspended"
        DECLINED = "declined", "Not taken on"
        LEFT = "left", "Left"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.APPLYING: (Status.APPROVED, Status.DECLINED, Status.LEFT),
        Status.APPROVED: (Status.SUSPENDED, Status.LEFT),
        Status.SUSPENDED: (Status.APPROVED, Status.LEFT),
        Status.DECLINED: (),
        Status.LEFT: (Status.APPLYING,),
    }

    class Way(models.TextChoices):
        ONLINE = "online", "Online"
        IN_PERSON = "in_person", "In person"
        EITHER = "either", "Either is fine"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentor")
    programmes: models.ManyToManyField[Programme, Any] = models.ManyToManyField(
        Programme, related_name="mentors"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.APPLYING, editable=False)
    signed_up_at = models.DateTimeField()
    applied_at = models.DateTimeField("application sent", null=True, blank=True, editable=False)
    nudged_day = models.PositiveSmallIntegerField(default=0, editable=False)
    training_lapse_told_on = models.DateField(null=True, blank=True, editable=False)
    """The day of the last lapse of their training that they have been told of."""
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # Eligibility, answered at sign-up.
    has_degree = models.BooleanField("has worked since a degree", default=False)
    years_of_work = models.PositiveSmallIntegerField(null=True, blank=True)

    # About me.
    pronouns = models.CharField(max_length=30, blank=True)
    gender = models.CharField(max_length=6, choices=Gender, blank=True, default="")
    born_on = models.DateField("date of birth", null=True, blank=True)
    outcode = models.CharField("first half of the postcode", max_length=4, blank=True)

    # Work.
    employer = models.CharField(max_length=120, blank=True)
    employed_by = models.ForeignKey(
        "partners.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="employs_mentors",
    )
    job_title = models.CharField(max_length=120, blank=True)
    invited_by = models.ForeignKey(
        "partners.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invited_mentors",
        editable=False,
    )
    may_be_named = models.BooleanField("who invited them may know their name", default=False)

    # What I can help with.
    topics: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.HelpTopic", blank=True, related_name="+"
    )
    sectors: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Sector", blank=True, related_name="+"
    )
    languages: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Language", blank=True, related_name="+"
    )
    experiences: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Experience", blank=True, related_name="+"
    )
    interests = models.CharField(max_length=300, blank=True)

    # When and how.
    free_slots = models.PositiveIntegerField(
        "free times", default=0, help_text="21 bits: seven days × three times."
    )
    way = models.CharField("way of meeting", max_length=10, choices=Way, blank=True)
    travel_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    accepted_ages = models.PositiveSmallIntegerField("ages I am happy to meet", default=15)
    capacity = models.PositiveSmallIntegerField("how many young people", default=1)
    paused_until = models.DateField(null=True, blank=True)

    # Preferences and conflicts.
    tied_to: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "partners.Organisation", blank=True, related_name="tied_mentors"
    )
    relatives = models.CharField("relatives in the programme", max_length=300, blank=True)
    conflicts_declared_at = models.DateTimeField(null=True, blank=True)

    motivation = models.TextField(max_length=1000, blank=True)
    code_agreed_at = models.DateTimeField("agreed to the code of conduct", null=True, blank=True)

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_up_at"]
        indexes = [
            models.Index(fields=["status", "paused_until"]),
            # The staff's list, newest first, of everybody, of one status, or by the day they applied.
            models.Index(fields=["-signed_up_at", "-id"], name="mentor_newest"),
            models.Index(fields=["status", "-signed_up_at", "-id"], name="mentor_newest_of_status"),
            models.Index(fields=["-applied_at"], name="mentor_last_to_apply"),
            models.Index(
                fields=["signed_up_at"],
                name="mentor_to_nudge",
                condition=Q(status="applying", applied_at=None),
            ),
            # The night reads it through, and no row of the table.
            models.Index(
                fields=["id", "user", "approved_at", "signed_up_at", "born_on", "paused_until"],
                name="mentor_said_all",
                condition=Q(*SAID.values()),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=3), name="mentor_capacity_1_to_3"
            ),
            models.CheckConstraint(condition=Q(free_slots__lt=2**21), name="mentor_slots_fit_a_week"),
            models.CheckConstraint(condition=Q(accepted_ages__lt=16), name="mentor_ages_fit"),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_at__isnull=False),
                name="an_approved_mentor_says_when",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("motivation"), 1000), name="motivation_fits_its_box"
            ),
        ]

    def __str__(self) -> str:
        return self.user.get_full_name()

    @property
    def name(self) -> str:
        """The name young people see."""
        return self.user.first_name

    @property
    def meets_online(self) -> bool:
        return self.way in {self.Way.ONLINE, self.Way.EITHER}

    @property
    def meets_in_person(self) -> bool:
        return self.way in {self.Way.IN_PERSON, self.Way.EITHER}

    def is_paused(self, on: date) -> bool:
        return self.paused_until is not None and self.paused_until > on

    @property
    def code(self) -> str:
        """Their reference, to quote in letters and on the phone."""
        return rules.reference_code(self.pk)

    def facts(self, at: datetime) -> rules.Facts:
        """What is true of this mentor now; reads what `with_facts` annotated, else asks once."""
        row: Any = self
        if not hasattr(row, "fact_account"):
            row = Mentor.objects.with_facts(at).get(pk=self.pk)
        return rules.Facts(**{name: bool(getattr(row, f"fact_{name}")) for name in rules.FACTS})

    def readiness(self, at: datetime) -> list[rules.Missing]:
        """What is missing before they can be matched, with who has to act; empty when they are ready."""
        return rules.what_is_missing(self.facts(at))

    def is_ready(self, at: datetime) -> bool:
        return not self.readiness(at)

    def next_thing(self, at: datetime) -> rules.Missing | None:
        """The one thing to do next; None when nothing is missing."""
        return rules.next_thing(self.readiness(at))

    def sections(self, at: datetime) -> list[rules.Task]:
        """The sections of the profile, each done or to do."""
        return rules.sections(self.facts(at))

    def task_list(self, at: datetime, *, modules_done: int = 0, modules_total: int = 0) -> list[rules.Task]:
        """The large steps from sign-up to the first match; reads what `with_task_list` annotated, else asks.

        Who has looked up the progress of their training hands it in, and the training row says it.
        """
        row = self._with_task_list(at)
        return rules.task_list(row.facts(at), row._details(at, modules_done, modules_total))

    def next_step(self, at: datetime, *, modules_done: int = 0, modules_total: int = 0) -> rules.NextStep:
        """The one thing on top of their home page; asks what `task_list` asks."""
        row = self._with_task_list(at)
        facts, details = row.facts(at), row._details(at, modules_done, modules_total)
        return rules.next_step(facts, details, rules.task_list(facts, details))

    def _with_task_list(self, at: datetime) -> Any:
        row: Any = self
        return row if hasattr(row, "has_course") else Mentor.objects.with_task_list(at).get(pk=self.pk)

    def _details(self, at: datetime, modules_done: int, modules_total: int) -> rules.Details:
        row: Any = self
        return rules.Details(
            references_in=row.given,
            declined_referees=row.declined,
            expires_on=row.dbs_expires_on,
            modules_done=modules_done,
            modules_total=modules_total,
            has_course=row.has_course,
            has_workshop=row.has_workshop,
            workshop_status=row.workshop_status or "",
            workshop_on=timezone.localdate(row.workshop_at) if row.workshop_at else None,
            workshop_has_begun=row.workshop_at is not None and row.workshop_at <= at,
            is_suspended=row.status == Mentor.Status.SUSPENDED,
            is_closed=row.status in (Mentor.Status.DECLINED, Mentor.Status.LEFT),
            lapsed_on=row.dbs_lapsed_on,
            paused_until=row.paused_until,
        )

    def programmes_ready_in(self, at: datetime) -> models.QuerySet[Programme]:
        """The programmes they can be matched in now."""
        ready = Mentor.objects.filter(pk=self.pk).ready_places(at)
        return Programme.objects.filter(pk__in=ready.values("programme"))
