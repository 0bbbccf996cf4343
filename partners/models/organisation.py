"""Partners: the organisations we work with, and their people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField


class Network(models.Model):
    """A group of organisations that work together, such as the Manchester Mentoring Network."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """Staff: every partner. Coordinators: their own."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            return self
        return self.filter(coordinators__user=user)

    def inviting(self, token: str) -> OrganisationQuerySet:
        """The verified partner whose people this invitation link is for, if it is still open."""
        return self.filter(invitation=token, status=Organisation.Status.VERIFIED) if token else self.none()

    def may_refer(self) -> OrganisationQuerySet:
        return self.filter(status=Organisation.Status.VERIFIED).exclude(
            kind__in=[Organisation.Kind.EMPLOYER, Organisation.Kind.COMMISSIONER]
        )


class Organisation(models.Model):
    """One partner: a youth organisation, school, college, university, charity, employer or commissioner."""

    class Kind(models.TextChoices):
        YOUTH = "youth", "Youth organisation"
        SCHOOL = "school", "School"
        COLLEGE = "college", "College"
        UNIVERSITY = "university", "University"
        CHARITY = "charity", "Charity"
        EMPLOYER = "employer", "Employer"
        COMMISSIONER = "commissioner", "Commissioner"

    class Status(models.TextChoices):
        APPLIED = "applied", "Applied"
        VERIFIED = "verified", "Verified"
        DECLINED = "declined", "Declined"
        LEFT = "left", "Left"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.APPLIED: (Status.VERIFIED, Status.DECLINED),
        Status.VERIFIED: (Status.LEFT,),
        Status.DECLINED: (Status.APPLIED,),
        Status.LEFT: (Status.APPLIED,),
    }

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.APPLIED, editable=False)
    networks: models.ManyToManyField[Network, Any] = models.ManyToManyField(
        Network, blank=True, related_name="organisations"
    )
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField("contact’s e-mail address", blank=True)
    contact_phone = PhoneNumberField("contact’s phone", blank=True)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    term_dates = models.CharField(max_length=300, blank=True, help_text="When young people can be met there.")
    meeting_sites = models.CharField(max_length=300, blank=True, help_text="Rooms they offer for meetings.")
    mentors_first_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="mentors first from",
        help_text="Its young people would rather meet mentors who work for this employer.",
    )
    invitation = models.CharField(max_length=32, unique=True, null=True, editable=False)  # noqa: DJ001  null keeps it unique
    invitation_since = models.DateTimeField(null=True, editable=False)
    agreement_signed_on = models.DateField(null=True, blank=True)
    safeguarding_lead = models.CharField(max_length=120, blank=True)
    safeguarding_phone = PhoneNumberField(blank=True)
    safeguarding_email = models.EmailField(blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def may_refer(self) -> bool:
        """Verified, and of a kind that knows young people: not an employer, not a commissioner."""
        return self.status == self.Status.VERIFIED and self.kind not in {
            self.Kind.EMPLOYER,
            self.Kind.COMMISSIONER,
        }


class CoordinatorQuerySet(models.QuerySet["Coordinator"]):
    def visible_to(self, user: Any) -> CoordinatorQuerySet:
        """Staff: all. Coordinators: their own organisation's."""
        if not user.is_active:
            return self.none()
        if user.is_staff:
            return self
        return self.filter(organisation__coordinators__user=user)


class Coordinator(models.Model):
    """A person at a partner who refers young people and follows what becomes of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coordinator"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="coordinators")

    objects = CoordinatorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"
